/*
 * Dates counted again under another calendar, by hand and for random days off: what runs, stands
 * still, was extended, has run out; whose calendar counts. 03/10/2022 is a Monday.
 */
#include "../../../src/flow/recount.h"

#include "extend_case.h"

static struct recount found;
static struct task_row task;

/* ---- another law ---- */

static struct law *
law_with(const char *calendars)
{
	struct json_object *list = json(calendars);
	struct error_list errors;
	struct law_draft d;
	struct law *l;

	error_list_init(&errors, arena);
	law_draft_begin(law, arena, &d);
	for (size_t i = 0; i < json_object_array_length(list); i++)
		law_draft_calendar(&d, json_object_array_get_idx(list, i));
	l = law_of_content(law, d.content, &errors);
	if (l == NULL)
		fail_msg("%s: %s", errors.first->pointer, errors.first->message);
	return l;
}

static bool
is_listed(struct json_object *days, const char *date)
{
	for (size_t i = 0; i < json_object_array_length(days); i++)
		if (str_eq(json_str(json_object_array_get_idx(days, i), "date"), date))
			return true;
	return false;
}

/* The shipped calendar with one more day off. */
static struct law *
law_without(const char *date)
{
	struct json_object *vn = json_copy(arena, law_calendar_file(law, "vn"));

	if (!is_listed(json_get(vn, "days"), date))
		json_push(json_get(vn, "days"),
		    json_object_get(json(arena_printf(arena,
			"{\"date\": \"%s\", \"kind\": \"off\", \"source\": \"DEFAULT\"}", date))));
	return law_with(arena_printf(arena, "[%s]", json_text_of(vn)));
}

/* ---- counting again ---- */

/* Found and, when something moves, taken over. */
static void
recount(const struct law *l, const char *at)
{
	static const struct actor machine = { .kind = "system" };
	struct event_in ev = { .type = DATES_RECOMPUTED,
		.at = instant(at),
		.actor = &machine,
		.data = json("{\"why\": \"Quốc tang\"}") };
	struct case_rows rows = { .c = row,
		.timers = timers,
		.timer_count = timer_count,
		.tasks = &task,
		.task_count = 1 };
	struct timer_write all[16];

	memcpy(all, timers, sizeof(all));
	rows.timers = all;
	recount_case(w, l, &directory, &rows, &ev, arena, &ws, &verdict, &found);
	assert_int_equal(verdict.code, OK);
	for (int i = 0; found.moves && i < ws.timer_count; i++)
		for (int j = 0; j < timer_count; j++)
			if (str_eq(timers[j].timer_id, ws.timers[i].timer_id))
				timers[j] = ws.timers[i];
	if (found.moves)
		row = ws.c;
}

static void
nothing_moves(const struct law *l, const char *at)
{
	recount(l, at);
	if (found.moves || found.needs_person)
		fail_msg("%s moves: %s", json_text_of(found.terms),
		    found.needs_person ? found.needs_person : "");
	assert_int_equal(json_object_array_length(found.terms), 0);
}

static struct json_object *
moved(const char *term)
{
	for (size_t i = 0; i < json_object_array_length(found.terms); i++) {
		struct json_object *o = json_object_array_get_idx(found.terms, i);

		if (str_eq(json_str(o, "term"), term))
			return o;
	}
	fail_msg("%s does not move", term);
	return NULL;
}

/* ---- by hand ---- */

static void
a_day_off_moves_what_runs(void **state)
{
	struct law *l = law_without("2022-10-05");
	int64_t version = row.version;

	(void)state;
	nothing_moves(law, "2022-10-03T10:00:00+07:00");
	recount(l, "2022-10-03T10:00:00+07:00");
	assert_true(found.moves);
	assert_string_equal(
	    json_str(moved("request.account"), "before"), "2022-10-10T17:00:00.000000Z");
	assert_string_equal(
	    json_str(moved("request.account"), "after"), "2022-10-11T17:00:00.000000Z");
	check_instant(row.due_at, "2022-10-12T00:00:00+07:00");
	check_timer("request.account", "2022-10-12T00:00:00+07:00");
	check_instant(timer_of("request.account")->started_at, "2022-10-03T09:00:00+07:00");
	assert_true(timer_of("request.account.80")->due_at < timer_of("request.account")->due_at);
	assert_string_equal(ws.retimed_tasks[0].term, "request.account");
	check_instant(ws.retimed_tasks[0].due_at, "2022-10-12T00:00:00+07:00");
	assert_int_equal(row.version, version + 1);
	assert_string_equal(ws.event.type, DATES_RECOMPUTED);
	assert_string_equal(ws.event.from_states, ws.event.to_states);
	assert_string_equal(json_str(ws.event.data, "why"), "Quốc tang");
	assert_non_null(json_get(ws.event.data, "terms"));
	nothing_moves(l, "2022-10-03T10:00:00+07:00");
	law_free(l);
}

