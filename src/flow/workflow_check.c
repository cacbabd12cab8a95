/*
 * Everything a chart says beside its shape, checked before the first case: titles, law, terms,
 * posts, rights, guards, actions, notices.
 */
#include "flow_priv.h"

#include <ctype.h>
#include <string.h>

static char *
at(struct workflow_check *k, const char *pointer, const char *more)
{
	return arena_printf(k->errors->arena, "%s%s", pointer, more);
}

/* ---- where things are ---- */

char *
workflow_state_pointer(struct arena *a, const struct sc_state *s)
{
	if (s->parent == NULL)
		return "";
	return arena_printf(a, "%s/states/%s", workflow_state_pointer(a, s->parent), s->key);
}

char *
workflow_transition_pointer(struct arena *a, const struct sc_transition *t)
{
	const char *state = workflow_state_pointer(a, t->source);

	if (t->delay)
		return arena_printf(a, "%s/after/%s", state, t->delay);
	if (t->event == NULL)
		return arena_printf(a, "%s/always", state);
	if (str_starts(t->event, "xstate.done."))
		return arena_printf(a, "%s/onDone", state);
	return arena_printf(a, "%s/on/%s", state, t->event);
}

/* ---- the small parts ---- */

static void
check_titled(struct workflow_check *k, struct json_object *meta, const char *pointer)
{
	if (json_path(meta, "title.vi") == NULL || json_path(meta, "title.en") == NULL)
		error_add(k->errors, at(k, pointer, "/meta/title"), "title",
		    "a title in vi and en is missing");
	if (json_get(meta, "law") == NULL)
		error_add(k->errors, at(k, pointer, "/meta/law"), "law",
		    "the article is missing (\"DEFAULT\" where the law is silent)");
}

static bool
in_list(struct json_object *list, const char *text)
{
	if (!json_object_is_type(list, json_type_array))
		return false;
	for (size_t i = 0; i < json_object_array_length(list); i++)
		if (str_eq(json_object_get_string(json_object_array_get_idx(list, i)), text))
			return true;
	return false;
}

void
workflow_check_term(struct workflow_check *k, const char *term, const char *pointer)
{
	if (term && !in_list(json_get(k->w->meta, "terms"), term))
		error_add(
		    k->errors, pointer, "term", "term \"%s\" is not listed in meta.terms", term);
}

static bool
is_side(struct workflow_check *k, const char *of)
{
	return of && law_side_title(k->l, of);
}

void
workflow_check_post(struct workflow_check *k, struct json_object *right, const char *pointer)
{
	const char *post = json_str(right, "post"), *of = json_str(right, "of");

	if (post == NULL || law_post_title(k->l, post) == NULL)
		error_add(k->errors, pointer, "post", "unknown post \"%s\"", post ? post : "");
	if (!is_side(k, of))
		error_add(
		    k->errors, pointer, "of", "unknown side \"%s\" (sides.json)", of ? of : "");
}

void
workflow_check_rights(struct workflow_check *k, struct json_object *by, const char *pointer)
{
	if (!json_object_is_type(by, json_type_array) || json_object_array_length(by) == 0) {
		error_add(k->errors, pointer, "by", "a list of {post, of} is missing");
		return;
	}
	for (size_t i = 0; i < json_object_array_length(by); i++) {
		struct json_object *right = json_object_array_get_idx(by, i);
		char *here = arena_printf(k->errors->arena, "%s/%zu", pointer, i);

		workflow_check_post(k, right, here);
		if (json_get(right, "when"))
			logic_check(json_get(right, "when"), at(k, here, "/when"), k->errors);
	}
}

static void
check_not_rule(struct workflow_check *k, struct json_object *rule, const char *pointer)
{
	const char *word = json_object_get_string(rule);

	if (json_object_is_type(rule, json_type_object)) {
		if (approval_of(k->w, json_str(rule, "agreed")) == NULL)
			error_add(k->errors, pointer, "not",
			    "{\"agreed\": STATE} names a state that has an approval");
	} else if (!str_eq(word, "requester") && !str_eq(word, "party") &&
		   !str_eq(word, "previous-actor"))
		error_add(k->errors, pointer, "not", "unknown rule \"%s\"", word);
}

