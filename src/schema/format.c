/*
 * Formats that forms use: date, date-time (RFC 3339), email (RFC 5321), uri (RFC 3986). Others say
 * nothing.
 */
#include "schema_priv.h"

#include <stdio.h>
#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool
is_hex(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* ---- date, date-time ---- */

/* n digits at *p, moved behind them; -1 if they are not there. */
static int
take_number(const char **p, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++, ++*p) {
		if (!is_digit(**p))
			return -1;
		value = value * 10 + (**p - '0');
	}
	return value;
}

static bool
take_char(const char **p, const char *any_of)
{
	if (!**p || !strchr(any_of, **p))
		return false;
	++*p;
	return true;
}

static int
days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && is_leap);
}

static bool
take_date(const char **p)
{
	int year = take_number(p, 4), month, day;

	if (year < 0 || !take_char(p, "-"))
		return false;
	month = take_number(p, 2);
	if (month < 1 || month > 12 || !take_char(p, "-"))
		return false;
	day = take_number(p, 2);
	return day >= 1 && day <= days_in(year, month);
}

/* "Z", "+07:00": the offset in minutes */
static bool
take_offset(const char **p, int *minutes)
{
	int sign = **p == '-' ? -1 : 1, hour, minute;

	*minutes = 0;
	if (take_char(p, "zZ"))
		return true;
	if (!take_char(p, "+-"))
		return false;
	hour = take_number(p, 2);
	if (hour < 0 || hour > 23 || !take_char(p, ":"))
		return false;
	minute = take_number(p, 2);
	*minutes = sign * (hour * 60 + minute);
	return minute >= 0 && minute <= 59;
}

static bool
take_fraction(const char **p)
{
	if (!take_char(p, "."))
		return true;
	if (!is_digit(**p))
		return false;
	while (is_digit(**p))
		++*p;
	return true;
}

/* A leap second is the last of a day in UTC. */
static bool
take_time(const char **p)
{
	int hour = take_number(p, 2), minute, second, offset;

	if (hour < 0 || hour > 23 || !take_char(p, ":"))
		return false;
	minute = take_number(p, 2);
	if (minute < 0 || minute > 59 || !take_char(p, ":"))
		return false;
	second = take_number(p, 2);
	if (second < 0 || second > 60 || !take_fraction(p) || !take_offset(p, &offset))
		return false;
	return second < 60 || (hour * 60 + minute - offset + 2 * 1440) % 1440 == 1439;
}

static bool
is_date(const char *text)
{
	return take_date(&text) && !*text;
}

static bool
is_date_time(const char *text)
{
	return take_date(&text) && take_char(&text, "tT") && take_time(&text) && !*text;
}

/* ---- addresses of machines ---- */

static bool
take_ipv4(const char **p)
{
	for (int i = 0; i < 4; i++) {
		int n = 0, digits = 0;

		if (i && !take_char(p, "."))
			return false;
		for (; is_digit(**p); ++*p, digits++)
			n = n * 10 + (**p - '0');
		if (digits == 0 || digits > 3 || n > 255 || (digits > 1 && (*p)[-digits] == '0'))
			return false;
	}
	return true;
}

/* How many groups of 16 bits text[0..n) has, -1 if it is not a row of groups. */
static int
count_groups(const char *text, size_t n)
{
	const char *p = text, *end = text + n;
	int groups = 0;

	while (p < end) {
		size_t digits = 0;

		while (p + digits < end && is_hex(p[digits]))
			digits++;
		if (p + digits < end && p[digits] == '.') {
			if (!take_ipv4(&p) || p != end)
				return -1;
			return groups + 2;
		}
		if (digits == 0 || digits > 4)
			return -1;
		p += digits;
		groups++;
		if (p < end && (*p++ != ':' || p == end))
			return -1;
	}
	return groups;
}

static bool
is_ipv6(const char *text, size_t n)
{
	const char *gap = memmem(text, n, "::", 2);
	int before, after;

	if (!gap)
		return count_groups(text, n) == 8;
	before = count_groups(text, (size_t)(gap - text));
	after = count_groups(gap + 2, (size_t)(text + n - gap - 2));
	return before >= 0 && after >= 0 && before + after <= 7 &&
	       !memchr(text, '.', (size_t)(gap - text));
}

