/*
 * The matrix of rights: what it says of small workflows, and that docs/rights.md is the one of
 * ours.
 */
#include "small_workflow.h"

#include <dirent.h>
#include <stdlib.h>

#define EVENT(target, post, more)                                                                  \
	"{\"target\": \"" target "\", \"meta\": {" TITLE ", \"by\": [{\"post\": \"" post           \
	"\", \"of\": \"owner\"}]}" more "}"
#define RULE(rule) ", \"guard\": {\"type\": \"logic\", \"params\": {\"rule\": " rule "}}"

static struct json_object *
matrix(const char *states)
{
	struct workflow *w = loaded(machine("m", "", states));
	struct json_object *o = json_copy(arena, rights_matrix_json(w, arena));

	workflow_free(w);
	return o;
}

static struct json_object *
row(struct json_object *o, const char *state)
{
	struct json_object *states = json_get(o, "states");

	for (size_t i = 0; i < json_object_array_length(states); i++)
		if (str_eq(json_str(json_object_array_get_idx(states, i), "state"), state))
			return json_object_array_get_idx(states, i);
	fail_msg("no state %s", state);
	return NULL;
}

static struct json_object *
cell(struct json_object *o, const char *state, const char *event)
{
	struct json_object *events = json_get(row(o, state), "events");

	for (size_t i = 0; i < json_object_array_length(events); i++)
		if (str_eq(json_str(json_object_array_get_idx(events, i), "event"), event))
			return json_object_array_get_idx(events, i);
	return NULL;
}

static const char *
post_of(struct json_object *c, size_t choice)
{
	struct json_object *one = json_object_array_get_idx(json_get(c, "choices"), choice);

	return one ? json_str(json_object_array_get_idx(json_get(one, "by"), 0), "post") : NULL;
}

static void
an_inner_state_is_asked_before_the_one_around_it(void **state)
{
	struct json_object *o = matrix(
	    "\"first\": {" META ", \"initial\": \"x\", \"on\": {\"E\": " EVENT("end", "head",
		"") "},"
		    " \"states\": {\"x\": {" META ", \"on\": {\"E\": " EVENT("y", "focal",
			"") "}},"
			    "  \"y\": {" META
			    ", \"on\": {\"B\": " EVENT("x", "clerk", "") "}}}},"
									 "\"end\": " END("done"));

	(void)state;
	assert_string_equal(post_of(cell(o, "m.first.x", "E"), 0), "focal");
	assert_null(post_of(cell(o, "m.first.x", "E"), 1));
	assert_string_equal(post_of(cell(o, "m.first.y", "E"), 0), "head");
	assert_null(cell(o, "m.first.x", "B"));
}

static void
a_guard_leaves_the_one_around_it_possible_and_nothing_certain(void **state)
{
	struct json_object *c = cell(
	    matrix("\"first\": {" META ", \"initial\": \"x\", \"on\": {\"E\": " EVENT("end", "head",
		"") "}, \"states\": {\"x\": {" META ", \"on\": {\"E\": " EVENT("#m.end", "focal",
		RULE("{\"var\": \"case.paid\"}")) "}}}}, \"end\": " END("done")),
	    "m.first.x", "E");

	(void)state;
	assert_string_equal(post_of(c, 0), "focal");
	assert_string_equal(post_of(c, 1), "head");
	assert_false(json_truth(c, "is_certain", true));
}

static void
a_guard_over_what_will_be_sent_counts_as_true(void **state)
{
	struct json_object *c = cell(
	    matrix("\"first\": {" META ", \"on\": {\"E\": " EVENT(
		"end", "focal", RULE("{\"var\": \"event.data.yes\"}")) "}}, \"end\": " END("done")),
	    "m.first", "E");

	(void)state;
	assert_true(json_truth(c, "is_certain", false));
}

static void
ways_for_the_same_people_are_certain_whatever_the_guards_say(void **state)
{
	struct json_object *c = cell(
	    matrix("\"first\": {" META ", \"on\": {\"E\": [" EVENT(
		"end", "focal", RULE("{\"var\": \"case.paid\"}")) ", " EVENT("other", "focal",
		"") "]}}, \"end\": " END("done") ", \"other\": " END("other")),
	    "m.first", "E");

	(void)state;
	assert_true(json_truth(c, "is_certain", false));
}

static void
a_state_stands_with_the_beginnings_of_the_regions_beside_it(void **state)
{
	struct json_object *o = matrix(
	    "\"first\": {\"type\": \"parallel\", " META ", \"on\": {\"END\": " EVENT("end", "head",
		"") "}, \"states\": {"
		    "  \"a\": {" META ", \"initial\": \"a1\", \"states\": {"
		    "    \"a1\": {" META ", \"on\": {\"A\": " EVENT("a2", "head",
			"") "}},"
			    "    \"a2\": {" META ", \"on\": {\"A\": " EVENT("a1", "head",
				"") "}}}},"
				    "  \"b\": {" META ", \"initial\": \"b1\", \"states\": {"
				    "    \"b1\": {" META ", \"on\": {\"B\": " EVENT("b2", "head",
					"") "}},"
					    "    \"b2\": {" META ", \"on\": {\"B\": " EVENT(
						"b1", "head", "") "}}}}}},"
								  "\"end\": " END("done"));

	(void)state;
	assert_string_equal(json_text_of(json_get(row(o, "m.first.a.a2"), "configuration")),
	    "[\"m.first.a.a2\",\"m.first.b.b1\"]");
	assert_non_null(cell(o, "m.first.b.b2", "END"));
}

/* ---- the page ---- */

static int
is_workflow(const struct dirent *e)
{
	return definitions_is_workflow(e->d_name);
}

static const struct workflow **
all_workflows(int *count)
{
	struct dirent **entries;
	const struct workflow **list;

	*count = scandir("workflows", &entries, is_workflow, alphasort);
	assert_true(*count > 0);
	list = arena_array(arena, const struct workflow *, *count);
	for (int i = 0; i < *count; i++) {
		const char *why = NULL;

		list[i] = loaded(json_read_file(
		    arena, arena_printf(arena, "workflows/%s", entries[i]->d_name), &why));
		free(entries[i]);
	}
	free(entries);
	return list;
}

static char *
text_of_file(const char *path)
{
	FILE *f = fopen(path, "r");
	struct str s;
	char part[4096];
	size_t n;

	str_init(&s, arena);
	if (f == NULL)
		fail_msg("%s is not there", path);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		str_add_n(&s, part, n);
	fclose(f);
	return s.text;
}

static void
the_page_of_rights_is_the_one_of_the_workflows(void **state)
{
	int count;
	const struct workflow **list = all_workflows(&count);
	const char *page = rights_matrix_markdown(law, list, count, arena);

	(void)state;
	for (int i = 0; i < count; i++)
		workflow_free((struct workflow *)list[i]);
	if (strcmp(page, text_of_file("docs/rights.md")) != 0)
		fail_msg("docs/rights.md is old: lienthong workflow rights workflows > "
			 "docs/rights.md");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_inner_state_is_asked_before_the_one_around_it),
		cmocka_unit_test(a_guard_leaves_the_one_around_it_possible_and_nothing_certain),
		cmocka_unit_test(a_guard_over_what_will_be_sent_counts_as_true),
		cmocka_unit_test(ways_for_the_same_people_are_certain_whatever_the_guards_say),
		cmocka_unit_test(a_state_stands_with_the_beginnings_of_the_regions_beside_it),
		cmocka_unit_test(the_page_of_rights_is_the_one_of_the_workflows),
	};

	return fixture_actors() ? cmocka_run_group_tests(tests, open_law, close_law) : 1;
}
