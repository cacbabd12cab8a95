/*
 * What is refused at load, each mistake at its place; what is only refused by the check; names for
 * callers; large and deep machines.
 */
#include "chart_test.h"

#include <time.h>

/* In state `a` of a machine with `a` and `b`: {what it holds, where the mistake is, its code}. */
static const char *const refused[][3] = {
	{ "'on':{'X':'nope'}", "/states/a/on/X", "unknown-target" },
	{ "'on':{'X':'#nope'}", "/states/a/on/X", "unknown-target" },
	{ "'on':{'X':{'target':['b','#nope']}}", "/states/a/on/X/target/1", "unknown-target" },
	{ "'on':{'X':{'target':['a','b']}}", "/states/a/on/X/target", "targets-in-one-region" },
	{ "'on':{'X':{'target':[]}}", "/states/a/on/X/target", "required" },
	{ "'on':{'X':{'target':'b','cond':'g'}}", "/states/a/on/X/cond", "cond" },
	{ "'on':{'X':{'tarjet':'b'}}", "/states/a/on/X/tarjet", "unknown-property" },
	{ "'on':{'':'b'}", "/states/a/on/", "bad-event" },
	{ "'on':{'x*':'b'}", "/states/a/on/x*", "wildcard" },
	{ "'on':{'*.x':'b'}", "/states/a/on/*.x", "wildcard" },
	{ "'on':{'a/b~c':'nope'}", "/states/a/on/a~1b~0c", "unknown-target" },
	{ "'on':{'X':7}", "/states/a/on/X", "type" },
	{ "'on':{'X':{'reenter':'yes'}}", "/states/a/on/X/reenter", "type" },
	{ "'on':{'X':{'guard':{'type':'xstate.and'}}}", "/states/a/on/X/guard",
	    "unknown-built-in" },
	{ "'on':{'X':{'guard':{'type':'xstate.stateIn','params':{'stateId':'#no'}}}}",
	    "/states/a/on/X/guard/params/stateId", "unknown-state" },
	{ "'entry':['go',{'type':'xstate.assign'}]", "/states/a/entry/1", "unknown-built-in" },
	{ "'entry':{'type':'xstate.raise','params':{'event':'X'}}", "/states/a/entry/params/event",
	    "type" },
	{ "'entry':{'type':'xstate.raise','params':{'event':{'type':'X'},'delay':-1}}",
	    "/states/a/entry/params/delay", "type" },
	{ "'after':{'100':'nope'}", "/states/a/after/100", "unknown-target" },
	{ "'after':{'1e3':'b'}", "/states/a/after/1e3", "bad-delay" },
	{ "'after':{'007':'b'}", "/states/a/after/007", "bad-delay" },
	{ "'after':{'100':['b']}", "/states/a/after/100/0", "type" },
	{ "'initial':'x'", "/states/a/initial", "misplaced-property" },
	{ "'states':{'x':{}}", "/states/a/initial", "required" },
	{ "'states':{'x':{}},'initial':'y'", "/states/a/initial", "unknown-initial" },
	{ "'states':{'x':{}},'initial':'x.y'", "/states/a/initial", "unknown-initial" },
	{ "'states':{'x':{'states':{'y.z':{}},'initial':'y.z'}},'initial':'x'",
	    "/states/a/states/x/states/y.z", "bad-key" },
	{ "'states':{'7':{}},'initial':'7'", "/states/a/states/7", "bad-key" },
	{ "'id':'b2'", "/states/b", "duplicate-id" },
	{ "'id':'x.y'", "/states/a/id", "bad-id" },
	{ "'type':'final','on':{'X':'b'}", "/states/a/on", "misplaced-property" },
	{ "'type':'parallel'", "/states/a/states", "required" },
	{ "'type':'endless'", "/states/a/type", "type" },
	{ "'colour':'red'", "/states/a/colour", "unknown-property" },
	{ "'meta':[]", "/states/a/meta", "type" },
	{ "'initial':'x','states':{'x':{},'h':{'type':'history','target':'nope'}}",
	    "/states/a/states/h/target", "unknown-target" },
	{ "'initial':'x','states':{'x':{},'h':{'type':'history','target':'#b2'}}",
	    "/states/a/states/h/target", "history" },
	{ "'initial':'x','states':{'x':{},'h':{'type':'history','history':'middling'}}",
	    "/states/a/states/h/history", "type" },
};

