/*
 * query: executes one prepared statement with its parameters and copies the whole result to the
 * task's arena, so that nothing of the connector outlives the call.
 */
#include "db_priv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct value {
	const char *bytes; /* COLUMN_BYTES; ends with NUL */
	size_t len;
	int64_t n; /* COLUMN_INT, COLUMN_INSTANT */
	bool is_null;
};

struct db_rows {
	unsigned columns;
	const enum column_kind *kinds;
	struct value *values; /* row after row */
	int64_t count, at;
};

/* Where the connector puts the columns of one row. */
struct cell {
	long long n;
	MYSQL_TIME time;
	unsigned long len;
	my_bool is_null;
};

/* ---- parameters ---- */

struct db_param
db_text_param(const char *s)
{
	if (!s)
		return DB_NULL;
	return (struct db_param){ .type = DB_T_TEXT, .bytes = s, .len = strlen(s) };
}

struct db_param
db_instant_param(int64_t at_us)
{
	if (at_us == 0)
		return DB_NULL;
	return (struct db_param){ .type = DB_T_INSTANT, .n = at_us };
}

struct db_param
db_id_param(int64_t id)
{
	return id == 0 ? DB_NULL : DB_INT(id);
}

static void
bind_bytes(MYSQL_BIND *b, enum enum_field_types type, const struct db_param *p)
{
	b->buffer_type = type;
	b->buffer = (void *)(p->bytes ? p->bytes : "");
	b->buffer_length = (unsigned long)p->len;
	b->length = &b->buffer_length;
}

static void
bind_param(struct arena *a, MYSQL_BIND *b, const struct db_param *p)
{
	switch (p->type) {
	case DB_T_INT:
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->buffer = (void *)&p->n;
		break;
	case DB_T_TEXT:
		bind_bytes(b, MYSQL_TYPE_STRING, p);
		break;
	case DB_T_BLOB:
		bind_bytes(b, MYSQL_TYPE_BLOB, p);
		break;
	case DB_T_INSTANT: {
		MYSQL_TIME *m = arena_new_of(a, MYSQL_TIME);

		*m = instant_to_mysql(p->n);
		b->buffer_type = MYSQL_TYPE_DATETIME;
		b->buffer = m;
		break;
	}
	default:
		b->buffer_type = MYSQL_TYPE_NULL;
	}
}

static void
bind_params(struct arena *a, struct statement *s, const struct db_param *params)
{
	MYSQL_BIND *binds = arena_array(a, MYSQL_BIND, s->params + 1);
	unsigned n = 0;

	for (; params[n].type != DB_T_END; n++) {
		assert(n < s->params);
		bind_param(a, &binds[n], &params[n]);
	}
	assert(n == s->params);
	if (n > 0)
		mysql_stmt_bind_param(s->handle, binds);
}

static bool
is_too_large(const struct conn *c, const struct db_param *params)
{
	size_t total = 4096; /* the command's own head, amply */

	for (; params->type != DB_T_END; params++)
		total += params->len + 32;
	return total > c->packet_max;
}

/* ---- rows ---- */

/* Bytes get no buffer yet: their length is known only row by row. */
static void
bind_cells(struct arena *a, struct statement *s, struct cell *cells)
{
	MYSQL_BIND *binds = arena_array(a, MYSQL_BIND, s->columns);

	for (unsigned i = 0; i < s->columns; i++) {
		MYSQL_BIND *b = &binds[i];

		b->is_null = &cells[i].is_null;
		b->length = &cells[i].len;
		b->buffer_type = s->kinds[i] == COLUMN_INT       ? MYSQL_TYPE_LONGLONG
				 : s->kinds[i] == COLUMN_INSTANT ? MYSQL_TYPE_DATETIME
								 : MYSQL_TYPE_BLOB;
		if (s->kinds[i] == COLUMN_INT)
			b->buffer = &cells[i].n;
		else if (s->kinds[i] == COLUMN_INSTANT)
			b->buffer = &cells[i].time;
	}
	mysql_stmt_bind_result(s->handle, binds);
}

static void
copy_bytes(
    struct arena *a, struct statement *s, unsigned column, struct cell *cell, struct value *v)
{
	char *bytes = arena_alloc(a, cell->len + 1);
	unsigned long len = cell->len;
	MYSQL_BIND b = { .buffer_type = MYSQL_TYPE_BLOB,
		.buffer = bytes,
		.buffer_length = len,
		.length = &len };

