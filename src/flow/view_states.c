/*
 * Sets of active states, made from the ids of their leaves as rows keep them.
 */
#include "flow_db.h"

#include <string.h>

void
state_set_add(struct state_set *set, const struct sc_state *leaf)
{
	for (const struct sc_state *s = leaf; s; s = s->parent)
		set->has[s->index] = true;
}

struct state_set
state_set_of(const struct sc_chart *chart, struct arena *a, const char *leaves)
{
	struct state_set set = { chart, arena_array(a, bool, sc_state_count(chart)) };
	char *text = arena_strdup(a, leaves ? leaves : ""), *rest = NULL;

	for (char *id = strtok_r(text, " ", &rest); id; id = strtok_r(NULL, " ", &rest)) {
		const struct sc_state *s = sc_state_by_id(chart, id);

		if (s)
			state_set_add(&set, s);
	}
	return set;
}

/* In document order the outer states come first; the innermost one with a phase names the case. */
const struct sc_state *
state_in_phase(const struct state_set *set)
{
	const struct sc_state *found = NULL;

	for (int i = 0; i < sc_state_count(set->chart); i++) {
		const struct sc_state *s = sc_state_at(set->chart, i);

		if (set->has[i] && json_str(s->meta, "phase") &&
		    (found == NULL || s->parent == found))
			found = s;
	}
	return found;
}

struct json_object *
state_title_json(const struct state_set *set)
{
	const struct sc_state *s = state_in_phase(set);

	for (int i = sc_state_count(set->chart) - 1; i > 0 && s == NULL; i--)
		if (set->has[i])
			s = sc_state_at(set->chart, i);
	return s ? title_or_key(s->meta, s->key) : NULL;
}
