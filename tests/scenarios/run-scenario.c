/*
 * Runs stories (*.scn) through the workflows, without a database:
 *     run-scenario FOLDER-OF-DEFINITIONS STORY...
 * The lines of a story are explained in tests/scenarios/README.md. After the last story it names
 * the transitions that no story took. Exit 0 when every line held and every way was taken.
 */
#include "world.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct runner {
	struct arena *a;
	const struct law *law;
	struct workflow *w;
	struct world s;
	struct json_object *request; /* the usual fields */
	const char *file, *folder;
	int line;
	int failures, checks;
};

static bool *taken; /* by index of transition */

static void
watch(const struct sc_step *step)
{
	for (const struct sc_transition *const *t = step->transitions; *t; t++)
		taken[(*t)->index] = true;
}

static void PRINTF(2, 3) wrong(struct runner *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	printf("%s:%d: %s\n", r->file, r->line, arena_vprintf(r->a, fmt, ap));
	va_end(ap);
	r->failures++;
}

static void
held(struct runner *r, bool holds, const char *want, const char *have)
{
	r->checks++;
	if (!holds)
		wrong(r, "expected %s\n    but it is %s", want, have && *have ? have : "(nothing)");
}

/* ---- words ---- */

/* The next word of *line, cut off; "" at the end. */
static char *
word(char **line)
{
	char *start = *line + strspn(*line, " \t,");
	size_t n = strcspn(start, " \t,");

	*line = start + n + (start[n] ? 1 : 0);
	start[n] = '\0';
	return start;
}

static char *
rest(char *line)
{
	return line + strspn(line, " \t");
}

/* "03/10/2022 09:00" in the province's zone. */
static int64_t
instant(struct runner *r, char **line)
{
	const char *day = word(line), *hour = word(line);
	int64_t at = 0;
	int d, m, y;

	if (sscanf(day, "%d/%d/%d", &d, &m, &y) != 3 ||
	    !instant_parse(arena_printf(r->a, "%04d-%02d-%02dT%s:00+07:00", y, m, d, hour), &at))
		wrong(r, "a time looks like 03/10/2022 09:00");
	return at;
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

static struct json_object *
data_of(struct runner *r, const char *text)
{
	const char *why = NULL;
	struct json_object *o;

	if (*text == '\0')
		return NULL;
	o = json_read(r->a, text, strlen(text), &why);
	if (o == NULL)
		wrong(r, "%s", why);
	return o;
}

static struct person *
person(struct runner *r, const char *login)
{
	struct person *p = world_person(&r->s, login);

	if (p == NULL)
		wrong(r, "nobody is called %s", login);
	return p;
}

/* ---- given ---- */

static void
given_agency(struct runner *r, char *line)
{
	struct agency *g = world_agency(&r->s, word(&line));

	if (g == NULL) {
		wrong(r, "a side is requester, owner, ict or office");
		return;
	}
	g->code = arena_strdup(r->a, word(&line));
	g->name_vi = arena_strdup(r->a, rest(line));
}

/* "focal of requester, head of owner" */
static void
hold_posts(struct runner *r, const struct person *p, char *line)
{
	const char *post;

	while (*(post = word(&line))) {
		const char *side = (word(&line), word(&line));

		if (world_agency(&r->s, side))
			world_hold(&r->s, p, arena_strdup(r->a, post), side);
		else
			wrong(r, "a side is requester, owner, ict or office, not %s", side);
	}
}

static void
given_person(struct runner *r, char *line)
{
	const struct person *p = world_person_add(&r->s, arena_strdup(r->a, word(&line)));

	hold_posts(r, p, line);
}

static void read_lines(struct runner *r, const char *path);

static void
given(struct runner *r, char *line)
{
	const char *what = word(&line);

	if (str_eq(what, "agency"))
		given_agency(r, line);
	else if (str_eq(what, "person"))
		given_person(r, line);
	else if (str_eq(what, "request"))
		r->request = data_of(r, rest(line));
	else if (str_eq(what, "cast"))
		read_lines(r, arena_printf(r->a, "%s/%s", r->folder, word(&line)));
	else
		wrong(r, "given what? %s", what);
}

/* ---- what happens ---- */

static void
check_verdict(struct runner *r, const char *what, const char *want)
{
	const struct verdict *v = &r->s.verdict;
	const char *have = v->code == OK ? "allowed" : v->word;

	r->checks++;
	if (str_eq(have, want))
		return;
	wrong(r, "%s: expected %s\n    but it is %s: %s", what, want, have, v->text ? v->text : "");
	for (const struct error_item *e = v->fields.first; v->code == E_INVALID && e; e = e->next)
		printf("    %s %s: %s\n", e->pointer, e->code, e->message);
}

/* The fields of the usual request with those given put over them. */
static struct json_object *
request_with(struct runner *r, struct json_object *other)
{
	struct json_object *o = json_copy(r->a, r->request);

	if (other == NULL)
		return o;
	json_object_object_foreach(other, key, value)
	{
		if (value)
			json_set(o, key, json_object_get(value));
		else
			json_object_object_del(o, key);
	}
	return o;
}

/* "... refused WORD" at the end of a line: cut off, WORD returned; else "allowed". */
static const char *
cut_verdict(struct runner *r, char *line)
{
	char *at = strstr(line, " refused ");

	if (at == NULL || strchr(at, '}'))
		return "allowed";
	*at = '\0';
	return arena_strdup(r->a, at + strlen(" refused "));
}

static void
starts(struct runner *r, const struct person *p, char *line)
{
	char *tail = arena_printf(r->a, " %s", rest(line));
	const char *want = cut_verdict(r, tail);
	int64_t received_at = 0;

	line = rest(tail);
	if (str_starts(line, "received ")) {
		word(&line);
		received_at = instant(r, &line);
	}
	world_start(&r->s, p, request_with(r, data_of(r, rest(line))), received_at);
	check_verdict(r, "START", want);
}

static void
sends(struct runner *r, const struct person *p, char *line)
{
	const char *type = arena_strdup(r->a, word(&line));
	char *tail = arena_printf(r->a, " %s", rest(line));
	const char *want = cut_verdict(r, tail);
	struct json_object *data = str_starts(rest(tail), "request")
				       ? request_with(r, data_of(r, rest(rest(tail) + 7)))
				       : data_of(r, rest(tail));

	world_send(&r->s, p, type, data);
	check_verdict(r, type, want);
}

/* ---- expect ---- */

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

	while (*(words[n] = word(&line)))
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
	held(r, str_eq(have.text, rest(line)), rest(line), have.text);
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
	const char *want = rest(line);
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
	const struct person *p = person(r, word(&line));
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
	if (str_eq(rest(line), "nothing"))
		line = line + strlen(line);
	const char *want = line_as_set(r, line), *is = as_set(r, have, n);

	held(r, str_eq(want, is), *want ? want : "nothing", is);
}

