/*
 * Words that several tools around workflows need.
 */
#include "tool_words.h"

struct json_object *
state_json_of(const struct sc_chart *chart, const struct sc_state *s)
{
	if (s->parent == NULL)
		return sc_machine(chart);
	return json_get(json_get(state_json_of(chart, s->parent), "states"), s->key);
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
