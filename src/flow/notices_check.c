/*
 * Mistakes in notices, found when they are loaded: languages, parts, placeholders that do not
 * exist.
 */
#include "flow_priv.h"

#include <string.h>

struct look {
	const struct law *l;
	const struct workflow *w; /* NULL: look at the fixed names only */
	const char *pointer;
	struct error_list *errors;
};

/* label.ict: what every regime calls that side */
static bool
is_label(const struct law *l, const char *name)
{
	if (!str_starts(name, "label."))
		return false;
	for (int i = 0; i < l->regime_count; i++)
		if (json_get(json_get(regime_json(l->regimes[i]), "labels"),
			name + strlen("label.")) == NULL)
			return false;
	return true;
}

static void
check_fixed(void *arg, const char *name)
{
	struct look *k = arg;

	if (!str_starts(name, "case.") && !str_starts(name, "data.") &&
	    !notice_name_is_known(name) && !is_label(k->l, name))
		error_add(k->errors, k->pointer, "placeholder", "unknown placeholder {{%s}}", name);
}

/* Does any form of an event have this field, or does the case's own form? */
static bool
is_form_field(const struct workflow *w, const char *name)
{
	if (json_get(json_path(w->meta, "form.properties"), name))
		return true;
	for (int i = 0; i < sc_transition_count(w->chart); i++) {
		struct json_object *form = workflow_event_form(w, sc_transition_at(w->chart, i));

		if (json_get(json_get(form, "properties"), name))
			return true;
	}
	return false;
}

struct set_search {
	const char *name;
	bool is_found;
};

static void
look_at_set(void *arg, const char *pointer, const char *type, struct json_object *params)
{
	struct set_search *s = arg;

	(void)pointer;
	if (str_eq(type, "set") && json_get(json_get(params, "values"), s->name))
		s->is_found = true;
}

/* Is this the first part of something the workflow keeps in a case? */
static bool
is_case_value(const struct workflow *w, const char *name)
{
	struct set_search s = { .name = name };

	if (str_eq(name, "fields") || str_eq(name, "service") || str_eq(name, "about") ||
	    str_eq(name, "parent") || str_eq(name, "opened") ||
	    json_get(json_get(w->meta, "context"), name))
		return true;
	sc_visit_actions(w->chart, look_at_set, &s);
	return s.is_found;
}

/* A field of the case that its form does not have. */
static bool
is_lost_field(const struct workflow *w, const char *name)
{
	const char *start = "case.fields.";
	size_t n = strlen(start);

	return str_starts(name, start) &&
	       !json_path(w->meta, arena_printf(w->arena, "form.properties.%.*s",
				       (int)strcspn(name + n, "."), name + n));
}

static void
check_path(void *arg, const char *name)
{
	struct look *k = arg;
	bool is_path = str_starts(name, "data.") || str_starts(name, "case.");
	char *first = arena_strdup(k->errors->arena, is_path ? name + strlen("data.") : name);

	first[strcspn(first, ".")] = '\0';
	if ((str_starts(name, "data.") && !is_form_field(k->w, first) && !str_eq(first, "case")) ||
	    (str_starts(name, "case.") && !is_case_value(k->w, first)) || is_lost_field(k->w, name))
		error_add(k->errors, k->pointer, "placeholder",
		    "this workflow has nothing for {{%s}}", name);
}

static void
each_text(struct json_object *template, struct look *k, void (*fn)(void *arg, const char *name))
{
	struct json_object *body = json_get(template, "body");

	notice_each_placeholder(k->errors->arena, json_str(template, "subject"), fn, k);
	for (size_t i = 0; i < json_object_array_length(body); i++)
		notice_each_placeholder(k->errors->arena,
		    json_object_get_string(json_object_array_get_idx(body, i)), fn, k);
}

static bool
is_whole(struct json_object *template)
{
	struct json_object *body = json_get(template, "body");

	if (json_str(template, "subject") == NULL || !json_object_is_type(body, json_type_array))
		return false;
	for (size_t i = 0; i < json_object_array_length(body); i++)
		if (!json_object_is_type(json_object_array_get_idx(body, i), json_type_string))
			return false;
	return json_object_array_length(body) > 0;
}

static const char *const languages[] = { "vi", "en" };

static void
check_notice(
    const struct law *l, const char *pointer, struct json_object *notice, struct error_list *errors)
{
	for (size_t i = 0; i < LEN(languages); i++) {
		struct json_object *template = json_get(notice, languages[i]);
		struct look k = { l, NULL,
			arena_printf(errors->arena, "%s/%s", pointer, languages[i]), errors };

		if (is_whole(template))
			each_text(template, &k, check_fixed);
		else
			error_add(errors, k.pointer, "notice",
			    "a notice needs subject and body in vi and en");
	}
}

