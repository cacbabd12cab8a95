/* Connections that are slow, many, dropped, kept or streamed to. */
#include "server_world.h"

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
