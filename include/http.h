/*
 * http: the web server's mechanics, nothing of the product. One task per request. Only this module
 * calls evhttp. main hands it the route table.
 *
 * A handler reads input, calls one flow function, replies once and returns OK, or returns an error
 * code: the server then answers with RFC 9457 problem+json made of the task's error.
 */
#ifndef LT_HTTP_H
#define LT_HTTP_H

#include "task.h"

struct http_req;

enum http_route_flags {
	HTTP_PUBLIC = 1,     /* no sign-in needed */
	HTTP_CSRF_EXEMPT = 2, /* unsafe method without a cookie's power */
	HTTP_SECRET_PATH = 4 /* who knows the path has the right: the log shows the pattern alone */
};

struct http_route {
	const char *method;  /* "GET", "POST", "PUT", "DELETE" */
	const char *pattern; /* "/api/cases/:id/events" */
	int (*handler)(struct task *t, struct http_req *rq);
	int flags;
};

struct http_config {
	const char *address;
	unsigned port;			  /* 0: any free one */
	const char *static_dir;		  /* the built web application */
	size_t body_max, header_max;
	int timeout_s, connections_max;
	int trusted_proxies;		  /* how many X-Forwarded-For hops to believe; 0 none */
	const struct http_route *routes;  /* ends with method NULL */
	/* Who is asking: called for each route without HTTP_PUBLIC; sets the identity or fails with
	 * E_UNAUTHENTICATED. */
	int (*authenticate)(struct task *t, struct http_req *rq);
};

/* ---- server ---- */
struct http_server;

int http_listen(const char *address, unsigned port, char *why, size_t why_size); /* fd or -1; before fork */
unsigned http_port_of(int fd);
struct http_server *http_server_new(const struct http_config *cfg, int listen_fd); /* cfg is borrowed */
void http_server_stop(struct http_server *s); /* accept no more, close streams; live requests end */
void http_server_free(struct http_server *s);

/* ---- request ---- */
const char *http_method(struct http_req *rq);
const char *http_path(struct http_req *rq);
const char *http_param(struct http_req *rq, const char *name); /* of the pattern; decoded; not NULL */
int http_param_id(struct task *t, struct http_req *rq, const char *name, int64_t *id) MUST_CHECK;
const char *http_query(struct http_req *rq, const char *name); /* decoded; NULL if absent */
int http_query_int(struct task *t, struct http_req *rq, const char *name, int64_t min, int64_t max,
    int64_t otherwise, int64_t *value) MUST_CHECK;
const char *http_header(struct http_req *rq, const char *name); /* NULL if absent */
const char *http_cookie(struct http_req *rq, const char *name); /* NULL if absent */
const char *http_remote(struct http_req *rq);			 /* address of the client */
bool http_is_tls(struct http_req *rq);				 /* by a trusted proxy's X-Forwarded-Proto */
/* The body as a JSON object; wrong type, not UTF-8, malformed or not an object fail. Arena-owned. */
int http_body(struct task *t, struct http_req *rq, struct json_object **body) MUST_CHECK;
/* If-Match: "7" or W/"7" -> 7. Missing: E_PRECONDITION; not a version of ours: E_STALE. */
int http_if_match(struct task *t, struct http_req *rq, int64_t *version) MUST_CHECK;
/* Idempotency-Key: 1 to 64 visible ASCII characters, or NULL when absent; longer or other: E_BAD_INPUT. */
int http_idempotency_key(struct task *t, struct http_req *rq, const char **key) MUST_CHECK;

/* ---- identity: set by authenticate, read by handlers ---- */
struct http_identity {
	int64_t person, session;
};
void http_set_identity(struct http_req *rq, const struct http_identity *id);
const struct http_identity *http_identity(struct http_req *rq); /* NULL on public routes not signed in */

/* ---- reply: exactly one of these ---- */
void http_reply_header(struct http_req *rq, const char *name, const char *value);
int http_reply_json(struct http_req *rq, int status, struct json_object *o); /* does not take o; returns OK */
int http_reply_text(struct http_req *rq, int status, const char *content_type, const char *text,
    size_t n);
int http_reply_empty(struct http_req *rq, int status);

/* ---- cookies and tokens ---- */
/* HttpOnly; SameSite=Strict; Secure when the request came by TLS; max_age_s 0 deletes. */
void http_set_cookie(struct http_req *rq, const char *name, const char *value, const char *path,
    int max_age_s);

struct http_token {
	int64_t person, session;
	int64_t issued_s, expires_s; /* seconds since 1970 of the system's clock, not the product's */
};
/* key: at least 32 bytes. HS256 only, pinned. */
char *http_token_make(struct arena *a, const unsigned char *key, size_t key_len,
    const struct http_token *tok);
/* NULL when valid and unexpired, else a word: "malformed", "forged", "expired", "algorithm". */
const char *http_token_read(struct arena *a, const unsigned char *key, size_t key_len,
    const char *text, int64_t now_s, struct http_token *tok);

/* ---- server-sent events ---- */
struct http_stream;
/* Replies with text/event-stream and keeps the connection; closed is called once when it ends.
 * NULL when too many streams are open (answered with E_BUSY by the caller). */
struct http_stream *http_stream_start(struct http_req *rq, void (*closed)(void *arg), void *arg);
void http_stream_send(struct http_stream *s, const char *event, const char *data);
void http_stream_close(struct http_stream *s); /* ends the answer; calls closed */

#endif
