/*
 * Who has to act sees the case: each side that may send an event or has a task is one of
 * meta.visibility, as itself or as the side that its agency always takes.
 */
#include "proof_priv.h"

struct sight {
	const struct workflow *w;
	struct error_list *errors;
	int mistakes;
};

static bool
is_listed(const struct workflow *w, const char *side)
{
	struct json_object *see = json_path(w->meta, "visibility.see");

	for (size_t i = 0; i < json_object_array_length(see); i++)
		if (str_eq(json_str(json_object_array_get_idx(see, i), "of"), side))
			return true;
	return false;
}

/* Where start says that the requester is `ict`, ict sees what the requester sees, and he what ict.
 */
static bool
sees(const struct workflow *w, const char *side)
{
	static const char *const parties[] = { "requester", "owner" };
	struct json_object *start = json_get(w->meta, "start");

	if (is_listed(w, side))
		return true;
	for (size_t i = 0; i < LEN(parties); i++) {
		const char *role = json_str(start, parties[i]);

		if (str_eq(side, role) && is_listed(w, parties[i]))
			return true;
		if (str_eq(side, parties[i]) && role && is_listed(w, role))
			return true;
	}
	return false;
}

static void
check_right(struct sight *k, struct json_object *right, const char *pointer)
{
	const char *side = json_str(right, "of");

	if (side == NULL || sees(k->w, side))
		return;
	k->mistakes++;
	error_add(k->errors, pointer, "sight",
	    "the %s of the %s has to act here, but may not see the case (meta.visibility)",
	    json_str(right, "post"), side);
}

static void
check_rights(struct sight *k, struct json_object *by, const char *pointer)
{
	for (size_t i = 0; by && i < json_object_array_length(by); i++)
		check_right(k, json_object_array_get_idx(by, i),
		    arena_printf(k->errors->arena, "%s/%zu", pointer, i));
}

static void
check_state(struct sight *k, const struct sc_state *s)
{
	const char *pointer = workflow_state_pointer(k->errors->arena, s);

	check_right(
	    k, json_get(s->meta, "task"), arena_printf(k->errors->arena, "%s/meta/task", pointer));
	check_rights(k, json_get(json_get(s->meta, "approval"), "of"),
	    arena_printf(k->errors->arena, "%s/meta/approval/of", pointer));
}

static void
check_transition(struct sight *k, const struct sc_transition *t)
{
	check_rights(k, json_get(t->meta, "by"),
	    arena_printf(
		k->errors->arena, "%s/meta/by", workflow_transition_pointer(k->errors->arena, t)));
}

void
prove_sight(const struct workflow *w, struct proof *p, struct error_list *errors)
{
	struct sight k = { .w = w, .errors = errors };

	for (int i = 1; i < sc_state_count(w->chart); i++)
		check_state(&k, sc_state_at(w->chart, i));
	for (int i = 0; i < sc_transition_count(w->chart); i++)
		check_transition(&k, sc_transition_at(w->chart, i));
	if (k.mistakes == 0)
		proof_add(p, PROOF_HOLDS, "whoever has to act may see the case");
}
