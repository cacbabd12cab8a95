/*
 * Extensions of a case's terms: the date, the timers, the task, the reminders, the limits
 * (extend_case.h).
 */
#include "extend_case.h"

/* ---- a term that runs ---- */

static void
what_runs_gets_more_days(void **state)
{
	(void)state;
	check_instant(row.due_at, "2022-10-11T00:00:00+07:00");
	done("EXTEND", "2022-10-05T09:00:00+07:00", DAYS(2));
	check_instant(row.due_at, "2022-10-13T00:00:00+07:00");
	check_timer("request.account", "2022-10-13T00:00:00+07:00");
	check_instant(timer_of("request.account")->started_at, "2022-10-03T09:00:00+07:00");
	assert_int_equal(ws.retimed_task_count, 1);
	assert_string_equal(ws.retimed_tasks[0].term, "request.account");
	assert_int_equal(ws.retimed_tasks[0].due_at, row.due_at);
	assert_int_equal(timer_count, 3);
}

static void
the_case_keeps_who_why_and_both_dates(void **state)
{
	(void)state;
	done("EXTEND", "2022-10-05T09:00:00+07:00", DAYS(2));
	assert_string_equal(json_canonical(arena, extension_of("request.account", 0)),
	    "{\"after\":\"2022-10-12T17:00:00.000000Z\",\"amount\":2,\"at\":\"2022-10-05T02:00:00."
	    "000000Z\","
	    "\"before\":\"2022-10-10T17:00:00.000000Z\",\"by\":\"Hùng\",\"from\":\"due\","
	    "\"ground\":null,"
	    "\"kind\":\"own\",\"reason\":\"cần thêm thời gian\",\"unit\":\"working_days\"}");
	assert_string_equal(json_str(record_of("request.account"), "status"), "running");
}

/* Of 5 + 2 days: neither has fired. */
static void
reminders_move_to_their_share(void **state)
{
	int64_t from = instant("2022-10-03T09:00:00+07:00");
	int64_t due = instant("2022-10-13T00:00:00+07:00");

	(void)state;
	done("EXTEND", "2022-10-04T09:00:00+07:00", DAYS(2));
	assert_int_equal(
	    timer_of("request.account.50")->due_at, term_share(law->calendars[0], from, due, 50));
	assert_int_equal(
	    timer_of("request.account.80")->due_at, term_share(law->calendars[0], from, due, 80));
}

/* 80 % of five days has fired; that of seven lies ahead and comes again, half of them does not. */
static void
a_reminder_comes_again_when_its_share_lies_ahead(void **state)
{
	(void)state;
	until("2022-10-10T09:00:00+07:00");
	assert_null(timer_of("request.account.50"));
	assert_null(timer_of("request.account.80"));
	done("EXTEND", "2022-10-10T09:00:00+07:00", DAYS(2));
	assert_null(timer_of("request.account.50"));
	assert_non_null(timer_of("request.account.80"));
	assert_true(timer_of("request.account.80")->due_at > instant("2022-10-10T09:00:00+07:00"));
	assert_int_equal(timer_count, 2);
}

static void
twice_until_the_limit(void **state)
{
	(void)state;
	done("EXTEND", "2022-10-04T09:00:00+07:00", DAYS(1));
	done("EXTEND", "2022-10-05T09:00:00+07:00", DAYS(3));
	check_instant(row.due_at, "2022-10-15T00:00:00+07:00");
	check_timer("request.account", "2022-10-15T00:00:00+07:00");
	assert_int_equal(timer_count, 3);
	refused("EXTEND", "2022-10-05T10:00:00+07:00", DAYS(1), "extension-limit",
	    "this term was extended 2 times already: no more is allowed");
	assert_int_equal(verdict.fields.count, 0);
	done("DIRECT", "2022-10-06T09:00:00+07:00", DAYS(1)); /* another kind has its own */
	check_instant(row.due_at, "2022-10-18T00:00:00+07:00");
}

static void
beyond_the_limit_nothing_changes(void **state)
{
	(void)state;
	refused("EXTEND", "2022-10-04T09:00:00+07:00", DAYS(5), "extension-limit",
	    "this term may be extended by 4 more working days at most");
	assert_string_equal(verdict.fields.first->pointer, "/data/days");
	assert_string_equal(verdict.fields.first->code, "extension-limit");
	assert_null(json_get(record_of("request.account"), "extensions"));
	done("EXTEND", "2022-10-04T09:00:00+07:00", DAYS(3));
	refused("EXTEND", "2022-10-04T10:00:00+07:00", DAYS(2), "extension-limit",
	    "this term may be extended by 1 more working day at most");
}

