/*
 * JSON Schema: the conformance data, the words of violations, and what is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "schema.h"

static struct json_object *
parse(struct arena *a, const char *text)
{
	const char *why = NULL;
	struct json_object *o = json_read(a, text, strlen(text), &why);

	if (why)
		fail_msg("%s: %s", text, why);
	return o;
}

static struct schema *
compile(struct arena *a, struct json_object *o, struct error_list *errors)
{
	error_list_init(errors, a);
	return schema_compile(o, errors);
}

static int
wrong_tests(struct arena *a, const struct schema *s, struct json_object *group)
{
	struct json_object *tests = json_get(group, "tests");
	int wrong = 0;

	for (size_t i = 0; i < json_object_array_length(tests); i++) {
		struct json_object *t = json_object_array_get_idx(tests, i);
		struct error_list errors;

		error_list_init(&errors, a);
		if (schema_validate(s, json_get(t, "data"), "", &errors) ==
		    json_truth(t, "valid", false))
			continue;
		print_error("%s: %s\n", json_str(group, "id"), json_str(t, "description"));
		wrong++;
	}
	return wrong;
}

static int
wrong_in_group(const char *line)
{
	struct arena *a = arena_new();
	/* the suite has NUL in strings, which json_read refuses */
	struct json_object *group = strstr(line, "\\u0000") ? json_keep(a, json_tokener_parse(line))
							    : parse(a, line);
	struct error_list errors;
	struct schema *s = compile(a, json_get(group, "schema"), &errors);
	int wrong = 1;

	if (s)
		wrong = wrong_tests(a, s, group);
	else
		print_error("%s: %s: %s\n", json_str(group, "id"), errors.first->pointer,
		    errors.first->message);
	schema_free(s);
	arena_free(a);
	return wrong;
}

static void
conformance_data_hold(void **state)
{
	FILE *f = fopen("tests/conformance/data/schema.jsonl", "r");
	char *line = NULL;
	size_t size = 0;
	int groups = 0, wrong = 0;

	(void)state;
	assert_non_null(f);
	for (; getline(&line, &size, f) > 0; groups++)
		wrong += wrong_in_group(line);
	free(line);
	fclose(f);
	assert_true(groups > 60);
	assert_int_equal(wrong, 0);
}

static void
violations_name_field_and_rule(void **state)
{
	struct arena *a = arena_new();
	struct error_list errors;
	struct schema *s = compile(a,
	    parse(a, "{\"properties\": {\"purpose\": {\"type\": \"string\", \"minLength\": 20}, "
		     "\"to/from\": "
		     "{\"format\": \"date\"}}, \"required\": [\"items\"], "
		     "\"additionalProperties\": false}"),
	    &errors);

	(void)state;
	assert_false(schema_validate(s,
	    parse(a, "{\"purpose\": \"quá ngắn\", \"to/from\": \"2022-02-30\", \"admin\": true}"),
	    "/fields", &errors));
	assert_int_equal(errors.count, 4);
	assert_string_equal(errors.first->pointer, "/fields/purpose");
	assert_string_equal(errors.first->code, "minLength");
	assert_string_equal(errors.first->message, "must have at least 20 characters");
	assert_string_equal(errors.first->next->pointer, "/fields/to~1from");
	assert_string_equal(errors.first->next->next->pointer, "/fields/items");
	assert_string_equal(errors.last->pointer, "/fields/admin");
	schema_free(s);
	arena_free(a);
}

static void
what_is_not_supported_is_refused(void **state)
{
	static const char *const schemas[] = {
		"{\"unevaluatedProperties\": false}",
		"{\"properties\": {\"a\": {\"minlength\": 3}}}",
		"{\"$ref\": \"https://example.org/other\"}",
	};
	struct arena *a = arena_new();
	struct error_list errors;

	(void)state;
	for (size_t i = 0; i < LEN(schemas); i++) {
		assert_null(compile(a, parse(a, schemas[i]), &errors));
		assert_string_equal(errors.first->code, "unsupported");
	}
	assert_null(compile(a, parse(a, "{\"pattern\": \"(\"}"), &errors));
	assert_string_equal(errors.first->code, "pattern");
	arena_free(a);
}

static bool
holds(struct arena *a, const char *schema, const char *value)
{
	struct error_list errors;
	struct schema *s = compile(a, parse(a, schema), &errors);
	const char *why;
	bool result;

	assert_non_null(s);
	result = schema_validate(s, json_read(a, value, strlen(value), &why), "", &errors);
	schema_free(s);
	return result;
}

