/*
 * What a story expects: each line against the world.
 */
#include "story.h"

#include <stdio.h>
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

/* ---- dates ---- */

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

static const char *
time_text(struct runner *r, int64_t due_at)
{
	int64_t minutes = (due_at / 1000000 + 7 * 3600) / 60 % (24 * 60);

	if (due_at == 0)
		return "none";
	return minutes == 0 ? arena_printf(r->a, "%s 24:00", day_text(r, due_at))
			    : arena_printf(r->a, "%s %02d:%02d", day_text(r, due_at),
				  (int)minutes / 60, (int)minutes % 60);
}

/* As exact as it is asked for: "10/10/2022" or "10/10/2022 14:30". */
static const char *
due_text(struct runner *r, int64_t due_at, const char *like)
{
	return strchr(like, ':') ? time_text(r, due_at) : day_text(r, due_at);
}

/* ---- sets of words ---- */

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
	if (n == 1 && (str_eq(words[0], "nothing") || str_eq(words[0], "nobody")))
		n = 0;
	return as_set(r, words, n);
}

static void
held_set(struct runner *r, const char *what, char *line, char **have, int n)
{
	const char *want = line_as_set(r, line), *is = as_set(r, have, n);

	held(r, str_eq(want, is), arena_printf(r->a, "%s%s", what, *want ? want : "nothing"), is);
}

/* ---- the case ---- */

static void
expect_state(struct runner *r, char *line)
{
	const struct story_case *k = r->s.looked_at;
	const struct sc_chart *chart = workflow_chart(k->chart->w);
	const char *why = NULL;
	struct sc_snapshot *now = sc_snapshot_restore(chart, r->a, k->c.snapshot, &why);
	char *have[64];
	int n = 0;

	for (const struct sc_state *const *s = sc_active(chart, r->a, now); *s && n < 64; s++)
		if ((*s)->type == SC_ATOMIC || (*s)->type == SC_FINAL)
			have[n++] = arena_strdup(r->a, (*s)->id);
	held_set(r, "", line, have, n);
}

/* "focal of owner due 10/10/2022": every open task, one a line; "none". The agency is called by its
 * side or, where several take one, by its code. */
static void
expect_task(struct runner *r, char *line)
{
	const struct story_case *k = r->s.looked_at;
	const char *want = story_rest(line);
	struct str have;

	str_init(&have, r->a);
	for (int i = 0; i < k->task_count; i++) {
		const struct task_write *t = &k->tasks[i];
		const char *due = due_text(r, t->due_at, want);
		const char *code = world_agency_by_id(&r->s, t->agency_id)->code;

		if (str_eq(arena_printf(r->a, "%s of %s due %s", t->post, t->of, due), want) ||
		    str_eq(arena_printf(r->a, "%s of %s due %s", t->post, code, due), want)) {
			r->checks++;
			return;
		}
		str_addf(&have, "%s%s of %s (%s) due %s", i ? "; " : "", t->post, t->of, code, due);
	}
	held(r, str_eq(want, "none") && k->task_count == 0, want, have.text);
}

static void
expect_due(struct runner *r, char *line)
{
	const char *want = story_rest(line), *have = due_text(r, r->s.looked_at->c.due_at, want);

	held(r, str_eq(want, have), want, have);
}

/* "request.account 12/10/2022 14/10/2022": exactly to these days was the term extended; "paused":
 * while it stood still. */
static void
expect_extended(struct runner *r, char *line)
{
	struct json_object *terms = json_get(r->s.looked_at->c.context, "terms");
	struct json_object *list = json_get(json_get(terms, story_word(&line)), "extensions");
	int n = list ? (int)json_object_array_length(list) : 0;
	char **have = arena_array(r->a, char *, n + 1);
	int64_t at;

	for (int i = 0; i < n; i++) {
		const char *after = json_str(json_object_array_get_idx(list, i), "after");

		have[i] = arena_strdup(
		    r->a, after && instant_parse(after, &at) ? day_text(r, at) : "paused");
	}
	held_set(r, "extended to: ", line, have, n);
}

/* "account p3-motcua", "none" */
static void
expect_grant(struct runner *r, char *line)
{
	const struct story_case *k = r->s.looked_at;
	const char *want = story_rest(line);
	struct str have;

	str_init(&have, r->a);
	for (int i = 0; i < k->grant_count; i++) {
		const char *one = arena_printf(
		    r->a, "%s %s", k->grants[i].kind, k->grants[i].reference);

		if (str_eq(one, want)) {
			r->checks++;
			return;
		}
		str_addf(&have, "%s%s", i ? "; " : "", one);
	}
	held(r, str_eq(want, "none") && k->grant_count == 0, want, have.text);
}

/* "signing requester H51.6": exactly these have agreed in that state. */
static void
expect_agreed(struct runner *r, char *line)
{
	struct json_object *given = approval_given(r->s.looked_at->c.context, story_word(&line));
	int n = given ? (int)json_object_array_length(given) : 0;
	char **have = arena_array(r->a, char *, n + 1);
	struct str codes;
	const char *word;

	for (int i = 0; i < n; i++)
		have[i] = arena_strdup(
		    r->a, json_str(json_object_array_get_idx(given, (size_t)i), "agency"));
	str_init(&codes, r->a);
	while (*(word = story_word(&line))) {
		const struct agency *g = world_agency(&r->s, word);

		str_addf(&codes, "%s ", g ? g->code : word);
	}
	held_set(r, "agreed: ", codes.text, have, n);
}

