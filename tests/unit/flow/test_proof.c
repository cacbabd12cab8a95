/*
 * What is proved of a workflow, on small ones: each has one thing wrong or one number to find.
 */
#include "small_workflow.h"

struct result {
	struct proof proof;
	struct error_list errors;
};

static struct result
prove(struct json_object *o)
{
	struct workflow *w = loaded(o);
	struct result r;

	proof_init(&r.proof, arena);
	error_list_init(&r.errors, arena);
	workflow_prove(w, law, &r.proof, &r.errors);
	workflow_free(w);
	return r;
}

static bool
says(const struct result *r, enum proof_kind kind, const char *part)
{
	for (int i = 0; i < r->proof.count; i++)
		if (r->proof.lines[i].kind == kind && strstr(r->proof.lines[i].text, part))
			return true;
	return false;
}

static void
assert_says(const struct result *r, enum proof_kind kind, const char *part)
{
	if (says(r, kind, part))
		return;
	for (int i = 0; i < r->proof.count; i++)
		print_error("%d %s\n", r->proof.lines[i].kind, r->proof.lines[i].text);
	for (const struct error_item *e = r->errors.first; e; e = e->next)
		print_error("! %s %s\n", e->pointer, e->message);
	fail_msg("not said: %s", part);
}

static void
assert_mistake(const struct result *r, const char *pointer, const char *code)
{
	for (const struct error_item *e = r->errors.first; e; e = e->next)
		if (str_eq(e->pointer, pointer) && str_eq(e->code, code))
			return;
	for (const struct error_item *e = r->errors.first; e; e = e->next)
		print_error("! %s %s %s\n", e->pointer, e->code, e->message);
	fail_msg("no mistake %s at %s", code, pointer);
}

/* ---- states and ends ---- */

static void
a_compound_state_that_nobody_leaves_is_a_mistake(void **state)
{
	struct result r = prove(machine("m", "",
	    "\"first\": {" META ", \"on\": {\"IN\": " GO("loop") ", \"END\": " GO(
		"end") "}},"
		       "\"loop\": {" META ", \"initial\": \"a\", \"states\": {"
		       "  \"a\": {" META
		       ", \"on\": {\"B\": " GO("b") "}},"
						    "  \"b\": {" META ", \"on\": {\"A\": " GO(
							"a") "}}}},"
							     "\"end\": " END("done")));

	(void)state;
	assert_mistake(&r, "/states/loop/states/a", "no-end");
	assert_mistake(&r, "/states/loop/states/b", "no-end");
}

/* The event that enters it is always taken by the region beside it, which leaves both. */
static void
a_state_that_only_the_search_finds_unreachable_is_a_mistake(void **state)
{
	struct result r = prove(machine("m", "",
	    "\"first\": {" META ", \"on\": {\"GO\": " GO(
		"never") "}, \"initial\": \"x\", "
			 "  \"states\": {\"x\": {" META ", \"on\": {\"GO\": " GO(
			     "#m.end") "}}}},"
				       "\"never\": {" META
				       ", \"on\": {\"END\": " GO("end") "}},"
									"\"end\": " END("done")));

	(void)state;
	assert_mistake(&r, "/states/never", "unreachable");
}

#define GUARD(rule) "\"guard\": {\"type\": \"logic\", \"params\": {\"rule\": " rule "}}"

static void
an_end_behind_a_guard_is_not_called_proved(void **state)
{
	struct result r = prove(machine("m", "",
	    "\"first\": {" META ", \"on\": {\"END\": {\"target\": \"end\", " GUARD(
		"{\"var\": \"case.paid\"}") ", " BY "}}},"
					    "\"end\": " END("done")));

	(void)state;
	assert_int_equal(r.errors.count, 0);
	assert_says(&r, PROOF_OPEN, "in 1 of 2 configurations only if guards");
	assert_says(&r, PROOF_OPEN, "needs a guard: m.first");
}

static void
a_guard_with_an_alternative_is_no_obstacle(void **state)
{
	struct result r = prove(machine("m", "",
	    "\"first\": {" META ", \"on\": {\"END\": [{\"target\": \"end\", " GUARD(
		"{\"var\": \"case.paid\"}") ", " BY
					    "}, " GO(
						"other") "]}},"
							 "\"end\": " END(
							     "done") ", \"other\": " END("other")));

	(void)state;
	assert_says(&r, PROOF_HOLDS, "leads to an end, whatever the guards say");
}

static void
an_end_that_another_case_brings_is_named(void **state)
{
	struct result r = prove(machine("m", "",
	    "\"first\": {" META ", \"on\": {\"TOLD\": {\"target\": \"end\", \"meta\": {" TITLE
	    ", \"told\": true}}}}, \"end\": " END("done")));

	(void)state;
	assert_says(&r, PROOF_NOTE, "in 1 of 2 configurations only what another case tells");
}

