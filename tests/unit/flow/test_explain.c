/*
 * How a due date came about, day by day, by hand: over Tết, over a day worked in exchange, after a
 * pause, over the end of a term that rolls.
 */
#include "fixture.h"

static struct json_object *
explain(const char *term, const char *record)
{
	const struct regime *regime = law_regime(law, "VN-ND47-2020");

	return term_explain(
	    regime_term(regime, term), regime, law_calendar(law, "vn"), json(record), arena);
}

/* "02-13 day-of-event, 02-14 weekend, 02-23 1 counts" */
static void
expect_days(struct json_object *view, const char *days)
{
	struct json_object *list = json_get(view, "days");
	const char *text = "";

	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *o = json_object_array_get_idx(list, i);
		struct json_object *n = json_get(o, "n");

		text = arena_printf(arena, "%s%s%s %s%s%s", text, i ? ", " : "",
		    json_str(o, "date") + 5, n ? json_object_get_string(n) : "", n ? " " : "",
		    json_str(o, "why"));
	}
	assert_string_equal(text, days);
}

static const char *
name_of_day(struct json_object *view, size_t i)
{
	return json_str(json_object_array_get_idx(json_get(view, "days"), i), "name");
}

static void
a_late_receipt_moves_and_tet_does_not_count(void **state)
{
	struct json_object *o = explain("request.account",
	    "{\"started_at\":\"2026-02-12T11:00:00Z\",\"due_at\":\"2026-02-27T17:00:00Z\","
	    "\"status\":\"running\"}");

	(void)state;
	assert_string_equal(json_str(o, "unit"), "working_days");
	assert_int_equal(json_int(o, "amount", 0), 5);
	assert_string_equal(json_str(o, "counted_from"), "2026-02-13");
	assert_true(json_truth(o, "is_moved", false));
	expect_days(o,
	    "02-12 late, 02-13 day-of-event, 02-14 weekend, 02-15 weekend, 02-16 off, 02-17 off, "
	    "02-18 off, 02-19 off, 02-20 off, 02-21 weekend, 02-22 weekend, 02-23 1 counts, "
	    "02-24 2 counts, 02-25 3 counts, 02-26 4 counts, 02-27 5 counts");
	assert_string_equal(name_of_day(o, 4), "Tết Âm lịch");
	assert_null(name_of_day(o, 0));
	assert_non_null(json_str(json_get(o, "calendar"), "vi"));
}

static void
a_day_worked_in_exchange_counts(void **state)
{
	struct json_object *o = explain("request.account",
	    "{\"started_at\":\"2026-08-19T03:00:00Z\",\"due_at\":\"2026-08-25T17:00:00Z\","
	    "\"status\":\"over\"}");

	(void)state;
	assert_false(json_truth(o, "is_moved", true));
	expect_days(o, "08-19 day-of-event, 08-20 1 counts, 08-21 2 counts, 08-22 3 worked, "
		       "08-23 weekend, 08-24 4 counts, 08-25 5 counts");
	assert_string_equal(name_of_day(o, 3), "Làm bù cho 31/8/2026");
}

static void
what_runs_on_counts_the_days_left_from_the_resumption(void **state)
{
	struct json_object *o = explain("request.account",
	    "{\"started_at\":\"2022-10-03T02:00:00Z\",\"due_at\":\"2022-10-17T17:00:00Z\","
	    "\"status\":\"running\",\"pauses\":[{\"from\":\"2022-10-05T02:00:00Z\","
	    "\"until\":\"2022-10-12T02:00:00Z\",\"left\":3}]}");

	(void)state;
	assert_string_equal(json_str(o, "counted_from"), "2022-10-12");
	assert_non_null(strstr(json_str(o, "started_at"), "2022-10-03"));
	expect_days(o, "10-12 day-of-event, 10-13 1 counts, 10-14 2 counts, 10-15 weekend, "
		       "10-16 weekend, 10-17 3 counts");
	assert_int_equal(json_object_array_length(json_get(o, "pauses")), 1);
}

static void
what_stands_still_has_no_days(void **state)
{
	struct json_object *o = explain("request.account",
	    "{\"started_at\":\"2022-10-03T02:00:00Z\",\"due_at\":\"2022-10-10T17:00:00Z\","
	    "\"status\":\"paused\",\"pauses\":[{\"from\":\"2022-10-05T02:00:00Z\",\"left\":3}]}");

	(void)state;
	assert_null(json_get(o, "due_at"));
	expect_days(o, "");
}

/* At 24:00 of 10/10 another term ran out: 11/10 is the first day, not the day of the event. */
static void
what_begins_at_midnight_counts_from_the_day_that_ended(void **state)
{
	struct json_object *o = explain("request.account",
	    "{\"started_at\":\"2022-10-10T17:00:00Z\",\"due_at\":\"2022-10-17T17:00:00Z\","
	    "\"status\":\"running\"}");

	(void)state;
	assert_string_equal(json_str(o, "counted_from"), "2022-10-10");
	expect_days(o, "10-10 day-of-event, 10-11 1 counts, 10-12 2 counts, 10-13 3 counts, "
		       "10-14 4 counts, 10-15 weekend, 10-16 weekend, 10-17 5 counts");
	o = explain("request.account",
	    "{\"started_at\":\"2022-10-10T17:00:00Z\",\"due_at\":\"2022-10-18T17:00:00Z\","
	    "\"status\":\"running\"}");
	assert_string_equal(json_str(o, "counted_from"), "2022-10-11");
}

