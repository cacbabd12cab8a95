/*
 * Who may use which post: a person, the people of agencies, those who operate the system.
 */
#include "flow_db.h"
#include "flow_priv.h"

#include <string.h>

struct held {
	struct post_pair *list;
	int count, size;
};

/* "focal,head" of one agency */
static void
add_held(struct held *held, struct arena *a, int64_t agency_id, const char *posts)
{
	char *text = arena_strdup(a, posts ? posts : ""), *rest = NULL;

	for (char *p = strtok_r(text, ",", &rest); p; p = strtok_r(NULL, ",", &rest))
		ARENA_PUSH(
		    a, held->list, held->count, held->size) = (struct post_pair){ agency_id, p };
}

int
holdings_of_person(struct task *t, int64_t person_id, int64_t at, struct holding **list, int *count)
{
	struct roster r = { .a = task_arena(t) };
	struct held held = { 0 };
	struct holding *rows;
	int n;

	TRY(store_holdings_of_person(t, person_id, at, flow_state.law->filling_posts, &rows, &n));
	for (int i = 0; i < n; i++) {
		roster_add(&r, &rows[i], NULL);
		add_held(&held, r.a, rows[i].agency_id, rows[i].posts_held);
	}
	roster_add_vacant(&r, flow_state.law, held.list, held.count);
	*list = r.holdings;
	*count = r.count;
	return OK;
}

static int
add_stand_ins(struct tx *tx, struct roster *r, int64_t at)
{
	int64_t *away = arena_array(r->a, int64_t, r->count + 1);
	struct stand_in *list;
	int count = 0;

	for (int i = 0; i < r->count; i++)
		if (r->holdings[i].is_away)
			away[count++] = r->holdings[i].person_id;
	if (count == 0)
		return OK;
	TRY(store_stand_ins(tx, away, count, at, &list, &count));
	roster_add_stand_ins(r, list, count);
	return OK;
}

int
holdings_of_agencies(struct tx *tx, const int64_t *ids, int id_count, int64_t at,
    struct holding **holdings, struct person **people, int *count)
{
	struct roster r = { .a = tx_arena(tx) };
	struct held held = { 0 };
	struct holding *rows;
	struct person *holders;
	int n;

	TRY(store_holdings_of_agencies(tx, ids, id_count, at, &rows, &holders, &n));
	for (int i = 0; i < n; i++) {
		roster_add(&r, &rows[i], &holders[i]);
		ARENA_PUSH(r.a, held.list, held.count,
		    held.size) = (struct post_pair){ rows[i].agency_id, rows[i].post };
	}
	TRY(add_stand_ins(tx, &r, at));
	roster_add_vacant(&r, flow_state.law, held.list, held.count);
	*holdings = r.holdings;
	*people = r.people;
	*count = r.count;
	return OK;
}

/* ---- the people of an agency, of whom a substitute is chosen ---- */

struct people_list {
	const struct agency *agency;
	struct holding *holdings;
	struct person *people;
	int count;
};

static int
people_tx(struct tx *tx, void *arg)
{
	struct people_list *l = arg;

	return store_holdings_of_agencies(
	    tx, &l->agency->id, 1, clock_now(), &l->holdings, &l->people, &l->count);
}

static bool
was_before(const struct people_list *l, int i)
{
	for (int k = 0; k < i; k++)
		if (l->people[k].id == l->people[i].id)
			return true;
	return false;
}

static struct json_object *
person_json(const struct people_list *l, const struct person *p)
{
	struct json_object *o = json_object_new_object(), *posts = json_object_new_array();

	json_set_int(o, "id", p->id);
	json_set_str(o, "name", p->name);
	json_set(o, "posts", posts);
	for (int i = 0; i < l->count; i++) {
		struct json_object *post;

		if (l->people[i].id != p->id)
			continue;
		post = json_object_new_object();
		json_set_str(post, "post", l->holdings[i].post);
		json_set(post, "title", post_title_json(l->holdings[i].post));
		json_push(posts, post);
	}
	return o;
}

int
flow_people(struct task *t, const char *agency, struct json_object **list)
{
	struct people_list l = { 0 };
	struct json_object *items;

	TRY(agencies_refresh(t));
	l.agency = agency_by_code(agency);
	if (l.agency == NULL)
		return fail(t, E_NOT_FOUND, "there is no such agency");
	TRY(tx_run(t, people_tx, &l));
	*list = list_json(task_arena(t), &items);
	for (int i = 0; i < l.count; i++)
		if (!was_before(&l, i))
			json_push(items, person_json(&l, &l.people[i]));
	return OK;
}

/* ---- what an actor is ---- */

bool
actor_operates(const struct actor *who)
{
	const struct agency *ict = agency_by_role("ict");

	for (int i = 0; ict && i < who->holding_count; i++)
		if (who->holdings[i].agency_id == ict->id &&
		    law_post_is(flow_state.law, who->holdings[i].post, "operates"))
			return true;
	return false;
}

bool
actor_leads(const struct actor *who, int64_t agency_id)
{
	for (int i = 0; i < who->holding_count; i++)
		if (who->holdings[i].agency_id == agency_id && !who->holdings[i].on_behalf_of &&
		    law_post_is(flow_state.law, who->holdings[i].post, "leads"))
			return true;
	return false;
}

int
operators_only(struct task *t, const struct actor *who)
{
	TRY(agencies_refresh(t));
	if (!actor_operates(who))
		return fail_as(
		    t, E_FORBIDDEN, "not-your-post", "this is for those who operate the system");
	return OK;
}
