/*
 * The listening socket, made before the worker processes so that they share it.
 */
#include "http_priv.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int
bind_and_listen(const struct addrinfo *ai)
{
	int on = 1;
	int fd = socket(ai->ai_family, ai->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	/* accepted connections inherit it; else the end of each answer waits 40 ms for a delayed
	 * ACK */
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (bind(fd, ai->ai_addr, ai->ai_addrlen) == 0 && listen(fd, SOMAXCONN) == 0)
		return fd;
	int saved = errno;

	close(fd);
	errno = saved;
	return -1;
}

int
http_listen(const char *address, unsigned port, char *why, size_t why_size)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV };
	struct addrinfo *ai;
	char port_text[8];
	int fd;

	snprintf(port_text, sizeof(port_text), "%u", port);
	if (port > 65535 || getaddrinfo(address, port_text, &hints, &ai) != 0) {
		snprintf(why, why_size, "%s:%u is not an address to listen on", address, port);
		return -1;
	}
	fd = bind_and_listen(ai);
	if (fd < 0)
		snprintf(
		    why, why_size, "cannot listen on %s:%u: %s", address, port, strerror(errno));
	freeaddrinfo(ai);
	return fd;
}

unsigned
http_port_of(int fd)
{
	struct sockaddr_storage sa = { 0 };
	socklen_t len = sizeof(sa);

	if (getsockname(fd, (struct sockaddr *)&sa, &len) != 0)
		return 0;
	if (sa.ss_family == AF_INET6)
		return ntohs(((struct sockaddr_in6 *)&sa)->sin6_port);
	return ntohs(((struct sockaddr_in *)&sa)->sin_port);
}
