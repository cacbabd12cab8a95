/*
 * Extensions of terms: their dates over Tết, the shares around pauses, and what a regime may say.
 */
#include "fixture.h"

static struct calendar *vn;

static int
load(void **state)
{
	(void)state;
	arena = arena_new();
	vn = calendar_of(read_file("calendars/vn.json"));
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	calendar_free(vn);
	arena_free(arena);
	return 0;
}

/* ---- dates: Tết 2022 was Monday 31/1 to Friday 4/2 ---- */

static void
check_date(enum term_unit unit, const char *from, int days, const char *due)
{
	int64_t day = calendar_day_of(vn, at(from));

	assert_string_equal(
	    instant_text(arena, term_extend(vn, unit, day, days)), instant_text(arena, at(due)));
}

static void
days_are_added_over_tet(void **state)
{
	(void)state;
	check_date(TERM_WORKING_DAYS, "2022-01-27T12:00:00+07:00", 1, "2022-01-29T00:00:00+07:00");
	check_date(TERM_WORKING_DAYS, "2022-01-27T12:00:00+07:00", 2, "2022-02-08T00:00:00+07:00");
	check_date(TERM_WORKING_DAYS, "2022-01-31T12:00:00+07:00", 1, "2022-02-08T00:00:00+07:00");
}

static void
calendar_days_roll_to_a_working_day(void **state)
{
	(void)state;
	check_date(TERM_CALENDAR_DAYS, "2022-01-27T12:00:00+07:00", 2, "2022-02-08T00:00:00+07:00");
	check_date(
	    TERM_CALENDAR_DAYS, "2022-01-27T12:00:00+07:00", 11, "2022-02-08T00:00:00+07:00");
	check_date(
	    TERM_CALENDAR_DAYS, "2022-01-27T12:00:00+07:00", 12, "2022-02-09T00:00:00+07:00");
	check_date(
	    TERM_CALENDAR_DAYS, "2022-03-07T12:00:00+07:00", 15, "2022-03-23T00:00:00+07:00");
}

/* ---- shares ---- */

static void
a_share_without_a_pause_is_the_share(void **state)
{
	int64_t from = at("2022-03-07T09:00:00+07:00"), due = at("2022-03-15T00:00:00+07:00");

	(void)state;
	for (int percent = 1; percent < 100; percent++)
		assert_int_equal(term_share_around(vn, from, due, percent, NULL, 0),
		    term_share(vn, from, due, percent));
}

/* Ten working days from Monday 7/3 07:00, of which Wednesday to Friday were paused: seven are left.
 */
static void
a_pause_counts_in_no_share(void **state)
{
	int64_t from = at("2022-03-07T07:00:00+07:00"), due = at("2022-03-19T00:00:00+07:00");
	struct standstill pause = { at("2022-03-09T00:00:00+07:00"),
		at("2022-03-12T00:00:00+07:00") };

	(void)state;
	assert_string_equal(instant_text(arena, term_share_around(vn, from, due, 50, &pause, 1)),
	    instant_text(arena, term_share(vn, at("2022-03-14T07:00:00+07:00"),
				    at("2022-03-17T00:00:00+07:00"), 50)));
	assert_true(term_share_around(vn, from, due, 20, &pause, 1) < pause.from_us);
}

/* ---- what a regime says ---- */

#define DAYS "\"unit\": \"working_days\", \"amount\": 5"
#define OWN                                                                                        \
	"{\"unit\": \"working_days\", \"most\": 2, \"times\": 1, \"from\": \"due\", \"law\": "     \
	"\"DEFAULT\"}"

static void
a_kind_has_its_limits(void **state)
{
	struct regime *r = regime_of(
	    "\"t\": {" DAYS ", \"extensions\": {\"owner\": " OWN
	    ", \"chair\": {\"unit\": \"calendar_days\", \"most\": 30, \"times\": 3, "
	    "\"from\": \"now\", \"law\": \"Điều 16\"}}}, \"u\": {" DAYS "}");
	const struct term_extension *own = term_extension(regime_term(r, "t"), "owner");
	const struct term_extension *chair = term_extension(regime_term(r, "t"), "chair");

	(void)state;
	assert_int_equal(own->unit, TERM_WORKING_DAYS);
	assert_int_equal(own->most, 2);
	assert_int_equal(own->times, 1);
	assert_false(own->from_now);
	assert_int_equal(chair->unit, TERM_CALENDAR_DAYS);
	assert_true(chair->from_now);
	assert_string_equal(chair->law, "Điều 16");
	assert_null(term_extension(regime_term(r, "t"), "other"));
	assert_null(term_extension(regime_term(r, "u"), "owner"));
	regime_free(r);
}

