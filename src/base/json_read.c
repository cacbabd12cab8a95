/*
 * Reads strict JSON (RFC 8259) into json-c objects. json-c's own reader also takes NaN, comments,
 * single quotes and trailing commas, and keeps the last of two equal keys: outside input must not.
 */
#include "base.h"

#include "utf8.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_MAX = 64 };

/* As in JavaScript, integers beyond these are floating point. */
static const int64_t safe_integer = 9007199254740991;

struct reader {
	struct arena *arena;
	const char *text, *p, *end;
	char *scratch; /* as long as the text: the string being read */
	const char *why;
	int depth;
};

static bool read_value(struct reader *r, struct json_object **out);

static bool
refuse(struct reader *r, const char *what)
{
	int line = 1;

	for (const char *p = r->text; p < r->p; p++)
		line += *p == '\n';
	r->why = arena_printf(
	    r->arena, "%s at byte %zu (line %d)", what, (size_t)(r->p - r->text), line);
	return false;
}

static void
skip_space(struct reader *r)
{
	while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\n' || *r->p == '\r'))
		r->p++;
}

static bool
next_is(struct reader *r, char c)
{
	return r->p < r->end && *r->p == c;
}

static bool
take(struct reader *r, char c)
{
	if (!next_is(r, c))
		return false;
	r->p++;
	return true;
}

static bool
read_word(struct reader *r, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(r->end - r->p) < n || memcmp(r->p, word, n) != 0)
		return refuse(r, "not a JSON value");
	r->p += n;
	return true;
}

/* ---- numbers ---- */

static bool
take_digits(struct reader *r)
{
	const char *start = r->p;

	while (r->p < r->end && isdigit((unsigned char)*r->p))
		r->p++;
	return r->p > start;
}

static bool
scan_number(struct reader *r, bool *is_integer)
{
	*is_integer = true;
	take(r, '-');
	if (!take(r, '0') && !take_digits(r))
		return refuse(r, "a digit is missing");
	if (take(r, '.')) {
		*is_integer = false;
		if (!take_digits(r))
			return refuse(r, "a digit is missing");
	}
	if (take(r, 'e') || take(r, 'E')) {
		*is_integer = false;
		if (!take(r, '+'))
			take(r, '-');
		if (!take_digits(r))
			return refuse(r, "a digit is missing");
	}
	return true;
}

static bool
read_number(struct reader *r, struct json_object **out)
{
	const char *start = r->p;
	bool is_integer;
	double d;

	if (!scan_number(r, &is_integer))
		return false;
	memcpy(r->scratch, start, (size_t)(r->p - start));
	r->scratch[r->p - start] = '\0';
	d = strtod(r->scratch, NULL);
	if (!isfinite(d)) {
		r->p = start;
		return refuse(r, "number too large");
	}
	if (is_integer && fabs(d) <= (double)safe_integer)
		*out = json_object_new_int64((int64_t)d);
	else
		*out = json_object_new_double_s(d, r->scratch);
	return true;
}

/* ---- strings ---- */

static bool
read_hex4(struct reader *r, uint32_t *unit)
{
	*unit = 0;
	for (int i = 0; i < 4; i++, r->p++) {
		if (r->p == r->end || !isxdigit((unsigned char)*r->p))
			return refuse(r, "\\u needs four hex digits");
		*unit = *unit << 4 |
			(uint32_t)(*r->p <= '9' ? *r->p - '0' : (*r->p | 0x20) - 'a' + 10);
	}
	return true;
}

/* Behind "\u"; two halves of a surrogate pair make one character. */
static bool
read_unicode_escape(struct reader *r, uint32_t *cp)
{
	uint32_t low;

	if (!read_hex4(r, cp))
		return false;
	if (*cp == 0)
		return refuse(r, "NUL in a string");
	if (*cp < 0xD800 || *cp > 0xDFFF)
		return true;
	if (*cp > 0xDBFF || !take(r, '\\') || !take(r, 'u'))
		return refuse(r, "half a surrogate pair");
	if (!read_hex4(r, &low))
		return false;
	if (low < 0xDC00 || low > 0xDFFF)
		return refuse(r, "half a surrogate pair");
	*cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
	return true;
}

static bool
read_escape(struct reader *r, uint32_t *cp)
{
	static const char names[] = "\"\\/bfnrt";
	static const char values[] = "\"\\/\b\f\n\r\t";
	const char *name = r->p < r->end && *r->p ? strchr(names, *r->p) : NULL;

	if (take(r, 'u'))
		return read_unicode_escape(r, cp);
	if (!name)
		return refuse(r, "unknown escape");
	r->p++;
	*cp = (unsigned char)values[name - names];
	return true;
}

/* One character of a string, escaped or not. */
static bool
read_character(struct reader *r, uint32_t *cp)
{
	size_t len;

	if (take(r, '\\'))
		return read_escape(r, cp);
	len = utf8_next(r->p, (size_t)(r->end - r->p), cp);
	if (len == 0)
		return refuse(r, "not UTF-8");
	if (*cp < 0x20)
		return refuse(r, "control character in a string");
	r->p += len;
	return true;
}

