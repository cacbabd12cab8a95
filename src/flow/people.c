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

	TRY(store_holdings_of_person(t, person_id, at, &rows, &n));
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

int
operators_only(struct task *t, const struct actor *who)
{
	TRY(agencies_refresh(t));
	if (!actor_operates(who))
		return fail_as(
		    t, E_FORBIDDEN, "not-your-post", "this is for those who operate the system");
	return OK;
}
