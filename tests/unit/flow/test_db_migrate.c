/* Migration: a plan moves open cases to another version; nothing is lost, nothing moves twice, and
 * it can be undone until something else happens. */
#include "db_tools.h"

#define PLAN(more)                                                                                 \
	"{\"workflow\": \"wf-01\", \"why\": \"đổi tên bước\", \"from\": %lld, \"to\": %lld" more "}"
#define STATES ", \"states\": {\"under_review\": \"assessing\", \"on_time\": \"in_time\"}"

static int64_t old_version, new_version;

/* wf-01 with two of its states renamed. */
static struct json_object *
draft(struct task *t)
{
	return edited(t, "s/under_review/assessing/g; s/\\bon_time\\b/in_time/g");
}

static int64_t
publish(struct task *t, struct json_object *machine)
{
	struct flow_publish in = {
		.machine = machine, .file = "wf-01", .why = "thử", .login = "tam"
	};
	struct flow_published out;

	assert_ok(t, flow_publish(t, &in, &out));
	return out.version_id;
}

/* All of a test on the shipped version; then the draft is there too. */
static void
publish_both(struct task *t)
{
	const char *why = NULL;

	old_version = publish(t, json_read_file(task_arena(t), "workflows/wf-01.json", &why));
	new_version = publish(t, draft(t));
	publish(t, json_read_file(task_arena(t), "workflows/wf-01.json", &why));
}

static struct flow_migrate
plan(struct task *t, const char *text)
{
	said[0] = '\0';
	return (struct flow_migrate){ .plan = json(t, text),
		.file = "plan.json",
		.login = "tam",
		.os_user = "root",
		.say = say };
}

static struct flow_migrate
plan_of(struct task *t, const char *format)
{
	char text[512];

	snprintf(text, sizeof(text), format, (long long)old_version, (long long)new_version);
	return plan(t, text);
}

static const char *
one(struct task *t, const char *sql, int64_t id)
{
	struct db_rows *r;

	assert_ok(t, db_query(t, &r, sql, DB_INT(id)));
	return db_next(r) ? db_text(r, 0) : NULL;
}

static int64_t
forwarded(struct task *t)
{
	int64_t id = received(t);
	struct flow_result out;

	assert_ok(t, try_send(t, "minh", id, "FORWARD", NULL, &out));
	return id;
}

#define STATES_OF "SELECT active_states FROM cases WHERE id = ?"
#define VERSION_OF "SELECT CAST(workflow_version_id AS CHAR) FROM cases WHERE id = ?"
#define MOVES_OF                                                                                   \
	"SELECT CAST(COUNT(*) AS CHAR) FROM event WHERE type = 'workflow.migrated' AND case_id = " \
	"?"
#define DUE_OF "SELECT CAST(due_at AS CHAR) FROM cases WHERE id = ?"
#define TASKS_OF                                                                                   \
	"SELECT GROUP_CONCAT(CONCAT(state_id, ' ', post, ' ', IFNULL(due_at, '')) ORDER BY id) "   \
	"FROM task WHERE is_open = 1 AND case_id = ?"
#define TIMERS_OF                                                                                  \
	"SELECT GROUP_CONCAT(CONCAT(timer_id, ' ', due_at) ORDER BY timer_id) FROM timer WHERE "   \
	"case_id = ?"

static void
assert_version(struct task *t, int64_t id, int64_t version)
{
	assert_int_equal(strtoll(one(t, VERSION_OF, id), NULL, 10), version);
}

static void
close_all(struct task *t)
{
	assert_ok(t, db_exec(t, NULL, "DELETE FROM timer"));
	assert_ok(t, db_exec(t, NULL, "UPDATE cases SET is_open = 0"));
}

