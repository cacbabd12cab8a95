/*
 * Rights: posts against `by`, and who never decides.
 */
#include "fixture.h"

static struct json_object *by_focal_or_clerk_of_owner, *no_data;

static int
open_all(void **state)
{
	if (open_law(state))
		return -1;
	by_focal_or_clerk_of_owner = json("[{\"post\":\"clerk\",\"of\":\"owner\"},"
					  "{\"post\":\"focal\",\"of\":\"owner\"}]");
	no_data = json("{}");
	(void)state;
	return 0;
}

static int
close_all(void **state)
{
	return close_law(state);
}

static void
the_post_must_be_held_at_the_right_agency(void **state)
{
	(void)state;
	assert_null(right_find(by_focal_or_clerk_of_owner, &directory, &lan, no_data, arena));
	assert_ptr_equal(right_find(by_focal_or_clerk_of_owner, &directory, &minh, no_data, arena),
	    &holdings[2]);
}

static void
a_right_with_a_condition_holds_only_then(void **state)
{
	struct json_object *by = json(
	    "[{\"post\":\"focal\",\"of\":\"owner\",\"when\":{\"!!\":[{\"var\":\"case.paper\"}]}}]");

	(void)state;
	assert_null(right_find(by, &directory, &minh, json("{\"case\":{}}"), arena));
	assert_non_null(
	    right_find(by, &directory, &minh, json("{\"case\":{\"paper\":true}}"), arena));
}

static void
nobody_may_when_nobody_is_named(void **state)
{
	(void)state;
	assert_null(right_find(NULL, &directory, &minh, no_data, arena));
	assert_string_equal(right_describe(NULL, arena), "nobody");
}

static void
who_acted_for_the_requester_never_decides_whatever_post_he_holds(void **state)
{
	struct case_row c = { .requester_id = 1, .owner_id = 2, .created_by = 201 };

	(void)state;
	c.context = json("{}"); /* minh entered a letter that came on paper to his agency */
	assert_false(right_is_own_case(&c, &minh, NULL));
	c.context = json("{\"people\":[5,201]}");
	assert_true(right_is_own_case(&c, &minh, NULL));
}

static void
people_of_the_requesting_agency_never_decide(void **state)
{
	struct case_row c = { .requester_id = 1, .owner_id = 2, .created_by = 999 };
	const struct holding both[] = { holdings[3], holdings[0] };
	const struct actor two_posts = { "person", 202, "Tâm", both, 2, false };

	(void)state;
	c.context = json("{}");
	assert_non_null(
	    right_forbidden(json("[\"requester\"]"), law, &directory, &c, &two_posts, NULL));
	assert_null(right_forbidden(json("[\"requester\"]"), law, &directory, &c, &minh, NULL));
}

static void
a_substitute_stands_where_the_absent_person_stands(void **state)
{
	struct case_row c = { .requester_id = 1, .owner_id = 2, .created_by = 999 };
	struct holding substitute = holdings[3];

	(void)state;
	c.context = json("{\"people\":[202]}");
	assert_null(
	    right_forbidden(json("[\"requester\"]"), law, &directory, &c, &minh, &substitute));
	substitute.on_behalf_of = 202;
	assert_non_null(
	    right_forbidden(json("[\"requester\"]"), law, &directory, &c, &minh, &substitute));
}

static void
the_previous_actor_cannot_take_the_next_step(void **state)
{
	struct case_row c = { .requester_id = 1, .owner_id = 2, .created_by = 999 };

	(void)state;
	c.context = json("{\"last_person\":201}");
	assert_non_null(
	    right_forbidden(json("[\"previous-actor\"]"), law, &directory, &c, &minh, NULL));
	assert_null(
	    right_forbidden(json("[\"previous-actor\"]"), law, &directory, &c, &hung, NULL));
}

static void
a_substitute_does_not_follow_upon_whom_he_replaces(void **state)
{
	struct case_row c = { .requester_id = 1, .owner_id = 2, .created_by = 999 };
	struct holding substitute = holdings[3];

	(void)state;
	c.context = json("{\"last_person\":202}");
	substitute.on_behalf_of = 202;
	assert_non_null(
	    right_forbidden(json("[\"previous-actor\"]"), law, &directory, &c, &minh, &substitute));
	substitute.on_behalf_of = 203;
	assert_null(
	    right_forbidden(json("[\"previous-actor\"]"), law, &directory, &c, &minh, &substitute));
}

