/* migration_file: the files NNNN_name.sql of a folder, and the statements in one of them. */
#include "db_priv.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
is_migration(const struct dirent *e)
{
	const char *dot = strrchr(e->d_name, '.');

	for (int i = 0; i < 4; i++) {
		if (!isdigit((unsigned char)e->d_name[i]))
			return 0;
	}
	return e->d_name[4] == '_' && str_eq(dot, ".sql");
}

static int
read_text(struct task *t, const char *path, const char **text, size_t *len)
{
	FILE *f = fopen(path, "re");
	struct str s;
	char part[4096];
	size_t n;
	bool is_broken;

	if (!f)
		return fail(t, E_INTERNAL, "%s: %s", path, strerror(errno));
	str_init(&s, task_arena(t));
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		str_add_n(&s, part, n);
	is_broken = ferror(f) != 0;
	fclose(f);
	if (is_broken)
		return fail(t, E_INTERNAL, "%s cannot be read", path);
	*text = s.text;
	*len = s.len;
	return OK;
}

static int
read_migration(struct task *t, const char *dir, const char *name, struct migration *m)
{
	size_t len;

	m->number = strtoll(name, NULL, 10);
	m->name = arena_strdup(task_arena(t), name);
	TRY(read_text(t, arena_printf(task_arena(t), "%s/%s", dir, name), &m->sql, &len));
	sha256_hex(m->sql, len, m->sha256);
	return OK;
}

static int
read_all(struct task *t, const char *dir, struct dirent **names, struct migration *list, int count)
{
	for (int i = 0; i < count; i++) {
		TRY(read_migration(t, dir, names[i]->d_name, &list[i]));
		if (i > 0 && list[i].number == list[i - 1].number)
			return fail(t, E_CONFLICT, "two migrations have one number: %s and %s",
			    list[i - 1].name, list[i].name);
	}
	return OK;
}

int
migration_files(struct task *t, const char *dir, struct migration **list, int *count)
{
	struct dirent **names;
	int n = scandir(dir, &names, is_migration, alphasort);
	int code;

	if (n < 0)
		return fail(t, E_INTERNAL, "%s: %s", dir, strerror(errno));
	*list = arena_array(task_arena(t), struct migration, n + 1);
	*count = n;
	code = read_all(t, dir, names, *list, n);
	while (n > 0)
		free(names[--n]);
	free(names);
	return code;
}

static bool
is_blank_or_comment(const char *line, size_t len)
{
	size_t i = 0;

	while (i < len && isspace((unsigned char)line[i]))
		i++;
	return i == len || (len - i >= 2 && line[i] == '-' && line[i + 1] == '-');
}

/* Does the line end with ';', but for blanks? */
static bool
ends_statement(const char *line, size_t len)
{
	while (len > 0 && isspace((unsigned char)line[len - 1]))
		len--;
	return len > 0 && line[len - 1] == ';';
}

static void
drop_semicolon(struct str *s)
{
	while (s->len > 0 &&
	       (isspace((unsigned char)s->text[s->len - 1]) || s->text[s->len - 1] == ';'))
		s->text[--s->len] = '\0';
}

char *
migration_statement(struct arena *a, const char **at)
{
	struct str s;
	bool is_whole = false;

	str_init(&s, a);
	while (!is_whole && **at) {
		size_t len = strcspn(*at, "\n");

		if (!is_blank_or_comment(*at, len)) {
			str_add_n(&s, *at, len);
			str_add(&s, "\n");
			is_whole = ends_statement(*at, len);
		}
		*at += len + ((*at)[len] == '\n');
	}
	drop_semicolon(&s);
	return s.len > 0 ? s.text : NULL;
}
