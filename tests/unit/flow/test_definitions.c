/*
 * Workflows of one folder together: what one names must be there in the other.
 */
#include "small_workflow.h"

#define SIMPLE "\"first\": {" META ", \"on\": {\"END\": " GO("end") "}}, \"end\": " END("done")
#define ACT(action)                                                                                \
	"\"first\": {" META ", \"on\": {\"END\": {\"target\": \"end\", \"actions\": [" action      \
	"], " BY "}}}, \"end\": " END("done")
#define OPEN(id, fields)                                                                           \
	"{\"type\": \"open\", \"params\": {\"workflow\": \"" id                                    \
	"\", \"requester\": \"ict\", \"owner\": \"owner\", \"fields\": {" fields "}}}"
#define TELL(to) "{\"type\": \"tell\", \"params\": {\"to\": " to ", \"event\": \"NEWS\"}}"
#define LISTENS                                                                                    \
	"\"first\": {" META                                                                        \
	", \"on\": {\"END\": " GO("end") ", \"NEWS\": {\"target\": \"end\", "                      \
					 "\"meta\": {" TITLE                                       \
					 ", \"told\": true}}}}, \"end\": " END("done")

static struct error_list errors;

/* Two workflows, a in a.json and b in b.json. */
static void
check(struct json_object *a, struct json_object *b)
{
	struct definition list[] = { { "a.json", loaded(a) }, { "b.json", loaded(b) } };

	error_list_init(&errors, arena);
	definitions_check_ties(list, LEN(list), &errors);
	for (size_t i = 0; i < LEN(list); i++)
		workflow_free((struct workflow *)list[i].w);
}

static void
assert_only(const char *pointer, const char *code)
{
	for (const struct error_item *e = errors.first; e; e = e->next)
		if (!str_eq(e->pointer, pointer) || !str_eq(e->code, code))
			print_error("! %s %s %s\n", e->pointer, e->code, e->message);
	assert_int_equal(errors.count, 1);
	assert_string_equal(errors.first->pointer, pointer);
	assert_string_equal(errors.first->code, code);
}

/* A copy in which the root's meta has one thing more. */
static struct json_object *
with_meta(struct json_object *o, const char *key, const char *value)
{
	json_set(json_get(o, "meta"), key, json_object_get(json(value)));
	return o;
}

static struct json_object *
opened_by_others(const char *id, const char *states)
{
	return with_meta(machine(id, "", states), "start", "{" TITLE ", \"by\": []}");
}

static void
workflows_that_name_each_other_rightly_are_fine(void **state)
{
	(void)state;
	check(machine("a", "", ACT(OPEN("b", "\"note\": \"x\"") ", " TELL("\"children\""))),
	    opened_by_others("b", LISTENS));
	assert_int_equal(errors.count, 0);
}

static void
a_prefix_is_one_workflows_own(void **state)
{
	(void)state;
	check(machine("a", "", SIMPLE), with_meta(machine("b", "", SIMPLE), "prefix", "\"A\""));
	assert_only("b.json:/meta/prefix", "duplicate");
}

static void
what_is_opened_is_there(void **state)
{
	(void)state;
	check(machine("a", "", ACT(OPEN("c", ""))), machine("b", "", SIMPLE));
	assert_only("a.json:/states/first/on/END/actions/0/params/workflow", "workflow");
}

static void
what_is_opened_has_the_fields_given(void **state)
{
	(void)state;
	check(machine("a", "", ACT(OPEN("b", "\"colour\": \"red\""))), machine("b", "", SIMPLE));
	assert_only("a.json:/states/first/on/END/actions/0/params/fields/colour", "fields");
}

static void
what_is_opened_gets_the_fields_it_requires(void **state)
{
	struct json_object *b = machine("b", "", SIMPLE);

	(void)state;
	json_set(json_path(b, "meta.form"), "required", json_object_get(json("[\"note\"]")));
	check(machine("a", "", ACT(OPEN("b", ""))), b);
	assert_only("a.json:/states/first/on/END/actions/0/params/fields", "fields");
}

static void
what_is_told_is_heard(void **state)
{
	(void)state;
	check(machine("a", "", ACT(TELL("{\"workflow\": \"b\", \"same\": [\"owner\"]}"))),
	    machine("b", "", SIMPLE));
	assert_only("a.json:/states/first/on/END/actions/0/params/event", "unheard");
}

static void
what_a_parent_is_told_is_heard_by_who_opens(void **state)
{
	(void)state;
	check(machine("a", "", LISTENS), machine("b", "", ACT(TELL("\"parent\""))));
	assert_int_equal(errors.count, 2); /* b has no parent, and so nobody tells a */
}

static void
what_is_listened_to_is_told(void **state)
{
	(void)state;
	check(machine("a", "", LISTENS), machine("b", "", SIMPLE));
	assert_only("a.json:/states/first/on/NEWS", "untold");
}

static void
a_workflow_is_opened_by_somebody(void **state)
{
	(void)state;
	check(opened_by_others("a", SIMPLE), machine("b", "", SIMPLE));
	assert_only("a.json:/meta/start/by", "never-opened");
}

static void
what_is_offered_starts_about_this(void **state)
{
	static const char offering[] =
	    "\"first\": {" META
	    ", \"on\": {\"END\": " GO("end") "}}, \"end\": {\"type\": \"final\", " STATE(
		", \"outcome\": \"done\", \"offers\": [{\"workflow\": \"b\", " TITLE
		", \"by\": [{\"post\": \"head\", \"of\": \"owner\"}]}]") "}";

	(void)state;
	check(machine("a", "", offering), machine("b", "", SIMPLE));
	assert_only("a.json:/states/end/meta/offers/0", "workflow");
	check(machine("a", "", offering),
	    with_meta(machine("b", "", SIMPLE), "start",
		"{" TITLE ", \"by\": [{\"post\": \"head\", \"of\": \"owner\"}], "
		"\"about\": {\"workflows\": [\"a\"]}}"));
	assert_int_equal(errors.count, 0);
}

static void
only_workflows_count_as_such(void **state)
{
	(void)state;
	assert_true(definitions_is_workflow("wf-01.json"));
	assert_false(definitions_is_workflow("posts.json"));
	assert_false(definitions_is_workflow("sides.json"));
	assert_false(definitions_is_workflow("schema.json"));
	assert_false(definitions_is_workflow("README.md"));
	assert_false(definitions_is_workflow(".json"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(workflows_that_name_each_other_rightly_are_fine),
		cmocka_unit_test(a_prefix_is_one_workflows_own),
		cmocka_unit_test(what_is_opened_is_there),
		cmocka_unit_test(what_is_opened_has_the_fields_given),
		cmocka_unit_test(what_is_opened_gets_the_fields_it_requires),
		cmocka_unit_test(what_is_told_is_heard),
		cmocka_unit_test(what_a_parent_is_told_is_heard_by_who_opens),
		cmocka_unit_test(what_is_listened_to_is_told),
		cmocka_unit_test(a_workflow_is_opened_by_somebody),
		cmocka_unit_test(what_is_offered_starts_about_this),
		cmocka_unit_test(only_workflows_count_as_such),
	};

	return fixture_actors() ? cmocka_run_group_tests(tests, open_law, close_law) : 1;
}
