/*
 * evhttp's set-up and one request's way: evhttp callback -> task -> route -> guard -> who ->
 * handler -> answer. A task always runs to its end; its deadline only decides who answers.
 */
#include "http_priv.h"

#include <event2/event.h>
#include <event2/listener.h>
#include <stdlib.h>
#include <string.h>

static const struct timeval tick_every = { .tv_usec = 250000 };
static const int64_t flush_max_us = INT64_C(2000000);

/* evhttp reads somewhat more than we take, so that the refusal reaches the client as an answer. */
size_t
http_body_hard_max(const struct http_server *s)
{
	return s->cfg->body_max * 4;
}

/* ---- one request ---- */

static bool
is_api_path(const char *path)
{
	return str_eq(path, "/api") || str_starts(path, "/api/");
}

static int
request_route(struct task *t, struct http_req *rq, const struct http_match *m)
{
	if (!m->path_exists)
		return fail(t, E_NOT_FOUND, "there is no such resource");
	if (!m->route) {
		http_reply_header(rq, "Allow", m->allow);
		return fail(t, E_METHOD, "this resource knows %s", m->allow);
	}
	if (m->is_malformed)
		return fail(t, E_BAD_INPUT, "the path cannot be decoded");
	rq->route = m->route;
	rq->params = m->params;
	return OK;
}

static int
request_handle(struct task *t, struct http_req *rq)
{
	struct http_match m;

	TRY(request_check(t, rq));
	router_match(rq->arena, rq->server->cfg->routes, rq->method, rq->path, &m);
	if (!m.path_exists && !is_api_path(rq->path))
		return static_serve(t, rq);
	TRY(request_route(t, rq, &m));
	if (!query_parse(rq->arena, rq->query_text, &rq->query))
		return fail(t, E_BAD_INPUT, "the query cannot be decoded");
	TRY(request_guard(t, rq));
	if (!(rq->route->flags & HTTP_PUBLIC))
		TRY(rq->server->cfg->authenticate(t, rq));
	if (rq->is_answered) /* the deadline passed before anything was done */
		return OK;
	return rq->route->handler(t, rq);
}

static void
request_task(struct task *t, void *arg)
{
	struct http_req *rq = arg;
	int code;

	rq->task = t;
	rq->arena = task_arena(t);
	request_read(rq);
	task_set_request_id(t, rq->id);
	code = request_handle(t, rq);
	if (code != OK)
		reply_problem(rq, code, task_error_word(t), task_error_text(t), task_error_list(t));
	else if (!rq->is_answered)
		reply_problem(rq, E_INTERNAL, NULL, "the handler gave no answer", NULL);
	LIST_REMOVE(rq, next);
	free(rq);
}

static void
answer_sent(struct evhttp_request *ev, void *arg)
{
	(void)ev;
	conn_set_idle(arg);
}

static void
request_arrived(struct evhttp_request *ev, void *arg)
{
	struct http_server *s = arg;
	struct http_req *rq = xcalloc(1, sizeof(*rq));
	struct conn *c = conns_of_request(s->conns, ev);

	conn_set_handling(c);
	evhttp_request_set_on_complete_cb(ev, answer_sent, c);
	rq->server = s;
	rq->ev = ev;
	rq->started_us = clock_monotonic_us();
	LIST_INSERT_HEAD(&s->live, rq, next);
	task_start("request", request_task, rq);
}

/* A request that has had its time is answered here; what its task says later is dropped. */
static void
request_expire(struct http_req *rq)
{
	bool is_read = str_eq(rq->method, "GET") || str_eq(rq->method, "HEAD");

	log_set_context(rq->id);
	reply_problem(rq, is_read ? E_BUSY : E_UNKNOWN_OUTCOME, NULL,
	    "the request took too long; send it again with the same Idempotency-Key", NULL);
	log_set_context(NULL);
}

static void
tick(evutil_socket_t fd, short what, void *arg)
{
	struct http_server *s = arg;
	int64_t limit_us = clock_monotonic_us() - (int64_t)s->cfg->timeout_s * 1000000;
	struct http_req *rq;

	(void)fd;
	(void)what;
	LIST_FOREACH(rq, &s->live, next)
	if (!rq->is_answered && rq->arena && rq->started_us < limit_us)
		request_expire(rq);
	streams_tick(s);
	conns_sweep(s->conns);
}

/* ---- the server ---- */

/* Out of file numbers: accepting again at once would only spin. */
static void
accept_failed(struct evconnlistener *listener, void *arg)
{
	struct http_server *s = arg;

	(void)listener;
	log_warn("cannot accept a connection: %s", strerror(EVUTIL_SOCKET_ERROR()));
	conns_pause(s->conns);
}

static void
evhttp_configure(struct http_server *s)
{
	evhttp_set_allowed_methods(s->evhttp, 0xffff); /* the router answers 405 itself */
	evhttp_set_max_headers_size(s->evhttp, (ev_ssize_t)s->cfg->header_max);
	evhttp_set_max_body_size(s->evhttp, (ev_ssize_t)http_body_hard_max(s));
	evhttp_set_timeout(s->evhttp, s->cfg->timeout_s);
	evhttp_set_default_content_type(s->evhttp, NULL);
	evhttp_set_flags(s->evhttp, EVHTTP_SERVER_LINGERING_CLOSE);
	evhttp_set_bevcb(s->evhttp, conns_new_bufferevent, s->conns);
	evhttp_set_gencb(s->evhttp, request_arrived, s);
}

struct http_server *
http_server_new(const struct http_config *cfg, int listen_fd)
{
	struct http_server *s = xcalloc(1, sizeof(*s));
	struct event_base *base = task_loop_base();

	s->cfg = cfg;
	LIST_INIT(&s->live);
	LIST_INIT(&s->streams);
	s->files = static_load(cfg->static_dir);
	s->evhttp = evhttp_new(base);
	s->listener = evconnlistener_new(base, NULL, NULL, LEV_OPT_CLOSE_ON_EXEC, 0, listen_fd);
	s->tick = event_new(base, -1, EV_PERSIST, tick, s);
	if (!s->evhttp || !s->listener || !s->tick)
		abort();
	s->conns = conns_new(s, s->listener);
	evhttp_configure(s);
	evhttp_bind_listener(s->evhttp, s->listener);
	evconnlistener_set_error_cb(s->listener, accept_failed);
	event_add(s->tick, &tick_every);
	return s;
}

void
http_server_stop(struct http_server *s)
{
	s->is_stopping = true;
	evconnlistener_disable(s->listener);
	streams_close_all(s);
}

/* The last answers may still be on their way when the last task has ended. */
static void
flush_answers(struct http_server *s)
{
	int64_t until_us = clock_monotonic_us() + flush_max_us;

	while (conns_are_flushing(s->conns) && clock_monotonic_us() < until_us)
		event_base_loop(task_loop_base(), EVLOOP_ONCE);
}

void
http_server_free(struct http_server *s)
{
	flush_answers(s);
	event_free(s->tick);
	evhttp_free(s->evhttp);
	conns_free(s->conns);
	static_free(s->files);
	free(s);
}
