/*
 * A mail server that takes everything and keeps nothing, a thread for each connection.
 *   sink COUNT FILE   prints its port, and after each COUNT mails a line of JSON: how many, the
 * seconds from the first to the last, over how many connections. The first mail of all is put to
 * FILE. Runs until it is ended.
 */
#include "measure.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>

static struct {
	pthread_mutex_t lock;
	long wanted, count, connections; /* connections: opened in this lot */
	double began;
	const char *file; /* NULL: written */
} sink = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

static void
keep_first(const char *text, size_t len)
{
	FILE *f = sink.file ? fopen(sink.file, "w") : NULL;

	if (f && (fwrite(text, 1, len, f) != len || fclose(f) != 0))
		die(sink.file);
	sink.file = NULL;
}

static void
count_mail(const char *text, size_t len)
{
	pthread_mutex_lock(&sink.lock);
	keep_first(text, len);
	if (sink.count++ == 0)
		sink.began = now_s();
	if (sink.count == sink.wanted) {
		printf("{\"count\": %ld, \"seconds\": %.6f, \"connections\": %ld}\n", sink.count,
		    now_s() - sink.began, sink.connections);
		fflush(stdout);
		sink.count = sink.connections = 0;
	}
	pthread_mutex_unlock(&sink.lock);
}

/* Up to the line with a dot. */
static int
take_mail(FILE *io, char **line, size_t *size)
{
	char *text = NULL;
	size_t len = 0;
	FILE *all = open_memstream(&text, &len);
	ssize_t n;

	while ((n = getline(line, size, io)) > 0 && strcmp(*line, ".\r\n") != 0)
		fwrite(*line, 1, (size_t)n, all);
	fclose(all);
	if (n > 0)
		count_mail(text, len);
	free(text);
	return n > 0;
}

static void
say(FILE *io, const char *text)
{
	fputs(text, io);
	fflush(io);
}

static void *
talk(void *arg)
{
	FILE *io = arg;
	char *line = NULL;
	size_t size = 0;

	say(io, "220 sink\r\n");
	while (getline(&line, &size, io) > 0) {
		if (strncmp(line, "DATA", 4) != 0) {
			say(io, "250 fine\r\n");
			continue;
		}
		say(io, "354 go on\r\n");
		if (!take_mail(io, &line, &size))
			break;
		say(io, "250 taken\r\n");
	}
	free(line);
	fclose(io);
	return NULL;
}

static int
listen_anywhere(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&at, len) < 0 || listen(fd, 64) < 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &len) < 0)
		die("sink");
	printf("%d\n", ntohs(at.sin_port));
	fflush(stdout);
	return fd;
}

int
main(int argc, char **argv)
{
	int on = 1, listening, fd;
	pthread_t thread;

	if (argc < 3)
		return 2;
	sink.wanted = atol(argv[1]);
	sink.file = argv[2];
	listening = listen_anywhere();
	while ((fd = accept(listening, NULL, NULL)) >= 0) {
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		pthread_mutex_lock(&sink.lock);
		sink.connections++;
		pthread_mutex_unlock(&sink.lock);
		if (pthread_create(&thread, NULL, talk, fdopen(fd, "r+")) == 0)
			pthread_detach(thread);
	}
	return 1;
}
