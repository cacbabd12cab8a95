/*
 * The snapshot: what is active, in which order it was activated, and what history states keep. As
 * JSON it names states by id, so that it can be kept and read by another process.
 */
#include "statechart_priv.h"

struct sc_snapshot *
snapshot_new(const struct sc_chart *c, struct arena *a)
{
	struct sc_snapshot *s = arena_new_of(a, struct sc_snapshot);

	s->active = set_new(a, c->count);
	s->history = arena_array(a, struct state_list, c->history_count + 1);
	return s;
}

/* Lists of states are never changed in place, so they are shared. */
struct sc_snapshot *
snapshot_copy(const struct sc_chart *c, struct arena *a, const struct sc_snapshot *s)
{
	struct sc_snapshot *copy = arena_new_of(a, struct sc_snapshot);

	*copy = *s;
	copy->active = set_copy(a, s->active);
	copy->history = arena_array(a, struct state_list, c->history_count + 1);
	memcpy(copy->history, s->history, (size_t)c->history_count * sizeof *s->history);
	return copy;
}

/* ---- to JSON ---- */

static void
push_id(const struct sc_chart *c, struct json_object *list, int state)
{
	json_push(list, json_object_new_string(c->nodes[state].pub.id));
}

static bool
is_in_document_order(const struct state_list *list)
{
	for (int i = 1; i < list->count; i++)
		if (list->items[i] < list->items[i - 1])
			return false;
	return true;
}

static struct json_object *
ids_of(const struct sc_chart *c, const struct state_list *list)
{
	struct json_object *ids = json_object_new_array();

	for (int i = 0; i < list->count; i++)
		push_id(c, ids, list->items[i]);
	return ids;
}

static void
add_history(const struct sc_chart *c, const struct sc_snapshot *s, struct json_object *o)
{
	struct json_object *history = NULL;

	for (int i = 0; i < c->count; i++) {
		const struct node *n = &c->nodes[i];

		if (n->pub.type != SC_HISTORY || !s->history[n->history_slot].items)
			continue;
		if (!history)
			history = json_object_new_object();
		json_set(history, n->pub.id, ids_of(c, &s->history[n->history_slot]));
	}
	if (history)
		json_set(o, "history", history);
}

struct json_object *
sc_snapshot_json(const struct sc_chart *chart, struct arena *a, const struct sc_snapshot *now)
{
	struct json_object *o = json_keep(a, json_object_new_object());
	struct json_object *active = json_object_new_array();

	for (int s = set_next(now->active, 0); s != -1; s = set_next(now->active, s + 1))
		if (is_leaf(&chart->nodes[s]))
			push_id(chart, active, s);
	json_set(o, "active", active);
	if (!is_in_document_order(&now->order))
		json_set(o, "order", ids_of(chart, &now->order));
	add_history(chart, now, o);
	if (now->raise_count)
		json_set_int(o, "raised", now->raise_count);
	if (now->is_done)
		json_set_bool(o, "done", true);
	return o;
}

/* ---- from JSON ---- */

struct restore {
	const struct sc_chart *chart;
	struct arena *arena;
	struct sc_snapshot *snapshot;
	const char *why;
};

static bool
refuse(struct restore *r, const char *what, const char *id)
{
	r->why = arena_printf(r->arena, "snapshot: %s \"%s\"", what, id);
	return false;
}

static bool
read_states(struct restore *r, struct json_object *ids, struct state_list *list)
{
	size_t n = json_object_is_type(ids, json_type_array) ? json_object_array_length(ids) : 0;

	*list = (struct state_list){ .items = arena_array(r->arena, int, n + 1) };
	for (size_t i = 0; i < n; i++) {
		struct json_object *id = json_object_array_get_idx(ids, i);
		const char *text = json_object_is_type(id, json_type_string)
				       ? json_object_get_string(id)
				       : "";
		int state = chart_find_id(r->chart, text, strlen(text));

		if (state == NO_STATE)
			return refuse(r, "there is no state", text);
		list->items[list->count++] = state;
	}
	return true;
}

