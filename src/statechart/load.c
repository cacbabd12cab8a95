/*
 * From a machine's JSON to an immutable chart. Every mistake is collected with the place where it
 * stands. First the tree of states, then, with all ids known, what each state holds.
 */
#include "statechart_priv.h"

#include <stdlib.h>

/* ---- mistakes ---- */

void
pointer_add(struct str *s, const char *key)
{
	str_add(s, "/");
	for (; *key; key++)
		if (*key == '~')
			str_add(s, "~0");
		else if (*key == '/')
			str_add(s, "~1");
		else
			str_add_n(s, key, 1);
}

static void
add_node(const struct loader *l, struct str *s, const struct node *n)
{
	if (!n || n->parent == NO_STATE)
		return;
	add_node(l, s, &l->chart->nodes[n->parent]);
	str_add(s, "/states");
	pointer_add(s, n->pub.key);
}

static void
add_place(const struct loader *l, struct str *s, const struct place *at)
{
	if (!at->up) {
		add_node(l, s, at->node);
		return;
	}
	add_place(l, s, at->up);
	if (at->key)
		pointer_add(s, at->key);
	else
		str_addf(s, "/%d", at->index);
}

void
mistake(struct loader *l, const struct place *at, const char *code, const char *fmt, ...)
{
	struct str pointer;
	va_list ap;

	str_init(&pointer, l->errors->arena);
	add_place(l, &pointer, at);
	va_start(ap, fmt);
	error_add(l->errors, pointer.text, code, "%s", arena_vprintf(l->errors->arena, fmt, ap));
	va_end(ap);
}

/* Is o an object with no other keys than those known? */
bool
only_keys(struct loader *l, struct json_object *o, const struct place *at, const char *const *known,
    const char *what)
{
	bool all = true;

	json_object_object_foreach(o, key, value)
	{
		const char *const *k = known;

		while (*k && !str_eq(*k, key))
			k++;
		if (*k && (value || str_eq(key, "params")))
			continue;
		if (*k)
			mistake(l, AT_KEY(at, key), "type", "\"%s\" cannot be null", key);
		else
			mistake(l, AT_KEY(at, key), "unknown-property",
			    "%s has no property \"%s\"", what, key);
		all = false;
	}
	return all;
}

/* ---- the tree ---- */

static int
count_states(struct json_object *state, int depth)
{
	struct json_object *states = json_get(state, "states");
	int n = 1;

	if (depth > MAX_DEPTH || !json_object_is_type(states, json_type_object))
		return n;
	json_object_object_foreach(states, key, child)
	{
		(void)key;
		n += count_states(child, depth + 1);
	}
	return n;
}

/* A key is a part of paths and ids, and JavaScript would put keys of digits first. */
static void
check_key(struct loader *l, const struct node *n)
{
	const char *key = n->pub.key;
	const struct place *at = AT_NODE(n);

	if (!*key)
		mistake(l, at, "bad-key", "the key of a state is empty");
	else if (strchr(key, '.'))
		mistake(l, at, "bad-key", "the key \"%s\" has a dot, which separates keys in a path",
		    key);
	else if (strspn(key, "0123456789") == strlen(key))
		mistake(l, at, "bad-key",
		    "the key \"%s\" has only digits: such keys change the order of states", key);
	else if (*key == '#' || strchr(key, '\\'))
		mistake(l, at, "bad-key", "the key \"%s\" has a sign that no target can name", key);
}

static const char *
own_id(struct loader *l, const struct node *n)
{
	struct json_object *id = json_get(n->json, "id");
	const struct place *at = AT_NODE(n);

	if (!id) {
		if (n->parent == NO_STATE)
			mistake(l, AT_KEY(at, "id"), "required", "the machine needs an id");
		return NULL;
	}
	if (!json_object_is_type(id, json_type_string)) {
		mistake(l, AT_KEY(at, "id"), "type", "an id is a string");
		return NULL;
	}
	if (!*json_object_get_string(id) || strpbrk(json_object_get_string(id), ".#\\"))
		mistake(l, AT_KEY(at, "id"), "bad-id", "an id is not empty and has no . # or \\");
	return json_object_get_string(id);
}

/* Machine id and keys, joined with dots; the path of the parent is not its own id. */
static const char *
path_id(const struct loader *l, const struct node *n)
{
	const struct node *nodes = l->chart->nodes;
	struct str s;
	int way[MAX_DEPTH + 2];
	int depth = 0;

	for (int i = n->pub.index; i > 0; i = nodes[i].parent)
		way[depth++] = i;
	str_init(&s, l->arena);
	str_add(&s, nodes[0].pub.id);
	while (depth--) {
		str_add(&s, ".");
		str_add(&s, nodes[way[depth]].pub.key);
	}
	return s.text;
}

static enum sc_type
type_of(struct loader *l, const struct node *n)
{
	static const char *const names[] = { "atomic", "compound", "parallel", "final", "history" };
	struct json_object *type = json_get(n->json, "type");
	struct json_object *states = json_get(n->json, "states");
	bool has_children = json_object_is_type(states, json_type_object) &&
	    json_object_object_length(states) > 0;

	for (size_t i = 0; type && i < LEN(names); i++)
		if (str_eq(json_str(n->json, "type"), names[i]))
			return (enum sc_type)i;
	if (type)
		mistake(l, AT_KEY(AT_NODE(n), "type"), "type",
		    "a type is \"atomic\", \"compound\", \"parallel\", \"final\" or \"history\"");
	return has_children ? SC_COMPOUND : SC_ATOMIC;
}

