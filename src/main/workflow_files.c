/*
 * What the commands on workflow files share: options, the files meant, the law around them.
 */
#include "cmd_workflow.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct json_object *
workflow_read(struct arena *a, const char *path)
{
	const char *why = NULL;
	struct json_object *o = json_read_file(a, path, &why);

	if (why)
		fprintf(stderr, "lienthong: %s: %s\n", path, why);
	return why ? NULL : o;
}

void
workflow_print_mistakes(const char *path, const struct error_list *errors)
{
	for (const struct error_item *e = errors->first; e; e = e->next)
		if (path)
			fprintf(stderr, "%s:%s: %s\n", path, *e->pointer ? e->pointer : "/",
			    e->message);
		else
			fprintf(stderr, "%s: %s\n", e->pointer, e->message);
}

/* ---- options ---- */

const char *
workflow_option(int argc, char **argv, int *i, const char *name)
{
	if (strcmp(argv[*i], name) != 0)
		return NULL;
	return ++*i < argc ? argv[*i] : "";
}

bool
workflow_is_lang(const char *lang)
{
	if (str_eq(lang, "vi") || str_eq(lang, "en"))
		return true;
	fprintf(stderr, "lienthong: --lang is vi or en, not \"%s\"\n", lang);
	return false;
}

/* ---- files and folders ---- */

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

const char *
workflow_definitions_of(struct arena *a, const char *path)
{
	char real[PATH_MAX], *slash;

	if (realpath(path, real) == NULL)
		return ".";
	while ((slash = strrchr(real, '/')) != NULL) {
		*slash = '\0';
		if (is_folder(arena_printf(a, "%s/workflows/regimes", real)))
			return arena_strdup(a, *real ? real : "/");
	}
	return ".";
}

static int
is_workflow(const struct dirent *e)
{
	return definitions_is_workflow(e->d_name);
}

struct paths {
	const char **list;
	int count, size;
};

static void
add_folder(struct arena *a, struct paths *p, const char *folder)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, is_workflow, alphasort);

	for (int i = 0; i < n; i++) {
		ARENA_PUSH(a, p->list, p->count, p->size) = arena_printf(
		    a, "%s/%s", folder, entries[i]->d_name);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
}

const char **
workflow_paths(struct arena *a, int count, char **given)
{
	struct paths p = { 0 };

	for (int i = 0; i < count; i++)
		if (is_folder(given[i]))
			add_folder(a, &p, given[i]);
		else
			ARENA_PUSH(a, p.list, p.count, p.size) = given[i];
	ARENA_PUSH(a, p.list, p.count, p.size) = NULL;
	return p.list;
}

static bool
is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool
workflow_is_whole(struct arena *a, const char *dir, const char *const *paths)
{
	struct paths all = { 0 };

	add_folder(a, &all, arena_printf(a, "%s/workflows", dir));
	for (int i = 0; i < all.count; i++) {
		bool is_given = false;

		for (const char *const *p = paths; *p && !is_given; p++)
			is_given = is_same_file(*p, all.list[i]);
		if (!is_given)
			return false;
	}
	return all.count > 0;
}

/* ---- definitions ---- */

struct law *
workflow_law(struct arena *a, const char *dir)
{
	struct error_list errors;
	struct law *l;

	error_list_init(&errors, a);
	l = law_load(dir, &errors);
	workflow_print_mistakes(NULL, &errors);
	return l;
}

struct workflow *
workflow_open(struct arena *a, const struct law *l, const char *path)
{
	struct json_object *machine = workflow_read(a, path);
	struct error_list errors;
	struct workflow *w;

	if (machine == NULL)
		return NULL;
	error_list_init(&errors, a);
	w = workflow_load(l, machine, &errors);
	workflow_print_mistakes(path, &errors);
	return w;
}
