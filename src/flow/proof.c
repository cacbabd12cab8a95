/*
 * What is proved of one workflow: found by search over its chart and by reading it, told as lines;
 * what cannot be meant becomes a mistake.
 */
#include "proof_priv.h"

void
proof_init(struct proof *p, struct arena *a)
{
	*p = (struct proof){ .arena = a };
}

void
proof_add(struct proof *p, enum proof_kind kind, const char *fmt, ...)
{
	struct proof_line line = { .kind = kind };
	va_list ap;

	va_start(ap, fmt);
	line.text = arena_vprintf(p->arena, fmt, ap);
	va_end(ap);
	ARENA_PUSH(p->arena, p->lines, p->count, p->size) = line;
}

void
proof_detail(struct proof *p, enum proof_kind kind, const char *fmt, ...)
{
	struct proof_line line = { .kind = kind, .is_detail = true };
	va_list ap;

	va_start(ap, fmt);
	line.text = arena_vprintf(p->arena, fmt, ap);
	va_end(ap);
	ARENA_PUSH(p->arena, p->lines, p->count, p->size) = line;
}

void
prove_mistakes(const struct search *s, struct proof *p, struct error_list *errors)
{
	prove_ends(s, p, errors);
	prove_grounds(s, p, errors);
	prove_tasks(s->w, p);
	prove_sight(s->w, p, errors);
	prove_terms(s->w, p, errors);
	prove_notices(s->w, p);
}

void
workflow_prove(
    const struct workflow *w, const struct law *l, struct proof *p, struct error_list *errors)
{
	struct arena *a = arena_new();
	struct search *s = search_run(w, a);

	prove_mistakes(s, p, errors);
	prove_time(s, l, p);
	arena_free(a);
}
