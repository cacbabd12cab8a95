/*
 * Away: substitutes of people who are away, and those to whom a vacant post falls.
 */
#include "fixture.h"

static const struct person an = { .id = 1, .name = "An", .is_active = true };
static const struct person binh = { .id = 2, .name = "Bình", .is_active = true };
static const struct person chi = { .id = 3, .name = "Chi", .is_active = true };

static struct holding
post_of(const struct person *p, int64_t agency_id, const char *post)
{
	return (struct holding){ .id = p->id * 10 + agency_id,
		.person_id = p->id,
		.agency_id = agency_id,
		.post = post,
		.agency_code = "H51" };
}

static void
hold(struct roster *r, const struct person *p, int64_t agency_id, const char *post)
{
	struct holding h = post_of(p, agency_id, post);

	roster_add(r, &h, p);
}

/* "Bình focal 7 for An, own deputy; ..." */
static const char *
text_of(const struct roster *r)
{
	struct str s;

	str_init(&s, arena);
	for (int i = 0; i < r->count; i++) {
		const struct holding *h = &r->holdings[i];

		str_addf(
		    &s, "%s%s %s %d", i ? "; " : "", r->people[i].name, h->post, (int)h->agency_id);
		if (h->on_behalf_of)
			str_addf(&s, " for %s", h->on_behalf_name);
		if (h->own_post)
			str_addf(&s, ", own %s", h->own_post);
	}
	return s.text;
}

static void
vacant(struct roster *r)
{
	struct post_pair held[10];
	int count = 0;

	for (int i = 0; i < r->count; i++)
		if (r->holdings[i].on_behalf_of == 0)
			held[count++] = (struct post_pair){ r->holdings[i].agency_id,
				r->holdings[i].post };
	roster_add_vacant(r, law, held, count);
}

static void
a_substitute_has_all_posts_of_the_absent(void **state)
{
	struct roster r = { .a = arena };
	const struct stand_in list[] = { { 1, "An", binh }, { 1, "An", chi } };

	(void)state;
	hold(&r, &an, 7, "focal");
	hold(&r, &an, 8, "head");
	hold(&r, &binh, 7, "head");
	roster_add_stand_ins(&r, list, 2);
	assert_string_equal(text_of(&r),
	    "An focal 7; An head 8; Bình head 7; Bình focal 7 for An; "
	    "Bình head 8 for An; Chi focal 7 for An; Chi head 8 for An");
}

static void
who_holds_the_post_himself_has_it_once(void **state)
{
	struct roster r = { .a = arena };
	const struct stand_in list[] = { { 1, "An", binh } };

	(void)state;
	hold(&r, &an, 7, "focal");
	hold(&r, &binh, 7, "focal");
	roster_add_stand_ins(&r, list, 1);
	assert_string_equal(text_of(&r), "An focal 7; Bình focal 7");
}

static void
a_vacant_post_falls_to_the_deputy_then_to_the_head(void **state)
{
	struct roster r = { .a = arena }, without = { .a = arena };

	(void)state;
	hold(&r, &an, 7, "head");
	hold(&r, &binh, 7, "deputy");
	vacant(&r);
	assert_string_equal(text_of(&r), "An head 7; Bình deputy 7; Bình focal 7, own deputy");
	hold(&without, &an, 7, "head");
	vacant(&without);
	assert_string_equal(text_of(&without), "An head 7; An focal 7, own head");
}

static void
without_a_head_the_deputy_has_his_work(void **state)
{
	struct roster r = { .a = arena };

	(void)state;
	hold(&r, &chi, 7, "focal");
	hold(&r, &binh, 7, "deputy");
	vacant(&r);
	assert_string_equal(text_of(&r), "Chi focal 7; Bình deputy 7; Bình head 7, own deputy");
}

static void
a_post_that_is_held_falls_to_nobody_nor_does_one_of_another_agency(void **state)
{
	const struct post_pair held[] = { { 7, "focal" }, { 7, "head" }, { 8, "deputy" } };

	(void)state;
	assert_null(post_filled_by(law, held, LEN(held), 7, "focal"));
	assert_string_equal(post_filled_by(law, held, LEN(held), 8, "focal"), "deputy");
	assert_null(post_filled_by(law, held, LEN(held), 9, "focal"));
	assert_null(post_filled_by(law, held, LEN(held), 7, "clerk"));
	assert_null(post_filled_by(law, held, LEN(held), 7, "no-such-post"));
}

static void
the_substitute_of_the_deputy_has_what_fell_to_him(void **state)
{
	struct roster r = { .a = arena };
	const struct stand_in list[] = { { 2, "Bình", chi } };

	(void)state;
	hold(&r, &an, 7, "head");
	hold(&r, &binh, 7, "deputy");
	roster_add_stand_ins(&r, list, 1);
	vacant(&r);
	assert_string_equal(text_of(&r),
	    "An head 7; Bình deputy 7; Chi deputy 7 for Bình; Bình focal 7, own deputy; "
	    "Chi focal 7 for Bình, own deputy");
}

static void
check_posts(const char *text, const char *pointer)
{
	struct error_list errors;

	error_list_init(&errors, arena);
	posts_check(json(text), &errors);
	assert_int_equal(errors.count, pointer ? 1 : 0);
	if (pointer)
		assert_string_equal(errors.first->pointer, pointer);
}

static void
posts_that_fall_nowhere_are_mistakes(void **state)
{
	(void)state;
	check_posts(
	    "{\"a\":{\"falls_to\":[\"b\"],\"leads\":true},\"b\":{\"vacancy\":\"required\"}}", NULL);
	check_posts("{\"a\":{\"falls_to\":[\"b\"]}}", "/a/falls_to");
	check_posts("{\"a\":{\"falls_to\":[\"a\"]}}", "/a/falls_to");
	check_posts("{\"a\":{\"falls_to\":[]}}", "/a/falls_to");
	check_posts("{\"a\":{\"falls_to\":\"b\"},\"b\":{}}", "/a/falls_to");
	check_posts("{\"a\":{\"vacancy\":\"never\"}}", "/a/vacancy");
	check_posts("{\"a\":{\"leads\":\"yes\"}}", "/a/leads");
	check_posts("{\"a\":{\"fals_to\":[\"a\"]}}", "/a/fals_to");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_substitute_has_all_posts_of_the_absent),
		cmocka_unit_test(who_holds_the_post_himself_has_it_once),
		cmocka_unit_test(a_vacant_post_falls_to_the_deputy_then_to_the_head),
		cmocka_unit_test(without_a_head_the_deputy_has_his_work),
		cmocka_unit_test(
		    a_post_that_is_held_falls_to_nobody_nor_does_one_of_another_agency),
		cmocka_unit_test(the_substitute_of_the_deputy_has_what_fell_to_him),
		cmocka_unit_test(posts_that_fall_nowhere_are_mistakes),
	};

	return cmocka_run_group_tests(tests, open_law, close_law);
}