static bool
has_mistake(const struct error_list *errors, const char *pointer, const char *code)
{
	for (const struct error_item *e = errors->first; e; e = e->next)
		if (str_eq(e->pointer, pointer) && str_eq(e->code, code))
			return true;
	for (const struct error_item *e = errors->first; e; e = e->next)
		print_error("instead: %s %s: %s\n", e->pointer, e->code, e->message);
	return false;
}

static void
each_mistake_is_found_at_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(refused); i++) {
		struct trial t;
		struct arena *a = arena_new();

		trial_load(&t,
		    arena_printf(a, "{'id':'m','initial':'a','states':{'a':{%s},'b':{'id':'b2'}}}",
			refused[i][0]));
		if (!has_mistake(&t.errors, refused[i][1], refused[i][2]))
			fail_msg("not found: %s", refused[i][0]);
		trial_end(&t);
		arena_free(a);
	}
}

static void
all_mistakes_are_reported_at_once(void **state)
{
	struct trial t;

	(void)state;
	trial_load(&t,
	    "{'id':'m','initial':'no','states':{'a':{'on':{'X':'p','Y':'q'}},'1':{}},'wrong':1}");
	assert_int_equal(t.errors.count, 5);
	trial_end(&t);
}

static struct sc_chart *
load_strict(struct trial *t, const char *machine)
{
	*t = (struct trial){ .arena = arena_new() };
	error_list_init(&t->errors, t->arena);
	return t->chart = sc_load(quoted(t->arena, machine), &t->errors);
}

static void
the_check_refuses_what_runs_but_cannot_be_meant(void **state)
{
	static const char *const charts[][2] = {
		{ "{'id':'m','initial':'a','states':{'a':{'on':{'X':'f'}},'b':{'on':{'X':'f'}},"
		  "'f':{'type':'final'}}}",
		    "/states/b" },
		{ "{'id':'m','initial':'a','states':{'a':{'on':{'X':'b'}},'b':{'on':{'Y':'b'}}}}",
		    "/states/b" },
		/* its parent is done in the final state only */
		{ "{'id':'m','initial':'p','states':{'p':{'initial':'a','onDone':'f','states':{"
		  "'a':{'on':{'X':'x','Y':'y'}},'x':{},'y':{'type':'final'}}},'f':{'type':'final'}}"
		  "}",
		    "/states/p/states/x" },
		{ "{'id':'m','initial':'a','states':{'a':{'always':'b'},'b':{'always':'a'}}}",
		    NULL },
		{ "{'id':'m','initial':'a','states':{'a':{'initial':'x','on':{'O':'f'},'states':{"
		  "'x':{'on':{'H':'h'}},'h':{'type':'history'}}},'f':{'type':'final'}}}",
		    NULL },
	};

	(void)state;
	for (size_t i = 0; i < LEN(charts); i++) {
		struct trial t;

		assert_null(load_strict(&t, charts[i][0]));
		assert_int_equal(t.errors.count, 1);
		if (charts[i][1])
			assert_string_equal(t.errors.first->pointer, charts[i][1]);
		trial_end(&t);
		trial_load(&t, charts[i][0]);
		assert_non_null(t.chart);
		trial_end(&t);
	}
}

static void
a_waiting_region_is_left_with_its_parallel_state(void **state)
{
	struct trial t;

	(void)state;
	assert_non_null(
	    load_strict(&t, "{'id':'m','initial':'p','states':{'p':{'type':'parallel','states':{"
			    "'r':{'initial':'a','states':{'a':{'on':{'X':'#m.f'}}}},"
			    "'s':{'initial':'w','states':{'w':{}}}}},'f':{'type':'final'}}}"));
	trial_end(&t);
}

static void
collect(void *arg, const char *pointer, const char *type, struct json_object *params)
{
	(void)params;
	str_addf(arg, "%s=%s ", pointer, type);
}

