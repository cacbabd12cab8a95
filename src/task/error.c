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
fail_list_as(struct task *t, enum err code, const char *code_word, const struct error_list *errors,
    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	keep(t, code_word, errors, fmt, ap);
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

/* Copied, as its words end with the other task. */
void
error_pass(struct task *to, const struct task *from)
{
	struct error_list *list = NULL;

	if (from->error_list) {
		list = arena_new_of(to->arena, struct error_list);
		error_list_init(list, to->arena);
		for (const struct error_item *e = from->error_list->first; e; e = e->next)
			error_add(list, e->pointer, e->code, "%s", e->message);
	}
	to->error_text = from->error_text ? arena_strdup(to->arena, from->error_text) : NULL;
	to->error_word = from->error_word;
	to->error_list = list;
}
