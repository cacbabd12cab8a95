/*
 * The bare client: threads that send the statements of one decision to MariaDB and read the rows,
 * and do nothing else. What the server may be compared with.
 *   bare SOCKET CONNECTIONS STATEMENTS FIRST COUNT
 * STATEMENTS is JSON: {"session": [sql], "decision": [{"sql", "params": [null|number|text]}]},
 * where
 * "{id}" stands for the case, FIRST and the COUNT - 1 after it; without params it is sent as text.
 */
#include "measure.h"

#include <json-c/json.h>
#include <mysql.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum { PARAMS_MAX = 64, STATEMENTS_MAX = 128 };

struct param {
	enum { NOTHING, NUMBER, TEXT, CASE, TEXT_OF_CASE } kind;
	long long number;
	const char *text;
};

struct statement {
	const char *sql;
	int is_prepared, param_count;
	struct param params[PARAMS_MAX];
};

static struct {
	const char *socket;
	struct json_object *session;
	struct statement statements[STATEMENTS_MAX];
	int statement_count;
	long first, count;
	atomic_long next;
	double *latencies;
	pthread_barrier_t ready;
} bare;

struct worker {
	pthread_t thread;
	MYSQL *my;
	MYSQL_STMT *handles[STATEMENTS_MAX];
};

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "bare: %s: %s\n", what, why);
	exit(1);
}

/* ---- what to send ---- */

static struct param
param_of(struct json_object *o)
{
	const char *text = json_object_get_string(o);

	if (!o)
		return (struct param){ .kind = NOTHING };
	if (json_object_is_type(o, json_type_int))
		return (struct param){ .kind = NUMBER, .number = json_object_get_int64(o) };
	if (strcmp(text, "{id}") == 0)
		return (struct param){ .kind = CASE };
	return (struct param){ .kind = strstr(text, "{id}") ? TEXT_OF_CASE : TEXT, .text = text };
}

static void
read_statement(struct json_object *o, struct statement *s)
{
	struct json_object *params;

	s->sql = json_object_get_string(json_object_object_get(o, "sql"));
	s->is_prepared = json_object_object_get_ex(o, "params", &params);
	if (!s->is_prepared)
		return;
	s->param_count = (int)json_object_array_length(params);
	if (s->param_count > PARAMS_MAX)
		die("too many parameters", s->sql);
	for (int i = 0; i < s->param_count; i++)
		s->params[i] = param_of(json_object_array_get_idx(params, (size_t)i));
}

static void
read_statements(const char *path)
{
	struct json_object *all = json_object_from_file(path);
	struct json_object *list = json_object_object_get(all, "decision");

	bare.session = json_object_object_get(all, "session");
	bare.statement_count = list ? (int)json_object_array_length(list) : 0;
	if (bare.statement_count == 0 || bare.statement_count > STATEMENTS_MAX)
		die(path, "no statements, or too many");
	for (int i = 0; i < bare.statement_count; i++)
		read_statement(json_object_array_get_idx(list, (size_t)i), &bare.statements[i]);
}

/* ---- one connection ---- */

static void
say(MYSQL *my, const char *sql)
{
	if (mysql_query(my, sql) != 0)
		die(sql, mysql_error(my));
}

/* The same text is prepared once, as the server does. */
static MYSQL_STMT *
prepare(struct worker *w, int n)
{
	const char *sql = bare.statements[n].sql;
	MYSQL_STMT *h;

	for (int i = 0; i < n; i++)
		if (w->handles[i] && strcmp(bare.statements[i].sql, sql) == 0)
			return w->handles[i];
	h = mysql_stmt_init(w->my);
	if (mysql_stmt_prepare(h, sql, strlen(sql)) != 0)
		die(sql, mysql_stmt_error(h));
	return h;
}

