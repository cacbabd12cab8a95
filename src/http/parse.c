/*
 * Small texts of HTTP: percent-encoding, queries, cookies, entity tags, lists in headers.
 * Pure; everything here reads what strangers send.
 */
#include "http_priv.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

void
pair_add(struct arena *a, struct http_pair **list, const char *name, const char *value)
{
	struct http_pair *p = arena_new_of(a, struct http_pair);

	p->name = name;
	p->value = value;
	while (*list)
		list = &(*list)->next;
	*list = p;
}

const char *
pair_get(const struct http_pair *list, const char *name)
{
	for (; list; list = list->next)
		if (strcmp(list->name, name) == 0)
			return list->value;
	return NULL;
}

const char *
pair_get_nocase(const struct http_pair *list, const char *name)
{
	for (; list; list = list->next)
		if (strcasecmp(list->name, name) == 0)
			return list->value;
	return NULL;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool
is_plain_text(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f)
			return false;
	return utf8_is_valid(s, n);
}

/* The byte of %XX at text, or -1. */
static int
percent_byte(const char *text, size_t left)
{
	int high, low;

	if (left < 3)
		return -1;
	high = hex_digit(text[1]);
	low = hex_digit(text[2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

char *
percent_decode(struct arena *a, const char *text, size_t n, bool plus_is_space)
{
	char *out = arena_alloc(a, n + 1);
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		int byte = (unsigned char)text[i];

		if (byte == '%') {
			byte = percent_byte(text + i, n - i);
			if (byte < 0)
				return NULL;
			i += 2;
		} else if (byte == '+' && plus_is_space) {
			byte = ' ';
		}
		out[len++] = (char)byte;
	}
	return is_plain_text(out, len) ? out : NULL;
}

static bool
query_item(struct arena *a, const char *item, size_t n, struct http_pair **list)
{
	const char *equals = memchr(item, '=', n);
	size_t name_len = equals ? (size_t)(equals - item) : n;
	size_t value_len = equals ? n - name_len - 1 : 0;
	char *name = percent_decode(a, item, name_len, true);
	char *value = percent_decode(a, equals ? equals + 1 : "", value_len, true);

	if (!name || !value)
		return false;
	pair_add(a, list, name, value);
	return true;
}

bool
query_parse(struct arena *a, const char *query, struct http_pair **list)
{
	*list = NULL;
	while (query && *query) {
		size_t n = strcspn(query, "&");

		if (n > 0 && !query_item(a, query, n, list))
			return false;
		query += n;
		query += *query == '&';
	}
	return true;
}

void
cookies_parse(struct arena *a, const char *header, struct http_pair **list)
{
	*list = NULL;
	while (header && *header) {
		size_t n;
		const char *equals;

		header += strspn(header, " \t;");
		n = strcspn(header, ";");
		equals = memchr(header, '=', n);
		if (equals && equals > header) {
			const char *value = equals + 1;
			size_t len = n - (size_t)(value - header);

			while (len > 0 && (value[len - 1] == ' ' || value[len - 1] == '\t'))
				len--;
			pair_add(a, list, arena_strndup(a, header, (size_t)(equals - header)),
			    arena_strndup(a, value, len));
		}
		header += n;
	}
}

bool
id_parse(const char *text, int64_t *id)
{
	int64_t n = 0;

	if (*text < '1' || *text > '9')
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, *text - '0', &n))
			return false;
	}
	*id = n;
	return true;
}

bool
etag_parse(const char *text, int64_t *version)
{
	char digits[24];
	size_t n;

	if (str_starts(text, "W/"))
		text += 2;
	n = strlen(text);
	if (n < 3 || n > sizeof(digits) || text[0] != '"' || text[n - 1] != '"')
		return false;
	memcpy(digits, text + 1, n - 2);
	digits[n - 2] = '\0';
	return id_parse(digits, version);
}

bool
idempotency_key_is_valid(const char *key)
{
	size_t n = strlen(key);

	if (n < 1 || n > 64)
		return false;
	for (; *key; key++)
		if (*key < 0x21 || *key > 0x7e)
			return false;
	return true;
}

bool
is_json_type(const char *type)
{
	static const char json[] = "application/json";
	static const char charset[] = "charset=";

	if (!type || strncasecmp(type, json, strlen(json)) != 0)
		return false;
	type += strlen(json);
	type += strspn(type, " \t");
	if (!*type)
		return true;
	if (*type++ != ';')
		return false;
	type += strspn(type, " \t");
	if (strncasecmp(type, charset, strlen(charset)) != 0)
		return false;
	type += strlen(charset);
	return strcasecmp(type, "utf-8") == 0 || strcasecmp(type, "\"utf-8\"") == 0;
}

/* Is the weight of a list item ("br;q=0.5") zero? */
static bool
is_weight_zero(const char *params, size_t n)
{
	const char *q = memmem(params, n, "q=", 2);

	if (!q)
		return false;
	for (q += 2; q < params + n; q++)
		if (*q >= '1' && *q <= '9')
			return false;
	return true;
}

bool
encoding_is_accepted(const char *accept, const char *encoding)
{
	size_t want = strlen(encoding);

	while (accept && *accept) {
		size_t n, name;

		accept += strspn(accept, " \t,");
		n = strcspn(accept, ",");
		name = strcspn(accept, " \t;,");
		if (name == want && strncasecmp(accept, encoding, want) == 0)
			return !is_weight_zero(accept + name, n - name);
		accept += n;
	}
	return false;
}

char *
forwarded_for(struct arena *a, const char *header, int hops)
{
	const char *end = header + strlen(header);

	while (hops > 0) {
		const char *start = end;

		while (start > header && start[-1] != ',')
			start--;
		if (--hops == 0) {
			start += strspn(start, " \t");
			return end > start ? arena_strndup(a, start, strcspn(start, " \t,")) : NULL;
		}
		if (start == header)
			return NULL;
		end = start - 1;
	}
	return NULL;
}
