/*
 * A good workflow with parts cut out, copied over each other and replaced: loaded, proved, started.
 * Input: edits of five bytes (which node, which other node, what is done).
 */
#include "flow.h"

#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { EDIT = 5, EDITS_MAX = 12 };

static struct arena *shared;
static struct law *law;
static struct json_object *good;

/* From the root of the project, or from where `make fuzz` runs. */
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const char *const folders[] = { "tests/corpus/good", "../../../tests/corpus/good" };
	struct error_list errors;
	const char *why;

	(void)argc, (void)argv;
	shared = arena_new();
	for (size_t i = 0; law == NULL && i < LEN(folders); i++) {
		error_list_init(&errors, shared);
		law = law_load(folders[i], &errors);
		good = json_read_file(
		    shared, arena_printf(shared, "%s/workflows/asking.json", folders[i]), &why);
	}
	if (law == NULL || good == NULL)
		abort();
	return 0;
}

/* ---- nodes of a JSON value, in the order of the text ---- */

struct node {
	struct json_object *value, *parent;
	const char *key; /* NULL: element `index` of a list */
	size_t index;
};

/* Finds the node `left` steps further; false when the value has fewer. */
static bool
find(struct node at, size_t *left, struct node *out)
{
	struct json_object *v = at.value;

	if ((*left)-- == 0) {
		*out = at;
		return true;
	}
	for (size_t i = 0;
	     json_object_is_type(v, json_type_array) && i < json_object_array_length(v); i++)
		if (find((struct node){ json_object_array_get_idx(v, i), v, NULL, i }, left, out))
			return true;
	if (!json_object_is_type(v, json_type_object))
		return false;
	json_object_object_foreach(v, key, child)
	{
		if (find((struct node){ child, v, key, 0 }, left, out))
			return true;
	}
	return false;
}

static size_t
count(struct json_object *v)
{
	size_t left = SIZE_MAX;
	struct node none;

	find((struct node){ .value = v }, &left, &none);
	return SIZE_MAX - left;
}

static struct node
node_at(struct json_object *root, unsigned which)
{
	size_t left = 1 + which % (count(root) - 1);
	struct node n = { 0 };

	find((struct node){ .value = root }, &left, &n);
	return n;
}

/* ---- edits ---- */

static struct json_object *
odd_value(unsigned which)
{
	switch (which % 9) {
	case 0:
		return NULL;
	case 1:
		return json_object_new_string("");
	case 2:
		return json_object_new_string("answered");
	case 3:
		return json_object_new_int64(which);
	case 4:
		return json_object_new_boolean(true);
	case 5:
		return json_object_new_object();
	case 6:
		return json_object_new_array();
	case 7:
		return json_object_new_string("answer");
	default:
		return json_object_new_double(-0.5);
	}
}

static void
put(struct node at, struct json_object *value)
{
	if (at.key)
		json_set(at.parent, at.key, value);
	else
		json_object_array_put_idx(at.parent, at.index, value);
}

static void
cut(struct node at)
{
	if (at.key)
		json_object_object_del(at.parent, at.key);
	else
		json_object_array_del_idx(at.parent, at.index, 1);
}

/* A part moves to another place, under its own name. */
static void
add(struct node to, struct json_object *value, const char *key)
{
	if (json_object_is_type(to.value, json_type_object))
		json_set(to.value, key ? key : "more", value);
	else if (json_object_is_type(to.value, json_type_array))
		json_push(to.value, value);
	else
		put(to, value);
}

static void
edit(struct arena *a, struct json_object *root, const uint8_t *b)
{
	struct node to = node_at(root, b[0] * 256u + b[1]);
	struct node from = node_at(root, b[2] * 256u + b[3]);
	struct json_object *copy = json_object_get(json_copy(a, from.value));

	if (b[4] % 4 == 0)
		put(to, copy);
	else if (b[4] % 4 == 1)
		add(to, copy, from.key ? arena_strdup(a, from.key) : NULL);
	else
		json_object_put(copy);
	if (b[4] % 4 == 2)
		cut(to);
	else if (b[4] % 4 == 3)
		put(to, odd_value(b[4] / 4));
}

/* ---- what is done with it ---- */

static void
start(struct arena *a, const struct workflow *w)
{
	static const struct agency agencies[] = { { .id = 1, .code = "A", .name_vi = "A" },
		{ .id = 2, .code = "B", .name_vi = "B" },
		{ .id = 3, .code = "C", .name_vi = "C", .role = "ict" } };
	static const struct agency *const all[] = { &agencies[0], &agencies[1], &agencies[2] };
	struct directory dir = {
		.requester = all[0], .owner = all[1], .agencies = all, .agency_count = LEN(all)
	};
	struct actor system = { .kind = "system", .name = "system" };
	struct case_row c = { .id = 1,
		.number = "STG-HOI-2022-00001",
		.calendar = "vn",
		.requester_id = 1,
		.owner_id = 2,
		.created_at = INT64_C(1664762400000000),
		.context = json_keep(a, json_object_new_object()) };
	struct event_in ev = { "START", json_keep(a, json_object_new_object()), c.created_at,
		&system };
	struct write_set ws;
	struct verdict v;

	json_set_str(ev.data, "what", "x");
	decide_start(w, law, &dir, &c, &ev, a, &ws, &v);
}

static void
load(struct arena *a, struct json_object *machine)
{
	struct error_list errors;
	struct workflow *w;
	struct proof p;

	error_list_init(&errors, a);
	proof_init(&p, a);
	w = workflow_load(law, machine, &errors);
	if ((w == NULL) != (errors.count > 0))
		abort();
	if (w) {
		workflow_prove(w, law, &p, &errors);
		start(a, w);
	}
	workflow_free(w);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = arena_new();
	struct json_object *machine = json_copy(a, good);

	for (size_t i = 0; i + EDIT <= n && i < (size_t)EDIT * EDITS_MAX && count(machine) > 1;
	     i += EDIT)
		edit(a, machine, bytes + i);
	load(a, machine);
	arena_free(a);
	return 0;
}
