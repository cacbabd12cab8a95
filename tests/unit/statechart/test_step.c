/*
 * Corners of a step, each as XState 5 does it: order of actions, conflicts, history, completion,
 * raised events, timers, bounds.
 */
#include "chart_test.h"

static void
leaves_from_inside_out_and_enters_from_outside_in(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t, "{'id':'m','initial':'a','states':{'a':{'initial':'b','exit':'-a','states':"
			"{'b':{'exit':'-b',"
			"'on':{'X':{'target':'#c2','actions':'x'}}}}},'c':{'entry':'+c','initial':{"
			"'target':'c1',"
			"'actions':'i'},'states':{'c1':{},'c2':{'id':'c2','entry':'+c2'}}}}}");
	trial_send(&t, "X");
	assert_string_equal(trial_actions(&t), "-b -a x +c +c2");
	assert_string_equal(t.step.exited[0]->id, "m.a.b");
	assert_string_equal(t.step.entered[1]->id, "c2");
	assert_string_equal(t.step.transitions[0]->source->id, "m.a.b");
	assert_null(t.step.transitions[1]);
	trial_end(&t);
}

static void
a_target_inside_the_source_does_not_leave_it_but_reenter_does(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t,
	    "{'id':'m','initial':'a','states':{'a':{'initial':'b','entry':'+a','exit':'-a','on':{'"
	    "IN':'.c',"
	    "'OUT':{'target':'.c','reenter':true},'SELF':'a'},'states':{'b':{},'c':{}}}}}");
	trial_send(&t, "IN");
	assert_string_equal(trial_active(&t), "m.a.c");
	assert_string_equal(trial_actions(&t), "");
	trial_send(&t, "OUT");
	assert_string_equal(trial_actions(&t), "-a +a");
	trial_send(&t, "SELF");
	assert_string_equal(trial_actions(&t), "");
	assert_string_equal(trial_active(&t), "m.a.b");
	trial_end(&t);
}

static void
exact_then_longer_wildcards_then_the_star(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t, "{'id':'m','initial':'a','states':{'a':{'on':{'*':{'actions':'star'},'p.*':"
			"{'actions':'p'},"
			"'p.q.*':{'actions':'pq'},'p.q.r':{'actions':'exact'}}}}}");
	trial_send(&t, "p.q.r");
	assert_string_equal(trial_actions(&t), "exact");
	trial_send(&t, "p.q");
	assert_string_equal(trial_actions(&t), "pq");
	trial_send(&t, "p.x.y");
	assert_string_equal(trial_actions(&t), "p");
	trial_send(&t, "px");
	assert_string_equal(trial_actions(&t), "star");
	trial_send(&t, "*");
	assert_false(t.step.taken);
	trial_end(&t);
}

static void
an_empty_transition_takes_the_event_from_those_around(void **state)
{
	struct trial t;

	(void)state;
	trial_start(
	    &t, "{'id':'m','initial':'a','on':{'X':'.b'},'states':{'a':{'on':{'X':{}}},'b':{}}}");
	trial_send(&t, "X");
	assert_true(t.step.taken);
	assert_string_equal(trial_active(&t), "m.a");
	trial_end(&t);
}

static const char two_regions[] =
    "{'id':'m','initial':'p','states':{'p':{'type':'parallel','on':{'X':'end'},'states':{"
    "'r':{'initial':'a','states':{'a':{'on':{'X':'b','OUT':'#m.end'}},'b':{}}},"
    "'s':{'initial':'c','states':{'c':{'on':{'X':'d','OUT':'d'}},'d':{}}}}},'end':{'type':'final'}}"
    "}";

static void
every_region_moves_and_the_parallel_state_is_asked_last(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t, two_regions);
	trial_send(&t, "X");
	assert_string_equal(trial_active(&t), "m.p.r.b m.p.s.d");
	trial_send(&t, "X");
	assert_true(t.step.is_done);
	assert_string_equal(trial_active(&t), "m.end");
	trial_end(&t);
}

static void
of_two_that_leave_the_same_state_the_first_wins(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t, two_regions);
	trial_send(&t, "OUT");
	assert_string_equal(trial_active(&t), "m.end");
	assert_null(t.step.transitions[1]);
	trial_end(&t);
}

static void
regions_are_asked_in_order_of_activation(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t,
	    "{'id':'m','type':'parallel','states':{"
	    "'r':{'initial':'a','states':{'a':{'on':{'X':'b'}},'b':{'always':{'guard':'g','actions'"
	    ":'r'}}}},"
	    "'s':{'initial':'c','states':{'c':{'always':{'guard':'g','actions':'s'}}}}}}");
	trial_send(&t, "X");
	t.open = "g";
	trial_send(&t, "nobody listens");
	assert_string_equal(trial_actions(&t), "s r");
	trial_end(&t);
}

