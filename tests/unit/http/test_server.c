/* What the server answers to one request, good or bad. */
#include "server_world.h"

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
	assert_has(
	    ask("GET /cases/7/terms/request.account HTTP/1.1\r\n" CLOSE "\r\n"), "HTTP/1.1 200 ");
	assert_has(ask("GET /lost.png HTTP/1.1\r\n" CLOSE "\r\n"), "HTTP/1.1 404 ");
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
	};

	return cmocka_run_group_tests(tests, start_server, stop_server);
}
