/*
 * Waits: the configurations of a chart seen as who is waited for, with the term that bounds each
 * wait. Timers beside the work, as the ladder of reminders, are not followed: where every term is
 * kept they never come.
 */
#include "proof_priv.h"

/* ---- bounds ---- */

static bool
has_after(const struct sc_chart *chart, const struct sc_state *s, const char *term)
{
	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);

		if (t->source == s && str_eq(t->delay, term))
			return true;
	}
	return false;
}

static bool
is_in(const struct sc_state *s, const struct sc_state *around)
{
	while (s && s != around)
		s = s->parent;
	return s != NULL;
}

/* The active state that runs the term: one around the leaf, else one beside it. */
static const struct sc_state *
runner(const struct waits *g, const struct configuration *c, const struct sc_state *leaf,
    const char *term)
{
	const struct sc_chart *chart = g->s->w->chart;

	for (const struct sc_state *s = leaf; s; s = s->parent)
		if (has_after(chart, s, term))
			return s;
	for (const struct sc_state *const *s = c->active; *s; s++)
		if (has_after(chart, *s, term))
			return *s;
	return NULL;
}

/* Does the term go on where it was when its state is entered again? The same in every regime, or
 * it is taken as beginning anew, which is longer. */
static bool
resumes(const struct law *l, const char *name)
{
	for (int i = 0; i < l->regime_count; i++) {
		const struct term *t = regime_term(l->regimes[i], name);

		if (t == NULL || !t->resumes)
			return false;
	}
	return true;
}

static int
bound_index(struct waits *g, const char *term, const struct sc_state *owner)
{
	struct bound b = { term, resumes(g->law, term) ? NULL : owner };

	for (int i = 0; i < g->bound_count; i++)
		if (str_eq(g->bounds[i].term, term) && g->bounds[i].owner == b.owner)
			return i;
	ARENA_PUSH(g->a, g->bounds, g->bound_count, g->bound_size) = b;
	return g->bound_count - 1;
}

static int
bound_by(struct waits *g, const struct configuration *c, const struct sc_state *leaf,
    const char *term, const struct sc_state *otherwise)
{
	const struct sc_state *owner = runner(g, c, leaf, term);

	return bound_index(g, term, owner ? owner : otherwise);
}

/* The term of the task, else the case's date, else a timer that leads away. */
static int
bound_of(struct waits *g, const struct configuration *c, const struct sc_state *leaf)
{
	const struct sc_chart *chart = g->s->w->chart;
	const char *term = json_str(json_get(leaf->meta, "task"), "term");

	if (term)
		return bound_by(g, c, leaf, term, leaf);
	for (const struct sc_state *s = leaf; s; s = s->parent)
		if (json_str(s->meta, "due"))
			return bound_by(g, c, leaf, json_str(s->meta, "due"), s);
	for (const struct sc_state *s = leaf; s; s = s->parent)
		for (int i = 0; i < sc_transition_count(chart); i++) {
			const struct sc_transition *t = sc_transition_at(chart, i);

			if (t->source == s && t->delay && t->targets)
				return bound_index(g, t->delay, s);
		}
	return -1;
}

/* ---- stands ---- */

static bool
is_waited_for(const struct sc_state *s)
{
	return s->type == SC_ATOMIC && (json_get(s->meta, "task") || json_get(s->meta, "phase"));
}

static bool
has_waits(const struct configuration *c)
{
	for (const struct sc_state *const *s = c->active; *s; s++)
		if (is_waited_for(*s))
			return true;
	return false;
}

/* Of the leaves that count in this configuration. */
static bool
counts(const struct configuration *c, const struct sc_state *s)
{
	if (c->is_done)
		return s->type == SC_FINAL;
	return has_waits(c) ? is_waited_for(s) : s->type == SC_ATOMIC;
}

static const char *
stand_name(struct waits *g, const struct configuration *c)
{
	struct str name;

	str_init(&name, g->a);
	for (const struct sc_state *const *s = c->active; *s; s++)
		if (counts(c, *s))
			str_addf(&name, "%s%s", name.len ? " + " : "", (*s)->id);
	return name.text;
}

static bool
is_of_law(const struct waits *g, const char *term)
{
	return term && json_get(json_get(g->law->common, "terms"), term) == NULL;
}

/* A term that the regimes state themselves runs: not one of workflows/common, which is ours. */
static bool
has_law_clock(const struct waits *g, const struct configuration *c)
{
	const struct sc_chart *chart = g->s->w->chart;

	for (const struct sc_state *const *s = c->active; *s; s++)
		if (is_of_law(g, json_str((*s)->meta, "due")) ||
		    is_of_law(g, json_str(json_get((*s)->meta, "task"), "term")))
			return true;
	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);

		if (is_of_law(g, t->delay) && search_is_active(c, t->source))
			return true;
	}
	return false;
}