static void
check_not(struct workflow_check *k, struct json_object *rules, const char *pointer)
{
	if (rules == NULL)
		return;
	if (!json_object_is_type(rules, json_type_array)) {
		error_add(k->errors, pointer, "not", "a list is expected");
		return;
	}
	for (size_t i = 0; i < json_object_array_length(rules); i++) {
		check_not_rule(k, json_object_array_get_idx(rules, i), pointer);
	}
}

/* ---- root ---- */

static void
check_terms(struct workflow_check *k)
{
	struct json_object *terms = json_get(k->w->meta, "terms");

	if (!json_object_is_type(terms, json_type_array)) {
		error_add(k->errors, "/meta/terms", "terms", "the list of terms is missing");
		return;
	}
	for (size_t i = 0; i < json_object_array_length(terms); i++) {
		const char *name = json_object_get_string(json_object_array_get_idx(terms, i));

		for (int j = 0; j < k->l->regime_count; j++)
			if (regime_term(k->l->regimes[j], name) == NULL)
				error_add(k->errors,
				    arena_printf(k->errors->arena, "/meta/terms/%zu", i), "term",
				    "regime %s has no term \"%s\"", regime_code(k->l->regimes[j]),
				    name);
	}
}

static void
check_visibility(struct workflow_check *k)
{
	struct json_object *see = json_path(k->w->meta, "visibility.see");

	if (!json_object_is_type(see, json_type_array)) {
		error_add(
		    k->errors, "/meta/visibility/see", "visibility", "who may see is missing");
		return;
	}
	for (size_t i = 0; i < json_object_array_length(see); i++) {
		struct json_object *rule = json_object_array_get_idx(see, i);
		const char *from = json_str(rule, "from");

		if (!is_side(k, json_str(rule, "of")) || (from && !str_eq(from, "receipt")))
			error_add(k->errors,
			    arena_printf(k->errors->arena, "/meta/visibility/see/%zu", i),
			    "visibility", "expected {\"of\": a side, \"from\": \"receipt\"?}");
	}
}

static void
check_phases(struct workflow_check *k)
{
	struct json_object *phases = json_get(k->w->meta, "phases");

	if (!json_object_is_type(phases, json_type_array)) {
		error_add(k->errors, "/meta/phases", "phases", "the list of phases is missing");
		return;
	}
	for (size_t i = 0; i < json_object_array_length(phases); i++) {
		struct json_object *phase = json_object_array_get_idx(phases, i);

		if (json_str(phase, "id") == NULL || json_path(phase, "title.vi") == NULL ||
		    json_path(phase, "title.en") == NULL)
			error_add(k->errors, arena_printf(k->errors->arena, "/meta/phases/%zu", i),
			    "phases", "a phase needs id and title in vi and en");
	}
}

static void
check_root(struct workflow_check *k)
{
	struct json_object *meta = k->w->meta;

	check_titled(k, meta, "");
	if (json_str(meta, "prefix") == NULL || json_str(meta, "kind") == NULL)
		error_add(k->errors, "/meta/prefix", "prefix", "kind and prefix are missing");
	check_terms(k);
	check_visibility(k);
	check_phases(k);
	workflow_check_start(k);
	workflow_check_schedule(k);
}

/* ---- states ---- */

static bool
is_phase(struct workflow_check *k, const char *id)
{
	struct json_object *phases = json_get(k->w->meta, "phases");

	if (!json_object_is_type(phases, json_type_array))
		return false;
	for (size_t i = 0; i < json_object_array_length(phases); i++)
		if (str_eq(json_str(json_object_array_get_idx(phases, i), "id"), id))
			return true;
	return false;
}

static void
check_task(
    struct workflow_check *k, struct json_object *task, bool is_approval, const char *pointer)
{
	if (task == NULL)
		return;
	if (!is_approval)
		workflow_check_post(k, task, pointer);
	workflow_check_term(k, json_str(task, "term"), at(k, pointer, "/term"));
	if (json_path(task, "title.vi") == NULL || json_path(task, "title.en") == NULL)
		error_add(k->errors, at(k, pointer, "/title"), "title",
		    "a title in vi and en is missing");
}

