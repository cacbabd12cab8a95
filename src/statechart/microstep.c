/*
 * One microstep, as XState's: leave in reverse document order, run the transitions' actions, enter
 * in document order.
 */
#include "statechart_priv.h"

static const struct node *
node_of(const struct run *r, int state)
{
	return &r->chart->nodes[state];
}

/* ---- leaving ---- */

/* The active states that a history state keeps, in order of activation. */
static struct state_list
history_of(const struct run *r, const struct node *history)
{
	const struct state_list *order = &r->now->order;
	struct state_list kept = { .items = arena_array(r->arena, int, order->count + 1) };

	for (int i = 0; i < order->count; i++) {
		const struct node *n = node_of(r, order->items[i]);
		bool is_kept = history->is_deep ? is_leaf(n) && is_inside(r->chart, n->pub.index,
								    history->parent)
						: n->parent == history->parent;

		if (is_kept)
			kept.items[kept.count++] = n->pub.index;
	}
	return kept;
}

static void
record_history(struct run *r, int state)
{
	const struct int_list *histories = &node_of(r, state)->histories;

	for (int i = 0; i < histories->count; i++) {
		const struct node *h = node_of(r, histories->items[i]);

		r->now->history[h->history_slot] = history_of(r, h);
		r->has_new_history = true;
	}
}

static void
leave_states(struct run *r, struct set left)
{
	int last = r->chart->count - 1;

	for (int s = set_previous(left, last); s != -1; s = set_previous(left, s - 1))
		record_history(r, s);
	for (int s = set_previous(left, last); s != -1; s = set_previous(left, s - 1)) {
		run_actions(r, &node_of(r, s)->exit);
		set_remove(r->now->active, s);
		*LIST_ADD(r->arena, &r->exited) = &node_of(r, s)->pub;
	}
}

/* ---- entering ---- */

static bool
has_finished(const struct run *r, int state)
{
	const struct node *n = node_of(r, state);

	if (n->pub.type == SC_FINAL)
		return true;
	if (n->pub.type != SC_COMPOUND && n->pub.type != SC_PARALLEL)
		return false;
	for (int c = n->first_child; c != NO_STATE; c = node_of(r, c)->next_sibling) {
		const struct node *child = node_of(r, c);

		if (n->pub.type == SC_COMPOUND && child->pub.type == SC_FINAL &&
		    set_has(r->now->active, c))
			return true;
		if (n->pub.type == SC_PARALLEL && child->pub.type != SC_HISTORY &&
		    !has_finished(r, c))
			return false;
	}
	return n->pub.type == SC_PARALLEL;
}

/* A final state finishes its parent, and the parallel states around it whose regions all have
 * finished. */
static void
finish(struct run *r, int final, struct set completed)
{
	int parent = node_of(r, final)->parent, around = parent;

	if (parent != NO_STATE && node_of(r, parent)->pub.type != SC_PARALLEL)
		around = node_of(r, parent)->parent;
	if (parent != NO_STATE && node_of(r, parent)->pub.type == SC_COMPOUND)
		raise_done(r, parent);
	while (around != NO_STATE && node_of(r, around)->pub.type == SC_PARALLEL &&
	       !set_has(completed, around) && has_finished(r, around)) {
		set_add(completed, around);
		raise_done(r, around);
		around = node_of(r, around)->parent;
	}
	if (around == NO_STATE)
		r->now->is_done = true;
}

static void
enter_states(struct run *r, const struct entry_set *set)
{
	struct set completed = set_new(r->arena, r->chart->count);

	for (int s = set_next(set->enter, 0); s != -1; s = set_next(set->enter, s + 1)) {
		const struct node *n = node_of(r, s);

		set_add(r->now->active, s);
		*LIST_ADD(r->arena, &r->entered) = &n->pub;
		r->work++;
		run_actions(r, &n->entry);
		if (set_has(set->by_default, s))
			run_actions(r, &n->initial_actions);
		if (n->pub.type == SC_FINAL)
			finish(r, s, completed);
	}
}

/* ---- the order of activation ---- */

static bool
is_same(struct set a, struct set b)
{
	return memcmp(a.words, b.words, (size_t)a.word_count * sizeof *a.words) == 0;
}

/* Those that stayed keep their place, those that were entered follow in document order. */
static void
update_order(struct run *r, struct set left, struct set entered, struct set before)
{
	struct state_list *old = &r->now->order;
	int count = 0, *items;

	for (int s = set_next(entered, 0); s != -1; s = set_next(entered, s + 1))
		count++;
	items = arena_array(r->arena, int, old->count + count);
	count = 0;
	for (int i = 0; i < old->count; i++)
		if (!set_has(left, old->items[i]))
			items[count++] = old->items[i];
	for (int s = set_next(entered, 0); s != -1; s = set_next(entered, s + 1))
		if (set_has(left, s) || !set_has(before, s))
			items[count++] = s;
	r->now->order = (struct state_list){ items, count };
}

/* Everything that is active ends with the machine. */
static void
leave_when_done(struct run *r)
{
	int last = r->chart->count - 1;

	for (int s = set_previous(r->now->active, last); s != -1;
	     s = set_previous(r->now->active, s - 1))
		run_actions(r, &node_of(r, s)->exit);
}

bool
microstep(struct run *r, const struct transition_list *enabled, bool is_initial)
{
	struct set before = set_copy(r->arena, r->now->active), left;
	struct entry_set entry;

	r->has_new_history = false;
	left = is_initial ? set_new(r->arena, r->chart->count) : exit_set(r, enabled);
	if (!is_initial)
		leave_states(r, left);
	for (int i = 0; i < enabled->count; i++) {
		if (!is_initial)
			*LIST_ADD(r->arena, &r->taken) = &enabled->items[i]->pub;
		run_actions(r, &enabled->items[i]->actions);
	}
	r->work += enabled->count;
	entry = entry_set_of(r, enabled);
	enter_states(r, &entry);
	if (r->has_new_history || !is_same(before, r->now->active))
		update_order(r, left, entry.enter, before);
	if (r->now->is_done)
		leave_when_done(r);
	return r->has_new_history || r->now->is_done || !is_same(before, r->now->active);
}
