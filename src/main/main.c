/*
 * lienthong: finds the command that was asked for.
 */
#include "commands.h"

#include "base.h"

#include <stdio.h>

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *help;
} commands[] = {
	{ "serve", cmd_serve, "answer browsers until told to end" },
	{ "init", cmd_init, "prepare the database and the token key" },
	{ "config", cmd_config, "print the configuration keys and their defaults" },
	{ "demo", cmd_demo, "demo load: make the demo province in an empty database" },
	{ "logic", cmd_logic, "evaluate a JSONLogic rule: logic RULE.json DATA.json" },
	{ "schema", cmd_schema, "validate by a JSON Schema: schema SCHEMA.json INSTANCE.json" },
	{ "workflow", cmd_workflow, "check, draw, compare, publish and simulate workflows" },
	{ "calendar", cmd_calendar, "check calendars; days as iCalendar and CSV, out and in" },
	{ "dates", cmd_dates, "preview or recompute the dates of open cases after a change" },
	{ "incident", cmd_incident, "list timers that keep failing, or have them tried again" },
	{ "flow", cmd_flow, "flow rebuild --check: compare every case with its events" },
	{ NULL, NULL, NULL },
};

static void
print_help(FILE *to)
{
	fputs("usage: lienthong COMMAND [ARGUMENT...]\n\n", to);
	for (const struct command *c = commands; c->name; c++)
		fprintf(to, "  %-10s %s\n", c->name, c->help);
	fputs("\nlienthong --version prints the version.\n", to);
}

int
main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : NULL;

	if (str_eq(name, "--help") || str_eq(name, "-h")) {
		print_help(stdout);
		return 0;
	}
	if (str_eq(name, "--version")) {
		puts("lienthong " LT_VERSION);
		return 0;
	}
	for (const struct command *c = commands; c->name; c++)
		if (str_eq(name, c->name))
			return c->run(argc - 1, argv + 1);
	if (name)
		fprintf(stderr, "lienthong: no command \"%s\"\n\n", name);
	print_help(stderr);
	return 2;
}
