/*
 * Each line of examples.tsv and agency-examples.tsv, worked by hand;
 * tests/conformance/due-dates.test.mjs counts them by other means.
 */
#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"

enum column { START, AMOUNT, UNIT, OF, DUE, WHY, COLUMNS };

/* "2022-11-28 24:00", local; seconds may follow. */
static int64_t
local(const char *text)
{
	int hour, minute, second = 0;
	char date[11];

	if (sscanf(text, "%10s %2d:%2d:%2d", date, &hour, &minute, &second) < 3)
		fail_msg("%s is no local time", text);
	return at(arena_printf(arena, "%sT00:00:00+07:00", date)) +
	       (hour * 3600 + minute * 60 + second) * INT64_C(1000000);
}

/* A term that is a whole: "5", "working_days". */
static const char *
whole_text(const char *amount, const char *unit)
{
	return strcmp(unit, "yearly") == 0
		   ? arena_printf(arena, "{\"unit\": \"yearly\", \"on\": \"%s\"}", amount)
		   : arena_printf(arena, "{\"unit\": \"%s\", \"amount\": %s}", unit, amount);
}

static struct regime *
regime_of_example(char *column[COLUMNS])
{
	char amount[16], unit[32];

	if (strcmp(column[UNIT], "percent") != 0)
		return regime_of(
		    arena_printf(arena, "\"t\": %s", whole_text(column[AMOUNT], column[UNIT])));
	assert_int_equal(sscanf(column[OF], "%15s %31s", amount, unit), 2);
	return regime_of(arena_printf(arena,
	    "\"whole\": %s, \"t\": {\"unit\": \"percent\", \"amount\": %s, \"of\": \"whole\"}",
	    whole_text(amount, unit), column[AMOUNT]));
}

static int64_t
due_of_example(const struct calendar *c, char *column[COLUMNS])
{
	bool is_date = strcmp(column[UNIT], "date") == 0;
	struct regime *r = is_date ? NULL : regime_of_example(column);
	const char *why = NULL;
	int64_t due = 0;

	if (is_date ? !term_on_day(c, column[OF], atoi(column[AMOUNT]), &due, &why)
		    : !term_due(r, c, "t", local(column[START]), &due, &why))
		fail_msg("%s: %s", column[START], why);
	regime_free(r);
	return due;
}

static void
check_example(const struct calendar *c, char *line)
{
	char *column[COLUMNS];

	for (int i = 0; i < COLUMNS; i++) {
		column[i] = strsep(&line, "\t\n");
		assert_non_null(column[i]);
	}
	if (due_of_example(c, column) != local(column[DUE]))
		fail_msg("%s %s %s %s is not due %s (%s)", column[START], column[AMOUNT],
		    column[UNIT], column[OF], column[DUE], column[WHY]);
}

static void
check_examples(const struct calendar *c, const char *path, int least)
{
	FILE *f = fopen(path, "r");
	char line[512];
	int count = 0;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f))
		if (*line != '#') {
			check_example(c, line);
			count++;
		}
	fclose(f);
	assert_true(count >= least);
}

static void
each_worked_example_is_due_as_written(void **state)
{
	struct calendar *vn;

	(void)state;
	arena = arena_new();
	vn = calendar_of(read_file("calendars/vn.json"));
	check_examples(vn, "tests/unit/terms/examples.tsv", 80);
	calendar_free(vn);
	arena_free(arena);
}

static void
each_worked_example_of_an_agency_is_due_as_written(void **state)
{
	struct calendar *vn, *c;
	struct error_list errors;

	(void)state;
	arena = arena_new();
	error_list_init(&errors, arena);
	vn = calendar_of(read_file("calendars/vn.json"));
	c = calendar_load_based(read_file("tests/unit/terms/agency.json"), vn, &errors);
	assert_non_null(c);
	check_examples(c, "tests/unit/terms/agency-examples.tsv", 15);
	calendar_free(c);
	calendar_free(vn);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_worked_example_is_due_as_written),
		cmocka_unit_test(each_worked_example_of_an_agency_is_due_as_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
