/*
 * Proofs by reading: who has to do each task and until when, what happens when a term ends, which
 * notices are sent.
 */
#include "proof_priv.h"

/* ---- tasks ---- */

static const char *
term_of_case(const struct sc_state *s)
{
	for (; s; s = s->parent)
		if (json_str(s->meta, "due"))
			return json_str(s->meta, "due");
	return NULL;
}

static const char *
law_of(const struct sc_state *s)
{
	struct json_object *law = json_get(s->meta, "law");

	if (json_object_is_type(law, json_type_array))
		law = json_object_array_get_idx(law, 0);
	return law ? json_object_get_string(law) : "DEFAULT";
}

static const char *
who_has(const struct sc_state *s, struct arena *a)
{
	struct json_object *approval = json_get(s->meta, "approval");

	if (approval)
		return right_describe(json_get(approval, "of"), a);
	return arena_printf(a, "%s of the %s", json_str(json_get(s->meta, "task"), "post"),
	    json_str(json_get(s->meta, "task"), "of"));
}

static void
say_task(const struct sc_state *s, struct proof *p)
{
	const char *own = json_str(json_get(s->meta, "task"), "term"), *by_case = term_of_case(s);
	const char *law = law_of(s), *who = who_has(s, p->arena);

	if (own)
		proof_detail(p, PROOF_HOLDS, "%s: %s, until %s", s->id, who, own);
	else if (by_case)
		proof_detail(
		    p, PROOF_HOLDS, "%s: %s, until the case's date, %s", s->id, who, by_case);
	else
		proof_detail(p, PROOF_NOTE, "%s: %s, without a term: allowed, %s", s->id, who,
		    str_eq(law, "DEFAULT")
			? "as the law is silent on this state (DEFAULT)"
			: arena_printf(p->arena, "as no regime gives a term for it (%s)", law));
}

static bool
has_term(const struct sc_state *s)
{
	return json_str(json_get(s->meta, "task"), "term") || term_of_case(s);
}

static const char *
tasks_without_term(const struct sc_chart *chart, struct arena *a)
{
	const char *names = "";

	for (int i = 1; i < sc_state_count(chart); i++) {
		const struct sc_state *s = sc_state_at(chart, i);

		if (json_get(s->meta, "task") && !has_term(s))
			names = arena_printf(a, "%s%s%s", names, *names ? ", " : "", s->id);
	}
	return names;
}

void
prove_tasks(const struct workflow *w, struct proof *p)
{
	const char *without = tasks_without_term(w->chart, p->arena);
	int tasks = 0;

	for (int i = 1; i < sc_state_count(w->chart); i++)
		tasks += json_get(sc_state_at(w->chart, i)->meta, "task") != NULL;
	if (*without)
		proof_add(p, PROOF_NOTE,
		    "every task has a post (%d tasks); these have no term, as none is stated for "
		    "them: %s",
		    tasks, without);
	else
		proof_add(p, PROOF_HOLDS, "every task has a post and a term: %d tasks", tasks);
	for (int i = 1; i < sc_state_count(w->chart); i++)
		if (json_get(sc_state_at(w->chart, i)->meta, "task"))
			say_task(sc_state_at(w->chart, i), p);
}

/* ---- terms ---- */

static bool
is_something(struct json_object *o)
{
	if (json_object_is_type(o, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(o); i++)
			if (is_something(json_object_array_get_idx(o, i)))
				return true;
		return false;
	}
	return json_object_is_type(o, json_type_string) || json_get(o, "target") ||
	       json_get(o, "actions");
}

/* Some `after` of this term goes or does something, or a raise waits for it. */
static bool
has_action(struct json_object *o, const char *term)
{
	if (json_object_is_type(o, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(o); i++)
			if (has_action(json_object_array_get_idx(o, i), term))
				return true;
		return false;
	}
	if (!json_object_is_type(o, json_type_object))
		return false;
	if (is_something(json_get(json_get(o, "after"), term)))
		return true;
	if (json_path(o, "params.delay") &&
	    str_eq(json_object_get_string(json_path(o, "params.delay")), term))
		return true;
	json_object_object_foreach(o, key, value)
	{
		(void)key;
		if (has_action(value, term))
			return true;
	}
	return false;
}

void
prove_terms(const struct workflow *w, struct proof *p, struct error_list *errors)
{
	struct json_object *terms = json_get(w->meta, "terms");
	size_t n = json_object_array_length(terms);
	int idle = 0;

	for (size_t i = 0; i < n; i++) {
		const char *term = json_object_get_string(json_object_array_get_idx(terms, i));

		if (has_action(sc_machine(w->chart), term))
			continue;
		idle++;
		error_add(errors, arena_printf(errors->arena, "/meta/terms/%zu", i), "no-action",
		    "nothing happens when the term \"%s\" ends: no `after` has it", term);
	}
	if (idle == 0)
		proof_add(p, PROOF_HOLDS, "every term has an action: %zu terms", n);
}

/* ---- notices ---- */

static void
note_template(void *arg, const char *pointer, const char *type, struct json_object *params)
{
	const char *name = json_str(params, "template");

	(void)pointer;
	if (str_eq(type, "notify") && name)
		json_set_int(arg, name, json_int(arg, name, 0) + 1);
}

void
prove_notices(const struct workflow *w, struct proof *p)
{
	struct json_object *used = json_keep(p->arena, json_object_new_object());

	sc_visit_actions(w->chart, note_template, used);
	proof_add(p, PROOF_HOLDS, "every notice has a template in vi and en: %d templates",
	    json_object_object_length(used));
	json_object_object_foreach(used, name, count)
	{
		proof_detail(p, PROOF_HOLDS, "%s, places that send it: %d", name,
		    json_object_get_int(count));
	}
}
