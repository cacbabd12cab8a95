/*
 * A workflow: chart, rights and forms of one version. Immutable once loaded.
 */
#include "flow_priv.h"

#include <stdlib.h>

static void
release(struct workflow *w)
{
	schema_free(w->case_form);
	for (int i = 0; w->event_forms && i < sc_transition_count(w->chart); i++)
		schema_free(w->event_forms[i]);
	sc_free(w->chart);
	arena_free(w->arena);
	free(w);
}

/* ---- the structure, by schema.json ---- */

static bool
is_wrong_kind(const struct error_list *shape)
{
	for (const struct error_item *e = shape->first; e; e = e->next)
		if (str_eq(e->code, "type") || str_eq(e->code, "depth"))
			return true;
	return false;
}

static void
pass_on(const struct error_list *shape, struct error_list *errors)
{
	for (const struct error_item *e = shape->first; e; e = e->next)
		error_add(errors, e->pointer, e->code, "%s",
		    str_eq(e->code, "additionalProperties") ? "no such property is known here"
							    : e->message);
}

/* Values of a wrong kind are told alone, as every later check trusts them to be right. What else
 * the structure lacks is told when no later check has said it better. */
struct workflow *
workflow_load(const struct law *l, struct json_object *machine, struct error_list *errors)
{
	struct workflow *w;
	struct sc_chart *chart = sc_load(machine, errors);
	int before = errors->count;
	struct error_list shape;

	if (chart == NULL)
		return NULL;
	error_list_init(&shape, errors->arena);
	schema_validate(l->shape, machine, "", &shape);
	if (is_wrong_kind(&shape)) {
		pass_on(&shape, errors);
		sc_free(chart);
		return NULL;
	}
	w = xcalloc(1, sizeof(*w));
	w->arena = arena_new();
	w->chart = chart;
	w->meta = sc_meta(chart);
	forms_compile(w, l, errors);
	workflow_check(w, l, errors);
	if (errors->count == before)
		pass_on(&shape, errors);
	if (errors->count == before)
		return w;
	release(w);
	return NULL;
}

void
workflow_free(struct workflow *w)
{
	if (w)
		release(w);
}

const char *
workflow_id(const struct workflow *w)
{
	return sc_id(w->chart);
}

const struct sc_chart *
workflow_chart(const struct workflow *w)
{
	return w->chart;
}

const char *
workflow_prefix(const struct workflow *w)
{
	return json_str(w->meta, "prefix");
}

struct json_object *
workflow_meta(const struct workflow *w)
{
	return w->meta;
}