static bool
is_paused(const struct configuration *c)
{
	for (const struct sc_state *const *s = c->active; *s; s++)
		if (str_eq(json_str((*s)->meta, "clock"), "paused"))
			return true;
	return false;
}

static void
add_bound(struct waits *g, struct stand *st, int *size, int bound)
{
	for (int i = 0; i < st->bound_count; i++)
		if (st->bounds[i] == bound)
			return;
	ARENA_PUSH(g->a, st->bounds, st->bound_count, *size) = bound;
}

static void
find_bounds(struct waits *g, const struct configuration *c, struct stand *st)
{
	const struct sc_chart *chart = g->s->w->chart;
	int size = 0;

	for (int i = 0; i < st->wait_count; i++)
		if (st->waits[i].bound >= 0)
			add_bound(g, st, &size, st->waits[i].bound);
	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);

		if (t->delay && t->targets && search_is_active(c, t->source))
			add_bound(g, st, &size, bound_index(g, t->delay, t->source));
	}
}

static int
stand_of(struct waits *g, const struct configuration *c)
{
	struct json_object *history = json_get(c->json, "history");
	struct stand st = { .name = stand_name(g, c), .is_end = c->is_done, .place = -1 };
	int size = 0;

	st.history = history && !c->is_done ? json_text_of(history) : "";
	for (int i = 0; i < g->count; i++) {
		if (!str_eq(g->stands[i].name, st.name))
			continue;
		if (str_eq(g->stands[i].history, st.history))
			return i;
		st.place = g->stands[i].place;
	}
	if (st.place < 0)
		st.place = g->count;
	for (const struct sc_state *const *s = c->active; *s && !c->is_done; s++)
		if (counts(c, *s))
			ARENA_PUSH(g->a, st.waits, st.wait_count, size) = (struct wait){ *s,
				bound_of(g, c, *s) };
	find_bounds(g, c, &st);
	st.is_paused = is_paused(c);
	st.has_law_clock = has_law_clock(g, c);
	ARENA_PUSH(g->a, g->stands, g->count, g->size) = st;
	return g->count - 1;
}

/* ---- steps ---- */

/* A timer of a state that holds nothing waited for: it only watches. */
static bool
only_watches(const struct configuration *c, const struct move *m)
{
	if (m->kind != MOVE_TIMER || m->transitions[0] == NULL)
		return false;
	for (const struct sc_state *const *s = c->active; *s; s++)
		if (counts(c, *s) && is_in(*s, m->transitions[0]->source))
			return false;
	return true;
}

static bool
has_step(const struct waits *g, const struct stand_step *step)
{
	for (int i = 0; i < g->step_count; i++)
		if (g->steps[i].from == step->from && g->steps[i].to == step->to &&
		    str_eq(g->steps[i].event, step->event))
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
add_step(struct waits *g, const struct move *m)
{
	const struct configuration *from = &g->s->configurations[m->from];
	const struct sc_transition *t = m->transitions[0];
	struct stand_step step = { .from = stand_of(g, from),
		.to = stand_of(g, &g->s->configurations[m->to]),
		.event = m->event,
		.is_return = is_return(m),
		.exited = m->exited,
		.timer = t && t->delay ? bound_index(g, t->delay, t->source) : -1 };

	if (step.from != step.to && !has_step(g, &step))
		ARENA_PUSH(g->a, g->steps, g->step_count, g->step_size) = step;
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

/* By where they begin, so that each stand has a run of them. */
static void
sort_steps(struct waits *g)
{
	struct stand_step *sorted = arena_array(g->a, struct stand_step, g->step_count + 1);
	int n = 0;

	for (int i = 0; i < g->count; i++) {
		g->stands[i].first_step = n;
		for (int k = 0; k < g->step_count; k++)
			if (g->steps[k].from == i)
				sorted[n++] = g->steps[k];
		g->stands[i].step_count = n - g->stands[i].first_step;
	}
	g->steps = sorted;
}

struct waits *
waits_of(const struct search *s, const struct law *l, struct arena *a)
{
	struct waits *g = arena_new_of(a, struct waits);
	bool *kept = kept_configurations(s, a);

	*g = (struct waits){ .s = s, .a = a, .law = l };
	for (int i = 0; i < s->count; i++)
		if (kept[i])
			stand_of(g, &s->configurations[i]);
	for (int i = 0; i < s->move_count; i++) {
		const struct move *m = &s->moves[i];

		if (m->from < 0)
			g->stands[stand_of(g, &s->configurations[m->to])].is_start = true;
		else if (m->to != m->from && kept[m->from] &&
			 !only_watches(&s->configurations[m->from], m))
			add_step(g, m);
	}
	sort_steps(g);
	return g;
}
