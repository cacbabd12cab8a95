/*
 * The least that evhttp can do: answers each request with the same JSON text.
 *   constant SIZE     prints its port; runs until it is ended
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>

static char *text;
static size_t size;

static void
answer(struct evhttp_request *rq, void *arg)
{
	struct evbuffer *body = evbuffer_new();

	(void)arg;
	evhttp_add_header(
	    evhttp_request_get_output_headers(rq), "Content-Type", "application/json");
	evbuffer_add(body, text, size); /* copied, as the server copies what it has made */
	evhttp_send_reply(rq, 200, "OK", body);
	evbuffer_free(body);
}

/* As the server does: else the end of a long answer waits for a delayed acknowledgement. */
static int
prepare_socket(evutil_socket_t fd)
{
	struct sockaddr_in at;
	socklen_t len = sizeof(at);
	int on = 1;

	if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) < 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &len) < 0)
		return 0;
	return ntohs(at.sin_port);
}

int
main(int argc, char **argv)
{
	struct event_base *base = event_base_new();
	struct evhttp *http = evhttp_new(base);
	struct evhttp_bound_socket *bound;

	size = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
	text = malloc(size + 1);
	memset(text, 'x', size);
	evhttp_set_gencb(http, answer, NULL);
	bound = evhttp_bind_socket_with_handle(http, "127.0.0.1", 0);
	if (!bound)
		return 1;
	printf("%d\n", prepare_socket(evhttp_bound_socket_get_fd(bound)));
	fflush(stdout);
	event_base_dispatch(base);
	return 0;
}
