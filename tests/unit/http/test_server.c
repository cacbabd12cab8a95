/*
 * The server over real sockets: a child runs it with a few routes, the test is its client. The
 * child must end with 0, so that a leak or a report of the sanitizers fails the test.
 */
#include "http.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <arpa/inet.h>
#include <cmocka.h>
#undef fail /* cmocka has a macro of that name */
#include <event2/event.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned port;
static pid_t server_pid;
static char web_dir[] = "/tmp/lt-web-XXXXXX";

/* ---- the child ---- */

static struct http_stream *last_stream;

static void
stream_closed(void *arg)
{
	(void)arg;
	last_stream = NULL;
}

static int
get_echo(struct task *t, struct http_req *rq)
{
	struct json_object *o = json_keep(task_arena(t), json_object_new_object());

	json_set_str(o, "name", http_param(rq, "name"));
	json_set_str(o, "q", http_query(rq, "q"));
	json_set_str(o, "remote", http_remote(rq));
	return http_reply_json(rq, 200, o);
}

static int
post_echo(struct task *t, struct http_req *rq)
{
	struct json_object *body;

	TRY(http_body(t, rq, &body));
	http_set_cookie(rq, "c", "v", "/", 60);
	return http_reply_json(rq, 201, body);
}

static int
put_versioned(struct task *t, struct http_req *rq)
{
	int64_t version;

	TRY(http_if_match(t, rq, &version));
	return http_reply_empty(rq, 204);
}

static int
get_failing(struct task *t, struct http_req *rq)
{
	struct error_list errors;

	(void)rq;
	error_list_init(&errors, task_arena(t));
	error_add(&errors, "/fields/x", "required", "is missing");
	return fail_list(t, E_INVALID, &errors, "some fields are wrong");
}

static int
get_broken(struct task *t, struct http_req *rq)
{
	(void)rq;
	return fail(t, E_INTERNAL, "the secret of the database");
}

static int
get_slow(struct task *t, struct http_req *rq)
{
	task_sleep(t, 2000);
	return http_reply_text(rq, 200, "text/plain", "late", 4);
}

static int
get_stream(struct task *t, struct http_req *rq)
{
	last_stream = http_stream_start(rq, stream_closed, NULL);
	if (!last_stream)
		return fail(t, E_BUSY, "too many streams");
	http_stream_send(last_stream, "hello", "{}");
	return OK;
}

static int
get_has_stream(struct task *t, struct http_req *rq)
{
	(void)t;
	return http_reply_text(rq, 200, "text/plain", last_stream ? "yes" : "no!", 3);
}

static int
authenticate(struct task *t, struct http_req *rq)
{
	if (!http_cookie(rq, "who"))
		return fail(t, E_UNAUTHENTICATED, "sign in first");
	http_set_identity(rq, &(struct http_identity){ .person = 1, .session = 2 });
	return OK;
}

static const struct http_route routes[] = {
	{ "GET", "/api/echo/:name", get_echo, HTTP_PUBLIC },
	{ "POST", "/api/echo", post_echo, HTTP_PUBLIC },
	{ "GET", "/api/private/:name", get_echo, 0 },
	{ "PUT", "/api/versioned", put_versioned, HTTP_PUBLIC },
	{ "GET", "/api/failing", get_failing, HTTP_PUBLIC },
	{ "GET", "/api/broken", get_broken, HTTP_PUBLIC },
	{ "GET", "/api/slow", get_slow, HTTP_PUBLIC },
	{ "GET", "/api/stream", get_stream, HTTP_PUBLIC },
	{ "GET", "/api/has-stream", get_has_stream, HTTP_PUBLIC },
	{ NULL, NULL, NULL, 0 },
};

static struct http_server *server;

static void
on_term(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
	http_server_stop(server);
	task_loop_stop();
}

