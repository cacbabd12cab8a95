/*
 * Connections: how many there may be, how long each may take to send one request, and problem+json
 * in place of the HTML that evhttp writes by itself when it cannot read a request.
 *
 * evhttp tells nobody when it closes a connection. So each bufferevent is held with a reference of
 * our own, and the sweep lets go of those that evhttp has freed (their event callback is then
 * NULL). The socket is closed by that last reference, so its number cannot be reused before.
 */
#include "http_priv.h"

#include <event2/listener.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { OWN_PAGE_MAX = 1023 };
enum conn_state { CONN_IDLE, CONN_READING, CONN_HANDLING, CONN_REPLYING };

struct conn {
	struct conns *all;
	struct bufferevent *bev;
	enum conn_state state;
	int64_t reading_since_us; /* monotonic; first byte of the request */
	size_t bytes_in;          /* of the request */
	LIST_ENTRY(conn) next;
};

struct conns {
	struct http_server *server;
	struct evconnlistener *listener;
	LIST_HEAD(conn_list, conn) list;
	int count;
	bool is_paused;
	struct conn **by_fd;
	int by_fd_size;
};

struct conns *
conns_new(struct http_server *s, struct evconnlistener *listener)
{
	struct conns *cs = xcalloc(1, sizeof(*cs));

	cs->server = s;
	cs->listener = listener;
	LIST_INIT(&cs->list);
	return cs;
}

static void
conn_release(struct conn *c)
{
	int fd = bufferevent_getfd(c->bev);

	if (fd >= 0 && fd < c->all->by_fd_size && c->all->by_fd[fd] == c)
		c->all->by_fd[fd] = NULL;
	LIST_REMOVE(c, next);
	c->all->count--;
	bufferevent_decref(c->bev);
	free(c);
}

void
conns_free(struct conns *cs)
{
	while (!LIST_EMPTY(&cs->list))
		conn_release(LIST_FIRST(&cs->list));
	free(cs->by_fd);
	free(cs);
}

static void
conn_remember_fd(struct conn *c)
{
	struct conns *cs = c->all;
	int fd = bufferevent_getfd(c->bev);

	if (fd >= cs->by_fd_size) {
		int size = fd + 64;

		cs->by_fd = xrealloc(cs->by_fd, sizeof(*cs->by_fd) * (size_t)size);
		memset(cs->by_fd + cs->by_fd_size, 0,
		    sizeof(*cs->by_fd) * (size_t)(size - cs->by_fd_size));
		cs->by_fd_size = size;
	}
	cs->by_fd[fd] = c;
}

static void
conn_set_reading(struct conn *c)
{
	c->state = CONN_READING;
	c->reading_since_us = clock_monotonic_us();
}

static void
input_changed(struct evbuffer *in, const struct evbuffer_cb_info *info, void *arg)
{
	struct conn *c = arg;

	(void)in;
	if (info->n_added == 0)
		return;
	c->bytes_in += info->n_added;
	if (c->state == CONN_IDLE) {
		conn_remember_fd(c);
		conn_set_reading(c);
	}
}

/* ---- evhttp's own error pages ---- */

/* The status of an HTML page that evhttp has just written whole, else 0. */
static int
own_page_status(struct evbuffer *out)
{
	static const char tail[] = "</BODY></HTML>\n";
	char page[OWN_PAGE_MAX + 1] = "";
	size_t len = evbuffer_get_length(out);

	if (len < sizeof(tail) || len > OWN_PAGE_MAX)
		return 0;
	evbuffer_unfreeze(out, 1); /* only the socket may else read from it */
	evbuffer_copyout(out, page, len);
	evbuffer_freeze(out, 1);
	if (strcmp(page + len - strlen(tail), tail) != 0 || !str_starts(page, "HTTP/"))
		return 0;
	return atoi(page + strlen("HTTP/1.1 "));
}

/* evhttp says 400 for headers that are too long and 413 for broken chunks: the count of bytes
 * tells. */
static enum err
own_answer_code(const struct conn *c, int status, const char **detail)
{
	const struct http_config *cfg = c->all->server->cfg;

	if (status == 417) {
		*detail = "only Expect: 100-continue is known";
		return E_BAD_INPUT;
	}
	if (status == 413 && c->bytes_in > cfg->body_max) {
		*detail = "the body is too large";
		return E_TOO_LARGE;
	}
	if (status == 400 && c->bytes_in > cfg->header_max) {
		*detail = "the request line and headers are too large";
		return E_HEADERS_LARGE;
	}
	*detail = "this is not a readable HTTP/1.1 request";
	return E_BAD_INPUT;
}

