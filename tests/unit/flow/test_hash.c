/*
 * The chain of events: the same event has the same hash, any other has another.
 */
#include "fixture.h"

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct case_row c = { .number = "STG-YC-2022-00001", .version = 2 };

static struct event_write
an_event(void)
{
	return (struct event_write){ .type = "SIGN",
		.kind = "person",
		.actor_id = 102,
		.actor_name = "Hùng",
		.actor_post = "head",
		.actor_agency_code = "H51.19.3",
		.data = json("{\"b\":1,\"a\":\"x\"}"),
		.from_states = "internal_sign",
		.to_states = "submitted on_time",
		.at = 1664762400000000,
		.prev_hash = "00" };
}

static void
the_canonical_form_is_what_is_hashed(void **state)
{
	const char text[] =
	    "{\"actor\":{\"agency\":\"H51.19.3\",\"id\":102,\"kind\":\"person\",\"name\":\"Hùng\","
	    "\"on_behalf_of\":0,\"post\":\"head\"},\"at\":\"2022-10-03T02:00:00.000000Z\","
	    "\"case\":\"STG-YC-2022-00001\",\"data\":{\"a\":\"x\",\"b\":1},\"from\":\"internal_"
	    "sign\","
	    "\"prev\":\"00\",\"to\":\"submitted on_time\",\"type\":\"SIGN\",\"version\":2}";
	struct event_write e = an_event();
	char want[65], have[65];

	(void)state;
	sha256_hex(text, sizeof(text) - 1, want);
	event_hash(arena, &c, &e, have);
	assert_string_equal(have, want);
}

static void
any_change_is_another_hash(void **state)
{
	struct event_write e = an_event(), other;
	struct case_row later = c;
	char first[65], hex[65];

	(void)state;
	event_hash(arena, &c, &e, first);
	later.version++;
	event_hash(arena, &later, &e, hex);
	assert_string_not_equal(hex, first);
	other = e, other.data = json("{\"b\":1,\"a\":\"y\"}");
	event_hash(arena, &c, &other, hex);
	assert_string_not_equal(hex, first);
	other = e, other.at++;
	event_hash(arena, &c, &other, hex);
	assert_string_not_equal(hex, first);
	other = e, other.actor_id = 101;
	event_hash(arena, &c, &other, hex);
	assert_string_not_equal(hex, first);
	other = e, other.prev_hash = "01";
	event_hash(arena, &c, &other, hex);
	assert_string_not_equal(hex, first);
}

static void
the_post_really_held_is_part_of_it_only_where_it_is_another(void **state)
{
	struct event_write e = an_event();
	char without[65], with[65], other[65];

	(void)state;
	event_hash(arena, &c, &e, without);
	e.own_post = "deputy";
	event_hash(arena, &c, &e, with);
	e.own_post = "head";
	event_hash(arena, &c, &e, other);
	assert_string_not_equal(without, with);
	assert_string_not_equal(with, other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_canonical_form_is_what_is_hashed),
		cmocka_unit_test(any_change_is_another_hash),
		cmocka_unit_test(the_post_really_held_is_part_of_it_only_where_it_is_another),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
