/*
 * lienthong calendar: finds the command on calendar files that was asked for; check and export.
 */
#include "cmd_calendar.h"

#include "commands.h"
#include "tool.h"

#include <stdio.h>

static const char export_usage[] = "calendar export FILE --format ics|csv";

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *usage;
} commands[] = {
	{ "check", calendar_check,
	    "check FILE...\n"
	    "      every mistake as FILE:POINTER: text, exit 1" },
	{ "export", calendar_export,
	    "export FILE --format ics|csv\n"
	    "      the days of a calendar, as iCalendar or CSV" },
	{ "import", calendar_import,
	    "import FILE --from DAYS.ics|DAYS.csv [--year YEAR]\n"
	    "      prints the calendar with these days put in; every mistake with its line, exit "
	    "1" },
};

int
calendar_usage(void)
{
	fputs("usage: lienthong calendar COMMAND ...\n\n", stderr);
	for (size_t i = 0; i < LEN(commands); i++)
		fprintf(stderr, "  %s\n", commands[i].usage);
	return 2;
}

int
cmd_calendar(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : NULL;

	for (size_t i = 0; i < LEN(commands); i++)
		if (str_eq(name, commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	return calendar_usage();
}

/* ---- check ---- */

/* An agency has one calendar: seen has "CODE" -> the file that has it. */
static void
check_agencies(
    struct json_object *o, const char *path, struct json_object *seen, struct error_list *errors)
{
	struct json_object *list = json_get(o, "agencies");

	for (size_t i = 0; list && i < json_object_array_length(list); i++) {
		const char *code = json_object_get_string(json_object_array_get_idx(list, i));

		if (json_get(seen, code))
			error_add(errors, arena_printf(errors->arena, "%s:/agencies/%zu", path, i),
			    "agencies", "%s has the calendar of %s already: an agency has one",
			    code, json_str(seen, code));
		else
			json_set_str(seen, code, path);
	}
}

static void
check_file(struct arena *a, const char *path, struct json_object *seen, struct error_list *errors)
{
	struct json_object *o = calendar_file_load(a, path, errors);

	if (o)
		check_agencies(o, path, seen, errors);
	if (o && calendar_base_id(o))
		printf("%s: good, based on %s, %zu days of its own\n", path, calendar_base_id(o),
		    calendar_days_count(o));
	else if (o)
		printf("%s: good, %d to %d, %zu days that are not as their weekday\n", path,
		    (int)json_int(o, "first_year", 0), (int)json_int(o, "last_year", 0),
		    calendar_days_count(o));
}

int
calendar_check(int argc, char **argv)
{
	struct json_object *seen;
	struct arena *a;
	struct error_list errors;
	int status;

	if (argc < 2 || argv[1][0] == '-')
		return calendar_usage();
	a = arena_new();
	error_list_init(&errors, a);
	seen = json_keep(a, json_object_new_object());
	for (int i = 1; i < argc; i++)
		check_file(a, argv[i], seen, &errors);
	status = calendar_mistakes(&errors);
	arena_free(a);
	return status;
}

/* ---- export ---- */

static int
export_days(
    struct arena *a, const char *path, void (*write)(struct str *to, struct json_object *calendar))
{
	struct error_list errors;
	struct json_object *o;
	struct str text;

	error_list_init(&errors, a);
	o = calendar_file_load(a, path, &errors);
	if (!o)
		return calendar_mistakes(&errors);
	str_init(&text, a);
	write(&text, o);
	return fwrite(text.text, 1, text.len, stdout) == text.len && fflush(stdout) == 0 ? 0 : 1;
}

int
calendar_export(int argc, char **argv)
{
	const char *path = NULL, *format = NULL;
	const struct tool_option options[] = { { "--format", &format, NULL },
		{ NULL, &path, NULL } };
	struct arena *a;
	int status;

	if (!tool_options(argc, argv, options, export_usage))
		return 2;
	if (!path || (!str_eq(format, "ics") && !str_eq(format, "csv")))
		return calendar_usage();
	a = arena_new();
	status = export_days(
	    a, path, str_eq(format, "ics") ? calendar_ics_write : calendar_csv_write);
	arena_free(a);
	return status;
}
