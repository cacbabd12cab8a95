/*
 * Arenas: memory of one piece of work, handed out by moving a pointer and given back in one go,
 * after calls that were deferred (json-c objects, files) have run.
 */
#include "base.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define EACH_ALONE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EACH_ALONE 1
#endif
#endif

/* Under ASan each piece is a block of its own, so that writing past its end is seen. */
#ifdef EACH_ALONE
enum { BLOCK_MIN = 1, BLOCK_MAX = 1 };
#else
enum { BLOCK_MIN = 4096, BLOCK_MAX = 65536 };
#endif

struct block {
	struct block *next;
	size_t size, used;
	alignas(max_align_t) char bytes[];
};

struct deferred {
	struct deferred *next;
	void (*fn)(void *);
	void *arg;
};

struct arena {
	struct block *blocks; /* the newest, from which we hand out, first */
	struct deferred *deferred;
	size_t next_size;
};

struct arena *
arena_new(void)
{
	struct arena *a = xcalloc(1, sizeof *a);

	a->next_size = BLOCK_MIN;
	return a;
}

void
arena_free(struct arena *a)
{
	if (!a)
		return;
	while (a->deferred) { /* a deferred call may defer another */
		struct deferred *d = a->deferred;

		a->deferred = d->next;
		d->fn(d->arg);
	}
	while (a->blocks) {
		struct block *b = a->blocks;

		a->blocks = b->next;
		free(b);
	}
	free(a);
}

static struct block *
block_add(struct arena *a, size_t size)
{
	size_t room = size > a->next_size ? size : a->next_size;
	struct block *b = xmalloc(sizeof *b + room);

	b->size = room;
	b->used = 0;
	b->next = a->blocks;
	a->blocks = b;
	if (a->next_size < BLOCK_MAX)
		a->next_size *= 2;
	return b;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);
	struct block *b = a->blocks;
	size_t start;

	if (size > PTRDIFF_MAX / 2)
		abort(); /* a negative or overflown size: a wrong program */
	start = b ? (b->used + align - 1) / align * align : 0;
	if (!b || start > b->size || b->size - start < size) {
		b = block_add(a, size);
		start = 0;
	}
	b->used = start + size;
	return memset(b->bytes + start, 0, size);
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *copy = arena_alloc(a, len + 1);

	memcpy(copy, s, len);
	return copy;
}

char *
arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0)
		abort(); /* only a wrong format */
	text = arena_alloc(a, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, fmt, ap);
	return text;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return text;
}

void
arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
	struct deferred *d = arena_new_of(a, struct deferred);

	*d = (struct deferred){ .next = a->deferred, .fn = fn, .arg = arg };
	a->deferred = d;
}

void *
arena_grow(struct arena *a, void *list, int count, int *size, size_t item)
{
	void *more;

	if (count < *size)
		return list;
	*size = *size ? *size * 2 : 8;
	more = arena_alloc(a, (size_t)*size * item);
	if (count > 0)
		memcpy(more, list, (size_t)count * item);
	return more;
}
