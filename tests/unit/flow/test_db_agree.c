/* Agreeing, granting and joining. */
#include "db_small.h"

static int64_t
trouble(struct task *t)
{
	struct flow_start in = opening(t, "trouble", "{}");
	struct flow_result out;

	in.about = received(t);
	assert_ok(t, try_start(t, "lan", &in, &out));
	return out.case_id;
}

static struct json_object *
approval_of_view(struct json_object *view)
{
	return at(json_get(view, "approvals"), 0);
}

static int
grants_of(struct task *t, const char *login)
{
	struct actor who = actor(t, login);
	struct json_object *list;

	assert_ok(t, flow_grant_list(t, &who, NULL, 50, &list));
	return (int)json_object_array_length(json_get(list, "items"));
}

WORLD_TEST(all_agree_then_it_grants)
{
	int64_t id = trouble(t);
	int before = grants_of(t, "lan");
	struct json_object *one, *grant;
	struct flow_result out;

	one = approval_of_view(view_of(t, "lan", id));
	assert_int_equal(json_object_array_length(json_get(one, "waiting")), 2);
	assert_int_equal(json_object_array_length(json_get(view_of(t, "lan", id), "tasks")), 2);
	assert_ok(t, try_send(t, "hung", id, "SIGN", NULL, &out));
	one = approval_of_view(out.view);
	assert_string_equal(json_str(at(json_get(one, "agreed"), 0), "name"), "hung");
	assert_non_null(json_str(at(json_get(one, "agreed"), 0), "at"));
	assert_string_equal(json_str(at(json_get(one, "waiting"), 0), "post"), "focal");
	assert_string_equal(json_str(one, "rule"), "all");
	assert_false(json_truth(one, "holds", true));
	assert_int_equal(json_object_array_length(json_get(out.view, "tasks")), 1);
	assert_ok(t, try_send(t, "lan", id, "SIGN", NULL, &out));
	one = approval_of_view(out.view); /* kept */
	assert_true(json_truth(one, "holds", false));
	assert_false(json_truth(one, "is_active", true));
	assert_int_equal(json_object_array_length(json_get(one, "waiting")), 0);
	grant = at(json_get(out.view, "grants"), 0);
	assert_string_equal(json_str(grant, "reference"), json_str(out.view, "number"));
	assert_string_equal(json_str(grant, "until"), "2030-01-31");
	assert_int_equal(grants_of(t, "lan"), before + 1);
	assert_int_equal(grants_of(t, "minh"), before + 1);
	assert_int_equal(grants_of(t, "stranger"), 0);
	assert_ok(t, try_send(t, "hung", id, "END", NULL, &out));
	assert_int_equal(grants_of(t, "lan"), before);
	assert_non_null(json_str(at(json_get(out.view, "grants"), 0), "ended_at"));
	hear(t);
}

static bool
is_listed(struct task *t, const char *login, int64_t id)
{
	struct flow_case_query q = { .limit = 200, .workflows = "camp,trouble" };
	struct actor who = actor(t, login);
	struct json_object *list, *items;

	assert_ok(t, flow_case_list(t, &who, &q, &list));
	items = json_get(list, "items");
	for (size_t i = 0; i < json_object_array_length(items); i++)
		if (json_int(at(items, i), "id", 0) == id)
			return true;
	return false;
}

WORLD_TEST(who_joins_sees_it_and_nobody_else)
{
	int64_t id = trouble(t), version;
	struct actor ict = actor(t, "ict");
	struct json_object *view;
	struct flow_result out;

	assert_ok(t, try_send(t, "hung", id, "SIGN", NULL, &out));
	assert_ok(t, try_send(t, "lan", id, "SIGN", NULL, &out));
	assert_true(is_listed(t, "lan", id));
	assert_false(is_listed(t, "ict", id));
	assert_false(is_listed(t, "minh", id)); /* the other side of a restricted case */
	assert_int_equal(flow_case_view(t, &ict, id, &view, &version), E_FORBIDDEN);
	assert_false(is_listed(t, "stranger", id));
	assert_ok(t, try_send(t, "lan", id, "INVITE", "{\"agency\": \"H51.7\"}", &out));
	assert_true(is_listed(t, "stranger", id));
	assert_string_equal(
	    json_str(view_of(t, "stranger", id), "number"), json_str(out.view, "number"));
	assert_int_equal(
	    number(t, "SELECT JSON_VALUE(context, '$.parties[0]') FROM cases WHERE id = ?", id),
	    world.other.id);
	assert_string_equal(
	    json_str(json_get(at(json_get(out.view, "history"), 3), "data_form"), "type"),
	    "object");
	hear(t);
}

WORLD_TEST(the_difference_is_shown_when_the_form_is_sent_again)
{
	int64_t id = campaign(t);
	struct flow_result out;
	struct json_object *sent, *change;

	assert_ok(t, try_send(t, "ict", id, "CORRECT", "{\"year\": \"2027\"}", &out));
	assert_null(json_get(at(json_get(out.view, "history"), 0), "changes"));
	sent = at(json_get(out.view, "history"), 1);
	assert_string_equal(json_str(sent, "data_form"), "case");
	change = at(json_get(sent, "changes"), 0);
	assert_string_equal(json_str(change, "name"), "year");
	assert_string_equal(json_str(change, "before"), "2026");
	assert_string_equal(json_str(change, "after"), "2027");
	assert_string_equal(json_str(json_get(change, "title"), "vi"), "Năm");
	assert_ok(t, try_send(t, "ict", id, "CORRECT", "{\"year\": \"2027\"}", &out));
	assert_int_equal(
	    json_object_array_length(json_get(at(json_get(out.view, "history"), 2), "changes")), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_agree_then_it_grants),
		cmocka_unit_test(who_joins_sees_it_and_nobody_else),
		cmocka_unit_test(the_difference_is_shown_when_the_form_is_sent_again),
	};

	return cmocka_run_group_tests(tests, copy_definitions, remove_definitions);
}