/* Sixteen regions of three states each: 3^16 configurations. */
static void
what_is_too_large_to_search_is_not_called_proved(void **state)
{
	struct str regions;
	struct result r;

	(void)state;
	str_init(&regions, arena);
	for (int i = 0; i < 16; i++)
		str_addf(&regions,
		    "%s\"r%d\": {" META ", \"initial\": \"a\", \"states\": {"
		    "\"a\": {" META ", \"on\": {\"E%d\": " GO(
			"b") "}},"
			     "\"b\": {" META ", \"on\": {\"E%d\": " GO(
				 "c") "}},"
				      "\"c\": {\"type\": \"final\", " META "}}}",
		    i ? "," : "", i, i, i);
	r = prove(machine("m", "",
	    arena_printf(arena,
		"\"first\": {\"type\": \"parallel\", " META ", \"states\": {%s}, \"onDone\": "
		"{\"target\": \"end\", " META "}}, \"end\": " END("done"),
		regions.text)));
	assert_int_equal(r.errors.count, 0);
	assert_says(&r, PROOF_OPEN, "not proved: the search was given up after");
	assert_says(&r, PROOF_OPEN, "not proved that every open state leads to an end");
	assert_says(&r, PROOF_OPEN, "the longest time is not known");
}

/* ---- grounds ---- */

#define GROUND_FORM(required)                                                                      \
	"\"form\": {\"type\": \"object\", \"additionalProperties\": false, " required              \
	"\"properties\": {\"ground\": {\"type\": \"string\", \"x-widget\": \"ground\", "           \
	"\"x-grounds\": \"refusal\", \"x-title\": {\"vi\": \"a\", \"en\": \"a\"}}}}"
#define PROPOSE(required)                                                                          \
	"{\"target\": \"second\", \"meta\": {" TITLE                                               \
	", \"by\": [{\"post\": \"head\", \"of\": \"owner\"}], " GROUND_FORM(required) "}}"

static void
a_ground_may_be_stated_on_the_way_to_the_refusal(void **state)
{
	struct result r = prove(machine("m", "",
	    "\"first\": {" META ", \"on\": {\"PROPOSE\": " PROPOSE(
		"\"required\": [\"ground\"], ") "}},"
						"\"second\": {" META ", \"on\": {\"CONFIRM\": " GO(
						    "refused") "}},"
							       "\"refused\": " END("refused")));

	(void)state;
	assert_int_equal(r.errors.count, 0);
	assert_says(&r, PROOF_HOLDS, "every refusal has a ground");
}

static void
a_way_to_a_refusal_around_the_ground_is_a_mistake(void **state)
{
	struct result r = prove(machine("m", "",
	    "\"first\": {" META
	    ", \"on\": {\"PROPOSE\": " PROPOSE("\"required\": [\"ground\"], ") ", \"SKIP\": " GO(
		"second") "}},"
			  "\"second\": {" META
			  ", \"on\": {\"CONFIRM\": " GO("refused") "}},"
								   "\"refused\": " END("refused")));

	(void)state;
	assert_mistake(&r, "/states/refused", "ground");
	assert_non_null(strstr(r.errors.first->message, "SKIP, CONFIRM"));
}

static void
a_ground_that_may_be_left_out_is_none(void **state)
{
	struct result r = prove(machine("m", "",
	    "\"first\": {" META ", \"on\": {\"PROPOSE\": " PROPOSE(
		"") "}},"
		    "\"second\": {" META
		    ", \"on\": {\"CONFIRM\": " GO("refused") "}},"
							     "\"refused\": " END("refused")));

	(void)state;
	assert_mistake(&r, "/states/refused", "ground");
}

/* ---- tasks and terms ---- */

static void
a_term_without_an_action_is_a_mistake(void **state)
{
	struct result r = prove(machine("m", "\"request.sign\"",
	    "\"first\": {" STATE(TASK("request.sign")) ", \"on\": {\"END\": " GO(
		"end") "}},"
		       "\"end\": " END("done")));

	(void)state;
	assert_mistake(&r, "/meta/terms/0", "no-action");
}

/* Only the owner sees these cases. */
static void
who_has_to_act_and_does_not_see_the_case_is_a_mistake(void **state)
{
	struct result r = prove(machine("m", "",
	    "\"first\": {" META ", \"on\": {\"END\": {\"target\": \"end\", \"meta\": {" TITLE
	    ", \"by\": [{\"post\": \"head\", \"of\": \"owner\"}, {\"post\": \"head\", \"of\": "
	    "\"police\"}]"
	    "}}}}, \"end\": " END("done")));

	(void)state;
	assert_int_equal(r.errors.count, 1);
	assert_mistake(&r, "/states/first/on/END/meta/by/1", "sight");
}

static void
a_state_without_a_term_is_named_as_unbounded(void **state)
{
	struct result r = prove(machine("m", "",
	    "\"first\": {" META ", \"on\": {\"END\": " GO("end") "}}, \"end\": " END("done")));

	(void)state;
	assert_says(&r, PROOF_NOTE, "nothing bounds the wait in m.first");
}

