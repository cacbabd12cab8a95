/*
 * Strings: growing, comparing, UTF-8, folding for search, SHA-256.
 */
#include "base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static int
arena_open(void **state)
{
	*state = arena_new();
	return 0;
}

static int
arena_close(void **state)
{
	arena_free(*state);
	return 0;
}

static void
a_string_grows(void **state)
{
	struct str s;

	str_init(&s, *state);
	assert_string_equal(s.text, "");
	for (int i = 0; i < 1000; i++)
		str_addf(&s, "%03d,", i);
	str_add(&s, "end");
	str_add_n(&s, "ing", 2);
	assert_int_equal(s.len, 4005);
	assert_string_equal(s.text + 3996, "999,endin");
}

static void
strings_are_compared(void **state)
{
	(void)state;
	assert_true(str_eq("a", "a"));
	assert_false(str_eq("a", "b"));
	assert_false(str_eq(NULL, ""));
	assert_true(str_eq(NULL, NULL));
	assert_true(str_starts("request.account", "request."));
	assert_false(str_starts("req", "request"));
}

static void
only_shortest_scalar_values_are_utf8(void **state)
{
	static const char good[] = "Sở Nội vụ \xF0\x9F\x8F\xA0 \xF4\x8F\xBF\xBF";
	static const char *const bad[] = { "\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF",
		"\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
		"\xE1\xBA", "\xC3(", "\xFF" };

	(void)state;
	assert_true(utf8_is_valid(good, strlen(good)));
	assert_true(utf8_is_valid("", 0));
	assert_false(utf8_is_valid("a\0b", 3));
	for (size_t i = 0; i < LEN(bad); i++)
		assert_false(utf8_is_valid(bad[i], strlen(bad[i])));
}

static void
text_is_folded_for_search(void **state)
{
	static const struct {
		const char *text, *folded;
	} cases[] = {
		{ "Hộ nghèo, cận nghèo", "ho ngheo can ngheo" },
		{ "ĐẤT ĐAI", "dat dai" },
		{ "  Ủy  ban — Phường 3 ", "uy ban phuong 3" },
		{ "áàảãạ ăắằẳẵặ âấầẩẫậ", "aaaaa aaaaaa aaaaaa" },
		{ "éèẻẽẹ êếềểễệ íìỉĩị", "eeeee eeeeee iiiii" },
		{ "óòỏõọ ôốồổỗộ ơớờởỡợ", "ooooo oooooo oooooo" },
		{ "úùủũụ ưứừửữự ýỳỷỹỵ đ", "uuuuu uuuuuu yyyyy d" },
		{ "ÁÀẢÃẠ ĂẮẰẲẴẶ ÂẤẦẨẪẬ", "aaaaa aaaaaa aaaaaa" },
		{ "ÉÈẺẼẸ ÊẾỀỂỄỆ ÍÌỈĨỊ", "eeeee eeeeee iiiii" },
		{ "ÓÒỎÕỌ ÔỐỒỔỖỘ ƠỚỜỞỠỢ", "ooooo oooooo oooooo" },
		{ "ÚÙỦŨỤ ƯỨỪỬỮỰ ÝỲỶỸỴ Đ", "uuuuu uuuuuu yyyyy d" },
		{ "ho\xCC\xA3\xCC\x82 nghe\xCC\x80o", "ho ngheo" }, /* NFD */
		{ "u\xCC\x9B\xCC\x81", "u" },
		{ "Straße Œuvre Łódź", "strasse oeuvre lodz" },
		{ "a\xFF"
		  "b",
		    "a b" },
		{ "...", "" },
		{ "", "" },
		{ "DV008/2026", "dv008 2026" },
	};

	for (size_t i = 0; i < LEN(cases); i++)
		assert_string_equal(text_fold(*state, cases[i].text), cases[i].folded);
}

static void
sha256_is_that_of_the_standard(void **state)
{
	char hex[65];

	(void)state;
	sha256_hex("abc", 3, hex);
	assert_string_equal(
	    hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_string_grows),
		cmocka_unit_test(strings_are_compared),
		cmocka_unit_test(only_shortest_scalar_values_are_utf8),
		cmocka_unit_test(text_is_folded_for_search),
		cmocka_unit_test(sha256_is_that_of_the_standard),
	};

	return cmocka_run_group_tests(tests, arena_open, arena_close);
}