	if (len > 0)
		mysql_stmt_fetch_column(s->handle, &b, column, 0);
	v->bytes = bytes;
	v->len = cell->len;
}

static void
copy_row(struct arena *a, struct statement *s, struct cell *cells, struct value *row)
{
	for (unsigned i = 0; i < s->columns; i++) {
		row[i].is_null = cells[i].is_null;
		if (cells[i].is_null)
			continue;
		if (s->kinds[i] == COLUMN_INT)
			row[i].n = cells[i].n;
		else if (s->kinds[i] == COLUMN_INSTANT)
			row[i].n = instant_from_mysql(&cells[i].time);
		else
			copy_bytes(a, s, i, &cells[i], &row[i]);
	}
}

static struct db_rows *
copy_rows(struct arena *a, struct statement *s)
{
	struct db_rows *r = arena_new_of(a, struct db_rows);
	struct cell *cells = arena_array(a, struct cell, s->columns);
	enum column_kind *kinds = arena_array(a, enum column_kind, s->columns);

	assert(s->columns > 0); /* rows were asked of a statement that has none */
	memcpy(kinds, s->kinds, sizeof(*kinds) * s->columns);
	bind_cells(a, s, cells);
	r->columns = s->columns;
	r->kinds = kinds;
	r->count = (int64_t)mysql_stmt_num_rows(s->handle);
	r->at = -1;
	r->values = arena_array(a, struct value, (size_t)r->count * s->columns + 1);
	for (int64_t i = 0; i < r->count; i++) {
		mysql_stmt_fetch(
		    s->handle); /* from memory; MYSQL_DATA_TRUNCATED is how bytes come */
		copy_row(a, s, cells, &r->values[i * s->columns]);
	}
	return r;
}

static int
execute(struct task *t, struct conn *c, struct statement *s)
{
	if (mysql_stmt_execute(s->handle) != 0)
		return conn_fail(
		    t, c, mysql_stmt_errno(s->handle), mysql_stmt_error(s->handle), s->sql);
	if (s->columns > 0 && mysql_stmt_store_result(s->handle) != 0)
		return conn_fail(
		    t, c, mysql_stmt_errno(s->handle), mysql_stmt_error(s->handle), s->sql);
	return OK;
}

int
conn_execute(struct task *t, struct conn *c, const char *sql, const struct db_param *params,
    struct db_rows **rows, int64_t *affected)
{
	struct arena *a = task_arena(t);
	struct statement *s;
	int code;

	conn_begin(c);
	if (is_too_large(c, params))
		return fail(t, E_TOO_LARGE, "more than the database takes in one piece");
	TRY(statement_get(t, c, sql, &s));
	bind_params(a, s, params);
	conn_begin(c);
	code = execute(t, c, s);
	if (code == OK && affected)
		*affected = (int64_t)mysql_stmt_affected_rows(s->handle);
	if (code == OK && rows)
		*rows = copy_rows(a, s);
	if (code == OK)
		mysql_stmt_free_result(s->handle);
	else
		statement_forget(c, s); /* its state after a failure is not worth knowing */
	return code;
}

bool
db_next(struct db_rows *r)
{
	if (r->at + 1 >= r->count)
		return false;
	r->at++;
	return true;
}

int64_t
db_count(const struct db_rows *r)
{
	return r->count;
}

static const struct value *
value_at(const struct db_rows *r, int column)
{
	assert(r->at >= 0 && column >= 0 && (unsigned)column < r->columns);
	return &r->values[r->at * r->columns + column];
}

int64_t
db_int(const struct db_rows *r, int column)
{
	const struct value *v = value_at(r, column);

	return v->bytes ? strtoll(v->bytes, NULL, 10) : v->n; /* a sum comes as decimal text */
}

const char *
db_text(const struct db_rows *r, int column)
{
	const struct value *v = value_at(r, column);

	assert(v->is_null || r->kinds[column] == COLUMN_BYTES);
	return v->bytes;
}

size_t
db_len(const struct db_rows *r, int column)
{
	return value_at(r, column)->len;
}

bool
db_is_null(const struct db_rows *r, int column)
{
	return value_at(r, column)->is_null;
}

int64_t
db_instant(const struct db_rows *r, int column)
{
	assert(r->kinds[column] == COLUMN_INSTANT || value_at(r, column)->is_null);
	return value_at(r, column)->n;
}