static void
history_is_kept_on_each_exit_shallow_or_deep(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t, "{'id':'m','initial':'z','states':{'a':{'initial':'b','on':{'OUT':'z'},'"
			"states':{'b':{},"
			"'c':{'initial':'d','states':{'d':{},'e':{}}},'h':{'type':'history'},"
			"'H':{'type':'history','history':'deep'}}},"
			"'z':{'on':{'DEEP':'a.H','SHALLOW':'a.h','E':'a.c.e'}}}}");
	trial_send(&t, "DEEP");
	assert_string_equal(trial_active(&t), "m.a.b"); /* nothing kept: the initial state */
	trial_send(&t, "OUT");
	trial_send(&t, "E");
	trial_send(&t, "OUT");
	trial_send(&t, "SHALLOW");
	assert_string_equal(trial_active(&t), "m.a.c.d");
	trial_send(&t, "OUT");
	trial_send(&t, "E");
	trial_send(&t, "OUT");
	trial_send(&t, "DEEP");
	assert_string_equal(trial_active(&t), "m.a.c.e");
	trial_end(&t);
}

static void
a_finished_inner_parallel_state_finishes_the_outer_one(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t,
	    "{'id':'m','initial':'p','states':{'p':{'type':'parallel','onDone':'end','states':{"
	    "'q':{'type':'parallel','onDone':{'actions':'inner'},'states':{"
	    "'r':{'initial':'a','states':{'a':{'on':{'R':'f'}},'f':{'type':'final'}}},"
	    "'s':{'initial':'a','states':{'a':{'on':{'S':'f'}},'f':{'type':'final'}}}}}}},'end':{}}"
	    "}");
	trial_send(&t, "R");
	assert_string_equal(trial_active(&t), "m.p.q.r.f m.p.q.s.a");
	trial_send(&t, "S");
	assert_string_equal(trial_actions(&t), "inner");
	assert_string_equal(trial_active(&t), "m.end");
	assert_false(t.step.is_done);
	trial_end(&t);
}

static void
a_done_machine_runs_its_exit_actions_and_hears_nothing_more(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t,
	    "{'id':'m','initial':'a','exit':'-m','on':{'*':{'actions':'late'}},"
	    "'states':{'a':{'on':{'X':'f'}},'f':{'type':'final','entry':'+f','exit':'-f'}}}");
	trial_send(&t, "X");
	assert_true(t.step.is_done);
	assert_string_equal(trial_actions(&t), "+f -f -m");
	assert_string_equal(trial_active(&t), "m.f");
	trial_send(&t, "Y");
	assert_false(t.step.taken);
	assert_true(t.step.is_done);
	trial_end(&t);
}

static void
always_comes_before_raised_events_and_runs_once_when_it_changes_nothing(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t,
	    "{'id':'m','initial':'a','states':{'a':{'on':{'X':{'target':'b','actions':["
	    "{'type':'xstate.raise','params':{'event':{'type':'R'}}}]},'R':{'actions':'wrong'}}},"
	    "'b':{'always':{'actions':'again'},'on':{'R':{'actions':'right'}}}}}");
	trial_send(&t, "X");
	assert_string_equal(trial_actions(&t), "again right again");
	trial_end(&t);
}

static void
a_raised_event_carries_its_data(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t,
	    "{'id':'m','initial':'a','states':{'a':{'entry':{'type':'xstate.raise','params':"
	    "{'event':{'type':'R','n':7},'delay':50}}}}}");
	assert_int_equal(t.step.timer_count, 1);
	assert_true(t.step.timers[0].is_start);
	assert_string_equal(t.step.timers[0].event, "R");
	assert_int_equal(t.step.timers[0].delay_ms, 50);
	assert_int_equal(json_int(t.step.timers[0].data, "n", 0), 7);
	assert_null(t.step.timers[0].state);
	trial_end(&t);
}

static void
after_starts_on_entry_and_is_cancelled_on_exit(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t,
	    "{'id':'m','initial':'a','states':{'a':{'after':{'term':'b','500':'b'},'on':{'X':'b'}},"
	    "'b':{}}}");
	assert_int_equal(t.step.timer_count, 2);
	assert_int_equal(t.step.timers[0].delay_ms, 500); /* digits first, as JavaScript has it */
	assert_string_equal(t.step.timers[1].id, "xstate.after.term.m.a");
	assert_string_equal(t.step.timers[1].delay, "term");
	assert_string_equal(t.step.timers[1].state->id, "m.a");
	trial_send(&t, "X");
	assert_int_equal(t.step.timer_count, 2);
	assert_false(t.step.timers[1].is_start);
	assert_string_equal(t.step.timers[1].id, "xstate.after.term.m.a");
	trial_end(&t);
}