/* ---- people ---- */

static void
expect_can(struct runner *r, char *line)
{
	const struct story_case *k = r->s.looked_at;
	const struct person *p = story_person(r, story_word(&line));
	struct directory dir = world_directory(&r->s, &k->c);
	const struct option *o;
	struct actor who;
	char *have[64];
	int n = 0;

	if (p == NULL)
		return;
	who = world_actor(&r->s, p);
	o = decide_options(k->chart->w, r->law, &dir, &k->c, &who, r->s.now, r->a);
	for (; o->event && n < 64; o++)
		have[n++] = arena_strdup(r->a, o->event);
	held_set(r, "", line, have, n);
}

/* "lan wf-08 wf-09": which cases may be opened about this one now. */
static void
expect_offers(struct runner *r, char *line)
{
	const struct story_case *k = r->s.looked_at;
	const struct person *p = story_person(r, story_word(&line));
	struct directory dir = world_directory(&r->s, &k->c);
	struct json_object *const *o;
	struct actor who;
	char *have[64];
	int n = 0;

	if (p == NULL)
		return;
	who = world_actor(&r->s, p);
	o = decide_offers(k->chart->w, r->law, &dir, &k->c, &who, r->s.now, r->a);
	for (; *o && n < 64; o++)
		have[n++] = arena_strdup(r->a, json_str(*o, "workflow"));
	held_set(r, "offers ", line, have, n);
}

static bool
is_viewer(const struct story_case *k, const struct actor *who)
{
	for (int i = 0; i < k->viewer_count; i++)
		for (int j = 0; j < who->holding_count; j++)
			if (who->holdings[j].agency_id == k->viewers[i])
				return true;
	return false;
}

/* The agencies written down for lists must be those that the rule lets in. */
static void
expect_sees(struct runner *r, char *line, bool want)
{
	const struct story_case *k = r->s.looked_at;
	const struct person *p = story_person(r, story_word(&line));
	struct directory dir = world_directory(&r->s, &k->c);
	struct actor who;

	if (p == NULL)
		return;
	who = world_actor(&r->s, p);
	held(r, decide_may_view(k->chart->w, &dir, &k->c, &who) == want,
	    want ? "sees the case" : "does not see the case", "the other way");
	held(r, is_viewer(k, &who) == want, "in the lists as on the page", "the other way");
}

/* ---- mails ---- */

/* "received to lan": exactly these got it since something last happened. */
static void
expect_mail(struct runner *r, char *line)
{
	const char *name = arena_strdup(r->a, story_word(&line));
	char **have = arena_array(r->a, char *, r->s.mail_count + 1);
	int n = 0;

	story_word(&line);
	for (int i = 0; i < r->s.mail_count; i++)
		if (str_eq(r->s.mails[i].template_name, name))
			have[n++] = arena_strdup(r->a, r->s.mails[i].name);
	held_set(r, arena_printf(r->a, "%s to ", name), line, have, n);
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

/* ---- cases ---- */

/* "wf-08 1": so many were opened by the last act. */
static void
expect_opened(struct runner *r, char *line)
{
	const char *id = arena_strdup(r->a, story_word(&line));
	const char *want = story_rest(line);
	struct str have;
	int n = 0;

	str_init(&have, r->a);
	for (int i = r->s.opened_before; i < r->s.case_count; i++) {
		const struct case_row *c = &r->s.cases[i]->c;

		n += str_eq(c->workflow, id);
		str_addf(&have, " %s", c->number);
	}
	held(r, str_eq(arena_printf(r->a, "%d", n), want),
	    arena_printf(r->a, "%s of %s opened", want, id),
	    arena_printf(r->a, "%d; opened:%s", n, have.text));
}

/* ---- all of them ---- */

static void
expect_word(struct runner *r, const char *have, char *line)
{
	held(r, str_eq(story_rest(line), have), story_rest(line), have);
}

static void
expect_of_case(struct runner *r, const char *what, char *line)
{
	const struct case_row *c = &r->s.looked_at->c;

	if (str_eq(what, "state"))
		expect_state(r, line);
	else if (str_eq(what, "task"))
		expect_task(r, line);
	else if (str_eq(what, "due"))
		expect_due(r, line);
	else if (str_eq(what, "extended"))
		expect_extended(r, line);
	else if (str_eq(what, "can"))
		expect_can(r, line);
	else if (str_eq(what, "offers"))
		expect_offers(r, line);
	else if (str_eq(what, "grant"))
		expect_grant(r, line);
	else if (str_eq(what, "agreed"))
		expect_agreed(r, line);
	else if (str_eq(what, "sees") || str_eq(what, "sees-not"))
		expect_sees(r, line, str_eq(what, "sees"));
	else if (str_eq(what, "outcome"))
		expect_word(r, c->outcome, line);
	else if (str_eq(what, "regime"))
		expect_word(r, c->regime, line);
	else
		story_wrong(r, "expect what? %s", what);
}

void
story_expect(struct runner *r, char *line)
{
	const char *what = story_word(&line);

	if (str_eq(what, "no-case"))
		held(r, r->s.case_count == 0, "no case", "there is one");
	else if (str_eq(what, "mail"))
		expect_mail(r, line);
	else if (str_eq(what, "mail-text"))
		expect_text(r, line);
	else if (str_eq(what, "opened"))
		expect_opened(r, line);
	else if (r->s.looked_at == NULL)
		story_wrong(r, "there is no case yet");
	else
		expect_of_case(r, what, line);
}
