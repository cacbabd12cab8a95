/*
 * lienthong workflow simulate: steps through a machine, for tests against other engines.
 */
#include "cmd_workflow.h"

#include "simulate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
simulate_files(struct arena *a, const char *machine_path, const char *events_path)
{
	struct json_object *machine = workflow_read(a, machine_path);
	struct json_object *events = machine ? workflow_read(a, events_path) : NULL;
	struct error_list errors;
	struct sc_chart *chart;
	const char *why = NULL;

	if (!machine || !events)
		return 2;
	error_list_init(&errors, a);
	chart = sc_load_lenient(machine, &errors);
	if (!chart) {
		workflow_print_mistakes(machine_path, &errors);
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

int
workflow_simulate(int argc, char **argv)
{
	struct arena *a;
	int status;

	if (argc != 3)
		return workflow_usage();
	if (strcmp(argv[1], "--batch") == 0)
		return simulate_batch(argv[2]);
	a = arena_new();
	status = simulate_files(a, argv[1], argv[2]);
	arena_free(a);
	return status;
}
