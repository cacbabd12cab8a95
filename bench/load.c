/*
 * An HTTP load client: sends prepared requests over kept connections, each as soon as the one
 * before is answered, and measures how long each takes. load PORT CONNECTIONS FILE SECONDS FILE
 * holds requests as they go over the wire, each after a line with its length. With SECONDS they are
 * sent over and over for so long, with 0 each once.
 */
#include "measure.h"

#include <arpa/inet.h>
#include <string.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>

enum { HEAD_MAX = 4096, LATENCIES_MAX = 4000000 };

struct request {
	const char *bytes;
	size_t len;
};

struct client {
	struct bufferevent *bev;
	double sent_at;
	size_t body_left; /* of the answer that is coming in */
	int status;
	int is_in_body;
};

static struct {
	struct event_base *base;
	struct request *requests;
	long request_count, next, answered, failures, bytes;
	double until; /* 0: each once */
	double *latencies;
	int clients_busy;
} load;

static void
die(const char *what)
{
	fprintf(stderr, "load: %s\n", what);
	exit(1);
}

/* ---- the requests ---- */

static char *
read_all(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	char *text;

	if (!f)
		die("cannot open the file of requests");
	fseek(f, 0, SEEK_END);
	*len = (size_t)ftell(f);
	rewind(f);
	text = malloc(*len + 1);
	if (!text || fread(text, 1, *len, f) != *len)
		die("cannot read the file of requests");
	text[*len] = 0;
	fclose(f);
	return text;
}

static void
read_requests(const char *path)
{
	size_t len;
	char *at = read_all(path, &len), *end = at + len;
	long room = 0;

	while (at < end) {
		size_t n = strtoul(at, &at, 10);

		if (n == 0 || *at != '\n' || (size_t)(end - at) <= n)
			die("the file of requests is cut off");
		if (load.request_count == room) {
			room = room ? room * 2 : 1024;
			load.requests = realloc(
			    load.requests, (size_t)room * sizeof(*load.requests));
		}
		load.requests[load.request_count++] = (struct request){ at + 1, n };
		at += 1 + n;
	}
}

/* ---- one connection ---- */

static void
finish_client(struct client *c)
{
	bufferevent_free(c->bev);
	c->bev = NULL;
	if (--load.clients_busy == 0)
		event_base_loopbreak(load.base);
}

static void
send_next(struct client *c)
{
	double now = now_s();
	const struct request *rq;

	if (load.until > 0 ? now >= load.until : load.next >= load.request_count) {
		finish_client(c);
		return;
	}
	rq = &load.requests[load.next++ % load.request_count];
	c->sent_at = now;
	bufferevent_write(c->bev, rq->bytes, rq->len);
}

static void
note_answer(struct client *c)
{
	if (load.answered == LATENCIES_MAX)
		die("more answers than there is room for");
	load.latencies[load.answered++] = now_s() - c->sent_at;
	if (c->status < 200 || c->status > 299)
		load.failures++;
}

/* False: the head is not all here. */
static int
read_head(struct client *c, struct evbuffer *in)
{
	struct evbuffer_ptr end = evbuffer_search(in, "\r\n\r\n", 4, NULL);
	char head[HEAD_MAX + 1];
	const char *length;

	if (end.pos < 0 && evbuffer_get_length(in) < HEAD_MAX)
		return 0;
	if (end.pos < 0 || end.pos + 4 > HEAD_MAX)
		die("the head of an answer is too long");
	evbuffer_remove(in, head, (size_t)end.pos + 4);
	head[end.pos + 4] = 0;
	length = strcasestr(head, "\r\nContent-Length:");
	if (sscanf(head, "HTTP/1.1 %d", &c->status) != 1 || !length)
		die("an answer is not HTTP/1.1 with a length");
	c->body_left = strtoul(length + 17, NULL, 10);
	c->is_in_body = 1;
	return 1;
}

static void
show_failure(struct client *c, struct evbuffer *in)
{
	char text[300];
	ev_ssize_t n = evbuffer_copyout(in, text, sizeof(text) - 1);

	if (c->status > 299 && load.failures == 0 && n > 0)
		fprintf(stderr, "load: the first failure: %d %.*s\n", c->status, (int)n, text);
}

static void
on_read(struct bufferevent *bev, void *arg)
{
	struct client *c = arg;
	struct evbuffer *in = bufferevent_get_input(bev);
	size_t n;

	if (!c->is_in_body && !read_head(c, in))
		return;
	show_failure(c, in);
	n = evbuffer_get_length(in);
	n = n < c->body_left ? n : c->body_left;
	evbuffer_drain(in, n);
	load.bytes += (long)n;
	c->body_left -= n;
	if (c->body_left > 0)
		return;
	c->is_in_body = 0;
	note_answer(c);
	send_next(c);
}

static void
on_event(struct bufferevent *bev, short what, void *arg)
{
	(void)bev, (void)arg;
	if (what & (BEV_EVENT_ERROR | BEV_EVENT_EOF))
		die("a connection was closed");
}

static void
start_client(struct client *c, const struct sockaddr_in *to)
{
	c->bev = bufferevent_socket_new(load.base, -1, BEV_OPT_CLOSE_ON_FREE);
	bufferevent_setcb(c->bev, on_read, NULL, on_event, c);
	bufferevent_enable(c->bev, EV_READ | EV_WRITE);
	if (bufferevent_socket_connect(c->bev, (const struct sockaddr *)to, sizeof(*to)) < 0)
		die("cannot connect");
	load.clients_busy++;
	send_next(c);
}

int
main(int argc, char **argv)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	double started, cpu;
	int clients;

	if (argc != 5)
		die("usage: load PORT CONNECTIONS FILE SECONDS");
	to.sin_port = htons((unsigned short)atoi(argv[1]));
	clients = atoi(argv[2]);
	read_requests(argv[3]);
	load.latencies = malloc(LATENCIES_MAX * sizeof(*load.latencies));
	load.base = event_base_new();
	cpu = cpu_s();
	started = now_s();
	load.until = atof(argv[4]) > 0 ? started + atof(argv[4]) : 0;
	for (int i = 0; i < clients && (load.until > 0 || i < load.request_count); i++)
		start_client(calloc(1, sizeof(struct client)), &to);
	event_base_dispatch(load.base);
	print_measure(load.latencies, load.answered, now_s() - started, cpu_s() - cpu,
	    load.failures, load.bytes);
	return 0;
}
