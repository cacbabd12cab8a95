/*
 * Differences of events, timers and what happens by itself: who may, where to, under which
 * condition, with which form and notices.
 */
#include "diff.h"

#include <string.h>

/* One transition with the JSON it was made of. */
struct way {
	const struct sc_transition *t;
	struct json_object *json; /* NULL: only a target was written */
};

/* All of one event in one state, in the order tried. */
struct ways {
	struct way *list;
	int count, size;
};

/* ---- finding them ---- */

/* "on SIGN", "after request.sign", "always", "done": the same in both versions. */
static const char *
key_of(const struct diff *d, const struct sc_transition *t)
{
	if (t->delay)
		return arena_printf(d->a, "after %s", t->delay);
	if (t->event == NULL)
		return "always";
	if (str_starts(t->event, "xstate.done."))
		return "done";
	return arena_printf(d->a, "on %s", t->event);
}

static struct json_object *
written(const struct sc_chart *chart, const struct sc_transition *t)
{
	struct json_object *s = state_json_of(chart, t->source);

	if (t->delay)
		return json_get(json_get(s, "after"), t->delay);
	if (t->event == NULL)
		return json_get(s, "always");
	if (str_starts(t->event, "xstate.done."))
		return json_get(s, "onDone");
	return json_get(json_get(s, "on"), t->event);
}

static struct ways
ways_of(
    const struct diff *d, const struct sc_chart *chart, const struct sc_state *s, const char *key)
{
	struct ways w = { 0 };

	for (int i = 0; s && i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);
		struct json_object *o;

		if (t->source != s || !str_eq(key_of(d, t), key))
			continue;
		o = written(chart, t);
		if (json_object_is_type(o, json_type_array))
			o = json_object_array_get_idx(o, (size_t)w.count);
		ARENA_PUSH(d->a, w.list, w.count, w.size) = (struct way){ t,
			json_object_is_type(o, json_type_object) ? o : NULL };
	}
	return w;
}

static bool
is_first_of_its_key(const struct diff *d, const struct sc_chart *chart, int index)
{
	const struct sc_transition *t = sc_transition_at(chart, index);

	for (int i = 0; i < index; i++)
		if (sc_transition_at(chart, i)->source == t->source &&
		    str_eq(key_of(d, sc_transition_at(chart, i)), key_of(d, t)))
			return false;
	return true;
}

/* ---- words ---- */

static const char *
way_name(const struct diff *d, const struct sc_transition *t)
{
	const char *state = diff_state_name(d, t->source);

	if (t->delay)
		return diff_phrase(d, P_TIMER_IN, t->delay, state, NULL);
	if (t->event == NULL)
		return diff_phrase(d, P_BY_ITSELF, state, NULL);
	if (str_starts(t->event, "xstate.done."))
		return diff_phrase(d, P_DONE_IN, state, NULL);
	return diff_phrase(d, P_EVENT_IN, t->event, state, NULL);
}

static const char *
targets_name(const struct diff *d, const struct sc_transition *t)
{
	struct str out;

	str_init(&out, d->a);
	for (const struct sc_state *const *to = t->targets; to && *to; to++)
		str_addf(&out, "%s%s", out.len ? ", " : "", diff_state_name(d, *to));
	return out.len ? out.text : diff_phrase(d, P_STAYS, NULL);
}

static const char *
who_sends(const struct diff *d, const struct sc_transition *t)
{
	return json_get(t->meta, "by") ? diff_rights(d, json_get(t->meta, "by"))
				       : diff_phrase(d, P_OTHER_CASES, NULL);
}

static const char *
never_words(const struct diff *d, struct json_object *rule)
{
	const char *word = json_object_get_string(rule);

	if (json_object_is_type(rule, json_type_object))
		return diff_phrase(d, P_AGREED, NULL);
	if (str_eq(word, "requester"))
		return diff_phrase(d, P_PEOPLE, NULL);
	if (str_eq(word, "party"))
		return diff_phrase(d, P_PARTIES, NULL);
	if (str_eq(word, "previous-actor"))
		return diff_phrase(d, P_PREVIOUS, NULL);
	return word;
}

/* ---- one transition ---- */

static void
say_missing(struct diff *d, const char *name, struct json_object *from, struct json_object *to,
    enum phrase p, bool are_rights)
{
	for (size_t i = 0;
	     json_object_is_type(to, json_type_array) && i < json_object_array_length(to); i++) {
		struct json_object *one = json_object_array_get_idx(to, i);

		if (!diff_has(from, one))
			diff_say(d, p, name,
			    are_rights ? right_words(d->law, one, d->lang, d->a)
				       : never_words(d, one),
			    NULL);
	}
}

static void
diff_who(struct diff *d, const char *name, struct json_object *before, struct json_object *after)
{
	struct json_object *was = json_get(before, "by"), *is = json_get(after, "by");
	struct json_object *never_was = json_get(before, "not"), *never = json_get(after, "not");
	bool was_told = json_truth(before, "told", false), told = json_truth(after, "told", false);

	say_missing(d, name, was, is, P_MAY, true);
	say_missing(d, name, is, was, P_MAY_NOT, true);
	say_missing(d, name, never_was, never, P_NEVER, false);
	say_missing(d, name, never, never_was, P_NO_LONGER_NEVER, false);
	if (was_told != told)
		diff_say(d, told ? P_TOLD : P_UNTOLD, name, NULL);
}

