/*
 * What a story takes for granted: the workflow, agencies, people, the usual fields.
 */
#include "story.h"

#include <string.h>

/* "requester H51.19.3 UBND Phường 3"; "-" for an agency that the story calls by its code */
static void
given_agency(struct runner *r, char *line)
{
	const char *label = arena_strdup(r->a, story_word(&line));
	bool has_label = !str_eq(label, "-");
	struct agency *g;

	if (has_label && law_side_title(r->law, label) == NULL) {
		story_wrong(r, "a side is one of workflows/sides.json or -, not %s", label);
		return;
	}
	g = world_agency_add(
	    &r->s, has_label ? label : NULL, arena_strdup(r->a, story_word(&line)));
	if (*story_rest(line))
		g->name_vi = arena_strdup(r->a, story_rest(line));
}

/* "xa of H51.19.3, H51.19.4" */
static void
given_kind(struct runner *r, char *line)
{
	const char *kind = arena_strdup(r->a, story_word(&line)), *word;

	story_word(&line);
	while (*(word = story_word(&line))) {
		struct agency *g = story_agency(r, word);

		if (g)
			g->kind = kind;
	}
}

/* "of H51.5, H51.6": they own services, as the owner does */
static void
given_services(struct runner *r, char *line)
{
	const char *word = story_word(&line);

	while (*(word = story_word(&line))) {
		struct agency *g = story_agency(r, word);

		if (g)
			g->has_services = true;
	}
}

/* "focal of requester, head of H51.5" */
void
story_hold_posts(struct runner *r, const struct person *p, char *line)
{
	const char *post;

	while (*(post = story_word(&line))) {
		const struct agency *g;

		story_word(&line);
		g = story_agency(r, story_word(&line));
		if (g)
			world_hold(&r->s, p, arena_strdup(r->a, post), g);
	}
}

static void
given_person(struct runner *r, char *line)
{
	const struct person *p = world_person_add(&r->s, arena_strdup(r->a, story_word(&line)));

	story_hold_posts(r, p, line);
}

/* "nam for tam" */
static void
given_substitute(struct runner *r, char *line)
{
	const struct person *b = story_person(r, story_word(&line)), *a;

	story_word(&line);
	a = story_person(r, story_word(&line));
	if (a && b)
		world_stand_in(&r->s, a, b);
}

void
story_given(struct runner *r, char *line)
{
	const char *what = story_word(&line);

	if (str_eq(what, "agency"))
		given_agency(r, line);
	else if (str_eq(what, "kind"))
		given_kind(r, line);
	else if (str_eq(what, "services"))
		given_services(r, line);
	else if (str_eq(what, "person"))
		given_person(r, line);
	else if (str_eq(what, "substitute"))
		given_substitute(r, line);
	else if (str_eq(what, "workflow"))
		r->chart = story_chart(r, story_word(&line));
	else if (str_eq(what, "fields") || str_eq(what, "request"))
		r->fields = story_json(r, story_rest(line));
	else if (str_eq(what, "service"))
		r->s.service = story_json(r, story_rest(line));
	else if (str_eq(what, "cast"))
		story_read(r, arena_printf(r->a, "%s/%s", r->folder, story_word(&line)));
	else
		story_wrong(r, "given what? %s", what);
}
