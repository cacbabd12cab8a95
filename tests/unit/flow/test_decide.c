/*
 * Decide: what timers may do, what nobody may send, what a write set holds. The ways of a whole
 * case are told in tests/scenarios.
 */
#include "fixture.h"

static struct workflow *w;
static struct case_row row;
static struct timer_write timers[16];
static int timer_count;
static struct write_set ws;
static struct verdict verdict;

static int
open_all(void **state)
{
	w = open_workflow(state, "workflows/wf-01.json");
	return w ? 0 : -1;
}

static int
close_all(void **state)
{
	workflow_free(w);
	return close_law(state);
}

static int64_t
instant(const char *text)
{
	int64_t at = 0;

	assert_true(instant_parse(text, &at));
	return at;
}

static bool
is_cancelled(const char *id)
{
	for (const char *const *one = ws.cancelled_timers; *one; one++)
		if (str_eq(*one, id))
			return true;
	return false;
}

static void
keep(void)
{
	int kept = 0;

	for (int i = 0; i < timer_count; i++)
		if (!is_cancelled(timers[i].timer_id))
			timers[kept++] = timers[i];
	for (int i = 0; i < ws.timer_count; i++)
		timers[kept++] = ws.timers[i];
	timer_count = kept;
	row = ws.c;
}

static void
send(const struct actor *who, const char *type, int64_t at, const char *data)
{
	struct event_in ev = { type, data ? json(data) : NULL, at, who };

	decide_event(w, law, &directory, &row, timers, timer_count, &ev, arena, &ws, &verdict);
}

/* A request signed and received on 03/10/2022: due at the end of 10/10. */
static int
signed_request(void **state)
{
	struct event_in ev = { .type = "START", .at = instant("2022-10-03T08:00:00+07:00") };

	(void)state;
	ev.actor = &lan;
	ev.data = json(
	    "{\"purpose\":\"Giải quyết thủ tục hỗ trợ học phí\",\"use_solution\":"
	    "\"Đối chiếu khi tiếp nhận\",\"items\":[\"loại hộ\"],\"quantity\":\"350 hộ\","
	    "\"frequency\":\"40 lượt/ngày\",\"legal_ground\":\"Nghị quyết 04\","
	    "\"personal_data\":false,\"contact_name\":\"Lan\",\"contact_phone\":"
	    "\"0299 382 1234\",\"contact_email\":\"lan@example.vn\","
	    "\"no_state_secret\":true}");
	row = (struct case_row){ .id = 7,
		.number = "STG-YC-2022-00001",
		.calendar = "vn",
		.requester_id = 1,
		.owner_id = 2,
		.created_by = 101,
		.title = "Hộ nghèo" };
	timer_count = 0;
	decide_start(w, law, &directory, &row, &ev, arena, &ws, &verdict);
	assert_int_equal(verdict.code, OK);
	keep();
	send(&hung, "SIGN", instant("2022-10-03T09:00:00+07:00"), NULL);
	assert_int_equal(verdict.code, OK);
	keep();
	return 0;
}

static const struct timer_write *
timer_of(const char *term)
{
	for (int i = 0; i < timer_count; i++)
		if (str_eq(timers[i].term, term))
			return &timers[i];
	fail_msg("no timer of %s", term);
	return NULL;
}

static void
a_write_set_is_one_version_with_its_timers(void **state)
{
	(void)state;
	assert_int_equal(ws.expected_version, 1);
	assert_int_equal(ws.c.version, 2);
	assert_string_equal(ws.event.from_states, "internal_sign");
	assert_string_equal(ws.event.to_states, "submitted on_time");
	assert_string_equal(ws.closed_states[0], "internal_sign");
	assert_null(ws.closed_states[1]);
	assert_int_equal(ws.task_count, 1);
	assert_int_equal(ws.tasks[0].agency_id, 2);
	assert_int_equal(ws.c.due_at, instant("2022-10-11T00:00:00+07:00"));
	assert_int_equal(timer_of("request.account")->due_at, ws.c.due_at);
	assert_int_equal(
	    timer_of("request.account")->started_at, instant("2022-10-03T09:00:00+07:00"));
}

