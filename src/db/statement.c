/*
 * statement: prepared statements of one connection, found by their text. The one not used for
 * longest gives way when there are too many.
 */
#include "db_priv.h"

#include <stdlib.h>
#include <string.h>

static uint64_t
hash_of(const char *sql)
{
	uint64_t h = 0xcbf29ce484222325u; /* FNV-1a */

	for (; *sql; sql++)
		h = (h ^ (unsigned char)*sql) * 0x100000001b3u;
	return h;
}

static enum column_kind
kind_of(const MYSQL_FIELD *f)
{
	switch (f->type) {
	case MYSQL_TYPE_TINY:
	case MYSQL_TYPE_SHORT:
	case MYSQL_TYPE_INT24:
	case MYSQL_TYPE_LONG:
	case MYSQL_TYPE_LONGLONG:
	case MYSQL_TYPE_YEAR:
		return COLUMN_INT;
	case MYSQL_TYPE_DATETIME:
	case MYSQL_TYPE_TIMESTAMP:
		return COLUMN_INSTANT;
	default: /* decimals too, as text: SUM() gives them */
		return COLUMN_BYTES;
	}
}

static void
read_columns(struct statement *s)
{
	MYSQL_RES *meta = mysql_stmt_result_metadata(s->handle);

	s->params = (unsigned)mysql_stmt_param_count(s->handle);
	if (!meta)
		return;
	s->columns = mysql_num_fields(meta);
	s->kinds = xcalloc(s->columns, sizeof(*s->kinds));
	for (unsigned i = 0; i < s->columns; i++)
		s->kinds[i] = kind_of(mysql_fetch_field_direct(meta, i));
	mysql_free_result(meta);
}

static void
statement_release(struct statement *s)
{
	mysql_stmt_close(s->handle);
	free(s->sql);
	free(s->kinds);
}

void
statement_forget(struct conn *c, struct statement *s)
{
	statement_release(s);
	*s = c->statements[--c->statement_count];
}

/* mysql_close does not free them. */
void
statement_forget_all(struct conn *c)
{
	while (c->statement_count > 0)
		statement_release(&c->statements[--c->statement_count]);
}

static struct statement *
find(struct conn *c, const char *sql, uint64_t hash)
{
	for (int i = 0; i < c->statement_count; i++) {
		struct statement *s = &c->statements[i];

		if (s->hash == hash && strcmp(s->sql, sql) == 0)
			return s;
	}
	return NULL;
}

static void
make_room(struct conn *c)
{
	struct statement *oldest = &c->statements[0];

	if (c->statement_count < STATEMENT_CACHE)
		return;
	for (int i = 1; i < c->statement_count; i++) {
		if (c->statements[i].used < oldest->used)
			oldest = &c->statements[i];
	}
	statement_forget(c, oldest);
}

static int
prepare(struct task *t, struct conn *c, const char *sql, MYSQL_STMT **handle)
{
	MYSQL_STMT *h = mysql_stmt_init(c->my);
	int code;

	if (mysql_stmt_prepare(h, sql, strlen(sql)) == 0) {
		*handle = h;
		return OK;
	}
	code = conn_fail(t, c, mysql_stmt_errno(h), mysql_stmt_error(h), sql);
	if (c->trouble == TROUBLE_LOST)
		c->trouble = TROUBLE_UNSENT; /* preparing changes nothing */
	mysql_stmt_close(h);
	return code;
}

int
statement_get(struct task *t, struct conn *c, const char *sql, struct statement **s)
{
	uint64_t hash = hash_of(sql);

	*s = find(c, sql, hash);
	if (!*s) {
		MYSQL_STMT *handle = NULL;

		make_room(c);
		TRY(prepare(t, c, sql, &handle));
		*s = &c->statements[c->statement_count++];
		**s = (struct statement){ .sql = xstrdup(sql), .hash = hash, .handle = handle };
		read_columns(*s);
	}
	(*s)->used = ++c->tick;
	return OK;
}
