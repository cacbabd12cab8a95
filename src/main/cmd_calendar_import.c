/*
 * lienthong calendar import: a calendar with the days of a CSV or iCalendar file put in, checked
 * whole.
 */
#include "cmd_calendar.h"

#include "tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char usage[] = "calendar import FILE --from DAYS.ics|DAYS.csv [--year YEAR]";

struct import {
	struct arena *arena;
	const char *path, *from, *year;
	void (*read)(struct calendar_rows *rows, const char *text);
};

/* ---- the days together ---- */

static const char *
date_of(const struct calendar_row *row)
{
	const char *date = json_str(row->day, "date");

	return date ? date : "";
}

static int
by_date(const void *a, const void *b)
{
	const struct calendar_row *x = a, *y = b;
	int order = strcmp(date_of(x), date_of(y));

	return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* A date that is no date stays, to be refused. */
static bool
is_of_another_year(const struct calendar_row *row, const char *year)
{
	const char *date = date_of(row);

	return year && strspn(date, "0123456789") == 4 && date[4] == '-' &&
	       strncmp(date, year, 4) != 0;
}

static void
keep_year(struct calendar_rows *rows, const char *year)
{
	int kept = 0;

	for (int i = 0; i < rows->count; i++)
		if (!is_of_another_year(&rows->row[i], year))
			rows->row[kept++] = rows->row[i];
	rows->count = kept;
	if (kept == 0)
		error_add(rows->errors, rows->path, "file", "no day%s%s in it", year ? " of " : "",
		    year ? year : "");
}

static bool
holds(const struct calendar_rows *sorted, const struct calendar_row *day)
{
	int from = 0, to = sorted->count;

	while (from < to) {
		int middle = (from + to) / 2,
		    order = strcmp(date_of(&sorted->row[middle]), date_of(day));
		if (order == 0)
			return true;
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return false;
}

/* The days of the calendar that the file does not give, and those of the file, by date. */
static struct calendar_rows
together(struct json_object *calendar, struct calendar_rows *given)
{
	struct calendar_rows all = { .arena = given->arena };
	struct json_object *days = json_get(calendar, "days");
	size_t n = calendar_days_count(calendar);

	qsort(given->row, (size_t)given->count, sizeof(*given->row), by_date);
	for (size_t i = 0; i < n; i++) {
		struct calendar_row old = { 0, json_object_array_get_idx(days, i) };
		if (!holds(given, &old))
			ARENA_PUSH(all.arena, all.row, all.count, all.size) = old;
	}
	for (int i = 0; i < given->count; i++)
		ARENA_PUSH(all.arena, all.row, all.count, all.size) = given->row[i];
	qsort(all.row, (size_t)all.count, sizeof(*all.row), by_date);
	return all;
}

static struct json_object *
with_days(struct json_object *calendar, const struct calendar_rows *all)
{
	struct json_object *o = json_copy(all->arena, calendar);
	struct json_object *days = json_object_new_array();

	for (int i = 0; i < all->count; i++)
		json_push(days, json_object_get(all->row[i].day));
	json_set(o, "days", days);
	return o;
}

/* A mistake of /days/12 is one of the line that the day came from. */
static void
check(const char *path, struct json_object *o, const struct calendar_rows *all,
    struct calendar_rows *given)
{
	struct error_list found;

	error_list_init(&found, given->arena);
	calendar_free(calendar_file_calendar(given->arena, path, o, &found));
	for (const struct error_item *e = found.first; e; e = e->next) {
		int at = -1;
		if (sscanf(e->pointer, "/days/%d", &at) != 1 || at < 0 || at >= all->count)
			error_add(given->errors, e->pointer, e->code, "%s", e->message);
		else if (!calendar_rows_refuse(given, all->row[at].line, "%s", e->message))
			return;
	}
}

/* ---- printing, as calendars are written: a member a line, a day a line ---- */

static void
print_value(struct str *to, struct json_object *o)
{
	const char *between = "";

	if (json_object_is_type(o, json_type_object)) {
		str_add(to, "{");
		json_object_object_foreach(o, key, value)
		{
			struct json_object *name = json_object_new_string(key);
			str_add(to, between);
			print_value(to, name);
			json_object_put(name);
			str_add(to, ": ");
			print_value(to, value);
			between = ", ";
		}
		str_add(to, "}");
	} else if (json_object_is_type(o, json_type_array)) {
		str_add(to, "[");
		for (size_t i = 0; i < json_object_array_length(o); i++, between = ", ") {
			str_add(to, between);
			print_value(to, json_object_array_get_idx(o, i));
		}
		str_add(to, "]");
	} else {
		str_add(to, json_object_to_json_string_ext(
				o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
	}
}

static void
print_days(struct str *to, struct json_object *days)
{
	str_add(to, "[");
	for (size_t i = 0; i < json_object_array_length(days); i++) {
		str_add(to, i ? ",\n    " : "\n    ");
		print_value(to, json_object_array_get_idx(days, i));
	}
	str_add(to, "\n  ]");
}

static int
print(struct arena *a, struct json_object *calendar)
{
	const char *between = "{\n  ";
	struct str to;

	str_init(&to, a);
	json_object_object_foreach(calendar, key, value)
	{
		str_addf(&to, "%s\"%s\": ", between, key);
		if (str_eq(key, "days"))
			print_days(&to, value);
		else
			print_value(&to, value);
		between = ",\n  ";
	}
	str_add(&to, "\n}\n");
	return fwrite(to.text, 1, to.len, stdout) == to.len && fflush(stdout) == 0 ? 0 : 1;
}

/* ---- the command ---- */

static int
run(const struct import *in)
{
	struct error_list errors;
	struct calendar_rows given = { .arena = in->arena, .path = in->from, .errors = &errors };
	struct calendar_rows all;
	struct json_object *calendar, *merged;
	char *text;

	error_list_init(&errors, in->arena);
	calendar = calendar_file_load(in->arena, in->path, &errors);
	text = calendar_file_read(in->arena, in->from, &errors);
	if (text)
		in->read(&given, text);
	if (errors.count == 0)
		keep_year(&given, in->year);
	if (errors.count)
		return calendar_mistakes(&errors);
	all = together(calendar, &given);
	merged = with_days(calendar, &all);
	check(in->path, merged, &all, &given);
	return errors.count ? calendar_mistakes(&errors) : print(in->arena, merged);
}

static bool
ends_with(const char *path, const char *end)
{
	size_t n = path ? strlen(path) : 0;

	return n >= strlen(end) && strcasecmp(path + n - strlen(end), end) == 0;
}

int
calendar_import(int argc, char **argv)
{
	struct import in = { 0 };
	const struct tool_option options[] = { { "--from", &in.from, NULL },
		{ "--year", &in.year, NULL }, { NULL, &in.path, NULL } };
	int status;

	if (!tool_options(argc, argv, options, usage))
		return 2;
	if (ends_with(in.from, ".ics"))
		in.read = calendar_ics_read;
	else if (ends_with(in.from, ".csv"))
		in.read = calendar_csv_read;
	if (!in.path || !in.read ||
	    (in.year && (strlen(in.year) != 4 || strspn(in.year, "0123456789") != 4)))
		return calendar_usage();
	in.arena = arena_new();
	status = run(&in);
	arena_free(in.arena);
	return status;
}
