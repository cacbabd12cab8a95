/*
 * Waits: the configurations of a chart seen as who is waited for, with the term that bounds each
 * wait.
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

int
waits_bound(struct waits *g, const char *term, const struct sc_state *owner)
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

	return waits_bound(g, term, owner ? owner : otherwise);
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
				return waits_bound(g, t->delay, s);
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
bool
stand_counts(const struct configuration *c, const struct sc_state *s)
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
		if (stand_counts(c, *s))
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
			add_bound(g, st, &size, waits_bound(g, t->delay, t->source));
	}
}

int
waits_stand(struct waits *g, const struct configuration *c)
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
		if (stand_counts(c, *s))
			ARENA_PUSH(g->a, st.waits, st.wait_count, size) = (struct wait){ *s,
				bound_of(g, c, *s) };
	find_bounds(g, c, &st);
	st.is_paused = is_paused(c);
	st.has_law_clock = has_law_clock(g, c);
	ARENA_PUSH(g->a, g->stands, g->count, g->size) = st;
	return g->count - 1;
}
