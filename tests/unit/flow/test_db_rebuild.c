/* Rebuild: cases that are left alone agree with their events, whatever happened in them; whoever
 * changes a row is found, with what was changed. */
#include "db_tools.h"

static struct flow_rebuilt
check(struct task *t)
{
	struct flow_rebuild in = { .say = say };
	struct flow_rebuilt out;

	said[0] = '\0';
	assert_ok(t, flow_rebuild_check(t, &in, &out));
	return out;
}

static void
send(struct task *t, const char *login, int64_t id, const char *type, const char *data)
{
	struct flow_result out;

	assert_ok(t, try_send(t, login, id, type, data, &out));
}

static const char info[] = "{\"question\": \"Đề nghị nêu rõ số hộ và phạm vi sử dụng dữ liệu\"}";

static const char more_time[] =
    "{\"days\": 1, \"ground\": \"complex\", \"reason\": \"Phải rà soát hồ sơ giấy\"}";

/* A pause, a return, an extension, reminders, a case that is late. */
static int64_t
eventful(struct task *t)
{
	int64_t id = started(t), paused;

	send(t, "hung", id, "RETURN", "{\"reason\": \"Ghi rõ mục đích\"}");
	send(t, "hung", started(t), "SIGN", NULL);
	paused = received(t);
	send(t, "minh", paused, "ASK_INFO", info);
	id = received(t);
	send(t, "minh", id, "FORWARD", NULL);
	send(t, "minh", id, "ASK_EXTENSION", more_time);
	send(t, "tam", id, "GRANT_EXTENSION", more_time);
	wait_days(t, 12, 0);
	send(t, "tam", id, "APPROVE", NULL);
	return id;
}

/* Changes one row behind the program's back, looks, and puts it back. */
static void
assert_found(struct task *t, const char *change, const char *back, const char *words)
{
	bool is_found;

	assert_ok(t, db_exec(t, NULL, change));
	is_found = check(t).different == 1 && strstr(said, words);
	if (!is_found)
		print_error("%s: looked for \"%s\" in: %s", change, words, said);
	assert_true(is_found);
	assert_ok(t, db_exec(t, NULL, back));
}

WORLD_TEST(cases_agree_with_their_events)
{
	struct flow_rebuilt out;

	eventful(t);
	out = check(t);
	assert_string_equal(said, "");
	assert_int_equal(out.different, 0);
	assert_true(out.cases >= 4 && out.events > 20);
}

WORLD_TEST(a_case_that_was_moved_and_put_back_agrees_too)
{
	const char *why = NULL;
	struct flow_publish in = { .file = "wf-01", .why = "x" };
	struct flow_published out;
	struct flow_migrated moved;
	char text[256];
	struct flow_migrate plan = { .file = "plan", .os_user = "root", .say = say };
	int64_t id = received(t);

	in.machine = json_copy(
	    task_arena(t), json_read_file(task_arena(t), "workflows/wf-01.json", &why));
	json_set_str(in.machine, "version", "9.9.9");
	assert_ok(t, flow_publish(t, &in, &out));
	snprintf(text, sizeof(text),
	    "{\"workflow\": \"wf-01\", \"why\": \"x\", \"terms\": \"restart\", \"from\": %lld, "
	    "\"to\": %lld}",
	    (long long)out.before_id, (long long)out.version_id);
	plan.plan = json(t, text);
	clock_set(wednesday + DAY_US);
	assert_ok(t, flow_migrate_run(t, &plan, &moved));
	assert_true(moved.moved >= 1);
	check(t);
	assert_string_equal(said, "");
	assert_ok(t, flow_migrate_undo(t, &plan, &moved));
	check(t);
	assert_string_equal(said, "");
	assert_ok(t, flow_migrate_run(t, &plan, &moved));
	send(t, "tam", id, "APPROVE", NULL);
	check(t);
	assert_string_equal(said, "");
}

WORLD_TEST(who_changes_a_row_is_found)
{
	int64_t id = received(t);
	char *where = arena_printf(task_arena(t), "id = %lld", (long long)id);
	char *of = arena_printf(task_arena(t), "case_id = %lld", (long long)id);
	struct arena *a = task_arena(t);

	assert_int_equal(check(t).different, 0);
#define SQL(format, w) arena_printf(a, format, w)
	assert_found(t, SQL("UPDATE cases SET due_at = due_at + INTERVAL 1 DAY WHERE %s", where),
	    SQL("UPDATE cases SET due_at = due_at - INTERVAL 1 DAY WHERE %s", where),
	    "the due date is");
	assert_found(t, SQL("UPDATE cases SET active_states = 'approved' WHERE %s", where),
	    SQL("UPDATE cases SET active_states = 'received on_time' WHERE %s", where),
	    "its state is approved");
	assert_found(t,
	    SQL("UPDATE cases SET context = JSON_SET(context, '$.info_rounds', 5) WHERE %s", where),
	    SQL("UPDATE cases SET context = JSON_SET(context, '$.info_rounds', 0) WHERE %s", where),
	    "info_rounds of its context is 5; its events give 0");
	assert_found(t,
	    SQL("UPDATE cases SET context = JSON_SET(context, '$.bribe', 1) WHERE %s", where),
	    SQL("UPDATE cases SET context = JSON_REMOVE(context, '$.bribe') WHERE %s", where),
	    "bribe of its context");
	assert_found(t,
	    SQL("UPDATE event SET happened_at = happened_at - INTERVAL 1 DAY WHERE version = 2 AND "
		"%s",
		of),
	    SQL("UPDATE event SET happened_at = happened_at + INTERVAL 1 DAY WHERE version = 2 AND "
		"%s",
		of),
	    "event 2 (SIGN) was changed");
	assert_found(t, SQL("UPDATE event SET actor_name = 'x' WHERE version = 2 AND %s", of),
	    SQL("UPDATE event SET actor_name = 'hung' WHERE version = 2 AND %s", of),
	    "event 2 (SIGN) was changed");
	assert_found(t, SQL("UPDATE task SET post = 'head' WHERE is_open = 1 AND %s", of),
	    SQL("UPDATE task SET post = 'focal' WHERE is_open = 1 AND %s", of),
	    "there is a task of received, head");
	assert_found(t,
	    SQL("UPDATE timer SET due_at = due_at + INTERVAL 1 SECOND WHERE timer_id LIKE "
		"'%%account.on_time' "
		"AND %s",
		of),
	    SQL("UPDATE timer SET due_at = due_at - INTERVAL 1 SECOND WHERE timer_id LIKE "
		"'%%account.on_time' "
		"AND %s",
		of),
	    "there is a timer xstate.after.request.account.on_time");
	assert_found(t, SQL("UPDATE event SET version = 9 WHERE version = 3 AND %s", of),
	    SQL("UPDATE event SET version = 3 WHERE version = 9 AND %s", of), "one is missing");
	assert_int_equal(check(t).different, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_agree_with_their_events),
		cmocka_unit_test(a_case_that_was_moved_and_put_back_agrees_too),
		cmocka_unit_test(who_changes_a_row_is_found),
	};

	return cmocka_run_group_tests(tests, world_start, world_stop);
}
