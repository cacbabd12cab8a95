/*
 * For tests of flow beside others: cases of the small workflows of definitions/, under the real
 * law.
 */
#ifndef LT_TEST_DB_SMALL_H
#define LT_TEST_DB_SMALL_H

#include "db_tools.h"

#include "../../../src/flow/flow_db.h"

static inline int
copy_definitions(void **state)
{
	make_folder();
	shell("cp -r calendars %s && mkdir %s/workflows", folder, folder);
	shell("cd workflows && cp -r posts.json sides.json schema.json regimes common notices "
	      "%s/workflows",
	    folder);
	shell("cp tests/unit/flow/definitions/*.json %s/workflows", folder);
	world_definitions = folder;
	return world_start(state);
}

static inline int64_t
number(struct task *t, const char *sql, int64_t id)
{
	struct db_rows *r;

	assert_ok(t, db_query(t, &r, sql, DB_INT(id)));
	assert_true(db_next(r));
	return db_int(r, 0);
}

static inline struct flow_start
opening(struct task *t, const char *workflow, const char *fields)
{
	return (struct flow_start){ .workflow = workflow, .fields = json(t, fields) };
}

static inline struct json_object *
view_of(struct task *t, const char *login, int64_t id)
{
	struct actor who = actor(t, login);
	struct json_object *view;
	int64_t version;

	assert_ok(t, flow_case_view(t, &who, id, &view, &version));
	return view;
}

static inline struct json_object *
at(struct json_object *list, size_t i)
{
	assert_true(i < json_object_array_length(list));
	return json_object_array_get_idx(list, i);
}

static inline int64_t
campaign(struct task *t)
{
	struct flow_start in = opening(t, "camp", "{\"year\": \"2026\"}");
	struct flow_result out;

	assert_ok(t, try_start(t, "ict", &in, &out));
	return out.case_id;
}

/* The case that a parent opened for an agency. */
static inline int64_t
child_of(struct task *t, int64_t parent, const struct agency *owner)
{
	char *sql = arena_printf(task_arena(t),
	    "SELECT id FROM cases WHERE parent_id = ? AND owner_id = %lld", (long long)owner->id);

	return number(t, sql, parent);
}

struct claims {
	struct timer_claim *list;
	int count;
};

static inline int
claim_tx(struct tx *tx, void *arg)
{
	struct claims *c = arg;

	return store_timers_claim(tx, clock_now(), 1, 100, &c->list, &c->count);
}

/* What was told is heard; answers how much it was. */
static inline int
hear(struct task *t)
{
	struct claims c = { 0 };
	int heard = 0;

	assert_ok(t, tx_run(t, claim_tx, &c));
	for (int i = 0; i < c.count; i++)
		if (str_starts(c.list[i].timer_id, TOLD_PREFIX)) {
			assert_ok(t, flow_fire(t, &c.list[i]));
			heard++;
		}
	return heard;
}

#endif
