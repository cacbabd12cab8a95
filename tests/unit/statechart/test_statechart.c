/*
 * The engine's edges: snapshots as JSON, charts that do not rest, hostile sizes, what callers may
 * ask. Its semantics are held to XState in tests/differential.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "statechart.h"

static struct arena *arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct json_object *
parse(const char *text)
{
	const char *why = NULL;
	struct json_object *o = json_read(arena, text, strlen(text), &why);

	if (!o)
		fail_msg("%s: %s", text, why);
	return o;
}

static struct sc_chart *
load(const char *text)
{
	struct error_list errors;
	struct sc_chart *c;

	error_list_init(&errors, arena);
	c = sc_load(parse(text), &errors);
	if (!c)
		fail_msg("%s: %s", errors.first->pointer, errors.first->message);
	return c;
}

static struct sc_snapshot *
start(const struct sc_chart *c)
{
	struct sc_step step;
	const char *why;

	assert_int_equal(sc_start(c, arena, NULL, &step, &why), OK);
	return step.next;
}

static struct sc_step
send(const struct sc_chart *c, const struct sc_snapshot *now, const char *type)
{
	struct sc_event ev = { type, NULL };
	struct sc_step step;
	const char *why;

	assert_int_equal(sc_send(c, arena, now, &ev, NULL, &step, &why), OK);
	return step;
}

static const char review[] =
    "{\"id\": \"m\", \"initial\": \"work\", \"states\": {"
    "\"work\": {\"initial\": \"a\", \"on\": {\"PAUSE\": \"paused\"}, \"states\": {"
    "\"a\": {\"on\": {\"NEXT\": \"b\"}, \"after\": {\"term\": \"b\"}}, \"b\": {\"on\": {\"END\": "
    "\"#m.done\"}},"
    "\"h\": {\"type\": \"history\", \"target\": \"a\"}}},"
    "\"paused\": {\"on\": {\"GO\": \"work.h\"}}, \"done\": {\"type\": \"final\"}}}";

static void
a_snapshot_goes_through_json(void **state)
{
	struct sc_chart *c = load(review);
	struct sc_snapshot *now = send(c, start(c), "NEXT").next, *back;
	const char *why;

	(void)state;
	now = send(c, now, "PAUSE").next;
	back = sc_snapshot_restore(
	    c, arena, parse(json_canonical(arena, sc_snapshot_json(c, arena, now))), &why);
	assert_non_null(back);
	back = send(c, back, "GO").next;
	assert_true(sc_is_active(back, sc_state_by_id(c, "m.work.b")));
	back = send(c, back, "END").next;
	assert_true(sc_is_done(c, back));
	assert_false(send(c, back, "NEXT").taken);
	sc_free(c);
}

static void
a_snapshot_that_is_no_configuration_is_refused(void **state)
{
	static const char *const bad[] = { "{}", "{\"active\": []}", "{\"active\": [\"m.nope\"]}",
		"{\"active\": [\"m.work\"]}", "{\"active\": [\"m.work.a\", \"m.work.b\"]}",
		"{\"active\": [\"m.work.h\"]}", "{\"active\": [\"m.paused\"], \"order\": [\"m\"]}",
		"{\"active\": [\"m.paused\"], \"history\": {\"m.work\": []}}",
		"{\"active\": [\"m.paused\"], \"history\": {\"m.work.h\": [\"m.done\"]}}" };
	struct sc_chart *c = load(review);
	const char *why;

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		why = NULL;
		if (sc_snapshot_restore(c, arena, parse(bad[i]), &why))
			fail_msg("%s was taken", bad[i]);
		assert_non_null(why);
	}
	sc_free(c);
}

static void
a_term_starts_on_entry_and_is_cancelled_on_exit(void **state)
{
	struct sc_chart *c = load(review);
	struct sc_step step;
	const char *why;

	(void)state;
	assert_int_equal(sc_start(c, arena, NULL, &step, &why), OK);
	assert_int_equal(step.timer_count, 1);
	assert_true(step.timers[0].is_start);
	assert_string_equal(step.timers[0].delay, "term");
	assert_string_equal(step.timers[0].state->id, "m.work.a");
	step = send(c, step.next, "PAUSE");
	assert_int_equal(step.timer_count, 1);
	assert_false(step.timers[0].is_start);
	sc_free(c);
}

static void
a_refused_event_changes_nothing(void **state)
{
	struct sc_chart *c = load(review);
	struct sc_snapshot *now = start(c);
	struct sc_step step = send(c, now, "GO");

	(void)state;
	assert_false(step.taken);
	assert_int_equal(step.action_count + step.timer_count, 0);
	assert_true(
	    json_equal(sc_snapshot_json(c, arena, now), sc_snapshot_json(c, arena, step.next)));
	sc_free(c);
}

static void
the_events_listened_to_are_listed_innermost_first(void **state)
{
	struct sc_chart *c = load(review);
	const char *const *events = sc_events(c, arena, start(c));

	(void)state;
	assert_string_equal(events[0], "NEXT");
	assert_string_equal(events[1], "PAUSE");
	assert_null(events[2]);
	sc_free(c);
}

static void
a_chart_that_does_not_rest_is_stopped(void **state)
{
	struct sc_chart *c = load("{\"id\": \"m\", \"initial\": \"a\", \"states\": {\"a\": "
				  "{\"on\": {\"GO\": {\"actions\": "
				  "[{\"type\": \"xstate.raise\", \"params\": {\"event\": "
				  "{\"type\": \"GO\"}}}]}, \"END\": \"z\"}}, "
				  "\"z\": {\"type\": \"final\"}}}");
	struct sc_event ev = { "GO", NULL };
	struct sc_step step;
	const char *why;

	(void)state;
	assert_int_equal(sc_send(c, arena, start(c), &ev, NULL, &step, &why), E_CONFLICT);
	assert_non_null(strstr(why, "does not come to rest"));
	sc_free(c);
}

static void
every_mistake_is_told_with_its_place(void **state)
{
	struct error_list errors;

	(void)state;
	error_list_init(&errors, arena);
	assert_null(sc_load(parse("{\"id\": \"m\", \"initial\": \"a\", \"states\": {\"a\": "
				  "{\"on\": {\"X\": \"nope\", \"Y\": {\"target\": "
				  "\"b\", \"cond\": \"g\"}}}, \"b\": {\"type\": \"odd\"}}}"),
	    &errors));
	assert_int_equal(errors.count, 3);
	assert_string_equal(errors.first->pointer, "/states/b/type");
	error_list_init(&errors, arena);
	assert_null(sc_load(parse("{\"id\": \"m\", \"initial\": \"a\", \"states\": {\"a\": "
				  "{\"on\": {\"X\": \"b\"}}, \"b\": {}, \"c\": "
				  "{\"on\": {\"X\": \"a\"}}}}"),
	    &errors));
	assert_int_equal(errors.count, 2);
	assert_string_equal(errors.first->code, "unreachable");
	assert_string_equal(errors.last->code, "no-exit");
}

static void
ten_thousand_states_are_no_burden(void **state)
{
	struct str s;
	struct sc_chart *c;
	struct sc_snapshot *now;

	(void)state;
	str_init(&s, arena);
	str_add(&s, "{\"id\": \"m\", \"initial\": \"s0\", \"states\": {");
	for (int i = 0; i < 10000; i++)
		str_addf(&s, "\"s%d\": {\"on\": {\"NEXT\": \"s%d\"}},", i, i + 1);
	str_add(&s, "\"s10000\": {\"type\": \"final\"}}}");
	c = load(s.text);
	assert_int_equal(sc_state_count(c), 10002);
	now = send(c, start(c), "NEXT").next;
	assert_true(sc_is_active(now, sc_state_by_id(c, "m.s1")));
	sc_free(c);
}

static void
states_nested_too_deep_are_refused(void **state)
{
	struct error_list errors;
	struct json_object *o = json_keep(arena, json_object_new_object()), *at = o;

	(void)state;
	json_set_str(o, "id", "m");
	for (int i = 0; i < 500; i++) {
		struct json_object *states = json_object_new_object(),
				   *child = json_object_new_object();

		json_set_str(at, "initial", "a");
		json_set(states, "a", child);
		json_set(at, "states", states);
		at = child;
	}
	error_list_init(&errors, arena);
	assert_null(sc_load(o, &errors));
	assert_string_equal(errors.first->code, "too-deep");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_snapshot_goes_through_json, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_snapshot_that_is_no_configuration_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_term_starts_on_entry_and_is_cancelled_on_exit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_refused_event_changes_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    the_events_listened_to_are_listed_innermost_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_chart_that_does_not_rest_is_stopped, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    every_mistake_is_told_with_its_place, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    ten_thousand_states_are_no_burden, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    states_nested_too_deep_are_refused, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