/* "received to lan": exactly these got it since something last happened. */
static void
expect_mail(struct runner *r, char *line)
{
	const char *name = arena_strdup(r->a, word(&line)), *want;
	char *have[MAX_MAILS];
	int n = 0;

	word(&line);
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
	const struct person *p = person(r, word(&line));
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
		if (strstr(r->s.mails[i].text, rest(line)) ||
		    strstr(r->s.mails[i].subject, rest(line))) {
			r->checks++;
			return;
		}
	wrong(r, "no mail says: %s", rest(line));
}

static void
expect(struct runner *r, char *line)
{
	const char *what = word(&line);

	if (!r->s.has_case && !str_eq(what, "no-case"))
		wrong(r, "there is no case yet");
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
		held(r, str_eq(rest(line), day_text(r, r->s.c.due_at)), rest(line),
		    day_text(r, r->s.c.due_at));
	else if (str_eq(what, "outcome"))
		held(r, str_eq(rest(line), r->s.c.outcome), rest(line), r->s.c.outcome);
	else if (str_eq(what, "regime"))
		held(r, str_eq(rest(line), r->s.c.regime), rest(line), r->s.c.regime);
	else
		wrong(r, "expect what? %s", what);
}

/* ---- files ---- */

static void
person_line(struct runner *r, const char *login, char *line)
{
	const struct person *p = person(r, login);
	const char *verb = word(&line);

	if (p == NULL)
		return;
	if (str_eq(verb, "starts"))
		starts(r, p, line);
	else if (str_eq(verb, "sends"))
		sends(r, p, line);
	else if (str_eq(verb, "moves")) {
		world_leave(&r->s, p);
		hold_posts(r, p, line);
	} else
		wrong(r, "a person starts, sends or moves, not %s", verb);
}

static void
run_line(struct runner *r, char *line)
{
	const char *first;

	line[strcspn(line, "\r\n")] = '\0';
	line = rest(line);
	if (*line == '\0' || *line == '#')
		return;
	first = word(&line);
	if (str_eq(first, "given"))
		given(r, line);
	else if (str_eq(first, "at"))
		world_move(&r->s, instant(r, &line));
	else if (str_eq(first, "expect"))
		expect(r, line);
	else
		person_line(r, first, line);
}

static void
read_lines(struct runner *r, const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;

	if (f == NULL) {
		wrong(r, "cannot read %s", path);
		return;
	}
	while (getline(&line, &size, f) > 0) {
		if (path == r->file)
			r->line++;
		run_line(r, line);
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
	world_init(&r->s, r->a, r->law, r->w);
	read_lines(r, path);
	printf("%s %s\n", r->failures == before ? "ok  " : "FAIL", path);
}

static void
print_mistakes(const struct error_list *errors)
{
	for (const struct error_item *e = errors->first; e; e = e->next)
		printf("%s %s: %s\n", e->pointer, e->code, e->message);
}

static int
untaken(const struct sc_chart *chart, struct arena *a)
{
	int n = 0;

	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);

		if (taken[i])
			continue;
		n++;
		printf("no story takes %s\n", workflow_transition_pointer(a, t));
	}
	printf("%d of %d transitions taken\n", sc_transition_count(chart) - n,
	    sc_transition_count(chart));
	return n;
}

static int
run_stories(struct runner *r, char **files, int n)
{
	int missed;

	taken = xcalloc((size_t)sc_transition_count(workflow_chart(r->w)), sizeof(*taken));
	decide_watch = watch;
	for (int i = 0; i < n; i++)
		run_story(r, files[i]);
	missed = untaken(workflow_chart(r->w), r->a);
	printf("%d stories, %d facts, %d wrong\n", n, r->checks, r->failures);
	free(taken);
	return r->failures == 0 && missed == 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_new();
	struct runner *r = arena_new_of(a, struct runner);
	struct error_list errors;
	const char *why = NULL;
	struct law *law;
	int code = 1;

	if (argc < 3) {
		fprintf(stderr, "usage: run-scenario FOLDER-OF-DEFINITIONS STORY...\n");
		arena_free(a);
		return 2;
	}
	r->a = a;
	error_list_init(&errors, a);
	r->law = law = law_load(argv[1], &errors);
	if (law)
		r->w = workflow_load(law,
		    json_read_file(
			r->a, arena_printf(r->a, "%s/workflows/wf-01.json", argv[1]), &why),
		    &errors);
	if (r->w)
		code = run_stories(r, argv + 2, argc - 2);
	print_mistakes(&errors);
	workflow_free(r->w);
	law_free(law);
	arena_free(a);
	return code;
}
