/*
 * lienthong workflow: simulate a machine, check files.
 */
#include "commands.h"

#include "simulate.h"
#include "statechart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
usage(void)
{
	fputs("usage: lienthong workflow simulate MACHINE.json EVENTS.json\n"
	      "       lienthong workflow simulate --batch CASES.jsonl\n"
	      "       lienthong workflow check FILE...\n",
	    stderr);
	return 2;
}

static void
print_mistakes(const char *path, const struct error_list *errors)
{
	for (const struct error_item *e = errors->first; e; e = e->next)
		fprintf(stderr, "%s:%s: %s\n", path, *e->pointer ? e->pointer : "/", e->message);
}

static struct json_object *
read_file(struct arena *a, const char *path)
{
	const char *why = NULL;
	struct json_object *o = json_read_file(a, path, &why);

	if (why)
		fprintf(stderr, "lienthong: %s: %s\n", path, why);
	return why ? NULL : o;
}

/* ---- simulate ---- */

static int
simulate_files(struct arena *a, const char *machine_path, const char *events_path)
{
	struct json_object *machine = read_file(a, machine_path);
	struct json_object *events = machine ? read_file(a, events_path) : NULL;
	struct error_list errors;
	struct sc_chart *chart;
	const char *why = NULL;

	if (!machine || !events)
		return 2;
	error_list_init(&errors, a);
	chart = sc_load_lenient(machine, &errors);
	if (!chart) {
		print_mistakes(machine_path, &errors);
		return 1;
	}
	why = simulate(chart, events, stdout);
	if (why)
		fprintf(stderr, "%s: %s\n", machine_path, why);
	sc_free(chart);
	return why ? 1 : 0;
}

/* One {"machine", "events"} a line; an empty line after the lines of each. */
static void
simulate_line(const char *line, size_t n)
{
	struct arena *a = arena_new();
	const char *why;
	struct json_object *o = json_read(a, line, n, &why);
	struct error_list errors;
	struct sc_chart *chart;

	error_list_init(&errors, a);
	chart = sc_load_lenient(json_get(o, "machine"), &errors);
	if (chart)
		why = simulate(chart, json_get(o, "events"), stdout);
	else
		why = errors.first->message;
	if (why)
		printf("{\"error\": %s}\n",
		    json_canonical(a, json_keep(a, json_object_new_string(why))));
	putchar('\n');
	sc_free(chart);
	arena_free(a);
}

static int
simulate_batch(const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;
	ssize_t n;

	if (!f) {
		perror(path);
		return 2;
	}
	while ((n = getline(&line, &size, f)) > 0)
		simulate_line(line, (size_t)n);
	free(line);
	fclose(f);
	return 0;
}

/* ---- check ---- */

static int
check_file(const char *path)
{
	struct arena *a = arena_new();
	struct json_object *machine = read_file(a, path);
	struct error_list errors;
	struct sc_chart *chart = NULL;
	int status = 1;

	error_list_init(&errors, a);
	if (machine)
		chart = sc_load(machine, &errors);
	print_mistakes(path, &errors);
	if (chart)
		status = 0;
	sc_free(chart);
	arena_free(a);
	return status;
}

static int
check_files(int count, char **paths)
{
	int status = 0;

	for (int i = 0; i < count; i++)
		status |= check_file(paths[i]);
	return status;
}

int
cmd_workflow(int argc, char **argv)
{
	struct arena *a;
	int status;

	if (argc >= 3 && strcmp(argv[1], "check") == 0)
		return check_files(argc - 2, argv + 2);
	if (argc != 4 || strcmp(argv[1], "simulate") != 0)
		return usage();
	if (strcmp(argv[2], "--batch") == 0)
		return simulate_batch(argv[3]);
	a = arena_new();
	status = simulate_files(a, argv[2], argv[3]);
	arena_free(a);
	return status;
}
