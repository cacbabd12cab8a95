/*
 * Reading UTF-8 one character at a time; private to base.
 */
#ifndef LT_BASE_UTF8_H
#define LT_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Length of the valid character at s (n bytes are left), 0 if there is none. Strict: no surrogates,
 * no overlong forms, nothing above U+10FFFF. NUL is a character here. */
size_t utf8_next(const char *s, size_t n, uint32_t *code_point);

/* Writes code_point to out (room for 4) and returns how many bytes it took. */
size_t utf8_put(char *out, uint32_t code_point);

#endif
