/*
 * Loads the workflows that the stories run through, and tells which ways no story took.
 */
#include "charts.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STORIES_NEEDED = 3 };

static int
is_workflow(const struct dirent *e)
{
	static const char *const others[] = { "posts.json", "sides.json", "schema.json" };
	size_t n = strlen(e->d_name);

	for (size_t i = 0; i < LEN(others); i++)
		if (str_eq(e->d_name, others[i]))
			return false;
	return n > 5 && str_eq(e->d_name + n - 5, ".json");
}

/* "wf-10-proposal.json" and "wf10-late.scn" are of "wf10", "refusal-notice.json" is of "refusal".
 */
static char *
stem_of(struct arena *a, const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;

	if (str_starts(name, "wf-"))
		return arena_printf(a, "wf%.*s", (int)strcspn(name + 3, "-."), name + 3);
	return arena_strndup(a, name, strcspn(name, "-."));
}

static void
load_one(struct charts *l, const struct law *law, const char *folder, const char *file)
{
	struct chart *c = &ARENA_PUSH(l->a, l->list, l->count, l->size);
	const char *why = NULL;
	struct json_object *machine = json_read_file(
	    l->a, arena_printf(l->a, "%s/%s", folder, file), &why);

	*c = (struct chart){ .file = arena_strdup(l->a, file), .stem = stem_of(l->a, file) };
	error_list_init(&c->mistakes, l->a);
	if (machine == NULL)
		error_add(&c->mistakes, "", "json", "%s", why);
	else
		c->w = workflow_load(law, machine, &c->mistakes);
	if (c->w)
		c->taken = arena_array(l->a, bool, sc_transition_count(workflow_chart(c->w)) + 1);
}

void
charts_load(struct charts *l, struct arena *a, const struct law *law, const char *folder)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, is_workflow, alphasort);

	*l = (struct charts){ .a = a };
	for (int i = 0; i < n; i++) {
		load_one(l, law, folder, entries[i]->d_name);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
}

void
charts_free(struct charts *l)
{
	for (int i = 0; i < l->count; i++)
		workflow_free(l->list[i].w);
}

/* One that was refused has the id its file is named after. */
struct chart *
charts_find(const struct charts *l, const char *id)
{
	for (int i = 0; i < l->count; i++) {
		struct chart *c = &l->list[i];

		if (c->w ? str_eq(workflow_id(c->w), id)
			 : str_eq(c->file, arena_printf(l->a, "%s.json", id)))
			return c;
	}
	return NULL;
}

void
charts_count_story(struct charts *l, const char *path)
{
	const char *stem = stem_of(l->a, path);

	for (int i = 0; i < l->count; i++)
		if (str_eq(l->list[i].stem, stem))
			l->list[i].stories++;
}

/* ---- what is missing ---- */

static int
print_mistakes(const struct chart *c)
{
	for (const struct error_item *e = c->mistakes.first; e; e = e->next)
		printf("%s:%s %s: %s\n", c->file, e->pointer, e->code, e->message);
	return c->mistakes.count;
}

static int
print_untaken(const struct charts *l, const struct chart *c)
{
	const struct sc_chart *chart = workflow_chart(c->w);
	int n = 0;

	for (int i = 0; i < sc_transition_count(chart); i++) {
		if (c->taken[i])
			continue;
		n++;
		printf("%s: no story takes %s\n", c->file,
		    workflow_transition_pointer(l->a, sc_transition_at(chart, i)));
	}
	printf("%s: %d of %d transitions taken\n", c->file, sc_transition_count(chart) - n,
	    sc_transition_count(chart));
	return n;
}

static int
print_few(const struct chart *c)
{
	if (c->stories >= STORIES_NEEDED)
		return 0;
	printf("%s: %d stories (%s-*.scn), at least %d are needed\n", c->file, c->stories, c->stem,
	    STORIES_NEEDED);
	return 1;
}

int
charts_judge(const struct charts *l, bool all)
{
	int missing = 0;

	for (int i = 0; i < l->count; i++) {
		const struct chart *c = &l->list[i];

		if (!all && c->stories == 0)
			continue;
		missing += c->w ? print_untaken(l, c) : print_mistakes(c);
		missing += all ? print_few(c) : 0;
	}
	return missing;
}