WORLD_TEST(a_dry_run_tells_what_each_case_becomes_and_changes_nothing)
{
	struct flow_migrate in;
	struct flow_migrated out;
	int64_t id;

	publish_both(t);
	id = forwarded(t);
	in = plan_of(t, PLAN(""));
	assert_int_equal(flow_migrate_preview(t, &in, &out), E_CONFLICT);
	assert_non_null(strstr(task_error_text(t), "under_review (1)"));
	assert_non_null(strstr(task_error_text(t), "on_time (1)"));
	assert_int_equal(flow_migrate_run(t, &in, &out), E_CONFLICT);
	in = plan_of(t, PLAN(STATES));
	assert_ok(t, flow_migrate_preview(t, &in, &out));
	assert_int_equal(out.moved, 1);
	assert_non_null(strstr(said, "under_review on_time -> assessing in_time"));
	assert_non_null(strstr(said, "moved: xstate.after.request.account.on_time -> "
				     "xstate.after.request.account.in_time, due 2026-11-"));
	assert_non_null(strstr(said, "task       cancelled: head of owner"));
	assert_non_null(strstr(said, "task       new: head of owner"));
	assert_version(t, id, old_version);
	assert_string_equal(one(t, MOVES_OF, id), "0");
	close_all(t);
}

WORLD_TEST(a_moved_case_keeps_its_dates_and_goes_on_in_the_new_version)
{
	struct flow_migrate in;
	struct flow_migrated out;
	struct flow_result sent;
	const char *due, *timers;
	int64_t id, preparing;

	publish_both(t);
	id = forwarded(t);
	preparing = started(t);
	due = one(t, DUE_OF, id);
	timers = one(t, TIMERS_OF, id);
	in = plan_of(t, PLAN(STATES));
	assert_ok(t, flow_migrate_run(t, &in, &out));
	assert_int_equal(out.moved, 2);
	assert_version(t, id, new_version);
	assert_version(t, preparing, new_version);
	assert_string_equal(one(t, STATES_OF, id), "assessing in_time");
	assert_string_equal(one(t, STATES_OF, preparing), "internal_sign");
	assert_string_equal(one(t, DUE_OF, id), due);
	assert_int_equal(strlen(one(t, TIMERS_OF, id)), strlen(timers));
	assert_true(str_starts(one(t, TASKS_OF, id), "assessing head 2026-"));
	assert_string_equal(one(t, MOVES_OF, id), "1");
	assert_ok(t, try_send(t, "tam", id, "APPROVE", NULL, &sent));
	assert_ok(t, try_send(t, "hung", preparing, "SIGN", NULL, &sent));
	close_all(t);
}

WORLD_TEST(terms_begin_anew_when_the_plan_says_so)
{
	struct flow_migrate in;
	struct flow_migrated out;
	const char *before;
	int64_t id;

	publish_both(t);
	id = forwarded(t);
	before = one(t, DUE_OF, id);
	clock_set(wednesday + DAY_US);
	in = plan_of(t, PLAN(STATES ", \"terms\": \"restart\""));
	assert_ok(t, flow_migrate_run(t, &in, &out));
	assert_true(strcmp(one(t, DUE_OF, id), before) > 0);
	assert_non_null(strstr(said, "started: xstate.after.request.account.in_time, due "));
	close_all(t);
}

/* Two cases that did the same at the same time; one is moved in between. */
WORLD_TEST(a_clock_that_stands_still_goes_on_as_if_nothing_was)
{
	static const char question[] = "{\"question\": \"Đề nghị nêu rõ số hộ của từng khóm\"}";
	static const char answer[] = "{\"answer\": \"Khóm 1: 200 hộ, khóm 2: 150 hộ\"}";
	struct flow_migrate in;
	struct flow_migrated out;
	struct flow_result sent;
	int64_t moved, other;

	publish_both(t);
	moved = received(t);
	clock_set(wednesday + DAY_US);
	assert_ok(t, try_send(t, "minh", moved, "ASK_INFO", question, &sent));
	in = plan_of(t, PLAN(", \"states\": {\"under_review\": \"assessing\", "
			     "\"on_time\": \"in_time\"}"));
	assert_ok(t, flow_migrate_run(t, &in, &out));
	clock_set(wednesday);
	other = received(t);
	clock_set(wednesday + DAY_US);
	assert_ok(t, try_send(t, "minh", other, "ASK_INFO", question, &sent));
	clock_set(wednesday + 5 * DAY_US);
	assert_ok(t, try_send(t, "lan", moved, "ANSWER", answer, &sent));
	assert_ok(t, try_send(t, "lan", other, "ANSWER", answer, &sent));
	assert_version(t, moved, new_version);
	assert_version(t, other, old_version);
	assert_string_equal(one(t, DUE_OF, moved), one(t, DUE_OF, other));
	assert_string_equal(one(t, STATES_OF, moved), "received in_time");
	close_all(t);
}

