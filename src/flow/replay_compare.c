/*
 * What a draft would have made of a case, beside what became of it: the lines of its report.
 */
#include "replay_priv.h"

void
replay_note(struct replaying *k, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	str_addf(&k->lines, "  %s\n", arena_vprintf(k->a, fmt, ap));
	va_end(ap);
}

const char *
replay_when(struct replaying *k, int64_t at)
{
	const struct calendar *c = law_calendar(k->r.law, k->r.c.calendar);

	return at && c ? local_time_text(c, k->a, at) : "none";
}

/* ---- what came of it ---- */

static const char *
due_of(struct json_object *terms, const char *term)
{
	const char *due = json_str(json_get(terms, term), "due_at");

	return due ? due : "";
}

static void
compare_date(struct replaying *k, const char *term, const char *was, const char *is)
{
	int64_t was_at = 0, is_at = 0;

	if (str_eq(was, is))
		return;
	k->has_date = true;
	replay_note(k, "%s due %s; was %s", term,
	    instant_parse(is, &is_at) ? replay_when(k, is_at) : "never",
	    instant_parse(was, &was_at) ? replay_when(k, was_at) : "never");
}

static void
compare_dates(struct replaying *k)
{
	struct json_object *none = json_keep(k->a, json_object_new_object());
	struct json_object *was = json_get(k->p->c.context, "terms");
	struct json_object *is = json_get(k->r.c.context, "terms");

	is = is ? is : none;
	was = was ? was : none;
	json_object_object_foreach(is, term, record)
	{
		(void)record;
		compare_date(k, term, due_of(was, term), due_of(is, term));
	}
	json_object_object_foreach(was, old, kept)
	{
		(void)kept;
		if (json_get(is, old) == NULL)
			compare_date(k, old, due_of(was, old), "");
	}
}

void
replay_compare(struct replaying *k)
{
	const struct case_row *was = &k->p->c, *is = &k->r.c;
	const char *states = k->r.last.to_states;

	if (!str_eq(was->outcome, is->outcome) || was->is_open != is->is_open) {
		k->has_outcome = true;
		replay_note(k, "outcome: %s; was %s", is->is_open ? "still open" : is->outcome,
		    was->is_open ? "still open" : was->outcome);
	}
	if (!str_eq(k->p->active_states, states)) {
		k->has_state = true;
		replay_note(k, "in the end: %s; was %s", states, k->p->active_states);
	}
	compare_dates(k);
}
