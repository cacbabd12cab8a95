/*
 * What a calendar file may say, what it means, and how a wrong one is refused; likewise the amounts
 * of terms.
 */
#include "fixture.h"

static const char *const plain = "{\"id\": \"x\", \"utc_offset_minutes\": 420,"
				 "\"working_weekdays\": [1, 2, 3, 4, 5],"
				 "\"office_hours\": [{\"from\": \"07:30\", \"to\": \"11:30\"},"
				 "{\"from\": \"13:30\", \"to\": \"17:00\"}],"
				 "\"first_year\": 2022, \"last_year\": 2023}";

/* The plain calendar with a member more, or another. */
static struct json_object *
plain_with(const char *key, const char *value)
{
	struct json_object *o = read_text(plain);

	json_set(o, key, json_object_get(read_text(value)));
	return o;
}

static const char *
refusal_of_calendar(struct json_object *o)
{
	struct error_list errors;

	error_list_init(&errors, arena);
	assert_null(calendar_load(o, &errors));
	assert_int_equal(errors.count, 1);
	return arena_printf(arena, "%s %s", errors.first->pointer, errors.first->message);
}

static const char *
refusal_of_term(const char *term)
{
	struct error_list errors;
	char *terms = arena_printf(
	    arena, "\"t\": %s, \"w\": {\"unit\": \"working_days\", \"amount\": 5}", term);

	error_list_init(&errors, arena);
	assert_null(regime_load(regime_text(terms), &errors));
	assert_int_equal(errors.count, 1);
	return arena_printf(arena, "%s %s", errors.first->pointer, errors.first->message);
}

static int64_t
due_in(const struct calendar *c, const char *term, const char *start)
{
	struct regime *r = regime_of(arena_printf(arena, "\"t\": {%s}", term));
	const char *why = NULL;
	int64_t us = 0;

	if (!term_due(r, c, "t", at(start), &us, &why))
		fail_msg("%s from %s: %s", term, start, why);
	regime_free(r);
	return us;
}

static const char *const one_working_day = "\"unit\": \"working_days\", \"amount\": 1";
static const char *const one_calendar_day = "\"unit\": \"calendar_days\", \"amount\": 1";
static const char *const two_working_hours = "\"unit\": \"working_hours\", \"amount\": 2";

static void
a_late_receipt_counts_as_the_same_day_where_the_calendar_says_so(void **state)
{
	struct calendar *c = calendar_of(plain_with("outside_office_hours", "\"same_day\""));

	(void)state;
	assert_true(due_in(c, one_working_day, "2022-11-18T17:01:00+07:00") ==
		    at("2022-11-22T00:00:00+07:00")); /* Friday evening: Monday */
	assert_true(due_in(c, one_working_day, "2022-11-19T10:00:00+07:00") ==
		    at("2022-11-22T00:00:00+07:00")); /* Saturday: Monday */
	assert_true(due_in(c, one_calendar_day, "2022-11-20T10:00:00+07:00") ==
		    at("2022-11-22T00:00:00+07:00")); /* Sunday: Monday */
	assert_true(due_in(c, two_working_hours, "2022-11-18T17:01:00+07:00") ==
		    at("2022-11-21T09:30:00+07:00"));
	/* Nothing left at a pause: not on a day off all the same. */
	assert_true(
	    term_resume(c, at("2022-11-19T10:00:00+07:00"), 0) == at("2022-11-22T00:00:00+07:00"));
	calendar_free(c);
}

static void
a_late_receipt_counts_as_the_next_working_day_unless_told_otherwise(void **state)
{
	struct calendar *silent = calendar_of(read_text(plain));
	struct calendar *said = calendar_of(
	    plain_with("outside_office_hours", "\"next_working_day\""));
	const char *start = "2022-11-18T17:01:00+07:00";

	(void)state;
	assert_true(due_in(silent, one_working_day, start) == at("2022-11-23T00:00:00+07:00"));
	assert_true(due_in(said, one_working_day, start) == at("2022-11-23T00:00:00+07:00"));
	calendar_free(silent);
	calendar_free(said);
}