/* wf-01 with one more region beside the work and its clock. */
static struct json_object *
with_region(struct task *t)
{
	static const char region[] =
	    "{\"initial\": \"watching\", \"meta\": {\"title\": {\"vi\": \"a\", \"en\": \"a\"}, "
	    "\"law\": \"DEFAULT\"}, \"states\": {\"watching\": {\"id\": \"watching\", \"meta\": "
	    "{\"title\": {\"vi\": \"b\", \"en\": \"b\"}, \"law\": \"DEFAULT\"}}}}";
	const char *why = NULL;
	struct json_object *o = json_copy(
	    task_arena(t), json_read_file(task_arena(t), "workflows/wf-01.json", &why));

	json_set(json_path(o, "states.handling.states"), "watch", json_tokener_parse(region));
	return o;
}

WORLD_TEST(a_new_region_becomes_active_when_the_plan_names_it)
{
	struct flow_migrate in;
	struct flow_migrated out;
	const char *timers;
	int64_t id;

	publish_both(t);
	new_version = publish(t, with_region(t));
	id = received(t);
	assert_version(t, id, new_version);
	close_all(t);
	publish_both(t);
	id = received(t);
	timers = one(t, TIMERS_OF, id);
	new_version = publish(t, with_region(t));
	in = plan_of(t, PLAN(""));
	assert_int_equal(flow_migrate_preview(t, &in, &out), E_CONFLICT);
	assert_non_null(strstr(said, "not a configuration of this chart"));
	in = plan_of(t, PLAN(", \"states\": {\"on_time\": [\"on_time\", \"watching\"]}"));
	assert_ok(t, flow_migrate_run(t, &in, &out));
	assert_string_equal(one(t, STATES_OF, id), "received on_time watching");
	assert_string_equal(one(t, TIMERS_OF, id), timers);
	close_all(t);
}

WORLD_TEST(a_run_that_was_cut_off_goes_on)
{
	struct flow_migrate in;
	struct flow_migrated out;
	int64_t first, second, migration;

	publish_both(t);
	first = forwarded(t);
	second = forwarded(t);
	assert_ok(t, db_exec(t, NULL,
			 arena_printf(task_arena(t),
			     "CREATE TRIGGER cut_off BEFORE INSERT ON workflow_migration_case FOR "
			     "EACH ROW IF NEW.case_id = %lld THEN SIGNAL SQLSTATE '45000'; END IF",
			     (long long)second)));
	in = plan_of(t, PLAN(STATES));
	assert_int_not_equal(flow_migrate_run(t, &in, &out), OK);
	migration = out.migration_id;
	assert_version(t, first, new_version);
	assert_version(t, second, old_version);
	assert_ok(t, db_exec(t, NULL, "DROP TRIGGER cut_off"));
	assert_ok(t, flow_migrate_run(t, &in, &out));
	assert_int_equal(out.migration_id, migration);
	assert_int_equal(out.moved, 1);
	assert_string_equal(one(t, MOVES_OF, first), "1");
	assert_string_equal(one(t, MOVES_OF, second), "1");
	close_all(t);
}

