/*
 * Chains of substitutes: no circle, and not too long, at any time when all their links run. Pure.
 */
#include "flow_priv.h"

/* A time when all links so far run. */
struct span {
	int64_t from_at, until_at;
};

static bool
narrow(struct span *span, const struct substitution *s)
{
	if (s->from_at > span->from_at)
		span->from_at = s->from_at;
	if (s->until_at < span->until_at)
		span->until_at = s->until_at;
	return span->from_at < span->until_at;
}

struct walk {
	const struct substitution *new, *list;
	int count;
	bool is_circle;
};

/* Links from this person on to those who stand for him; links: those before. */
static int
longest_on(struct walk *w, int64_t person_id, struct span span, int links)
{
	int most = 0;

	if (person_id == w->new->absent_id)
		w->is_circle = true;
	if (w->is_circle || links > SUBSTITUTION_LINKS)
		return 0;
	for (int i = 0; i < w->count; i++) {
		struct span rest = span;
		int more;

		if (w->list[i].absent_id != person_id || !narrow(&rest, &w->list[i]))
			continue;
		more = 1 + longest_on(w, w->list[i].substitute_id, rest, links + 1);
		if (more > most)
			most = more;
	}
	return most;
}

/* The same through all who come before this person. */
static int
longest_through(struct walk *w, int64_t person_id, struct span span, int links)
{
	int most = links + longest_on(w, w->new->substitute_id, span, links);

	for (int i = 0; i < w->count && links <= SUBSTITUTION_LINKS && !w->is_circle; i++) {
		struct span rest = span;
		int more;

		if (w->list[i].substitute_id != person_id || !narrow(&rest, &w->list[i]))
			continue;
		more = longest_through(w, w->list[i].absent_id, rest, links + 1);
		if (more > most)
			most = more;
	}
	return most;
}

enum chain_fault
chain_check(const struct substitution *s, const struct substitution *list, int count)
{
	struct walk w = { .new = s, .list = list, .count = count };
	struct span span = { s->from_at, s->until_at };
	int links = longest_through(&w, s->absent_id, span, 1);

	if (w.is_circle)
		return CHAIN_CIRCLE;
	return links > SUBSTITUTION_LINKS ? CHAIN_TOO_LONG : CHAIN_FINE;
}
