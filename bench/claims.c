/*
 * Claiming due timers: by the store's own function in tasks, or by the same two statements of a
 * client that does nothing else. claims ours|bare SOCKET DUE_BEFORE LIMIT COUNT DUE_BEFORE is in
 * microseconds since 1970. Counts calls, each of which takes LIMIT timers; with ours it fails when
 * they do not come in order of due time.
 */
#include "measure.h"

#include "store.h"

#include <mysql.h>
#include <string.h>

static struct {
	const char *socket;
	int64_t now;
	int limit;
	long count, done, calls;
	double *latencies;
} bench;

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "claims: %s: %s\n", what, why);
	exit(1);
}

static const int64_t lease_us = INT64_C(3600) * 1000000;

/* ---- ours ---- */

struct claims {
	struct timer_claim *list;
	int count;
};

static int
claim_tx(struct tx *tx, void *arg)
{
	struct claims *c = arg;

	return store_timers_claim(tx, bench.now, lease_us, bench.limit, &c->list, &c->count);
}

static int64_t last_due;

static int
claim_once(struct task *t, void *arg)
{
	struct claims c = { 0 };

	(void)arg;
	TRY(tx_run(t, claim_tx, &c));
	for (int i = 0; i < c.count; i++) {
		if (c.list[i].due_at < last_due)
			die("claims", "not in order of due time");
		last_due = c.list[i].due_at;
	}
	bench.done += c.count;
	return c.count ? OK : fail(t, E_NOT_FOUND, "there are not so many");
}

static void
ours(struct task *t, void *arg)
{
	(void)arg;
	while (bench.done < bench.count) {
		double started = now_s();

		if (task_call(t, "claim", claim_once, NULL) != OK)
			die("claim", task_error_text(t));
		bench.latencies[bench.calls++] = now_s() - started;
	}
	db_close(t);
	task_loop_stop();
}

static void
run_ours(void)
{
	struct db_config cfg = { .socket = bench.socket,
		.user = "root",
		.database = "lienthong",
		.pool_size = 1,
		.queue_max = 8,
		.statement_timeout_s = 60,
		.connect_timeout_s = 5 };

	task_loop_init(1);
	db_open(&cfg);
	task_start("claims", ours, NULL);
	task_loop_run();
	task_loop_free();
}

/* ---- bare: the same, without any of our code ---- */

static MYSQL *my;

static MYSQL_STMT *
prepared(const char *sql)
{
	MYSQL_STMT *s = mysql_stmt_init(my);

	if (mysql_stmt_prepare(s, sql, strlen(sql)) != 0)
		die(sql, mysql_stmt_error(s));
	return s;
}

static void
execute(MYSQL_STMT *s, MYSQL_BIND *binds)
{
	mysql_stmt_bind_param(s, binds);
	if (mysql_stmt_execute(s) != 0 || mysql_stmt_store_result(s) != 0)
		die("execute", mysql_stmt_error(s));
}

static void
bind_text(MYSQL_BIND *b, char *text)
{
	*b = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_STRING,
		.buffer = text,
		.buffer_length = (unsigned long)strlen(text) };
}

/* The ids of a batch, as JSON. */
static int
select_batch(MYSQL_STMT *s, char *now, char *ids, size_t room)
{
	long long limit = bench.limit, id;
	MYSQL_BIND in[2] = { { 0 }, { .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &limit } };
	MYSQL_BIND out[9] = { { .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &id } };
	size_t len = 0;
	int count = 0;

	bind_text(&in[0], now);
	for (int i = 1; i < 9; i++)
		out[i].buffer_type = MYSQL_TYPE_NULL;
	execute(s, in);
	mysql_stmt_bind_result(s, out);
	for (; mysql_stmt_fetch(s) != MYSQL_NO_DATA; count++)
		len += (size_t)snprintf(ids + len, room - len, "%c%lld", count ? ',' : '[', id);
	snprintf(ids + len, room - len, "]");
	mysql_stmt_free_result(s);
	return count;
}

static void
say(const char *sql)
{
	if (mysql_query(my, sql) != 0)
		die(sql, mysql_error(my));
}

static void
time_text(int64_t at_us, char *text, size_t room)
{
	time_t s = (time_t)(at_us / 1000000);
	struct tm tm;
	char day[32];

	gmtime_r(&s, &tm);
	strftime(day, sizeof(day), "%Y-%m-%d %H:%M:%S", &tm);
	snprintf(text, room, "%s.%06d", day, (int)(at_us % 1000000));
}

static void
run_bare(const char *select_sql, const char *update_sql)
{
	static char ids[8192];
	char now[48], lease[48];
	MYSQL_STMT *select, *update;
	MYSQL_BIND in[2];

	my = mysql_init(NULL);
	if (!mysql_real_connect(my, NULL, "root", NULL, "lienthong", 0, bench.socket, 0))
		die("cannot connect", mysql_error(my));
	say("SET SESSION time_zone = '+00:00', tx_isolation = 'READ-COMMITTED'");
	select = prepared(select_sql);
	update = prepared(update_sql);
	time_text(bench.now, now, sizeof(now));
	time_text(bench.now + lease_us, lease, sizeof(lease));
	while (bench.done < bench.count) {
		double started = now_s();
		int n;

		say("BEGIN");
		n = select_batch(select, now, ids, sizeof(ids));
		bind_text(&in[0], ids);
		bind_text(&in[1], lease);
		execute(update, in);
		say("COMMIT");
		if (n == 0)
			die("claim", "there are not so many");
		bench.done += n;
		bench.latencies[bench.calls++] = now_s() - started;
	}
	mysql_close(my);
}

int
main(int argc, char **argv)
{
	double started, cpu;

	if (argc != 6)
		die("usage", "claims ours|bare SOCKET DUE_BEFORE LIMIT COUNT");
	bench.socket = argv[2];
	bench.now = atoll(argv[3]);
	bench.limit = atoi(argv[4]);
	bench.count = atol(argv[5]);
	bench.latencies = calloc((size_t)bench.count + 1, sizeof(*bench.latencies));
	cpu = cpu_s();
	started = now_s();
	if (strcmp(argv[1], "ours") == 0)
		run_ours();
	else
		run_bare("SELECT id, case_id, fence, timer_id, event, term, due_at, data, attempts "
			 "FROM timer WHERE next_at <= ? ORDER BY next_at, id LIMIT ? "
			 "FOR UPDATE SKIP LOCKED",
		    "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) q "
		    "STRAIGHT_JOIN timer m ON m.id = q.id "
		    "SET m.next_at = ?, m.fence = m.fence + 1, m.attempts = m.attempts + 1");
	print_measure(bench.latencies, bench.calls, now_s() - started, cpu_s() - cpu, 0, 0);
	return 0;
}
