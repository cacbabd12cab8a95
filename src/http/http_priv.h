/*
 * What the files of http share: one request from arrival to answer, connections, streams.
 */
#ifndef LT_HTTP_PRIV_H
#define LT_HTTP_PRIV_H

#include <sys/queue.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/http.h>

#include "http.h"

/* ---- names and values: headers, parameters, cookies ---- */

struct http_pair {
	const char *name, *value;
	struct http_pair *next;
};

void pair_add(struct arena *a, struct http_pair **list, const char *name, const char *value);
const char *pair_get(const struct http_pair *list, const char *name);
const char *pair_get_nocase(const struct http_pair *list, const char *name);

/* ---- parse.c: pure, fuzzed ---- */

/* Decodes %XX (and + as a space in a query). NULL when broken, not UTF-8, or with a control
 * character. */
char *percent_decode(struct arena *a, const char *text, size_t n, bool plus_is_space);
/* "a=1&b=x%20y"; false when an item cannot be decoded. */
bool query_parse(struct arena *a, const char *query, struct http_pair **list);
/* "a=1; b=2"; what is malformed is left out. */
void cookies_parse(struct arena *a, const char *header, struct http_pair **list);
/* "7" or W/"7" with the quotes -> 7. */
bool etag_parse(const char *text, int64_t *version);
bool idempotency_key_is_valid(const char *key);
/* Decimal digits only, 1 to INT64_MAX. */
bool id_parse(const char *text, int64_t *id);
/* application/json, with or without charset=utf-8. */
bool is_json_type(const char *content_type);
/* Is encoding ("br") named in Accept-Encoding with a weight above 0? */
bool encoding_is_accepted(const char *accept_encoding, const char *encoding);
/* The address that hop number `hops` from the right of X-Forwarded-For saw; NULL if it has fewer.
 */
char *forwarded_for(struct arena *a, const char *header, int hops);

/* ---- router.c: pure ---- */

struct http_match {
	const struct http_route *route; /* NULL: no such path, or not by this method */
	bool path_exists, is_malformed;
	const char *secret_pattern; /* of a path that the log may not have; NULL: it may */
	const char *allow;        /* "GET, HEAD, POST" when the path exists */
	struct http_pair *params; /* decoded */
};
void router_match(struct arena *a, const struct http_route *routes, const char *method,
    const char *path, struct http_match *m);

/* ---- one request ---- */

struct http_req {
	struct http_server *server;
	struct evhttp_request *ev; /* NULL from the answer on */
	struct task *task;
	struct arena *arena; /* of the task */

	const char *method, *path, *query_text, *remote, *id;
	bool is_tls;
	const struct http_route *route;
	struct http_pair *headers, *params, *query, *cookies;
	bool has_query, has_cookies; /* parsed already */
	const char *body;
	size_t body_size;

	struct http_identity identity;
	bool has_identity;

	struct http_pair *reply_headers;
	bool is_answered, must_close;
	int64_t started_us; /* monotonic */
	LIST_ENTRY(http_req) next;
};

char *request_new_id(struct arena *a);
const char *request_logged_path(const struct http_req *rq); /* without secrets; never NULL */
void request_read(struct http_req *rq); /* copies from evhttp what the task will read */
int request_check(struct task *t, struct http_req *rq) MUST_CHECK;
int request_guard(struct task *t, struct http_req *rq) MUST_CHECK; /* cross-site requests */

/* ---- reply.c ---- */

/* Sends rq->reply_headers and the bytes; is_static: they outlive the server's connections. */
void reply_send(struct http_req *rq, int status, const void *bytes, size_t n, bool is_static);
void reply_problem(struct http_req *rq, enum err code, const char *word, const char *detail,
    const struct error_list *errors);
/* The same for what evhttp answers by itself: a whole HTTP response without a request. */
char *problem_response(struct arena *a, enum err code, const char *detail);
/* Headers that every answer has; also the status line's place is taken: rq->ev is then gone. */
void reply_common_headers(struct http_req *rq, struct evkeyvalq *out);

/* ---- conn.c: how many connections, and how long each may take to send a request ---- */

struct conn;
struct conns;

struct conns *conns_new(struct http_server *s, struct evconnlistener *listener);
void conns_free(struct conns *cs);
void conns_sweep(struct conns *cs);
void conns_pause(struct conns *cs);        /* no more file numbers: until the next sweep */
bool conns_are_flushing(struct conns *cs); /* an answer is still on its way out */
struct bufferevent *conns_new_bufferevent(struct event_base *base, void *conns);
/* NULL when the connection is gone. */
struct conn *conns_of_request(struct conns *cs, struct evhttp_request *ev);
void conn_set_handling(struct conn *c);
void conn_set_replying(struct conn *c);
void conn_set_idle(struct conn *c);

/* ---- static.c ---- */

struct static_files;
struct static_files *static_load(const char *dir); /* NULL dir: none */
void static_free(struct static_files *f);
int static_serve(struct task *t, struct http_req *rq) MUST_CHECK;

/* ---- stream.c ---- */

void streams_tick(struct http_server *s); /* keep-alive comments */
void streams_close_all(struct http_server *s);

/* ---- server.c ---- */

struct http_server {
	const struct http_config *cfg;
	struct evhttp *evhttp;
	struct evconnlistener *listener;
	struct event *tick;
	struct conns *conns;
	struct static_files *files;
	LIST_HEAD(http_req_list, http_req) live;
	LIST_HEAD(http_stream_list, http_stream) streams;
	int stream_count;
	bool is_stopping;
};

size_t http_body_hard_max(const struct http_server *s);

#endif
