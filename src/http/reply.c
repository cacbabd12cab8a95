/*
 * Answers: JSON, text, nothing, and RFC 9457 problems. Each request is answered once; what a task
 * answers after its deadline has been answered is dropped.
 */
#include "http_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STATUS_NO_CONTENT 204
#define STATUS_NOT_MODIFIED 304

/* Styles may be inline because the component library writes them into the page; scripts may not. */
static const struct {
	const char *name, *value;
} security[] = {
	{ "Content-Security-Policy",
	    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
	    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
};

void
http_reply_header(struct http_req *rq, const char *name, const char *value)
{
	pair_add(rq->arena, &rq->reply_headers, arena_strdup(rq->arena, name),
	    arena_strdup(rq->arena, value));
}

void
reply_common_headers(struct http_req *rq, struct evkeyvalq *out)
{
	for (const struct http_pair *p = rq->reply_headers; p; p = p->next)
		evhttp_add_header(out, p->name, p->value);
	for (size_t i = 0; i < LEN(security); i++)
		evhttp_add_header(out, security[i].name, security[i].value);
	if (!pair_get_nocase(rq->reply_headers, "Cache-Control"))
		evhttp_add_header(out, "Cache-Control", "no-store");
	if (rq->id)
		evhttp_add_header(out, "X-Request-Id", rq->id);
	if (rq->must_close || rq->server->is_stopping)
		evhttp_add_header(out, "Connection", "close");
}

static void
log_access(const struct http_req *rq, int status)
{
	log_info("%s %s %d %.1f ms", rq->method, request_logged_path(rq), status,
	    (double)(clock_monotonic_us() - rq->started_us) / 1000);
}

static bool
has_body(int status)
{
	return status != STATUS_NO_CONTENT && status != STATUS_NOT_MODIFIED;
}

static struct evbuffer *
body_buffer(const void *bytes, size_t n, bool is_static)
{
	struct evbuffer *out = evbuffer_new();

	if (!out)
		abort();
	if (is_static)
		evbuffer_add_reference(out, bytes, n, NULL, NULL);
	else
		evbuffer_add(out, bytes, n);
	return out;
}

void
reply_send(struct http_req *rq, int status, const void *bytes, size_t n, bool is_static)
{
	struct evhttp_request *ev = rq->ev;
	struct evbuffer *out = NULL;
	struct conn *conn;

	if (rq->is_answered)
		return;
	conn = conns_of_request(rq->server->conns, ev);
	rq->is_answered = true;
	rq->ev = NULL;
	log_access(rq, status);
	reply_common_headers(rq, evhttp_request_get_output_headers(ev));
	if (has_body(status)) {
		char length[24];

		snprintf(length, sizeof(length), "%zu", n);
		evhttp_add_header(evhttp_request_get_output_headers(ev), "Content-Length", length);
		if (strcmp(rq->method, "HEAD") != 0)
			out = body_buffer(bytes, n, is_static);
	}
	if (conn)
		conn_set_replying(conn);
	evhttp_send_reply(ev, status, NULL, out);
	if (out)
		evbuffer_free(out);
}

int
http_reply_text(
    struct http_req *rq, int status, const char *content_type, const char *text, size_t n)
{
	http_reply_header(rq, "Content-Type", content_type);
	reply_send(rq, status, text, n, false);
	return OK;
}

int
http_reply_json(struct http_req *rq, int status, struct json_object *o)
{
	const char *text = json_text_of(o);

	return http_reply_text(rq, status, "application/json", text, strlen(text));
}

int
http_reply_empty(struct http_req *rq, int status)
{
	reply_send(rq, status, "", 0, true);
	return OK;
}

void
http_set_cookie(
    struct http_req *rq, const char *name, const char *value, const char *path, int max_age_s)
{
	http_reply_header(rq, "Set-Cookie",
	    arena_printf(rq->arena, "%s=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Strict%s", name,
		value, path, max_age_s, rq->is_tls ? "; Secure" : ""));
}
