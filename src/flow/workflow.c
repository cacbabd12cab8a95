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

struct workflow *
workflow_load(const struct law *l, struct json_object *machine, struct error_list *errors)
{
	struct workflow *w;
	struct sc_chart *chart = sc_load(machine, errors);
	int before = errors->count;

	if (chart == NULL)
		return NULL;
	w = xcalloc(1, sizeof(*w));
	w->arena = arena_new();
	w->chart = chart;
	w->meta = sc_meta(chart);
	forms_compile(w, l, errors);
	workflow_check(w, l, errors);
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
