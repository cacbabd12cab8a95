/*
 * The server over real sockets: a child runs it with a few routes, the test is its client. The
 * child must end with 0, so that a leak or a report of the sanitizers fails the test.
 */
#ifndef LT_TEST_SERVER_WORLD_H
#define LT_TEST_SERVER_WORLD_H

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

static inline void
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

static inline int
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

static inline void
say(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

/* Reads until the text has come or the connection ends. */
static inline const char *
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

static inline const char *
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

static inline void
assert_has(const char *answer, const char *part)
{
	if (!answer || !strstr(answer, part))
		print_error("\"%s\" is not in:\n%s\n", part, answer);
	assert_true(answer && strstr(answer, part));
}

#define CLOSE "Host: t\r\nConnection: close\r\n"
#define JSON_TYPE "Content-Type: application/json\r\n"

#endif
