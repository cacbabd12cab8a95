/*
 * A random machine: a tree of states first, then what each of them does, with targets anywhere.
 */
#include "soak.h"

#include <string.h>

enum { NODES_MAX = 40, DEPTH_MAX = 4 };

struct node {
	const char *path; /* "m.n1.n4" */
	const char *own_id;
	enum sc_type type;
	bool is_deep;
	int parent; /* -1: the root */
};

struct maker {
	struct random *r;
	struct arena *a;
	struct node nodes[NODES_MAX];
	int count, serial;
};

static const char *const heard[] = { "A", "B", "C", "a.b", "a.b.c", "a.*", "a.b.*", "*", "R", "S" };

uint32_t
random_below(struct random *r, uint32_t n)
{
	r->state = r->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((r->state >> 33) % n);
}

bool
random_chance(struct random *r, int percent)
{
	return random_below(r, 100) < (uint32_t)percent;
}

#define PICK(m, list) ((list)[random_below((m)->r, LEN(list))])

/* ---- the tree ---- */

static int
add_node(struct maker *m, int parent, enum sc_type type)
{
	struct node *n = &m->nodes[m->count];
	const char *above = parent >= 0 ? m->nodes[parent].path : NULL;

	*n = (struct node){ .type = type, .parent = parent };
	n->path = above ? arena_printf(m->a, "%s.n%d", above, m->count) : "m";
	if (above && random_chance(m->r, 15))
		n->own_id = arena_printf(m->a, "id%d", m->count);
	return m->count++;
}

static void
grow(struct maker *m, int n, int depth)
{
	int children = 1 + (int)random_below(m->r, 3);
	bool has_history = random_chance(m->r, 25);

	if (m->count > NODES_MAX - 4)
		return;
	m->nodes[n].type = random_chance(m->r, 40) ? SC_PARALLEL : SC_COMPOUND;
	for (int i = 0; i < children && m->count < NODES_MAX - 2; i++) {
		/* the first of all is no final state, or the machine would end as it starts */
		bool is_final = i + depth > 0 && random_chance(m->r, 15);
		int child = add_node(m, n, is_final ? SC_FINAL : SC_ATOMIC);

		if (!is_final && depth < DEPTH_MAX && random_chance(m->r, 45))
			grow(m, child, depth + 1);
	}
	if (has_history && m->count < NODES_MAX) {
		int child = add_node(m, n, SC_HISTORY);

		m->nodes[child].is_deep = random_chance(m->r, 50);
	}
}

static bool
is_inside(const struct maker *m, int n, int ancestor)
{
	while (n >= 0 && n != ancestor)
		n = m->nodes[n].parent;
	return n == ancestor;
}

/* ---- targets ---- */

static void
push_text(struct json_object *list, const char *text)
{
	json_push(list, json_object_new_string(text));
}

static const char *
refer(const struct maker *m, int n)
{
	const struct node *node = &m->nodes[n];

	return arena_printf(m->a, "#%s", node->own_id ? node->own_id : node->path);
}

/* A state but the root; a history only from outside of its parent. */
static int
any_target(struct maker *m, int source)
{
	for (;;) {
		int n = 1 + (int)random_below(m->r, (uint32_t)m->count - 1);

		if (m->nodes[n].type != SC_HISTORY || !is_inside(m, source, m->nodes[n].parent))
			return n;
	}
}

static int
any_below(struct maker *m, int ancestor)
{
	for (;;) {
		int n = 1 + (int)random_below(m->r, (uint32_t)m->count - 1);

		if (m->nodes[n].type != SC_HISTORY && is_inside(m, n, ancestor))
			return n;
	}
}

/* Two states in two regions of one parallel state; NULL when there is none. */
static struct json_object *
pair_of_targets(struct maker *m)
{
	int p = (int)random_below(m->r, (uint32_t)m->count), regions[2], n = 0;
	struct json_object *list;

	if (m->nodes[p].type != SC_PARALLEL)
		return NULL;
	for (int i = p + 1; i < m->count && n < 2; i++)
		if (m->nodes[i].parent == p && m->nodes[i].type != SC_HISTORY)
			regions[n++] = i;
	if (n < 2)
		return NULL;
	list = json_object_new_array();
	push_text(list, refer(m, any_below(m, regions[0])));
	push_text(list, refer(m, any_below(m, regions[1])));
	return list;
}

/* ---- guards and actions ---- */

static struct json_object *
call(const char *type, const char *param, struct json_object *value)
{
	struct json_object *o = json_object_new_object(), *params = json_object_new_object();

	json_set_str(o, "type", type);
	json_set(params, param, value);
	json_set(o, "params", params);
	return o;
}

static struct json_object *
make_guard(struct maker *m)
{
	static const char *const names[] = { "g0", "g1", "g2", "g3" };
	int roll = (int)random_below(m->r, 5);

	if (roll == 0)
		return call("xstate.not", "guard", json_object_new_string(PICK(m, names)));
	if (roll == 1)
		return call(
		    "xstate.stateIn", "stateId", json_object_new_string(refer(m, any_below(m, 0))));
	return json_object_new_string(PICK(m, names));
}