static void
serve(int fd)
{
	struct http_config cfg = { .static_dir = web_dir,
		.body_max = 65536,
		.header_max = 8192,
		.timeout_s = 1,
		.connections_max = 20,
		.routes = routes,
		.authenticate = authenticate };
	struct event *term;

	log_set_level(LOG_ERROR);
	task_loop_init(1);
	signal(SIGPIPE, SIG_IGN);
	server = http_server_new(&cfg, fd);
	term = evsignal_new(task_loop_base(), SIGTERM, on_term, NULL);
	event_add(term, NULL);
	task_loop_run();
	http_server_free(server);
	event_free(term);
	task_loop_free();
	close(fd);
	exit(0);
}

/* ---- the client ---- */

static void
put_file(const char *name, const char *text)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", web_dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int
start_server(void **state)
{
	char why[200], assets[256];
	int fd;

	(void)state;
	assert_non_null(mkdtemp(web_dir));
	snprintf(assets, sizeof(assets), "%s/assets", web_dir);
	mkdir(assets, 0700);
	put_file("index.html", "<!doctype html>page");
	put_file("assets/a-1.js", "plain script");
	put_file("assets/a-1.js.br", "brotli script");
	fd = http_listen("127.0.0.1", 0, why, sizeof(why));
	assert_true(fd >= 0);
	port = http_port_of(fd);
	server_pid = fork();
	if (server_pid == 0)
		serve(fd);
	close(fd);
	return 0;
}

