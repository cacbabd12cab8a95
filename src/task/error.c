/*
 * The last error of a task: a code for the program, words for people.
 */
#include "task_priv.h"

#include <stddef.h>

static void
keep(struct task *t, const char *word, const struct error_list *errors, const char *fmt, va_list ap)
{
	struct error_list *copy = NULL;

	if (errors) {
		copy = arena_new_of(t->arena, struct error_list);
		*copy = *errors;
	}
	t->error_text = arena_vprintf(t->arena, fmt, ap);
	t->error_word = word;
	t->error_list = copy;
}

int
fail(struct task *t, enum err code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	keep(t, NULL, NULL, fmt, ap);
	va_end(ap);
	return code;
}

int
fail_list(struct task *t, enum err code, const struct error_list *errors, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	keep(t, NULL, errors, fmt, ap);
	va_end(ap);
	return code;
}

int
fail_as(struct task *t, enum err code, const char *code_word, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	keep(t, code_word, NULL, fmt, ap);
	va_end(ap);
	return code;
}

const char *
task_error_text(struct task *t)
{
	return t->error_text ? t->error_text : "";
}

const char *
task_error_word(struct task *t)
{
	return t->error_word;
}

const struct error_list *
task_error_list(struct task *t)
{
	return t->error_list;
}
