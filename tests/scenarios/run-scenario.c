/*
 * Runs stories (*.scn) through the workflows, without a database:
 *     run-scenario [--all] FOLDER-OF-DEFINITIONS STORY...
 * The lines of a story are explained in tests/scenarios/README.md. After the last story it names
 * the transitions that no story took: of the workflows that these stories are named after, with
 * --all of every workflow. Exit 0 when every line held and every way was taken.
 */
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
story_wrong(struct runner *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	printf("%s:%d: %s\n", r->file, r->line, arena_vprintf(r->a, fmt, ap));
	va_end(ap);
	r->failures++;
}

void
story_read(struct runner *r, const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;

	if (f == NULL) {
		story_wrong(r, "cannot read %s", path);
		return;
	}
	while (getline(&line, &size, f) > 0) {
		if (path == r->file)
			r->line++;
		story_line(r, line);
	}
	free(line);
	fclose(f);
}

static void
run_story(struct runner *r, const char *path)
{
	int before = r->failures;
	const char *slash = strrchr(path, '/');

	r->file = path;
	r->folder = slash ? arena_strndup(r->a, path, (size_t)(slash - path)) : ".";
	r->line = 0;
	r->chart = NULL;
	r->fields = NULL;
	world_init(&r->s, r->a, r->law, &r->charts);
	story_read(r, path);
	charts_count_story(&r->charts, path);
	printf("%s %s\n", r->failures == before ? "ok  " : "FAIL", path);
}

static void
print_mistakes(const struct error_list *errors)
{
	for (const struct error_item *e = errors->first; e; e = e->next)
		printf("%s %s: %s\n", e->pointer, e->code, e->message);
}

static int
run_stories(struct runner *r, bool all, char **files, int n)
{
	int missed;

	for (int i = 0; i < n; i++)
		run_story(r, files[i]);
	missed = charts_judge(&r->charts, all);
	printf("%d stories, %d facts, %d wrong\n", n, r->checks, r->failures);
	return r->failures == 0 && missed == 0 ? 0 : 1;
}

static int
run(struct runner *r, bool all, const char *folder, char **files, int n)
{
	struct error_list errors;
	struct law *law;
	int code = 1;

	error_list_init(&errors, r->a);
	r->law = law = law_load(folder, &errors);
	print_mistakes(&errors);
	if (law == NULL)
		return 1;
	charts_load(&r->charts, r->a, law, arena_printf(r->a, "%s/workflows", folder));
	code = run_stories(r, all, files, n);
	charts_free(&r->charts);
	law_free(law);
	return code;
}

int
main(int argc, char **argv)
{
	bool all = argc > 1 && strcmp(argv[1], "--all") == 0;
	struct arena *a;
	int code;

	argv += all;
	argc -= all;
	if (argc < 3) {
		fprintf(stderr, "usage: run-scenario [--all] FOLDER-OF-DEFINITIONS STORY...\n");
		return 2;
	}
	a = arena_new();
	code = run(&(struct runner){ .a = a }, all, argv[1], argv + 2, argc - 2);
	arena_free(a);
	return code;
}
