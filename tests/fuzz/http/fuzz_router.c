/*
 * Any path: no crash, and a route found has all its parameters.
 */
#include "../../../src/http/http_priv.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct http_route routes[] = {
	{ "GET", "/api/cases", NULL, 0 },
	{ "POST", "/api/cases", NULL, 0 },
	{ "GET", "/api/cases/:id", NULL, 0 },
	{ "POST", "/api/cases/:id/events", NULL, 0 },
	{ "GET", "/api/:a/:b/:c", NULL, 0 },
	{ NULL, NULL, NULL, 0 },
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	char *path = arena_strndup(a, (const char *)data, size);
	struct http_match m;

	router_match(a, routes, "GET", path, &m);
	if (m.route && !m.is_malformed)
		for (const char *p = strchr(m.route->pattern, ':'); p; p = strchr(p + 1, ':'))
			if (!pair_get(m.params, arena_strndup(a, p + 1, strcspn(p + 1, "/"))))
				abort();
	arena_free(a);
	return 0;
}
