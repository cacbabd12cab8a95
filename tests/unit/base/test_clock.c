/*
 * Instants and their text; the clock that can be moved.
 */
#include "base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static void
instants_are_written_in_utc(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_null(instant_text(a, 0));
	assert_string_equal(instant_text(a, 1795489200000000), "2026-11-24T03:00:00.000000Z");
	assert_string_equal(instant_text(a, 1), "1970-01-01T00:00:00.000001Z");
	assert_string_equal(instant_text(a, -1), "1969-12-31T23:59:59.999999Z");
	arena_free(a);
}

static void
instants_are_read_with_any_offset(void **state)
{
	static const char *const same[] = { "2026-11-24T03:00:00Z", "2026-11-24T10:00:00+07:00",
		"2026-11-23t22:00:00.000-05:00", "2026-11-24T03:00:00.0000009z" };
	int64_t at;

	(void)state;
	for (size_t i = 0; i < LEN(same); i++) {
		assert_true(instant_parse(same[i], &at));
		assert_int_equal(at, 1795489200000000);
	}
	assert_true(instant_parse("2024-02-29T00:00:00.25Z", &at));
	assert_int_equal(at % 1000000, 250000);
}

static void
what_is_no_instant_is_refused(void **state)
{
	static const char *const bad[] = { "", "2026-11-24", "2026-11-24T03:00:00",
		"2026-11-24 03:00:00Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
		"2026-11-24T24:00:00Z", "2026-11-24T03:60:00Z", "2026-11-24T03:00:00.Z",
		"2026-11-24T03:00:00Zx", "2026-11-24T03:00:00+7:00", "2026-11-24T03:00:00+24:00",
		"26-11-24T03:00:00Z", "2026-00-10T00:00:00Z", "2026-01-00T00:00:00Z" };
	int64_t at;

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++)
		assert_false(instant_parse(bad[i], &at));
}

static void
text_and_instant_are_the_same_both_ways(void **state)
{
	struct arena *a = arena_new();
	int64_t back;

	(void)state;
	for (int64_t at = -62135596800000001; at < 253402300799000000; at += 86399123456789) {
		assert_true(instant_parse(instant_text(a, at), &back));
		assert_int_equal(back, at);
	}
	arena_free(a);
}

static void
only_the_products_clock_is_moved(void **state)
{
	int64_t day = 86400000000, before = clock_now(), monotonic = clock_monotonic_us();

	(void)state;
	clock_set_offset(day);
	assert_int_equal(clock_offset(), day);
	assert_in_range(clock_now() - before, day, day + 60000000);
	assert_in_range(clock_monotonic_us() - monotonic, 0, 60000000);
	clock_set_offset(0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instants_are_written_in_utc),
		cmocka_unit_test(instants_are_read_with_any_offset),
		cmocka_unit_test(what_is_no_instant_is_refused),
		cmocka_unit_test(text_and_instant_are_the_same_both_ways),
		cmocka_unit_test(only_the_products_clock_is_moved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
