/*
 * Quiet hours, days off and the hour of a digest: when mail comes to a person.
 */
#include "fixture.h"

static const struct calendar *calendar;

static int
open_calendar(void **state)
{
	if (open_law(state))
		return -1;
	calendar = law_calendar(law, "vn");
	return 0;
}

static int64_t
instant(const char *text)
{
	int64_t at_us;

	assert_true(instant_parse(text, &at_us));
	return at_us;
}

/* "" for no quiet hours. */
static struct preference
wants(const char *from, const char *until, bool on_days_off)
{
	struct preference p = { NO_MINUTE, NO_MINUTE, NO_MINUTE, on_days_off };

	if (*from)
		assert_true(minute_read(from, &p.quiet_from) && minute_read(until, &p.quiet_until));
	return p;
}

static void
mail_waits_for_the_end_of_quiet_hours_and_days_off(void **state)
{
	static const struct {
		const char *from, *until;
		bool on_days_off;
		const char *now, *comes;
	} cases[] = {
		{ "", "", true, "2022-11-19T03:00:00+07:00", "2022-11-19T03:00:00+07:00" },
		{ "18:00", "07:00", true, "2022-11-18T17:59:59+07:00",
		    "2022-11-18T17:59:59+07:00" },
		{ "18:00", "07:00", true, "2022-11-18T18:00:00+07:00",
		    "2022-11-19T07:00:00+07:00" },
		{ "18:00", "07:00", true, "2022-11-18T06:59:00+07:00",
		    "2022-11-18T07:00:00+07:00" },
		{ "18:00", "07:00", true, "2022-11-18T07:00:00+07:00",
		    "2022-11-18T07:00:00+07:00" },
		{ "11:30", "13:30", true, "2022-11-18T12:00:00+07:00",
		    "2022-11-18T13:30:00+07:00" },
		/* Friday evening, Saturday: Monday, when the office opens or it is no longer quiet
		 */
		{ "18:00", "07:00", false, "2022-11-18T20:00:00+07:00",
		    "2022-11-21T07:30:00+07:00" },
		{ "18:00", "08:00", false, "2022-11-19T10:00:00+07:00",
		    "2022-11-21T08:00:00+07:00" },
		{ "", "", false, "2022-11-19T10:00:00+07:00", "2022-11-21T07:30:00+07:00" },
		/* a holiday in the week */
		{ "", "", false, "2022-09-01T10:00:00+07:00", "2022-09-05T07:30:00+07:00" },
		{ "07:00", "06:59", false, "2022-11-18T12:00:00+07:00",
		    "2022-11-22T06:59:00+07:00" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct preference p = wants(cases[i].from, cases[i].until, cases[i].on_days_off);
		int64_t comes = mail_comes_at(&p, calendar, instant(cases[i].now));

		if (comes != instant(cases[i].comes))
			fail_msg("%s: comes at %s", cases[i].now, instant_text(arena, comes));
	}
}

static void
a_digest_comes_on_working_days_at_its_hour(void **state)
{
	struct preference p = wants("", "", false);

	(void)state;
	p.digest_minute = 7 * 60 + 30;
	assert_int_equal(mail_digest_at(&p, calendar, instant("2022-11-17T07:29:00+07:00")),
	    instant("2022-11-17T07:30:00+07:00"));
	assert_int_equal(mail_digest_at(&p, calendar, instant("2022-11-17T07:30:00+07:00")),
	    instant("2022-11-18T07:30:00+07:00"));
	assert_int_equal(mail_digest_at(&p, calendar, instant("2022-11-18T08:00:00+07:00")),
	    instant("2022-11-21T07:30:00+07:00"));
	p.on_days_off = true;
	assert_int_equal(mail_digest_at(&p, calendar, instant("2022-11-18T08:00:00+07:00")),
	    instant("2022-11-19T07:30:00+07:00"));
}

static void
a_time_of_the_day_is_read_as_it_is_written(void **state)
{
	static const char *const wrong[] = { "", "7:30", "24:00", "07:60", "07:3", "07:300",
		"-1:00", "07.30", "0730", "aa:bb", "07:30 " };
	int minute;

	(void)state;
	for (int i = 0; i < 24 * 60; i++) {
		assert_true(minute_read(minute_text(arena, i), &minute));
		assert_int_equal(minute, i);
	}
	for (size_t i = 0; i < LEN(wrong); i++)
		assert_false(minute_read(wrong[i], &minute));
	assert_null(minute_text(arena, NO_MINUTE));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mail_waits_for_the_end_of_quiet_hours_and_days_off),
		cmocka_unit_test(a_digest_comes_on_working_days_at_its_hour),
		cmocka_unit_test(a_time_of_the_day_is_read_as_it_is_written),
	};

	return cmocka_run_group_tests(tests, open_calendar, close_law);
}
