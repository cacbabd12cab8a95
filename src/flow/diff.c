/*
 * The difference of two versions of a workflow: the root, then its states, then its events.
 */
#include "diff.h"

static void
diff_value(struct diff *d, enum phrase p, struct json_object *before, struct json_object *after)
{
	if (!json_equal(before, after))
		diff_say(d, p, diff_text(d, after), diff_text(d, before), NULL);
}

void
diff_law(struct diff *d, const char *what, struct json_object *before, struct json_object *after)
{
	if (!json_equal(json_get(before, "law"), json_get(after, "law")))
		diff_say(d, P_CITES, what, diff_text(d, json_get(after, "law")),
		    diff_text(d, json_get(before, "law")), NULL);
}

static bool
is_known(const char *key, const char *const *known)
{
	for (; *known; known++)
		if (str_eq(*known, key))
			return true;
	return false;
}

static void
say_rest(struct diff *d, const char *what, const char *key, struct json_object *before,
    struct json_object *after)
{
	if (!json_equal(before, after))
		diff_say(d, P_REST, what, key, diff_text(d, after), diff_text(d, before), NULL);
}

void
diff_rest(struct diff *d, const char *what, struct json_object *before, struct json_object *after,
    const char *const *known)
{
	if (json_object_is_type(after, json_type_object)) {
		json_object_object_foreach(after, key, value)
		{
			if (!is_known(key, known))
				say_rest(d, what, key, json_get(before, key), value);
		}
	}
	if (json_object_is_type(before, json_type_object)) {
		json_object_object_foreach(before, old_key, old_value)
		{
			if (!is_known(old_key, known) && json_get(after, old_key) == NULL)
				say_rest(d, what, old_key, old_value, NULL);
		}
	}
}

static void
diff_start(struct diff *d, struct json_object *before, struct json_object *after)
{
	static const char *const keys[] = { "requester", "owner", "service", "about" };

	if (!json_equal(json_get(before, "by"), json_get(after, "by")))
		diff_say(d, P_START_BY, diff_rights(d, json_get(after, "by")),
		    diff_rights(d, json_get(before, "by")), NULL);
	for (size_t i = 0; i < LEN(keys); i++)
		if (!json_equal(json_get(before, keys[i]), json_get(after, keys[i])))
			diff_say(d, P_START, keys[i], diff_text(d, json_get(after, keys[i])),
			    diff_text(d, json_get(before, keys[i])), NULL);
	if (json_get(after, "not") && !json_get(before, "not"))
		diff_say(d, P_NOT_OWNER, NULL);
	if (json_get(before, "not") && !json_get(after, "not"))
		diff_say(d, P_MAY_OWNER, NULL);
}

static void
diff_terms(struct diff *d, struct json_object *from, struct json_object *to, enum phrase p)
{
	for (size_t i = 0;
	     json_object_is_type(to, json_type_array) && i < json_object_array_length(to); i++) {
		struct json_object *term = json_object_array_get_idx(to, i);

		if (!diff_has(from, term))
			diff_say(d, p, diff_text(d, term), NULL);
	}
}

static const char *
phase_names(const struct diff *d, struct json_object *phases)
{
	struct str out;

	str_init(&out, d->a);
	for (size_t i = 0;
	     json_object_is_type(phases, json_type_array) && i < json_object_array_length(phases);
	     i++)
		str_addf(&out, "%s%s", i ? ", " : "",
		    title_in(json_object_array_get_idx(phases, i), d->lang, "?"));
	return out.text;
}

static void
diff_root(struct diff *d, struct json_object *before, struct json_object *after)
{
	static const char *const known[] = { "title", "prefix", "kind", "law", "start",
		"visibility", "schedule", "context", "phases", "terms", "form", NULL };
	const char *was = title_in(before, d->lang, ""), *is = title_in(after, d->lang, "");

	if (!str_eq(was, is))
		diff_say(d, P_TITLE, is, was, NULL);
	diff_value(d, P_PREFIX, json_get(before, "prefix"), json_get(after, "prefix"));
	diff_value(d, P_KIND, json_get(before, "kind"), json_get(after, "kind"));
	diff_law(d, arena_printf(d->a, "\"%s\"", is), before, after);
	diff_start(d, json_get(before, "start"), json_get(after, "start"));
	diff_value(d, P_VISIBILITY, json_get(before, "visibility"), json_get(after, "visibility"));
	diff_value(d, P_SCHEDULE, json_get(before, "schedule"), json_get(after, "schedule"));
	diff_value(d, P_CONTEXT, json_get(before, "context"), json_get(after, "context"));
	if (!json_equal(json_get(before, "phases"), json_get(after, "phases")))
		diff_say(d, P_PHASES, phase_names(d, json_get(after, "phases")),
		    phase_names(d, json_get(before, "phases")), NULL);
	diff_terms(d, json_get(before, "terms"), json_get(after, "terms"), P_TERM_USED);
	diff_terms(d, json_get(after, "terms"), json_get(before, "terms"), P_TERM_UNUSED);
	diff_forms(d, diff_phrase(d, P_CASE_FORM, NULL), json_get(before, "form"),
	    json_get(after, "form"));
	diff_rest(d, arena_printf(d->a, "\"%s\"", is), before, after, known);
}

const char *const *
workflow_changes(const struct law *l, const struct sc_chart *before, const struct sc_chart *after,
    const char *lang, struct arena *a)
{
	struct diff d = { .law = l, .before = before, .after = after, .lang = lang, .a = a };

	diff_pair_states(&d);
	diff_root(&d, sc_meta(before), sc_meta(after));
	diff_states(&d);
	diff_events(&d);
	if (d.count == 0 && !json_equal(sc_machine(before), sc_machine(after)))
		diff_say(&d, P_REST_ONLY, NULL);
	ARENA_PUSH(a, d.lines, d.count, d.size) = NULL;
	return d.lines;
}
