/*
 * What a request brought, copied once so that a task may read it at any time, even after evhttp has
 * forgotten the request.
 */
#include "http_priv.h"

#include <event2/http_struct.h>
#include <event2/keyvalq_struct.h>
#include <event2/util.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *
method_text(struct evhttp_request *ev)
{
	switch (evhttp_request_get_command(ev)) {
	case EVHTTP_REQ_GET:
		return "GET";
	case EVHTTP_REQ_HEAD:
		return "HEAD";
	case EVHTTP_REQ_POST:
		return "POST";
	case EVHTTP_REQ_PUT:
		return "PUT";
	case EVHTTP_REQ_DELETE:
		return "DELETE";
	case EVHTTP_REQ_PATCH:
		return "PATCH";
	case EVHTTP_REQ_OPTIONS:
		return "OPTIONS";
	default:
		return "OTHER";
	}
}

static void
read_headers(struct http_req *rq)
{
	struct http_pair **end = &rq->headers;
	struct evkeyval *kv;

	TAILQ_FOREACH(kv, evhttp_request_get_input_headers(rq->ev), next)
	{
		*end = NULL;
		pair_add(rq->arena, end, arena_strdup(rq->arena, kv->key),
		    arena_strdup(rq->arena, kv->value));
		end = &(*end)->next;
	}
}

static void
read_remote(struct http_req *rq)
{
	const char *forwarded = http_header(rq, "X-Forwarded-For");
	const char *proto = http_header(rq, "X-Forwarded-Proto");
	int proxies = rq->server->cfg->trusted_proxies;

	rq->remote = arena_strdup(rq->arena, rq->ev->remote_host);
	if (proxies <= 0)
		return;
	if (forwarded) {
		const char *address = forwarded_for(rq->arena, forwarded, proxies);

		rq->remote = address ? address : rq->remote;
	}
	rq->is_tls = proto && strcasecmp(proto, "https") == 0;
}

char *
request_new_id(struct arena *a)
{
	unsigned char bytes[8];
	uint64_t n;

	evutil_secure_rng_get_bytes(bytes, sizeof(bytes));
	memcpy(&n, bytes, sizeof(n));
	return arena_printf(a, "%016" PRIx64, n);
}

static void
read_body(struct http_req *rq)
{
	struct evbuffer *in = evhttp_request_get_input_buffer(rq->ev);
	char *copy;

	rq->body_size = evbuffer_get_length(in);
	if (rq->body_size == 0 || rq->body_size > rq->server->cfg->body_max)
		return;
	copy = arena_alloc(rq->arena, rq->body_size);
	evbuffer_remove(in, copy, rq->body_size);
	rq->body = copy;
}

void
request_read(struct http_req *rq)
{
	const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(rq->ev);

	rq->id = request_new_id(rq->arena);
	rq->method = method_text(rq->ev);
	rq->path = arena_strdup(rq->arena, evhttp_uri_get_path(uri));
	rq->query_text = arena_strdup(rq->arena, evhttp_uri_get_query(uri));
	read_headers(rq);
	read_remote(rq);
	read_body(rq);
}

static int
count_header(const struct http_req *rq, const char *name)
{
	int n = 0;

	for (const struct http_pair *p = rq->headers; p; p = p->next)
		n += strcasecmp(p->name, name) == 0;
	return n;
}

static bool
is_visible_ascii(const char *s)
{
	for (; *s; s++)
		if (*s < 0x21 || *s > 0x7e)
			return false;
	return true;
}

/* What evhttp lets pass and should not: a body whose length is in doubt could hide a second
 * request. */
