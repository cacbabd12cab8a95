/*
 * Workflows: the real one loads; each mistake in a copy of it is found, with its place.
 */
#include "fixture.h"

static struct json_object *machine;

static int
open_all(void **state)
{
	const char *why = NULL;

	if (open_law(state))
		return -1;
	machine = json_read_file(arena, "workflows/wf-01.json", &why);
	return machine ? 0 : -1;
}

static void
the_data_request_loads_without_a_mistake(void **state)
{
	struct error_list errors;
	struct workflow *w;

	(void)state;
	error_list_init(&errors, arena);
	w = workflow_load(law, machine, &errors);
	for (const struct error_item *e = errors.first; e; e = e->next)
		print_error("%s %s\n", e->pointer, e->message);
	assert_non_null(w);
	assert_string_equal(workflow_id(w), "wf-01");
	assert_string_equal(workflow_prefix(w), "YC");
	workflow_free(w);
}

/* A copy in which the value at a path is another; NULL takes the key away. */
static struct json_object *
with(const char *path, const char *key, const char *value)
{
	struct json_object *o = json_copy(arena, machine);
	struct json_object *parent = *path ? json_path(o, path) : o;

	assert_non_null(parent);
	if (value)
		json_set(parent, key, json_object_get(json(value)));
	else
		json_object_object_del(parent, key);
	return o;
}

static const struct {
	const char *path, *key, *value, *pointer;
} mistakes[] = {
	{ "meta", "law", NULL, "/meta/law" }, { "meta", "prefix", NULL, "/meta/prefix" },
	{ "meta", "terms", "[\"request.forever\"]", "/meta/terms/0" },
	{ "meta", "visibility", "{}", "/meta/visibility/see" },
	{ "meta.start", "by", "[{\"post\":\"king\",\"of\":\"owner\"}]", "/meta/start/by/0" },
	{ "meta.start", "by", "[{\"post\":\"head\",\"of\":\"moon\"}]", "/meta/start/by/0" },
	{ "meta.form", "additionalProperties", NULL, "/meta/form" },
	{ "meta.form", "unevaluatedProperties", "false", "/meta/form" },
	{ "meta.form.properties.purpose", "x-title", NULL, "/meta/form/properties/purpose" },
	{ "states.trial.states.testing.meta", "title", NULL, "/states/trial/states/testing" },
	{ "states.trial.states.testing.meta", "phase", "\"party\"",
	    "/states/trial/states/testing/meta/phase" },
	{ "states.trial.states.testing.meta", "due", "\"request.forever\"",
	    "/states/trial/states/testing/meta/due" },
	{ "states.trial.states.testing.meta.task", "post", "\"king\"",
	    "/states/trial/states/testing/meta/task" },
	{ "states.trial.states.testing.meta.task", "term", "\"request.forever\"",
	    "/states/trial/states/testing/meta/task/term" },
	{ "states.connected.meta", "outcome", NULL, "/states/connected/meta/outcome" },
	{ "states.trial.states.fixing.on.FIXED.meta", "by", NULL,
	    "/states/trial/states/fixing/on/FIXED/meta/by" },
	{ "states.trial.states.fixing.on.FIXED.meta", "law", NULL,
	    "/states/trial/states/fixing/on/FIXED/meta/law" },
	{ "states.trial.states.fixing.on.FIXED.meta", "not", "[\"anybody\"]",
	    "/states/trial/states/fixing/on/FIXED/meta/not" },
	{ "states.trial.states.fixing.on.FIXED", "actions",
	    "[{\"type\":\"notify\",\"params\":{\"to\":[{\"post\":\"head\",\"of\":\"owner\"}],"
	    "\"template\":\"no-such\"}}]",
	    "/states/trial/states/fixing/on/FIXED" },
	{ "states.trial.states.fixing.on.FIXED", "actions", "[{\"type\":\"launch\"}]",
	    "/states/trial/states/fixing/on/FIXED" },
	{ "states.trial.states.fixing.on.FIXED", "actions",
	    "[{\"type\":\"set\",\"params\":{\"values\":{\"people\":[]}}}]",
	    "/states/trial/states/fixing/on/FIXED" },
	{ "states.trial.states.fixing.on.FIXED", "guard", "{\"type\":\"feelsRight\"}",
	    "/states/trial/states/fixing/on/FIXED" },
	{ "states.trial.states.fixing.on.FIXED", "guard",
	    "{\"type\":\"logic\",\"params\":{\"rule\":{\"guess\":[1]}}}",
	    "/states/trial/states/fixing/on/FIXED" },
	{ "states.trial.states.fixing", "after",
	    "{\"request.forever\":{\"meta\":{\"title\":{\"vi\":\"a\",\"en\":\"a\"},\"law\":"
	    "\"DEFAULT\"}}}",
	    "/states/trial/states/fixing/after" },
	{ "states.trial.states.fixing.on.FIXED", "target", "\"nowhere\"",
	    "/states/trial/states/fixing/on/FIXED" },
	{ "states.handling.states.work.states.review.on.REFUSE.meta.form.properties.ground",
	    "x-grounds", "\"feelings\"",
	    "/states/handling/states/work/states/review/on/REFUSE/meta/form/properties/ground" },
	{ "meta.context", "question", "0", NULL }, /* no mistake: shows that the copy loads */
};

static bool
is_told(const struct error_list *errors, const char *pointer)
{
	for (const struct error_item *e = errors->first; e; e = e->next)
		if (str_starts(e->pointer, pointer))
			return true;
	return false;
}

static void
every_mistake_is_found_at_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(mistakes); i++) {
		struct error_list errors;
		struct workflow *w;

		error_list_init(&errors, arena);
		w = workflow_load(
		    law, with(mistakes[i].path, mistakes[i].key, mistakes[i].value), &errors);
		workflow_free(w);
		if (mistakes[i].pointer ? is_told(&errors, mistakes[i].pointer) : w != NULL)
			continue;
		for (const struct error_item *e = errors.first; e; e = e->next)
			print_error("%s %s\n", e->pointer, e->message);
		fail_msg("not told: %s %s", mistakes[i].path, mistakes[i].key);
	}
}

static void
law_keeps_regimes_of_their_day(void **state)
{
	int64_t at;

	(void)state;
	assert_true(instant_parse("2022-10-03T09:00:00+07:00", &at));
	assert_string_equal(regime_code(law_regime_on(law, at)), "VN-ND47-2020");
	assert_true(instant_parse("2025-08-19T00:00:00+07:00", &at));
	assert_string_equal(regime_code(law_regime_on(law, at)), "VN-ND47-194");
	assert_true(instant_parse("2019-01-01T00:00:00+07:00", &at));
	assert_null(law_regime_on(law, at));
	assert_null(law_regime(law, "XX"));
	assert_null(law_calendar(law, "xx"));
}

static void
a_folder_without_law_is_refused_by_name(void **state)
{
	struct error_list errors;

	(void)state;
	error_list_init(&errors, arena);
	assert_null(law_load("/nonexistent", &errors));
	assert_true(is_told(&errors, "/nonexistent/workflows/regimes:"));
	assert_true(is_told(&errors, "/nonexistent/calendars:"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_data_request_loads_without_a_mistake),
		cmocka_unit_test(every_mistake_is_found_at_its_place),
		cmocka_unit_test(law_keeps_regimes_of_their_day),
		cmocka_unit_test(a_folder_without_law_is_refused_by_name),
	};

	return cmocka_run_group_tests(tests, open_all, close_law);
}
