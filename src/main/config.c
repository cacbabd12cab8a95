/*
 * The table of configuration keys, and reading a file by it. A new key is a new row.
 */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum kind { TEXT, INT, UNSIGNED, SIZE, BOOL, LEVEL };

static const struct key {
	const char *name;
	enum kind kind;
	size_t at; /* in struct config */
	const char *otherwise;
	long long min, max;
	const char *help;
} keys[] = {
#define AT(member) offsetof(struct config, member)
	{ "listen_address", TEXT, AT(http.address), "127.0.0.1", 0, 0, "IP address to listen on" },
	{ "listen_port", UNSIGNED, AT(http.port), "8080", 0, 65535, "0: any free port" },
	{ "workers", INT, AT(workers), "1", 1, 64, "processes behind the port" },
	{ "connections_max", INT, AT(http.connections_max), "1024", 1, 65536, "per worker" },
	{ "request_timeout_s", INT, AT(http.timeout_s), "30", 1, 3600,
	    "for a client to send or take" },
	{ "body_max_bytes", SIZE, AT(http.body_max), "1048576", 1024, 1 << 30, "of a request" },
	{ "header_max_bytes", SIZE, AT(http.header_max), "16384", 1024, 1 << 20, "of a request" },
	{ "trusted_proxies", INT, AT(http.trusted_proxies), "0", 0, 16,
	    "hops of X-Forwarded-For to believe" },
	{ "static_dir", TEXT, AT(http.static_dir), "web/dist", 0, 0, "the built web application" },
	{ "base_url", TEXT, AT(flow.base_url), "", 0, 0,
	    "for links in mail; empty: http://listen_address:listen_port" },

	{ "database_socket", TEXT, AT(db.socket), "", 0, 0, "unix socket; empty: TCP" },
	{ "database_host", TEXT, AT(db.host), "127.0.0.1", 0, 0, "IP address" },
	{ "database_port", UNSIGNED, AT(db.port), "3306", 1, 65535, "" },
	{ "database_user", TEXT, AT(db.user), "lienthong", 0, 0, "" },
	{ "database_password", TEXT, AT(db.password), "", 0, 0, "" },
	{ "database_name", TEXT, AT(db.database), "lienthong", 0, 0, "" },
	{ "database_tls", BOOL, AT(db.tls), "no", 0, 0, "TCP only; the server is verified" },
	{ "database_ca_file", TEXT, AT(db.ca_file), "", 0, 0, "PEM; empty: the system's" },
	{ "database_pool_size", INT, AT(db.pool_size), "16", 1, 1024, "connections per worker" },
	{ "database_queue_max", INT, AT(db.queue_max), "256", 0, 65536, "requests that may wait" },
	{ "database_statement_timeout_s", INT, AT(db.statement_timeout_s), "10", 1, 3600, "" },
	{ "database_connect_timeout_s", INT, AT(db.connect_timeout_s), "5", 1, 300, "" },
	{ "migrations_dir", TEXT, AT(migrations_dir), "db/migrations", 0, 0, "" },

	{ "definitions_dir", TEXT, AT(flow.definitions_dir), ".", 0, 0,
	    "holds workflows/ and calendars/" },
	{ "province", TEXT, AT(flow.province), "STG", 0, 0, "begins each case number" },
	{ "calendar", TEXT, AT(flow.calendar), "vn", 0, 0, "of working days" },

	{ "token_key_file", TEXT, AT(token_key_file), "var/token.key", 0, 0,
	    "32 secret bytes, made by init" },

	{ "smtp_url", TEXT, AT(jobs.smtp_url), "", 0, 0,
	    "smtp://host:port or smtps://; empty: mail goes to mail_dir" },
	{ "smtp_user", TEXT, AT(jobs.smtp_user), "", 0, 0, "" },
	{ "smtp_password", TEXT, AT(jobs.smtp_password), "", 0, 0, "" },
	{ "smtp_ca_file", TEXT, AT(jobs.smtp_ca_file), "", 0, 0, "PEM; empty: the system's" },
	{ "smtp_starttls", BOOL, AT(jobs.smtp_starttls), "yes", 0, 0, "required with smtp://" },
	{ "mail_dir", TEXT, AT(jobs.mail_dir), "var/mail", 0, 0, "of .eml files" },
	{ "mail_from", TEXT, AT(jobs.mail_from), "lienthong@localhost", 0, 0, "sender" },
	{ "mail_domain", TEXT, AT(jobs.mail_domain), "localhost", 0, 0, "of Message-IDs" },
	{ "poll_ms", INT, AT(jobs.poll_ms), "1000", 10, 3600000, "how often to look for due work" },

	{ "demo", BOOL, AT(is_demo), "no", 0, 0, "a clock to move, mails to read, no real data" },
	{ "log_level", LEVEL, AT(log_level), "info", 0, 0, "error, warn, info or debug" },
#undef AT
};

/* ---- values ---- */

static bool
set_number(const struct key *k, void *to, const char *text)
{
	char *end;
	long long n;

	errno = 0;
	n = strtoll(text, &end, 10);
	if (errno || end == text || *end || n < k->min || n > k->max)
		return false;
	if (k->kind == INT)
		*(int *)to = (int)n;
	else if (k->kind == UNSIGNED)
		*(unsigned *)to = (unsigned)n;
	else
		*(size_t *)to = (size_t)n;
	return true;
}

