/*
 * A snapshot goes to JSON and comes back the same, in another process too; what is no configuration
 * of the chart is refused.
 */
#include "chart_test.h"

static const char machine[] =
    "{'id':'m','initial':'z','states':{'z':{'on':{'IN':'p','BACK':'p.h'}},"
    "'p':{'type':'parallel','on':{'OUT':'z'},'states':{"
    "'r':{'initial':'a','states':{'a':{'on':{'X':'b'}},'b':{}}},"
    "'s':{'initial':'c','states':{'c':{'on':{'Y':'d'}},'d':{}}},"
    "'h':{'type':'history','history':'deep'}}}}}";

static void
round_trip(struct trial *t)
{
	struct json_object *o = sc_snapshot_json(t->chart, t->arena, t->step.next);
	const char *text = json_canonical(t->arena, o), *why;
	struct sc_snapshot *back = sc_snapshot_restore(
	    t->chart, t->arena, json_read(t->arena, text, strlen(text), &why), &why);

	if (!back)
		fail_msg("%s: %s", why, text);
	assert_string_equal(
	    json_canonical(t->arena, sc_snapshot_json(t->chart, t->arena, back)), text);
	t->step.next = back;
}

static void
configuration_order_and_history_come_back(void **state)
{
	static const char *const events[] = { "IN", "X", "Y", "OUT", "BACK" };
	struct trial t;

	(void)state;
	trial_start(&t, machine);
	for (size_t i = 0; i < LEN(events); i++) {
		trial_send(&t, events[i]);
		round_trip(&t);
	}
	assert_string_equal(trial_active(&t), "m.p.r.b m.p.s.d");
	trial_end(&t);
}

static void
the_end_comes_back(void **state)
{
	struct trial t;

	(void)state;
	trial_start(&t, "{'id':'m','initial':'f','states':{'f':{'type':'final'}}}");
	round_trip(&t);
	assert_true(sc_is_done(t.chart, t.step.next));
	trial_end(&t);
}

static void
active_ids_alone_are_enough(void **state)
{
	struct trial t;
	const char *why;

	(void)state;
	trial_start(&t, machine);
	t.step.next = sc_snapshot_restore(
	    t.chart, t.arena, quoted(t.arena, "{'active':['m.p.s.d','m.p.r.a']}"), &why);
	assert_string_equal(trial_active(&t), "m.p.r.a m.p.s.d");
	trial_end(&t);
}

static void
what_is_no_configuration_is_refused(void **state)
{
	static const char *const bad[] = {
		"{}", "[]", "{'active':[]}", "{'active':'m.z'}", "{'active':[7]}",
		"{'active':['nope']}", "{'active':['m.p']}", /* a region is missing */
		"{'active':['m.p.r.a']}",                    /* another one is */
		"{'active':['m.z','m.p.r.a','m.p.s.c']}",    /* two children of the root */
		"{'active':['m.p.h']}", "{'active':['m.z'],'order':['m.p']}",
		"{'active':['m.z'],'order':['m']}", "{'active':['m.z'],'history':{'m.z':['m.z']}}",
		"{'active':['m.z'],'history':{'m.p.h':['m.z']}}",
		"{'active':['m.z'],'history':{'m.p.h':['m.p.r.a']}}", /* half of the regions */
		"{'active':['m.z'],'history':{'m.p.h':[]}}",
		"{'active':['m.z'],'history':{'m.p.h':['m.p.r','m.p.s']}}", /* deep keeps leaves */
	};
	struct trial t;
	const char *why;

	(void)state;
	trial_start(&t, machine);
	for (size_t i = 0; i < LEN(bad); i++) {
		why = NULL;
		if (sc_snapshot_restore(t.chart, t.arena, quoted(t.arena, bad[i]), &why))
			fail_msg("taken: %s", bad[i]);
		assert_non_null(why);
	}
	trial_end(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(configuration_order_and_history_come_back),
		cmocka_unit_test(the_end_comes_back),
		cmocka_unit_test(active_ids_alone_are_enough),
		cmocka_unit_test(what_is_no_configuration_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
