/*
 * Circles: sets of waits from each of which every other can be reached (Tarjan's strongly connected
 * components). The longest path does not go round them; whoever reads its length is told so.
 */
#include "proof_priv.h"

enum { MAX_NAMES = 12 };

struct tarjan {
	const struct waits *g;
	struct proof *p;
	int *number, *low; /* 0: not visited yet */
	bool *is_open;
	int *open; /* the stack of those whose circle is not known yet */
	int open_count, visited;
};

static void
say_circle(struct tarjan *t, const int *members, int count)
{
	const char *names = "";
	int n = 0;

	for (int i = 0; i < count; i++)
		if (t->g->stands[members[i]].place == members[i] && n++ < MAX_NAMES)
			names = arena_printf(t->g->a, "%s%s%s", names, *names ? ", " : "",
			    t->g->stands[members[i]].name);
	if (n > 1)
		proof_add(t->p, PROOF_NOTE, "a circle, not gone round in these sums: %s%s", names,
		    n > MAX_NAMES ? arena_printf(t->g->a, " and %d more", n - MAX_NAMES) : "");
}

static void
close_circle(struct tarjan *t, int first)
{
	int from = t->open_count;

	do
		t->is_open[t->open[--from]] = false;
	while (t->open[from] != first);
	say_circle(t, t->open + from, t->open_count - from);
	t->open_count = from;
}

static void
visit(struct tarjan *t, int at)
{
	const struct stand *st = &t->g->stands[at];

	t->number[at] = t->low[at] = ++t->visited;
	t->open[t->open_count++] = at;
	t->is_open[at] = true;
	for (int i = 0; i < st->step_count; i++) {
		int to = t->g->steps[st->first_step + i].to;

		if (t->number[to] == 0)
			visit(t, to);
		if (t->is_open[to] && t->low[to] < t->low[at])
			t->low[at] = t->low[to];
	}
	if (t->low[at] == t->number[at])
		close_circle(t, at);
}

void
prove_circles(const struct waits *g, struct proof *p)
{
	struct tarjan t = { .g = g, .p = p };

	t.number = arena_array(g->a, int, g->count + 1);
	t.low = arena_array(g->a, int, g->count + 1);
	t.is_open = arena_array(g->a, bool, g->count + 1);
	t.open = arena_array(g->a, int, g->count + 1);
	for (int i = 0; i < g->count; i++)
		if (t.number[i] == 0)
			visit(&t, i);
}
