/*
 * What must hold of every date, over random calendars, starts and amounts; the seed is fixed, so a
 * failure repeats.
 */
#include <inttypes.h>

#include "fixture.h"

#define HOUR_US INT64_C(3600000000)
#define ROUNDS 4000

static const char *const units[] = { "working_days", "calendar_days", "months", "working_hours",
	"hours" };
enum { ROLLING_UNITS = 3 }; /* the first of them end with a working day */

static uint64_t seed;

static int
pick(int n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int)(seed % (uint64_t)n);
}

static int64_t
pick_start(void)
{
	return at("2021-06-01T00:00:00+07:00") + pick(5 * 365 * 24 * 60) * INT64_C(60000000);
}

static const char *
pick_date(void)
{
	return arena_printf(arena, "202%d-%02d-%02d", 1 + pick(7), 1 + pick(12), 1 + pick(28));
}

static bool
has_day(struct json_object *days, const char *date)
{
	for (size_t i = 0; i < json_object_array_length(days); i++)
		if (str_eq(json_str(json_object_array_get_idx(days, i), "date"), date))
			return true;
	return false;
}

static void
add_day(struct json_object *days, const char *date, const char *kind, const char *hours)
{
	if (!has_day(days, date))
		json_object_array_add(
		    days, json_object_get(read_text(arena_printf(arena,
			      "{\"date\": \"%s\", \"kind\": \"%s\", \"source\": \"DEFAULT\"%s}",
			      date, kind, hours))));
}

/* The shipped calendar with other days: off, worked, and worked in the morning alone. */
static struct json_object *
pick_calendar(void)
{
	struct json_object *o = read_file("calendars/vn.json");
	struct json_object *days = json_get(o, "days");

	if (pick(2))
		json_set_str(o, "outside_office_hours", "same_day");
	for (int i = 0; i < 60; i++)
		add_day(days, pick_date(), "off", "");
	for (int i = 0; i < 20; i++)
		add_day(days, pick_date(), "worked", "");
	for (int i = 0; i < 60; i++)
		add_day(days, pick_date(), "worked",
		    ", \"hours\": [{\"from\": \"08:00\", \"to\": \"11:00\"}]");
	return o;
}

static int64_t
due(const struct calendar *c, const char *unit, int amount, int64_t start)
{
	struct regime *r = regime_of(
	    arena_printf(arena, "\"t\": {\"unit\": \"%s\", \"amount\": %d}", unit, amount));
	const char *why = NULL;
	int64_t us = 0;

	if (!term_due(r, c, "t", start, &us, &why))
		fail_msg("%d %s from %" PRId64 ": %s", amount, unit, start, why);
	regime_free(r);
	return us;
}

static int
pick_amount(const char *unit)
{
	return 1 + pick(strcmp(unit, "months") == 0 ? 12 : 60);
}

/* A round: a calendar drawn, many starts in it. */
static void
each_round(void (*holds)(const struct calendar *c))
{
	for (int i = 0; i < ROUNDS / 200; i++) {
		struct calendar *c;

		arena = arena_new();
		c = calendar_of(pick_calendar());
		for (int j = 0; j < 200; j++)
			holds(c);
		calendar_free(c);
		arena_free(arena);
	}
}

static void
counts_what_was_added(const struct calendar *c)
{
	int64_t day = calendar_day_of(c, pick_start());
	int n = 1 + pick(300);
	int64_t to = calendar_add_working_days(c, day, n);

	assert_true(calendar_is_working_day(c, to));
	assert_int_equal(calendar_working_days_between(c, day, to), n);
	assert_int_equal(calendar_working_days_between(c, to, day), -n);
	assert_true(calendar_add_working_days(c, calendar_add_working_days(c, day, n), 7) ==
		    calendar_add_working_days(c, day, n + 7));
}

static void
is_monotone(const struct calendar *c)
{
	const char *unit = units[pick(LEN(units))];
	int amount = pick_amount(unit), more = amount + pick(5);
	int64_t start = pick_start(), later = start + pick(20 * 24 * 60) * INT64_C(60000000);
	int64_t end = due(c, unit, amount, start);

	assert_true(end > start);
	assert_true(due(c, unit, amount, later) >= end);
	assert_true(due(c, unit, more, start) >= end);
}

static void
ends_with_a_working_day(const struct calendar *c)
{
	const char *unit = units[pick(ROLLING_UNITS)];
	int64_t end = due(c, unit, pick_amount(unit), pick_start());
	int64_t day = calendar_day_of(c, end - 1);

	assert_true(end == calendar_day_end(c, day));
	assert_true(calendar_is_working_day(c, day));
}

/* Working hours end within those of a working day: an instant of them has just passed. */
static void
working_hours_are_worked(const struct calendar *c)
{
	int64_t start = pick_start();
	int amount = pick_amount("working_hours");
	int64_t end = due(c, "working_hours", amount, start);

	assert_true(calendar_is_working_day(c, calendar_day_of(c, end)));
	assert_true(end - start >= amount * HOUR_US);
	assert_true(term_share(c, start, end, 50) < end);
}

static void
a_share_lies_inside(const struct calendar *c)
{
	const char *unit = units[pick(LEN(units))];
	int64_t start = pick_start(), end = due(c, unit, pick_amount(unit), start);
	int percent = 1 + pick(98);
	int64_t share = term_share(c, start, end, percent);

	assert_true(share > start && share <= end);
	assert_true(term_share(c, start, end, percent + 1) >= share);
}

static void
adding_and_counting_agree(void **state)
{
	(void)state;
	each_round(counts_what_was_added);
}

static void
a_later_start_or_a_longer_term_is_never_due_earlier(void **state)
{
	(void)state;
	each_round(is_monotone);
}

static void
days_and_months_never_end_on_a_day_off(void **state)
{
	(void)state;
	each_round(ends_with_a_working_day);
}

static void
working_hours_end_on_a_working_day(void **state)
{
	(void)state;
	each_round(working_hours_are_worked);
}

static void
a_share_lies_inside_its_whole(void **state)
{
	(void)state;
	each_round(a_share_lies_inside);
}

/* On a day that the calendar did not name. */
static void
a_holiday_added_never_shortens(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS / 100; i++) {
		struct calendar *before, *after;
		struct json_object *o;

		arena = arena_new();
		o = pick_calendar();
		before = calendar_of(o);
		for (int j = 0; j < 10; j++)
			add_day(json_get(o, "days"), pick_date(), "off", "");
		after = calendar_of(o);
		for (int j = 0; j < 100; j++) {
			const char *unit = units[pick(LEN(units))];
			int amount = pick_amount(unit);
			int64_t start = pick_start();

			assert_true(
			    due(after, unit, amount, start) >= due(before, unit, amount, start));
		}
		calendar_free(before);
		calendar_free(after);
		arena_free(arena);
	}
}

static int
plant(void **state)
{
	(void)state;
	seed = UINT64_C(0x9e3779b97f4a7c15);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(adding_and_counting_agree, plant),
		cmocka_unit_test_setup(a_later_start_or_a_longer_term_is_never_due_earlier, plant),
		cmocka_unit_test_setup(days_and_months_never_end_on_a_day_off, plant),
		cmocka_unit_test_setup(working_hours_end_on_a_working_day, plant),
		cmocka_unit_test_setup(a_share_lies_inside_its_whole, plant),
		cmocka_unit_test_setup(a_holiday_added_never_shortens, plant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
