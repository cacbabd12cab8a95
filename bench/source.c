/*
 * A bare mail client: sends the same mail over and over on kept connections, and does nothing else.
 *   source PORT CONNECTIONS COUNT FILE
 */
#include "measure.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>

static struct {
	int port;
	atomic_long left;
	char *mail; /* as it goes after DATA, with its dot */
	size_t len;
} source;

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

static void
read_mail(const char *path)
{
	static const char end[] = ".\r\n";
	FILE *f = fopen(path, "r"), *all = open_memstream(&source.mail, &source.len);
	char part[4096];
	size_t n;

	if (!f || !all)
		die(path);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		fwrite(part, 1, n, all);
	fwrite(end, 1, sizeof(end) - 1, all);
	fclose(f);
	fclose(all);
}

static FILE *
open_connection(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)source.port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int on = 1, fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof(at)) < 0)
		die("source");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return fdopen(fd, "r+");
}

/* Says it, if anything, and waits for an answer that begins so. */
static void
ask(FILE *io, const char *text, size_t len, char answer)
{
	char line[512];

	if (fwrite(text, 1, len, io) != len || fflush(io) != 0 || !fgets(line, sizeof(line), io) ||
	    line[0] != answer)
		die("source: the server does not answer as it should");
}

#define ASK(io, text, answer) ask(io, text, sizeof(text) - 1, answer)

static void *
work(void *arg)
{
	FILE *io = open_connection();

	ASK(io, "", '2');
	ASK(io, "EHLO bench.example\r\n", '2');
	while (atomic_fetch_sub(&source.left, 1) > 0) {
		ASK(io, "MAIL FROM:<lienthong@bench.example>\r\n", '2');
		ASK(io, "RCPT TO:<somebody@bench.example>\r\n", '2');
		ASK(io, "DATA\r\n", '3');
		ask(io, source.mail, source.len, '2');
	}
	fclose(io);
	return arg;
}

int
main(int argc, char **argv)
{
	enum { MOST = 64 };
	pthread_t threads[MOST];
	int count = argc == 5 ? atoi(argv[2]) : 0;

	if (count < 1 || count > MOST)
		return 2;
	source.port = atoi(argv[1]);
	source.left = atol(argv[3]);
	read_mail(argv[4]);
	for (int i = 0; i < count; i++)
		pthread_create(&threads[i], NULL, work, NULL);
	for (int i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
