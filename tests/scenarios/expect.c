/*
 * What a story expects: each line against the world.
 */
#include "story.h"

#include <stdlib.h>
#include <string.h>

static void
held(struct runner *r, bool holds, const char *want, const char *have)
{
	r->checks++;
	if (!holds)
		story_wrong(
		    r, "expected %s\n    but it is %s", want, have && *have ? have : "(nothing)");
}

/* The last day of a due time: 24:00 of a day belongs to that day. */
static const char *
day_text(struct runner *r, int64_t due_at)
{
	time_t t = (time_t)((due_at - 1) / 1000000 + 7 * 3600);
	struct tm tm;

	if (due_at == 0)
		return "none";
	gmtime_r(&t, &tm);
	return arena_printf(r->a, "%02d/%02d/%04d", tm.tm_mday, tm.tm_mon + 1, tm.tm_year + 1900);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words sorted, each once, joined with spaces: sets are compared so. */
static const char *
as_set(struct runner *r, char **words, int n)
{
	struct str s;

	str_init(&s, r->a);
	qsort(words, (size_t)n, sizeof(*words), by_text);
	for (int i = 0; i < n; i++)
		if (i == 0 || !str_eq(words[i], words[i - 1]))
			str_addf(&s, "%s%s", s.len ? " " : "", words[i]);
	return s.text;
}

static const char *
line_as_set(struct runner *r, char *line)
{
	char **words = arena_array(r->a, char *, strlen(line) / 2 + 2);
	int n = 0;

	while (*(words[n] = story_word(&line)))
		n++;
	return as_set(r, words, n);
}

static void
expect_state(struct runner *r, char *line)
{
	const struct sc_chart *chart = workflow_chart(r->w);
	const char *why = NULL;
	struct sc_snapshot *now = sc_snapshot_restore(chart, r->a, r->s.c.snapshot, &why);
	struct str have;

	str_init(&have, r->a);
	for (const struct sc_state *const *s = sc_active(chart, r->a, now); *s; s++)
		if ((*s)->type == SC_ATOMIC || (*s)->type == SC_FINAL)
			str_addf(&have, "%s%s", have.len ? " " : "", (*s)->id);
	held(r, str_eq(have.text, story_rest(line)), story_rest(line), have.text);
}

static const char *
side_of(struct runner *r, int64_t agency_id)
{
	(void)r;
	return right_posts_of[agency_id - 1];
}

/* "focal of owner due 10/10/2022": every open task, one a line; "none". */
static void
expect_task(struct runner *r, char *line)
{
	const char *want = story_rest(line);
	struct str have;

	str_init(&have, r->a);
	for (int i = 0; i < r->s.task_count; i++) {
		const struct task_write *t = &r->s.tasks[i];
		const char *one = arena_printf(r->a, "%s of %s due %s", t->post,
		    side_of(r, t->agency_id), day_text(r, t->due_at));

		if (str_eq(one, want)) {
			r->checks++;
			return;
		}
		str_addf(&have, "%s%s", i ? "; " : "", one);
	}
	held(r, str_eq(want, "none") && r->s.task_count == 0, want, have.text);
}

static void
expect_can(struct runner *r, char *line)
{
	const struct person *p = story_person(r, story_word(&line));
	const struct option *o;
	struct actor who;
	char *have[64];
	int n = 0;

	if (p == NULL)
		return;
	who = world_actor(&r->s, p);
	o = decide_options(r->w, &r->s.dir, &r->s.c, &who, r->s.now, r->a);
	for (; o->event && n < 64; o++)
		have[n++] = arena_strdup(r->a, o->event);
	if (str_eq(story_rest(line), "nothing"))
		line = line + strlen(line);
	const char *want = line_as_set(r, line), *is = as_set(r, have, n);

	held(r, str_eq(want, is), *want ? want : "nothing", is);
}

/* "received to lan": exactly these got it since something last happened. */
static void
expect_mail(struct runner *r, char *line)
{
	const char *name = arena_strdup(r->a, story_word(&line)), *want;
	char *have[MAX_MAILS];
	int n = 0;

	story_word(&line);
	for (int i = 0; i < r->s.mail_count; i++)
		if (str_eq(r->s.mails[i].template_name, name))
			have[n++] = arena_strdup(r->a, r->s.mails[i].name);
	want = line_as_set(r, line);
	line = (char *)as_set(r, have, n);
	held(r, str_eq(want, line), arena_printf(r->a, "%s to %s", name, want), line);
}

static void
expect_sees(struct runner *r, char *line, bool want)
{
	const struct person *p = story_person(r, story_word(&line));
	struct actor who;

	if (p == NULL)
		return;
	who = world_actor(&r->s, p);
	held(r, decide_may_view(r->w, &r->s.dir, &r->s.c, &who) == want,
	    want ? "sees the case" : "does not see the case", "the other way");
}

/* "mail-text Hạn: hết ngày": some mail's text or subject has these words. */
static void
expect_text(struct runner *r, char *line)
{
	for (int i = 0; i < r->s.mail_count; i++)
		if (strstr(r->s.mails[i].text, story_rest(line)) ||
		    strstr(r->s.mails[i].subject, story_rest(line))) {
			r->checks++;
			return;
		}
	story_wrong(r, "no mail says: %s", story_rest(line));
}

void
story_expect(struct runner *r, char *line)
{
	const char *what = story_word(&line);

	if (!r->s.has_case && !str_eq(what, "no-case"))
		story_wrong(r, "there is no case yet");
	else if (str_eq(what, "no-case"))
		held(r, !r->s.has_case, "no case", "there is one");
	else if (str_eq(what, "state"))
		expect_state(r, line);
	else if (str_eq(what, "task"))
		expect_task(r, line);
	else if (str_eq(what, "can"))
		expect_can(r, line);
	else if (str_eq(what, "mail"))
		expect_mail(r, line);
	else if (str_eq(what, "mail-text"))
		expect_text(r, line);
	else if (str_eq(what, "sees"))
		expect_sees(r, line, true);
	else if (str_eq(what, "sees-not"))
		expect_sees(r, line, false);
	else if (str_eq(what, "due"))
		held(r, str_eq(story_rest(line), day_text(r, r->s.c.due_at)), story_rest(line),
		    day_text(r, r->s.c.due_at));
	else if (str_eq(what, "outcome"))
		held(r, str_eq(story_rest(line), r->s.c.outcome), story_rest(line), r->s.c.outcome);
	else if (str_eq(what, "regime"))
		held(r, str_eq(story_rest(line), r->s.c.regime), story_rest(line), r->s.c.regime);
	else
		story_wrong(r, "expect what? %s", what);
}
