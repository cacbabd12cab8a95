/* Opening flow: mistakes are refused with their place, a changed workflow becomes a new version,
 * and cases stay with the one they began with. */
#include "db_tools.h"

static bool
was_told(struct task *t, const char *place)
{
	const struct error_list *errors = task_error_list(t);

	for (const struct error_item *e = errors ? errors->first : NULL; e; e = e->next)
		if (strstr(e->pointer, place))
			return true;
	return false;
}

WORLD_TEST(a_bad_workflow_is_refused_with_its_place)
{
	shell("sed 's/\"id\": \"wf-01\"/\"id\": \"wf-99\"/; s/\"target\": "
	      "\"correcting\"/\"target\": \"nowhere\"/' "
	      "workflows/wf-01.json >%s/workflows/wf-99.json",
	    folder);
	assert_int_equal(reopen(t), E_INVALID);
	assert_true(was_told(t, "workflows/wf-99.json:/states/preparing"));
	shell("echo '{' >%s/workflows/wf-99.json", folder);
	assert_int_equal(reopen(t), E_INVALID);
	assert_true(was_told(t, "workflows/wf-99.json:"));
	shell("rm %s/workflows/wf-99.json", folder);
	assert_ok(t, reopen(t));
}

WORLD_TEST(a_case_keeps_the_version_it_began_with)
{
	int64_t old = started(t), version;
	struct actor lan = actor(t, "lan");
	struct json_object *view;
	struct flow_start in = request(t);
	struct flow_result out;

	shell("sed -i 's/Waiting for the head.s signature/Awaiting signature/' "
	      "%s/workflows/wf-01.json",
	    folder);
	assert_ok(t, reopen(t));
	assert_ok(t, flow_case_view(t, &lan, old, &view, &version));
	assert_string_equal(
	    json_str(json_get(view, "state_title"), "en"), "Waiting for the head's signature");
	assert_ok(t, try_start(t, "lan", &in, &out));
	assert_string_equal(
	    json_str(json_get(out.view, "state_title"), "en"), "Awaiting signature");
	assert_ok(t, try_send(t, "hung", old, "SIGN", NULL, &out));
	assert_ok(t, reopen(t));
}

WORLD_TEST(an_unknown_calendar_is_refused)
{
	struct flow_config cfg = { .definitions_dir = folder,
		.province = "STG",
		.calendar = "fr",
		.base_url = "http://lienthong.example" };

	flow_close();
	assert_int_equal(flow_open(t, &cfg), E_INVALID);
	assert_true(was_told(t, "/calendars"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bad_workflow_is_refused_with_its_place),
		cmocka_unit_test(a_case_keeps_the_version_it_began_with),
		cmocka_unit_test(an_unknown_calendar_is_refused),
	};

	return cmocka_run_group_tests(tests, copy_all_definitions, remove_definitions);
}