static void
connect_worker(struct worker *w)
{
	w->my = mysql_init(NULL);
	mysql_options(w->my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (!mysql_real_connect(
		w->my, NULL, "root", NULL, "lienthong", 0, bare.socket, CLIENT_FOUND_ROWS))
		die("cannot connect", mysql_error(w->my));
	for (size_t i = 0; i < json_object_array_length(bare.session); i++)
		say(w->my, json_object_get_string(json_object_array_get_idx(bare.session, i)));
	for (int i = 0; i < bare.statement_count; i++)
		if (bare.statements[i].is_prepared)
			w->handles[i] = prepare(w, i);
}

/* ---- one decision ---- */

static void
fill_in(const char *template, long long id, char *out, size_t room)
{
	const char *at = strstr(template, "{id}");

	snprintf(out, room, "%.*s%lld%s", (int)(at - template), template, id, at + 4);
}

static void
bind(MYSQL_BIND *b, const struct param *p, long long *id, char *filled, size_t room)
{
	const char *text = p->text;

	switch (p->kind) {
	case NOTHING:
		b->buffer_type = MYSQL_TYPE_NULL;
		return;
	case NUMBER:
	case CASE:
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->buffer = p->kind == CASE ? (void *)id : (void *)&p->number;
		return;
	case TEXT_OF_CASE:
		fill_in(p->text, *id, filled, room);
		text = filled;
		break;
	case TEXT:
		break;
	}
	b->buffer_type = MYSQL_TYPE_STRING;
	b->buffer = (void *)text;
	b->buffer_length = (unsigned long)strlen(text);
}

static void
execute(MYSQL_STMT *h, const struct statement *s, long long id)
{
	MYSQL_BIND binds[PARAMS_MAX] = { 0 };
	char filled[128];

	for (int i = 0; i < s->param_count; i++)
		bind(&binds[i], &s->params[i], &id, filled, sizeof(filled));
	if (s->param_count)
		mysql_stmt_bind_param(h, binds);
	if (mysql_stmt_execute(h) != 0 || mysql_stmt_store_result(h) != 0)
		die(s->sql, mysql_stmt_error(h));
	if (strncmp(s->sql, "UPDATE cases", 12) == 0 && mysql_stmt_affected_rows(h) != 1)
		die(s->sql, "the case is not as the statements want it");
	while (mysql_stmt_field_count(h) && mysql_stmt_fetch(h) == 0)
		continue;
	mysql_stmt_free_result(h);
}

static void
decide(struct worker *w, long long id)
{
	for (int i = 0; i < bare.statement_count; i++) {
		const struct statement *s = &bare.statements[i];

		if (s->is_prepared)
			execute(w->handles[i], s, id);
		else
			say(w->my, s->sql);
	}
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	long n;

	connect_worker(w);
	pthread_barrier_wait(&bare.ready);
	while ((n = atomic_fetch_add(&bare.next, 1)) < bare.count) {
		double started = now_s();

		decide(w, bare.first + n);
		bare.latencies[n] = now_s() - started;
	}
	return NULL;
}

int
main(int argc, char **argv)
{
	double started, cpu;
	struct worker *workers;
	int count;

	if (argc != 6)
		die("usage", "bare SOCKET CONNECTIONS STATEMENTS FIRST COUNT");
	bare.socket = argv[1];
	count = atoi(argv[2]);
	read_statements(argv[3]);
	bare.first = atol(argv[4]);
	bare.count = atol(argv[5]);
	bare.latencies = calloc((size_t)bare.count, sizeof(*bare.latencies));
	workers = calloc((size_t)count, sizeof(*workers));
	mysql_library_init(0, NULL, NULL);
	pthread_barrier_init(&bare.ready, NULL, (unsigned)count + 1);
	for (int i = 0; i < count; i++)
		pthread_create(&workers[i].thread, NULL, work, &workers[i]);
	pthread_barrier_wait(&bare.ready);
	cpu = cpu_s();
	started = now_s();
	for (int i = 0; i < count; i++)
		pthread_join(workers[i].thread, NULL);
	print_measure(bare.latencies, bare.count, now_s() - started, cpu_s() - cpu, 0, 0);
	return 0;
}
