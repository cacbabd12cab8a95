/*
 * A string that grows in an arena, and the small questions asked of strings.
 */
#include "base.h"

#include <stdio.h>
#include <string.h>

void
str_init(struct str *s, struct arena *a)
{
	*s = (struct str){ .arena = a, .text = arena_alloc(a, 1), .size = 1 };
}

static void
reserve(struct str *s, size_t more)
{
	size_t need = s->len + more + 1;
	size_t size = s->size < 64 ? 64 : s->size;
	char *text;

	if (need <= s->size)
		return;
	while (size < need)
		size *= 2;
	text = arena_alloc(s->arena, size);
	memcpy(text, s->text, s->len + 1);
	s->text = text;
	s->size = size;
}

void
str_add(struct str *s, const char *text)
{
	str_add_n(s, text, strlen(text));
}

void
str_add_n(struct str *s, const char *text, size_t n)
{
	reserve(s, n);
	memcpy(s->text + s->len, text, n);
	s->len += n;
	s->text[s->len] = '\0';
}

void
str_addf(struct str *s, const char *fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len <= 0)
		return;
	reserve(s, (size_t)len);
	va_start(ap, fmt);
	vsnprintf(s->text + s->len, (size_t)len + 1, fmt, ap);
	va_end(ap);
	s->len += (size_t)len;
}

bool
str_eq(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool
str_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}