static void
no_days_are_no_extension(void **state)
{
	static const char *const none[] = { "0", "-1", "0.5", "1.5", "-1e300", "1e300" };

	(void)state;
	for (size_t i = 0; i < LEN(none); i++) {
		send(&hung, "EXTEND", "2022-10-04T09:00:00+07:00",
		    arena_printf(arena, "{\"days\": %s, \"reason\": \"vì\"}", none[i]));
		assert_int_equal(verdict.code, E_CONFLICT);
		assert_string_equal(verdict.fields.first->pointer, "/data/days");
	}
}

static void
without_a_ground_it_is_refused(void **state)
{
	(void)state;
	refused("EXTEND", "2022-10-04T09:00:00+07:00", "{\"days\": 1, \"reason\": \" \\n \"}",
	    "extension-ground", "an extension needs a ground or a reason");
	assert_string_equal(verdict.fields.first->pointer, "/data/reason");
	send(&hung, "EXTEND", "2022-10-04T09:00:00+07:00", "{\"days\": 1}");
	assert_int_equal(verdict.code, E_INVALID);
}

static void
a_guard_asks_what_is_left(void **state)
{
	(void)state;
	done("ONCE_MORE", "2022-10-04T09:00:00+07:00", NULL);
	done("EXTEND", "2022-10-04T10:00:00+07:00", DAYS(4));
	refused(
	    "ONCE_MORE", "2022-10-04T11:00:00+07:00", NULL, "not-in-this-state", "nothing is left");
}

static void
a_guard_asks_for_the_days_and_in_time(void **state)
{
	(void)state;
	done("IN_TIME", "2022-10-04T09:00:00+07:00", "{\"days\": 4}");
	refused("IN_TIME", "2022-10-04T09:00:00+07:00", "{\"days\": 5}", "not-in-this-state",
	    "too much, or too late");
	refused("IN_TIME", "2022-10-04T09:00:00+07:00", "{\"days\": 0}", "not-in-this-state",
	    "too much, or too late");
	until("2022-10-11T09:00:00+07:00");
	refused("IN_TIME", "2022-10-11T09:00:00+07:00", "{\"days\": 4}", "not-in-this-state",
	    "too much, or too late");
	done("ONCE_MORE", "2022-10-11T09:00:00+07:00", NULL);
}

/* ---- a state that is entered in the same step ---- */

static void
a_state_entered_in_the_same_step_runs_to_the_new_date(void **state)
{
	(void)state;
	done("DIRECT", "2022-10-05T09:00:00+07:00", DAYS(2));
	check_timer("request.account", "2022-10-13T00:00:00+07:00");
	check_instant(row.due_at, "2022-10-13T00:00:00+07:00");
	assert_int_equal(timer_count, 3);
	assert_int_equal(json_object_object_length(row.paused), 0);
	assert_null(json_get(record_of("request.account"), "pauses"));
	assert_string_equal(json_str(record_of("request.account"), "status"), "running");
}

/* ---- a term that ran out ---- */

static void
what_ran_out_runs_again_from_today(void **state)
{
	(void)state;
	until("2022-10-14T09:00:00+07:00");
	assert_true(is_active("late"));
	done("DIRECT", "2022-10-14T09:00:00+07:00", DAYS(3));
	assert_true(is_active("on_time"));
	check_instant(row.due_at, "2022-10-20T00:00:00+07:00");
	check_timer("request.account", "2022-10-20T00:00:00+07:00");
	assert_string_equal(json_str(extension_of("request.account", 0), "from"), "now");
	until("2022-10-20T00:00:00+07:00");
	assert_true(is_active("late"));
}

static void
what_ran_out_long_ago_is_not_saved_from_its_due_day(void **state)
{
	(void)state;
	until("2022-10-14T09:00:00+07:00");
	refused("EXTEND", "2022-10-14T09:00:00+07:00", DAYS(3), "extension-past",
	    "so few days more would have ended before today: it would stay overdue");
	done("EXTEND", "2022-10-14T09:00:00+07:00", DAYS(4));
	check_instant(row.due_at, "2022-10-15T00:00:00+07:00");
}

/* An `after` without a target keeps its state: the timer comes again there. */
static void
a_timer_that_fired_in_an_active_state_comes_again(void **state)
{
	(void)state;
	done("TRY", "2022-10-10T09:00:00+07:00", NULL);
	until("2022-10-18T09:00:00+07:00");
	assert_null(timer_of("request.test"));
	done("LONGER", "2022-10-18T09:00:00+07:00", DAYS(5));
	check_timer("request.test", "2022-10-25T00:00:00+07:00"); /* Saturday 22/10 rolls */
	check_instant(row.due_at, "2022-10-25T00:00:00+07:00");
}

