/*
 * The lines of a story in which something happens.
 */
#include "story.h"

#include <stdio.h>
#include <string.h>

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

/* In the province's zone. */
int64_t
story_time(struct runner *r, char **line)
{
	const char *day = story_word(line), *hour = story_word(line);
	int64_t at = 0;
	int d, m, y;

	if (sscanf(day, "%d/%d/%d", &d, &m, &y) != 3 ||
	    !instant_parse(arena_printf(r->a, "%04d-%02d-%02dT%s:00+07:00", y, m, d, hour), &at))
		story_wrong(r, "a time looks like 03/10/2022 09:00");
	return at;
}

struct json_object *
story_json(struct runner *r, const char *text)
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

struct agency *
story_agency(struct runner *r, const char *word)
{
	struct agency *g = world_agency(&r->s, word);

	if (g == NULL)
		story_wrong(r, "no agency of this story is %s", word);
	return g;
}

struct chart *
story_chart(struct runner *r, const char *id)
{
	struct chart *c = charts_find(&r->charts, id);

	if (c && c->w)
		return c;
	if (c == NULL)
		story_wrong(r, "there is no workflow %s", id);
	for (const struct error_item *e = c ? c->mistakes.first : NULL; e; e = e->next)
		story_wrong(r, "%s:%s: %s", c->file, e->pointer, e->message);
	return NULL;
}

static bool
is_word(const char *line, const char *word)
{
	size_t n = strlen(word);

	return strncmp(line, word, n) == 0 && strchr(" \t", line[n]);
}

/* ---- what came of it ---- */

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

static void
check_trouble(struct runner *r)
{
	if (r->s.trouble)
		story_wrong(r, "%s", r->s.trouble);
	r->s.trouble = NULL;
}

/* "... refused WORD" at the end of a line: cut off, WORD returned; else "allowed". */
static const char *
cut_verdict(struct runner *r, char *line)
{
	char *at = strstr(line, " refused ");

	if (at == NULL || strchr(at, '}'))
		return "allowed";
	*at = '\0';
	return arena_strdup(r->a, story_rest(at + strlen(" refused ")));
}

/* The usual fields with those given put over them. */
static struct json_object *
fields_with(struct runner *r, struct json_object *other)
{
	struct json_object *o = r->fields ? json_copy(r->a, r->fields)
					  : json_keep(r->a, json_object_new_object());

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

/* ---- starting ---- */

static struct story_case *
case_called(struct runner *r, const char *number)
{
	struct story_case *k = world_case(&r->s, number);

	if (k == NULL)
		story_wrong(r, "there is no case %s", number);
	return k;
}

/* The words between "starts" and the fields. */
static void
read_opening(struct runner *r, char **line, struct opening *o)
{
	while (*(*line = story_rest(*line)) && **line != '{') {
		const char *word = story_word(line);

		if (str_eq(word, "with"))
			o->with = story_agency(r, story_word(line));
		else if (str_eq(word, "for"))
			o->own = story_agency(r, story_word(line));
		else if (str_eq(word, "about"))
			o->about = case_called(r, story_word(line));
		else if (str_eq(word, "received"))
			o->received_at = story_time(r, line);
		else if (str_eq(word, "without"))
			o->no_service = str_eq(story_word(line), "service");
		else
			o->chart = story_chart(r, word);
	}
}

static void
starts(struct runner *r, const struct person *p, char *line)
{
	char *tail = arena_printf(r->a, " %s", story_rest(line));
	const char *want = cut_verdict(r, tail);
	struct opening o = { .chart = r->chart };
	int failures = r->failures;

	read_opening(r, &tail, &o);
	if (o.chart == NULL && r->failures == failures)
		o.chart = story_chart(r, "wf-01");
	o.fields = fields_with(r, story_json(r, tail));
	if (r->failures > failures)
		return;
	world_start(&r->s, p, &o);
	check_verdict(r, "START", want);
}

/* "opens wf-12" */
static void
clock_line(struct runner *r, char *line)
{
	bool opens = str_eq(story_word(&line), "opens");
	struct chart *chart = opens ? story_chart(r, story_word(&line)) : NULL;

	if (!opens)
		story_wrong(r, "the clock opens WORKFLOW");
	if (chart == NULL)
		return;
	world_open_by_calendar(&r->s, chart);
	check_verdict(r, "START by the calendar", "allowed");
}

/* ---- what a person does ---- */

static void
sends(struct runner *r, const struct person *p, char *line)
{
	const char *type = arena_strdup(r->a, story_word(&line));
	char *tail = arena_printf(r->a, " %s", story_rest(line));
	const char *want = cut_verdict(r, tail);
	struct json_object *data;

	tail = story_rest(tail);
	if (is_word(tail, "request") || is_word(tail, "fields")) {
		story_word(&tail);
		data = fields_with(r, story_json(r, story_rest(tail)));
	} else
		data = story_json(r, tail);
	if (r->s.looked_at == NULL) {
		story_wrong(r, "there is no case yet");
		return;
	}
	world_send(&r->s, p, type, data);
	check_verdict(r, type, want);
}

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
		story_hold_posts(r, p, line);
	} else
		story_wrong(r, "a person starts, sends or moves, not %s", verb);
}

/* "look at STG-YC-2022-00001" */
static void
look(struct runner *r, char *line)
{
	struct story_case *k = (story_word(&line), case_called(r, story_word(&line)));

	if (k)
		r->s.looked_at = k;
}

void
story_line(struct runner *r, char *line)
{
	const char *first;

	line[strcspn(line, "\r\n")] = '\0';
	line = story_rest(line);
	if (*line == '\0' || *line == '#')
		return;
	first = story_word(&line);
	if (str_eq(first, "given"))
		story_given(r, line);
	else if (str_eq(first, "at"))
		world_move(&r->s, story_time(r, &line));
	else if (str_eq(first, "look"))
		look(r, line);
	else if (str_eq(first, "clock"))
		clock_line(r, line);
	else if (str_eq(first, "expect"))
		story_expect(r, line);
	else
		person_line(r, first, line);
	check_trouble(r);
}