/* Tuesday the 22nd closes at 11:30; Saturday the 26th is worked from 08:00 to 10:00. */
static struct calendar *
calendar_with_half_days(void)
{
	return calendar_of(plain_with("days",
	    "[{\"date\": \"2022-11-22\", \"kind\": \"worked\", \"source\": \"DEFAULT\","
	    "\"hours\": [{\"from\": \"07:30\", \"to\": \"11:30\"}]},"
	    "{\"date\": \"2022-11-26\", \"kind\": \"worked\", \"source\": \"DEFAULT\","
	    "\"hours\": [{\"from\": \"08:00\", \"to\": \"10:00\"}]}]"));
}

static void
a_half_day_closes_early(void **state)
{
	struct calendar *c = calendar_with_half_days();

	(void)state;
	assert_true(due_in(c, one_working_day, "2022-11-22T11:30:00+07:00") ==
		    at("2022-11-24T00:00:00+07:00"));
	assert_true(due_in(c, one_working_day, "2022-11-22T11:31:00+07:00") ==
		    at("2022-11-25T00:00:00+07:00"));
	/* It is a whole working day when days are counted. */
	assert_true(due_in(c, one_working_day, "2022-11-21T09:00:00+07:00") ==
		    at("2022-11-23T00:00:00+07:00"));
	assert_true(calendar_day_opens(c, calendar_day_of(c, at("2022-11-26T12:00:00+07:00"))) ==
		    at("2022-11-26T08:00:00+07:00"));
	calendar_free(c);
}

static void
working_hours_of_a_half_day_are_its_own(void **state)
{
	struct calendar *c = calendar_with_half_days();

	(void)state;
	assert_true(due_in(c, two_working_hours, "2022-11-22T10:30:00+07:00") ==
		    at("2022-11-23T08:30:00+07:00"));
	assert_true(due_in(c, two_working_hours, "2022-11-25T16:30:00+07:00") ==
		    at("2022-11-26T09:30:00+07:00"));
	/* From Monday 07:30 to Wednesday 24:00: 7.5 + 4 + 7.5 = 19 hours; half is 9.5, Tuesday
	 * 09:30. */
	assert_true(term_share(c, at("2022-11-21T07:30:00+07:00"), at("2022-11-24T00:00:00+07:00"),
			50) == at("2022-11-22T09:30:00+07:00"));
	/* Friday 13:30 to Monday 07:30: 3.5 + 2 hours; 80 % is 4.4, Saturday 08:54. */
	assert_true(term_share(c, at("2022-11-25T13:30:00+07:00"), at("2022-11-28T07:30:00+07:00"),
			80) == at("2022-11-26T08:54:00+07:00"));
	calendar_free(c);
}

static void
a_day_both_off_and_worked_is_refused(void **state)
{
	const char *days =
	    "[{\"date\": \"2022-01-03\", \"kind\": \"off\", \"source\": \"DEFAULT\"},"
	    "{\"date\": \"2022-01-03\", \"kind\": \"%s\", \"source\": \"DEFAULT\"}]";

	(void)state;
	assert_string_equal(
	    refusal_of_calendar(plain_with("days", arena_printf(arena, days, "worked"))),
	    "/days/1 2022-01-03 stands above already, as a day off");
	assert_string_equal(
	    refusal_of_calendar(plain_with("days", arena_printf(arena, days, "off"))),
	    "/days/1 2022-01-03 stands above already, as a day off");
}

