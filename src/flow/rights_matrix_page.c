/*
 * The matrix of rights of several workflows as docs/rights.md.
 */
#include "tool_words.h"

/* ---- words ---- */

static const char *
not_words(struct json_object *rule, struct arena *a)
{
	const char *word = json_object_get_string(rule);

	if (json_object_is_type(rule, json_type_object))
		return arena_printf(a, "a post that has agreed in `%s`", json_str(rule, "agreed"));
	if (str_eq(word, "requester"))
		return "the people of the requester";
	if (str_eq(word, "party"))
		return "the people of a party";
	if (str_eq(word, "previous-actor"))
		return "who took the step before";
	return word;
}

static void
add_by(struct str *out, struct json_object *by)
{
	for (size_t i = 0; by && i < json_object_array_length(by); i++) {
		struct json_object *right = json_object_array_get_idx(by, i);

		str_addf(out, "%s%s of %s", i ? ", " : "", json_str(right, "post"),
		    json_str(right, "of"));
		if (json_get(right, "when"))
			str_add(out, " (if)");
	}
	if (by == NULL || json_object_array_length(by) == 0)
		str_add(out, "no person: another case or the calendar");
}

static void
add_not(struct str *out, struct json_object *rules)
{
	for (size_t i = 0; i < json_object_array_length(rules); i++)
		str_addf(out, "%s%s", i ? ", " : "",
		    not_words(json_object_array_get_idx(rules, i), out->arena));
}

/* ---- rows ---- */

static bool
is_for_same_people(struct json_object *a, struct json_object *b)
{
	return json_equal(json_get(a, "by"), json_get(b, "by")) &&
	       json_equal(json_get(a, "not"), json_get(b, "not"));
}

static void
add_event(struct str *out, struct json_object *row, struct json_object *event, bool is_first)
{
	struct json_object *choices = json_get(event, "choices"), *before = NULL;
	size_t n = json_object_array_length(choices);

	for (size_t i = 0; i < n; i++) {
		struct json_object *choice = json_object_array_get_idx(choices, i);

		if (before && is_for_same_people(before, choice))
			continue;
		before = choice;
		if (is_first)
			str_addf(
			    out, "| %s `%s` | ", title_in(row, "en", ""), json_str(row, "state"));
		else
			str_add(out, "| | ");
		is_first = false;
		str_addf(out, "%s `%s`%s | ", title_in(choice, "en", ""), json_str(event, "event"),
		    json_get(choice, "guard") ? " (if)" : "");
		add_by(out, json_get(choice, "by"));
		str_add(out, " | ");
		add_not(out, json_get(choice, "not"));
		str_add(out, " |\n");
	}
}

static void
add_state(struct str *out, struct json_object *row)
{
	struct json_object *events = json_get(row, "events");

	for (size_t i = 0; i < json_object_array_length(events); i++)
		add_event(out, row, json_object_array_get_idx(events, i), i == 0);
	if (json_object_array_length(events) == 0)
		str_addf(out,
		    "| %s `%s` | – | nobody: a timer, another case or the state beside it | |\n",
		    title_in(row, "en", ""), json_str(row, "state"));
}

static void
add_workflow(struct str *out, const struct workflow *w)
{
	struct json_object *matrix = rights_matrix_json(w, out->arena);
	struct json_object *states = json_get(matrix, "states");

	str_addf(out, "\n## %s – %s\n\nOpened by: ", workflow_id(w), title_in(matrix, "en", ""));
	add_by(out, json_get(matrix, "start"));
	str_add(out, ".\n\n| in the state | event | may be sent by | but never by |\n"
		     "| --- | --- | --- | --- |\n");
	for (size_t i = 0; i < json_object_array_length(states); i++)
		add_state(out, json_object_array_get_idx(states, i));
}

static void
add_names(struct str *out, const char *what, struct json_object *titles)
{
	const char *comma = "";

	str_addf(out, "%s: ", what);
	json_object_object_foreach(titles, name, title)
	{
		str_addf(out, "%s%s = %s (%s)", comma, name, json_str(title, "en"),
		    json_str(title, "vi"));
		comma = ", ";
	}
	str_add(out, ".\n");
}

char *
rights_matrix_markdown(
    const struct law *l, const struct workflow *const *list, int count, struct arena *a)
{
	struct str out;

	str_init(&out, a);
	str_add(&out, "# Who may do what\n\n"
		      "Made from the workflows by `lienthong workflow rights workflows > "
		      "docs/rights.md`; a test "
		      "compares it, another holds\nthe server to each row. In a state with regions "
		      "beside it the "
		      "rows of all its active states hold. (if): only where a rule\nof the "
		      "workflow over the case "
		      "says so.\n\n");
	add_names(&out, "Posts", l->posts);
	str_add(&out, "\n");
	add_names(&out, "Sides", l->sides);
	for (int i = 0; i < count; i++)
		add_workflow(&out, list[i]);
	return out.text;
}
