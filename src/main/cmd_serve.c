/*
 * lienthong serve: takes the port, starts the workers, says where it listens.
 */
#include "commands.h"

#include "config.h"
#include "supervisor.h"
#include "token_key.h"
#include "worker.h"

#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

struct serve {
	struct config cfg;
	unsigned char token_key[TOKEN_KEY_SIZE];
	int listen_fd;
	struct arena *arena;
};

static int
work(void *arg)
{
	struct serve *s = arg;
	int status = worker_run(&s->cfg, s->listen_fd, supervisor_tell_ready);

	arena_free(s->arena);
	return status;
}

static void
say_ready(void *arg)
{
	struct serve *s = arg;
	bool is_ip6 = strchr(s->cfg.http.address, ':');

	printf("listening on http://%s%s%s:%u\n", is_ip6 ? "[" : "", s->cfg.http.address,
	    is_ip6 ? "]" : "", http_port_of(s->listen_fd));
	fflush(stdout);
}

static bool
listen_on(struct serve *s)
{
	char why[256] = "";

	s->listen_fd = http_listen(s->cfg.http.address, s->cfg.http.port, why, sizeof why);
	if (s->listen_fd < 0)
		fprintf(stderr, "lienthong: %s\n", why);
	return s->listen_fd >= 0;
}

static int
serve(struct serve *s)
{
	struct supervised what = {
		.workers = s->cfg.workers, .work = work, .ready = say_ready, .arg = s
	};
	int status;

	signal(SIGPIPE, SIG_IGN);
	if (sodium_init() < 0 || !token_key_read(s->cfg.token_key_file, s->token_key) ||
	    !listen_on(s))
		return 1;
	s->cfg.api.token_key = s->token_key;
	s->cfg.http.routes = api_routes(&s->cfg.api);
	s->cfg.http.authenticate = api_authenticate;
	status = supervise(&what);
	close(s->listen_fd);
	sodium_memzero(s->token_key, sizeof s->token_key);
	return status;
}

int
cmd_serve(int argc, char **argv)
{
	struct serve s = { .arena = arena_new() };
	int status = config_from_arguments(s.arena, argc, argv, &s.cfg);

	if (status == 0)
		status = serve(&s);
	arena_free(s.arena);
	return status;
}
