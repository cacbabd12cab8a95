/*
 * The longest time until a decision and until the end, told under each regime; waits that nothing
 * bounds.
 */
#include "proof_priv.h"

#include <string.h>

/* ---- paths ---- */

static void
say_path(const struct waits *g, const struct path *path, struct proof *p)
{
	for (int i = 0; i < path->count; i++) {
		const struct path_step *at = &path->steps[i];
		const struct stand_step *step = &g->steps[at->step];

		proof_detail(p, PROOF_NOTE, "%s -- %s --> %s: %s, together %s",
		    g->stands[step->from].name, step->event, g->stands[step->to].name,
		    at->bound < 0 ? "no time of its own" : g->bounds[at->bound].term,
		    span_text(p->arena, at->until));
	}
}

/* The same in one line: "internal_sign (request.sign), submitted (request.receive), ..." */
static const char *
path_text(const struct waits *g, const struct path *path, struct arena *a)
{
	struct str text;

	str_init(&text, a);
	for (int i = 0; i < path->count; i++) {
		const struct path_step *at = &path->steps[i];

		str_addf(&text, "%s%s", i ? ", " : "", g->stands[g->steps[at->step].from].name);
		if (at->bound >= 0)
			str_addf(&text, " (%s)", g->bounds[at->bound].term);
	}
	return text.len ? text.text : "at once";
}

static bool
is_same(const struct path *a, const struct path *b)
{
	return a->count == b->count && memcmp(&a->length, &b->length, sizeof(a->length)) == 0;
}

static bool
are_same(const struct longest *a, const struct longest *b)
{
	return a->is_complete == b->is_complete && is_same(&a->to_decision, &b->to_decision) &&
	       is_same(&a->to_end, &b->to_end);
}

static void
say_longest(const struct waits *g, const struct longest *best, const char *regimes, struct proof *p)
{
	enum proof_kind kind = best->is_complete ? PROOF_HOLDS : PROOF_OPEN;
	const char *seen = best->is_complete ? "" : ", among the paths looked at; there are more";

	if (best->to_end.steps == NULL) {
		proof_add(p, PROOF_OPEN, "%s: no path to an end was found", regimes);
		return;
	}
	proof_add(p, kind, "%s: a decision after %s at most%s: %s", regimes,
	    span_text(p->arena, best->to_decision.length), seen,
	    path_text(g, &best->to_decision, p->arena));
	say_path(g, &best->to_decision, p);
	if (span_length(best->to_end.length) > span_length(best->to_decision.length)) {
		proof_add(p, kind, "%s: the end after %s at most%s", regimes,
		    span_text(p->arena, best->to_end.length), seen);
		say_path(g, &best->to_end, p);
	}
}

/* Regimes under which it takes the same are told together. */
static void
say_regimes(const struct waits *g, struct proof *p)
{
	int n = g->law->regime_count;
	struct longest *best = arena_array(g->a, struct longest, n);
	bool *is_told = arena_array(g->a, bool, n + 1);

	for (int i = 0; i < n; i++)
		best[i] = longest_paths(g, g->law->regimes[i]);
	for (int i = 0; i < n; i++) {
		const char *names = regime_code(g->law->regimes[i]);

		for (int k = i + 1; k < n && !is_told[i]; k++)
			if (are_same(&best[i], &best[k])) {
				is_told[k] = true;
				names = arena_printf(
				    g->a, "%s, %s", names, regime_code(g->law->regimes[k]));
			}
		if (!is_told[i])
			say_longest(g, &best[i], names, p);
	}
}

/* ---- extensions ---- */

/* "request.account by 2 working days": of one regime. */
static const char *
extensions_text(const struct waits *g, const struct regime *r)
{
	struct json_object *seen = json_keep(g->a, json_object_new_object());
	struct str text;

	str_init(&text, g->a);
	for (int i = 0; i < g->bound_count; i++) {
		const char *term = g->bounds[i].term;
		struct span more = span_of_extensions(g->s->w, r, term, g->a);

		if (span_length(more) <= 0 || json_get(seen, term))
			continue;
		json_set_bool(seen, term, true);
		str_addf(&text, "%s%s by %s", text.len ? ", " : "", term, span_text(g->a, more));
	}
	return text.len ? text.text : "";
}

/* Regimes that say the same are told together. */
static void
say_extensions(const struct waits *g, struct proof *p)
{
	struct json_object *told = json_keep(g->a, json_object_new_object()); /* text -> regimes */

	for (int i = 0; i < g->law->regime_count; i++) {
		const char *text = extensions_text(g, g->law->regimes[i]);
		const char *others = json_str(told, text);

		json_set_str(told, text,
		    arena_printf(g->a, "%s%s%s", others ? others : "", others ? ", " : "",
			regime_code(g->law->regimes[i])));
	}
	json_object_object_foreach(told, text, regimes)
	{
		if (*text)
			proof_add(p, PROOF_NOTE, "%s: every extension is counted in: %s",
			    json_object_get_string(regimes), text);
	}
}

/* ---- waits that nothing bounds ---- */

static bool
is_date(const struct law *l, const char *term)
{
	const struct term *t = l->regime_count ? regime_term(l->regimes[0], term) : NULL;

	return t && t->unit == TERM_DATE;
}

static void
say_unbounded(const struct waits *g, struct proof *p)
{
	struct json_object *free_waits = json_keep(p->arena, json_object_new_object());
	struct json_object *dated = json_keep(p->arena, json_object_new_object());

	for (int i = 0; i < g->count; i++)
		for (int k = 0; k < g->stands[i].wait_count; k++) {
			const struct wait *wait = &g->stands[i].waits[k];

			if (wait->bound < 0)
				json_set_bool(free_waits, wait->leaf->id, true);
			else if (is_date(g->law, g->bounds[wait->bound].term))
				json_set_str(dated, wait->leaf->id, g->bounds[wait->bound].term);
		}
	json_object_object_foreach(free_waits, id, yes)
	{
		(void)yes;
		proof_add(
		    p, PROOF_NOTE, "nothing bounds the wait in %s: it is not in these sums", id);
	}
	json_object_object_foreach(dated, name, term)
	{
		proof_add(p, PROOF_NOTE, "the wait in %s ends on a date that the case names (%s)",
		    name, json_object_get_string(term));
	}
}

void
prove_time(const struct search *s, const struct law *l, struct proof *p)
{
	struct waits *g;

	if (!s->is_complete) {
		proof_add(p, PROOF_OPEN, "the longest time is not known: the search did not end");
		return;
	}
	g = waits_of(s, l, s->a);
	say_regimes(g, p);
	proof_detail(p, PROOF_NOTE,
	    "counted from the opening of the case, if every term is kept and used up and no state "
	    "is entered twice; a decision: an end, or the first state where no term of a regime "
	    "runs, nor can later");
	say_extensions(g, p);
	say_unbounded(g, p);
	prove_circles(g, p);
}