static void
output_changed(struct evbuffer *out, const struct evbuffer_cb_info *info, void *arg)
{
	struct conn *c = arg;
	struct arena *a;
	enum err code;
	const char *detail, *text;
	int status;

	if (info->n_added == 0 || c->state >= CONN_HANDLING || !(status = own_page_status(out)))
		return;
	c->state = CONN_REPLYING;
	code = own_answer_code(c, status, &detail);
	a = arena_new();
	text = problem_response(a, code, detail);
	evbuffer_unfreeze(out, 1);
	evbuffer_drain(out, evbuffer_get_length(out));
	evbuffer_freeze(out, 1);
	evbuffer_add(out, text, strlen(text));
	arena_free(a);
}

/* ---- life ---- */

struct bufferevent *
conns_new_bufferevent(struct event_base *base, void *arg)
{
	struct conns *cs = arg;
	struct conn *c = xcalloc(1, sizeof(*c));

	c->all = cs;
	c->bev = bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);
	if (!c->bev)
		abort();
	bufferevent_incref(c->bev);
	/* while an answer is written nobody reads what comes in: let it wait in the kernel */
	bufferevent_setwatermark(c->bev, EV_READ, 0, http_body_hard_max(cs->server) + 65536);
	evbuffer_add_cb(bufferevent_get_input(c->bev), input_changed, c);
	evbuffer_add_cb(bufferevent_get_output(c->bev), output_changed, c);
	LIST_INSERT_HEAD(&cs->list, c, next);
	if (++cs->count >= cs->server->cfg->connections_max)
		conns_sweep(cs);
	return c->bev;
}

static bool
is_freed_by_evhttp(const struct conn *c)
{
	bufferevent_event_cb event_cb = NULL;

	bufferevent_getcb(c->bev, NULL, NULL, &event_cb, NULL);
	return !event_cb && bufferevent_getfd(c->bev) >= 0;
}

static void
conn_check(struct conn *c, int64_t now_us)
{
	int64_t limit_us = (int64_t)c->all->server->cfg->timeout_s * 1000000;

	if (is_freed_by_evhttp(c))
		conn_release(c);
	else if (c->state == CONN_READING && now_us - c->reading_since_us > limit_us)
		shutdown(
		    bufferevent_getfd(c->bev), SHUT_RDWR); /* evhttp sees the end and cleans up */
}

/* Lets go of closed connections, ends those too slow, and stops or resumes accepting. */
void
conns_sweep(struct conns *cs)
{
	int64_t now_us = clock_monotonic_us();
	struct conn *c = LIST_FIRST(&cs->list);
	bool is_full;

	while (c) {
		struct conn *next = LIST_NEXT(c, next);

		conn_check(c, now_us);
		c = next;
	}
	is_full = cs->count >= cs->server->cfg->connections_max;
	if (is_full == cs->is_paused || cs->server->is_stopping)
		return;
	cs->is_paused = is_full;
	if (is_full) {
		evconnlistener_disable(cs->listener);
		log_warn("%d connections: accepting no more until some end", cs->count);
	} else {
		evconnlistener_enable(cs->listener);
	}
}

void
conns_pause(struct conns *cs)
{
	cs->is_paused = true;
	evconnlistener_disable(cs->listener);
}

bool
conns_are_flushing(struct conns *cs)
{
	struct conn *c;

	LIST_FOREACH(c, &cs->list, next)
	if (c->state == CONN_REPLYING && !is_freed_by_evhttp(c) &&
	    evbuffer_get_length(bufferevent_get_output(c->bev)) > 0)
		return true;
	return false;
}

struct conn *
conns_of_request(struct conns *cs, struct evhttp_request *ev)
{
	struct evhttp_connection *evcon = evhttp_request_get_connection(ev);

	return evcon ? cs->by_fd[bufferevent_getfd(evhttp_connection_get_bufferevent(evcon))]
		     : NULL;
}

void
conn_set_handling(struct conn *c)
{
	c->state = CONN_HANDLING;
}

void
conn_set_replying(struct conn *c)
{
	c->state = CONN_REPLYING;
}

/* The answer is out. What the client has sent meanwhile is its next request. */
void
conn_set_idle(struct conn *c)
{
	c->bytes_in = evbuffer_get_length(bufferevent_get_input(c->bev));
	if (c->bytes_in > 0)
		conn_set_reading(c);
	else
		c->state = CONN_IDLE;
}
