/*
 * lienthong workflow check: every mistake of workflow files with its place; of good ones, what is
 * proved.
 */
#include "cmd_workflow.h"

#include <stdio.h>
#include <string.h>

enum detail { QUIET, SHORT, ALL };

struct check {
	struct arena *a;
	const char *dir; /* NULL: not known yet, the one above the first file */
	enum detail detail;
	struct law *law; /* loaded with the first workflow */
	bool is_lawless; /* it was refused */
	bool has_failed;
	struct definition *good;
	int good_count, good_size;
};

/* ---- one file ---- */

/* A machine that says nothing of a case: the engine's own tests, a sketch. */
static bool
is_bare_chart(struct json_object *machine)
{
	static const char *const keys[] = { "title", "law", "kind", "prefix", "start" };
	struct json_object *meta = json_get(machine, "meta");

	for (size_t i = 0; i < LEN(keys); i++)
		if (json_get(meta, keys[i]))
			return false;
	return true;
}

static bool
check_bare(struct check *k, const char *path, struct json_object *machine)
{
	struct error_list errors;
	struct sc_chart *chart;

	error_list_init(&errors, k->a);
	chart = sc_load(machine, &errors);
	workflow_print_mistakes(path, &errors);
	sc_free(chart);
	if (chart && k->detail != QUIET)
		printf("%s: a chart without a case (no title, law, kind, prefix): its shape is "
		       "right\n",
		    path);
	return chart != NULL;
}

static void
print_proof(
    const struct check *k, const char *path, const struct workflow *w, const struct proof *p)
{
	static const char marks[] = { [PROOF_HOLDS] = '+', [PROOF_OPEN] = '?', [PROOF_NOTE] = '-' };

	printf("%s: %s, %s\n", path, workflow_id(w),
	    json_str(json_get(workflow_meta(w), "title"), "en"));
	for (int i = 0; i < p->count; i++) {
		const struct proof_line *line = &p->lines[i];

		if (!line->is_detail || k->detail == ALL)
			printf("%s%c %s\n", line->is_detail ? "      " : "  ", marks[line->kind],
			    line->text);
	}
}

static bool
check_workflow(struct check *k, const char *path, struct json_object *machine)
{
	struct error_list errors;
	struct workflow *w;
	struct proof p;

	if (k->dir == NULL)
		k->dir = workflow_definitions_of(k->a, path);
	if (k->law == NULL && !k->is_lawless)
		k->law = workflow_law(k->a, k->dir);
	k->is_lawless = k->law == NULL;
	if (k->is_lawless)
		return false;
	error_list_init(&errors, k->a);
	proof_init(&p, k->a);
	w = workflow_load(k->law, machine, &errors);
	if (w) {
		workflow_prove(w, k->law, &p, &errors);
		ARENA_PUSH(
		    k->a, k->good, k->good_count, k->good_size) = (struct definition){ path, w };
	}
	workflow_print_mistakes(path, &errors);
	if (errors.count == 0 && k->detail != QUIET)
		print_proof(k, path, w, &p);
	return errors.count == 0;
}

static bool
check_file(struct check *k, const char *path)
{
	struct json_object *machine = workflow_read(k->a, path);

	if (machine == NULL)
		return false;
	return is_bare_chart(machine) ? check_bare(k, path, machine)
				      : check_workflow(k, path, machine);
}

/* ---- all of them together ---- */

static bool
check_ties(struct check *k, const char *const *paths)
{
	struct error_list errors;

	if (k->has_failed || k->dir == NULL || !workflow_is_whole(k->a, k->dir, paths))
		return true;
	error_list_init(&errors, k->a);
	definitions_check_ties(k->good, k->good_count, &errors);
	workflow_print_mistakes(NULL, &errors);
	if (errors.count == 0 && k->detail != QUIET)
		printf("all %d workflows together: what is opened, offered and told has its "
		       "counterpart, prefixes and ids are unique\n",
		    k->good_count);
	return errors.count == 0;
}

static int
run(struct check *k, int count, char **given)
{
	const char **paths = workflow_paths(k->a, count, given);

	for (const char **path = paths; *path; path++)
		if (!check_file(k, *path))
			k->has_failed = true;
	if (!check_ties(k, paths))
		k->has_failed = true;
	for (int i = 0; i < k->good_count; i++)
		workflow_free((struct workflow *)k->good[i].w);
	law_free(k->law);
	return k->has_failed ? 1 : 0;
}

int
workflow_check_files(int argc, char **argv)
{
	struct check k = { .detail = SHORT };
	int count = 0, status;

	for (int i = 1; i < argc; i++) {
		const char *dir = workflow_option(argc, argv, &i, "--definitions");

		if (dir)
			k.dir = dir;
		else if (strcmp(argv[i], "-v") == 0)
			k.detail = ALL;
		else if (strcmp(argv[i], "--quiet") == 0)
			k.detail = QUIET;
		else if (argv[i][0] == '-')
			return workflow_usage();
		else
			argv[count++] = argv[i];
	}
	if (count == 0)
		return workflow_usage();
	k.a = arena_new();
	status = run(&k, count, argv);
	arena_free(k.a);
	return status;
}