/* Exactly one child of a compound state, every region of a parallel one, none of a leaf. */
static bool
is_legal_below(struct restore *r, struct set states, const struct node *n)
{
	int active = 0, children = 0;

	for (int c = n->first_child; c != NO_STATE; c = r->chart->nodes[c].next_sibling) {
		if (r->chart->nodes[c].pub.type == SC_HISTORY)
			continue;
		children++;
		active += set_has(states, c);
	}
	if (n->pub.type == SC_HISTORY || (n->pub.type == SC_COMPOUND && active != 1) ||
	    (n->pub.type == SC_PARALLEL && active != children))
		return refuse(r, "not a configuration of this chart, at", n->pub.id);
	return true;
}

static bool
restore_active(struct restore *r, struct json_object *ids)
{
	struct sc_snapshot *s = r->snapshot;
	struct state_list leaves;

	if (!read_states(r, ids, &leaves))
		return false;
	if (leaves.count == 0)
		return refuse(r, "nothing is active in", sc_id(r->chart));
	for (int i = 0; i < leaves.count; i++)
		for (int state = leaves.items[i]; state != NO_STATE;
		     state = r->chart->nodes[state].parent)
			set_add(s->active, state);
	s->order.items = arena_array(r->arena, int, r->chart->count);
	for (int state = set_next(s->active, 0); state != -1;
	     state = set_next(s->active, state + 1)) {
		if (!is_legal_below(r, s->active, &r->chart->nodes[state]))
			return false;
		s->order.items[s->order.count++] = state;
	}
	return true;
}

static bool
restore_order(struct restore *r, struct json_object *ids)
{
	struct sc_snapshot *s = r->snapshot;
	struct state_list order;
	struct set seen = set_new(r->arena, r->chart->count);

	if (!read_states(r, ids, &order))
		return false;
	for (int i = 0; i < order.count; i++) {
		int state = order.items[i];

		if (!set_has(s->active, state) || set_has(seen, state))
			return refuse(r, "the order does not fit what is active, at",
			    r->chart->nodes[state].pub.id);
		set_add(seen, state);
	}
	if (order.count != s->order.count)
		return refuse(r, "the order lacks states of", sc_id(r->chart));
	s->order = order;
	return true;
}

/* What a history state keeps is a part of a configuration: all leaves below its parent, or what was
 * active just below it. */
static bool
is_kept_legal(struct restore *r, const struct node *history, const struct state_list *list)
{
	const struct node *nodes = r->chart->nodes;
	struct set kept = set_new(r->arena, r->chart->count);
	int parent = history->parent;

	for (int i = 0; i < list->count; i++) {
		int state = list->items[i];

		if (!is_inside(r->chart, state, parent) ||
		    (history->is_deep ? !is_leaf(&nodes[state]) : nodes[state].parent != parent))
			return refuse(r, "a state it cannot keep is kept in", history->pub.id);
		for (; state != nodes[parent].parent; state = nodes[state].parent)
			set_add(kept, state);
	}
	for (int s = set_next(kept, 0); s != -1; s = set_next(kept, s + 1))
		if ((history->is_deep || s == parent) && !is_legal_below(r, kept, &nodes[s]))
			return false;
	return list->count > 0 || refuse(r, "nothing is kept in", history->pub.id);
}

static bool
restore_history(struct restore *r, struct json_object *history)
{
	json_object_object_foreach(history, id, ids)
	{
		int state = chart_find_id(r->chart, id, strlen(id));
		struct state_list list;

		if (state == NO_STATE || r->chart->nodes[state].pub.type != SC_HISTORY)
			return refuse(r, "there is no history state", id);
		if (!read_states(r, ids, &list) ||
		    !is_kept_legal(r, &r->chart->nodes[state], &list))
			return false;
		r->snapshot->history[r->chart->nodes[state].history_slot] = list;
	}
	return true;
}

struct sc_snapshot *
sc_snapshot_restore(
    const struct sc_chart *chart, struct arena *a, struct json_object *o, const char **why)
{
	struct restore r = { .chart = chart, .arena = a, .snapshot = snapshot_new(chart, a) };
	struct json_object *order = json_get(o, "order"), *history = json_get(o, "history");
	bool is_good = restore_active(&r, json_get(o, "active")) &&
		       (!order || restore_order(&r, order)) &&
		       (!json_object_is_type(history, json_type_object) ||
			   restore_history(&r, history));

	r.snapshot->raise_count = json_int(o, "raised", 0);
	r.snapshot->is_done = json_truth(o, "done", false);
	*why = r.why;
	return is_good ? r.snapshot : NULL;
}