static void
check_refused(const char *terms, const char *pointer, const char *message)
{
	struct error_list errors;

	error_list_init(&errors, arena);
	assert_null(regime_load(regime_text(terms), &errors));
	assert_int_equal(errors.count, 1);
	assert_string_equal(errors.first->pointer, pointer);
	assert_string_equal(errors.first->message, message);
}

static void
a_slip_is_refused(void **state)
{
	(void)state;
	check_refused("\"t\": {" DAYS ", \"extensions\": []}", "/terms/t/extensions",
	    "must be an object of kinds of extension");
	check_refused("\"t\": {" DAYS ", \"extensions\": {\"k\": {\"unit\": \"working_days\", "
		      "\"most\": 0, \"times\": 1, \"from\": \"due\", \"law\": \"DEFAULT\"}}}",
	    "/terms/t/extensions/k/most", "\"most\" must be a whole number, 1 to 9999");
	check_refused("\"t\": {" DAYS ", \"extensions\": {\"k\": {\"unit\": \"working_days\", "
		      "\"most\": 1, \"times\": 1.5, \"from\": \"due\", \"law\": \"DEFAULT\"}}}",
	    "/terms/t/extensions/k/times", "\"times\" must be a whole number, 1 to 99");
	check_refused("\"t\": {" DAYS ", \"extensions\": {\"k\": {\"unit\": \"hours\", "
		      "\"most\": 1, \"times\": 1, \"from\": \"due\", \"law\": \"DEFAULT\"}}}",
	    "/terms/t/extensions/k/unit", "an extension is of working_days or calendar_days");
	check_refused("\"t\": {" DAYS ", \"extensions\": {\"k\": {\"unit\": \"working_days\", "
		      "\"most\": 1, \"times\": 1, \"from\": \"start\", \"law\": \"DEFAULT\"}}}",
	    "/terms/t/extensions/k/from",
	    "\"from\" is due (the day it was due) or now (today, when that is past)");
	check_refused("\"t\": {" DAYS ", \"extensions\": {\"k\": {\"unit\": \"working_days\", "
		      "\"most\": 1, \"times\": 1, \"from\": \"due\"}}}",
	    "/terms/t/extensions/k/law", "\"law\" must name the article, or say DEFAULT");
	check_refused("\"t\": {" DAYS ", \"extensions\": {\"k\": {\"max\": 1, \"unit\": "
		      "\"working_days\", \"most\": 1, \"times\": 1, \"from\": \"due\", \"law\": "
		      "\"DEFAULT\"}}}",
	    "/terms/t/extensions/k/max", "unknown property \"max\"");
}

static void
what_cannot_be_extended(void **state)
{
	(void)state;
	check_refused("\"t\": {" DAYS "}, \"p\": {\"unit\": \"percent\", \"amount\": 50, \"of\": "
		      "\"t\", \"extensions\": {\"k\": " OWN "}}",
	    "/terms/p/extensions",
	    "a part of a term, or a warning before a date, is not extended by itself");
	check_refused("\"t\": {\"unit\": \"date\", \"of\": \"fields.day\", \"before\": 3, "
		      "\"extensions\": {\"k\": " OWN "}}",
	    "/terms/t/extensions",
	    "a part of a term, or a warning before a date, is not extended by itself");
	check_refused("\"t\": {" DAYS
		      ", \"resumes\": true, \"extensions\": {\"k\": {\"unit\": \"calendar_days\", "
		      "\"most\": 1, \"times\": 1, \"from\": \"due\", \"law\": \"DEFAULT\"}}}",
	    "/terms/t/extensions/k/unit",
	    "a term that resumes keeps working days: it is extended by them");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_added_over_tet),
		cmocka_unit_test(calendar_days_roll_to_a_working_day),
		cmocka_unit_test(a_share_without_a_pause_is_the_share),
		cmocka_unit_test(a_pause_counts_in_no_share),
		cmocka_unit_test(a_kind_has_its_limits),
		cmocka_unit_test(a_slip_is_refused),
		cmocka_unit_test(what_cannot_be_extended),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