/* Minh (201) holds a post of agency A and stands for An (300), who holds one of B. */
static void
nobody_agrees_twice_with_a_post_that_is_not_his_own(void **state)
{
	const struct holding posts[] = { { .agency_id = 2, .agency_code = "A", .post = "head" },
		{ .agency_id = 3,
		    .agency_code = "B",
		    .post = "head",
		    .on_behalf_of = 300,
		    .on_behalf_name = "An" },
		{ .agency_id = 4,
		    .agency_code = "C",
		    .post = "head",
		    .on_behalf_of = 300,
		    .on_behalf_name = "An" },
		{ .agency_id = 5, .agency_code = "D", .post = "head" } };
	const struct actor who = { "person", 201, "Minh", posts, 4, false };
	struct case_row c = { .requester_id = 1, .owner_id = 9 };
	struct json_object *rule = json("[{\"agreed\":\"s\"}]");
	const char *const own = "{\"approvals\":{\"s\":[{\"agency\":\"A\",\"post\":\"head\","
				"\"name\":\"Minh\"}]}}";

	(void)state;
	c.context = json(own);
	assert_non_null(right_forbidden(rule, law, &directory, &c, &who, &posts[1]));
	assert_null(right_forbidden(rule, law, &directory, &c, &who, &posts[3]));
	c.context = json("{\"approvals\":{\"s\":[{\"agency\":\"B\",\"post\":\"head\","
			 "\"name\":\"Minh\",\"person\":201,\"on_behalf_of\":300}]}}");
	assert_non_null(right_forbidden(rule, law, &directory, &c, &who, &posts[0]));
	assert_non_null(right_forbidden(rule, law, &directory, &c, &who, &posts[2]));
	c.context = json("{\"approvals\":{\"s\":[{\"agency\":\"C\",\"post\":\"head\","
			 "\"name\":\"An\"}]}}");
	assert_non_null(right_forbidden(rule, law, &directory, &c, &who, &posts[1]));
	assert_null(right_forbidden(rule, law, &directory, &c, &who, &posts[0]));
}

static void
the_chairman_is_of_the_province_not_of_the_office(void **state)
{
	struct holding posts[] = { { .agency_id = 2, .post = "chair" },
		{ .agency_id = 2, .post = "head" } };
	struct actor chair = { "person", 901, "Khiêm", posts, 1, false };
	struct actor both = { "person", 902, "Nam", posts, 2, false };
	struct case_row c = { .requester_id = 1, .owner_id = 2 };

	(void)state;
	assert_null(right_forbidden(json("[\"party\"]"), law, &directory, &c, &chair, NULL));
	assert_non_null(right_forbidden(json("[\"party\"]"), law, &directory, &c, &both, NULL));
}

static void
who_sees_a_case_is_listed_once(void **state)
{
	const struct agency *parties[] = { &agencies[2], &agencies[3], &agencies[1] };
	struct directory dir = { .requester = &agencies[0],
		.owner = &agencies[1],
		.parties = parties,
		.party_count = 3 };
	struct workflow w = { .meta = json("{\"visibility\":{\"see\":[{\"of\":\"party\"},"
					   "{\"of\":\"party\"},{\"of\":\"owner\"}]}}") };
	struct case_row c = { 0 };
	int count;
	int64_t *ids = case_viewers(&w, &dir, &c, arena, &count);

	(void)state;
	assert_int_equal(count, 3);
	assert_int_equal(ids[0], 3);
	assert_int_equal(ids[2], 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_substitute_does_not_follow_upon_whom_he_replaces),
		cmocka_unit_test(nobody_agrees_twice_with_a_post_that_is_not_his_own),
		cmocka_unit_test(the_chairman_is_of_the_province_not_of_the_office),
		cmocka_unit_test(who_sees_a_case_is_listed_once),
		cmocka_unit_test(the_post_must_be_held_at_the_right_agency),
		cmocka_unit_test(a_right_with_a_condition_holds_only_then),
		cmocka_unit_test(nobody_may_when_nobody_is_named),
		cmocka_unit_test(who_acted_for_the_requester_never_decides_whatever_post_he_holds),
		cmocka_unit_test(people_of_the_requesting_agency_never_decide),
		cmocka_unit_test(a_substitute_stands_where_the_absent_person_stands),
		cmocka_unit_test(the_previous_actor_cannot_take_the_next_step),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
