/*
 * Days of a calendar as CSV (RFC 4180): date,kind,name,source,hours with a header line.
 */
#include "cmd_calendar.h"

#include <string.h>

enum { DATE, KIND, NAME, SOURCE, HOURS, FIELDS };
static const char *const names[FIELDS] = { "date", "kind", "name", "source", "hours" };

struct csv {
	struct calendar_rows *rows;
	const char *at;
	int line;  /* of what stands at `at` */
	int count; /* fields of the record, those too many included */
	struct str field[FIELDS];
};

/* ---- reading ---- */

static void
put(struct csv *c, char byte)
{
	if (c->count < FIELDS)
		str_add_n(&c->field[c->count], &byte, 1);
	if (byte == '\n')
		c->line++;
}

static bool
ends_field(const char *at)
{
	return *at == '\0' || *at == ',' || *at == '\n' || (at[0] == '\r' && at[1] == '\n');
}

static const char *
read_quoted(struct csv *c)
{
	for (c->at++; *c->at; c->at++) {
		if (*c->at == '"' && *++c->at != '"')
			return ends_field(c->at) ? NULL : "text follows the closing quote";
		put(c, *c->at);
	}
	return "a quote is not closed";
}

/* Returns what is wrong, or NULL. */
static const char *
read_field(struct csv *c)
{
	if (*c->at == '"')
		return read_quoted(c);
	for (; !ends_field(c->at); c->at++) {
		if (*c->at == '"')
			return "a quote stands within a field that has none around it";
		put(c, *c->at);
	}
	return NULL;
}

static void
skip_line(struct csv *c)
{
	c->at += strcspn(c->at, "\n");
	if (*c->at) {
		c->at++;
		c->line++;
	}
}

/* A record up to its line end. */
static const char *
read_record(struct csv *c)
{
	const char *why;

	for (int i = 0; i < FIELDS; i++)
		str_init(&c->field[i], c->rows->arena);
	for (c->count = 0;; c->at++) {
		why = read_field(c);
		c->count++;
		if (why || *c->at != ',')
			break;
	}
	skip_line(c);
	return why;
}

static bool
is_empty(const struct csv *c)
{
	return c->count == 1 && c->field[0].len == 0;
}

static bool
is_header(const struct csv *c)
{
	for (int i = 0; i < FIELDS; i++)
		if (!str_eq(c->field[i].text, names[i]))
			return false;
	return c->count == FIELDS;
}

static bool
take_record(struct csv *c, int line)
{
	struct json_object *day;

	if (c->count != FIELDS)
		return calendar_rows_refuse(
		    c->rows, line, "%d fields, not the %d of the header", c->count, FIELDS);
	day = json_object_new_object();
	for (int i = 0; i < HOURS; i++)
		if (c->field[i].len)
			json_set_str(day, names[i], c->field[i].text);
	if (!calendar_rows_add(c->rows, line, day))
		return false;
	if (c->field[HOURS].len && !calendar_hours_read(day, c->field[HOURS].text))
		return calendar_rows_refuse(c->rows, line,
		    "hours \"%.40s\" are not like 07:30-11:30 13:30-17:00", c->field[HOURS].text);
	return true;
}

void
calendar_csv_read(struct calendar_rows *rows, const char *text)
{
	struct csv c = { .rows = rows, .at = text, .line = 1 };
	const char *why;
	bool more = true;

	if (str_starts(text, "\xef\xbb\xbf")) /* as spreadsheets write */
		c.at += 3;
	why = read_record(&c);
	if (why || !is_header(&c)) {
		calendar_rows_refuse(
		    rows, 1, "%s", why ? why : "the header must be date,kind,name,source,hours");
		return;
	}
	while (more && *c.at) {
		int line = c.line;
		why = read_record(&c);
		if (why)
			more = calendar_rows_refuse(rows, line, "%s", why);
		else if (!is_empty(&c))
			more = take_record(&c, line);
	}
}

/* ---- writing ---- */

static void
write_field(struct str *to, const char *text)
{
	if (!text)
		return;
	if (!text[strcspn(text, ",\"\r\n")]) {
		str_add(to, text);
		return;
	}
	str_add(to, "\"");
	for (; *text; text++)
		str_add_n(to, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
	str_add(to, "\"");
}

void
calendar_csv_write(struct str *to, struct json_object *calendar)
{
	struct json_object *days = json_get(calendar, "days");
	size_t n = calendar_days_count(calendar);

	str_add(to, "date,kind,name,source,hours\r\n");
	for (size_t i = 0; i < n; i++) {
		struct json_object *day = json_object_array_get_idx(days, i);
		for (int f = 0; f < HOURS; f++) {
			write_field(to, json_str(day, names[f]));
			str_add(to, ",");
		}
		write_field(to, calendar_hours_text(to->arena, day));
		str_add(to, "\r\n");
	}
}
