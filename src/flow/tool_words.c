/*
 * What several tools around workflows need: the JSON behind a state, where it begins, words.
 */
#include "tool_words.h"

struct json_object *
state_json_of(const struct sc_chart *chart, const struct sc_state *s)
{
	if (s->parent == NULL)
		return sc_machine(chart);
	return json_get(json_get(state_json_of(chart, s->parent), "states"), s->key);
}

const struct sc_state *
state_first_child(const struct sc_chart *chart, const struct sc_state *s)
{
	for (int i = s->index + 1; i < sc_state_count(chart); i++)
		if (sc_state_at(chart, i)->parent == s && sc_state_at(chart, i)->type != SC_HISTORY)
			return sc_state_at(chart, i);
	return NULL;
}

/* The child a compound state begins in; NULL for a parallel one, whose regions all begin. */
const struct sc_state *
state_initial(const struct sc_chart *chart, const struct sc_state *s)
{
	struct json_object *initial = json_get(state_json_of(chart, s), "initial");
	const char *key = json_object_is_type(initial, json_type_string)
			      ? json_object_get_string(initial)
			      : json_str(initial, "target");

	for (int i = s->index + 1; key && i < sc_state_count(chart); i++)
		if (sc_state_at(chart, i)->parent == s && str_eq(sc_state_at(chart, i)->key, key))
			return sc_state_at(chart, i);
	return NULL;
}

const char *
title_in(struct json_object *o, const char *lang, const char *otherwise)
{
	const char *title = json_str(json_get(o, "title"), lang);

	return title ? title : otherwise;
}

const char *
right_words(const struct law *l, struct json_object *right, const char *lang, struct arena *a)
{
	const char *post = json_str(right, "post"), *of = json_str(right, "of");
	const char *post_title = l && post ? json_str(law_post_title(l, post), lang) : NULL;
	const char *side_title = l && of ? json_str(law_side_title(l, of), lang) : NULL;

	if (post_title && side_title)
		return arena_printf(a, "%s, %s", post_title, side_title);
	return arena_printf(a, "%s of the %s", post ? post : "?", of ? of : "?");
}
