/*
 * Arenas and the error lists that live in them.
 */
#include "base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static void
memory_is_zeroed_aligned_and_apart(void **state)
{
	struct arena *a = arena_new();
	char *before = NULL;

	(void)state;
	for (size_t size = 1; size < 10000; size = size * 3 / 2 + 1) {
		char *p = arena_alloc(a, size);

		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 'x', size);
		if (before)
			assert_int_equal(*before, 'x');
		before = p;
	}
	arena_free(a);
	arena_free(NULL);
}

static void
texts_are_copied(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_null(arena_strdup(a, NULL));
	assert_string_equal(arena_strdup(a, "sổ"), "sổ");
	assert_string_equal(arena_strndup(a, "abcdef", 3), "abc");
	assert_string_equal(arena_strndup(a, "ab", 3), "ab");
	assert_string_equal(arena_printf(a, "%s-%05d", "STG", 7), "STG-00007");
	assert_int_equal(strlen(arena_printf(a, "%0100000d", 1)), 100000);
	arena_free(a);
}

static char order[8];

static void
note(void *arg)
{
	strcat(order, arg);
}

static void
deferred_calls_run_newest_first(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	arena_defer(a, note, "1");
	arena_defer(a, note, "2");
	arena_defer(a, note, "3");
	assert_string_equal(order, "");
	arena_free(a);
	assert_string_equal(order, "321");
}

static void
an_error_list_keeps_its_order(void **state)
{
	struct arena *a = arena_new();
	struct error_list list;

	(void)state;
	error_list_init(&list, a);
	error_add(&list, "/a", "required", "%s is missing", "a");
	error_add(&list, "/b", "minLength", "b is short");
	assert_int_equal(list.count, 2);
	assert_string_equal(list.first->message, "a is missing");
	assert_string_equal(list.first->next->pointer, "/b");
	assert_string_equal(list.last->code, "minLength");
	assert_null(list.last->next);
	arena_free(a);
}

static void
every_error_has_a_name_a_title_and_a_status(void **state)
{
	(void)state;
	for (int code = OK; code < E_COUNT; code++) {
		assert_non_null(err_name(code));
		assert_non_null(err_title(code));
		assert_in_range(err_http_status(code), 200, 599);
	}
	assert_string_equal(err_name(E_NOT_FOUND), "not-found");
	assert_int_equal(err_http_status(E_STALE), 412);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(texts_are_copied),
		cmocka_unit_test(deferred_calls_run_newest_first),
		cmocka_unit_test(an_error_list_keeps_its_order),
		cmocka_unit_test(every_error_has_a_name_a_title_and_a_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
