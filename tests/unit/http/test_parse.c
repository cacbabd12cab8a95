/*
 * Small texts of HTTP: queries, cookies, entity tags, lists in headers.
 */
#include "../../../src/http/http_priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static struct arena *a;

static int
setup(void **state)
{
	(void)state;
	a = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static const char *
decoded(const char *text)
{
	return percent_decode(a, text, strlen(text), true);
}

static void
percent_codes_are_decoded_and_bad_ones_refused(void **state)
{
	(void)state;
	assert_string_equal(decoded("h%E1%BB%99+ngh%C3%A8o"), "hộ nghèo");
	assert_string_equal(decoded(""), "");
	assert_string_equal(percent_decode(a, "a+b", 3, false), "a+b");
	assert_null(decoded("%"));
	assert_null(decoded("%4"));
	assert_null(decoded("%4g"));
	assert_null(decoded("a%00b"));
	assert_null(decoded("%0a"));
	assert_null(decoded("%c3"));
	assert_null(decoded("%ed%a0%80"));
}

static void
query_items_are_found_by_name(void **state)
{
	struct http_pair *q;

	(void)state;
	assert_true(query_parse(a, "q=h%E1%BB%99&limit=5&&flag&x=", &q));
	assert_string_equal(pair_get(q, "q"), "hộ");
	assert_string_equal(pair_get(q, "limit"), "5");
	assert_string_equal(pair_get(q, "flag"), "");
	assert_string_equal(pair_get(q, "x"), "");
	assert_null(pair_get(q, "other"));
	assert_true(query_parse(a, NULL, &q));
	assert_null(q);
	assert_false(query_parse(a, "a=%zz", &q));
}

static void
cookies_are_found_among_others(void **state)
{
	struct http_pair *c;

	(void)state;
	cookies_parse(a, "a=1; lt_token=x.y.z ;b=2=3; ; =bad; lone", &c);
	assert_string_equal(pair_get(c, "a"), "1");
	assert_string_equal(pair_get(c, "lt_token"), "x.y.z");
	assert_string_equal(pair_get(c, "b"), "2=3");
	assert_null(pair_get(c, "lone"));
	assert_null(pair_get(c, ""));
	cookies_parse(a, NULL, &c);
	assert_null(c);
}

static void
entity_tag_names_a_version(void **state)
{
	int64_t v = 0;

	(void)state;
	assert_true(etag_parse("\"7\"", &v));
	assert_int_equal(v, 7);
	assert_true(etag_parse("W/\"12\"", &v));
	assert_int_equal(v, 12);
	assert_true(etag_parse("\"9223372036854775807\"", &v));
	assert_false(etag_parse("\"9223372036854775808\"", &v));
	assert_false(etag_parse("7", &v));
	assert_false(etag_parse("\"\"", &v));
	assert_false(etag_parse("\"07\"", &v));
	assert_false(etag_parse("\"-1\"", &v));
	assert_false(etag_parse("*", &v));
	assert_false(etag_parse("\"7\", \"8\"", &v));
	assert_false(etag_parse("W/", &v));
}

static void
idempotency_key_is_short_and_visible(void **state)
{
	(void)state;
	assert_true(idempotency_key_is_valid("3f2c-1"));
	assert_true(idempotency_key_is_valid(
	    "0123456789012345678901234567890123456789012345678901234567890123"));
	assert_false(idempotency_key_is_valid(
	    "01234567890123456789012345678901234567890123456789012345678901234"));
	assert_false(idempotency_key_is_valid(""));
	assert_false(idempotency_key_is_valid("a b"));
	assert_false(idempotency_key_is_valid("khóa"));
}

static void
json_type_may_name_utf8_only(void **state)
{
	(void)state;
	assert_true(is_json_type("application/json"));
	assert_true(is_json_type("Application/JSON; charset=UTF-8"));
	assert_true(is_json_type("application/json;charset=\"utf-8\""));
	assert_false(is_json_type(NULL));
	assert_false(is_json_type("text/plain"));
	assert_false(is_json_type("application/json-patch+json"));
	assert_false(is_json_type("application/json; charset=latin1"));
	assert_false(is_json_type("application/x-www-form-urlencoded"));
}

static void
encoding_counts_unless_its_weight_is_zero(void **state)
{
	(void)state;
	assert_true(encoding_is_accepted("gzip, deflate, br", "br"));
	assert_true(encoding_is_accepted("br;q=0.5", "br"));
	assert_false(encoding_is_accepted("br;q=0, gzip", "br"));
	assert_false(encoding_is_accepted("br;q=0.000", "br"));
	assert_false(encoding_is_accepted("brotli", "br"));
	assert_false(encoding_is_accepted(NULL, "br"));
	assert_false(encoding_is_accepted("", "br"));
}

static void
address_is_what_the_trusted_proxy_saw(void **state)
{
	(void)state;
	assert_string_equal(forwarded_for(a, "6.6.6.6, 10.1.1.1", 1), "10.1.1.1");
	assert_string_equal(forwarded_for(a, "6.6.6.6, 10.1.1.1", 2), "6.6.6.6");
	assert_null(forwarded_for(a, "6.6.6.6, 10.1.1.1", 3));
	assert_null(forwarded_for(a, "", 1));
	assert_null(forwarded_for(a, "1.1.1.1,", 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(percent_codes_are_decoded_and_bad_ones_refused),
		cmocka_unit_test(query_items_are_found_by_name),
		cmocka_unit_test(cookies_are_found_among_others),
		cmocka_unit_test(entity_tag_names_a_version),
		cmocka_unit_test(idempotency_key_is_short_and_visible),
		cmocka_unit_test(json_type_may_name_utf8_only),
		cmocka_unit_test(encoding_counts_unless_its_weight_is_zero),
		cmocka_unit_test(address_is_what_the_trusted_proxy_saw),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
