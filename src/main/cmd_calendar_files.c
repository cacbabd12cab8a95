/*
 * Files of the calendar commands: read whole within a limit, rows and mistakes, hours as text.
 */
#include "cmd_calendar.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* ---- rows and mistakes ---- */

bool
calendar_rows_refuse(struct calendar_rows *rows, int line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	error_add(rows->errors, arena_printf(rows->arena, "%s:%d", rows->path, line), "row", "%s",
	    arena_vprintf(rows->arena, fmt, ap));
	va_end(ap);
	if (rows->errors->count < CALENDAR_MISTAKES_MOST)
		return true;
	error_add(rows->errors, rows->path, "row", "too many mistakes, the rest is not read");
	return false;
}

bool
calendar_rows_add(struct calendar_rows *rows, int line, struct json_object *day)
{
	json_keep(rows->arena, day);
	if (rows->count == CALENDAR_ROWS_MOST) {
		calendar_rows_refuse(rows, line, "more than %d days", CALENDAR_ROWS_MOST);
		return false;
	}
	ARENA_PUSH(
	    rows->arena, rows->row, rows->count, rows->size) = (struct calendar_row){ line, day };
	return true;
}

int
calendar_mistakes(const struct error_list *errors)
{
	for (const struct error_item *e = errors->first; e; e = e->next)
		fprintf(stderr, "%s: %s\n", e->pointer, e->message);
	return errors->count ? 1 : 0;
}

/* ---- whole files ---- */

char *
calendar_file_read(struct arena *a, const char *path, struct error_list *errors)
{
	FILE *f = fopen(path, "re");
	char *text = f ? arena_alloc(a, CALENDAR_FILE_MOST + 2) : NULL;
	size_t n = f ? fread(text, 1, CALENDAR_FILE_MOST + 1, f) : 0;
	const char *why = NULL;

	if (!f || ferror(f))
		why = strerror(errno);
	else if (n > CALENDAR_FILE_MOST)
		why = "larger than 4 MB, which no calendar is";
	else if (!utf8_is_valid(text, n))
		why = "not UTF-8 text";
	if (f)
		fclose(f);
	if (why)
		error_add(errors, path, "file", "%s", why);
	return why ? NULL : text;
}

/* NULL with what is wrong as a mistake of path itself. */
static struct json_object *
read_object(struct arena *a, const char *path, struct error_list *errors)
{
	const char *why = "there is nothing in it";
	char *text = calendar_file_read(a, path, errors);
	struct json_object *o = text ? json_read(a, text, strlen(text), &why) : NULL;

	if (text && !json_object_is_type(o, json_type_object)) {
		error_add(errors, path, "file", "%s", o ? "not an object" : why);
		return NULL;
	}
	return o;
}

/* A calendar is based on one beside it. */
static const char *
base_path(struct arena *a, const char *path, const char *id)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_printf(a, "%.*s/%s.json", (int)(slash - path), path, id)
		     : arena_printf(a, "%s.json", id);
}

static struct calendar *
load_based(struct arena *a, const char *path, struct json_object *o, struct error_list *found)
{
	const char *at = base_path(a, path, calendar_base_id(o));
	struct error_list mistakes;
	struct calendar *base = NULL, *c;
	struct json_object *file;

	error_list_init(&mistakes, a);
	file = read_object(a, at, &mistakes);
	if (file && calendar_base_id(file))
		error_add(&mistakes, at, "based-on", "it is itself based on \"%s\": name that one",
		    calendar_base_id(file));
	else if (file)
		base = calendar_load(file, &mistakes);
	if (base == NULL) {
		error_add(found, "/based_on", "based-on", "%s: %s", at,
		    mistakes.first ? mistakes.first->message : "cannot be read");
		return NULL;
	}
	c = calendar_load_based(o, base, found);
	calendar_free(base);
	return c;
}

struct calendar *
calendar_file_calendar(
    struct arena *a, const char *path, struct json_object *o, struct error_list *found)
{
	return calendar_base_id(o) ? load_based(a, path, o, found) : calendar_load(o, found);
}

static void
load(struct arena *a, const char *path, struct json_object *o, struct error_list *errors)
{
	struct error_list found;

	error_list_init(&found, a);
	calendar_free(calendar_file_calendar(a, path, o, &found));
	for (const struct error_item *e = found.first; e; e = e->next)
		error_add(
		    errors, arena_printf(a, "%s:%s", path, e->pointer), e->code, "%s", e->message);
}

struct json_object *
calendar_file_load(struct arena *a, const char *path, struct error_list *errors)
{
	int before = errors->count;
	struct json_object *o = read_object(a, path, errors);

	if (o)
		load(a, path, o, errors);
	return errors->count == before ? o : NULL;
}

/* Like calendar_load, which takes a calendar without the list. */
size_t
calendar_days_count(struct json_object *calendar)
{
	struct json_object *days = json_get(calendar, "days");

	return json_object_is_type(days, json_type_array) ? json_object_array_length(days) : 0;
}

/* ---- hours ---- */

char *
calendar_hours_text(struct arena *a, struct json_object *day)
{
	struct json_object *list = json_get(day, "hours");
	size_t n = list ? json_object_array_length(list) : 0;
	struct str s;

	if (n == 0)
		return NULL;
	str_init(&s, a);
	for (size_t i = 0; i < n; i++) {
		struct json_object *span = json_object_array_get_idx(list, i);
		str_addf(&s, "%s%s-%s", i ? " " : "", json_str(span, "from"), json_str(span, "to"));
	}
	return s.text;
}

/* "07:30-11:30": digits where the pattern has 0, else the same character. */
static bool
is_span(const char *text, size_t n)
{
	static const char pattern[] = "00:00-00:00";

	if (n != sizeof(pattern) - 1)
		return false;
	for (size_t i = 0; i < n; i++)
		if (pattern[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != pattern[i])
			return false;
	return true;
}

bool
calendar_hours_read(struct json_object *day, const char *text)
{
	struct json_object *list = json_object_new_array();

	json_set(day, "hours", list);
	for (size_t n; *text; text += n + (text[n] == ' ')) {
		struct json_object *span;
		n = strcspn(text, " ");
		if (!is_span(text, n))
			return false;
		span = json_object_new_object();
		json_set(span, "from", json_object_new_string_len(text, 5));
		json_set(span, "to", json_object_new_string_len(text + 6, 5));
		json_push(list, span);
	}
	return true;
}
