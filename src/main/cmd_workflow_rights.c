/*
 * lienthong workflow rights: who may send what in which state, as a page or as data.
 */
#include "cmd_workflow.h"

#include <stdio.h>
#include <string.h>

struct opened {
	struct arena *a;
	const struct law *law;
	const struct workflow **list;
	int count, size;
};

static bool
open_all(struct opened *o, const char *const *paths)
{
	for (; *paths; paths++) {
		struct workflow *w = workflow_open(o->a, o->law, *paths);

		if (w == NULL)
			return false;
		ARENA_PUSH(o->a, o->list, o->count, o->size) = w;
	}
	return true;
}

static void
print_all(const struct opened *o, bool is_json)
{
	if (!is_json) {
		fputs(rights_matrix_markdown(o->law, o->list, o->count, o->a), stdout);
		return;
	}
	for (int i = 0; i < o->count; i++)
		puts(json_canonical(o->a, rights_matrix_json(o->list[i], o->a)));
}

static int
run(struct arena *a, const char *dir, bool is_json, int count, char **given)
{
	const char **paths = workflow_paths(a, count, given);
	struct law *l = workflow_law(a, dir ? dir : workflow_definitions_of(a, given[0]));
	struct opened o = { .a = a, .law = l };
	bool is_fine = l && open_all(&o, paths);

	if (is_fine)
		print_all(&o, is_json);
	for (int i = 0; i < o.count; i++)
		workflow_free((struct workflow *)o.list[i]);
	law_free(l);
	return is_fine ? 0 : 1;
}

int
workflow_rights(int argc, char **argv)
{
	const char *dir = NULL, *format = "markdown", *value;
	int count = 0, status;
	struct arena *a;

	for (int i = 1; i < argc; i++) {
		if ((value = workflow_option(argc, argv, &i, "--definitions")))
			dir = value;
		else if ((value = workflow_option(argc, argv, &i, "--format")))
			format = value;
		else if (argv[i][0] == '-')
			return workflow_usage();
		else
			argv[count++] = argv[i];
	}
	if (count == 0 || (strcmp(format, "markdown") != 0 && strcmp(format, "json") != 0))
		return workflow_usage();
	a = arena_new();
	status = run(a, dir, strcmp(format, "json") == 0, count, argv);
	arena_free(a);
	return status;
}
