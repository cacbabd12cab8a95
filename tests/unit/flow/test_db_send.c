/* start and send on a real database: one event is one transaction, or nothing happened. */
#include "db_world.h"

static struct flow_notice last_notice;
static int notices;

static void
listen(void *arg, const struct flow_notice *n)
{
	(void)arg;
	last_notice = *n;
	notices++;
}

static int64_t
count_of(struct task *t, const char *sql)
{
	struct db_rows *r;

	assert_ok(t, db_query(t, &r, sql));
	assert_true(db_next(r));
	return db_int(r, 0);
}

WORLD_TEST(a_request_is_started_signed_and_shown)
{
	struct flow_start in = request(t);
	struct flow_result out;
	struct json_object *task, *can;

	flow_on_change(listen, NULL);
	assert_ok(t, try_start(t, "lan", &in, &out));
	assert_string_equal(json_str(out.view, "number"), "STG-YC-2026-00001");
	assert_int_equal(out.version, 1);
	assert_int_equal(notices, 1);
	assert_int_equal(last_notice.case_id, out.case_id);
	assert_int_equal(last_notice.agency_count, 1);
	assert_int_equal(last_notice.agencies[0], world.ward.id);
	assert_ok(t, try_send(t, "hung", out.case_id, "SIGN", NULL, &out));
	assert_int_equal(out.version, 2);
	assert_int_equal(notices, 2);
	task = json_object_array_get_idx(json_get(out.view, "tasks"), 0);
	assert_string_equal(json_str(task, "post"), "focal");
	assert_false(json_truth(task, "is_mine", true));
	assert_string_equal(json_str(out.view, "phase"), "receive");
	can = json_get(out.view, "can");
	assert_int_equal(json_object_array_length(can), 1);
	assert_string_equal(json_str(json_object_array_get_idx(can, 0), "type"), "WITHDRAW");
	flow_on_change(NULL, NULL);
}

WORLD_TEST(mails_lead_to_the_case)
{
	int64_t id = started(t);
	struct db_rows *r;

	assert_ok(t, db_query(t, &r, "SELECT text, html FROM mail WHERE case_id = ?", DB_INT(id)));
	assert_true(db_next(r));
	assert_non_null(strstr(db_text(r, 0),
	    arena_printf(task_arena(t), "http://lienthong.example/cases/%lld", (long long)id)));
	assert_null(strstr(db_text(r, 1), "{{"));
}

WORLD_TEST(who_comes_second_is_told_the_version)
{
	int64_t id = received(t);
	struct actor who = actor(t, "tam");
	struct flow_event ev = { .case_id = id, .expected_version = 2, .type = "APPROVE" };
	struct flow_result out;

	assert_int_equal(flow_send(t, &who, &ev, &out), E_STALE);
	assert_int_equal(out.version, 3);
	who = actor(t, "stranger");
	assert_int_equal(flow_send(t, &who, &ev, &out), E_FORBIDDEN);
	assert_int_equal(out.version, 0);
}

WORLD_TEST(the_same_key_does_it_once)
{
	struct flow_start in = request(t);
	struct flow_result first, again;
	int64_t before = count_of(t, "SELECT COUNT(*) FROM cases");

	in.idempotency_key = "k-1";
	in.request_hash = "0000000000000000000000000000000000000000000000000000000000000001";
	assert_ok(t, try_start(t, "lan", &in, &first));
	assert_ok(t, try_start(t, "lan", &in, &again));
	assert_true(again.is_replay);
	assert_int_equal(again.case_id, first.case_id);
	assert_non_null(again.view);
	assert_int_equal(count_of(t, "SELECT COUNT(*) FROM cases"), before + 1);
	in.request_hash = "0000000000000000000000000000000000000000000000000000000000000002";
	assert_int_equal(try_start(t, "lan", &in, &again), E_KEY_REUSED);
}

WORLD_TEST(a_key_of_a_failed_request_is_free_again)
{
	struct flow_start in = request(t);
	struct flow_result out;

	in.idempotency_key = "k-2";
	in.request_hash = "0000000000000000000000000000000000000000000000000000000000000003";
	in.fields = json(t, "{}");
	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_true(task_error_list(t)->count > 5);
	in.fields = form(t);
	assert_ok(t, try_start(t, "lan", &in, &out));
	assert_false(out.is_replay);
}

static int
give_tam_a_post_at_the_ward(struct tx *tx, void *person_id)
{
	return add_post(tx, *(int64_t *)person_id, world.labour.id, "head");
}