/* At the opening quote; the text is left in scratch. */
static bool
read_string(struct reader *r, size_t *len)
{
	uint32_t cp;

	*len = 0;
	r->p++;
	while (!take(r, '"')) {
		if (r->p == r->end)
			return refuse(r, "string without an end");
		if (!read_character(r, &cp))
			return false;
		*len += utf8_put(r->scratch + *len, cp); /* never longer than it was */
	}
	r->scratch[*len] = '\0';
	return true;
}

static bool
read_string_value(struct reader *r, struct json_object **out)
{
	size_t len;

	if (!read_string(r, &len))
		return false;
	*out = json_object_new_string_len(r->scratch, (int)len);
	return true;
}

/* ---- arrays and objects: what is read is in *out even when a later part is refused ---- */

static bool
read_array(struct reader *r, struct json_object **out)
{
	struct json_object *item;

	*out = json_object_new_array();
	r->p++;
	skip_space(r);
	if (take(r, ']'))
		return true;
	do {
		bool is_read = read_value(r, &item);

		json_object_array_add(*out, item);
		if (!is_read)
			return false;
	} while (take(r, ','));
	return take(r, ']') || refuse(r, "expected ',' or ']'");
}

static bool
read_member(struct reader *r, struct json_object *o)
{
	struct json_object *value;
	size_t len;
	char *key;
	bool is_read;

	skip_space(r);
	if (!next_is(r, '"'))
		return refuse(r, "expected a key in quotes");
	if (!read_string(r, &len))
		return false;
	if (json_object_object_get_ex(o, r->scratch, NULL))
		return refuse(r, arena_printf(r->arena, "key \"%.80s\" twice", r->scratch));
	key = arena_strndup(r->arena, r->scratch, len);
	skip_space(r);
	if (!take(r, ':'))
		return refuse(r, "expected ':'");
	is_read = read_value(r, &value);
	json_object_object_add(o, key, value);
	return is_read;
}

static bool
read_object(struct reader *r, struct json_object **out)
{
	*out = json_object_new_object();
	r->p++;
	skip_space(r);
	if (take(r, '}'))
		return true;
	do {
		if (!read_member(r, *out))
			return false;
	} while (take(r, ','));
	return take(r, '}') || refuse(r, "expected ',' or '}'");
}

static bool
read_nested(struct reader *r, struct json_object **out)
{
	bool is_read;

	if (r->depth == DEPTH_MAX)
		return refuse(r, "nested too deeply");
	r->depth++;
	is_read = *r->p == '{' ? read_object(r, out) : read_array(r, out);
	r->depth--;
	return is_read;
}

/* With the white space around it. *out is NULL for null, and always set. */
static bool
read_value(struct reader *r, struct json_object **out)
{
	char first;
	bool is_read;

	*out = NULL;
	skip_space(r);
	if (r->p == r->end)
		return refuse(r, "the text ends too early");
	first = *r->p;
	if (first == '{' || first == '[')
		is_read = read_nested(r, out);
	else if (first == '"')
		is_read = read_string_value(r, out);
	else if (first == '-' || isdigit((unsigned char)first))
		is_read = read_number(r, out);
	else if (first == 't' || first == 'f')
		is_read = read_word(r, first == 't' ? "true" : "false") &&
			  (*out = json_object_new_boolean(first == 't'));
	else
		is_read = read_word(r, "null");
	if (is_read)
		skip_space(r);
	return is_read;
}

struct json_object *
json_read(struct arena *a, const char *text, size_t n, const char **why)
{
	struct reader r = { .arena = a, .text = text, .p = text, .end = text + n };
	struct json_object *o;
	bool is_read;

	*why = NULL;
	r.scratch = xmalloc(n + 1);
	is_read = read_value(&r, &o) && (r.p == r.end || refuse(&r, "text after the value"));
	free(r.scratch);
	json_keep(a, o);
	*why = r.why;
	return is_read ? o : NULL;
}

/* ---- files ---- */

static char *
read_all(struct arena *a, int fd, size_t *n)
{
	struct stat st;
	char *text;
	ssize_t got;

	if (fstat(fd, &st) < 0)
		return NULL;
	text = arena_alloc(a, (size_t)st.st_size + 1);
	for (*n = 0; *n < (size_t)st.st_size; *n += (size_t)got) {
		got = read(fd, text + *n, (size_t)st.st_size - *n);
		if (got < 0)
			return NULL;
		if (got == 0)
			break;
	}
	return text;
}

struct json_object *
json_read_file(struct arena *a, const char *path, const char **why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t n = 0;
	char *text = fd < 0 ? NULL : read_all(a, fd, &n);

	if (!text)
		*why = arena_strdup(a, strerror(errno));
	if (fd >= 0)
		close(fd);
	return text ? json_read(a, text, n, why) : NULL;
}