int
request_check(struct task *t, struct http_req *rq)
{
	int lengths = count_header(rq, "Content-Length");
	int codings = count_header(rq, "Transfer-Encoding");

	if (lengths + codings > 1 ||
	    (codings == 1 && strcasecmp(http_header(rq, "Transfer-Encoding"), "chunked") != 0)) {
		rq->must_close = true;
		return fail(t, E_BAD_INPUT,
		    "the length of the body is given twice or in a way not known here");
	}
	if (!rq->path || rq->path[0] != '/' || !is_visible_ascii(rq->path)) {
		rq->path = NULL; /* not for the log */
		return fail(t, E_BAD_INPUT, "the request names no readable path");
	}
	if (count_header(rq, "Host") > 1)
		return fail(t, E_BAD_INPUT, "more than one Host");
	if (rq->body_size > rq->server->cfg->body_max)
		return fail(
		    t, E_TOO_LARGE, "the body has more than %zu bytes", rq->server->cfg->body_max);
	return OK;
}

const char *
request_logged_path(const struct http_req *rq)
{
	struct http_match m;

	if (!rq->path)
		return "-";
	router_match(rq->arena, rq->server->cfg->routes, rq->method, rq->path, &m);
	return m.secret_pattern ? m.secret_pattern : rq->path;
}

/* ---- what handlers ask ---- */

const char *
http_method(struct http_req *rq)
{
	return rq->method;
}

const char *
http_path(struct http_req *rq)
{
	return rq->path;
}

const char *
http_remote(struct http_req *rq)
{
	return rq->remote;
}

bool
http_is_tls(struct http_req *rq)
{
	return rq->is_tls;
}

const char *
http_header(struct http_req *rq, const char *name)
{
	return pair_get_nocase(rq->headers, name);
}

const char *
http_param(struct http_req *rq, const char *name)
{
	const char *value = pair_get(rq->params, name);

	if (!value)
		abort(); /* the route's pattern does not have it: a wrong program */
	return value;
}

int
http_param_id(struct task *t, struct http_req *rq, const char *name, int64_t *id)
{
	const char *text = http_param(rq, name);

	if (!id_parse(text, id))
		return fail(t, E_NOT_FOUND, "there is no %s \"%.40s\"", name, text);
	return OK;
}

/* The server has refused a query that cannot be decoded before any handler runs. */
const char *
http_query(struct http_req *rq, const char *name)
{
	return pair_get(rq->query, name);
}

int
http_query_int(struct task *t, struct http_req *rq, const char *name, int64_t min, int64_t max,
    int64_t otherwise, int64_t *value)
{
	const char *text = http_query(rq, name);

	*value = otherwise;
	if (!text)
		return OK;
	if (str_eq(text, "0"))
		*value = 0;
	else if (!id_parse(text, value))
		return fail(t, E_BAD_INPUT, "%s is not a whole number", name);
	if (*value < min || *value > max)
		return fail(
		    t, E_BAD_INPUT, "%s must be from %" PRId64 " to %" PRId64, name, min, max);
	return OK;
}

const char *
http_cookie(struct http_req *rq, const char *name)
{
	if (!rq->has_cookies) {
		cookies_parse(rq->arena, http_header(rq, "Cookie"), &rq->cookies);
		rq->has_cookies = true;
	}
	return pair_get(rq->cookies, name);
}

int
http_if_match(struct task *t, struct http_req *rq, int64_t *version)
{
	const char *text = http_header(rq, "If-Match");

	if (!text)
		return fail(t, E_PRECONDITION, "If-Match with the version you saw is required");
	if (str_eq(text, "*"))
		return fail(t, E_BAD_INPUT, "If-Match must name the version you saw, not any");
	if (!etag_parse(text, version))
		return fail(t, E_STALE, "If-Match does not name a version of this kind");
	return OK;
}

int
http_idempotency_key(struct task *t, struct http_req *rq, const char **key)
{
	*key = http_header(rq, "Idempotency-Key");
	if (*key && !idempotency_key_is_valid(*key))
		return fail(
		    t, E_BAD_INPUT, "Idempotency-Key must be 1 to 64 visible ASCII characters");
	return OK;
}

void
http_set_identity(struct http_req *rq, const struct http_identity *id)
{
	rq->identity = *id;
	rq->has_identity = true;
}

const struct http_identity *
http_identity(struct http_req *rq)
{
	return rq->has_identity ? &rq->identity : NULL;
}