WORLD_TEST(nobody_decides_their_own_case)
{
	int64_t id = received(t);
	struct actor who = actor(t, "lan");
	struct flow_result out;

	assert_int_equal(try_send(t, "lan", id, "APPROVE", NULL, &out), E_FORBIDDEN);
	assert_string_equal(task_error_word(t), "not-your-post");
	assert_ok(t, tx_run(t, give_tam_a_post_at_the_ward, &who.person_id));
	assert_int_equal(try_send(t, "lan", id, "APPROVE", NULL, &out), E_FORBIDDEN);
	assert_string_equal(task_error_word(t), "own-case");
	assert_ok(t, db_exec(t, NULL, "DELETE FROM holding WHERE person_id = ? AND agency_id = ?",
			 DB_INT(who.person_id), DB_INT(world.labour.id)));
	assert_ok(t, try_send(t, "tam", id, "APPROVE", NULL, &out));
}

WORLD_TEST(a_refused_event_changes_nothing)
{
	int64_t id = received(t);
	int64_t events = count_of(t, "SELECT COUNT(*) FROM event");
	int64_t mails = count_of(t, "SELECT COUNT(*) FROM mail");
	struct flow_result out;

	assert_int_equal(
	    try_send(t, "tam", id, "REFUSE", "{\"ground\": \"privacy\"}", &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->pointer, "/data/reason");
	assert_int_equal(try_send(t, "tam", id, "NONSENSE", NULL, &out), E_CONFLICT);
	assert_int_equal(
	    try_send(t, "tam", id, "xstate.after.request.account.on_time", NULL, &out), E_CONFLICT);
	assert_int_equal(try_send(t, "tam", id, "clock.pause", NULL, &out), E_CONFLICT);
	assert_int_equal(try_send(t, "tam", 999999, "APPROVE", NULL, &out), E_NOT_FOUND);
	assert_int_equal(count_of(t, "SELECT COUNT(*) FROM event"), events);
	assert_int_equal(count_of(t, "SELECT COUNT(*) FROM mail"), mails);
}

WORLD_TEST(only_parties_see_a_case_and_others_once_it_is_sent)
{
	int64_t id = started(t), version;
	struct actor lan = actor(t, "lan"), minh = actor(t, "minh"), other = actor(t, "stranger");
	struct json_object *view;
	struct flow_result out;

	assert_ok(t, flow_case_view(t, &lan, id, &view, &version));
	assert_int_equal(flow_case_view(t, &minh, id, &view, &version), E_FORBIDDEN);
	assert_ok(t, try_send(t, "hung", id, "SIGN", NULL, &out));
	assert_ok(t, flow_case_view(t, &minh, id, &view, &version));
	assert_int_equal(flow_case_view(t, &other, id, &view, &version), E_FORBIDDEN);
}

WORLD_TEST(a_paper_request_counts_from_its_true_date)
{
	struct flow_start in = request(t);
	struct flow_result out;

	in.agency = "H51.19.3";
	assert_ok(t, instant_parse("2025-08-11T09:00:00+07:00", &in.received_at) ? OK : E_INTERNAL);
	assert_ok(t, try_start(t, "minh", &in, &out));
	assert_string_equal(json_str(json_get(out.view, "regime"), "code"), "VN-ND47-2020");
	assert_true(str_starts(json_str(out.view, "number"), "STG-YC-2025-"));
	assert_true(json_truth(out.view, "is_overdue", false));
	assert_string_equal(json_str(out.view, "phase"), "receive");
}

/* ---- timers ---- */

struct claim {
	struct timer_claim *list;
	int count;
};

static int
claim_tx(struct tx *tx, void *arg)
{
	struct claim *c = arg;

	return store_timers_claim(tx, clock_now(), DAY_US, 100, &c->list, &c->count);
}

static struct timer_claim *
claimed(struct task *t, int64_t case_id)
{
	struct claim c = { 0 };

	assert_ok(t, tx_run(t, claim_tx, &c));
	for (int i = 0; i < c.count; i++)
		if (c.list[i].case_id == case_id)
			return &c.list[i];
	return NULL;
}

WORLD_TEST(a_timer_fires_once)
{
	int64_t id = started(t);
	struct actor clockwork = { .kind = "timer" };
	struct flow_event ev = { .case_id = id };
	struct timer_claim *timer;
	struct flow_result out;

	clock_set(wednesday + 5 * DAY_US);
	timer = claimed(t, id);
	assert_non_null(timer);
	ev.type = timer->event;
	ev.timer_row = timer->id;
	ev.timer_fence = timer->fence - 1;
	assert_int_equal(flow_send_quiet(t, &clockwork, &ev, &out), E_CONFLICT);
	ev.timer_fence = timer->fence;
	assert_ok(t, flow_send_quiet(t, &clockwork, &ev, &out));
	assert_null(out.view);
	assert_int_equal(flow_send_quiet(t, &clockwork, &ev, &out), E_CONFLICT);
}

/* ---- two at once ---- */

struct racer {
	struct flow_event ev;
	struct task *waiting;
	int code, *finished;
};

static void
race(struct task *t, void *arg)
{
	struct racer *r = arg;
	struct actor who = actor(t, "tam");
	struct flow_result out;

	r->ev.data = json(t, "{\"conditions\": \"Không chuyển tiếp\"}");
	r->code = flow_send(t, &who, &r->ev, &out);
	++*r->finished;
	task_wake(r->waiting);
}

WORLD_TEST(of_two_decisions_at_once_one_counts)
{
	int finished = 0, won = 0;
	struct racer r[3];
	int64_t id = received(t);

	for (int i = 0; i < 3; i++) {
		r[i] = (struct racer){
			.ev = { .case_id = id, .expected_version = 3, .type = "APPROVE" },
			.waiting = t,
			.finished = &finished
		};
		task_start("racer", race, &r[i]);
	}
	while (finished < 3)
		task_park(t, -1);
	for (int i = 0; i < 3; i++) {
		assert_true(r[i].code == OK || r[i].code == E_STALE);
		won += r[i].code == OK;
	}
	assert_int_equal(won, 1);
}

WORLD_TEST(the_draft_goes_with_the_request)
{
	struct actor lan = actor(t, "lan");
	struct json_object *body = json(t, "{\"workflow\": \"wf-01\", \"service\": \"DV008\"}"),
			   *draft;
	struct flow_start in = request(t);
	struct flow_result out;
	int64_t id;

	json_set(body, "fields", json_object_new_object());
	assert_ok(t, flow_draft_save(t, &lan, 0, 0, body, &draft));
	id = json_int(draft, "id", 0);
	assert_int_equal(flow_draft_save(t, &lan, id, 7, body, &draft), E_STALE);
	in.draft_id = id;
	assert_ok(t, try_start(t, "lan", &in, &out));
	assert_int_equal(flow_draft_view(t, &lan, id, &draft), E_NOT_FOUND);
	assert_int_equal(try_start(t, "lan", &in, &out), E_CONFLICT);
	assert_string_equal(task_error_word(t), "draft-gone");
}

WORLD_TEST(history_is_a_chain)
{
	int64_t id = received(t);
	struct db_rows *r;
	const char *before = "0000000000000000000000000000000000000000000000000000000000000000";

	assert_ok(t,
	    db_query(t, &r, "SELECT prev_hash, hash FROM event WHERE case_id = ? ORDER BY version",
		DB_INT(id)));
	assert_int_equal(db_count(r), 3);
	while (db_next(r)) {
		assert_string_equal(db_text(r, 0), before);
		before = db_text(r, 1);
	}
}

WORLD_TEST(the_way_so_far_is_found_again)
{
	int64_t id = received(t);
	struct flow_result out;
	struct json_object *moves, *move;
	int auto_taken = 0;

	assert_ok(t, try_send(t, "tam", id, "APPROVE", NULL, &out));
	moves = json_path(out.view, "diagram.transitions");
	for (size_t i = 0; i < json_object_array_length(moves); i++) {
		move = json_object_array_get_idx(moves, i);
		if (json_truth(move, "was_taken", false) && str_eq(json_str(move, "kind"), "auto"))
			auto_taken++;
		if (str_eq(json_str(move, "event"), "REFUSE"))
			assert_false(json_truth(move, "was_taken", true));
	}
	assert_int_equal(auto_taken, 2); /* opened -> preparing, approved -> provisioning */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_is_started_signed_and_shown),
		cmocka_unit_test(mails_lead_to_the_case),
		cmocka_unit_test(who_comes_second_is_told_the_version),
		cmocka_unit_test(the_same_key_does_it_once),
		cmocka_unit_test(a_key_of_a_failed_request_is_free_again),
		cmocka_unit_test(nobody_decides_their_own_case),
		cmocka_unit_test(a_refused_event_changes_nothing),
		cmocka_unit_test(only_parties_see_a_case_and_others_once_it_is_sent),
		cmocka_unit_test(a_paper_request_counts_from_its_true_date),
		cmocka_unit_test(a_timer_fires_once),
		cmocka_unit_test(of_two_decisions_at_once_one_counts),
		cmocka_unit_test(the_draft_goes_with_the_request),
		cmocka_unit_test(history_is_a_chain),
		cmocka_unit_test(the_way_so_far_is_found_again),
	};

	return cmocka_run_group_tests(tests, world_start, world_stop);
}
