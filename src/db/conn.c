/*
 * conn: one connection to MariaDB. The connector's ordinary calls are used; whenever one would wait
 * for the socket it calls io_wait here, which parks the task and lets the others run.
 */
#include "db_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include <errmsg.h>
#include <event2/event.h>
#include <mysqld_error.h>

enum {
	TLS_RECHECK_MS = 100,
	LOCK_WAIT_S = 5,
	GRACE_S = 5 /* after the server should have given the statement up by itself */
};

static struct conn *open_conns;

/* The connector tells only the descriptor, and while it connects we do not know that yet. */
static struct conn *
conn_of(struct task *t, int fd)
{
	for (struct conn *c = open_conns; c; c = c->next_open) {
		if (c->user == t && (c->fd == fd || c->is_connecting))
			return c;
	}
	return NULL;
}

/*
 * The connector leaves a TCP socket blocking, on which its TLS calls would stop the whole loop; it
 * sets that anew while it connects, so we undo it until it is done.
 */
static void
keep_nonblocking(struct conn *c, int fd)
{
	int flags = fcntl(fd, F_GETFL);

	c->fd = fd;
	if (flags >= 0 && !(flags & O_NONBLOCK))
		fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

/*
 * Under TLS the connector asks for "readable" even when it wants to write (Connector/C pull request
 * 249). A full send buffer shows which it is; should it have drained just now, another look after a
 * short wait costs nothing, for the connector tries again whenever we say "ready".
 */
static bool
wait_tls(struct task *t, int fd, int left_ms)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	bool is_full = poll(&p, 1, 0) == 0;
	short events = is_full ? EV_READ | EV_WRITE : EV_READ;

	task_wait_fd(t, fd, events, left_ms < TLS_RECHECK_MS ? left_ms : TLS_RECHECK_MS);
	return true;
}

/* The time-out given is 5 ms under TLS, and none at all without a read time-out: ours counts. */
static int
io_wait(my_socket fd, my_bool is_read, int timeout_ms)
{
	struct task *t = task_current();
	struct conn *c = conn_of(t, fd);
	int64_t left_us = c ? c->deadline_us - clock_monotonic_us() : 0;
	bool is_ready = false;

	(void)timeout_ms;
	if (c && c->is_connecting)
		keep_nonblocking(c, fd);
	if (left_us > 0 && c->is_tls)
		is_ready = wait_tls(t, fd, (int)(left_us / 1000) + 1);
	else if (left_us > 0)
		is_ready = task_wait_fd(
		    t, fd, is_read ? EV_READ : EV_WRITE, (int)(left_us / 1000) + 1);
	errno = is_ready ? 0 : ETIMEDOUT;
	return is_ready;
}

void
conn_begin(struct conn *c)
{
	c->trouble = TROUBLE_NONE;
	c->deadline_us = clock_monotonic_us() + c->command_timeout_us;
}

/* ---- failures ---- */

static enum trouble
trouble_of(unsigned number)
{
	switch (number) {
	case ER_DUP_ENTRY:
		return TROUBLE_DUPLICATE;
	case ER_LOCK_DEADLOCK:
	case ER_LOCK_WAIT_TIMEOUT:
	case ER_CHECKREAD:
	case ER_AUTOINC_READ_FAILED: /* so it calls a deadlock over the counter of new ids */
		return TROUBLE_RETRY;
	case CR_SERVER_GONE_ERROR:
		return TROUBLE_UNSENT;
	case ER_SERVER_SHUTDOWN:
	case ER_CONNECTION_KILLED:
		return TROUBLE_LOST;
	default: /* the connector's own numbers: the two sides no longer understand each other */
		return number >= CR_MIN_ERROR && number <= CR_MAX_ERROR ? TROUBLE_LOST
									: TROUBLE_OTHER;
	}
}

static int
fail_other(struct task *t, unsigned number, const char *text, const char *sql)
{
	switch (number) {
	case ER_STATEMENT_TIMEOUT:
		log_warn("db: gave up after the time allowed: %s", sql);
		return fail(t, E_BUSY, "the database took too long");
	case ER_CON_COUNT_ERROR:
	case ER_UNKNOWN_COM_ERROR: /* Galera: the node is not (or no longer) in the cluster */
		return fail(t, E_BUSY, "the database is not ready: %s", text);
	default:
		log_error("db: error %u: %s, in: %s", number, text, sql);
		return fail(t, E_INTERNAL, "the database refused a statement (error %u)", number);
	}
}

