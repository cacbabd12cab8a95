/*
 * Due dates, worked by hand against the shipped calendar and regimes.
 */
#include "fixture.h"

static struct calendar *vn;
static struct regime *old_law, *new_law;

static int
load(void **state)
{
	struct error_list errors;

	(void)state;
	arena = arena_new();
	error_list_init(&errors, arena);
	vn = calendar_load(read_file("calendars/vn.json"), &errors);
	old_law = regime_load(read_file("workflows/regimes/VN-ND47-2020.json"), &errors);
	new_law = regime_load(read_file("workflows/regimes/VN-ND278-2025.json"), &errors);
	for (struct error_item *e = errors.first; e; e = e->next)
		print_error("%s: %s\n", e->pointer, e->message);
	return errors.count;
}

static int
unload(void **state)
{
	(void)state;
	calendar_free(vn);
	regime_free(old_law);
	regime_free(new_law);
	arena_free(arena);
	return 0;
}

static int64_t
due(const struct regime *r, const char *term, const char *start)
{
	int64_t us = 0;
	const char *why;

	if (!term_due(r, vn, term, at(start), &us, &why))
		fail_msg("%s from %s: %s", term, start, why);
	return us;
}

static void
worked_examples_of_the_decree(void **state)
{
	static const struct {
		const char *start, *due, *why;
	} five_days[] = {
		{ "2022-11-21T09:00:00+07:00", "2022-11-29T00:00:00+07:00",
		    "Monday: ends Monday the 28th at 24:00" },
		{ "2022-11-18T16:59:00+07:00", "2022-11-26T00:00:00+07:00",
		    "Friday in office hours: Friday" },
		{ "2022-11-18T17:00:00+07:00", "2022-11-26T00:00:00+07:00",
		    "the last second of the office" },
		{ "2022-11-18T17:01:00+07:00", "2022-11-29T00:00:00+07:00",
		    "after hours: counts as Monday" },
		{ "2022-11-19T10:00:00+07:00", "2022-11-29T00:00:00+07:00",
		    "Saturday: counts as Monday" },
		{ "2022-11-21T06:00:00+07:00", "2022-11-29T00:00:00+07:00",
		    "before hours: the same day" },
		{ "2022-11-21T23:59:59+07:00", "2022-11-30T00:00:00+07:00",
		    "23:59 counts as Tuesday" },
		{ "2022-01-26T09:00:00+07:00", "2022-02-10T00:00:00+07:00",
		    "over Tết 2022, 31/1 to 4/2" },
		{ "2022-01-31T09:00:00+07:00", "2022-02-15T00:00:00+07:00",
		    "in Tết: counts as 7/2" },
		{ "2023-01-18T09:00:00+07:00", "2023-02-02T00:00:00+07:00",
		    "over Tết 2023, 20/1 to 26/1" },
		{ "2022-04-28T09:00:00+07:00", "2022-05-10T00:00:00+07:00",
		    "30/4, 1/5 at a weekend, 2/5 and 3/5 in lieu" },
		{ "2022-08-30T09:00:00+07:00", "2022-09-09T00:00:00+07:00", "1/9 and 2/9" },
		{ "2022-12-29T09:00:00+07:00", "2023-01-07T00:00:00+07:00",
		    "over the year's end, 2/1 in lieu" },
		{ "2024-04-26T09:00:00+07:00", "2024-05-08T00:00:00+07:00",
		    "29/4 swapped with Saturday 4/5" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(five_days); i++)
		if (due(old_law, "request.account", five_days[i].start) != at(five_days[i].due))
			fail_msg("%s: %s", five_days[i].start, five_days[i].why);
}

static void
two_days_since_decree_194(void **state)
{
	(void)state;
	assert_true(due(new_law, "request.account", "2026-11-24T09:00:00+07:00") ==
		    at("2026-11-27T00:00:00+07:00"));
	assert_true(due(new_law, "request.account", "2026-02-12T09:00:00+07:00") ==
		    at("2026-02-24T00:00:00+07:00")); /* over Tết 2026 */
	assert_true(due(new_law, "request.account", "2026-08-28T09:00:00+07:00") ==
		    at("2026-09-05T00:00:00+07:00")); /* 31/8 to 2/9 */
}

static void
a_reminder_falls_in_office_hours_at_its_share(void **state)
{
	struct regime *r = regime_of(
	    "\"whole\": {\"unit\": \"working_days\", \"amount\": 5},"
	    "\"half\": {\"unit\": \"percent\", \"amount\": 50, \"of\": \"whole\"}");

	(void)state;
	/* 7.5 hours a day. From Monday 09:00 to Monday 24:00: 6 + 5 x 7.5 = 43.5 hours; half
	 * is 21.75. */
	assert_true(due(r, "half", "2022-11-21T09:00:00+07:00") == at("2022-11-24T08:15:00+07:00"));
	/* Received on Saturday: half of 45 hours from Monday 07:30 is 22.5: the end of Wednesday.
	 */
	assert_true(due(r, "half", "2022-11-19T10:00:00+07:00") > at("2022-11-23T16:00:00+07:00"));
	regime_free(r);
}

static void
months_years_and_hours_of_the_clock(void **state)
{
	struct regime *r = regime_of("\"m\": {\"unit\": \"months\", \"amount\": 3},"
				     "\"y\": {\"unit\": \"yearly\", \"on\": \"12-31\"},"
				     "\"h\": {\"unit\": \"hours\", \"amount\": 72}");

	(void)state;
	assert_true(due(r, "m", "2022-11-21T09:00:00+07:00") == at("2023-02-22T00:00:00+07:00"));
	/* 30/11: February has no 30th, and 28/02/2023 is a Tuesday */
	assert_true(due(r, "m", "2022-11-30T09:00:00+07:00") == at("2023-03-01T00:00:00+07:00"));
	assert_true(due(r, "y", "2022-11-21T09:00:00+07:00") == at("2023-01-01T00:00:00+07:00"));
	assert_true(due(r, "y", "2022-12-31T23:00:00+07:00") == at("2023-01-01T00:00:00+07:00"));
	/* Friday evening to Monday evening */
	assert_true(due(r, "h", "2022-11-18T20:00:00+07:00") == at("2022-11-21T20:00:00+07:00"));
	regime_free(r);
}

static void
a_date_of_the_case_ends_with_its_day(void **state)
{
	struct regime *r = regime_of("\"d\": {\"unit\": \"date\", \"of\": \"fields.due_on\"}");
	int64_t us;
	const char *why;

	(void)state;
	assert_false(term_due(r, vn, "d", at("2022-11-21T09:00:00+07:00"), &us, &why));
	assert_true(term_on_day(vn, "2022-11-25", 0, &us, &why));
	assert_true(us == at("2022-11-26T00:00:00+07:00"));
	assert_true(term_on_day(vn, "2030-03-01", 30, &us, &why)); /* no calendar is needed */
	assert_true(us == at("2030-01-31T00:00:00+07:00"));
	assert_false(term_on_day(vn, "25/11/2022", 0, &us, &why));
	regime_free(r);
}

static void
a_term_in_calendar_days_ends_on_a_working_day(void **state)
{
	struct regime *r = regime_of("\"a\": {\"unit\": \"calendar_days\", \"amount\": 7}");

	(void)state;
	assert_true(due(r, "a", "2022-11-21T09:00:00+07:00") == at("2022-11-29T00:00:00+07:00"));
	/* Saturday counts as Monday the 21st, the 28th is worked */
	assert_true(due(r, "a", "2022-11-19T09:00:00+07:00") == at("2022-11-29T00:00:00+07:00"));
	/* Tuesday 25/1/2022: seven days later is in Tết, so the first day after it, 7/2 */
	assert_true(due(r, "a", "2022-01-25T09:00:00+07:00") == at("2022-02-08T00:00:00+07:00"));
	regime_free(r);
}

static void
a_date_beyond_the_calendar_is_refused_not_guessed(void **state)
{
	int64_t us;
	const char *why;

	(void)state;
	assert_false(
	    term_due(new_law, vn, "request.account", at("2029-12-28T09:00:00+07:00"), &us, &why));
	assert_string_equal(
	    why, "the due date lies outside the years of the calendar: extend the calendar");
	assert_false(term_due(new_law, vn, "no.such", at("2026-11-24T09:00:00+07:00"), &us, &why));
	assert_non_null(why);
}

static void
what_was_left_at_a_pause_runs_on(void **state)
{
	int64_t end = due(old_law, "request.account", "2022-11-21T09:00:00+07:00");
	int left = term_days_left(vn, at("2022-11-23T10:00:00+07:00"), end);

	(void)state;
	assert_int_equal(left, 3);
	assert_true(term_resume(vn, at("2022-12-01T09:00:00+07:00"), left) ==
		    at("2022-12-07T00:00:00+07:00"));
	assert_int_equal(term_days_left(vn, at("2022-11-30T10:00:00+07:00"), end), -2);
}

static void
adding_days_and_counting_them_agree(void **state)
{
	(void)state;
	for (int64_t day = calendar_day_of(vn, at("2021-12-01T00:00:00Z")), i = 0; i < 500; i++)
		for (int n = 1; n < 30; n++) {
			int64_t to = calendar_add_working_days(vn, day + i, n);
			assert_true(calendar_is_working_day(vn, to));
			assert_int_equal(calendar_working_days_between(vn, day + i, to), n);
			assert_int_equal(calendar_working_days_between(vn, to, day + i), -n);
		}
}

/* Years that the calendar does not know count by whole weeks; the plain way has the same answer. */
static void
far_days_are_counted_by_weeks(void **state)
{
	int64_t first = calendar_day_of(vn, at("2019-01-05T00:00:00+07:00"));
	int64_t last = calendar_day_of(vn, at("2032-03-07T00:00:00+07:00"));

	(void)state;
	for (int64_t from = first; from < last; from += 97) {
		int n = 0;

		for (int64_t to = from; to < last; n += calendar_is_working_day(vn, ++to)) {
			assert_int_equal(calendar_working_days_between(vn, from, to), n);
			assert_int_equal(calendar_working_days_between(vn, to, from), -n);
			if (calendar_is_working_day(vn, to) && to > from)
				assert_int_equal(calendar_add_working_days(vn, from, n), to);
		}
	}
	for (int i = 0; i < 1000; i++) /* millions of days each */
		assert_in_range(calendar_working_days_between(vn, first, first + 2900000 + i),
		    2071000, 2072200);
}

static void
a_plain_day_is_refused_as_ambiguous(void **state)
{
	struct error_list errors;
	const char *text =
	    "{\"code\": \"X\", \"from\": \"2020-02-30\", \"terms\": {\"a\": {\"unit\": \"days\", "
	    "\"amount\": 1, \"law\": \"DEFAULT\", \"title\": {\"vi\": \"a\", \"en\": \"a\"}}}}";
	const char *why;

	(void)state;
	error_list_init(&errors, arena);
	assert_null(regime_load(json_read(arena, text, strlen(text), &why), &errors));
	assert_int_equal(errors.count, 2); /* the unit, and a day that does not exist */
}

static void
one_regime_is_in_force_on_each_day(void **state)
{
	(void)state;
	assert_true(regime_is_in_force(old_law, at("2025-08-18T23:59:59+07:00")));
	assert_false(regime_is_in_force(old_law, at("2025-08-19T00:00:00+07:00")));
	assert_false(regime_is_in_force(new_law, at("2025-10-21T23:59:59+07:00")));
	assert_true(regime_is_in_force(new_law, at("2025-10-22T00:00:00+07:00")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(worked_examples_of_the_decree),
		cmocka_unit_test(two_days_since_decree_194),
		cmocka_unit_test(a_reminder_falls_in_office_hours_at_its_share),
		cmocka_unit_test(months_years_and_hours_of_the_clock),
		cmocka_unit_test(a_date_of_the_case_ends_with_its_day),
		cmocka_unit_test(a_term_in_calendar_days_ends_on_a_working_day),
		cmocka_unit_test(a_date_beyond_the_calendar_is_refused_not_guessed),
		cmocka_unit_test(what_was_left_at_a_pause_runs_on),
		cmocka_unit_test(adding_days_and_counting_them_agree),
		cmocka_unit_test(far_days_are_counted_by_weeks),
		cmocka_unit_test(a_plain_day_is_refused_as_ambiguous),
		cmocka_unit_test(one_regime_is_in_force_on_each_day),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
