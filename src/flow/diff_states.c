/*
 * Differences of states: which are the same under another name, what each asks of whom and until
 * when.
 */
#include "diff.h"

/* ---- which state is which ---- */

static void
pair(struct diff *d, const struct sc_state *before, const struct sc_state *after)
{
	d->now[before->index] = after;
	d->was[after->index] = before;
}

static bool
has_same_title(const struct diff *d, const struct sc_state *a, const struct sc_state *b)
{
	const char *title = title_in(a->meta, d->lang, NULL);

	return title && str_eq(title, title_in(b->meta, d->lang, NULL));
}

/* The same parent and the same events. */
static bool
does_the_same(const struct diff *d, const struct sc_state *a, const struct sc_state *b)
{
	struct json_object *on = json_get(state_json_of(d->before, a), "on");
	struct json_object *then = json_get(state_json_of(d->after, b), "on");

	if (!json_object_is_type(on, json_type_object) ||
	    !json_object_is_type(then, json_type_object) || d->now[a->parent->index] != b->parent ||
	    json_object_object_length(on) != json_object_object_length(then))
		return false;
	json_object_object_foreach(on, event, value)
	{
		(void)value;
		if (json_get(then, event) == NULL)
			return false;
	}
	return true;
}

static void
pair_rest(struct diff *d,
    bool (*fits)(const struct diff *d, const struct sc_state *a, const struct sc_state *b))
{
	for (int i = 1; i < sc_state_count(d->before); i++)
		for (int k = 1; !d->now[i] && k < sc_state_count(d->after); k++) {
			const struct sc_state *a = sc_state_at(d->before, i);
			const struct sc_state *b = sc_state_at(d->after, k);

			if (!d->was[k] && a->type == b->type && a->type != SC_HISTORY &&
			    fits(d, a, b))
				pair(d, a, b);
		}
}

void
diff_pair_states(struct diff *d)
{
	int n = sc_state_count(d->before), m = sc_state_count(d->after);

	d->now = arena_array(d->a, const struct sc_state *, n + 1);
	d->was = arena_array(d->a, const struct sc_state *, m + 1);
	pair(d, sc_state_at(d->before, 0), sc_state_at(d->after, 0));
	for (int i = 1; i < n; i++) {
		const struct sc_state *same = sc_state_by_id(
		    d->after, sc_state_at(d->before, i)->id);

		if (same && same->parent)
			pair(d, sc_state_at(d->before, i), same);
	}
	pair_rest(d, has_same_title);
	pair_rest(d, does_the_same);
}

/* ---- what a state says ---- */

static const char *
word(const struct diff *d, const char *text)
{
	return text ? text : diff_phrase(d, P_NOTHING, NULL);
}

static void
diff_task(struct diff *d, const char *name, struct json_object *before, struct json_object *after)
{
	const char *was = json_str(before, "term"), *is = json_str(after, "term");
	const char *who_was = right_words(d->law, before, d->lang, d->a);
	const char *who_is = right_words(d->law, after, d->lang, d->a);

	if (!before && after)
		diff_say(
		    d, P_TASK_NEW, name, title_in(after, d->lang, ""), who_is, word(d, is), NULL);
	if (before && !after)
		diff_say(d, P_TASK_GONE, name, title_in(before, d->lang, ""), NULL);
	if (!before || !after)
		return;
	if (!str_eq(who_was, who_is))
		diff_say(d, P_TASK_WHO, name, who_is, who_was, NULL);
	if (!str_eq(was, is))
		diff_say(d, P_TASK_DUE, name, word(d, is), word(d, was), NULL);
	if (!json_equal(json_get(before, "title"), json_get(after, "title")))
		diff_say(d, P_TASK_TITLE, name, title_in(after, d->lang, ""),
		    title_in(before, d->lang, ""), NULL);
}

static void
diff_approval(
    struct diff *d, const char *name, struct json_object *before, struct json_object *after)
{
	static const char *const known[] = { "of", "rule", NULL };

	if (!json_equal(json_get(before, "of"), json_get(after, "of")))
		diff_say(d, P_AGREE_WHO, name, diff_rights(d, json_get(after, "of")),
		    diff_rights(d, json_get(before, "of")), NULL);
	if (!json_equal(json_get(before, "rule"), json_get(after, "rule")))
		diff_say(d, P_AGREE_RULE, name, diff_text(d, json_get(after, "rule")),
		    diff_text(d, json_get(before, "rule")), NULL);
	diff_rest(d, name, before, after, known);
}

