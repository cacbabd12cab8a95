/*
 * Server-sent events: an answer that does not end. A client too slow to read them is let go; its
 * browser comes back by itself.
 */
#include "http_priv.h"

#include <stdlib.h>
#include <string.h>

#define PING_EVERY_US INT64_C(15000000)
#define UNSENT_MAX 65536

struct http_stream {
	struct http_server *server;
	struct evhttp_request *ev;
	void (*closed)(void *arg);
	void *arg;
	int64_t ping_at_us; /* monotonic */
	LIST_ENTRY(http_stream) next;
};

static void
stream_forget(struct http_stream *s)
{
	LIST_REMOVE(s, next);
	s->server->stream_count--;
	s->closed(s->arg);
	free(s);
}

/* The client has gone. evhttp took the request from the connection unless it frees it itself. */
static void
connection_closed(struct evhttp_connection *evcon, void *arg)
{
	struct http_stream *s = arg;

	(void)evcon;
	if (!evhttp_request_get_connection(s->ev))
		evhttp_request_free(s->ev);
	stream_forget(s);
}

void
http_stream_close(struct http_stream *s)
{
	struct evhttp_connection *evcon = evhttp_request_get_connection(s->ev);

	evhttp_connection_set_closecb(evcon, NULL, NULL);
	evhttp_send_reply_end(s->ev);
	stream_forget(s);
}

static void
start_reply(struct http_req *rq, struct evhttp_request *ev)
{
	struct evhttp_connection *evcon = evhttp_request_get_connection(ev);
	struct timeval write_limit = { .tv_sec = rq->server->cfg->timeout_s };

	http_reply_header(rq, "Content-Type", "text/event-stream");
	http_reply_header(rq, "X-Accel-Buffering", "no");
	rq->must_close = true;
	reply_common_headers(rq, evhttp_request_get_output_headers(ev));
	conn_set_replying(conns_of_request(rq->server->conns, ev));
	evhttp_send_reply_start(ev, 200, NULL);
	/* nothing is expected from the client any more */
	bufferevent_set_timeouts(evhttp_connection_get_bufferevent(evcon), NULL, &write_limit);
}

struct http_stream *
http_stream_start(struct http_req *rq, void (*closed)(void *arg), void *arg)
{
	struct evhttp_request *ev = rq->ev;
	struct http_stream *s;

	if (!ev || !evhttp_request_get_connection(ev) || rq->server->is_stopping ||
	    rq->server->stream_count >= rq->server->cfg->connections_max / 2)
		return NULL;
	rq->ev = NULL;
	rq->is_answered = true;
	s = xcalloc(1, sizeof(*s));
	*s = (struct http_stream){ .server = rq->server,
		.ev = ev,
		.closed = closed,
		.arg = arg,
		.ping_at_us = clock_monotonic_us() + PING_EVERY_US };
	LIST_INSERT_HEAD(&rq->server->streams, s, next);
	rq->server->stream_count++;
	log_info("%s %s stream opened", rq->method, request_logged_path(rq));
	start_reply(rq, ev);
	evhttp_connection_set_closecb(evhttp_request_get_connection(ev), connection_closed, s);
	return s;
}

static bool
is_too_slow(struct http_stream *s)
{
	struct bufferevent *bev = evhttp_connection_get_bufferevent(
	    evhttp_request_get_connection(s->ev));

	return evbuffer_get_length(bufferevent_get_output(bev)) > UNSENT_MAX;
}

static void
stream_write(struct http_stream *s, const char *text)
{
	struct evbuffer *out = evbuffer_new();

	if (!out)
		abort();
	evbuffer_add(out, text, strlen(text));
	evhttp_send_reply_chunk(s->ev, out);
	evbuffer_free(out);
	s->ping_at_us = clock_monotonic_us() + PING_EVERY_US;
}

void
http_stream_send(struct http_stream *s, const char *event, const char *data)
{
	struct arena *a = arena_new();

	stream_write(s, arena_printf(a, "event: %s\ndata: %s\n\n", event, data));
	arena_free(a);
}

void
streams_tick(struct http_server *server)
{
	int64_t now_us = clock_monotonic_us();
	struct http_stream *s = LIST_FIRST(&server->streams);

	while (s) {
		struct http_stream *next = LIST_NEXT(s, next);

		if (is_too_slow(s))
			http_stream_close(s);
		else if (now_us >= s->ping_at_us)
			stream_write(s, ": still here\n\n");
		s = next;
	}
}

void
streams_close_all(struct http_server *server)
{
	while (!LIST_EMPTY(&server->streams))
		http_stream_close(LIST_FIRST(&server->streams));
}