/* ---- email ---- */

static bool
is_atom_char(char c)
{
	return is_letter(c) || is_digit(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* Atoms with single dots between them. */
static bool
take_dotted(const char **p)
{
	do {
		if (!is_atom_char(**p))
			return false;
		while (is_atom_char(**p))
			++*p;
	} while (take_char(p, "."));
	return true;
}

static bool
take_quoted(const char **p)
{
	++*p;
	for (; **p && **p != '"'; ++*p) {
		if (**p == '\\')
			++*p;
		if (**p < 0x20 || **p > 0x7E)
			return false;
	}
	return take_char(p, "\"");
}

static bool
is_domain(const char *text)
{
	do {
		const char *label = text;

		while (is_letter(*text) || is_digit(*text) || *text == '-')
			text++;
		if (text == label || *label == '-' || text[-1] == '-' || text - label > 63)
			return false;
	} while (take_char(&text, "."));
	return !*text;
}

/* "[127.0.0.1]", "[IPv6:::1]" */
static bool
is_address_literal(const char *text)
{
	size_t n = strlen(text);

	if (n < 3 || text[n - 1] != ']')
		return false;
	if (strncasecmp(text + 1, "IPv6:", 5) == 0)
		return is_ipv6(text + 6, n - 7);
	text++;
	return take_ipv4(&text) && strcmp(text, "]") == 0;
}

static bool
is_email(const char *text)
{
	const char *p = text;

	if (!(*p == '"' ? take_quoted(&p) : take_dotted(&p)) || p - text > 64 ||
	    !take_char(&p, "@"))
		return false;
	return *p == '[' ? is_address_literal(p) : is_domain(p);
}

/* ---- uri ---- */

/* Characters of RFC 3986 and those of `more`, with their %41. */
static bool
take_chars(const char **p, const char *more)
{
	for (;;) {
		char c = **p;

		if (c == '%') {
			if (!is_hex((*p)[1]) || !is_hex((*p)[2]))
				return false;
			*p += 3;
		} else if (is_letter(c) || is_digit(c) ||
			   (c && (strchr("-._~!$&'()*+,;=", c) || strchr(more, c)))) {
			++*p;
		} else {
			return true;
		}
	}
}

static bool
take_host(const char **p)
{
	const char *end;

	if (**p != '[')
		return take_chars(p, "");
	end = strchr(*p, ']');
	if (!end)
		return false;
	if (((*p)[1] | 0x20) == 'v') { /* IPvFuture: "v1.any" */
		const char *q = *p + 2;

		if (!is_hex(*q) || q[strspn(q, "0123456789abcdefABCDEF")] != '.')
			return false;
	} else if (!is_ipv6(*p + 1, (size_t)(end - *p - 1))) {
		return false;
	}
	*p = end + 1;
	return true;
}

static bool
take_authority(const char **p)
{
	size_t n = strcspn(*p, "/?#");
	const char *at = memchr(*p, '@', n);

	if (at && (!take_chars(p, ":") || *p != at))
		return false;
	if (at)
		++*p;
	if (!take_host(p))
		return false;
	if (take_char(p, ":"))
		while (is_digit(**p))
			++*p;
	return !**p || strchr("/?#", **p);
}

static bool
is_uri(const char *text)
{
	if (!is_letter(*text))
		return false;
	while (is_letter(*text) || is_digit(*text) || (*text && strchr("+-.", *text)))
		text++;
	if (!take_char(&text, ":"))
		return false;
	if (str_starts(text, "//")) {
		text += 2;
		if (!take_authority(&text))
			return false;
	}
	if (!take_chars(&text, ":@/"))
		return false;
	if (take_char(&text, "?") && !take_chars(&text, ":@/?"))
		return false;
	if (take_char(&text, "#") && !take_chars(&text, ":@/?"))
		return false;
	return !*text;
}

bool
format_holds(const char *format, const char *text)
{
	static const struct {
		const char *name;
		bool (*holds)(const char *text);
	} formats[] = {
		{ "date", is_date },
		{ "date-time", is_date_time },
		{ "email", is_email },
		{ "uri", is_uri },
	};

	for (size_t i = 0; i < LEN(formats); i++)
		if (strcmp(formats[i].name, format) == 0)
			return formats[i].holds(text);
	return true;
}