static bool
set_bool(bool *to, const char *text)
{
	*to = str_eq(text, "yes");
	return *to || str_eq(text, "no");
}

static bool
set_level(enum log_level *to, const char *text)
{
	static const char *const names[] = { "error", "warn", "info", "debug" };

	for (size_t i = 0; i < LEN(names); i++) {
		if (str_eq(text, names[i])) {
			*to = (enum log_level)i;
			return true;
		}
	}
	return false;
}

static bool
set_value(struct arena *a, const struct key *k, struct config *cfg, const char *text)
{
	void *to = (char *)cfg + k->at;

	switch (k->kind) {
	case TEXT:
		*(const char **)to = *text ? arena_strdup(a, text) : NULL;
		return true;
	case BOOL:
		return set_bool(to, text);
	case LEVEL:
		return set_level(to, text);
	default:
		return set_number(k, to, text);
	}
}

static const char *
expected(struct arena *a, const struct key *k)
{
	if (k->kind == BOOL)
		return "yes or no";
	if (k->kind == LEVEL)
		return "error, warn, info or debug";
	return arena_printf(a, "a number from %lld to %lld", k->min, k->max);
}

/* ---- the file ---- */

struct reading {
	struct arena *arena;
	struct config *cfg;
	struct error_list *errors;
	const char *path;
	int line;
	int seen[LEN(keys)]; /* line where each key was given */
};

static void
mistake(struct reading *r, const char *text)
{
	error_add(
	    r->errors, arena_printf(r->arena, "%s:%d", r->path, r->line), "config", "%s", text);
}

static char *
trimmed(char *s)
{
	size_t n;

	while (isspace((unsigned char)*s))
		s++;
	n = strlen(s);
	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	s[n] = '\0';
	return s;
}

static const struct key *
key_of(const char *name)
{
	for (size_t i = 0; i < LEN(keys); i++)
		if (str_eq(keys[i].name, name))
			return &keys[i];
	return NULL;
}

static void
take_setting(struct reading *r, const char *name, const char *value)
{
	const struct key *k = key_of(name);

	if (!k) {
		mistake(r, arena_printf(r->arena, "unknown key \"%s\"", name));
		return;
	}
	if (r->seen[k - keys]) {
		mistake(r, arena_printf(r->arena, "%s was given in line %d already", name,
			       r->seen[k - keys]));
		return;
	}
	r->seen[k - keys] = r->line;
	if (!set_value(r->arena, k, r->cfg, value))
		mistake(r, arena_printf(r->arena, "%s must be %s, not \"%s\"", name,
			       expected(r->arena, k), value));
}

static void
take_line(struct reading *r, char *line)
{
	char *name = trimmed(line), *equals = strchr(name, '=');

	if (*name == '\0' || *name == '#')
		return;
	if (!equals) {
		mistake(r, "expected key = value");
		return;
	}
	*equals = '\0';
	take_setting(r, trimmed(name), trimmed(equals + 1));
}

static bool
take_file(struct reading *r)
{
	FILE *f = fopen(r->path, "re");
	char *line = NULL;
	size_t size = 0;

	if (!f)
		return false;
	while (getline(&line, &size, f) >= 0) {
		r->line++;
		take_line(r, line);
	}
	free(line);
	fclose(f);
	return true;
}

/* ---- the whole ---- */

static void
set_defaults(struct arena *a, struct config *cfg)
{
	*cfg = (struct config){ 0 };
	for (size_t i = 0; i < LEN(keys); i++)
		set_value(a, &keys[i], cfg, keys[i].otherwise);
}

/* What follows from several keys. */
static void
derive(struct arena *a, struct config *cfg)
{
	cfg->flow.is_demo = cfg->jobs.is_demo = cfg->api.is_demo = cfg->is_demo;
	if (!cfg->flow.base_url)
		cfg->flow.base_url = arena_printf(
		    a, "http://%s:%u", cfg->http.address, cfg->http.port);
}

bool
config_read(struct arena *a, const char *path, struct config *cfg, struct error_list *errors)
{
	struct reading r = { .arena = a, .cfg = cfg, .errors = errors, .path = path };

	set_defaults(a, cfg);
	if (!take_file(&r))
		error_add(errors, path, "config", "%s", strerror(errno));
	derive(a, cfg);
	return errors->count == 0;
}

int
config_from_arguments(struct arena *a, int argc, char **argv, struct config *cfg)
{
	struct error_list errors;

	if (argc != 3 || !str_eq(argv[1], "--config")) {
		fprintf(stderr, "usage: lienthong %s --config FILE\n", argv[0]);
		return 2;
	}
	error_list_init(&errors, a);
	config_read(a, argv[2], cfg, &errors);
	for (const struct error_item *e = errors.first; e; e = e->next)
		fprintf(stderr, "%s: %s\n", e->pointer, e->message);
	log_set_level(cfg->log_level);
	return errors.count ? 1 : 0;
}

void
config_print_help(FILE *to)
{
	fputs("# key = value, one a line; a line that begins with # is a comment\n", to);
	for (size_t i = 0; i < LEN(keys); i++) {
		if (*keys[i].help)
			fprintf(to, "\n# %s", keys[i].help);
		fprintf(to, "\n%s = %s\n", keys[i].name, keys[i].otherwise);
	}
}
