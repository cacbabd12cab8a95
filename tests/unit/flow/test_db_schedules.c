/* A workflow that opens itself on its day. */
#include "db_small.h"

static int64_t
campaigns(struct task *t)
{
	return number(t, "SELECT COUNT(*) FROM cases WHERE workflow = 'camp' AND id > ?", 0);
}

static void
clock_to(const char *time)
{
	int64_t when = 0;

	assert_true(instant_parse(time, &when));
	clock_set(when);
}

static int
run_schedules(struct task *t)
{
	int opened;

	assert_ok(t, flow_run_schedules(t, &opened));
	return opened;
}

static struct db_rows *
camp_row(struct task *t)
{
	struct db_rows *r;

	assert_ok(
	    t, db_query(t, &r,
		   "SELECT DATE_FORMAT(due_on, '%Y-%m-%d'), next_at, last_error FROM schedule "
		   "WHERE workflow = 'camp' AND item = '12-15'"));
	assert_true(db_next(r));
	return r;
}

struct runner {
	struct task *waiting;
	int opened, *finished;
};

static void
run_beside(struct task *t, void *arg)
{
	struct runner *r = arg;

	assert_ok(t, flow_run_schedules(t, &r->opened));
	++*r->finished;
	task_wake(r->waiting);
}

WORLD_TEST(a_campaign_opens_itself_once_on_its_day)
{
	int64_t before = campaigns(t);
	struct runner r[3];
	int finished = 0;

	assert_ok(t, db_exec(t, NULL, "DELETE FROM schedule"));
	assert_int_equal(run_schedules(t), 0); /* what is past stays past */
	assert_string_equal(db_text(camp_row(t), 0), "2026-12-15");
	clock_to("2026-12-15T07:29:00+07:00");
	assert_int_equal(run_schedules(t), 0);
	clock_to("2026-12-15T07:31:00+07:00");
	for (int i = 0; i < 3; i++) {
		r[i] = (struct runner){ .waiting = t, .finished = &finished };
		task_start("runner", run_beside, &r[i]);
	}
	while (finished < 3)
		task_park(t, -1);
	assert_int_equal(r[0].opened + r[1].opened + r[2].opened, 1);
	assert_int_equal(campaigns(t), before + 1);
	assert_string_equal(db_text(camp_row(t), 0), "2027-12-15");
	assert_int_equal(
	    number(t,
		"SELECT COUNT(*) FROM cases p JOIN cases c ON c.parent_id = p.id WHERE "
		"p.workflow = 'camp' AND p.created_by IS NULL AND p.id > ?",
		0),
	    3);
	assert_int_equal(
	    number(t,
		"SELECT JSON_VALUE(context, '$.fields.year') = '2026' FROM cases WHERE "
		"created_by IS NULL AND workflow = 'camp' AND id > ?",
		0),
	    1);
}

WORLD_TEST(years_of_silence_are_made_up_for_by_one_run)
{
	int64_t before = campaigns(t);

	clock_to("2029-03-01T10:00:00+07:00");
	assert_int_equal(run_schedules(t), 1);
	assert_int_equal(run_schedules(t), 0);
	assert_int_equal(campaigns(t), before + 1);
	assert_string_equal(db_text(camp_row(t), 0), "2029-12-15");
	/* a Saturday: on Monday, when the office opens */
	assert_ok(t, db_exec(t, NULL, "DELETE FROM schedule"));
	clock_to("2029-12-16T10:00:00+07:00");
	assert_int_equal(run_schedules(t), 0);
	assert_string_equal(db_text(camp_row(t), 0), "2029-12-15");
	clock_to("2029-12-17T07:30:00+07:00");
	assert_int_equal(run_schedules(t), 1);
}

WORLD_TEST(an_entry_that_is_gone_or_fails_holds_up_nobody)
{
	int64_t before = campaigns(t);

	assert_ok(t, db_exec(t, NULL, "DELETE FROM schedule"));
	assert_ok(t, store_schedule_keep(t, "gone", "01-01", "2026-01-01", wednesday - 2 * DAY_US));
	assert_ok(t, store_schedule_keep(t, "camp", "02-02", "2026-02-02", wednesday - DAY_US / 2));
	assert_int_equal(run_schedules(t), 0);
	assert_int_equal(number(t, "SELECT COUNT(*) FROM schedule WHERE due_on > ?", 0), 2);
	assert_ok(t, db_exec(t, NULL, "UPDATE agency SET role = NULL WHERE role = 'ict'"));
	agencies_forget();
	clock_to("2026-12-15T07:31:00+07:00");
	assert_int_equal(run_schedules(t), 0);
	assert_non_null(strstr(db_text(camp_row(t), 2), "no agency takes the side"));
	assert_ok(t,
	    db_exec(t, NULL, "UPDATE agency SET role = 'ict' WHERE id = ?", DB_INT(world.ict.id)));
	agencies_forget();
	assert_int_equal(run_schedules(t), 0);
	clock_to("2026-12-15T08:32:00+07:00");
	assert_int_equal(run_schedules(t), 1);
	assert_int_equal(campaigns(t), before + 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_campaign_opens_itself_once_on_its_day),
		cmocka_unit_test(years_of_silence_are_made_up_for_by_one_run),
		cmocka_unit_test(an_entry_that_is_gone_or_fails_holds_up_nobody),
	};

	return cmocka_run_group_tests(tests, copy_definitions, remove_definitions);
}
