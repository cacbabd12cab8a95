/*
 * Vietnamese text in seven-bit mail: words of a header (RFC 2047) and quoted-printable (RFC 2045).
 */
#include "jobs_priv.h"

#include <sodium.h>
#include <string.h>

enum { LINE_MAX_LEN = 76, WORD_MAX_LEN = 75 };

/* ---- headers ---- */

static bool
is_plain(const char *text)
{
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < 0x20 || (unsigned char)*p > 0x7E)
			return false;
	return strstr(text, "=?") == NULL;
}

/* The longest start of text, at most max bytes, that does not end within a character. */
static size_t
whole_characters(const char *text, size_t max)
{
	size_t n = strnlen(text, max + 1);

	if (n <= max)
		return n;
	for (n = max; n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80; n--)
		;
	return n ? n : max;
}

static void
add_word(struct str *s, const char *bytes, size_t n)
{
	char base64[WORD_MAX_LEN + 1];

	sodium_bin2base64(
	    base64, sizeof base64, (const unsigned char *)bytes, n, sodium_base64_VARIANT_ORIGINAL);
	str_addf(s, "=?UTF-8?B?%s?=", base64);
}

/* 45 bytes make 60 characters of base64, and 72 with what stands around them. */
static void
add_encoded(struct str *s, const char *text, int column)
{
	size_t room = column < 40 ? (size_t)(WORD_MAX_LEN - column - 12) / 4 * 3 : 21;

	if (room > 45)
		room = 45;
	while (*text) {
		size_t n = whole_characters(text, room);

		add_word(s, text, n);
		text += n;
		room = 45;
		if (*text)
			str_add(s, "\r\n ");
	}
}

void
mime_add_words(struct str *s, const char *text, int column)
{
	if (is_plain(text) && column + (int)strlen(text) <= LINE_MAX_LEN)
		str_add(s, text);
	else
		add_encoded(s, text, column);
}

/* ---- quoted-printable ---- */

static bool
is_literal(unsigned char c)
{
	return (c >= 33 && c <= 126 && c != '=') || c == ' ' || c == '\t';
}

static bool
ends_line(const char *p)
{
	return *p == '\0' || *p == '\n' || (p[0] == '\r' && p[1] == '\n');
}

/* One byte; a space at the end of a line would be lost on the way. */
static int
add_byte(struct str *s, const char *p, int column)
{
	unsigned char c = (unsigned char)*p;
	bool as_is = is_literal(c) && !((c == ' ' || c == '\t') && ends_line(p + 1));
	int width = as_is ? 1 : 3;

	if (column + width >= LINE_MAX_LEN &&
	    !(ends_line(p + 1) && column + width == LINE_MAX_LEN)) {
		str_add(s, "=\r\n");
		column = 0;
	}
	if (as_is)
		str_add_n(s, p, 1);
	else
		str_addf(s, "=%02X", c);
	return column + width;
}

void
mime_add_quoted(struct str *s, const char *text)
{
	int column = 0;

	for (const char *p = text; *p; p++) {
		if (p[0] == '\r' && p[1] == '\n')
			continue;
		if (*p == '\n') {
			str_add(s, "\r\n");
			column = 0;
		} else {
			column = add_byte(s, p, column);
		}
	}
	if (column)
		str_add(s, "\r\n");
}
