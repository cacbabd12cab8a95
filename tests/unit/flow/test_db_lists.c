/* Inbox, list of cases, catalogue: who sees what, in which order, page by page. */
#include "db_world.h"

static int64_t
inbox_total(struct task *t, const char *login)
{
	struct actor who = actor(t, login);
	struct json_object *list;

	assert_ok(t, flow_inbox(t, &who, NULL, NULL, 50, &list));
	return json_int(list, "total", -1);
}

WORLD_TEST(the_inbox_follows_the_case)
{
	struct flow_result out;
	int64_t heads = inbox_total(t, "hung"), focals = inbox_total(t, "minh");
	int64_t id = started(t);

	assert_int_equal(inbox_total(t, "hung"), heads + 1);
	assert_int_equal(inbox_total(t, "minh"), focals);
	assert_ok(t, try_send(t, "hung", id, "SIGN", NULL, &out));
	assert_int_equal(inbox_total(t, "hung"), heads);
	assert_int_equal(inbox_total(t, "minh"), focals + 1);
}

WORLD_TEST(the_inbox_is_read_page_by_page)
{
	struct actor who = actor(t, "hung");
	struct json_object *list, *item;
	const char *after = NULL;
	int64_t seen[8] = { 0 };
	int count = 0;

	for (int i = 0; i < 3; i++)
		started(t);
	do {
		assert_ok(t, flow_inbox(t, &who, NULL, after, 1, &list));
		item = json_object_array_get_idx(json_get(list, "items"), 0);
		seen[count] = json_int(json_get(item, "task"), "id", 0);
		for (int i = 0; i < count; i++)
			assert_int_not_equal(seen[i], seen[count]);
		count++;
		after = json_str(list, "next");
	} while (after && count < 8);
	assert_int_equal(count, json_int(list, "total", 0));
	assert_int_equal(json_int(json_get(item, "task"), "days_left", -9), 2);
	assert_string_equal(json_str(json_get(item, "case"), "phase"), "prepare");
	assert_int_equal(flow_inbox(t, &who, NULL, "nonsense", 1, &list), E_BAD_INPUT);
}

static bool
is_listed(struct task *t, const char *login, const struct flow_case_query *q, int64_t id)
{
	struct actor who = actor(t, login);
	struct json_object *list, *items;

	assert_ok(t, flow_case_list(t, &who, q, &list));
	items = json_get(list, "items");
	for (size_t i = 0; i < json_object_array_length(items); i++)
		if (json_int(json_object_array_get_idx(items, i), "id", 0) == id)
			return true;
	return false;
}

WORLD_TEST(a_case_is_listed_for_those_who_may_see_it)
{
	struct flow_case_query all = { .limit = 50 }, late = { .state = "overdue", .limit = 50 };
	struct flow_case_query found = { .text = "phuong 3 ho ngheo", .limit = 50 };
	struct flow_result out;
	int64_t id = started(t);

	assert_true(is_listed(t, "lan", &all, id));
	assert_false(is_listed(t, "minh", &all, id));
	assert_false(is_listed(t, "ict", &all, id));
	assert_ok(t, try_send(t, "hung", id, "SIGN", NULL, &out));
	assert_true(is_listed(t, "minh", &all, id));
	assert_true(is_listed(t, "ict", &all, id));
	assert_true(is_listed(t, "ict", &found, id));
	assert_false(is_listed(t, "stranger", &all, id));
	assert_false(is_listed(t, "stranger", &found, id));
	assert_false(is_listed(t, "ict", &late, id));
	clock_set(wednesday + 10 * DAY_US);
	assert_true(is_listed(t, "ict", &late, id));
}

WORLD_TEST(cases_are_listed_page_by_page)
{
	struct flow_case_query q = { .limit = 1 };
	struct actor who = actor(t, "lan");
	struct json_object *list;
	int64_t second = started(t), first = started(t);

	assert_ok(t, flow_case_list(t, &who, &q, &list));
	assert_int_equal(
	    json_int(json_object_array_get_idx(json_get(list, "items"), 0), "id", 0), first);
	q.after = json_str(list, "next");
	assert_ok(t, flow_case_list(t, &who, &q, &list));
	assert_int_equal(
	    json_int(json_object_array_get_idx(json_get(list, "items"), 0), "id", 0), second);
	q.state = "nonsense";
	assert_int_equal(flow_case_list(t, &who, &q, &list), E_BAD_INPUT);
}

WORLD_TEST(a_service_says_how_to_ask_for_it)
{
	struct flow_service_query q = { .text = "ho ngheo", .limit = 10 };
	struct json_object *list, *service, *workflow;
	struct actor who = actor(t, "lan");

	assert_ok(t, flow_service_list(t, &who, &q, &list));
	assert_int_equal(json_int(list, "total", 0), 1);
	assert_ok(t, flow_service_view(t, &who, "DV008", &service));
	assert_true(json_truth(service, "can_request", false));
	assert_ok(t, flow_workflow_view(t, &who, json_str(service, "workflow"), &workflow));
	assert_non_null(json_path(workflow, "form.properties.purpose"));
	assert_true(json_object_array_length(json_path(workflow, "grounds.refusal")) > 3);
	assert_int_equal(flow_service_view(t, &who, "DV999", &service), E_NOT_FOUND);
	assert_int_equal(flow_workflow_view(t, &who, "wf-99", &workflow), E_NOT_FOUND);
}

WORLD_TEST(a_draft_keeps_what_is_not_finished)
{
	struct actor lan = actor(t, "lan"), hung = actor(t, "hung");
	struct json_object *view, *list;
	struct json_object *body = json(t, "{\"workflow\": \"wf-01\", \"service\": \"DV008\","
					   "\"fields\": {\"purpose\": \"Để\"}}");
	int64_t id;

	assert_ok(t, flow_draft_save(t, &lan, 0, 0, body, &view));
	id = json_int(view, "id", 0);
	assert_ok(t, flow_draft_save(t, &lan, id, 1, body, &view));
	assert_int_equal(json_int(view, "version", 0), 2);
	assert_int_equal(flow_draft_view(t, &hung, id, &view), E_NOT_FOUND);
	assert_ok(t, flow_draft_list(t, &lan, &list));
	assert_int_equal(json_object_array_length(json_get(list, "items")), 1);
	json_set_str(body, "colour", "red");
	assert_int_equal(flow_draft_save(t, &lan, id, 2, body, &view), E_INVALID);
	assert_ok(t, flow_draft_delete(t, &lan, id));
	assert_int_equal(flow_draft_delete(t, &lan, id), E_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_inbox_follows_the_case),
		cmocka_unit_test(the_inbox_is_read_page_by_page),
		cmocka_unit_test(a_case_is_listed_for_those_who_may_see_it),
		cmocka_unit_test(cases_are_listed_page_by_page),
		cmocka_unit_test(a_service_says_how_to_ask_for_it),
		cmocka_unit_test(a_draft_keeps_what_is_not_finished),
	};

	return cmocka_run_group_tests(tests, world_start, world_stop);
}
