/*
 * Pictures of a chart: frames, titles, timers, and texts that would break the picture's own
 * language.
 */
#include "fixture.h"

static const char machine[] =
    "{\"id\": \"m\", \"initial\": \"draft\", \"states\": {"
    "\"draft\": {\"id\": \"draft\", \"meta\": {\"title\": {\"vi\": \"Soạn\", \"en\": \"A "
    "\\\"draft\\\"\"},"
    "  \"task\": {\"post\": \"head\", \"of\": \"owner\", \"term\": \"t.sign\"}},"
    "  \"on\": {\"SEND\": {\"target\": \"both\", \"meta\": {\"title\": {\"vi\": \"Gửi\", \"en\": "
    "\"Send: now;\"},"
    "    \"by\": [{\"post\": \"head\", \"of\": \"owner\"}]}}},"
    "  \"after\": {\"t.sign\": {\"target\": \"closed\"}}},"
    "\"both\": {\"id\": \"both\", \"type\": \"parallel\", \"onDone\": \"closed\", \"states\": {"
    "  \"a\": {\"id\": \"a\", \"initial\": \"a1\", \"states\": {\"a1\": {\"on\": {\"A\": \"a2\"}}, "
    "\"a2\": {\"type\": \"final\"}}},"
    "  \"b\": {\"id\": \"b\", \"initial\": \"b1\", \"states\": {\"b1\": {\"on\": {\"B\": \"b2\"}}, "
    "\"b2\": {\"type\": \"final\"}}}}},"
    "\"closed\": {\"id\": \"closed\", \"type\": \"final\"}}}";

static struct sc_chart *
chart(void)
{
	struct error_list errors;
	struct sc_chart *c;

	error_list_init(&errors, arena);
	c = sc_load(json(machine), &errors);
	assert_non_null(c);
	return c;
}

static void
assert_has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no %s in\n%s", part, text);
}

static void
dot_has_frames_titles_and_dashed_timers(void **state)
{
	struct sc_chart *c = chart();
	char *dot = diagram_dot(law, c, "en", arena);

	(void)state;
	assert_has(dot, "subgraph \"cluster_both\"");
	assert_has(dot, "subgraph \"cluster_a\"");
	assert_has(dot, "A \\\"draft\\\"\\nHead of agency, agency asked\\nt.sign");
	assert_has(dot, "\"draft\" -> \"closed\" [label=\" t.sign \", style=dashed");
	assert_has(dot, "\"draft\" -> \"start of both\" [label=\" Send: now; \\n SEND \"");
	assert_has(dot, "ltail=\"cluster_both\"");
	sc_free(c);
}

static void
dot_speaks_the_language_asked_for_and_does_without_the_law(void **state)
{
	struct sc_chart *c = chart();
	char *dot = diagram_dot(NULL, c, "vi", arena);

	(void)state;
	assert_has(dot, "Soạn\\nhead of the owner");
	assert_has(dot, "Gửi");
	sc_free(c);
}

static void
mermaid_has_regions_and_escapes_what_it_would_read_itself(void **state)
{
	struct sc_chart *c = chart();
	char *text = diagram_mermaid(c, "en", arena);

	(void)state;
	assert_true(str_starts(text, "stateDiagram-v2\n"));
	assert_has(text, "state \"A #34;draft#34;\" as s1_draft");
	assert_has(text, "s1_draft --> s2_both: Send#58; now#59;");
	assert_has(text, "--\n");
	assert_has(text, "s9_closed --> [*]");
	sc_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dot_has_frames_titles_and_dashed_timers),
		cmocka_unit_test(dot_speaks_the_language_asked_for_and_does_without_the_law),
		cmocka_unit_test(mermaid_has_regions_and_escapes_what_it_would_read_itself),
	};

	return fixture_actors() ? cmocka_run_group_tests(tests, open_law, close_law) : 1;
}
