/*
 * Text as JavaScript counts it: UTF-16 units, of which a character above U+FFFF takes two.
 * The input is valid UTF-8.
 */
#include "logic_priv.h"

static size_t
bytes_of_character(const char *p)
{
	unsigned char c = (unsigned char)*p;

	return c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

size_t
utf16_length(const char *text, size_t n)
{
	size_t units = 0;

	for (size_t i = 0; i < n; i += bytes_of_character(text + i))
		units += bytes_of_character(text + i) == 4 ? 2 : 1;
	return units;
}

void
utf16_slice(struct str *out, const char *text, size_t n, size_t from, size_t to)
{
	size_t at = 0;

	for (size_t i = 0; i < n && at < to; i += bytes_of_character(text + i)) {
		size_t bytes = bytes_of_character(text + i);
		size_t end = at + (bytes == 4 ? 2 : 1);

		if (at >= from && end <= to)
			str_add_n(out, text + i, bytes);
		else if (end > from)
			str_add(out, "\xEF\xBF\xBD");
		at = end;
	}
}

/* UTF-8 orders as UTF-16 does, but that U+E000..U+FFFF (EE, EF) come behind the surrogates. */
static int
weight(unsigned char c)
{
	return c == 0xEE || c == 0xEF ? c + 0x10 : c;
}

int
utf16_compare(const char *a, size_t n, const char *b, size_t m)
{
	for (size_t i = 0; i < n && i < m; i++)
		if (a[i] != b[i])
			return weight((unsigned char)a[i]) - weight((unsigned char)b[i]);
	return n < m ? -1 : n > m;
}