static int
stop_server(void **state)
{
	char command[300];
	int status;

	(void)state;
	kill(server_pid, SIGTERM);
	waitpid(server_pid, &status, 0);
	snprintf(command, sizeof(command), "rm -r %s", web_dir);
	if (system(command) != 0)
		return -1;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

static int
dial(void)
{
	struct sockaddr_in sa = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct timeval patience = { .tv_sec = 5 };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	assert_int_equal(connect(fd, (struct sockaddr *)&sa, sizeof(sa)), 0);
	return fd;
}

static void
say(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

/* Reads until the text has come or the connection ends. */
static const char *
hear(int fd, const char *until)
{
	static char answer[200000];
	size_t len = 0;
	ssize_t n;

	answer[0] = '\0';
	while (len < sizeof(answer) - 1 && !(until && strstr(answer, until)) &&
	       (n = recv(fd, answer + len, sizeof(answer) - 1 - len, 0)) > 0) {
		len += (size_t)n;
		answer[len] = '\0';
	}
	return answer;
}

static const char *
ask(const char *request)
{
	int fd = dial();
	const char *answer;

	say(fd, request);
	shutdown(fd, SHUT_WR);
	answer = hear(fd, NULL);
	close(fd);
	return answer;
}

static void
assert_has(const char *answer, const char *part)
{
	if (!answer || !strstr(answer, part))
		print_error("\"%s\" is not in:\n%s\n", part, answer);
	assert_true(answer && strstr(answer, part));
}

#define CLOSE "Host: t\r\nConnection: close\r\n"
#define JSON_TYPE "Content-Type: application/json\r\n"

static void
get_answers_json_with_security_headers(void **state)
{
	const char *a = ask("GET /api/echo/h%E1%BB%99?q=a+b HTTP/1.1\r\n" CLOSE "\r\n");

	(void)state;
	assert_has(a, "HTTP/1.1 200 OK\r\n");
	assert_has(a, "{\"name\":\"hộ\",\"q\":\"a b\",\"remote\":\"127.0.0.1\"}");
	assert_has(a, "Content-Security-Policy: default-src 'self';");
	assert_has(a, "frame-ancestors 'none'");
	assert_has(a, "X-Content-Type-Options: nosniff\r\n");
	assert_has(a, "Referrer-Policy: ");
	assert_has(a, "Cross-Origin-Opener-Policy: same-origin\r\n");
	assert_has(a, "Cache-Control: no-store\r\n");
	assert_has(a, "X-Request-Id: ");
}

static void
head_is_get_without_a_body(void **state)
{
	const char *a = ask("HEAD /api/echo/x HTTP/1.1\r\n" CLOSE "\r\n");

	(void)state;
	assert_has(a, "HTTP/1.1 200 OK\r\n");
	assert_has(a, "Content-Length: ");
	assert_string_equal(strstr(a, "\r\n\r\n"), "\r\n\r\n");
}

static void
post_needs_a_json_object(void **state)
{
	const char *a = ask(
	    "POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE "Content-Length: 7\r\n\r\n{\"a\":1}");

	(void)state;
	assert_has(a, "HTTP/1.1 201 Created\r\n");
	assert_has(a, "Set-Cookie: c=v; Path=/; Max-Age=60; HttpOnly; SameSite=Strict\r\n");
	a = ask("POST /api/echo HTTP/1.1\r\n" CLOSE "Content-Length: 7\r\n\r\n{\"a\":1}");
	assert_has(a, "HTTP/1.1 415 ");
	a = ask("POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE "Content-Length: 4\r\n\r\n{\"a\"");
	assert_has(a, "HTTP/1.1 400 ");
	assert_has(a, "\"code\":\"not-json\"");
	a = ask("POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE "Content-Length: 2\r\n\r\n[]");
	assert_has(a, "\"code\":\"not-an-object\"");
	a = ask(
	    "POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE "Content-Length: 8\r\n\r\n{\"a\xff\":1}");
	assert_has(a, "\"code\":\"not-utf8\"");
	a = ask("POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE "\r\n");
	assert_has(a, "the body is empty");
}

static void
chunked_body_is_read(void **state)
{
	const char *a = ask(
	    "POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE
	    "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n");

	(void)state;
	assert_has(a, "HTTP/1.1 201 Created\r\n");
}

static void
client_that_waits_for_continue_gets_it(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, "POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE
		"Expect: 100-continue\r\nContent-Length: 7\r\n\r\n");
	assert_has(hear(fd, "\r\n\r\n"), "HTTP/1.1 100 Continue\r\n");
	say(fd, "{\"a\":1}");
	assert_has(hear(fd, NULL), "HTTP/1.1 201 Created\r\n");
	close(fd);
	assert_has(ask("POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE
		       "Expect: tea\r\nContent-Length: 2\r\n\r\n{}"),
	    "application/problem+json");
}

static void
body_of_doubtful_length_is_refused_and_the_connection_closed(void **state)
{
	const char *a = ask("POST /api/echo HTTP/1.1\r\nHost: t\r\n" JSON_TYPE
			    "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
			    "GET /api/echo/smuggled HTTP/1.1\r\nHost: t\r\n\r\n");

	(void)state;
	assert_has(a, "HTTP/1.1 400 ");
	assert_null(strstr(a, "smuggled"));
	a = ask("POST /api/echo HTTP/1.1\r\nHost: t\r\n" JSON_TYPE
		"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} GET /api/echo/smuggled "
		"HTTP/1.1\r\n\r\n");
	assert_has(a, "HTTP/1.1 400 ");
	assert_null(strstr(a, "smuggled"));
}

static void
errors_are_problems(void **state)
{
	const char *a = ask("GET /api/failing HTTP/1.1\r\n" CLOSE "\r\n");

	(void)state;
	assert_has(a, "HTTP/1.1 422 ");
	assert_has(a, "Content-Type: application/problem+json\r\n");
	assert_has(a, "\"type\":\"https://lienthong.vn/problems/invalid\"");
	assert_has(a, "\"errors\":[{\"pointer\":\"/fields/"
		      "x\",\"code\":\"required\",\"detail\":\"is missing\"}]");
	assert_has(a, "\"request_id\":\"");
	a = ask("GET /api/nothing HTTP/1.1\r\n" CLOSE "\r\n");
	assert_has(a, "HTTP/1.1 404 ");
	a = ask("DELETE /api/echo HTTP/1.1\r\n" CLOSE "\r\n");
	assert_has(a, "HTTP/1.1 405 ");
	assert_has(a, "Allow: POST\r\n");
	a = ask("BREW /api/echo HTTP/1.1\r\n" CLOSE "\r\n");
	assert_has(a, "HTTP/1.1 405 ");
	assert_has(a, "application/problem+json");
	a = ask("GET /api/echo/%ff HTTP/1.1\r\n" CLOSE "\r\n");
	assert_has(a, "HTTP/1.1 400 ");
	a = ask("GET /api/echo/x?q=%ff HTTP/1.1\r\n" CLOSE "\r\n");
	assert_has(a, "HTTP/1.1 400 ");
}

static void
inner_reasons_stay_inside(void **state)
{
	const char *a = ask("GET /api/broken HTTP/1.1\r\n" CLOSE "\r\n");

	(void)state;
	assert_has(a, "HTTP/1.1 500 ");
	assert_null(strstr(a, "secret"));
}

static void
what_evhttp_refuses_is_a_problem_too(void **state)
{
	static char huge[20000];
	const char *a = ask("rubbish\r\n\r\n");

	(void)state;
	assert_has(a, "HTTP/1.1 400 ");
	assert_has(a, "application/problem+json");
	assert_null(strstr(a, "<H"));
	a = ask("GET /api/echo/x HTTP/1.1\r\nno colon here\r\n\r\n");
	assert_has(a, "application/problem+json");
	a = ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
	assert_has(a, "application/problem+json");
	snprintf(huge, sizeof(huge), "GET /api/echo/x HTTP/1.1\r\nX: %010000d\r\n\r\n", 1);
	a = ask(huge);
	assert_has(a, "HTTP/1.1 431 ");
	assert_has(a, "\"code\":\"headers-too-large\"");
	a = ask("POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE
		"Transfer-Encoding: chunked\r\n\r\nzz\r\n");
	assert_has(a, "HTTP/1.1 400 ");
	assert_has(a, "application/problem+json");
}

static void
what_evhttp_refuses_on_a_kept_connection_is_a_problem_too(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, "GET /api/echo/x HTTP/1.1\r\nHost: t\r\n\r\n");
	assert_has(hear(fd, "}"), "HTTP/1.1 200 ");
	say(fd, "rubbish\r\n\r\n");
	assert_has(hear(fd, NULL), "application/problem+json");
	close(fd);
}

static void
large_bodies_get_their_answer(void **state)
{
	static char body[400000];
	int fd;

	(void)state;
	memset(body, ' ', sizeof(body) - 1);
	for (int round = 0; round < 2; round++) {
		size_t n = round ? sizeof(body) - 1
				 : 100000; /* below and above evhttp's own limit */
		char head[200];

		fd = dial();
		snprintf(head, sizeof(head),
		    "POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE "Content-Length: %zu\r\n\r\n", n);
		say(fd, head);
		for (size_t sent = 0; sent < n;)
			sent += (size_t)send(fd, body, n - sent, MSG_NOSIGNAL);
		const char *a = hear(fd, NULL);

		assert_has(a, "HTTP/1.1 413 ");
		assert_has(a, "\"code\":\"too-large\"");
		close(fd);
	}
}

static void
other_sites_are_refused(void **state)
{
	const char *a = ask("POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE
			    "Origin: https://evil.example\r\nContent-Length: 2\r\n\r\n{}");

	(void)state;
	assert_has(a, "HTTP/1.1 403 ");
	assert_has(a, "\"code\":\"cross-site\"");
	a = ask("POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE
		"Sec-Fetch-Site: same-site\r\nContent-Length: 2\r\n\r\n{}");
	assert_has(a, "HTTP/1.1 403 ");
	a = ask("POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE
		"Origin: null\r\nContent-Length: 2\r\n\r\n{}");
	assert_has(a, "HTTP/1.1 403 ");
	a = ask("POST /api/echo HTTP/1.1\r\n" CLOSE JSON_TYPE
		"Origin: http://t\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 2\r\n\r\n{}");
	assert_has(a, "HTTP/1.1 201 ");
}

static void
private_routes_need_a_sign_in(void **state)
{
	(void)state;
	assert_has(ask("GET /api/private/x HTTP/1.1\r\n" CLOSE "\r\n"), "HTTP/1.1 401 ");
	assert_has(
	    ask("GET /api/private/x HTTP/1.1\r\n" CLOSE "Cookie: who=me\r\n\r\n"), "HTTP/1.1 200 ");
}

static void
version_is_required_and_read(void **state)
{
	(void)state;
	assert_has(ask("PUT /api/versioned HTTP/1.1\r\n" CLOSE JSON_TYPE "\r\n"), "HTTP/1.1 428 ");
	assert_has(ask("PUT /api/versioned HTTP/1.1\r\n" CLOSE JSON_TYPE "If-Match: \"x\"\r\n\r\n"),
	    "HTTP/1.1 412 ");
	assert_has(ask("PUT /api/versioned HTTP/1.1\r\n" CLOSE JSON_TYPE "If-Match: *\r\n\r\n"),
	    "HTTP/1.1 400 ");
	assert_has(ask("PUT /api/versioned HTTP/1.1\r\n" CLOSE JSON_TYPE "If-Match: \"3\"\r\n\r\n"),
	    "HTTP/1.1 204 ");
}

static void
pages_and_assets_are_served(void **state)
{
	const char *a = ask("GET /cases/12 HTTP/1.1\r\n" CLOSE "\r\n");
	char etag[64], request[300];

	(void)state;
	assert_has(a, "<!doctype html>page");
	assert_has(a, "Cache-Control: no-cache\r\n");
	assert_has(a, "Content-Type: text/html; charset=utf-8\r\n");
	sscanf(strstr(a, "ETag: ") + 6, "%63s", etag);
	snprintf(
	    request, sizeof(request), "GET / HTTP/1.1\r\n" CLOSE "If-None-Match: %s\r\n\r\n", etag);
	assert_has(ask(request), "HTTP/1.1 304 ");
	a = ask("GET /assets/a-1.js HTTP/1.1\r\n" CLOSE "Accept-Encoding: gzip, br\r\n\r\n");
	assert_has(a, "brotli script");
	assert_has(a, "Content-Encoding: br\r\n");
	assert_has(a, "Vary: Accept-Encoding\r\n");
	assert_has(a, "Cache-Control: public, max-age=31536000, immutable\r\n");
	assert_has(ask("GET /assets/a-1.js HTTP/1.1\r\n" CLOSE "\r\n"), "plain script");
	assert_has(ask("GET /assets/lost.js HTTP/1.1\r\n" CLOSE "\r\n"), "HTTP/1.1 404 ");
	assert_has(ask("POST / HTTP/1.1\r\n" CLOSE "\r\n"), "HTTP/1.1 405 ");
}

static void
no_path_leads_out_of_the_web_folder(void **state)
{
	(void)state;
	assert_has(ask("GET /../../etc/passwd.txt HTTP/1.1\r\n" CLOSE "\r\n"), "HTTP/1.1 404 ");
	assert_has(
	    ask("GET /assets/../../../etc/passwd HTTP/1.1\r\n" CLOSE "\r\n"), "HTTP/1.1 404 ");
	assert_has(
	    ask("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" CLOSE "\r\n"), "<!doctype html>");
	assert_has(ask("GET /assets/a-1.js.br HTTP/1.1\r\n" CLOSE "\r\n"), "HTTP/1.1 404 ");
}

static void
requests_in_one_packet_are_answered_in_order(void **state)
{
	int fd = dial();
	const char *a;

	(void)state;
	say(fd, "GET /api/echo/one HTTP/1.1\r\nHost: t\r\n\r\n"
		"GET /api/echo/two HTTP/1.1\r\n" CLOSE "\r\n");
	a = hear(fd, NULL);
	assert_has(a, "\"name\":\"one\"");
	assert_has(strstr(a, "\"one\""), "\"name\":\"two\"");
	close(fd);
}

static void
slow_handler_is_answered_for_at_its_deadline(void **state)
{
	const char *a = ask("GET /api/slow HTTP/1.1\r\n" CLOSE "\r\n");

	(void)state;
	assert_has(a, "HTTP/1.1 503 ");
	assert_has(a, "Retry-After: 1\r\n");
}

static void
client_that_hangs_up_harms_nobody(void **state)
{
	(void)state;
	for (int i = 0; i < 10; i++) {
		int fd = dial();
		struct linger at_once = { .l_onoff = 1 };

		say(fd, i % 2 ? "GET /api/slow HTTP/1.1\r\nHost: t\r\n\r\n" : "GET /api/sl");
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
		close(fd);
	}
	assert_has(ask("GET /api/echo/x HTTP/1.1\r\n" CLOSE "\r\n"), "HTTP/1.1 200 ");
}

static void
connection_that_drips_is_ended(void **state)
{
	int fd = dial(), rounds = 0;
	int64_t start_us = clock_monotonic_us();

	(void)state;
	say(fd, "GET /api/echo/x HTTP/1.1\r\nX: ");
	while (rounds++ < 100 && send(fd, "a", 1, MSG_NOSIGNAL) == 1)
		usleep(100000);
	assert_true(clock_monotonic_us() - start_us < 4000000);
	close(fd);
}

static void
too_many_connections_wait_and_then_are_served(void **state)
{
	int fds[25];

	(void)state;
	for (size_t i = 0; i < LEN(fds); i++)
		fds[i] = dial();
	for (size_t i = 0; i < LEN(fds); i++)
		say(fds[i], "GET /api/echo/x HTTP/1.1\r\nHost: t\r\n\r\n");
	for (size_t i = 0; i < LEN(fds); i++) {
		assert_has(hear(fds[i], "}"), "HTTP/1.1 200 ");
		close(fds[i]);
	}
}

static void
stream_sends_until_the_client_leaves(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, "GET /api/stream HTTP/1.1\r\nHost: t\r\n\r\n");
	assert_has(hear(fd, "data: {}"), "Content-Type: text/event-stream\r\n");
	assert_has(ask("GET /api/has-stream HTTP/1.1\r\n" CLOSE "\r\n"), "yes");
	close(fd);
	for (int i = 0;
	     i < 50 && strstr(ask("GET /api/has-stream HTTP/1.1\r\n" CLOSE "\r\n"), "yes"); i++)
		usleep(20000);
	assert_has(ask("GET /api/has-stream HTTP/1.1\r\n" CLOSE "\r\n"), "no!");
}

static void
streams_are_bounded(void **state)
{
	int fds[11];

	(void)state;
	for (size_t i = 0; i < LEN(fds); i++) {
		fds[i] = dial();
		say(fds[i], "GET /api/stream HTTP/1.1\r\nHost: t\r\n\r\n");
		assert_has(hear(fds[i], "}"), i < 10 ? "HTTP/1.1 200 " : "HTTP/1.1 503 ");
	}
	for (size_t i = 0; i < LEN(fds); i++)
		close(fds[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(get_answers_json_with_security_headers),
		cmocka_unit_test(head_is_get_without_a_body),
		cmocka_unit_test(post_needs_a_json_object),
		cmocka_unit_test(chunked_body_is_read),
		cmocka_unit_test(client_that_waits_for_continue_gets_it),
		cmocka_unit_test(body_of_doubtful_length_is_refused_and_the_connection_closed),
		cmocka_unit_test(errors_are_problems),
		cmocka_unit_test(inner_reasons_stay_inside),
		cmocka_unit_test(what_evhttp_refuses_is_a_problem_too),
		cmocka_unit_test(what_evhttp_refuses_on_a_kept_connection_is_a_problem_too),
		cmocka_unit_test(large_bodies_get_their_answer),
		cmocka_unit_test(other_sites_are_refused),
		cmocka_unit_test(private_routes_need_a_sign_in),
		cmocka_unit_test(version_is_required_and_read),
		cmocka_unit_test(pages_and_assets_are_served),
		cmocka_unit_test(no_path_leads_out_of_the_web_folder),
		cmocka_unit_test(requests_in_one_packet_are_answered_in_order),
		cmocka_unit_test(slow_handler_is_answered_for_at_its_deadline),
		cmocka_unit_test(client_that_hangs_up_harms_nobody),
		cmocka_unit_test(connection_that_drips_is_ended),
		cmocka_unit_test(too_many_connections_wait_and_then_are_served),
		cmocka_unit_test(stream_sends_until_the_client_leaves),
		cmocka_unit_test(streams_are_bounded),
	};

	return cmocka_run_group_tests(tests, start_server, stop_server);
}
