/*
 * The guard against requests that another site makes a browser send. SameSite=Strict cookies come
 * first; this holds where a browser does not know them.
 */
#include "http_priv.h"

#include <string.h>

static bool
changes_something(const struct http_req *rq)
{
	return strcmp(rq->method, "GET") != 0 && strcmp(rq->method, "HEAD") != 0;
}

/* "https://host:port" names our host, whatever the scheme (a proxy may have ended the TLS). */
static bool
is_own_origin(struct http_req *rq, const char *origin)
{
	const char *host = http_header(rq, "Host");
	const char *at = strstr(origin, "://");

	return host && at && strcasecmp(at + 3, host) == 0;
}

int
request_guard(struct task *t, struct http_req *rq)
{
	const char *origin = http_header(rq, "Origin");
	const char *site = http_header(rq, "Sec-Fetch-Site");

	if (!changes_something(rq) || (rq->route->flags & HTTP_CSRF_EXEMPT))
		return OK;
	if (site && strcmp(site, "same-origin") != 0)
		return fail_as(
		    t, E_FORBIDDEN, "cross-site", "requests from other sites are refused");
	if (origin && !is_own_origin(rq, origin))
		return fail_as(
		    t, E_FORBIDDEN, "cross-site", "requests from other sites are refused");
	if (!is_json_type(http_header(rq, "Content-Type")))
		return fail(t, E_MEDIA_TYPE,
		    "a request that changes something must be application/json in UTF-8");
	return OK;
}