static void load_children(struct loader *l, int parent);

static int
load_state(struct loader *l, struct json_object *json, int parent, const char *key)
{
	struct sc_chart *c = l->chart;
	int index = c->count++;
	struct node *n = &c->nodes[index];

	*n = (struct node){ .json = json, .parent = parent, .first_child = NO_STATE,
		.next_sibling = NO_STATE, .initial = NO_STATE };
	n->depth = parent == NO_STATE ? 0 : c->nodes[parent].depth + 1;
	n->pub.index = index;
	n->pub.key = key;
	n->pub.parent = parent == NO_STATE ? NULL : &c->nodes[parent].pub;
	n->pub.type = type_of(l, n);
	n->pub.id = own_id(l, n);
	if (!n->pub.id)
		n->pub.id = parent == NO_STATE ? "" : path_id(l, n);
	n->pub.meta = json_get(json, "meta");
	n->pub.description = json_str(json, "description");
	n->done_event = arena_printf(l->arena, "xstate.done.state.%s", n->pub.id);
	if (parent == NO_STATE)
		n->pub.key = n->pub.id;
	else
		check_key(l, n);
	load_children(l, index);
	n->last = c->count - 1;
	return index;
}

static void
load_children(struct loader *l, int parent)
{
	struct node *p = &l->chart->nodes[parent];
	struct json_object *states = json_get(p->json, "states");
	int *link = &p->first_child;

	if (!json_object_is_type(states, json_type_object))
		return;
	if (p->depth >= MAX_DEPTH) {
		mistake(l, AT_NODE(p), "too-deep", "states are nested deeper than %d", MAX_DEPTH);
		return;
	}
	json_object_object_foreach(states, key, json)
	{
		struct node *n;

		if (!json_object_is_type(json, json_type_object)) {
			mistake(l, AT_KEY(AT_KEY(AT_NODE(p), "states"), key), "type",
			    "a state is an object");
			continue;
		}
		n = &l->chart->nodes[load_state(l, json, parent, key)];
		*link = n->pub.index;
		link = &n->next_sibling;
		if (n->pub.type == SC_HISTORY) {
			n->history_slot = l->chart->history_count++;
			*LIST_ADD(l->arena, &p->histories) = n->pub.index;
		}
	}
}

/* ---- tables of names ---- */

static int
compare_entries(const void *a, const void *b)
{
	const struct index_entry *x = a, *y = b;
	int order = (x->parent > y->parent) - (x->parent < y->parent);

	if (!order)
		order = strcmp(x->name, y->name);
	return order ? order : x->state - y->state;
}

static void
make_tables(struct loader *l)
{
	struct sc_chart *c = l->chart;
	size_t n = (size_t)c->count;

	c->by_id = arena_array(l->arena, struct index_entry, n);
	c->by_key = arena_array(l->arena, struct index_entry, n);
	for (int i = 0; i < c->count; i++) {
		const struct node *s = &c->nodes[i];

		c->by_id[i] = (struct index_entry){ NO_STATE, s->pub.id, i };
		c->by_key[i] = (struct index_entry){ s->parent, s->pub.key, i };
	}
	qsort(c->by_id, n, sizeof *c->by_id, compare_entries);
	qsort(c->by_key, n, sizeof *c->by_key, compare_entries);
	for (int i = 1; i < c->count; i++)
		if (str_eq(c->by_id[i - 1].name, c->by_id[i].name))
			mistake(l, AT_NODE(&c->nodes[c->by_id[i].state]), "duplicate-id",
			    "the id \"%s\" is taken by another state", c->by_id[i].name);
}

/* ---- the whole ---- */

static void
load_contents(struct loader *l)
{
	for (int i = 0; i < l->chart->count; i++) {
		struct node *n = &l->chart->nodes[i];
		const struct place *at = AT_NODE(n);

		load_shape(l, n);
		load_initial(l, n);
		load_history(l, n);
		load_actions(l, json_get(n->json, "entry"), AT_KEY(at, "entry"), &n->entry);
		load_actions(l, json_get(n->json, "exit"), AT_KEY(at, "exit"), &n->exit);
		load_transitions(l, n);
	}
}

struct sc_chart *
sc_load_lenient(struct json_object *machine, struct error_list *errors)
{
	struct arena *a = arena_new();
	struct sc_chart *c = arena_new_of(a, struct sc_chart);
	struct loader l = { .chart = c, .arena = a, .errors = errors };
	int before = errors->count;

	c->arena = a;
	if (!json_object_is_type(machine, json_type_object)) {
		mistake(&l, AT_NODE(NULL), "type", "a machine is a JSON object");
		arena_free(a);
		return NULL;
	}
	c->machine = json_copy(a, machine);
	c->nodes = arena_array(a, struct node, count_states(c->machine, 0));
	load_state(&l, c->machine, NO_STATE, "");
	make_tables(&l);
	load_contents(&l);
	if (errors->count == before)
		return c;
	arena_free(a);
	return NULL;
}

struct sc_chart *
sc_load(struct json_object *machine, struct error_list *errors)
{
	struct sc_chart *c = sc_load_lenient(machine, errors);
	struct loader l = { .chart = c, .errors = errors };
	int before = errors->count;

	if (!c)
		return NULL;
	l.arena = arena_new();
	check_chart(&l);
	check_endless(&l);
	arena_free(l.arena);
	if (errors->count == before)
		return c;
	sc_free(c);
	return NULL;
}