/* ---- a term that stands still ---- */

static void
days_are_added_to_those_left(void **state)
{
	(void)state;
	done("ASK", "2022-10-05T09:00:00+07:00", NULL);
	assert_int_equal(json_int(row.paused, "xstate.after.request.account.on_time", -1), 3);
	done("EXTEND", "2022-10-06T09:00:00+07:00", DAYS(2));
	assert_int_equal(row.due_at, 0);
	assert_int_equal(timer_count, 0);
	assert_int_equal(json_int(row.paused, "xstate.after.request.account.on_time", -1), 5);
	assert_null(json_get(extension_of("request.account", 0), "before"));
	done("ANSWER", "2022-10-07T09:00:00+07:00", NULL);
	check_instant(row.due_at, "2022-10-15T00:00:00+07:00"); /* five after Friday the 7th */
	check_timer("request.account", "2022-10-15T00:00:00+07:00");
}

static void
reminders_after_a_pause_leave_it_out(void **state)
{
	struct standstill pause = { instant("2022-10-04T15:00:00+07:00"),
		instant("2022-10-07T09:00:00+07:00") };

	(void)state;
	done("ASK", "2022-10-04T15:00:00+07:00", NULL);
	done("ANSWER", "2022-10-07T09:00:00+07:00", NULL);
	check_instant(row.due_at, "2022-10-14T00:00:00+07:00");
	done("EXTEND", "2022-10-10T09:00:00+07:00", DAYS(2));
	check_instant(row.due_at, "2022-10-18T00:00:00+07:00");
	assert_int_equal(timer_of("request.account.80")->due_at,
	    term_share_around(law->calendars[0], instant("2022-10-03T09:00:00+07:00"), row.due_at,
		80, &pause, 1));
}

/* ---- a term that is no longer needed ---- */

static void
what_has_ended_is_not_extended(void **state)
{
	(void)state;
	done("TRY", "2022-10-10T09:00:00+07:00", NULL);
	refused("OLD", "2022-10-10T10:00:00+07:00", DAYS(1), "extension-limit",
	    "there is nothing to extend: the term has not begun, or has ended");
}

/* A term that begins anew has all its extensions again. */
static void
begun_anew_it_was_never_extended(void **state)
{
	(void)state;
	done("TRY", "2022-10-10T09:00:00+07:00", NULL);
	done("LONGER", "2022-10-11T09:00:00+07:00", DAYS(9));
	assert_non_null(extension_of("request.test", 0));
	done("AGAIN", "2022-10-12T09:00:00+07:00", NULL);
	done("TRY", "2022-10-12T10:00:00+07:00", NULL);
	assert_null(json_get(record_of("request.test"), "extensions"));
	check_instant(row.due_at, "2022-10-20T00:00:00+07:00");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_runs_gets_more_days, open_case),
		cmocka_unit_test_setup(the_case_keeps_who_why_and_both_dates, open_case),
		cmocka_unit_test_setup(reminders_move_to_their_share, open_case),
		cmocka_unit_test_setup(a_reminder_comes_again_when_its_share_lies_ahead, open_case),
		cmocka_unit_test_setup(twice_until_the_limit, open_case),
		cmocka_unit_test_setup(beyond_the_limit_nothing_changes, open_case),
		cmocka_unit_test_setup(no_days_are_no_extension, open_case),
		cmocka_unit_test_setup(without_a_ground_it_is_refused, open_case),
		cmocka_unit_test_setup(a_guard_asks_what_is_left, open_case),
		cmocka_unit_test_setup(a_guard_asks_for_the_days_and_in_time, open_case),
		cmocka_unit_test_setup(
		    a_state_entered_in_the_same_step_runs_to_the_new_date, open_case),
		cmocka_unit_test_setup(what_ran_out_runs_again_from_today, open_case),
		cmocka_unit_test_setup(
		    what_ran_out_long_ago_is_not_saved_from_its_due_day, open_case),
		cmocka_unit_test_setup(
		    a_timer_that_fired_in_an_active_state_comes_again, open_case),
		cmocka_unit_test_setup(days_are_added_to_those_left, open_case),
		cmocka_unit_test_setup(reminders_after_a_pause_leave_it_out, open_case),
		cmocka_unit_test_setup(what_has_ended_is_not_extended, open_case),
		cmocka_unit_test_setup(begun_anew_it_was_never_extended, open_case),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