static void
what_stands_still_gets_the_days_it_should_have(void **state)
{
	struct law *l = law_without("2022-10-04");

	(void)state;
	done("ASK", "2022-10-05T09:00:00+07:00", NULL);
	nothing_moves(law, "2022-10-06T09:00:00+07:00");
	recount(l, "2022-10-06T09:00:00+07:00");
	assert_int_equal(json_int(json_get(moved("request.account"), "left"), "before", 0), 3);
	assert_int_equal(json_int(json_get(moved("request.account"), "left"), "after", 0), 4);
	assert_null(json_get(moved("request.account"), "after"));
	assert_int_equal(json_int(row.paused, "xstate.after.request.account.on_time", 0), 4);
	nothing_moves(l, "2022-10-06T09:00:00+07:00");
	done("ANSWER", "2022-10-10T09:00:00+07:00", NULL); /* 11, 12, 13, 14 */
	check_timer("request.account", "2022-10-15T00:00:00+07:00");
	nothing_moves(l, "2022-10-10T10:00:00+07:00");
	law_free(l);
}

static void
an_extension_is_given_again(void **state)
{
	struct law *l = law_without("2022-10-11");

	(void)state;
	done("EXTEND", "2022-10-05T09:00:00+07:00", DAYS(2)); /* to Wed 12 */
	nothing_moves(law, "2022-10-06T09:00:00+07:00");
	recount(l, "2022-10-06T09:00:00+07:00");
	check_timer("request.account", "2022-10-14T00:00:00+07:00");
	assert_string_equal(
	    json_str(extension_of("request.account", 0), "after"), "2022-10-13T17:00:00.000000Z");
	nothing_moves(l, "2022-10-06T09:00:00+07:00");
	law_free(l);
}

static void
days_given_while_it_stood_still_are_kept(void **state)
{
	(void)state;
	done("ASK", "2022-10-05T09:00:00+07:00", NULL);
	done("EXTEND", "2022-10-06T09:00:00+07:00", DAYS(2));
	nothing_moves(law, "2022-10-06T10:00:00+07:00");
	done("ANSWER", "2022-10-10T09:00:00+07:00", NULL);
	done("EXTEND", "2022-10-11T09:00:00+07:00", DAYS(1));
	nothing_moves(law, "2022-10-11T10:00:00+07:00");
}

static void
what_has_run_out_is_left_to_a_person(void **state)
{
	struct law *l = law_without("2022-10-05");
	int64_t version = row.version;

	(void)state;
	until("2022-10-11T09:00:00+07:00");
	version = row.version;
	recount(l, "2022-10-11T09:00:00+07:00");
	assert_false(found.moves);
	assert_non_null(strstr(found.needs_person, "request.account"));
	assert_int_equal(row.version, version);
	nothing_moves(l, "2022-10-13T09:00:00+07:00"); /* late by both laws */
	done("DIRECT", "2022-10-13T09:00:00+07:00", DAYS(3));
	nothing_moves(law, "2022-10-13T10:00:00+07:00");
	law_free(l);
}

static void
a_date_that_has_passed_by_the_new_law_is_due_at_once(void **state)
{
	struct law *l = law_without("2022-10-05"), *shipped = law;

	(void)state;
	recount(l, "2022-10-03T10:00:00+07:00");
	recount(shipped, "2022-10-11T09:00:00+07:00");
	assert_true(found.moves);
	check_timer("request.account", "2022-10-11T00:00:00+07:00");
	law_free(l);
}

/* ---- whose calendar ---- */

static const char *const requester_is_off =
    "[{\"id\": \"ward\", \"based_on\": \"vn\", \"agencies\": [\"H51.19.3\"], \"days\": ["
    "{\"date\": \"2022-10-06\", \"kind\": \"off\", \"source\": \"DEFAULT\"}]}]";
static const char *const owner_is_off =
    "[{\"id\": \"so\", \"based_on\": \"vn\", \"agencies\": [\"H51.5\"], \"days\": ["
    "{\"date\": \"2022-10-06\", \"kind\": \"off\", \"source\": \"DEFAULT\"}]}]";