static void
check_state(struct workflow_check *k, const struct sc_state *s)
{
	const char *pointer = workflow_state_pointer(k->errors->arena, s);
	const char *phase = json_str(s->meta, "phase"), *clock = json_str(s->meta, "clock");

	if (s->parent == NULL || s->type == SC_HISTORY)
		return;
	check_titled(k, s->meta, pointer);
	if (phase && !is_phase(k, phase))
		error_add(k->errors, at(k, pointer, "/meta/phase"), "phase", "unknown phase \"%s\"",
		    phase);
	if (clock && !str_eq(clock, "running") && !str_eq(clock, "paused"))
		error_add(k->errors, at(k, pointer, "/meta/clock"), "clock",
		    "a clock is running or paused");
	workflow_check_term(k, json_str(s->meta, "due"), at(k, pointer, "/meta/due"));
	check_task(k, json_get(s->meta, "task"), json_get(s->meta, "approval") != NULL,
	    at(k, pointer, "/meta/task"));
	workflow_check_approval(k, s, at(k, pointer, "/meta"));
	workflow_check_offers(k, json_get(s->meta, "offers"), at(k, pointer, "/meta/offers"));
	if (s->type == SC_FINAL && s->parent->parent == NULL &&
	    json_str(s->meta, "outcome") == NULL)
		error_add(k->errors, at(k, pointer, "/meta/outcome"), "outcome",
		    "a final state needs an outcome");
}

/* ---- transitions ---- */

static bool
is_digits(const char *s)
{
	while (isdigit((unsigned char)*s))
		s++;
	return *s == '\0';
}

/* By a person: no timer, no `always`, no end of a region, nothing the chart raises itself. */
static bool
is_for_people(struct workflow_check *k, const struct sc_transition *t)
{
	return t->event && !str_starts(t->event, "xstate.") &&
	       json_get(k->raised, t->event) == NULL;
}

/* What other cases tell is sent by no person. */
static void
check_told(struct workflow_check *k, const struct sc_transition *t, const char *pointer)
{
	if (json_get(t->meta, "by") || json_get(t->meta, "form"))
		error_add(k->errors, pointer, "told",
		    "an event that other cases tell has neither `by` nor `form`");
	if (t->event == NULL || str_starts(t->event, "xstate."))
		error_add(k->errors, pointer, "told", "only an event can be told");
}

static void
check_transition(struct workflow_check *k, const struct sc_transition *t)
{
	const char *pointer = workflow_transition_pointer(k->errors->arena, t);

	check_titled(k, t->meta, pointer);
	if (t->delay && !is_digits(t->delay))
		workflow_check_term(k, t->delay, pointer);
	if (json_truth(t->meta, "told", false))
		check_told(k, t, at(k, pointer, "/meta/told"));
	else if (is_for_people(k, t))
		workflow_check_rights(k, json_get(t->meta, "by"), at(k, pointer, "/meta/by"));
	check_not(k, json_get(t->meta, "not"), at(k, pointer, "/meta/not"));
}

/* Which events the chart raises itself: they need no rights, and no person may send them. */
static void
find_raised(struct json_object *o, struct json_object *raised)
{
	if (json_object_is_type(o, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(o); i++)
			find_raised(json_object_array_get_idx(o, i), raised);
		return;
	}
	if (!json_object_is_type(o, json_type_object))
		return;
	if (str_eq(json_str(o, "type"), "xstate.raise") && json_path(o, "params.event.type"))
		json_set_bool(
		    raised, json_object_get_string(json_path(o, "params.event.type")), true);
	json_object_object_foreach(o, key, value)
	{
		(void)key;
		find_raised(value, raised);
	}
}

void
workflow_check(const struct workflow *w, const struct law *l, struct error_list *errors)
{
	struct workflow_check k = { w, l, errors,
		json_keep(errors->arena, json_object_new_object()) };

	find_raised(sc_machine(w->chart), k.raised);
	check_root(&k);
	for (int i = 0; i < sc_state_count(w->chart); i++)
		check_state(&k, sc_state_at(w->chart, i));
	for (int i = 0; i < sc_transition_count(w->chart); i++)
		check_transition(&k, sc_transition_at(w->chart, i));
	sc_visit_guards(w->chart, workflow_check_guard, &k);
	sc_visit_actions(w->chart, workflow_check_action, &k);
}
