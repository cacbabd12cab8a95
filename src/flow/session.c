/*
 * Who is signed in: whether a session still lives, who acts, and what the page shows of them.
 */
#include "flow_db.h"

#define LOOK_AGAIN_US INT64_C(5000000)
#define ZONE "Asia/Ho_Chi_Minh" /* in which pages show times */

/* ---- is the session revoked? asked with each request, so remembered for seconds ---- */

enum { SLOTS = 4096 };

static struct slot {
	int64_t session_id, person_id, looked_at_us; /* monotonic */
} slots[SLOTS];

static struct slot *
slot_of(int64_t session_id)
{
	return &slots[(uint64_t)session_id % SLOTS];
}

int
flow_session_check(struct task *t, int64_t session_id, int64_t person_id)
{
	struct slot *slot = slot_of(session_id);
	int64_t now = clock_monotonic_us();
	bool is_live;

	if (slot->session_id == session_id && slot->person_id == person_id &&
	    now - slot->looked_at_us < LOOK_AGAIN_US)
		return OK;
	TRY(store_session_is_live(t, session_id, person_id, flow_real_now(), &is_live));
	if (!is_live)
		return fail(t, E_UNAUTHENTICATED, "the session has ended; please sign in again");
	*slot_of(session_id) = (struct slot){ session_id, person_id, now };
	return OK;
}

int
flow_sign_out(struct task *t, int64_t session_id)
{
	TRY(store_session_revoke(t, session_id, flow_real_now()));
	if (slot_of(session_id)->session_id == session_id)
		*slot_of(session_id) = (struct slot){ 0 };
	return OK;
}

/* ---- who acts ---- */

struct json_object *
flow_posts(void)
{
	return law_posts(flow_state.law);
}

int
flow_actor(struct task *t, int64_t person_id, struct actor *who)
{
	struct holding *holdings;
	struct person p;
	int code = store_person_by_id(t, person_id, &p);
	int count;

	if (code == E_NOT_FOUND || (code == OK && !p.is_active))
		return fail(t, E_UNAUTHENTICATED, "this account is not in use");
	TRY(code);
	TRY(holdings_of_person(t, person_id, clock_now(), &holdings, &count));
	*who = (struct actor){ .kind = "person",
		.person_id = p.id,
		.name = p.name,
		.holdings = holdings,
		.holding_count = count };
	return OK;
}

static struct json_object *
person_json(const struct person *p)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "id", p->id);
	json_set_str(o, "name", p->name);
	json_set_str(o, "login", p->login);
	json_set_str(o, "email", p->email);
	json_set_str(o, "locale", p->locale);
	return o;
}

int
flow_session_view(struct task *t, const struct actor *who, struct json_object **view)
{
	struct json_object *o = json_keep(task_arena(t), json_object_new_object());
	struct json_object *posts = json_object_new_array();
	struct person p;

	json_set(o, "posts", posts);
	TRY(agencies_refresh(t));
	TRY(store_person_by_id(t, who->person_id, &p));
	json_set(o, "person", person_json(&p));
	for (int i = 0; i < who->holding_count; i++)
		json_push(posts, holding_json(&who->holdings[i]));
	json_set_bool(o, "operates", actor_operates(who));
	json_set_instant(o, "now", clock_now());
	json_set_bool(o, "is_demo", flow_state.cfg.is_demo);
	json_set_str(o, "zone", ZONE);
	*view = o;
	return OK;
}