static void
each_delayed_event_without_an_id_gets_its_own(void **state)
{
	struct trial t;
	const char *first;

	(void)state;
	trial_start(&t,
	    "{'id':'m','initial':'a','states':{'a':{'entry':{'type':'xstate.raise','params':"
	    "{'event':{'type':'R'},'delay':'d'}},'on':{'X':{'target':'a','reenter':true}}}}}");
	first = t.step.timers[0].id;
	trial_send(&t, "X");
	assert_string_not_equal(first, t.step.timers[0].id);
	trial_end(&t);
}

static void
built_in_guards_look_at_the_configuration(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t,
	    "{'id':'m','initial':'a','states':{'a':{'on':{"
	    "'IN':{'target':'b','guard':{'type':'xstate.stateIn','params':{'stateId':'#m.b'}}},"
	    "'NOT':{'target':'b','guard':{'type':'xstate.not','params':{'guard':{'type':'xstate."
	    "stateIn',"
	    "'params':{'stateId':'b'}}}}},"
	    "'OPEN':{'target':'b','guard':{'type':'xstate.not','params':{'guard':'g'}}}}},'b':{}}"
	    "}");
	trial_send(&t, "IN");
	assert_false(t.step.taken);
	t.open = "g";
	trial_send(&t, "OPEN");
	assert_false(t.step.taken);
	trial_send(&t, "NOT");
	assert_string_equal(trial_active(&t), "m.b");
	trial_end(&t);
}

static void
an_endless_chart_is_stopped_and_named(void **state)
{
	struct trial t;
	struct sc_event ev = { "X", NULL };

	(void)state;
	trial_start(&t, "{'id':'m','initial':'z','states':{'z':{'on':{'X':'a'}},'a':{'always':'b'},"
			"'b':{'always':'a'}}}");
	assert_int_equal(
	    sc_send(t.chart, t.arena, t.step.next, &ev, &t.host, &t.step, &t.why), E_CONFLICT);
	assert_non_null(strstr(t.why, "m."));
	trial_end(&t);
	trial_start(&t, "{'id':'m','initial':'z','states':{'z':{'on':{'X':{'actions':["
			"{'type':'xstate.raise','params':{'event':{'type':'X'}}},"
			"{'type':'xstate.raise','params':{'event':{'type':'X'}}}]}}}}}");
	assert_int_equal(
	    sc_send(t.chart, t.arena, t.step.next, &ev, &t.host, &t.step, &t.why), E_CONFLICT);
	trial_end(&t);
}

static void
select_and_events_change_nothing(void **state)
{
	struct trial t;
	struct sc_event ev = { "X", NULL };
	const char *const *events;

	(void)state;
	trial_start(&t, two_regions);
	assert_string_equal(
	    sc_select(t.chart, t.arena, t.step.next, &ev, &t.host)[1]->source->id, "m.p.s.c");
	assert_string_equal(trial_active(&t), "m.p.r.a m.p.s.c");
	events = sc_events(t.chart, t.arena, t.step.next);
	assert_string_equal(events[0], "X");
	assert_string_equal(events[1], "OUT");
	assert_null(events[2]);
	trial_end(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_from_inside_out_and_enters_from_outside_in),
		cmocka_unit_test(a_target_inside_the_source_does_not_leave_it_but_reenter_does),
		cmocka_unit_test(exact_then_longer_wildcards_then_the_star),
		cmocka_unit_test(an_empty_transition_takes_the_event_from_those_around),
		cmocka_unit_test(every_region_moves_and_the_parallel_state_is_asked_last),
		cmocka_unit_test(of_two_that_leave_the_same_state_the_first_wins),
		cmocka_unit_test(regions_are_asked_in_order_of_activation),
		cmocka_unit_test(history_is_kept_on_each_exit_shallow_or_deep),
		cmocka_unit_test(a_finished_inner_parallel_state_finishes_the_outer_one),
		cmocka_unit_test(a_done_machine_runs_its_exit_actions_and_hears_nothing_more),
		cmocka_unit_test(
		    always_comes_before_raised_events_and_runs_once_when_it_changes_nothing),
		cmocka_unit_test(a_raised_event_carries_its_data),
		cmocka_unit_test(after_starts_on_entry_and_is_cancelled_on_exit),
		cmocka_unit_test(each_delayed_event_without_an_id_gets_its_own),
		cmocka_unit_test(built_in_guards_look_at_the_configuration),
		cmocka_unit_test(an_endless_chart_is_stopped_and_named),
		cmocka_unit_test(select_and_events_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