/* What a letter's placeholders stand for is given with it, so any word will do. */
static void
check_word(void *arg, const char *name)
{
	struct look *k = arg;

	if (name[0] == '\0' || name[strspn(name, "abcdefghijklmnopqrstuvwxyz_")])
		error_add(k->errors, k->pointer, "placeholder",
		    "the placeholder {{%s}} of a letter is not a word", name);
}

static void
check_lines(struct json_object *body, const struct look *k)
{
	for (size_t i = 0; i < json_object_array_length(body); i++) {
		const char *text = json_object_get_string(json_object_array_get_idx(body, i));

		if (strstr(text, LETTER_LINES) && !str_eq(text, LETTER_LINES))
			error_add(k->errors, k->pointer, "placeholder",
			    "{{lines}} is a paragraph by itself");
	}
}

static void
check_letter(
    const struct law *l, const char *pointer, struct json_object *letter, struct error_list *errors)
{
	for (size_t i = 0; i < LEN(languages); i++) {
		struct json_object *template = json_get(letter, languages[i]);
		struct look k = { l, NULL,
			arena_printf(errors->arena, "%s/%s", pointer, languages[i]), errors };

		if (!is_whole(template)) {
			error_add(errors, k.pointer, "notice",
			    "a letter needs subject and body in vi and en");
			continue;
		}
		each_text(template, &k, check_word);
		check_lines(json_get(template, "body"), &k);
	}
}

static void
check_layout(const struct law *l, const char *pointer, const char *text, struct error_list *errors)
{
	const char *place = text ? strstr(text, "{{body}}") : NULL;
	struct look k = { l, NULL, pointer, errors };

	if (place == NULL) {
		error_add(
		    errors, pointer, "layout", "the layout needs text and html with {{body}}");
		return;
	}
	notice_each_placeholder(errors->arena,
	    arena_strndup(errors->arena, text, (size_t)(place - text)), check_fixed, &k);
	notice_each_placeholder(errors->arena, place + strlen("{{body}}"), check_fixed, &k);
}

static void
check_time_left(const char *pointer, struct json_object *words, struct error_list *errors)
{
	const char *many = json_str(words, "many");

	if (many == NULL || strstr(many, "{{n}}") == NULL || json_str(words, "today") == NULL ||
	    json_str(words, "one") == NULL)
		error_add(errors, pointer, "layout",
		    "the words for the time left are today, one, and many with {{n}}");
}

static void
check_letters(const struct law *l, const char *pointer, struct error_list *errors)
{
	json_object_object_foreach(l->letters, name, letter)
	{
		check_letter(
		    l, arena_printf(errors->arena, "%s/%s", pointer, name), letter, errors);
	}
}

static void
check_feed(const char *pointer, struct json_object *words, struct error_list *errors)
{
	static const char *const names[] = { "name", "late", "case", "state", "agency", "due" };

	for (size_t i = 0; i < LEN(names); i++)
		if (json_str(words, names[i]) == NULL)
			error_add(errors, pointer, "layout",
			    "the words of the feed of deadlines lack \"%s\"", names[i]);
}

void
notices_check(const struct law *l, const char *pointer, struct error_list *errors)
{
	struct arena *a = errors->arena;

	for (size_t i = 0; i < LEN(languages); i++) {
		struct json_object *layout = json_get(l->layout, languages[i]);

		check_layout(l, arena_printf(a, "%s/layout/%s/text", pointer, languages[i]),
		    json_str(layout, "text"), errors);
		check_layout(l, arena_printf(a, "%s/layout/%s/html", pointer, languages[i]),
		    json_str(layout, "html"), errors);
		check_layout(l, arena_printf(a, "%s/layout/%s/letter/text", pointer, languages[i]),
		    json_str(json_get(layout, "letter"), "text"), errors);
		check_layout(l, arena_printf(a, "%s/layout/%s/letter/html", pointer, languages[i]),
		    json_str(json_get(layout, "letter"), "html"), errors);
		check_time_left(arena_printf(a, "%s/layout/%s/time_left", pointer, languages[i]),
		    json_get(layout, "time_left"), errors);
		check_feed(arena_printf(a, "%s/layout/%s/feed", pointer, languages[i]),
		    json_get(layout, "feed"), errors);
	}
	json_object_object_foreach(l->notices, name, notice)
	{
		check_notice(l, arena_printf(a, "%s/%s", pointer, name), notice, errors);
	}
	if (l->letters == NULL)
		error_add(errors, pointer, "missing", "there is no letters.json");
	else
		check_letters(l, arena_printf(a, "%s/letters", pointer), errors);
	law_lists_check(l, arena_printf(a, "%s/lists", pointer), errors);
}

void
notice_check_paths(const struct workflow *w, const struct law *l, const char *pointer,
    const char *name, struct error_list *errors)
{
	struct json_object *notice = json_get(l->notices, name);
	struct look k = { l, w, pointer, errors };

	for (size_t i = 0; i < LEN(languages); i++)
		each_text(json_get(notice, languages[i]), &k, check_path);
}