/* Three days of the calendar from Thursday end on Sunday, so on Monday. */
static void
days_of_the_calendar_all_count_and_the_end_rolls(void **state)
{
	struct term three = { .name = "three",
		.unit = TERM_CALENDAR_DAYS,
		.amount = 3,
		.title_vi = "Ba ngày",
		.title_en = "Three days",
		.law = "DEFAULT" };
	struct json_object *record = json(
	    "{\"started_at\":\"2022-10-06T02:00:00Z\",\"due_at\":\"2022-10-10T17:00:00Z\","
	    "\"status\":\"running\"}");

	(void)state;
	expect_days(term_explain(&three, law_regime(law, "VN-ND47-2020"), law_calendar(law, "vn"),
			record, arena),
	    "10-06 day-of-event, 10-07 1 counts, 10-08 2 counts, 10-09 3 counts, 10-10 rolled-to");
}

/* ---- extensions ---- */

#define EXTENDED(more, due)                                                                        \
	"{\"started_at\":\"2022-10-03T02:00:00Z\",\"due_at\":\"" due "\",\"status\":\"running\","  \
	"\"extensions\":[" more "]}"

static void
an_extension_counts_on_from_the_due_day(void **state)
{
	struct json_object *o = explain("request.account",
	    EXTENDED("{\"at\":\"2022-10-05T02:00:00Z\",\"kind\":\"owner\",\"amount\":2,\"unit\":"
		     "\"working_days\",\"from\":\"due\",\"before\":\"2022-10-10T17:00:00Z\","
		     "\"after\":\"2022-10-12T17:00:00Z\",\"ground\":\"complex\",\"reason\":\"r\","
		     "\"by\":\"Tâm\"}",
		"2022-10-12T17:00:00Z"));
	struct json_object *one = json_object_array_get_idx(json_get(o, "extensions"), 0);

	(void)state;
	expect_days(o, "10-03 day-of-event, 10-04 1 counts, 10-05 2 counts, 10-06 3 counts, "
		       "10-07 4 counts, 10-08 weekend, 10-09 weekend, 10-10 5 counts, "
		       "10-11 1 extended, 10-12 2 extended");
	assert_string_equal(json_str(one, "by"), "Tâm");
	assert_string_equal(json_str(json_get(one, "ground"), "code"), "complex");
	assert_non_null(json_str(json_get(json_get(one, "ground"), "title"), "vi"));
	assert_non_null(strstr(json_str(one, "law"), "DEFAULT"));
}

/* Over since 10/10; on Thursday the 13th two days of the calendar more end on a Saturday. */
static void
an_extension_from_today_skips_what_is_past_and_rolls(void **state)
{
	struct json_object *o = explain("request.account",
	    EXTENDED("{\"at\":\"2022-10-13T02:00:00Z\",\"kind\":\"other\",\"amount\":2,\"unit\":"
		     "\"calendar_days\",\"from\":\"now\",\"before\":\"2022-10-10T17:00:00Z\","
		     "\"after\":\"2022-10-17T17:00:00Z\",\"reason\":\"r\",\"by\":\"Tâm\"}",
		"2022-10-17T17:00:00Z"));
	struct json_object *one = json_object_array_get_idx(json_get(o, "extensions"), 0);

	(void)state;
	expect_days(o, "10-03 day-of-event, 10-04 1 counts, 10-05 2 counts, 10-06 3 counts, "
		       "10-07 4 counts, 10-08 weekend, 10-09 weekend, 10-10 5 counts, "
		       "10-11 overdue, 10-12 overdue, 10-13 overdue, 10-14 1 extended, "
		       "10-15 2 extended, 10-16 weekend, 10-17 rolled-to");
	assert_null(json_get(one, "ground"));
	assert_null(json_get(one, "law"));
}

/* What was added before the pause and in it is in the days that were left. */
static void
days_left_hold_what_was_added_before(void **state)
{
	struct json_object *o = explain("request.account",
	    "{\"started_at\":\"2022-10-03T02:00:00Z\",\"due_at\":\"2022-10-19T17:00:00Z\","
	    "\"status\":\"running\",\"pauses\":[{\"from\":\"2022-10-05T02:00:00Z\","
	    "\"until\":\"2022-10-12T02:00:00Z\",\"left\":5}],\"extensions\":[{\"at\":"
	    "\"2022-10-04T02:00:00Z\",\"kind\":\"owner\",\"amount\":1,\"unit\":\"working_days\","
	    "\"from\":\"due\",\"before\":\"2022-10-10T17:00:00Z\",\"after\":"
	    "\"2022-10-11T17:00:00Z\",\"reason\":\"r\",\"by\":\"Tâm\"},{\"at\":"
	    "\"2022-10-06T02:00:00Z\",\"kind\":\"owner\",\"amount\":1,\"unit\":\"working_days\","
	    "\"from\":\"due\",\"reason\":\"r\",\"by\":\"Tâm\"}]}");

	(void)state;
	expect_days(o, "10-12 day-of-event, 10-13 1 counts, 10-14 2 counts, 10-15 weekend, "
		       "10-16 weekend, 10-17 3 counts, 10-18 4 counts, 10-19 5 counts");
	assert_int_equal(json_object_array_length(json_get(o, "extensions")), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_extension_counts_on_from_the_due_day),
		cmocka_unit_test(an_extension_from_today_skips_what_is_past_and_rolls),
		cmocka_unit_test(days_left_hold_what_was_added_before),
		cmocka_unit_test(a_late_receipt_moves_and_tet_does_not_count),
		cmocka_unit_test(a_day_worked_in_exchange_counts),
		cmocka_unit_test(what_runs_on_counts_the_days_left_from_the_resumption),
		cmocka_unit_test(what_stands_still_has_no_days),
		cmocka_unit_test(what_begins_at_midnight_counts_from_the_day_that_ended),
		cmocka_unit_test(days_of_the_calendar_all_count_and_the_end_rolls),
	};

	return cmocka_run_group_tests(tests, open_law, close_law);
}
