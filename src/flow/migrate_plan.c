/*
 * The plan of a migration: which state takes the place of which, and the snapshot that follows.
 */
#include "migrate_priv.h"

/* ---- successors ---- */

/* The plan's word on a state: one id, or a list of ids; NULL when it says nothing. */
static struct json_object *
word_on(const struct migrate_plan *p, const char *old_id)
{
	return p->states ? json_get(p->states, old_id) : NULL;
}

static int
word_count(struct json_object *word)
{
	return json_object_is_type(word, json_type_array) ? (int)json_object_array_length(word) : 1;
}

static const char *
word_at(struct json_object *word, int i)
{
	struct json_object *one = json_object_is_type(word, json_type_array)
				      ? json_object_array_get_idx(word, (size_t)i)
				      : word;

	return json_object_is_type(one, json_type_string) ? json_object_get_string(one) : "";
}

const struct sc_state *const *
migrate_successors(const struct migrate_plan *p, const char *old_id, struct arena *a)
{
	const struct sc_chart *to = workflow_chart(p->to);
	struct json_object *word = word_on(p, old_id);
	int n = word ? word_count(word) : 1, found = 0;
	const struct sc_state **list = arena_array(a, const struct sc_state *, n + 1);

	for (int i = 0; i < n; i++) {
		list[found] = sc_state_by_id(to, word ? word_at(word, i) : old_id);
		found += list[found] != NULL;
	}
	return word || found ? list : NULL;
}

const struct sc_state *
migrate_successor(const struct migrate_plan *p, const char *old_id, struct arena *a)
{
	const struct sc_state *const *list = migrate_successors(p, old_id, a);

	return list ? list[0] : NULL;
}

/* ---- checking ---- */

static bool
is_leaf(const struct sc_state *s)
{
	return s->type == SC_ATOMIC || s->type == SC_FINAL;
}

/* Final states just below the root end a case: only its own events do that. */
static bool
ends_case(const struct sc_state *s)
{
	return s->type == SC_FINAL && s->parent && s->parent->parent == NULL;
}

static void
check_successor(const struct migrate_plan *p, const struct sc_state *old, const char *id,
    struct error_list *errors)
{
	const struct sc_state *s = sc_state_by_id(workflow_chart(p->to), id);
	char *pointer = arena_printf(errors->arena, "/states/%s", old->id);

	if (s == NULL)
		error_add(errors, pointer, "unknown", "the new version has no state \"%s\"", id);
	else if (ends_case(s))
		error_add(errors, pointer, "final",
		    "\"%s\" ends the case; an event must do that, not a migration", id);
	else if (is_leaf(old) && !is_leaf(s))
		error_add(errors, pointer, "leaf",
		    "\"%s\" has states inside: name those that become active", id);
}

static void
check_states(const struct migrate_plan *p, struct error_list *errors)
{
	json_object_object_foreach(p->states, old_id, word)
	{
		const struct sc_state *old = sc_state_by_id(workflow_chart(p->from), old_id);

		if (old == NULL)
			error_add(errors, arena_printf(errors->arena, "/states/%s", old_id),
			    "unknown", "the old version has no such state");
		for (int i = 0; old && i < word_count(word); i++)
			check_successor(p, old, word_at(word, i), errors);
	}
}

void
migrate_plan_check(const struct migrate_plan *p, struct error_list *errors)
{
	if (p->from_id == p->to_id)
		error_add(errors, "/to", "same", "this is the version the cases have already");
	if (p->states)
		check_states(p, errors);
}

/* ---- the snapshot ---- */

static void
push_once(struct json_object *list, const char *id)
{
	for (size_t i = 0; i < json_object_array_length(list); i++)
		if (str_eq(json_object_get_string(json_object_array_get_idx(list, i)), id))
			return;
	json_push(list, json_object_new_string(id));
}

static struct json_object *
map_ids(const struct migrate_plan *p, struct json_object *ids, struct name_list *unmapped,
    struct arena *a)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; ids && i < json_object_array_length(ids); i++) {
		const char *id = json_object_get_string(json_object_array_get_idx(ids, i));
		const struct sc_state *const *s = migrate_successors(p, id, a);

		if (s == NULL)
			name_list_add(unmapped, a, id);
		for (; s && *s; s++)
			push_once(list, (*s)->id);
	}
	return list;
}

/* Does the snapshot hold with this part too? If not it is left out again. */
static bool
try_part(const struct migrate_plan *p, struct json_object *o, struct json_object *parent,
    const char *key, struct json_object *part, struct arena *a)
{
	const char *why;

	json_set(parent, key, part);
	if (sc_snapshot_restore(workflow_chart(p->to), a, o, &why))
		return true;
	json_object_object_del(parent, key);
	return false;
}

/* What a history state remembers goes over where the new chart can remember it. */
static void
map_history(const struct migrate_plan *p, struct json_object *old, struct json_object *o,
    struct str *report, struct arena *a)
{
	struct json_object *kept = json_object_new_object();

	json_set(o, "history", kept);
	json_object_object_foreach(old, id, ids)
	{
		struct name_list unmapped = { 0 };
		const struct sc_state *s = migrate_successor(p, id, a);

		if (!s || !try_part(p, o, kept, s->id, map_ids(p, ids, &unmapped, a), a))
			str_addf(report, "  history    %s is forgotten\n", id);
	}
	if (json_object_object_length(kept) == 0)
		json_object_object_del(o, "history");
}

static bool
is_over(const struct migrate_plan *p, const struct sc_snapshot *s, struct arena *a)
{
	for (const struct sc_state *const *one = sc_active(workflow_chart(p->to), a, s); *one;
	     one++)
		if (ends_case(*one))
			return true;
	return false;
}

struct sc_snapshot *
migrate_snapshot(const struct migrate_plan *p, struct json_object *old, struct name_list *unmapped,
    struct str *report, struct arena *a, const char **why)
{
	struct json_object *o = json_keep(a, json_object_new_object());
	struct name_list dropped = { 0 };
	struct sc_snapshot *s;

	json_set(o, "active", map_ids(p, json_get(old, "active"), unmapped, a));
	if (unmapped->count) {
		*why = "the plan does not say what becomes of a state that it is in";
		return NULL;
	}
	if (json_get(old, "raised"))
		json_set_int(o, "raised", json_int(old, "raised", 0));
	s = sc_snapshot_restore(workflow_chart(p->to), a, o, why);
	if (s && is_over(p, s, a)) {
		*why = "it would be in a state that ends the case";
		return NULL;
	}
	if (s == NULL)
		return NULL;
	if (json_get(old, "order"))
		try_part(p, o, o, "order", map_ids(p, json_get(old, "order"), &dropped, a), a);
	if (json_get(old, "history"))
		map_history(p, json_get(old, "history"), o, report, a);
	return sc_snapshot_restore(workflow_chart(p->to), a, o, why);
}