static void
diff_offers(struct diff *d, const char *name, struct json_object *from, struct json_object *to,
    enum phrase p)
{
	for (size_t i = 0;
	     json_object_is_type(to, json_type_array) && i < json_object_array_length(to); i++) {
		struct json_object *offer = json_object_array_get_idx(to, i);

		if (!diff_has(from, offer))
			diff_say(d, p, name, title_in(offer, d->lang, ""), NULL);
	}
}

static void
diff_word(struct diff *d, enum phrase p, const char *name, const char *key,
    const struct sc_state *before, const struct sc_state *after)
{
	const char *was = json_str(before->meta, key), *is = json_str(after->meta, key);

	if (!str_eq(was, is))
		diff_say(d, p, name, word(d, is), word(d, was), NULL);
}

static void
diff_meta(
    struct diff *d, const char *name, const struct sc_state *before, const struct sc_state *after)
{
	static const char *const known[] = { "title", "law", "task", "approval", "due", "outcome",
		"phase", "clock", "offers", NULL };
	bool was_paused = str_eq(json_str(before->meta, "clock"), "paused");
	bool is_paused = str_eq(json_str(after->meta, "clock"), "paused");
	const char *title = title_in(before->meta, d->lang, before->key);

	if (!str_eq(title, title_in(after->meta, d->lang, after->key)))
		diff_say(d, P_STATE_TITLE, name, title, NULL);
	diff_law(d, name, before->meta, after->meta);
	diff_task(d, name, json_get(before->meta, "task"), json_get(after->meta, "task"));
	diff_approval(
	    d, name, json_get(before->meta, "approval"), json_get(after->meta, "approval"));
	diff_word(d, P_DUE, name, "due", before, after);
	diff_word(d, P_OUTCOME, name, "outcome", before, after);
	diff_word(d, P_PHASE, name, "phase", before, after);
	if (was_paused != is_paused)
		diff_say(d, is_paused ? P_CLOCK_STOPS : P_CLOCK_RUNS, name, NULL);
	diff_offers(d, name, json_get(before->meta, "offers"), json_get(after->meta, "offers"),
	    P_OFFER_NEW);
	diff_offers(d, name, json_get(after->meta, "offers"), json_get(before->meta, "offers"),
	    P_OFFER_GONE);
	diff_rest(d, name, before->meta, after->meta, known);
}

static void
diff_shape(
    struct diff *d, const char *name, const struct sc_state *before, const struct sc_state *after)
{
	static const char *const types[] = { [SC_ATOMIC] = "atomic",
		[SC_COMPOUND] = "compound",
		[SC_PARALLEL] = "parallel",
		[SC_FINAL] = "final",
		[SC_HISTORY] = "history" };
	const struct sc_state *was = state_initial(d->before, before);
	const struct sc_state *is = state_initial(d->after, after);

	if (before->type != after->type)
		diff_say(d, P_STATE_TYPE, name, types[after->type], types[before->type], NULL);
	if (d->now[before->parent->index] != after->parent)
		diff_say(d, P_STATE_MOVED, name, diff_state_name(d, after->parent),
		    diff_state_name(d, before->parent), NULL);
	if ((was ? d->now[was->index] : NULL) != is)
		diff_say(d, P_STATE_INITIAL, name, diff_state_name(d, is), diff_state_name(d, was),
		    NULL);
}

static void
diff_state(struct diff *d, const struct sc_state *before, const struct sc_state *after)
{
	const char *name = diff_state_name(d, after);
	struct json_object *was = state_json_of(d->before, before);
	struct json_object *is = state_json_of(d->after, after);

	if (!str_eq(before->id, after->id))
		diff_say(d, P_STATE_RENAMED, diff_state_name(d, before), name, NULL);
	diff_shape(d, name, before, after);
	diff_meta(d, name, before, after);
	diff_actions(d, diff_phrase(d, P_ENTERING, name, NULL), json_get(was, "entry"),
	    json_get(is, "entry"));
	diff_actions(
	    d, diff_phrase(d, P_LEAVING, name, NULL), json_get(was, "exit"), json_get(is, "exit"));
}

void
diff_states(struct diff *d)
{
	for (int i = 1; i < sc_state_count(d->before); i++)
		if (d->now[i] == NULL)
			diff_say(
			    d, P_STATE_GONE, diff_state_name(d, sc_state_at(d->before, i)), NULL);
	for (int i = 1; i < sc_state_count(d->after); i++)
		if (d->was[i])
			diff_state(d, d->was[i], sc_state_at(d->after, i));
		else
			diff_say(
			    d, P_STATE_NEW, diff_state_name(d, sc_state_at(d->after, i)), NULL);
}
