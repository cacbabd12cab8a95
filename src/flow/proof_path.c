/*
 * The longest path: as late as every term allows, without entering any state twice, save to go back
 * to where it was. A step is taken at the last moment that the terms of what it leaves allow; terms
 * run on beside each other, and stand still where the clock is paused.
 */
#include "proof_priv.h"

#include <string.h>

enum { MAX_STEPS = 1000000 };

struct running {
	bool is_running;
	struct span since;
};

struct walk {
	const struct waits *g;
	struct span *lengths; /* of the bounds, under this regime */
	struct arena *a;
	bool *is_entered; /* by index of the state that is waited in */
	bool *is_open;    /* by stand: a term of the law runs, or may run later */
	struct path_step *path;
	int tried;
	struct longest best;
	bool has_law; /* some stand has a term of the law */
};

/* Where a walk is: copied for each step, so that going back is nothing. */
struct place {
	int stand, depth;
	struct span now;
	struct running *running;
	bool is_decided;
};

static struct span
latest(struct span a, struct span b)
{
	return span_length(a) >= span_length(b) ? a : b;
}

static void
arrive(const struct walk *w, struct place *p)
{
	const struct stand *st = &w->g->stands[p->stand];

	for (int i = 0; i < st->bound_count; i++) {
		struct running *r = &p->running[st->bounds[i]];

		if (!r->is_running)
			*r = (struct running){ true, p->now };
	}
}

static bool
is_exited(const struct stand_step *step, const struct sc_state *s)
{
	for (const struct sc_state *const *e = step->exited; *e; e++)
		if (*e == s)
			return true;
	return false;
}

/* The moment when the bound runs out; false: there is none. */
static bool
end_of(const struct walk *w, const struct place *p, int bound, struct span *end)
{
	if (bound < 0)
		return false;
	*end = span_add(p->running[bound].since, w->lengths[bound]);
	return true;
}

/* The last moment for the step, and the bound that sets it. */
static struct span
last_moment(const struct walk *w, const struct place *p, const struct stand_step *step, int *by)
{
	const struct stand *st = &w->g->stands[p->stand];
	struct span moment = p->now, end;

	*by = -1;
	if (step->timer >= 0) {
		if (end_of(w, p, step->timer, &end))
			*by = step->timer;
		return *by < 0 ? p->now : latest(p->now, end);
	}
	for (int i = 0; i < st->wait_count; i++)
		if (is_exited(step, st->waits[i].leaf) && end_of(w, p, st->waits[i].bound, &end) &&
		    span_length(end) > span_length(moment)) {
			moment = end;
			*by = st->waits[i].bound;
		}
	return moment;
}

/* What resumes stood still while the clock was paused; what began with a state ends with it. */
static void
run_on(
    const struct walk *w, const struct place *from, struct place *to, const struct stand_step *step)
{
	struct span stood = span_without(to->now, from->now);

	for (int i = 0; i < w->g->bound_count; i++) {
		const struct bound *b = &w->g->bounds[i];

		to->running[i] = from->running[i];
		if (b->owner == NULL && w->g->stands[from->stand].is_paused)
			to->running[i].since = span_add(to->running[i].since, stood);
		if (b->owner && is_exited(step, b->owner))
			to->running[i].is_running = false;
	}
}

static void
note(struct walk *w, const struct place *p, struct path *best)
{
	double more = best->steps ? span_length(p->now) - span_length(best->length) : 1;

	if (more < 0 || (more == 0 && p->depth <= best->count))
		return;
	best->count = p->depth;
	best->length = p->now;
	best->steps = arena_array(w->a, struct path_step, p->depth + 1);
	memcpy(best->steps, w->path, sizeof(*w->path) * (size_t)p->depth);
}

static void
judge(struct walk *w, struct place *p)
{
	const struct stand *st = &w->g->stands[p->stand];

	if (!p->is_decided && (st->is_end || (w->has_law && !w->is_open[p->stand]))) {
		p->is_decided = true;
		note(w, p, &w->best.to_decision);
	}
	if (st->is_end)
		note(w, p, &w->best.to_end);
}

static bool
is_waited_in(const struct stand *st, const struct sc_state *leaf)
{
	for (int i = 0; i < st->wait_count; i++)
		if (st->waits[i].leaf == leaf)
			return true;
	return false;
}

/* Marks what the step enters, or takes the marks back; false: it has been entered before. */
static bool
enter(struct walk *w, const struct stand *from, const struct stand *to, bool mark)
{
	for (int i = 0; i < to->wait_count; i++)
		if (!is_waited_in(from, to->waits[i].leaf) && mark &&
		    w->is_entered[to->waits[i].leaf->index])
			return false;
	for (int i = 0; i < to->wait_count; i++)
		if (!is_waited_in(from, to->waits[i].leaf))
			w->is_entered[to->waits[i].leaf->index] = mark;
	return true;
}

static void
walk(struct walk *w, struct place *p)
{
	const struct stand *st = &w->g->stands[p->stand];
	struct arena *a = arena_new();

	arrive(w, p);
	judge(w, p);
	for (int i = 0; i < st->step_count; i++) {
		const struct stand_step *step = &w->g->steps[st->first_step + i];
		struct place next = *p;
		int by;

		if (w->tried++ >= MAX_STEPS ||
		    (!step->is_return && !enter(w, st, &w->g->stands[step->to], true)))
			continue;
		next.now = last_moment(w, p, step, &by);
		next.stand = step->to;
		next.depth++;
		next.running = arena_array(a, struct running, w->g->bound_count + 1);
		run_on(w, p, &next, step);
		w->path[p->depth] = (struct path_step){ st->first_step + i, by, next.now };
		walk(w, &next);
		if (!step->is_return)
			enter(w, st, &w->g->stands[step->to], false);
	}
	arena_free(a);
}

static void
walk_from(struct walk *w, int stand)
{
	static const struct stand nowhere;
	struct place p = { .stand = stand };

	p.running = arena_array(w->a, struct running, w->g->bound_count + 1);
	enter(w, &nowhere, &w->g->stands[stand], true);
	walk(w, &p);
	enter(w, &nowhere, &w->g->stands[stand], false);
}

/* From where a term of the law may still run. */
static void
find_open(struct walk *w)
{
	bool has_changed = true;

	for (int i = 0; i < w->g->count; i++)
		w->has_law |= w->is_open[i] = w->g->stands[i].has_law_clock;
	while (has_changed) {
		has_changed = false;
		for (int i = 0; i < w->g->step_count; i++) {
			const struct stand_step *step = &w->g->steps[i];

			if (w->is_open[step->to] && !w->is_open[step->from])
				has_changed = w->is_open[step->from] = true;
		}
	}
}

struct longest
longest_paths(const struct waits *g, const struct regime *r)
{
	struct walk w = { .g = g, .a = g->a };

	w.is_entered = arena_array(g->a, bool, sc_state_count(g->s->w->chart));
	w.is_open = arena_array(g->a, bool, g->count + 1);
	w.path = arena_array(g->a, struct path_step, g->count + 1);
	w.lengths = arena_array(g->a, struct span, g->bound_count + 1);
	for (int i = 0; i < g->bound_count; i++)
		w.lengths[i] = span_add(span_of_term(r, g->bounds[i].term),
		    span_of_extensions(g->s->w, r, g->bounds[i].term, g->a));
	find_open(&w);
	for (int i = 0; i < g->count; i++)
		if (g->stands[i].is_start)
			walk_from(&w, i);
	w.best.is_complete = w.tried < MAX_STEPS;
	return w.best;
}