static void
a_timer_that_does_not_run_is_refused(void **state)
{
	(void)state;
	send(&timer, "xstate.after.request.test.testing", instant("2022-10-30T09:00:00+07:00"),
	    NULL);
	assert_int_equal(verdict.code, E_CONFLICT);
	assert_string_equal(verdict.word, "not-in-this-state");
}

static void
a_timer_is_refused_before_it_is_due(void **state)
{
	const struct timer_write *t = timer_of("request.account");

	(void)state;
	send(&timer, t->event, t->due_at - 1, NULL);
	assert_int_equal(verdict.code, E_CONFLICT);
	send(&timer, t->event, t->due_at, NULL);
	assert_int_equal(verdict.code, OK);
	assert_true(is_cancelled(t->timer_id));
}

static void
a_timer_noticed_late_counts_from_when_it_was_due(void **state)
{
	const struct timer_write *t = timer_of("request.account");

	(void)state;
	send(&timer, t->event, t->due_at + INT64_C(3) * 86400 * 1000000, NULL);
	assert_int_equal(verdict.code, OK);
	keep();
	assert_int_equal(timer_of("overdue.ict")->due_at, instant("2022-10-12T00:00:00+07:00"));
}

static void
nobody_sends_what_the_clock_raises(void **state)
{
	(void)state;
	send(&minh, "clock.pause", instant("2022-10-04T09:00:00+07:00"), NULL);
	assert_int_equal(verdict.code, E_CONFLICT);
	send(&minh, timer_of("request.account")->event, instant("2022-10-30T09:00:00+07:00"), NULL);
	assert_int_equal(verdict.code, E_CONFLICT);
}

static void
no_mail_goes_to_who_is_inactive(void **state)
{
	const struct timer_write *t = timer_of("request.receive");

	(void)state;
	send(&timer, t->event, t->due_at, NULL);
	assert_int_equal(verdict.code, OK);
	assert_int_equal(ws.mail_count, 1);
	assert_string_equal(ws.mails[0].address, "minh@example.vn");
}

static void
a_case_that_does_not_fit_its_workflow_is_said(void **state)
{
	(void)state;
	row.snapshot = json("{\"active\":[\"nowhere\"]}");
	send(&minh, "RECEIVE", instant("2022-10-04T09:00:00+07:00"), NULL);
	assert_int_equal(verdict.code, E_INTERNAL);
	assert_string_equal(verdict.word, "bad-definition");
}

static struct json_object *
pauses_of(const char *term)
{
	return json_get(json_get(json_get(row.context, "terms"), term), "pauses");
}

static void
a_pause_is_kept_with_the_days_left(void **state)
{
	struct json_object *pause;

	(void)state;
	send(&minh, "RECEIVE", instant("2022-10-04T09:00:00+07:00"), NULL);
	keep();
	assert_null(pauses_of("request.account"));
	send(&minh, "ASK_INFO", instant("2022-10-05T09:00:00+07:00"),
	    "{\"question\":\"Đề nghị nêu rõ thời gian lưu giữ dữ liệu\"}");
	assert_int_equal(verdict.code, OK);
	keep();
	pause = json_object_array_get_idx(pauses_of("request.account"), 0);
	assert_int_equal(instant(json_str(pause, "from")), instant("2022-10-05T09:00:00+07:00"));
	assert_int_equal(json_int(pause, "left", 0), 3);
	assert_null(json_str(pause, "until"));
	send(&lan, "ANSWER", instant("2022-10-12T09:00:00+07:00"),
	    "{\"answer\":\"Không lưu giữ sau khi giải quyết\"}");
	assert_int_equal(verdict.code, OK);
	keep();
	pause = json_object_array_get_idx(pauses_of("request.account"), 0);
	assert_int_equal(instant(json_str(pause, "until")), instant("2022-10-12T09:00:00+07:00"));
	assert_int_equal(row.due_at, instant("2022-10-18T00:00:00+07:00"));
	send(&hung, "WITHDRAW", instant("2022-10-13T09:00:00+07:00"),
	    "{\"reason\":\"Không còn nhu cầu sử dụng dữ liệu\"}");
	assert_int_equal(verdict.code, OK);
	keep();
	assert_int_equal(json_object_array_length(pauses_of("request.account")), 1);
}

