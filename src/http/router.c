/*
 * Which route answers a method and path: "/api/cases/:id" matches one segment for each :name.
 * A table of a few dozen rows is walked in order; HEAD is answered like GET.
 */
#include "http_priv.h"

#include <string.h>

enum segment { SEGMENT_NO, SEGMENT_YES, SEGMENT_MALFORMED };

static enum segment
match_segment(struct arena *a, const char *pattern, size_t pattern_len, const char *text,
    size_t text_len, struct http_pair **params)
{
	char *value;

	if (pattern_len == 0 || pattern[0] != ':')
		return pattern_len == text_len && memcmp(pattern, text, text_len) == 0 ? SEGMENT_YES
										       : SEGMENT_NO;
	if (text_len == 0)
		return SEGMENT_NO;
	value = percent_decode(a, text, text_len, false);
	if (!value)
		return SEGMENT_MALFORMED;
	pair_add(a, params, arena_strndup(a, pattern + 1, pattern_len - 1), value);
	return SEGMENT_YES;
}

static enum segment
match_path(struct arena *a, const char *pattern, const char *path, struct http_pair **params)
{
	enum segment worst = SEGMENT_YES;

	*params = NULL;
	while (*pattern == '/' && *path == '/') {
		size_t pattern_len = strcspn(++pattern, "/");
		size_t path_len = strcspn(++path, "/");
		enum segment s = match_segment(a, pattern, pattern_len, path, path_len, params);

		if (s == SEGMENT_NO)
			return SEGMENT_NO;
		if (s == SEGMENT_MALFORMED)
			worst = s;
		pattern += pattern_len;
		path += path_len;
	}
	return *pattern || *path ? SEGMENT_NO : worst;
}

static bool
method_fits(const char *route_method, const char *method)
{
	return strcmp(route_method, method) == 0 ||
	       (strcmp(method, "HEAD") == 0 && strcmp(route_method, "GET") == 0);
}

void
router_match(struct arena *a, const struct http_route *routes, const char *method, const char *path,
    struct http_match *m)
{
	struct str allow;

	*m = (struct http_match){ 0 };
	str_init(&allow, a);
	for (const struct http_route *r = routes; r->method; r++) {
		struct http_pair *params;
		enum segment s = match_path(a, r->pattern, path, &params);

		if (s == SEGMENT_NO)
			continue;
		m->path_exists = true;
		if (r->flags & HTTP_SECRET_PATH)
			m->secret_pattern = r->pattern; /* whatever the method */
		m->is_malformed = s == SEGMENT_MALFORMED;
		str_addf(&allow, "%s%s", allow.len ? ", " : "", r->method);
		if (strcmp(r->method, "GET") == 0)
			str_add(&allow, ", HEAD");
		if (!m->route && method_fits(r->method, method)) {
			m->route = r;
			m->params = params;
		}
	}
	m->allow = allow.text;
}
