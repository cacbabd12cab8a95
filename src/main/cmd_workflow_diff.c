/*
 * lienthong workflow diff: what a new version changes, in words of the process.
 */
#include "cmd_workflow.h"

#include <stdio.h>

static struct sc_chart *
load(struct arena *a, const char *path)
{
	struct json_object *machine = workflow_read(a, path);
	struct error_list errors;
	struct sc_chart *chart;

	if (machine == NULL)
		return NULL;
	error_list_init(&errors, a);
	chart = sc_load_lenient(machine, &errors);
	workflow_print_mistakes(path, &errors);
	return chart;
}

static int
print_changes(struct arena *a, const char *path, const struct sc_chart *before,
    const struct sc_chart *after, const char *lang)
{
	struct error_list errors;
	const char *const *line;
	struct law *l;
	int status;

	error_list_init(&errors, a);
	l = law_load(workflow_definitions_of(a, path), &errors); /* for titles: none is fine */
	line = workflow_changes(l, before, after, lang, a);
	status = *line ? 1 : 0;
	for (; *line; line++)
		puts(*line);
	law_free(l);
	return status;
}

static int
diff_files(struct arena *a, const char *old_path, const char *new_path, const char *lang)
{
	struct sc_chart *before = load(a, old_path);
	struct sc_chart *after = before ? load(a, new_path) : NULL;
	int status = 2;

	if (before && after)
		status = print_changes(a, new_path, before, after, lang);
	sc_free(before);
	sc_free(after);
	return status;
}

int
workflow_diff(int argc, char **argv)
{
	const char *lang = "en", *value;
	int count = 0, status;
	struct arena *a;

	for (int i = 1; i < argc; i++) {
		if ((value = workflow_option(argc, argv, &i, "--lang")))
			lang = value;
		else if (argv[i][0] == '-')
			return workflow_usage();
		else
			argv[count++] = argv[i];
	}
	if (count != 2)
		return workflow_usage();
	if (!workflow_is_lang(lang))
		return 2;
	a = arena_new();
	status = diff_files(a, argv[0], argv[1], lang);
	arena_free(a);
	return status;
}