/* Of a rule the rule alone. */
static const char *
guard_text(const struct diff *d, struct json_object *guard)
{
	struct json_object *rule = json_path(guard, "params.rule");

	return diff_text(d, rule ? rule : guard);
}

static void
diff_guard(struct diff *d, const char *name, struct json_object *before, struct json_object *after)
{
	if (json_equal(before, after))
		return;
	if (before == NULL)
		diff_say(d, P_GUARD_NEW, name, guard_text(d, after), NULL);
	else if (after == NULL)
		diff_say(d, P_GUARD_GONE, name, guard_text(d, before), NULL);
	else
		diff_say(d, P_GUARD, name, guard_text(d, after), guard_text(d, before), NULL);
}

static bool
leads_the_same(
    const struct diff *d, const struct sc_transition *before, const struct sc_transition *after)
{
	const struct sc_state *const *was = before->targets, *const *is = after->targets;

	for (; was && is && *was && *is; was++, is++)
		if (d->now[(*was)->index] != *is)
			return false;
	return (was ? *was : NULL) == NULL && (is ? *is : NULL) == NULL;
}

static void
diff_words_of(
    struct diff *d, const char *name, struct json_object *before, struct json_object *after)
{
	const char *was = title_in(before, d->lang, ""), *is = title_in(after, d->lang, "");

	if (!str_eq(was, is))
		diff_say(d, P_EVENT_TITLE, name, was, NULL);
	if (!json_equal(json_get(before, "tone"), json_get(after, "tone")))
		diff_say(d, P_TONE, name, diff_text(d, json_get(after, "tone")),
		    diff_text(d, json_get(before, "tone")), NULL);
	if (!json_equal(json_get(before, "refusal"), json_get(after, "refusal")))
		diff_say(d, P_REFUSAL, name,
		    diff_text(d, json_get(json_get(after, "refusal"), d->lang)),
		    diff_text(d, json_get(json_get(before, "refusal"), d->lang)), NULL);
	diff_law(d, name, before, after);
}

static void
diff_way(struct diff *d, const struct way *before, const struct way *after)
{
	static const char *const known[] = { "title", "law", "tone", "by", "not", "told", "form",
		"refusal", NULL };
	const char *name = way_name(d, after->t);
	struct json_object *was = before->t->meta, *is = after->t->meta;

	diff_words_of(d, name, was, is);
	diff_who(d, name, was, is);
	diff_guard(d, name, json_get(before->json, "guard"), json_get(after->json, "guard"));
	if (!leads_the_same(d, before->t, after->t))
		diff_say(
		    d, P_TARGET, name, targets_name(d, after->t), targets_name(d, before->t), NULL);
	diff_forms(d, name, json_get(was, "form"), json_get(is, "form"));
	diff_actions(d, name, json_get(before->json, "actions"), json_get(after->json, "actions"));
	diff_rest(d, name, was, is, known);
}

/* ---- all of them ---- */

static void
diff_ways(struct diff *d, const struct ways *before, const struct ways *after)
{
	int both = before->count < after->count ? before->count : after->count;

	for (int i = 0; i < both; i++)
		diff_way(d, &before->list[i], &after->list[i]);
	for (int i = both; i < after->count; i++)
		diff_say(d, P_WAY_NEW, way_name(d, after->list[i].t),
		    targets_name(d, after->list[i].t), NULL);
	for (int i = both; i < before->count; i++)
		diff_say(d, P_WAY_GONE, way_name(d, before->list[i].t),
		    targets_name(d, before->list[i].t), NULL);
}

static void
diff_after(struct diff *d, const struct sc_transition *t)
{
	const char *key = key_of(d, t);
	struct ways after = ways_of(d, d->after, t->source, key);
	struct ways before = ways_of(d, d->before, d->was[t->source->index], key);

	if (before.count)
		diff_ways(d, &before, &after);
	else
		diff_say(d, P_EVENT_NEW, way_name(d, t), who_sends(d, t), targets_name(d, t), NULL);
}

/* Those of states that are gone go with them. */
static void
diff_gone(struct diff *d, const struct sc_transition *t)
{
	const struct sc_state *now = d->now[t->source->index];

	if (now && ways_of(d, d->after, now, key_of(d, t)).count == 0)
		diff_say(d, P_EVENT_GONE, way_name(d, t), NULL);
}

void
diff_events(struct diff *d)
{
	for (int i = 0; i < sc_transition_count(d->before); i++)
		if (is_first_of_its_key(d, d->before, i))
			diff_gone(d, sc_transition_at(d->before, i));
	for (int i = 0; i < sc_transition_count(d->after); i++)
		if (is_first_of_its_key(d, d->after, i))
			diff_after(d, sc_transition_at(d->after, i));
}