WORLD_TEST(it_is_undone_until_a_case_moves_on)
{
	struct flow_migrate in;
	struct flow_migrated out;
	struct flow_result sent;
	const char *tasks, *timers;
	int64_t id, moved_on;

	publish_both(t);
	id = forwarded(t);
	moved_on = forwarded(t);
	tasks = one(t, TASKS_OF, id);
	timers = one(t, TIMERS_OF, id);
	in = plan_of(t, PLAN(", \"terms\": \"restart\", \"states\": {\"under_review\": "
			     "[\"assessing\"], \"on_time\": \"in_time\"}"));
	assert_int_equal(flow_migrate_undo(t, &in, &out), E_NOT_FOUND);
	clock_set(wednesday + DAY_US);
	assert_ok(t, flow_migrate_run(t, &in, &out));
	assert_ok(t, try_send(t, "tam", moved_on, "APPROVE", NULL, &sent));
	assert_ok(t, flow_migrate_undo(t, &in, &out));
	assert_int_equal(out.moved, 1);
	assert_int_equal(out.refused, 1);
	assert_non_null(strstr(said, "stays: more has happened"));
	assert_version(t, id, old_version);
	assert_version(t, moved_on, new_version);
	assert_string_equal(one(t, STATES_OF, id), "under_review on_time");
	assert_string_equal(one(t, TASKS_OF, id), tasks);
	assert_string_equal(one(t, TIMERS_OF, id), timers);
	assert_int_equal(flow_migrate_undo(t, &in, &out), E_CONFLICT);
	assert_ok(t, try_send(t, "tam", id, "APPROVE", NULL, &sent));
	close_all(t);
}

WORLD_TEST(an_undo_is_of_all_runs_of_the_plan)
{
	struct flow_migrate in;
	struct flow_migrated out;
	int64_t first, second;

	publish_both(t);
	first = forwarded(t);
	in = plan_of(t, PLAN(STATES ", \"terms\": \"keep\""));
	assert_ok(t, flow_migrate_run(t, &in, &out));
	second = forwarded(t);
	assert_ok(t, flow_migrate_run(t, &in, &out));
	assert_ok(t, flow_migrate_run(t, &in, &out)); /* moves nothing */
	assert_ok(t, flow_migrate_undo(t, &in, &out));
	assert_int_equal(out.moved, 2);
	assert_version(t, first, old_version);
	assert_version(t, second, old_version);
	assert_int_equal(flow_migrate_undo(t, &in, &out), E_CONFLICT);
	close_all(t);
}

WORLD_TEST(a_plan_that_makes_no_sense_is_refused_with_its_places)
{
	struct flow_migrate in;
	struct flow_migrated out;

	publish_both(t);
	in = plan_of(
	    t, PLAN(", \"states\": {\"nowhere\": \"assessing\", \"received\": \"refused\", "
		    "\"submitted\": \"review\"}"));
	assert_int_equal(flow_migrate_preview(t, &in, &out), E_INVALID);
	assert_int_equal(task_error_list(t)->count, 3);
	assert_string_equal(task_error_list(t)->first->pointer, "plan.json:/states/nowhere");
	in = plan(t, "{\"workflow\": \"wf-01\", \"from\": 1, \"to\": 2, \"terms\": \"x\"}");
	assert_int_equal(flow_migrate_preview(t, &in, &out), E_INVALID);
	assert_int_equal(task_error_list(t)->count, 2);
	in = plan(t, "{\"workflow\": \"wf-01\", \"why\": \"x\", \"from\": 999, \"to\": 1}");
	assert_int_equal(flow_migrate_preview(t, &in, &out), E_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dry_run_tells_what_each_case_becomes_and_changes_nothing),
		cmocka_unit_test(a_moved_case_keeps_its_dates_and_goes_on_in_the_new_version),
		cmocka_unit_test(terms_begin_anew_when_the_plan_says_so),
		cmocka_unit_test(a_clock_that_stands_still_goes_on_as_if_nothing_was),
		cmocka_unit_test(a_new_region_becomes_active_when_the_plan_names_it),
		cmocka_unit_test(a_run_that_was_cut_off_goes_on),
		cmocka_unit_test(it_is_undone_until_a_case_moves_on),
		cmocka_unit_test(an_undo_is_of_all_runs_of_the_plan),
		cmocka_unit_test(a_plan_that_makes_no_sense_is_refused_with_its_places),
	};

	return cmocka_run_group_tests(tests, world_start, world_stop);
}