static void
a_day_that_cannot_be_is_refused(void **state)
{
	static const char *const wrong[][2] = {
		{ "[{\"date\": \"2022-02-29\", \"kind\": \"off\", \"source\": \"DEFAULT\"}]",
		    "/days/0 \"date\" must be YYYY-MM-DD within the years of the calendar" },
		{ "[{\"date\": \"2024-01-01\", \"kind\": \"off\", \"source\": \"DEFAULT\"}]",
		    "/days/0 \"date\" must be YYYY-MM-DD within the years of the calendar" },
		{ "[{\"date\": \"2022-01-03\", \"kind\": \"half\", \"source\": \"DEFAULT\"}]",
		    "/days/0 \"kind\" must be \"off\" or \"worked\"" },
		{ "[{\"date\": \"2022-01-03\", \"kind\": \"off\"}]",
		    "/days/0 \"source\" must name the decision, or say DEFAULT" },
		{ "[{\"date\": \"2022-01-03\", \"kind\": \"off\", \"source\": \"DEFAULT\", "
		  "\"hours\": []}]",
		    "/days/0 a day off has no \"hours\"" },
		{ "[{\"date\": \"2022-01-03\", \"kind\": \"worked\", \"source\": \"DEFAULT\", "
		  "\"hours\": []}]",
		    "/days/0 must list 1 to 4 spans like {\"from\": \"07:30\", \"to\": "
		    "\"11:30\"}" },
		{ "[{\"date\": \"2022-01-03\", \"kind\": \"worked\", \"source\": \"DEFAULT\","
		  "\"hours\": [{\"from\": \"07:00\", \"to\": \"11:00\"},"
		  "{\"from\": \"10:59\", \"to\": \"17:00\"}]}]",
		    "/days/0 span 2 must be {\"from\": \"HH:MM\", \"to\": \"HH:MM\"}, after the "
		    "one "
		    "before" },
		{ "[{\"date\": \"2022-01-03\", \"kind\": \"worked\", \"source\": \"DEFAULT\","
		  "\"hours\": [{\"from\": \"08:00\", \"to\": \"07:00\"}]}]",
		    "/days/0 span 1 must be {\"from\": \"HH:MM\", \"to\": \"HH:MM\"}, after the "
		    "one "
		    "before" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(wrong); i++)
		assert_string_equal(
		    refusal_of_calendar(plain_with("days", wrong[i][0])), wrong[i][1]);
}

static void
a_calendar_that_says_nothing_sure_is_refused(void **state)
{
	(void)state;
	assert_string_equal(
	    refusal_of_calendar(plain_with("outside_office_hours", "\"yesterday\"")),
	    "/outside_office_hours must be \"next_working_day\" or \"same_day\"");
	assert_string_equal(refusal_of_calendar(plain_with("working_weekdays", "[]")),
	    "/working_weekdays must list the days worked, 1 (Monday) to 7 (Sunday)");
	assert_string_equal(refusal_of_calendar(plain_with("last_year", "2021")),
	    "/first_year first_year and last_year must say which years the calendar covers");
}

static void
a_term_of_nothing_of_less_or_of_decades_is_refused(void **state)
{
	static const char *const wrong[] = {
		"{\"unit\": \"working_days\", \"amount\": 0}",
		"{\"unit\": \"working_days\", \"amount\": -1}",
		"{\"unit\": \"working_days\", \"amount\": 10000}",
		"{\"unit\": \"calendar_days\", \"amount\": 10001}",
		"{\"unit\": \"calendar_days\", \"amount\": 4294967297}", /* 1, in 32 bits */
		"{\"unit\": \"working_hours\", \"amount\": 1.5}",
		"{\"unit\": \"hours\", \"amount\": \"72\"}",
		"{\"unit\": \"months\"}",
	};

	(void)state;
	for (size_t i = 0; i < LEN(wrong); i++)
		assert_string_equal(refusal_of_term(wrong[i]),
		    "/terms/t \"amount\" must be a whole number, 1 to 9999");
	assert_string_equal(
	    refusal_of_term("{\"unit\": \"percent\", \"amount\": 100, \"of\": \"w\"}"),
	    "/terms/t \"amount\" must be a whole number, 1 to 99");
	assert_string_equal(
	    refusal_of_term("{\"unit\": \"date\", \"of\": \"fields.on\", \"before\": -1}"),
	    "/terms/t \"before\" must be a whole number, 0 to 9999");
	assert_string_equal(refusal_of_term("{\"unit\": \"yearly\", \"on\": \"02-29\"}"),
	    "/terms/t \"on\" must be a day of each year, MM-DD");
}

static void
the_office_opens_next_in_its_hours_on_a_working_day(void **state)
{
	static const struct {
		const char *now, *opens;
	} cases[] = {
		{ "2022-11-18T10:00:00+07:00", "2022-11-18T10:00:00+07:00" },
		{ "2022-11-18T07:30:00+07:00", "2022-11-18T07:30:00+07:00" },
		{ "2022-11-18T03:00:00+07:00", "2022-11-18T07:30:00+07:00" },
		{ "2022-11-18T11:30:00+07:00", "2022-11-18T13:30:00+07:00" },
		{ "2022-11-18T17:00:00+07:00", "2022-11-21T07:30:00+07:00" }, /* Friday evening */
		{ "2022-11-19T10:00:00+07:00", "2022-11-21T07:30:00+07:00" },
		{ "2022-11-23T18:00:00+07:00",
		    "2022-11-25T08:00:00+07:00" }, /* a day off; its own hours */
	};
	struct calendar *c = calendar_of(plain_with("days",
	    "[{\"date\": \"2022-11-24\", \"kind\": \"off\", \"name\": \"n\", \"source\": \"s\"},"
	    "{\"date\": \"2022-11-25\", \"kind\": \"worked\", \"name\": \"n\", \"source\": \"s\","
	    "\"hours\": [{\"from\": \"08:00\", \"to\": \"11:00\"}]}]"));

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		if (calendar_next_open(c, at(cases[i].now)) != at(cases[i].opens))
			fail_msg("%s does not open at %s", cases[i].now, cases[i].opens);
	calendar_free(c);
}

/* ---- calendars of agencies ---- */

static struct calendar *
based_on_half_days(const char *text)
{
	struct calendar *base = calendar_with_half_days(), *c;
	struct error_list errors;

	error_list_init(&errors, arena);
	c = calendar_load_based(read_text(text), base, &errors);
	if (!c)
		fail_msg("%s: %s", errors.first->pointer, errors.first->message);
	calendar_free(base);
	return c;
}

static void
what_an_agency_does_not_say_is_as_its_base_says(void **state)
{
	struct calendar *c = based_on_half_days(
	    "{\"id\": \"a\", \"based_on\": \"x\", \"agencies\": [\"H51.9\", \"H51.8\"],"
	    "\"days\": [{\"date\": \"2022-11-24\", \"kind\": \"off\", \"source\": \"s\"},"
	    "{\"date\": \"2022-11-26\", \"kind\": \"off\", \"source\": \"s\"}]}");

	(void)state;
	assert_string_equal(calendar_id(c), "a");
	assert_string_equal(calendar_based_on(c), "x");
	assert_string_equal(calendar_agencies(c)[0], "H51.9");
	assert_string_equal(calendar_agencies(c)[1], "H51.8");
	assert_null(calendar_agencies(c)[2]);
	/* The half day is the base's; Thursday is off here; Saturday, worked at the base, is not.
	 */
	assert_true(due_in(c, one_working_day, "2022-11-22T11:31:00+07:00") ==
		    at("2022-11-26T00:00:00+07:00"));
	assert_true(due_in(c, one_working_day, "2022-11-25T09:00:00+07:00") ==
		    at("2022-11-29T00:00:00+07:00"));
	calendar_free(c);
}

static void
an_agency_has_hours_and_weekdays_of_its_own(void **state)
{
	struct calendar *c = based_on_half_days(
	    "{\"id\": \"a\", \"based_on\": \"x\", \"agencies\": [\"H51.9\"],"
	    "\"working_weekdays\": [1, 2, 3, 4, 5, 6], \"outside_office_hours\": \"same_day\","
	    "\"office_hours\": [{\"from\": \"08:00\", \"to\": \"12:00\"}]}");

	(void)state;
	assert_true(due_in(c, one_working_day, "2022-11-18T12:01:00+07:00") ==
		    at("2022-11-20T00:00:00+07:00")); /* Saturday is worked */
	assert_true(due_in(c, two_working_hours, "2022-11-18T11:00:00+07:00") ==
		    at("2022-11-19T09:00:00+07:00"));
	calendar_free(c);
}

static const char *
refusal_of_based(const char *members, const struct calendar *base)
{
	struct error_list errors;

	error_list_init(&errors, arena);
	assert_null(calendar_load_based(
	    read_text(arena_printf(arena, "{\"based_on\": \"x\", %s}", members)), base, &errors));
	assert_int_equal(errors.count, 1);
	return arena_printf(arena, "%s %s", errors.first->pointer, errors.first->message);
}

static void
what_an_agency_cannot_say_is_refused(void **state)
{
	struct calendar *base = calendar_of(read_text(plain));
	struct calendar *based = based_on_half_days("{\"id\": \"a\", \"based_on\": \"x\"}");

	(void)state;
	assert_string_equal(refusal_of_based("\"id\": \"a\", \"utc_offset_minutes\": 480", base),
	    "/utc_offset_minutes the zone is that of \"x\", 420 minutes");
	assert_string_equal(refusal_of_based("\"id\": \"a\", \"last_year\": 2040", base),
	    "/last_year the years are those of \"x\"");
	assert_string_equal(refusal_of_based("\"id\": \"x\"", base),
	    "/id has the id of the calendar it is based on");
	assert_string_equal(refusal_of_based("\"id\": \"b\"", based),
	    "/based_on \"a\" is itself based on \"x\": name that one");
	assert_string_equal(refusal_of_based("\"id\": \"a\", \"agencies\": [\"1\", \"1\"]", base),
	    "/agencies/1 stands above already");
	assert_string_equal(refusal_of_based("\"id\": \"a\", \"agencies\": []", base),
	    "/agencies must list codes of agencies");
	assert_string_equal(
	    refusal_of_based("\"id\": \"a\", \"days\": ["
			     "{\"date\": \"2022-11-24\", \"kind\": \"off\", \"source\": \"s\"},"
			     "{\"date\": \"2022-11-24\", \"kind\": \"worked\", \"source\": \"s\"}]",
		base),
	    "/days/1 2022-11-24 stands above already, as a day off");
	assert_string_equal(refusal_of_calendar(plain_with("agencies", "[\"H51.9\"]")),
	    "/agencies only a calendar that is based on another one is that of agencies");
	assert_string_equal(refusal_of_calendar(plain_with("based_on", "\"x\"")),
	    "/based_on it can only be read beside the calendar it is based on");
	calendar_free(based);
	calendar_free(base);
}

static int
begin(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_late_receipt_counts_as_the_same_day_where_the_calendar_says_so),
		cmocka_unit_test(
		    a_late_receipt_counts_as_the_next_working_day_unless_told_otherwise),
		cmocka_unit_test(a_half_day_closes_early),
		cmocka_unit_test(working_hours_of_a_half_day_are_its_own),
		cmocka_unit_test(the_office_opens_next_in_its_hours_on_a_working_day),
		cmocka_unit_test(what_an_agency_does_not_say_is_as_its_base_says),
		cmocka_unit_test(an_agency_has_hours_and_weekdays_of_its_own),
		cmocka_unit_test(what_an_agency_cannot_say_is_refused),
		cmocka_unit_test(a_day_both_off_and_worked_is_refused),
		cmocka_unit_test(a_day_that_cannot_be_is_refused),
		cmocka_unit_test(a_calendar_that_says_nothing_sure_is_refused),
		cmocka_unit_test(a_term_of_nothing_of_less_or_of_decades_is_refused),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