static void
formats_are_rules(void **state)
{
	static const struct {
		const char *format, *text;
		bool is_good;
	} cases[] = {
		{ "date", "2024-02-29", true },
		{ "date", "2023-02-29", false },
		{ "date", "2023-2-9", false },
		{ "date", "2023-02-09T00:00:00Z", false },
		{ "date-time", "2026-11-24T10:00:00+07:00", true },
		{ "date-time", "2026-11-24T10:00:00", false },
		{ "date-time", "1998-12-31T23:59:60Z", true },
		{ "date-time", "1999-01-01T06:59:60+07:00", true },
		{ "date-time", "1998-12-31T23:58:60Z", false },
		{ "email", "an.nguyen+1@soctrang.gov.vn", true },
		{ "email", "an..nguyen@soctrang.gov.vn", false },
		{ "email", ".an@soctrang.gov.vn", false },
		{ "email", "an@-soctrang.vn", false },
		{ "email", "soctrang.gov.vn", false },
		{ "email", "\\\"An B\\\"@soctrang.gov.vn", true },
		{ "email", "an@[127.0.0.1]", true },
		{ "email", "an@[127.0.0.300]", false },
		{ "email", "an@[IPv6:::1]", true },
		{ "email", "an@[IPv6:12345::]", false },
		{ "uri", "https://lgsp.soctrang.gov.vn:8443/api?x=1#y", true },
		{ "uri", "ldap://[2001:db8::7]/c=GB?objectClass?one", true },
		{ "uri", "https://a.vn/hộ", false },
		{ "uri", "/api", false },
		{ "uri", "http://a b.vn", false },
		{ "hostname", "not known, so not checked", true },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		const char *schema = arena_printf(a, "{\"format\": \"%s\"}", cases[i].format);

		if (holds(a, schema, arena_printf(a, "\"%s\"", cases[i].text)) != cases[i].is_good)
			fail_msg("%s: %s", cases[i].format, cases[i].text);
	}
	arena_free(a);
}

static void
multiples_are_counted_in_decimal(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_true(holds(a, "{\"multipleOf\": 0.01}", "19.99"));
	assert_true(holds(a, "{\"multipleOf\": 0.0001}", "0.0075"));
	assert_false(holds(a, "{\"multipleOf\": 0.0001}", "0.00751"));
	assert_true(holds(a, "{\"multipleOf\": 0.5}", "1e308"));
	assert_false(holds(a, "{\"multipleOf\": 0.123456789}", "1e308"));
	assert_true(holds(a, "{\"multipleOf\": 1e-8}", "12391239123"));
	assert_false(holds(a, "{\"multipleOf\": 2}", "7"));
	assert_true(holds(a, "{\"multipleOf\": 2}", "-4.0"));
	assert_true(holds(a, "{\"multipleOf\": 20}", "0"));
	assert_false(holds(a, "{\"multipleOf\": 1e300}", "1"));
	arena_free(a);
}

static void
patterns_mean_what_javascript_means(void **state)
{
	static const struct {
		const char *pattern, *text;
		bool is_good;
	} cases[] = {
		{ "^\\\\p{Lu}\\\\p{Letter}+$", "Hộ", true },
		{ "^\\\\d$", "०", false },
		{ "^\\\\s$", "\\u00a0", true },
		{ "^[\\\\s]$", "\\ufeff", true },
		{ "^\\\\S$", "\\u2003", false },
		{ "^.$", "\\u2028", false },
		{ "^.$", "ộ", true },
		{ "^a$", "a\\n", false },
		{ "^\\\\ud83d\\\\udc32$", "🐲", true },
		{ "^\\\\u{1F432}$", "🐲", true },
		{ "^[[:alpha:]]$", "a]", true },
	};
	struct arena *a = arena_new();
	struct error_list errors;

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		const char *schema = arena_printf(a, "{\"pattern\": \"%s\"}", cases[i].pattern);

		if (holds(a, schema, arena_printf(a, "\"%s\"", cases[i].text)) != cases[i].is_good)
			fail_msg("%s: %s", cases[i].pattern, cases[i].text);
	}
	assert_null(compile(a, parse(a, "{\"pattern\": \"^a\\\\Z\"}"), &errors));
	assert_null(compile(a, parse(a, "{\"pattern\": \"(*ACCEPT)\"}"), &errors));
	arena_free(a);
}

static void
loops_and_slow_patterns_end(void **state)
{
	struct arena *a = arena_new();
	struct error_list errors;
	struct schema *s = compile(a, parse(a, "{\"$ref\": \"#\"}"), &errors);

	(void)state;
	assert_non_null(s);
	assert_false(schema_validate(s, NULL, "", &errors));
	schema_free(s);
	assert_false(holds(a, "{\"allOf\": [{\"$ref\": \"#\"}, {\"$ref\": \"#\"}]}", "1"));
	assert_false(holds(a, "{\"not\": {\"$ref\": \"#\"}}", "1"));
	s = compile(a, parse(a, "{\"pattern\": \"^(a+)+$\"}"), &errors);
	assert_false(schema_validate(
	    s, parse(a, "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\""), "", &errors));
	schema_free(s);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conformance_data_hold),
		cmocka_unit_test(violations_name_field_and_rule),
		cmocka_unit_test(what_is_not_supported_is_refused),
		cmocka_unit_test(formats_are_rules),
		cmocka_unit_test(multiples_are_counted_in_decimal),
		cmocka_unit_test(patterns_mean_what_javascript_means),
		cmocka_unit_test(loops_and_slow_patterns_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
