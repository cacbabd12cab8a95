/*
 * Allocation that cannot fail: out of memory ends the process. Fair only because http/ bounds
 * what a client can make us allocate.
 */
#include "base.h"

#include <stdlib.h>
#include <string.h>

static void *
checked(void *p, size_t size)
{
	if (!p && size) {
		log_error("out of memory: %zu bytes", size);
		abort();
	}
	return p;
}

void *
xmalloc(size_t size)
{
	return checked(malloc(size), size);
}

void *
xcalloc(size_t n, size_t size)
{
	return checked(calloc(n, size), n * size);
}

void *
xrealloc(void *p, size_t size)
{
	return checked(realloc(p, size), size);
}

char *
xstrdup(const char *s)
{
	return checked(strdup(s), strlen(s) + 1);
}
