/*
 * lienthong workflow: finds the command on workflow files that was asked for.
 */
#include "cmd_workflow.h"

#include "commands.h"

#include <stdio.h>

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *usage;
} commands[] = {
	{ "check", workflow_check_files,
	    "check [-v | --quiet] [--definitions DIR] FILE-OR-FOLDER...\n"
	    "      every mistake as FILE:POINTER: text, exit 1; else what is proved of each" },
	{ "publish", workflow_publish,
	    "publish FILE --why TEXT [--by LOGIN] --config FILE\n"
	    "      new cases take this content from now on; open ones stay" },
	{ "versions", workflow_versions,
	    "versions ID --config FILE\n"
	    "      what was published when, by whom and why, and the cases on it" },
	{ "migrate", workflow_migrate,
	    "migrate --plan FILE [--dry-run | --undo] [--by LOGIN] --config FILE\n"
	    "      moves open cases to another version; --dry-run tells what each becomes" },
	{ "replay", workflow_replay,
	    "replay FILE [--since DATE] [--until DATE] [--calendar FILE] --config FILE\n"
	    "      what would have become of past cases under a draft" },
	{ "diagram", workflow_diagram,
	    "diagram FILE [--format svg|dot|mermaid] [--lang vi|en]\n"
	    "      the chart as a picture; svg needs Graphviz" },
	{ "diff", workflow_diff,
	    "diff OLD NEW [--lang vi|en]\n"
	    "      what changes, in words of the process; exit 0 nothing, 1 something, 2 an error" },
	{ "rights", workflow_rights,
	    "rights [--format markdown|json] [--definitions DIR] FILE-OR-FOLDER...\n"
	    "      who may send what in which state" },
	{ "simulate", workflow_simulate,
	    "simulate MACHINE.json EVENTS.json\n"
	    "      a line of JSON at first and after each step; --batch CASES.jsonl for many" },
};

int
workflow_usage(void)
{
	fputs("usage: lienthong workflow COMMAND ...\n\n", stderr);
	for (size_t i = 0; i < LEN(commands); i++)
		fprintf(stderr, "  %s\n", commands[i].usage);
	return 2;
}

int
cmd_workflow(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : NULL;

	for (size_t i = 0; i < LEN(commands); i++)
		if (str_eq(name, commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	return workflow_usage();
}
