/* Cases about another, and what somebody who opens one is told and has to say. */
#include "db_small.h"

static int64_t
answered(struct task *t)
{
	int64_t id = child_of(t, campaign(t), &world.labour);
	struct flow_result out;

	hear(t);
	assert_ok(t, try_send(t, "minh", id, "ANSWER", "{}", &out));
	return id;
}

WORLD_TEST(a_closed_case_offers_what_may_be_opened_about_it)
{
	int64_t id = answered(t);
	struct flow_start in = opening(t, "trouble", "{}");
	struct json_object *offers = json_get(view_of(t, "minh", id), "offers"), *view;
	struct flow_result out;

	assert_int_equal(json_object_array_length(offers), 1);
	assert_string_equal(json_str(at(offers, 0), "workflow"), "trouble");
	assert_int_equal(json_object_array_length(json_get(view_of(t, "ict", id), "offers")), 0);
	in.about = id;
	assert_ok(t, try_start(t, "minh", &in, &out));
	assert_string_equal(json_str(json_get(out.view, "requester"), "code"), "H51.5");
	assert_string_equal(json_str(json_get(out.view, "owner"), "code"), "H51.2");
	assert_int_equal(json_int(json_path(out.view, "links.about"), "id", 0), id);
	view = view_of(t, "minh", id);
	assert_int_equal(
	    json_int(at(json_path(view, "links.about_this"), 0), "id", 0), out.case_id);
	/* restricted: ICT sees that there is something, not what */
	view = view_of(t, "ict", id);
	assert_int_equal(json_object_array_length(json_path(view, "links.about_this")), 0);
	assert_int_equal(json_int(json_path(view, "links.hidden"), "about_this", 0), 1);
	assert_int_equal(
	    number(t,
		"SELECT JSON_VALUE(context, '$.about.outcome') = 'answered' FROM cases "
		"WHERE id = ?",
		out.case_id),
	    1);
}

WORLD_TEST(nobody_opens_a_case_about_what_he_may_not_see)
{
	struct flow_start in = opening(t, "trouble", "{}");
	struct flow_result out;

	in.about = answered(t);
	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->pointer, "/about");
	assert_string_equal(task_error_list(t)->first->code, "unknown");
	in.about = 999999;
	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->code, "unknown");
	in.about = 0;
	assert_int_equal(try_start(t, "minh", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->code, "required");
	in.about = campaign(t);
	assert_int_equal(try_start(t, "ict", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->code, "workflow");
	in = request(t);
	in.about = campaign(t);
	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->pointer, "/about");
}

WORLD_TEST(the_service_of_the_case_goes_over)
{
	struct flow_start in = opening(t, "trouble", "{}");
	struct flow_result out;

	in.about = received(t);
	assert_ok(t, try_start(t, "lan", &in, &out));
	assert_string_equal(json_str(json_get(out.view, "service"), "code"), "DV008");
	assert_string_equal(json_str(json_get(out.view, "owner"), "code"), "H51.5");
	/* from the other side the other way round */
	assert_ok(t, try_start(t, "minh", &in, &out));
	assert_string_equal(json_str(json_get(out.view, "owner"), "code"), "H51.19.3");
	/* who co-ordinates sees the case and is no side of it */
	assert_int_equal(try_start(t, "ict", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->code, "side");
}

WORLD_TEST(what_has_to_be_said_is_said)
{
	struct flow_start in = opening(t, "many", "{}");
	struct flow_result out;

	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->pointer, "/party");
	in.party = "H99";
	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->code, "unknown");
	in.party = "H51.7";
	in.service = "DV008";
	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->pointer, "/service");
	in = opening(t, "wf-01", "{}");
	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->pointer, "/service");
	in = opening(t, "answer", "{\"year\": \"2026\"}"); /* only other cases open it */
	assert_int_equal(try_start(t, "ict", &in, &out), E_FORBIDDEN);
	in = request(t);
	in.agency = "H51.7"; /* not hers, and not on paper */
	assert_int_equal(try_start(t, "lan", &in, &out), E_FORBIDDEN);
}

static int
give_post_elsewhere(struct tx *tx, void *person_id)
{
	return add_post(tx, *(int64_t *)person_id, world.other.id, "focal");
}

WORLD_TEST(whose_post_is_asked_only_where_it_matters)
{
	struct actor who = actor(t, "ict");
	struct flow_start in = opening(t, "many", "{}");
	struct flow_result out;

	assert_ok(t, tx_run(t, give_post_elsewhere, &who.person_id));
	campaign(t); /* its sides come from roles */
	in.party = "H51.5";
	assert_int_equal(try_start(t, "ict", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->pointer, "/agency");
	in.agency = "H51.7";
	assert_ok(t, try_start(t, "ict", &in, &out));
	assert_string_equal(json_str(json_get(out.view, "requester"), "code"), "H51.7");
	assert_ok(t, db_exec(t, NULL,
			 "UPDATE holding SET valid_until = '2020-01-01' WHERE person_id = ? "
			 "AND agency_id = ?",
			 DB_INT(who.person_id), DB_INT(world.other.id)));
}

static struct json_object *
kind(struct task *t, const char *login, const char *id)
{
	struct actor who = actor(t, login);
	struct json_object *view;

	assert_ok(t, flow_workflow_view(t, &who, id, &view));
	return view;
}

WORLD_TEST(a_person_is_told_what_he_may_open_and_what_it_needs)
{
	struct actor who = actor(t, "lan");
	struct json_object *list, *items, *start;

	assert_ok(t, flow_workflow_list(t, &who, &list));
	items = json_get(list, "items");
	assert_int_equal(json_object_array_length(items), 6);
	assert_string_equal(json_str(at(items, 0), "id"), "answer");
	assert_false(json_truth(kind(t, "ict", "answer"), "can_start", true));
	assert_false(json_truth(kind(t, "lan", "camp"), "can_start", true));
	assert_true(json_truth(kind(t, "ict", "camp"), "can_start", false));
	assert_true(json_truth(kind(t, "lan", "wf-01"), "can_start", false));
	assert_false(json_truth(kind(t, "tam", "trouble"), "can_start", true));
	start = json_get(kind(t, "lan", "trouble"), "start");
	assert_string_equal(json_str(start, "service"), "optional");
	assert_true(json_truth(json_get(start, "about"), "required", false));
	start = json_get(kind(t, "lan", "many"), "start");
	assert_string_equal(json_str(start, "party"), "required");
	assert_string_equal(json_str(start, "party_as"), "owner");
	assert_string_equal(
	    json_str(json_get(kind(t, "lan", "wf-01"), "start"), "service"), "required");
	assert_false(json_truth(json_get(kind(t, "lan", "answer"), "start"), "by_people", true));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_closed_case_offers_what_may_be_opened_about_it),
		cmocka_unit_test(nobody_opens_a_case_about_what_he_may_not_see),
		cmocka_unit_test(the_service_of_the_case_goes_over),
		cmocka_unit_test(what_has_to_be_said_is_said),
		cmocka_unit_test(whose_post_is_asked_only_where_it_matters),
		cmocka_unit_test(a_person_is_told_what_he_may_open_and_what_it_needs),
	};

	return cmocka_run_group_tests(tests, copy_definitions, remove_definitions);
}
