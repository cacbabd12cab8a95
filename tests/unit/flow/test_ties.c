/*
 * Posts that agree, parties that join, and what goes to other cases; on ties.json.
 */
#include "fixture.h"

static struct workflow *w;
static struct case_row row;
static struct write_set ws;
static struct verdict verdict;

static int
open_all(void **state)
{
	w = open_workflow(state, "tests/unit/flow/ties.json");
	return w ? 0 : -1;
}

static int
close_all(void **state)
{
	workflow_free(w);
	return close_law(state);
}

static void
decide(const struct actor *who, const char *type)
{
	struct event_in ev = { type, NULL, row.created_at + row.version * 1000000, who };

	decide_event(w, law, &directory, &row, NULL, 0, &ev, arena, &ws, &verdict);
	if (verdict.code == OK)
		row = ws.c;
}

static void
start(const char *fields)
{
	struct event_in ev = { "START", json(fields), 0, &lan };

	assert_true(instant_parse("2022-10-03T09:00:00+07:00", &ev.at));
	row = (struct case_row){ .id = 1,
		.number = "STG-TR-2022-00001",
		.workflow = "ties",
		.calendar = "vn",
		.requester_id = 1,
		.owner_id = 2,
		.service_id = 8,
		.created_by = 101,
		.created_at = ev.at,
		.title = "Thử",
		.context = json("{\"about\":{\"number\":\"STG-YC-2022-00007\"}}") };
	decide_start(w, law, &directory, &row, &ev, arena, &ws, &verdict);
	assert_int_equal(verdict.code, OK);
}

static void
each_approver_gets_a_task_and_signing_ends_his_own(void **state)
{
	(void)state;
	start("{}");
	assert_int_equal(ws.task_count, 2);
	assert_string_equal(row.title, "Thử về STG-YC-2022-00007");
	assert_string_equal(ws.tasks[0].post, "head");
	assert_int_equal(ws.tasks[0].agency_id, 1);
	assert_int_equal(ws.tasks[1].agency_id, 2);
	decide(&hung, "SIGN");
	assert_int_equal(verdict.code, OK);
	assert_int_equal(ws.closed_task_count, 1);
	assert_int_equal(ws.closed_tasks[0].agency_id, 1);
	assert_string_equal(ws.closed_tasks[0].post, "head");
	assert_true(row.is_open);
}

static void
nobody_agrees_twice(void **state)
{
	(void)state;
	start("{}");
	decide(&hung, "SIGN");
	decide(&hung, "SIGN");
	assert_int_equal(verdict.code, E_FORBIDDEN);
	assert_string_equal(verdict.text, "this post has agreed already");
}

static void
what_was_agreed_is_forgotten_when_the_state_is_left(void **state)
{
	(void)state;
	start("{}");
	decide(&hung, "SIGN");
	assert_true(approval_has(row.context, "signing", "H51.19.3", "head"));
	decide(&minh, "RETURN");
	assert_int_equal(verdict.code, OK);
	assert_false(approval_has(row.context, "signing", "H51.19.3", "head"));
	decide(&lan, "SUBMIT");
	assert_int_equal(ws.task_count, 2);
}

static void
a_party_does_not_decide_between_the_parties(void **state)
{
	(void)state;
	start("{}");
	decide(&lan, "REVISE");
	assert_int_equal(verdict.code, E_FORBIDDEN);
	assert_string_equal(verdict.text,
	    "the people of a party never decide between the parties, whatever other posts they "
	    "hold");
}

static void
when_all_agree_it_grants_tells_and_opens(void **state)
{
	(void)state;
	start("{}");
	decide(&hung, "SIGN");
	assert_int_equal(ws.open_count + ws.tell_count + ws.grant_count, 0);
	decide(&minh, "SIGN");
	assert_int_equal(verdict.code, OK);
	assert_false(row.is_open);
	assert_string_equal(row.outcome, "in-force");

	assert_int_equal(ws.grant_count, 1);
	assert_string_equal(ws.grants[0].kind, "agreement");
	assert_string_equal(ws.grants[0].reference, "STG-TR-2022-00001");
	assert_null(ws.grants[0].until);

	assert_int_equal(ws.tell_count, 1);
	assert_string_equal(ws.tells[0].to, "about");
	assert_string_equal(ws.tells[0].event, "SIGNED");
	assert_string_equal(json_str(ws.tells[0].data, "by"), "H51.5");
	assert_string_equal(json_str(ws.tells[0].data, "case"), "STG-TR-2022-00001");

	assert_int_equal(ws.open_count, 2); /* the two agencies without a role */
	assert_int_equal(ws.opens[0].requester_id, 2);
	assert_int_equal(ws.opens[0].owner_id, 1);
	assert_int_equal(ws.opens[1].owner_id, 2);
	assert_int_equal(ws.opens[0].service_id, 8);
	assert_string_equal(json_str(ws.opens[1].fields, "joiner"), "H51.5");
	assert_null(json_get(ws.opens[1].fields, "nothing"));
	assert_int_equal(json_int(row.context, "opened", 0), 2);
}

static void
who_joins_sees_the_case(void **state)
{
	static const struct actor system = { .kind = "system", .name = "system" };

	(void)state;
	start("{\"joiner\":\"H51.2\"}");
	assert_int_equal(ws.viewer_count, 2);
	decide(&system, "JOIN");
	assert_int_equal(verdict.code, OK);
	assert_int_equal(ws.viewer_count, 3);
	assert_int_equal(ws.viewers[2], 3);
	assert_int_equal(
	    json_object_get_int64(json_object_array_get_idx(json_get(row.context, "parties"), 0)),
	    3);
	decide(&hung, "SIGN");
	assert_int_equal(ws.viewer_count, 0); /* only when they change */
}

static void
an_agency_that_is_not_there_cannot_join(void **state)
{
	static const struct actor system = { .kind = "system", .name = "system" };

	(void)state;
	start("{}");
	/* the form would refuse it; an agency may go later */
	json_set_str(json_get(row.context, "fields"), "joiner", "H99");
	decide(&system, "JOIN");
	assert_string_equal(verdict.word, "no-agency");
}

static void
no_person_sends_what_other_cases_tell(void **state)
{
	(void)state;
	start("{}");
	decide(&lan, "JOIN");
	assert_string_equal(verdict.word, "not-in-this-state");
}

static void
a_closed_case_still_makes_its_offers(void **state)
{
	struct json_object *const *offers;

	(void)state;
	start("{}");
	offers = decide_offers(w, law, &directory, &row, &lan, row.created_at, arena);
	assert_null(offers[0]);
	decide(&hung, "SIGN");
	decide(&minh, "SIGN");
	offers = decide_offers(w, law, &directory, &row, &lan, row.created_at, arena);
	assert_string_equal(json_str(offers[0], "workflow"), "wf-08");
	assert_null(offers[1]);
	assert_null(decide_offers(w, law, &directory, &row, &minh, row.created_at, arena)[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_approver_gets_a_task_and_signing_ends_his_own),
		cmocka_unit_test(nobody_agrees_twice),
		cmocka_unit_test(what_was_agreed_is_forgotten_when_the_state_is_left),
		cmocka_unit_test(a_party_does_not_decide_between_the_parties),
		cmocka_unit_test(when_all_agree_it_grants_tells_and_opens),
		cmocka_unit_test(who_joins_sees_the_case),
		cmocka_unit_test(an_agency_that_is_not_there_cannot_join),
		cmocka_unit_test(no_person_sends_what_other_cases_tell),
		cmocka_unit_test(a_closed_case_still_makes_its_offers),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
