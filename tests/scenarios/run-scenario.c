/*
 * Runs stories (*.scn) through the workflows, without a database:
 *     run-scenario FOLDER-OF-DEFINITIONS STORY...
 * The lines of a story are explained in tests/scenarios/README.md. After the last story it names
 * the transitions that no story took. Exit 0 when every line held and every way was taken.
 */
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool *taken; /* by index of transition */

static void
watch(const struct sc_step *step)
{
	for (const struct sc_transition *const *t = step->transitions; *t; t++)
		taken[(*t)->index] = true;
}

void
story_wrong(struct runner *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	printf("%s:%d: %s\n", r->file, r->line, arena_vprintf(r->a, fmt, ap));
	va_end(ap);
	r->failures++;
}

/* ---- words ---- */

/* The next word of *line, cut off; "" at the end. */
char *
story_word(char **line)
{
	char *start = *line + strspn(*line, " \t,");
	size_t n = strcspn(start, " \t,");

	*line = start + n + (start[n] ? 1 : 0);
	start[n] = '\0';
	return start;
}

char *
story_rest(char *line)
{
	return line + strspn(line, " \t");
}

/* "03/10/2022 09:00" in the province's zone. */
static int64_t
instant(struct runner *r, char **line)
{
	const char *day = story_word(line), *hour = story_word(line);
	int64_t at = 0;
	int d, m, y;

	if (sscanf(day, "%d/%d/%d", &d, &m, &y) != 3 ||
	    !instant_parse(arena_printf(r->a, "%04d-%02d-%02dT%s:00+07:00", y, m, d, hour), &at))
		story_wrong(r, "a time looks like 03/10/2022 09:00");
	return at;
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
		story_wrong(r, "%s", why);
	return o;
}

struct person *
story_person(struct runner *r, const char *login)
{
	struct person *p = world_person(&r->s, login);

	if (p == NULL)
		story_wrong(r, "nobody is called %s", login);
	return p;
}

/* ---- given ---- */

static void
given_agency(struct runner *r, char *line)
{
	struct agency *g = world_agency(&r->s, story_word(&line));

	if (g == NULL) {
		story_wrong(r, "a side is requester, owner, ict or office");
		return;
	}
	g->code = arena_strdup(r->a, story_word(&line));
	g->name_vi = arena_strdup(r->a, story_rest(line));
}

/* "focal of requester, head of owner" */
static void
hold_posts(struct runner *r, const struct person *p, char *line)
{
	const char *post;

	while (*(post = story_word(&line))) {
		const char *side = (story_word(&line), story_word(&line));

		if (world_agency(&r->s, side))
			world_hold(&r->s, p, arena_strdup(r->a, post), side);
		else
			story_wrong(r, "a side is requester, owner, ict or office, not %s", side);
	}
}

static void
given_person(struct runner *r, char *line)
{
	const struct person *p = world_person_add(&r->s, arena_strdup(r->a, story_word(&line)));

	hold_posts(r, p, line);
}

static void read_lines(struct runner *r, const char *path);

static void
given(struct runner *r, char *line)
{
	const char *what = story_word(&line);

	if (str_eq(what, "agency"))
		given_agency(r, line);
	else if (str_eq(what, "person"))
		given_person(r, line);
	else if (str_eq(what, "request"))
		r->request = data_of(r, story_rest(line));
	else if (str_eq(what, "cast"))
		read_lines(r, arena_printf(r->a, "%s/%s", r->folder, story_word(&line)));
	else
		story_wrong(r, "given what? %s", what);
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
	story_wrong(
	    r, "%s: expected %s\n    but it is %s: %s", what, want, have, v->text ? v->text : "");
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
	char *tail = arena_printf(r->a, " %s", story_rest(line));
	const char *want = cut_verdict(r, tail);
	int64_t received_at = 0;

	line = story_rest(tail);
	if (str_starts(line, "received ")) {
		story_word(&line);
		received_at = instant(r, &line);
	}
	world_start(&r->s, p, request_with(r, data_of(r, story_rest(line))), received_at);
	check_verdict(r, "START", want);
}

static void
sends(struct runner *r, const struct person *p, char *line)
{
	const char *type = arena_strdup(r->a, story_word(&line));
	char *tail = arena_printf(r->a, " %s", story_rest(line));
	const char *want = cut_verdict(r, tail);
	struct json_object *data = str_starts(story_rest(tail), "request")
				       ? request_with(
					     r, data_of(r, story_rest(story_rest(tail) + 7)))
				       : data_of(r, story_rest(tail));

	world_send(&r->s, p, type, data);
	check_verdict(r, type, want);
}

/* ---- files ---- */

static void
person_line(struct runner *r, const char *login, char *line)
{
	const struct person *p = story_person(r, login);
	const char *verb = story_word(&line);

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
		story_wrong(r, "a person starts, sends or moves, not %s", verb);
}

static void
run_line(struct runner *r, char *line)
{
	const char *first;

	line[strcspn(line, "\r\n")] = '\0';
	line = story_rest(line);
	if (*line == '\0' || *line == '#')
		return;
	first = story_word(&line);
	if (str_eq(first, "given"))
		given(r, line);
	else if (str_eq(first, "at"))
		world_move(&r->s, instant(r, &line));
	else if (str_eq(first, "expect"))
		story_expect(r, line);
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
		story_wrong(r, "cannot read %s", path);
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
