/*
 * What dates are counted by, as one text: calendars and regimes. It is kept with the events that
 * were decided by it, and a draft is it with another calendar or regime in it.
 */
#include "flow_priv.h"

#include <stdlib.h>
#include <string.h>

struct json_object *
law_content(const struct law *l, struct arena *a)
{
	struct json_object *o = json_keep(a, json_object_new_object());
	struct json_object *regimes = json_object_new_array();

	for (int i = 0; i < l->regime_count; i++)
		json_push(regimes, json_object_get(regime_json(l->regimes[i])));
	json_set_str(o, "calendar", l->province);
	json_set(o, "calendars", json_object_get(l->calendar_files));
	json_set(o, "regimes", regimes);
	return o;
}

const char *
law_hash(struct json_object *content, struct arena *a, char hex[65])
{
	char *text = json_canonical(a, content);

	sha256_hex(text, strlen(text), hex);
	return text;
}

/* ---- a law out of such a text ---- */

static void
add_regime(struct law *l, struct json_object *o, struct error_list *errors)
{
	struct regime *r = regime_load(o, errors);

	if (r == NULL)
		return;
	l->regimes = xrealloc(l->regimes, sizeof(*l->regimes) * (size_t)(l->regime_count + 1));
	l->regimes[l->regime_count++] = r;
}

/* Those that are based on another come after it. */
static void
add_calendars(struct law *l, struct json_object *list, bool are_based, struct error_list *errors)
{
	for (size_t i = 0; list && i < json_object_array_length(list); i++) {
		struct json_object *o = json_object_array_get_idx(list, i);

		if ((calendar_base_id(o) != NULL) == are_based)
			law_add_calendar(l, o, errors);
	}
}

struct law *
law_of_content(const struct law *frame, struct json_object *content, struct error_list *errors)
{
	struct json_object *regimes = json_get(content, "regimes");
	struct law *l = xcalloc(1, sizeof(*l));
	int before = errors->count;

	*l = *frame;
	l->arena = arena_new();
	l->shape = NULL;
	l->regimes = NULL;
	l->calendars = NULL;
	l->id = l->regime_count = l->calendar_count = 0;
	l->calendar_files = json_keep(l->arena, json_object_new_array());
	l->province = json_str(content, "calendar")
			  ? arena_strdup(l->arena, json_str(content, "calendar"))
			  : NULL;
	add_calendars(l, json_get(content, "calendars"), false, errors);
	add_calendars(l, json_get(content, "calendars"), true, errors);
	for (size_t i = 0; regimes && i < json_object_array_length(regimes); i++)
		add_regime(l, json_object_array_get_idx(regimes, i), errors);
	if (errors->count == before)
		return l;
	law_free(l);
	return NULL;
}

/* ---- drafts ---- */

/* In the place of the one that says the same of itself under key, or beside the others. */
static void
put(struct json_object *list, const char *key, struct json_object *draft)
{
	for (size_t i = 0; i < json_object_array_length(list); i++)
		if (str_eq(
			json_str(json_object_array_get_idx(list, i), key), json_str(draft, key))) {
			json_object_array_put_idx(list, i, json_object_get(draft));
			return;
		}
	json_push(list, json_object_get(draft));
}

static struct json_object *
drafted(const struct law *l, struct arena *a)
{
	return json_copy(a, law_content(l, a));
}

void
law_draft_begin(const struct law *l, struct arena *a, struct law_draft *d)
{
	*d = (struct law_draft){ .law = l, .content = drafted(l, a) };
}

void
law_draft_calendar(struct law_draft *d, struct json_object *calendar)
{
	put(json_get(d->content, "calendars"), "id", calendar);
}

/* With the terms of common/ that it does not state itself, as the shipped ones have them. */
void
law_draft_regime(struct law_draft *d, struct json_object *regime, struct error_list *errors)
{
	struct error_list elsewhere;
	struct regime *r;

	error_list_init(&elsewhere, errors->arena);
	r = law_common_regime((struct law *)d->law, regime, errors, &elsewhere);
	if (r == NULL)
		return;
	put(json_get(d->content, "regimes"), "code", json_copy(errors->arena, regime_json(r)));
	regime_free(r);
}
