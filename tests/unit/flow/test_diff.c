/*
 * Differences in words of the process: each change of a small workflow has its sentence.
 */
#include "small_workflow.h"

#define FORM(required, fields)                                                                     \
	"\"form\": {\"type\": \"object\", \"additionalProperties\": false, \"required\": "         \
	"[" required "], \"properties\": {" fields "}}"
#define GROUND                                                                                     \
	"\"ground\": {\"type\": \"string\", \"x-grounds\": \"refusal\", \"x-title\": "             \
	"{\"vi\": \"Căn cứ\", \"en\": \"Legal ground\"}}"
#define NOTE                                                                                        \
	"\"note\": {\"type\": \"string\", \"maxLength\": 100, \"x-title\": {\"vi\": \"Ghi chú\", " \
	"\"en\": \"Note\"}}"
#define NOTIFY                                                                                     \
	"{\"type\": \"notify\", \"params\": {\"template\": \"refused\", \"to\": [{\"post\": "      \
	"\"head\", \"of\": \"requester\"}]}}"

static const char base[] =
    "\"first\": {\"id\": \"first\", \"meta\": {\"title\": {\"vi\": \"Xem xét\", \"en\": "
    "\"Review\"}, "
    "\"law\": \"DEFAULT\", \"task\": {\"post\": \"head\", \"of\": \"owner\", \"term\": "
    "\"request.sign\", \"title\": {\"vi\": \"a\", \"en\": \"Decide\"}}}, \"on\": {\"REFUSE\": "
    "{\"target\": \"end\", \"actions\": [" NOTIFY "], \"meta\": {" TITLE
    ", \"by\": [{\"post\": \"head\", \"of\": \"owner\"}], " FORM(
	"", GROUND ", " NOTE) "}}}}, "
			      "\"end\": {\"id\": \"end\", \"type\": \"final\", " STATE(
				  ", \"outcome\": \"refused\"") "}";

#define AT_REFUSE "states.first.on.REFUSE"

static struct sc_chart *
chart(struct json_object *o)
{
	struct error_list errors;
	struct sc_chart *c;

	error_list_init(&errors, arena);
	c = sc_load_lenient(o, &errors);
	assert_non_null(c);
	return c;
}

static const char *const *
changes(struct json_object *after, const char *lang)
{
	struct sc_chart *was = chart(machine("m", "", base)), *is = chart(after);
	const char *const *lines = workflow_changes(law, was, is, lang, arena);

	sc_free(was);
	sc_free(is);
	return lines;
}

static void
assert_only_line(struct json_object *after, const char *lang, const char *expected)
{
	const char *const *lines = changes(after, lang);

	assert_non_null(lines[0]);
	assert_string_equal(lines[0], expected);
	assert_null(lines[1]);
}

/* A copy of the base in which the value at a path is another; NULL takes the key away. */
static struct json_object *
with(const char *path, const char *key, const char *value)
{
	struct json_object *o = machine("m", "", base);
	struct json_object *parent = *path ? json_path(o, path) : o;

	assert_non_null(parent);
	if (value)
		json_set(parent, key, json_object_get(json(value)));
	else
		json_object_object_del(parent, key);
	return o;
}

static void
the_same_has_no_difference(void **state)
{
	(void)state;
	assert_null(changes(machine("m", "", base), "en")[0]);
}

static void
a_ground_becomes_needed(void **state)
{
	struct json_object *o = with(AT_REFUSE ".meta.form", "required", "[\"ground\"]");

	(void)state;
	assert_only_line(
	    o, "en", "REFUSE in \"Review\" (first) now needs a ground (\"Legal ground\")");
	assert_only_line(
	    o, "vi", "REFUSE tại \"Xem xét\" (first) nay bắt buộc nêu căn cứ (\"Căn cứ\")");
}

static const struct {
	const char *path, *key, *value, *expected;
} cases[] = {
	{ "states.first.meta.task", "term", "\"request.fix\"",
	    "The task of \"Review\" (first) is now due after request.fix (was request.sign)" },
	{ "states.first.meta.task", "post", "\"focal\"",
	    "The task of \"Review\" (first) is now for Focal point, agency asked (was Head of "
	    "agency, agency asked)" },
	{ AT_REFUSE ".meta", "by",
	    "[{\"post\": \"head\", \"of\": \"owner\"}, {\"post\": \"focal\", \"of\": \"owner\"}]",
	    "REFUSE in \"Review\" (first) may now be sent by Focal point, agency asked" },
	{ AT_REFUSE ".meta", "not", "[\"requester\"]",
	    "REFUSE in \"Review\" (first) may never be sent by the people of the requester now" },
	{ AT_REFUSE ".meta.form.properties", "note", NULL,
	    "REFUSE in \"Review\" (first) no longer asks for \"Note\"" },
	{ AT_REFUSE ".meta.form.properties.note", "maxLength", "200",
	    "REFUSE in \"Review\" (first): \"Note\" is checked differently, maxLength is now 200" },
	{ AT_REFUSE, "actions", "[]",
	    "REFUSE in \"Review\" (first) no longer sends the notice \"refused\" to Head of "
	    "agency, "
	    "requesting agency" },
	{ AT_REFUSE, "actions",
	    "[" NOTIFY ", {\"type\": \"extend\", \"params\": {\"term\": \"request.account\", "
	    "\"kind\": \"owner\", \"amount\": 1, \"reason\": \"a\"}}]",
	    "REFUSE in \"Review\" (first) now extends the term request.account (owner)" },
	{ AT_REFUSE, "guard",
	    "{\"type\": \"logic\", \"params\": {\"rule\": {\"var\": \"case.late\"}}}",
	    "REFUSE in \"Review\" (first) now has a condition: {\"var\":\"case.late\"}" },
	{ "states.first.on", "REFUSE", NULL, "REFUSE in \"Review\" (first) is gone" },
	{ AT_REFUSE, "target", "\"first\"",
	    "REFUSE in \"Review\" (first) now leads to \"Review\" (first) (was \"a\" (end))" },
	{ "states.first.meta.title", "en", "\"Under review\"",
	    "State \"Under review\" (first) was called \"Review\"" },
	{ "states.end", "id", "\"refused\"", "State \"a\" (end) is now \"a\" (refused)" },
	{ "meta", "prefix", "\"N\"", "Numbers now begin with N (was M)" },
	{ "states.first.meta", "colour", "\"red\"",
	    "\"Review\" (first): colour is now red (was nothing)" },
	{ "", "description", "\"words\"",
	    "Nothing changes for people: the files differ in descriptions, the order of things or "
	    "the version" },
};

static void
each_change_has_its_sentence(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_only_line(
		    with(cases[i].path, cases[i].key, cases[i].value), "en", cases[i].expected);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_has_no_difference),
		cmocka_unit_test(a_ground_becomes_needed),
		cmocka_unit_test(each_change_has_its_sentence),
	};

	return fixture_actors() ? cmocka_run_group_tests(tests, open_law, close_law) : 1;
}