/* ---- the longest time ---- */

/* request.sign: 2, request.fix: 3, request.test: 5 working days, under every regime. */
static void
waits_one_after_the_other_add_up(void **state)
{
	struct result r = prove(machine("m", "\"request.sign\", \"request.fix\"",
	    "\"first\": {" STATE(TASK("request.sign")) ", \"on\": {\"GO\": " GO(
		"second") ", \"SKIP\": " GO("end") "}, " AFTER("request.sign",
		"second") "},"
			  "\"second\": {" STATE(TASK("request.fix")) ", \"on\": {\"END\": " GO(
			      "end") ", \"BACK\": " GO("first") "}, " AFTER("request.fix",
			      "end") "},"
				     "\"end\": " END("done")));

	(void)state;
	assert_says(&r, PROOF_HOLDS, "a decision after 5 working days at most");
	assert_says(&r, PROOF_NOTE, "a circle, not gone round in these sums: m.first, m.second");
}

static void
waits_beside_each_other_do_not_add_up(void **state)
{
	struct result r = prove(machine("m", "\"request.test\", \"request.fix\"",
	    "\"first\": {\"type\": \"parallel\", " META ", \"onDone\": {\"target\": \"end\", " META
	    "},"
	    " \"states\": {"
	    "  \"a\": {" META ", \"initial\": \"a1\", \"states\": {\"a1\": {" STATE(
		TASK("request.test")) ", \"on\": {\"A\": " GO("a2") "}, " AFTER("request.test",
		"a2") "},"
		      "   \"a2\": {\"type\": \"final\", " META "}}},"
		      "  \"b\": {" META ", \"initial\": \"b1\", \"states\": {\"b1\": {" STATE(TASK(
			  "request.fix")) ", \"on\": {\"B\": " GO("b2") "}, " AFTER("request.fix",
			  "b2") "},"
				"   \"b2\": {\"type\": \"final\", " META "}}}}},"
				"\"end\": " END("done")));

	(void)state;
	assert_says(&r, PROOF_HOLDS, "a decision after 5 working days at most");
}

static struct json_object *
data_request(void)
{
	const char *why = NULL;

	return json_read_file(arena, "workflows/wf-01.json", &why);
}

/* Signing 2, the account 5 or 2 from receipt, asking once for information 3 more,
 * and an extension by half of the account. */
static void
the_data_request_takes_what_the_law_allows(void **state)
{
	struct result r = prove(data_request());

	(void)state;
	assert_int_equal(r.errors.count, 0);
	assert_says(&r, PROOF_HOLDS,
	    "VN-ND47-2020: a decision after 12 working days at most: internal_sign (request.sign)");
	assert_says(
	    &r, PROOF_HOLDS, "VN-ND278-2025, VN-ND47-194: a decision after 8 working days at most");
	assert_says(&r, PROOF_HOLDS, "VN-ND47-2020: the end after 20 working days at most");
	assert_says(&r, PROOF_NOTE,
	    "VN-ND278-2025, VN-ND47-194: every extension is counted in: request.account by 1 "
	    "working day");
	assert_says(&r, PROOF_NOTE,
	    "VN-ND47-2020: every extension is counted in: request.account by 2 working days");
	assert_says(&r, PROOF_NOTE, "not gone round in these sums: internal_sign, correcting");
	assert_says(&r, PROOF_HOLDS, "leads to an end, whatever the guards say");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_compound_state_that_nobody_leaves_is_a_mistake),
		cmocka_unit_test(a_state_that_only_the_search_finds_unreachable_is_a_mistake),
		cmocka_unit_test(an_end_behind_a_guard_is_not_called_proved),
		cmocka_unit_test(a_guard_with_an_alternative_is_no_obstacle),
		cmocka_unit_test(an_end_that_another_case_brings_is_named),
		cmocka_unit_test(what_is_too_large_to_search_is_not_called_proved),
		cmocka_unit_test(a_ground_may_be_stated_on_the_way_to_the_refusal),
		cmocka_unit_test(a_way_to_a_refusal_around_the_ground_is_a_mistake),
		cmocka_unit_test(a_ground_that_may_be_left_out_is_none),
		cmocka_unit_test(a_term_without_an_action_is_a_mistake),
		cmocka_unit_test(who_has_to_act_and_does_not_see_the_case_is_a_mistake),
		cmocka_unit_test(a_state_without_a_term_is_named_as_unbounded),
		cmocka_unit_test(waits_one_after_the_other_add_up),
		cmocka_unit_test(waits_beside_each_other_do_not_add_up),
		cmocka_unit_test(the_data_request_takes_what_the_law_allows),
	};

	return fixture_actors() ? cmocka_run_group_tests(tests, open_law, close_law) : 1;
}
