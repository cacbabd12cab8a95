/*
 * JSON: what is read and what is refused, getters and setters, the canonical form.
 */
#include "base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include <math.h>
#include <stdio.h>

static struct arena *arena;

static int
arena_open(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
arena_close(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct json_object *
read_text(const char *text, const char **why)
{
	return json_read(arena, text, strlen(text), why);
}

static struct json_object *
must_read(const char *text)
{
	const char *why;
	struct json_object *o = read_text(text, &why);

	assert_null(why);
	return o;
}

static void
valid_json_is_read(void **state)
{
	static const char *const good[] = { "null", "true", "false", "0", "-0", "1e5", "1E-2",
		"0.5", " [ ] ", "{}", "[1,2]", "\"\"", "\t{\"a\":\r\n[null]}", "\"\\u0001\"",
		"\"\\ud83c\\udfe0\"", "123456789012345678901234567890", "\"\x7f\"", "1e-400" };
	const char *why;

	(void)state;
	for (size_t i = 0; i < LEN(good); i++) {
		read_text(good[i], &why);
		assert_null(why);
	}
}

static void
everything_else_is_refused(void **state)
{
	static const char *const bad[] = { "", " ", "nul", "nulll", "True", "NaN", "Infinity",
		"-Infinity", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "0x10", "1e400",
		"[1,]", "[,1]", "[1", "[1 2]", "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\"}",
		"{\"a\":}", "{\"a\":1", "{\"a\":1 \"b\":2}", "{1:2}", "'a'", "\"a", "\"\\x\"",
		"\"\\u12\"", "\"\\u00g0\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\ud800x\"",
		"\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\n\"", "\"\x1f\"", "\"\xC0\xAF\"",
		"\"\xED\xA0\x80\"", "/**/1", "1//", "1 2", "[] []", "{\"a\":1,\"a\":2}",
		"{\"a\":1,\"\\u0061\":2}", "\xEF\xBB\xBF{}", "[1]x", "]", "}", ",",
		"{\"\\u0000\":1}", "\"\\", "\v1" };
	const char *why;

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		assert_null(read_text(bad[i], &why));
		assert_non_null(why);
	}
	assert_null(json_read(arena, "1\0", 2, &why));
	assert_non_null(why);
}

static void
a_refusal_says_where(void **state)
{
	const char *why;

	(void)state;
	assert_null(read_text("{\"a\": 1,\n \"b\" 2}", &why));
	assert_string_equal(why, "expected ':' at byte 14 (line 2)");
	assert_null(read_text("{\"a\": 1, \"a\"", &why));
	assert_string_equal(why, "key \"a\" twice at byte 12 (line 1)");
}

static void
nesting_ends_at_64(void **state)
{
	char text[131] = "";
	const char *why;

	(void)state;
	memset(text, '[', 64);
	memset(text + 64, ']', 64);
	assert_non_null(read_text(text, &why));
	memset(text, '[', 65);
	memset(text + 65, ']', 65);
	assert_null(read_text(text, &why));
	assert_true(str_starts(why, "nested too deeply"));
}

static void
a_file_is_read_or_refused(void **state)
{
	const char *why;

	(void)state;
	assert_null(json_read_file(arena, "/nowhere/x.json", &why));
	assert_string_equal(why, "No such file or directory");
	assert_null(json_read_file(arena, "/", &why));
	assert_non_null(why);
}

static void
getters_check_types(void **state)
{
	struct json_object *o = must_read(
	    "{\"s\": \"x\", \"n\": 7, \"d\": 3.0, \"h\": 2.5, \"b\": true, \"z\": null, "
	    "\"meta\": {\"task\": {\"post\": \"head\"}}}");

	(void)state;
	assert_string_equal(json_str(o, "s"), "x");
	assert_null(json_str(o, "n"));
	assert_null(json_str(o, "none"));
	assert_null(json_str(NULL, "s"));
	assert_int_equal(json_int(o, "n", -1), 7);
	assert_int_equal(json_int(o, "d", -1), 3);
	assert_int_equal(json_int(o, "h", -1), -1);
	assert_int_equal(json_int(o, "s", -1), -1);
	assert_true(json_truth(o, "b", false));
	assert_true(json_truth(o, "s", true));
	assert_string_equal(json_object_get_string(json_path(o, "meta.task.post")), "head");
	assert_null(json_path(o, "meta.none.post"));
	assert_null(json_path(o, "s.t"));
}

static void
setters_build_objects(void **state)
{
	struct json_object *o = json_keep(arena, json_object_new_object());
	struct json_object *list = json_object_new_array();

	(void)state;
	json_set_str(o, "s", "a/b");
	json_set_str(o, "z", NULL);
	json_set_int(o, "n", 9007199254740993);
	json_set_bool(o, "b", false);
	json_set_instant(o, "at", 1795489200000000);
	json_set_instant(o, "never", 0);
	json_push(list, json_object_new_int(1));
	json_set(o, "list", list);
	assert_string_equal(json_text_of(o),
	    "{\"s\":\"a/b\",\"z\":null,\"n\":9007199254740993,\"b\":false,"
	    "\"at\":\"2026-11-24T03:00:00.000000Z\",\"never\":null,\"list\":[1]}");
}

static void
equality_is_by_value(void **state)
{
	(void)state;
	assert_true(json_equal(must_read("{\"a\":[1,null],\"b\":\"x\"}"),
	    must_read("{\"b\":\"x\",\"a\":[1.0,null]}")));
	assert_false(json_equal(must_read("{\"a\":1}"), must_read("{\"b\":1}")));
	assert_false(json_equal(must_read("{\"a\":null}"), must_read("{\"b\":null}")));
	assert_false(json_equal(must_read("[1,2]"), must_read("[2,1]")));
	assert_false(json_equal(must_read("1"), must_read("\"1\"")));
	assert_false(json_equal(NULL, must_read("0")));
	assert_true(json_equal(NULL, NULL));
}

static void
a_copy_is_apart(void **state)
{
	struct json_object *o = must_read("{\"a\":{\"b\":0.10}}");
	struct json_object *copy = json_copy(arena, o);

	(void)state;
	json_set_int(json_get(o, "a"), "b", 2);
	assert_string_equal(json_text_of(copy), "{\"a\":{\"b\":0.10}}");
	assert_null(json_copy(arena, NULL));
}

/* ---- canonical ---- */

static void
assert_canonical(const char *text, const char *expected)
{
	assert_string_equal(json_canonical(arena, must_read(text)), expected);
}

static void
canonical_is_that_of_rfc_8785(void **state)
{
	(void)state;
	assert_canonical("{\"numbers\": [333333333.33333329, 1E30, 4.50, 2e-3, "
			 "0.000000000000000000000000001],"
			 "\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
			 "\"literals\": [null, true, false]}",
	    "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
	    "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

static void
keys_are_in_the_order_of_utf16(void **state)
{
	(void)state;
	assert_canonical("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,"
			 "\"\\u0080\":6,\"\\u00f6\":7,\"\":8,\"10\":9}",
	    "{\"\":8,\"\\r\":2,\"1\":4,\"10\":9,\"\xC2\x80\":6,\"ö\":7,\"€\":1,\"😀\":5,"
	    "\"\xEF\xAC\xB3\":3}");
}

static void
numbers_are_written_as_ecmascript_does(void **state)
{
	static const struct {
		double d;
		const char *text;
	} cases[] = {
		{ 0.0, "0" },
		{ -0.0, "0" },
		{ 5e-324, "5e-324" },
		{ -5e-324, "-5e-324" },
		{ 1.7976931348623157e308, "1.7976931348623157e+308" },
		{ 9007199254740992.0, "9007199254740992" },
		{ 295147905179352830000.0, "295147905179352830000" },
		{ 999999999999999900000.0, "999999999999999900000" },
		{ 1e21, "1e+21" },
		{ 9.999999999999997e22, "9.999999999999997e+22" },
		{ 0.000001, "0.000001" },
		{ 0.0000001, "1e-7" },
		{ 1.5e-7, "1.5e-7" },
		{ 0.1, "0.1" },
		{ 0.3, "0.3" },
		{ 0.1 + 0.2, "0.30000000000000004" },
		{ 333333333.33333325, "333333333.33333325" },
		{ 0x1p-44, "5.684341886080802e-14" },
		{ 0x1p-1074 * 4, "2e-323" },
		{ 2.2250738585072014e-308, "2.2250738585072014e-308" },
		{ -1234.5, "-1234.5" },
		{ 100, "100" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct json_object *o = json_keep(arena, json_object_new_double(cases[i].d));

		assert_string_equal(json_canonical(arena, o), cases[i].text);
	}
	assert_canonical("1.0", "1");
	assert_canonical("9007199254740993", "9007199254740992"); /* as JavaScript reads it */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_json_is_read),
		cmocka_unit_test(everything_else_is_refused),
		cmocka_unit_test(a_refusal_says_where),
		cmocka_unit_test(nesting_ends_at_64),
		cmocka_unit_test(a_file_is_read_or_refused),
		cmocka_unit_test(getters_check_types),
		cmocka_unit_test(setters_build_objects),
		cmocka_unit_test(equality_is_by_value),
		cmocka_unit_test(a_copy_is_apart),
		cmocka_unit_test(canonical_is_that_of_rfc_8785),
		cmocka_unit_test(keys_are_in_the_order_of_utf16),
		cmocka_unit_test(numbers_are_written_as_ecmascript_does),
	};

	return cmocka_run_group_tests(tests, arena_open, arena_close);
}