static void
names_of_guards_and_actions_are_shown_but_not_the_built_in_ones(void **state)
{
	struct trial t;
	struct str names;

	(void)state;
	trial_load(&t,
	    "{'id':'m','initial':'a','states':{'a':{'entry':['in',{'type':'xstate.cancel',"
	    "'params':{'id':'t'}}],'on':{'X':[{'guard':{'type':'xstate.not','params':{'guard':'g'}}"
	    ","
	    "'actions':{'type':'do'}},'a']}}}}");
	str_init(&names, t.arena);
	sc_visit_actions(t.chart, collect, &names);
	sc_visit_guards(t.chart, collect, &names);
	assert_string_equal(names.text, "/states/a/entry/0=in /states/a/on/X/0/actions=do "
					"/states/a/on/X/0/guard/params/guard=g ");
	trial_end(&t);
}

/* ---- size ---- */

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* s0 -> s1 -> ... -> the last one is final */
static struct json_object *
long_chain(struct arena *a, int count)
{
	struct str s;

	str_init(&s, a);
	str_add(&s, "{'id':'m','initial':'s0','states':{");
	for (int i = 0; i < count; i++)
		str_addf(&s, "'s%d':{'on':{'NEXT':'s%d'},'entry':'e'},", i, i + 1);
	str_addf(&s, "'s%d':{'type':'final'}}}", count);
	return quoted(a, s.text);
}

static void
ten_thousand_states_load_and_step_in_no_time(void **state)
{
	struct trial t = { .arena = arena_new() };
	double start = seconds();

	(void)state;
	error_list_init(&t.errors, t.arena);
	t.chart = sc_load(long_chain(t.arena, 10000), &t.errors);
	assert_non_null(t.chart);
	assert_int_equal(sc_start(t.chart, t.arena, &t.host, &t.step, &t.why), OK);
	for (int i = 0; i < 100; i++)
		trial_send(&t, "NEXT");
	assert_string_equal(trial_active(&t), "m.s100");
	assert_true(seconds() - start < 5); /* with sanitizers, on a busy machine */
	trial_end(&t);
}

static struct json_object *
many_regions(struct arena *a, int count)
{
	struct str s;

	str_init(&s, a);
	str_add(&s, "{'id':'m','type':'parallel','states':{");
	for (int i = 0; i < count; i++)
		str_addf(&s,
		    "%s'r%d':{'initial':'a','states':{'a':{'on':{'X':'b'}},'b':{'type':'final'}}}",
		    i ? "," : "", i);
	str_add(&s, "}}");
	return quoted(a, s.text);
}

static void
three_thousand_regions_move_at_once(void **state)
{
	struct trial t = { .arena = arena_new() };
	double start = seconds();

	(void)state;
	error_list_init(&t.errors, t.arena);
	t.chart = sc_load(many_regions(t.arena, 3000), &t.errors);
	assert_non_null(t.chart);
	assert_int_equal(sc_start(t.chart, t.arena, &t.host, &t.step, &t.why), OK);
	trial_send(&t, "X");
	assert_true(t.step.is_done);
	assert_true(seconds() - start < 5);
	trial_end(&t);
}

static void
deep_nesting_is_refused(void **state)
{
	struct trial t = { .arena = arena_new() };
	struct json_object *machine = json_object_new_object(), *o = machine;

	(void)state;
	error_list_init(&t.errors, t.arena);
	json_keep(t.arena, machine);
	json_set_str(machine, "id", "m");
	for (int i = 0; i < 300; i++) {
		struct json_object *states = json_object_new_object(),
				   *child = json_object_new_object();

		json_set_str(o, "initial", "a");
		json_set(o, "states", states);
		json_set(states, "a", child);
		o = child;
	}
	assert_null(sc_load(machine, &t.errors));
	assert_string_equal(t.errors.first->code, "too-deep");
	trial_end(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_mistake_is_found_at_its_place),
		cmocka_unit_test(all_mistakes_are_reported_at_once),
		cmocka_unit_test(the_check_refuses_what_runs_but_cannot_be_meant),
		cmocka_unit_test(a_waiting_region_is_left_with_its_parallel_state),
		cmocka_unit_test(names_of_guards_and_actions_are_shown_but_not_the_built_in_ones),
		cmocka_unit_test(ten_thousand_states_load_and_step_in_no_time),
		cmocka_unit_test(three_thousand_regions_move_at_once),
		cmocka_unit_test(deep_nesting_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