static void
options_name_the_post_that_gives_the_right(void **state)
{
	const struct option *o;

	(void)state;
	o = decide_options(
	    w, law, &directory, &row, &minh, instant("2022-10-04T09:00:00+07:00"), arena);
	assert_string_equal(o[0].event, "RECEIVE");
	assert_ptr_equal(o[0].as, &holdings[2]);
	assert_non_null(workflow_event_form(w, o[0].transition));
	assert_null(o[1].event);
	row.is_open = false;
	o = decide_options(w, law, &directory, &row, &minh, 0, arena);
	assert_null(o[0].event);
}

/* More than a rule may work on: a mistake of the sender, not of the workflow. */
static void
a_form_is_checked_before_it_names_the_case(void **state)
{
	static const struct actor system = { .kind = "system" };
	struct json_object *wanted = json_object_new_array(), *data = json("{}");
	struct event_in ev = { "START", data, instant("2026-11-04T09:00:00+07:00"), &system };
	struct error_list errors;
	const char *why = NULL;
	struct workflow *named;

	(void)state;
	error_list_init(&errors, arena);
	named = workflow_load(law, json_read_file(arena, "workflows/wf-22.json", &why), &errors);
	assert_non_null(named);
	for (int i = 0; i < 400000; i++)
		json_object_array_add(wanted, json_object_new_int(1));
	json_set(data, "wanted", wanted);
	row = (struct case_row){
		.number = "STG-TC-2026-00001", .calendar = "vn", .requester_id = 3, .owner_id = 2
	};
	decide_start(named, law, &directory, &row, &ev, arena, &ws, &verdict);
	assert_int_equal(verdict.code, E_INVALID);
	workflow_free(named);
}

/* The term of a request ends at midnight: what nobody caused waits for the office, what somebody
 * does at night goes at once. */
static void
automatic_mail_waits_for_the_office(void **state)
{
	const struct timer_write *t = timer_of("request.account");

	(void)state;
	assert_int_equal(ws.mails[0].not_before, 0);
	send(&timer, t->event, t->due_at, NULL);
	assert_true(ws.mail_count > 0);
	for (int i = 0; i < ws.mail_count; i++)
		assert_int_equal(ws.mails[i].not_before, instant("2022-10-11T07:30:00+07:00"));
	send(&timer, t->event, instant("2022-10-11T08:00:00+07:00"), NULL);
	assert_int_equal(ws.mails[0].not_before, 0);
	send(&minh, "RECEIVE", instant("2022-10-08T22:00:00+07:00"), NULL);
	assert_int_equal(verdict.code, OK);
	assert_true(ws.mail_count > 0);
	assert_int_equal(ws.mails[0].not_before, 0);
}

#define TEST(name) cmocka_unit_test_setup(name, signed_request)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_form_is_checked_before_it_names_the_case),
		TEST(a_write_set_is_one_version_with_its_timers),
		TEST(a_timer_that_does_not_run_is_refused),
		TEST(a_timer_is_refused_before_it_is_due),
		TEST(a_timer_noticed_late_counts_from_when_it_was_due),
		TEST(automatic_mail_waits_for_the_office),
		TEST(nobody_sends_what_the_clock_raises),
		TEST(no_mail_goes_to_who_is_inactive),
		TEST(a_case_that_does_not_fit_its_workflow_is_said),
		TEST(a_pause_is_kept_with_the_days_left),
		TEST(options_name_the_post_that_gives_the_right),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
