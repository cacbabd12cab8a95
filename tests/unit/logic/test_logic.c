/*
 * JSONLogic: the conformance data, and the bounds on hostile rules.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "logic.h"

static struct json_object *
parse(struct arena *a, const char *text)
{
	const char *why = NULL;
	struct json_object *o = json_read(a, text, strlen(text), &why);

	if (!o)
		fail_msg("%s: %s", text, why);
	return o;
}

static bool
line_holds(struct arena *a, const char *line)
{
	struct json_object *o = parse(a, line);
	const char *why;
	struct json_object *got = logic_apply(a, json_get(o, "rule"), json_get(o, "data"), &why);

	if (!why && json_equal(got, json_get(o, "result")))
		return true;
	print_error("%s: rule %s, data %s: expected %s, got %s\n", json_str(o, "id"),
	    json_canonical(a, json_get(o, "rule")), json_canonical(a, json_get(o, "data")),
	    json_canonical(a, json_get(o, "result")), why ? why : json_canonical(a, got));
	return false;
}

static void
conformance_data_hold(void **state)
{
	FILE *f = fopen("tests/conformance/data/logic.jsonl", "r");
	char *line = NULL;
	size_t size = 0;
	int lines = 0, wrong = 0;

	(void)state;
	assert_non_null(f);
	while (getline(&line, &size, f) > 0) {
		struct arena *a = arena_new();
		lines++;
		wrong += !line_holds(a, line);
		arena_free(a);
	}
	free(line);
	fclose(f);
	assert_true(lines > 200);
	assert_int_equal(wrong, 0);
}

static void
javascript_corners_hold(void **state)
{
	static const char *const lines[] = {
		"{\"id\": \"loose text and number\", \"rule\": {\"==\": [\" 1 \", 1]}, \"result\": "
		"true}",
		"{\"id\": \"null is no zero\", \"rule\": {\"==\": [null, 0]}, \"result\": false}",
		"{\"id\": \"list as text\", \"rule\": {\"==\": [[1, 2], \"1,2\"]}, \"result\": "
		"true}",
		"{\"id\": \"not a number compares to nothing\", \"rule\": {\"<\": [\"x\", 1]}, "
		"\"result\": false}",
		"{\"id\": \"default of a missing variable\", \"rule\": {\"var\": [\"a.b\", 7]}, "
		"\"data\": {\"a\": 1}, \"result\": 7}",
		"{\"id\": \"null is there\", \"rule\": {\"var\": [\"a\", 7]}, \"data\": {\"a\": "
		"null}, \"result\": null}",
		"{\"id\": \"index\", \"rule\": {\"var\": \"a.1\"}, \"data\": {\"a\": [1, 2]}, "
		"\"result\": 2}",
		"{\"id\": \"characters, not bytes\", \"rule\": {\"substr\": [\"hộ nghèo\", -5, "
		"-1]}, \"result\": \"nghè\"}",
		"{\"id\": \"division by zero\", \"rule\": {\"/\": [1, 0]}, \"result\": null}",
		"{\"id\": \"infinity stays one\", \"rule\": {\">\": [{\"*\": [1e308, 10]}, 1]}, "
		"\"result\": true}",
		"{\"id\": \"a number at the start of a text\", \"rule\": {\"+\": [\"3 days\", 1]}, "
		"\"result\": 4}",
		"{\"id\": \"length of a list\", \"rule\": {\"var\": \"a.length\"}, \"data\": "
		"{\"a\": [1, 2]}, "
		"\"result\": 2}",
		"{\"id\": \"nothing is in nothing\", \"rule\": {\"in\": [\"\", \"\"]}, \"result\": "
		"false}",
		"{\"id\": \"half a pair\", \"rule\": {\"substr\": [\"a🐲\", 0, 2]}, \"result\": "
		"\"a\\uFFFD\"}",
		"{\"id\": \"operands from a list\", \"rule\": {\"max\": {\"var\": \"a\"}}, "
		"\"data\": {\"a\": "
		"[1, 3, 2]}, \"result\": 3}",
		"{\"id\": \"the same list\", \"rule\": {\"==\": [{\"var\": \"a\"}, {\"var\": "
		"\"a\"}]}, \"data\": "
		"{\"a\": [1]}, \"result\": true}",
		"{\"id\": \"lists of the same look\", \"rule\": {\"==\": [[1], [1]]}, \"result\": "
		"false}",
		"{\"id\": \"all of nothing\", \"rule\": {\"all\": [[], true]}, \"result\": false}",
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(lines); i++)
		assert_true(line_holds(a, lines[i]));
	arena_free(a);
}

static void
an_unknown_operation_is_named(void **state)
{
	struct arena *a = arena_new();
	struct error_list errors;
	const char *why;

	(void)state;
	assert_null(logic_apply(a, parse(a, "{\"if\": [true, {\"bad\": 1}]}"), NULL, &why));
	assert_string_equal(why, "unknown operation \"bad\"");
	error_list_init(&errors, a);
	logic_check(parse(a, "{\"if\": [false, {\"bad\": 1}]}"), "/guard", &errors);
	assert_int_equal(errors.count, 1);
	assert_string_equal(errors.first->pointer, "/guard/if/1/bad");
	arena_free(a);
}

static void
a_giant_rule_is_stopped(void **state)
{
	struct arena *a = arena_new();
	struct json_object *doubled = parse(
	    a, "{\"cat\": [{\"var\": \"accumulator\"}, {\"var\": \"accumulator\"}]}");
	struct json_object *rule = parse(a, "{\"reduce\": [[], 0, \"x\"]}"), *args, *list;
	const char *why;

	(void)state;
	args = json_get(rule, "reduce");
	list = json_object_array_get_idx(args, 0);
	for (int i = 0; i < 64; i++)
		json_object_array_add(list, json_object_new_int(i));
	json_object_array_put_idx(args, 1, json_object_get(doubled));
	assert_null(logic_apply(a, rule, NULL, &why));
	assert_string_equal(why, "the rule takes too many steps");
	arena_free(a);
}

static void
a_value_that_nests_without_end_is_stopped(void **state)
{
	struct arena *a = arena_new();
	struct json_object *list = json_keep(a, json_object_new_array());
	struct json_object *data = json_keep(a, json_object_new_object());
	const char *why;

	(void)state;
	for (int i = 0; i < 2000; i++)
		json_push(list, json_object_new_int(i));
	json_set(data, "list", json_object_get(list));
	assert_null(logic_apply(a,
	    parse(a, "{\"reduce\": [{\"var\": \"list\"}, [{\"var\": \"accumulator\"}], 0]}"), data,
	    &why));
	assert_non_null(strstr(why, "nested too deeply"));
	arena_free(a);
}

static void
what_a_rule_reads_is_known(void **state)
{
	struct arena *a = arena_new();
	struct json_object *rule = parse(a, "{\">\": [{\"var\": \"event.data.n\"}, 1]}");

	(void)state;
	assert_true(logic_reads(rule, "event.data"));
	assert_true(logic_reads(rule, "event"));
	assert_false(logic_reads(rule, "case"));
	assert_false(logic_reads(rule, "event.dat"));
	assert_true(logic_reads(parse(a, "{\"missing\": [\"event.data.x\"]}"), "event.data"));
	assert_true(logic_reads(parse(a, "{\"!!\": {\"var\": \"event\"}}"), "event.data"));
	assert_false(logic_reads(
	    parse(a, "{\"some\": [{\"var\": \"case.items\"}, {\"var\": \"\"}]}"), "event.data"));
	assert_true(logic_reads(parse(a, "{\"var\": {\"cat\": [\"a\"]}}"), "case"));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conformance_data_hold),
		cmocka_unit_test(javascript_corners_hold),
		cmocka_unit_test(an_unknown_operation_is_named),
		cmocka_unit_test(a_giant_rule_is_stopped),
		cmocka_unit_test(a_value_that_nests_without_end_is_stopped),
		cmocka_unit_test(what_a_rule_reads_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
