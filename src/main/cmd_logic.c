/*
 * lienthong logic RULE.json DATA.json: prints what the rule gives.
 */
#include "commands.h"

#include "logic.h"

#include <stdio.h>

static int
run(struct arena *a, const char *rule_path, const char *data_path)
{
	const char *why = NULL;
	struct json_object *rule, *data, *value;

	rule = json_read_file(a, rule_path, &why);
	if (why) {
		fprintf(stderr, "lienthong: %s: %s\n", rule_path, why);
		return 2;
	}
	data = json_read_file(a, data_path, &why);
	if (why) {
		fprintf(stderr, "lienthong: %s: %s\n", data_path, why);
		return 2;
	}
	value = logic_apply(a, rule, data, &why);
	if (why) {
		fprintf(stderr, "lienthong: %s: %s\n", rule_path, why);
		return 1;
	}
	puts(json_canonical(a, value));
	return 0;
}

int
cmd_logic(int argc, char **argv)
{
	struct arena *a = arena_new();
	int status = 2;

	if (argc == 3)
		status = run(a, argv[1], argv[2]);
	else
		fputs("usage: lienthong logic RULE.json DATA.json\n", stderr);
	arena_free(a);
	return status;
}