int
conn_fail(struct task *t, struct conn *c, unsigned number, const char *text, const char *sql)
{
	c->trouble = trouble_of(number);
	switch (c->trouble) {
	case TROUBLE_DUPLICATE:
		return fail(t, E_CONFLICT, "it exists already");
	case TROUBLE_RETRY:
		return fail(t, E_BUSY, "others change the same data");
	case TROUBLE_UNSENT:
	case TROUBLE_LOST:
		log_warn("db: connection lost: %s", text);
		return fail(t, E_BUSY, "the connection to the database was lost");
	default:
		return fail_other(t, number, text, sql);
	}
}

bool
conn_is_lost(const struct conn *c)
{
	return c->trouble == TROUBLE_UNSENT || c->trouble == TROUBLE_LOST;
}

/* ---- connecting ---- */

static void
set_options(struct conn *c, const struct db_config *cfg)
{
	unsigned connect_s = (unsigned)cfg->connect_timeout_s;
	unsigned silence_s = (unsigned)(c->command_timeout_us / 1000000);
	my_bool yes = 1;
	unsigned no = 0;

	mysql_optionsv(c->my, MARIADB_OPT_IO_WAIT, io_wait);
	mysql_optionsv(c->my, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s);
	mysql_optionsv(c->my, MYSQL_OPT_READ_TIMEOUT, &silence_s);
	mysql_optionsv(c->my, MYSQL_OPT_WRITE_TIMEOUT, &silence_s);
	mysql_optionsv(c->my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_optionsv(c->my, MYSQL_OPT_LOCAL_INFILE, &no);
	if (c->is_tls) {
		mysql_optionsv(c->my, MYSQL_OPT_SSL_ENFORCE, &yes);
		mysql_optionsv(c->my, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
		mysql_optionsv(c->my, MYSQL_OPT_SSL_CA, cfg->ca_file);
	}
}

static int
set_session(struct task *t, struct conn *c, int statement_timeout_s)
{
	char *sql = arena_printf(task_arena(t),
	    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
	    "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY', "
	    "time_zone = '+00:00', tx_isolation = 'READ-COMMITTED', max_statement_time = %d, "
	    "innodb_lock_wait_timeout = %d",
	    statement_timeout_s, LOCK_WAIT_S);

	return conn_command(t, c, sql);
}

static int
read_packet_max(struct task *t, struct conn *c)
{
	struct db_rows *r;

	c->packet_max = SIZE_MAX;
	TRY(conn_execute(t, c, "SELECT @@max_allowed_packet", DB_PARAMS_(), &r, NULL));
	if (db_next(r))
		c->packet_max = (size_t)db_int(r, 0);
	return OK;
}

static int
connect_to(struct task *t, struct conn *c, const struct db_config *cfg)
{
	MYSQL *my;

	c->is_connecting = true;
	c->deadline_us = clock_monotonic_us() + (int64_t)cfg->connect_timeout_s * 1000000;
	my = mysql_real_connect(c->my, cfg->socket ? NULL : cfg->host, cfg->user, cfg->password,
	    cfg->database, cfg->port, cfg->socket, CLIENT_FOUND_ROWS);
	c->is_connecting = false;
	if (my) {
		keep_nonblocking(c, mysql_get_socket(my));
		return OK;
	}
	return fail(t, E_BUSY, "the database cannot be reached: %s", mysql_error(c->my));
}

int
conn_open(struct task *t, struct conn *c, const struct db_config *cfg, int statement_timeout_s)
{
	int code;

	c->my = mysql_init(NULL);
	c->fd = -1;
	c->user = t;
	c->trouble = TROUBLE_NONE;
	c->is_tls = cfg->tls && !cfg->socket;
	c->command_timeout_us = (statement_timeout_s ? statement_timeout_s + GRACE_S : 3600) *
				(int64_t)1000000;
	c->next_open = open_conns;
	open_conns = c;
	set_options(c, cfg);
	code = connect_to(t, c, cfg);
	if (code == OK)
		code = set_session(t, c, statement_timeout_s);
	if (code == OK)
		code = read_packet_max(t, c);
	if (code != OK)
		conn_close(c);
	return code;
}

void
conn_close(struct conn *c)
{
	struct conn **at = &open_conns;

	if (!c->my)
		return;
	conn_begin(c);
	statement_forget_all(c);
	mysql_close(c->my);
	c->my = NULL;
	c->fd = -1;
	while (*at != c)
		at = &(*at)->next_open;
	*at = c->next_open;
}

/* The server says nothing unasked: bytes or an end that can be read while it lay idle are its
 * farewell. */
bool
conn_is_stale(const struct conn *c)
{
	char byte;

	return recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 ||
	       (errno != EAGAIN && errno != EWOULDBLOCK);
}

int
conn_command(struct task *t, struct conn *c, const char *sql)
{
	conn_begin(c);
	if (mysql_real_query(c->my, sql, strlen(sql)) != 0)
		return conn_fail(t, c, mysql_errno(c->my), mysql_error(c->my), sql);
	return OK;
}
