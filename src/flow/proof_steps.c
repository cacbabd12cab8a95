/*
 * Steps between waits. Timers beside the work, as the ladder of reminders, are not followed: where
 * every term is kept they never come.
 */
#include "proof_priv.h"

static bool
is_in(const struct sc_state *s, const struct sc_state *around)
{
	while (s && s != around)
		s = s->parent;
	return s != NULL;
}

/* A timer of a state that holds nothing waited for: it only watches. */
static bool
only_watches(const struct configuration *c, const struct move *m)
{
	if (m->kind != MOVE_TIMER || m->transitions[0] == NULL)
		return false;
	for (const struct sc_state *const *s = c->active; *s; s++)
		if (stand_counts(c, *s) && is_in(*s, m->transitions[0]->source))
			return false;
	return true;
}

/* What is reached without a timer that only watches. */
static bool *
kept_configurations(const struct search *s, struct arena *a)
{
	bool *kept = arena_array(a, bool, s->count + 1);
	bool has_changed = true;

	while (has_changed) {
		has_changed = false;
		for (int i = 0; i < s->move_count; i++) {
			const struct move *m = &s->moves[i];

			if (kept[m->to] ||
			    (m->from >= 0 &&
				(!kept[m->from] || only_watches(&s->configurations[m->from], m))))
				continue;
			has_changed = kept[m->to] = true;
		}
	}
	return kept;
}

/* The stand of each configuration; -1 for those that are not kept. */
static int *
find_stands(struct waits *g)
{
	const struct search *s = g->s;
	bool *kept = kept_configurations(s, g->a);
	int *stands = arena_array(g->a, int, s->count + 1);

	for (int i = 0; i < s->count; i++)
		stands[i] = kept[i] ? waits_stand(g, &s->configurations[i]) : -1;
	for (int i = 0; i < s->move_count && s->moves[i].kind == MOVE_START; i++)
		g->stands[stands[s->moves[i].to]].is_start = true;
	return stands;
}

/* ---- steps ---- */

static bool
has_step(const struct waits *g, const struct stand_step *step)
{
	for (int i = g->stands[step->from].first_step; i < g->step_count; i++)
		if (g->steps[i].to == step->to && str_eq(g->steps[i].event, step->event))
			return true;
	return false;
}

static bool
is_return(const struct move *m)
{
	for (const struct sc_transition *const *t = m->transitions; *t; t++)
		for (const struct sc_state *const *to = (*t)->targets; to && *to; to++)
			if ((*to)->type == SC_HISTORY)
				return true;
	return false;
}

static void
add_step(struct waits *g, const int *stands, const struct move *m)
{
	const struct sc_transition *t = m->transitions[0];
	struct stand_step step = { .from = stands[m->from],
		.to = stands[m->to],
		.event = m->event,
		.is_return = is_return(m),
		.exited = m->exited,
		.timer = t && t->delay ? waits_bound(g, t->delay, t->source) : -1 };

	if (step.from != step.to && !has_step(g, &step))
		ARENA_PUSH(g->a, g->steps, g->step_count, g->step_size) = step;
}

static void
add_steps_of(struct waits *g, const int *stands, const struct configuration *c)
{
	for (int i = 0; i < c->move_count; i++) {
		const struct move *m = &g->s->moves[c->first_move + i];

		if (m->to != m->from && !only_watches(c, m))
			add_step(g, stands, m);
	}
}

struct waits *
waits_of(const struct search *s, const struct law *l, struct arena *a)
{
	struct waits *g = arena_new_of(a, struct waits);
	int *stands;

	*g = (struct waits){ .s = s, .a = a, .law = l };
	stands = find_stands(g);
	for (int i = 0; i < g->count; i++) {
		g->stands[i].first_step = g->step_count;
		for (int k = 0; k < s->count; k++)
			if (stands[k] == i)
				add_steps_of(g, stands, &s->configurations[k]);
		g->stands[i].step_count = g->step_count - g->stands[i].first_step;
	}
	return g;
}
