/* Publishing: what is shipped takes effect by itself until an administrator has published
 * something; new cases take what is current, open ones stay. */
#include "db_tools.h"

#include "../../../src/flow/flow_db.h"

/* The title of the state "waiting for the head", so that versions differ. */
static void
write_title(const char *title)
{
	shell("sed \"s/Waiting for the head's signature/%s/\" workflows/wf-01.json "
	      ">%s/workflows/wf-01.json",
	    title, folder);
}

static struct flow_published
published(struct task *t, const char *login)
{
	char *path = arena_printf(task_arena(t), "%s/workflows/wf-01.json", folder);
	const char *why = NULL;
	struct flow_publish in = { .machine = json_read_file(task_arena(t), path, &why),
		.file = path,
		.why = "Chủ tịch UBND tỉnh yêu cầu",
		.login = login };
	struct flow_published out;

	assert_ok(t, flow_publish(t, &in, &out));
	return out;
}

/* In which words a case that begins now waits for its head. */
static const char *
title_of_new_case(struct task *t)
{
	struct flow_start in = request(t);
	struct flow_result out;

	assert_ok(t, try_start(t, "lan", &in, &out));
	return json_str(json_get(out.view, "state_title"), "en");
}

static const char *
title_of(struct task *t, int64_t id)
{
	struct actor lan = actor(t, "lan");
	struct json_object *view;
	int64_t version;

	assert_ok(t, flow_case_view(t, &lan, id, &view, &version));
	return json_str(json_get(view, "state_title"), "en");
}

WORLD_TEST(what_is_shipped_takes_effect_until_an_administrator_publishes)
{
	struct publication_line *list;
	int64_t old;
	int count;

	write_title("Shipped one");
	assert_ok(t, reopen(t));
	old = started(t);
	write_title("Shipped two");
	assert_ok(t, reopen(t));
	assert_string_equal(title_of_new_case(t), "Shipped two");
	assert_string_equal(title_of(t, old), "Shipped one");

	assert_true(
	    published(t, "tam").version_id != 0); /* what is shipped is now taken for good */
	write_title("Shipped three");
	assert_ok(t, reopen(t));
	assert_string_equal(title_of_new_case(t), "Shipped two");
	assert_ok(t, flow_publications(t, "wf-01", &list, &count));
	assert_string_equal(list[count - 1].p.publisher, "tam");
	assert_false(list[count - 1].p.is_shipped);
	assert_true(list[count - 2].p.is_shipped);
}

/* What the page of rights calls that state. */
static bool
rights_speak_of(struct task *t, const char *title)
{
	struct json_object *view;

	assert_ok(t, flow_workflow_rights(t, "wf-01", &view));
	return strstr(json_text_of(view), title) != NULL;
}

WORLD_TEST(a_published_version_is_taken_at_once_and_kept_after_a_restart)
{
	struct flow_published out;
	int64_t old;

	assert_ok(t, reopen(t));
	old = started(t);
	write_title("Published");
	out = published(t, NULL);
	assert_true(out.is_new);
	assert_int_equal(strlen(out.hash), 64);
	assert_true(rights_speak_of(t, "Published"));
	assert_string_equal(title_of_new_case(t), "Published");
	assert_string_not_equal(title_of(t, old), "Published");
	write_title("File");
	assert_ok(t, reopen(t));
	assert_string_equal(title_of_new_case(t), "Published");
}

WORLD_TEST(the_same_content_is_the_same_version_and_an_old_one_may_come_back)
{
	struct flow_published first, second, again;

	write_title("One");
	first = published(t, "tam");
	assert_false(published(t, "tam").is_new);
	write_title("Two");
	second = published(t, "tam");
	assert_int_equal(second.before_id, first.version_id);
	write_title("One");
	again = published(t, "tam");
	assert_true(again.is_new);
	assert_int_equal(again.version_id, first.version_id);
	assert_string_equal(title_of_new_case(t), "One");
}

WORLD_TEST(a_bad_file_or_an_unknown_login_publishes_nothing)
{
	struct flow_publish in = {
		.machine = json(
		    t, "{\"id\": \"wf-01\", \"initial\": \"a\", \"states\": {\"a\": {}}}"),
		.file = "draft.json",
		.why = "x"
	};
	struct publication_line *list;
	struct flow_published out;
	int before, after;

	assert_ok(t, flow_publications(t, "wf-01", &list, &before));
	assert_int_equal(flow_publish(t, &in, &out), E_INVALID);
	assert_true(str_starts(task_error_list(t)->first->pointer, "draft.json:"));
	in.login = "nobody";
	assert_int_equal(flow_publish(t, &in, &out), E_NOT_FOUND);
	assert_ok(t, flow_publications(t, "wf-01", &list, &after));
	assert_int_equal(before, after);
	assert_int_equal(flow_publications(t, "wf-99", &list, &after), E_NOT_FOUND);
}

/* As after an upgrade elsewhere: it needs what this process has not read. */
WORLD_TEST(a_version_that_does_not_hold_here_is_not_taken)
{
	assert_ok(
	    t, db_exec(t, NULL,
		   "INSERT INTO workflow_version (workflow, content_hash, machine, published_at) "
		   "VALUES ('wf-01', REPEAT('0', 64), '{\"id\": \"wf-01\"}', NOW(6))"));
	assert_ok(
	    t, db_exec(t, NULL,
		   "INSERT INTO workflow_publication (workflow, version_id, is_shipped, why, "
		   "published_at) SELECT 'wf-01', MAX(id), 0, 'x', NOW(6) FROM workflow_version"));
	versions_expire();
	assert_string_equal(title_of_new_case(t), "One");
	versions_expire();
	assert_true(started(t) != 0);
	assert_int_equal(reopen(t), E_INVALID);
	assert_ok(t, db_exec(t, NULL, "DELETE FROM workflow_publication WHERE why = 'x'"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_shipped_takes_effect_until_an_administrator_publishes),
		cmocka_unit_test(a_published_version_is_taken_at_once_and_kept_after_a_restart),
		cmocka_unit_test(the_same_content_is_the_same_version_and_an_old_one_may_come_back),
		cmocka_unit_test(a_bad_file_or_an_unknown_login_publishes_nothing),
		cmocka_unit_test(a_version_that_does_not_hold_here_is_not_taken),
	};

	return cmocka_run_group_tests(tests, copy_all_definitions, remove_definitions);
}
