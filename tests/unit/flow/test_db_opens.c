/* Cases that open others and tell them what happened. */
#include "db_small.h"

WORLD_TEST(a_case_is_opened_for_each_agency_and_theirs_alone)
{
	int64_t id = campaign(t), mine;
	struct json_object *view = view_of(t, "ict", id),
			   *children = json_path(view, "links.children");
	struct json_object *child;

	assert_int_equal(json_object_array_length(children), 3);
	assert_int_equal(json_int(json_path(view, "links.hidden"), "children", -1), 0);
	assert_string_equal(json_str(json_get(at(children, 0), "agency"), "code"), "H51.19.3");
	assert_string_equal(json_str(at(children, 1), "title"), "Trả lời – Sở LĐTBXH");
	assert_true(json_truth(at(children, 1), "is_open", false));
	mine = child_of(t, id, &world.labour);
	child = view_of(t, "minh", mine);
	assert_string_equal(json_str(json_get(child, "fields"), "year"), "2026");
	assert_null(json_get(child, "created_by"));
	assert_string_equal(json_str(at(json_get(child, "history"), 0), "kind"), "system");
	assert_string_equal(json_str(at(json_get(child, "history"), 0), "data_form"), "case");
	assert_null(json_path(child, "links.parent")); /* ICT's own, not theirs to see */
	assert_int_equal(json_int(json_path(child, "links.hidden"), "parent", 0), 1);
	assert_int_equal(json_object_array_length(json_get(child, "tasks")), 1);
	assert_int_equal(number(t, "SELECT parent_id FROM cases WHERE id = ?", mine), id);
	assert_int_equal(
	    number(t, "SELECT COUNT(*) FROM case_word WHERE word = 'ldtbxh' AND case_id = ?", mine),
	    1);
}

WORLD_TEST(what_an_answer_tells_comes_to_the_parent)
{
	int64_t id = campaign(t), first = child_of(t, id, &world.labour);
	struct flow_result out;
	struct json_object *view, *heard;

	hear(t);
	assert_ok(t, try_send(t, "minh", first, "ANSWER", "{\"text\": \"Đủ\"}", &out));
	assert_int_equal(json_int(view_of(t, "ict", id), "version", 0), 1);
	assert_int_equal(hear(t), 1);
	assert_int_equal(hear(t), 0);
	view = view_of(t, "ict", id);
	assert_int_equal(json_int(view, "version", 0), 2);
	heard = at(json_get(view, "history"), 1);
	assert_string_equal(json_str(heard, "kind"), "system");
	assert_string_equal(json_str(json_get(heard, "data"), "agency"), "H51.5");
	assert_non_null(json_str(json_get(heard, "data"), "case"));
	assert_int_equal(
	    number(t, "SELECT JSON_VALUE(context, '$.answers') = 1 FROM cases WHERE id = ?", id),
	    1);
	assert_false(json_truth(at(json_path(view, "links.children"), 1), "is_open", true));
}

WORLD_TEST(who_is_closed_hears_nothing_more)
{
	int64_t id = campaign(t), answered = child_of(t, id, &world.labour);
	struct flow_result out;

	hear(t);
	assert_ok(t, try_send(t, "ict", id, "END", NULL, &out));
	/* told, but answered before it was heard: the answer ends what waits */
	assert_ok(t, try_send(t, "minh", answered, "ANSWER", "{}", &out));
	assert_int_equal(hear(t), 2);
	assert_int_equal(
	    number(t, "SELECT COUNT(*) FROM cases WHERE parent_id = ? AND outcome = 'stopped'", id),
	    2);
	/* a row that was left behind is dropped */
	assert_ok(
	    t, db_exec(t, NULL,
		   "INSERT INTO timer (case_id, timer_id, event, started_at, due_at, next_at) "
		   "VALUES (?, 'told:1:1:0', 'STOP', '2026-11-01', '2026-11-01', '2026-11-01')",
		   DB_INT(answered)));
	assert_int_equal(hear(t), 1);
	assert_int_equal(number(t, "SELECT COUNT(*) FROM timer WHERE case_id = ?", answered), 0);
	assert_int_equal(number(t, "SELECT version FROM cases WHERE id = ?", answered), 2);
}

WORLD_TEST(what_would_open_without_end_opens_nothing)
{
	struct flow_start in = opening(t, "deep", "{}");
	struct flow_result out;
	int64_t before = number(t, "SELECT COUNT(*) FROM cases WHERE id <> ?", 0);

	assert_int_equal(try_start(t, "lan", &in, &out), E_CONFLICT);
	assert_string_equal(task_error_word(t), "too-many-cases");
	assert_int_equal(number(t, "SELECT COUNT(*) FROM cases WHERE id <> ?", 0), before);
}

static int64_t
opened_at_once(struct task *t, int count, int *code)
{
	struct flow_start in = opening(t, "many", "{}");
	struct json_object *years = json_object_new_array();
	struct flow_result out;
	int64_t id;

	for (int i = 0; i < count; i++)
		json_push(years, json_object_new_string("2026"));
	json_set(in.fields, "years", years);
	in.party = "H51.7";
	assert_ok(t, try_start(t, "lan", &in, &out));
	id = out.case_id;
	*code = try_send(t, "lan", id, "OPEN", NULL, &out);
	return number(t, "SELECT COUNT(*) FROM cases WHERE parent_id = ?", id);
}

WORLD_TEST(two_hundred_cases_an_event_are_enough)
{
	int code;

	assert_int_equal(opened_at_once(t, 201, &code), 0);
	assert_int_equal(code, E_CONFLICT);
	assert_string_equal(task_error_word(t), "too-many-cases");
	assert_int_equal(opened_at_once(t, 200, &code), 200);
	assert_int_equal(code, OK);
}

WORLD_TEST(a_case_that_cannot_be_opened_undoes_the_event)
{
	struct flow_start in = opening(t, "many", "{\"years\": [\"2026\"]}");
	struct flow_result out;
	int64_t id;

	in.party = "H51.7";
	assert_ok(t, try_start(t, "lan", &in, &out));
	id = out.case_id;
	assert_ok(
	    t, db_exec(t, NULL,
		   "UPDATE cases SET context = JSON_SET(context, '$.fields.years', JSON_ARRAY(7)) "
		   "WHERE id = ?",
		   DB_INT(id)));
	assert_int_equal(try_send(t, "lan", id, "OPEN", NULL, &out), E_CONFLICT);
	assert_string_equal(task_error_word(t), "cannot-open");
	assert_non_null(strstr(task_error_text(t), "/fields/year"));
	assert_int_equal(number(t, "SELECT is_open FROM cases WHERE id = ?", id), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_case_is_opened_for_each_agency_and_theirs_alone),
		cmocka_unit_test(what_an_answer_tells_comes_to_the_parent),
		cmocka_unit_test(who_is_closed_hears_nothing_more),
		cmocka_unit_test(what_would_open_without_end_opens_nothing),
		cmocka_unit_test(two_hundred_cases_an_event_are_enough),
		cmocka_unit_test(a_case_that_cannot_be_opened_undoes_the_event),
	};

	return cmocka_run_group_tests(tests, copy_definitions, remove_definitions);
}
