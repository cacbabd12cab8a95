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

static void
add_line(struct proof *p, enum proof_kind kind, bool is_detail, const char *text)
{
	ARENA_PUSH(
	    p->arena, p->lines, p->count, p->size) = (struct proof_line){ kind, is_detail, text };
}

void
proof_add(struct proof *p, enum proof_kind kind, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_line(p, kind, false, arena_vprintf(p->arena, fmt, ap));
	va_end(ap);
}

void
proof_detail(struct proof *p, enum proof_kind kind, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_line(p, kind, true, arena_vprintf(p->arena, fmt, ap));
	va_end(ap);
}

void
workflow_prove(
    const struct workflow *w, const struct law *l, struct proof *p, struct error_list *errors)
{
	struct arena *a = arena_new();
	struct search *s = search_run(w, a);

	prove_ends(s, p, errors);
	prove_grounds(s, p, errors);
	prove_tasks(w, p);
	prove_sight(w, p, errors);
	prove_terms(w, p, errors);
	prove_notices(w, p);
	prove_time(s, l, p);
	arena_free(a);
}