static void
what_the_requester_does_counts_by_its_calendar(void **state)
{
	struct law *shipped = law;

	(void)state;
	law = law_with(requester_is_off);
	done("TRY", "2022-10-04T09:00:00+07:00", NULL); /* 5, 7, 10, 11, 12; not Thu 6 */
	check_timer("request.test", "2022-10-13T00:00:00+07:00");
	assert_string_equal(json_str(record_of("request.test"), "calendar"), "ward");
	assert_null(json_str(record_of("request.account"), "calendar"));
	nothing_moves(law, "2022-10-04T10:00:00+07:00");
	law_free(law);
	law = shipped;
	recount(law, "2022-10-04T10:00:00+07:00"); /* the ward works as the province again */
	check_timer("request.test", "2022-10-12T00:00:00+07:00");
	assert_null(json_str(record_of("request.test"), "calendar"));
}

static void
a_case_follows_its_owner_to_a_calendar_of_its_own(void **state)
{
	struct law *l = law_with(owner_is_off);

	(void)state;
	recount(l, "2022-10-03T10:00:00+07:00");
	assert_string_equal(json_str(found.calendar, "before"), "vn");
	assert_string_equal(json_str(found.calendar, "after"), "so");
	assert_string_equal(row.calendar, "so");
	check_timer("request.account", "2022-10-12T00:00:00+07:00");
	nothing_moves(l, "2022-10-03T10:00:00+07:00");
	law_free(l);
}

/* ---- random days off ---- */

static uint64_t seed = 88172645463325252u;

static int
pick(int n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int)(seed % (uint64_t)n);
}

static const char *
on(int day)
{
	return arena_printf(arena, "2022-10-%02dT09:00:00+07:00", day);
}

/* Some way through the case; the day it has come to. */
static int
live(void)
{
	int day = 4 + pick(2);

	if (pick(2))
		done("EXTEND", on(day), DAYS(1));
	if (pick(2)) {
		done("ASK", on(++day), NULL);
		if (pick(2))
			done("EXTEND", on(day), DAYS(2));
		if (pick(2))
			done("ANSWER", on(++day), NULL);
	}
	return day;
}

/* Days left, or the due date, of each term. */
static int64_t
measure(const char *term)
{
	struct json_object *record = record_of(term);

	if (str_eq(json_str(record, "status"), "paused"))
		return json_int(
		    row.paused, arena_printf(arena, "xstate.after.%s.on_time", term), -1);
	return instant(json_str(record, "due_at"));
}

static void
a_day_off_never_shortens_and_without_it_all_is_as_before(void **state)
{
	static const char *const terms[] = { "request.account", "request.account.50",
		"request.account.80" };

	for (int round = 0; round < 200; round++) {
		const char *date = arena_printf(arena, "2022-10-%02d", 3 + pick(25));
		int64_t before[LEN(terms)], longer[LEN(terms)];
		struct law *l = law_without(date);
		const char *now;
		bool moves;

		open_case(state);
		now = on(live());
		nothing_moves(law, now);
		for (size_t i = 0; i < LEN(terms); i++)
			before[i] = measure(terms[i]);
		recount(l, now);
		moves = found.moves;
		for (size_t i = 0; i < LEN(terms); i++) {
			longer[i] = measure(terms[i]);
			if (longer[i] < before[i])
				fail_msg(
				    "round %d: %s off makes %s shorter", round, date, terms[i]);
		}
		nothing_moves(l, now);
		recount(law, now);
		assert_true(found.moves == moves);
		for (size_t i = 0; i < LEN(terms); i++)
			if (measure(terms[i]) != before[i])
				fail_msg("round %d: without %s off %s is not as before", round,
				    date, terms[i]);
		law_free(l);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_day_off_moves_what_runs, open_case),
		cmocka_unit_test_setup(what_stands_still_gets_the_days_it_should_have, open_case),
		cmocka_unit_test_setup(an_extension_is_given_again, open_case),
		cmocka_unit_test_setup(days_given_while_it_stood_still_are_kept, open_case),
		cmocka_unit_test_setup(what_has_run_out_is_left_to_a_person, open_case),
		cmocka_unit_test_setup(
		    a_date_that_has_passed_by_the_new_law_is_due_at_once, open_case),
		cmocka_unit_test_setup(what_the_requester_does_counts_by_its_calendar, open_case),
		cmocka_unit_test_setup(
		    a_case_follows_its_owner_to_a_calendar_of_its_own, open_case),
		cmocka_unit_test(a_day_off_never_shortens_and_without_it_all_is_as_before),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
