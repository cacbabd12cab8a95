/* Signing in: the right password, the wrong one, too many; sessions that live and end. */
#include "db_world.h"

WORLD_TEST(the_right_password_opens_a_session)
{
	struct flow_session s, renewed;

	assert_ok(t, flow_sign_in(t, "lan", PASSWORD, "10.0.0.1", &s));
	assert_int_equal(strlen(s.secret), 43);
	assert_ok(t, flow_session_check(t, s.id, s.person_id));
	assert_int_equal(flow_session_check(t, s.id, s.person_id + 1), E_UNAUTHENTICATED);
	assert_ok(t, flow_session_renew(t, s.secret, &renewed));
	assert_int_equal(renewed.id, s.id);
	assert_ok(t, flow_sign_out(t, s.id));
	assert_int_equal(flow_session_check(t, s.id, s.person_id), E_UNAUTHENTICATED);
	assert_int_equal(flow_session_renew(t, s.secret, &renewed), E_UNAUTHENTICATED);
}

WORLD_TEST(moving_the_clock_ends_no_session)
{
	struct flow_session s;
	struct json_object *view;

	assert_ok(t, flow_sign_in(t, "lan", PASSWORD, "10.0.0.1", &s));
	assert_ok(t, flow_demo_clock_move(t, 0, 20, &view));
	assert_ok(t, flow_session_renew(t, s.secret, &s));
}

WORLD_TEST(wrong_and_unknown_answer_alike)
{
	struct flow_session s;
	char *text;

	assert_int_equal(flow_sign_in(t, "hung", "sai", "10.0.0.2", &s), E_UNAUTHENTICATED);
	text = arena_strdup(task_arena(t), task_error_text(t));
	assert_int_equal(flow_sign_in(t, "nobody", "sai", "10.0.0.2", &s), E_UNAUTHENTICATED);
	assert_string_equal(task_error_text(t), text);
	assert_string_equal(task_error_word(t), "wrong-credentials");
}

WORLD_TEST(five_failures_are_enough_for_a_quarter_of_an_hour)
{
	struct flow_session s;

	for (int i = 0; i < 5; i++)
		assert_int_equal(flow_sign_in(t, "minh", "sai", "10.0.0.3", &s), E_UNAUTHENTICATED);
	assert_int_equal(flow_sign_in(t, "minh", PASSWORD, "10.0.0.3", &s), E_RATE_LIMITED);
	assert_in_range(s.retry_after_us, INT64_C(14) * 60000000, INT64_C(15) * 60000000);
	assert_ok(t, flow_sign_in(t, "tam", PASSWORD, "10.0.0.3", &s));
	assert_ok(t, db_exec(t, NULL,
			 "UPDATE sign_in_failure SET failed_at = failed_at - INTERVAL 16 MINUTE"));
	assert_ok(t, flow_sign_in(t, "minh", PASSWORD, "10.0.0.3", &s));
}

WORLD_TEST(a_success_forgets_the_failures)
{
	struct flow_session s;

	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 4; i++)
			assert_int_equal(
			    flow_sign_in(t, "ict", "sai", "10.0.0.4", &s), E_UNAUTHENTICATED);
		assert_ok(t, flow_sign_in(t, "ict", PASSWORD, "10.0.0.4", &s));
	}
}

WORLD_TEST(the_session_shows_person_and_posts)
{
	struct actor who = actor(t, "ict");
	struct json_object *view, *post;

	assert_ok(t, flow_session_view(t, &who, &view));
	assert_string_equal(json_str(json_get(view, "person"), "login"), "ict");
	post = json_object_array_get_idx(json_get(view, "posts"), 0);
	assert_string_equal(json_str(json_get(post, "agency"), "role"), "ict");
	assert_string_equal(json_str(json_get(post, "title"), "en"), "Focal point");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_right_password_opens_a_session),
		cmocka_unit_test(moving_the_clock_ends_no_session),
		cmocka_unit_test(wrong_and_unknown_answer_alike),
		cmocka_unit_test(five_failures_are_enough_for_a_quarter_of_an_hour),
		cmocka_unit_test(a_success_forgets_the_failures),
		cmocka_unit_test(the_session_shows_person_and_posts),
	};

	return cmocka_run_group_tests(tests, world_start, world_stop);
}
