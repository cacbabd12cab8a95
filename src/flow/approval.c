/*
 * Approvals: who has to agree in a state, who has, and whether that is enough.
 *
 * case.approvals keeps STATE -> [{"agency","post","name","at"}] as long as the state is active, and
 * beyond when it `keeps`; and "person", "on_behalf_of" of who used a post that he does not hold.
 */
#include "flow_priv.h"

struct json_object *
approval_of(const struct workflow *w, const char *state_id)
{
	const struct sc_state *s = state_id ? sc_state_by_id(w->chart, state_id) : NULL;

	return s ? json_get(s->meta, "approval") : NULL;
}

struct json_object *
approval_given(struct json_object *context, const char *state_id)
{
	return json_get(json_get(context, "approvals"), state_id);
}

bool
approval_has(
    struct json_object *context, const char *state_id, const char *agency, const char *post)
{
	struct json_object *given = approval_given(context, state_id);

	for (size_t i = 0; given && i < json_object_array_length(given); i++) {
		struct json_object *one = json_object_array_get_idx(given, i);

		if (str_eq(json_str(one, "agency"), agency) && str_eq(json_str(one, "post"), post))
			return true;
	}
	return false;
}

/* ---- one person, two posts ---- */

static bool
is_own(const struct holding *as)
{
	return as->on_behalf_of == 0 && as->own_post == NULL;
}

/* Did this person agree then? What he agreed to with his own post names only the post and him. */
static bool
was_by(struct json_object *one, const struct actor *who, int64_t person_id, const char *name)
{
	if (json_get(one, "person"))
		return json_int(one, "person", 0) == person_id ||
		       json_int(one, "on_behalf_of", 0) == person_id;
	for (int i = 0; str_eq(json_str(one, "name"), name) && i < who->holding_count; i++) {
		const struct holding *h = &who->holdings[i];
		int64_t holder = h->on_behalf_of ? h->on_behalf_of : who->person_id;

		if (holder == person_id && h->own_post == NULL &&
		    str_eq(h->agency_code, json_str(one, "agency")) &&
		    str_eq(h->post, json_str(one, "post")))
			return true;
	}
	return false;
}

bool
approval_is_second(struct json_object *context, const char *state_id, const struct actor *who,
    const struct holding *as)
{
	struct json_object *given = approval_given(context, state_id);

	for (size_t i = 0; given && i < json_object_array_length(given); i++) {
		struct json_object *one = json_object_array_get_idx(given, i);

		if (is_own(as) && json_get(one, "person") == NULL)
			continue;
		if (was_by(one, who, who->person_id, who->name) ||
		    (as->on_behalf_of && was_by(one, who, as->on_behalf_of, as->on_behalf_name)))
			return true;
	}
	return false;
}

/* ---- everybody who has to agree ---- */

static bool
is_listed(const struct approver *list, int count, const struct approver *p)
{
	for (int i = 0; i < count; i++)
		if (list[i].agency == p->agency && str_eq(list[i].post, p->post))
			return true;
	return false;
}

/* An agency that takes two sides agrees once. */
struct approver *
approvers(struct json_object *approval, const struct directory *dir, struct arena *a, int *count)
{
	struct json_object *of = json_get(approval, "of");
	int n = of ? (int)json_object_array_length(of) : 0;
	struct approver *list = arena_array(a, struct approver, n * (dir->party_count + 1) + 1);

	*count = 0;
	for (int i = 0; i < n; i++) {
		struct json_object *one = json_object_array_get_idx(of, (size_t)i);
		const struct agency *const *g = side_agencies(dir, json_str(one, "of"), a);

		for (; *g; g++) {
			struct approver p = { *g, json_str(one, "of"), json_str(one, "post") };

			if (!is_listed(list, *count, &p))
				list[(*count)++] = p;
		}
	}
	return list;
}

static int
needed(struct json_object *approval, int of)
{
	struct json_object *rule = json_get(approval, "rule");

	if (json_object_is_type(rule, json_type_int))
		return json_object_get_int(rule);
	return str_eq(json_object_get_string(rule), "any") ? 1 : of;
}

bool
approval_holds(const struct workflow *w, const struct directory *dir, struct json_object *context,
    const char *state_id, struct arena *a)
{
	struct json_object *approval = approval_of(w, state_id);
	int count, agreed = 0;
	struct approver *list = approvers(approval, dir, a, &count);

	for (int i = 0; i < count; i++)
		if (approval_has(context, state_id, list[i].agency->code, list[i].post))
			agreed++;
	return count > 0 && agreed >= needed(approval, count);
}

/* ---- what an event changes ---- */

static struct json_object *
list_of(struct run *r, const char *state_id)
{
	struct json_object *all = json_get(r->c.context, "approvals");
	struct json_object *list;

	if (all == NULL) {
		all = json_object_new_object();
		json_set(r->c.context, "approvals", all);
		json_set(json_get(r->logic_data, "case"), "approvals", json_object_get(all));
	}
	list = json_get(all, state_id);
	if (list == NULL) {
		list = json_object_new_array();
		json_set(all, state_id, list);
	}
	return list;
}

static void
close_task(struct run *r, const char *state_id)
{
	struct ties *t = &r->ties;

	ARENA_PUSH(r->a, t->closed_tasks, t->closed_task_count,
	    t->closed_task_size) = (struct task_close){ state_id, r->as->post, r->as->agency_id };
}

void
run_agree(struct run *r, struct json_object *params)
{
	const char *state_id = json_str(params, "state");
	struct json_object *one;

	if (r->as == NULL || approval_has(r->c.context, state_id, r->as->agency_code, r->as->post))
		return;
	one = json_object_new_object();
	json_set_str(one, "agency", r->as->agency_code);
	json_set_str(one, "post", r->as->post);
	json_set_str(one, "name", r->ev->actor->name);
	json_set_instant(one, "at", r->ev->at);
	if (!is_own(r->as)) {
		json_set_int(one, "person", r->ev->actor->person_id);
		json_set_int(one, "on_behalf_of", r->as->on_behalf_of);
	}
	json_push(list_of(r, state_id), one);
	close_task(r, state_id);
}

/* Forgotten when its state is left: entered anew, it begins anew. */
void
run_approvals_end(struct run *r, const struct sc_step *step)
{
	struct json_object *all = json_get(r->c.context, "approvals");

	for (const struct sc_state *const *s = step->exited; all && *s; s++) {
		struct json_object *approval = json_get((*s)->meta, "approval");

		if (approval && !json_truth(approval, "keeps", false) &&
		    !sc_is_active(step->next, *s))
			json_object_object_del(all, (*s)->id);
	}
}
