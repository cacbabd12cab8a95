/* Replay: the same workflow makes the same cases; a draft's differences are found, and nothing is
 * written. */
#include "db_tools.h"

#define LATE_US INT64_C(5000000) /* of a timer, as jobs fire it */

static struct flow_replayed
replay(struct task *t, struct json_object *machine, struct json_object *calendar)
{
	struct flow_replay in = {
		.machine = machine, .calendar = calendar, .file = "draft.json", .say = say
	};
	struct flow_replayed out;

	said[0] = '\0';
	assert_ok(t, flow_replay(t, &in, &out));
	return out;
}

static void
send(struct task *t, const char *login, int64_t id, const char *type)
{
	struct flow_result out;

	assert_ok(t, try_send(t, login, id, type, NULL, &out));
}

/* A case that is approved in time, one that is late. */
static void
make_cases(struct task *t)
{
	int64_t id = received(t), late = received(t);

	wait_days(t, 1, LATE_US);
	send(t, "minh", id, "FORWARD");
	send(t, "tam", id, "APPROVE");
	wait_days(t, 6, LATE_US);
	send(t, "tam", late, "APPROVE");
}

static int64_t
events(struct task *t)
{
	struct db_rows *r;

	assert_ok(t, db_query(t, &r, "SELECT COUNT(*) FROM event"));
	assert_true(db_next(r));
	return db_int(r, 0);
}

WORLD_TEST(the_same_workflow_makes_the_same_cases)
{
	struct flow_replayed out;
	int64_t before;

	make_cases(t);
	before = events(t);
	out = replay(t, edited(t, ""), NULL);
	assert_string_equal(said, "");
	assert_int_equal(out.cases, 2);
	assert_int_equal(out.different, 0);
	assert_int_equal(events(t), before);
}

WORLD_TEST(what_a_draft_forbids_is_told)
{
	struct flow_replayed out;

	clock_set(wednesday + 7 * DAY_US + 60000000);
	out = replay(t, edited(t, "s/\"FORWARD\"/\"HAND_OVER\"/"), NULL);
	assert_int_equal(out.refusals, 1);
	assert_non_null(strstr(said, "FORWARD would have been refused"));
}

WORLD_TEST(other_dates_of_a_draft_calendar_are_told)
{
	const char *why = NULL;
	struct json_object *calendar = json_copy(
	    task_arena(t), json_read_file(task_arena(t), "calendars/vn.json", &why));
	struct flow_replayed out;

	clock_set(wednesday + 7 * DAY_US + 60000000);
	out = replay(t, edited(t, ""), calendar);
	assert_int_equal(out.different, 0);
	json_push(json_get(calendar, "days"),
	    json_tokener_parse("{\"date\": \"2026-11-05\", \"kind\": \"off\", "
			       "\"name\": \"Nghỉ bù\", \"source\": \"DEFAULT\"}"));
	out = replay(t, edited(t, ""), calendar);
	assert_int_equal(out.dates, 2);
	assert_non_null(strstr(said, "request.account due 2026-11-09 24:00; was 2026-11-06 24:00"));
}

WORLD_TEST(a_draft_with_mistakes_or_of_other_days_replays_nothing)
{
	struct flow_replay in = {
		.machine = json(t, "{\"id\": \"x\"}"), .file = "draft.json", .say = say
	};
	struct flow_replayed out;

	assert_int_equal(flow_replay(t, &in, &out), E_INVALID);
	in.machine = edited(t, "");
	assert_true(flow_local_day("2026-11-05", false, &in.since));
	assert_ok(t, flow_replay(t, &in, &out));
	assert_int_equal(out.cases, 0);
	in.since = 0;
	assert_true(flow_local_day("2026-11-04", true, &in.until));
	assert_ok(t, flow_replay(t, &in, &out));
	assert_int_equal(out.cases, 2);
	assert_false(flow_local_day("5.11.2026", true, &in.until));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_workflow_makes_the_same_cases),
		cmocka_unit_test(what_a_draft_forbids_is_told),
		cmocka_unit_test(other_dates_of_a_draft_calendar_are_told),
		cmocka_unit_test(a_draft_with_mistakes_or_of_other_days_replays_nothing),
	};

	return cmocka_run_group_tests(tests, world_start, world_stop);
}
