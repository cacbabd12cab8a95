/*
 * Chains of substitutes: circles and lengths, by the times when their links run; and vacant posts.
 */
#include "fixture.h"

#include "../../../src/flow/vacancies.h"

static struct substitution
link_of(int64_t absent, int64_t substitute, int64_t from, int64_t until)
{
	return (struct substitution){
		.absent_id = absent, .substitute_id = substitute, .from_at = from, .until_at = until
	};
}

static void
a_circle_needs_a_time_when_all_its_links_run(void **state)
{
	const struct substitution list[] = { link_of(1, 2, 0, 10), link_of(2, 3, 5, 20) };
	struct substitution closing = link_of(3, 1, 8, 9), later = link_of(3, 1, 10, 30);
	struct substitution back = link_of(2, 1, 9, 12), after = link_of(2, 1, 10, 12);

	(void)state;
	assert_int_equal(chain_check(&closing, list, 2), CHAIN_CIRCLE);
	assert_int_equal(chain_check(&later, list, 2), CHAIN_FINE);
	assert_int_equal(chain_check(&back, list, 1), CHAIN_CIRCLE);
	assert_int_equal(chain_check(&after, list, 1), CHAIN_FINE);
}

/* 2 to 3 to 4 ... one link more than may be: on both sides of the new one. */
static void
a_chain_has_at_most_five_links(void **state)
{
	struct substitution list[SUBSTITUTION_LINKS + 1];
	struct substitution middle = link_of(3, 4, 0, 10), first = link_of(1, 2, 0, 10),
			    apart = link_of(3, 4, 20, 30);
	int n = 0;

	(void)state;
	for (int i = 1; i <= SUBSTITUTION_LINKS; i++)
		if (i != 3)
			list[n++] = link_of(i, i + 1, 0, 10);
	assert_int_equal(chain_check(&middle, list, n), CHAIN_FINE);
	list[n++] = link_of(6, 7, 0, 10);
	assert_int_equal(chain_check(&middle, list, n), CHAIN_TOO_LONG);
	assert_int_equal(chain_check(&apart, list, n), CHAIN_FINE);
	list[0] = middle;
	assert_int_equal(chain_check(&first, list, n), CHAIN_TOO_LONG);
}

static void
many_may_be_stood_for_by_one(void **state)
{
	const struct substitution list[] = { link_of(1, 9, 0, 10), link_of(2, 9, 0, 10),
		link_of(9, 8, 0, 10) };
	struct substitution s = link_of(3, 9, 0, 10), circle = link_of(8, 2, 0, 10);

	(void)state;
	assert_int_equal(chain_check(&s, list, 3), CHAIN_FINE);
	assert_int_equal(chain_check(&circle, list, 3), CHAIN_CIRCLE);
}

/* ---- vacant posts ---- */

static const char *
vacant(const struct post_row *rows, int count)
{
	struct vacancies v = { .a = arena };
	struct str s;

	str_init(&s, arena);
	vacancies_find(law, rows, count, &v);
	for (int i = 0; i < v.count; i++)
		str_addf(&s, "%s%d %s %d", i ? "; " : "", (int)v.list[i].agency_id, v.list[i].post,
		    (int)v.list[i].since);
	return s.len ? s.text : "";
}

static void
a_post_is_vacant_when_it_was_held_or_every_agency_needs_it(void **state)
{
	const struct post_row full[] = { { 1, "focal", true, 0 }, { 1, "head", true, 5 },
		{ 2, "focal", true, 0 } };
	const struct post_row left[] = { { 1, "clerk", false, 7 }, { 1, "deputy", false, 8 },
		{ 1, "focal", false, 9 }, { 1, "head", true, 0 }, { 2, "head", false, 3 } };

	(void)state;
	assert_string_equal(vacant(full, 2), "");
	assert_string_equal(vacant(full, 3), "2 head 0");
	assert_string_equal(vacant(left, 5), "1 focal 9; 1 clerk 7; 2 head 3");
	assert_string_equal(vacant(left, 0), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_circle_needs_a_time_when_all_its_links_run),
		cmocka_unit_test(a_chain_has_at_most_five_links),
		cmocka_unit_test(many_may_be_stood_for_by_one),
		cmocka_unit_test(a_post_is_vacant_when_it_was_held_or_every_agency_needs_it),
	};

	return cmocka_run_group_tests(tests, open_law, close_law);
}