static struct json_object *
make_raise(struct maker *m, bool is_delayed)
{
	static const char *const raised[] = { "R", "S", "A", "a.b" };
	struct json_object *event = json_object_new_object(), *o;

	json_set_str(event, "type", is_delayed ? PICK(m, raised) : raised[random_below(m->r, 2)]);
	o = call("xstate.raise", "event", event);
	if (!is_delayed)
		return o;
	json_set_int(json_get(o, "params"), "delay", 1 + random_below(m->r, 20));
	json_set_str(json_get(o, "params"), "id", arena_printf(m->a, "t%d", m->serial++ % 6));
	return o;
}

static struct json_object *
make_actions(struct maker *m)
{
	struct json_object *list = json_object_new_array();

	for (int i = 1 + (int)random_below(m->r, 2); i > 0; i--) {
		int roll = (int)random_below(m->r, 12);

		if (roll < 2)
			json_push(list, make_raise(m, roll == 1));
		else if (roll == 2)
			json_push(list, call("xstate.cancel", "id",
					    json_object_new_string(
						arena_printf(m->a, "t%u", random_below(m->r, 6)))));
		else
			push_text(list, arena_printf(m->a, "act%d", m->serial++));
	}
	return list;
}

static struct json_object *
make_transition(struct maker *m, int source, bool must_guard)
{
	struct json_object *t = json_object_new_object();
	struct json_object *pair = random_chance(m->r, 12) ? pair_of_targets(m) : NULL;

	if (pair)
		json_set(t, "target", pair);
	else if (random_chance(m->r, 85))
		json_set_str(t, "target", refer(m, any_target(m, source)));
	if (must_guard || random_chance(m->r, 35))
		json_set(t, "guard", make_guard(m));
	if (random_chance(m->r, 40))
		json_set(t, "actions", make_actions(m));
	if (random_chance(m->r, 20))
		json_set_bool(t, "reenter", true);
	return t;
}

static struct json_object *
make_transitions(struct maker *m, int source, bool must_guard)
{
	struct json_object *list = json_object_new_array();

	if (random_chance(m->r, 20))
		json_push(list, make_transition(m, source, true));
	json_push(list, make_transition(m, source, must_guard));
	return list;
}

/* ---- a state ---- */

static struct json_object *
make_history(struct maker *m, int n)
{
	struct json_object *o = json_object_new_object();

	if (m->nodes[n].own_id)
		json_set_str(o, "id", m->nodes[n].own_id);
	json_set_str(o, "type", "history");
	json_set_str(o, "history", m->nodes[n].is_deep ? "deep" : "shallow");
	if (random_chance(m->r, 50)) {
		int target = any_below(m, m->nodes[n].parent);

		if (target != m->nodes[n].parent)
			json_set_str(o, "target", refer(m, target));
	}
	return o;
}

static struct json_object *make_state(struct maker *m, int n);

static const char *
key_of(const struct maker *m, int n)
{
	return m->nodes[n].path + strlen(m->nodes[m->nodes[n].parent].path) + 1;
}

static void
put_children(struct maker *m, int n, struct json_object *o)
{
	struct json_object *states = json_object_new_object();
	int first = -1;

	for (int i = n + 1; i < m->count; i++) {
		if (m->nodes[i].parent != n)
			continue;
		if (first < 0 || random_chance(m->r, 20))
			first = m->nodes[i].type == SC_HISTORY ? first : i;
		json_set(states, key_of(m, i), make_state(m, i));
	}
	if (m->nodes[n].type == SC_COMPOUND)
		json_set_str(o, "initial", key_of(m, first));
	json_set(o, "states", states);
}

static void
put_transitions(struct maker *m, int n, struct json_object *o)
{
	static const char *const delays[] = { "5", "12", "short", "long" };
	struct json_object *on = json_object_new_object(), *after = json_object_new_object();

	for (int i = (int)random_below(m->r, 4); i > 0; i--)
		json_set(on, PICK(m, heard), make_transitions(m, n, false));
	json_set(o, "on", on);
	if (random_chance(m->r, 12))
		json_set(o, "always", make_transitions(m, n, true));
	if (random_chance(m->r, 25))
		json_set(after, PICK(m, delays), make_transitions(m, n, false));
	json_set(o, "after", after);
	if (m->nodes[n].type != SC_ATOMIC && random_chance(m->r, 50))
		json_set(o, "onDone", make_transitions(m, n, false));
}

static struct json_object *
make_state(struct maker *m, int n)
{
	const struct node *node = &m->nodes[n];
	struct json_object *o;

	if (node->type == SC_HISTORY)
		return make_history(m, n);
	o = json_object_new_object();
	if (n == 0 || node->own_id)
		json_set_str(o, "id", n == 0 ? "m" : node->own_id);
	if (node->type == SC_FINAL || node->type == SC_PARALLEL)
		json_set_str(o, "type", node->type == SC_FINAL ? "final" : "parallel");
	if (random_chance(m->r, 50))
		json_set(o, "entry", make_actions(m));
	if (random_chance(m->r, 40))
		json_set(o, "exit", make_actions(m));
	if (node->type == SC_COMPOUND || node->type == SC_PARALLEL)
		put_children(m, n, o);
	if (node->type != SC_FINAL)
		put_transitions(m, n, o);
	return o;
}

struct json_object *
machine_make(struct random *r, struct arena *a)
{
	struct maker m = { .r = r, .a = a };

	grow(&m, add_node(&m, -1, SC_COMPOUND), 0);
	return json_keep(a, make_state(&m, 0));
}
