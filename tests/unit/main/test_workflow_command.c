/*
 * lienthong workflow: exit statuses, and that mistakes are told with their file and place.
 */
#include "../../../src/main/commands.h"

#include "base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/test-workflow-XXXXXX";
static char out_path[64], err_path[64], file_path[64];
static struct arena *arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new();
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(out_path, sizeof(out_path), "%s/out", folder);
	snprintf(err_path, sizeof(err_path), "%s/err", folder);
	snprintf(file_path, sizeof(file_path), "%s/changed.json", folder);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	unlink(out_path);
	unlink(err_path);
	unlink(file_path);
	arena_free(arena);
	return rmdir(folder);
}

static char *
text_of(const char *path)
{
	FILE *f = fopen(path, "r");
	struct str s;
	char part[4096];
	size_t n;

	str_init(&s, arena);
	assert_non_null(f);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		str_add_n(&s, part, n);
	fclose(f);
	return s.text;
}

static int
redirect(FILE *stream, const char *path)
{
	int saved;

	fflush(stream);
	saved = dup(fileno(stream));
	assert_non_null(freopen(path, "w", stream));
	return saved;
}

static void
restore(FILE *stream, int saved)
{
	fflush(stream);
	dup2(saved, fileno(stream));
	close(saved);
}

/* Runs `lienthong workflow ...`; what it prints stands in out and err. */
static int
run(const char *const *words)
{
	char *argv[10] = { (char *)"workflow" };
	int argc = 1, out, err, status;

	for (; *words; words++)
		argv[argc++] = arena_strdup(arena, *words);
	out = redirect(stdout, out_path);
	err = redirect(stderr, err_path);
	status = cmd_workflow(argc, argv);
	restore(stdout, out);
	restore(stderr, err);
	return status;
}

#define RUN(...) run((const char *const[]){ __VA_ARGS__, NULL })
#define REQUEST "workflows/wf-01.json"

/* A copy of the data request in which a refusal needs no ground. */
static void
write_changed(void)
{
	const char *why = NULL;
	struct json_object *o = json_read_file(arena, REQUEST, &why);
	struct json_object *form = json_path(
	    o, "states.handling.states.work.states.review.on.REFUSE.meta.form");
	FILE *f = fopen(file_path, "w");

	assert_non_null(form);
	assert_non_null(f);
	json_set(form, "required", json_object_new_array());
	fputs(json_text_of(o), f);
	fclose(f);
}

static void
check_proves_a_good_workflow(void **state)
{
	(void)state;
	assert_int_equal(RUN("check", REQUEST), 0);
	assert_non_null(strstr(text_of(out_path), "+ every refusal has a ground"));
	assert_string_equal(text_of(err_path), "");
	assert_int_equal(RUN("check", "--quiet", REQUEST), 0);
	assert_string_equal(text_of(out_path), "");
}

static void
check_tells_a_mistake_with_file_and_place(void **state)
{
	(void)state;
	write_changed();
	assert_int_equal(RUN("check", "--definitions", ".", file_path), 1);
	assert_non_null(strstr(text_of(err_path),
	    arena_printf(arena, "%s:/states/refused: the outcome is \"refused\"", file_path)));
}

static void
check_ends_with_1_for_a_file_that_is_away(void **state)
{
	(void)state;
	assert_int_equal(RUN("check", "no-such-file.json"), 1);
	assert_int_equal(RUN("check"), 2);
}

static void
diff_tells_by_its_status_whether_something_changes(void **state)
{
	(void)state;
	write_changed();
	assert_int_equal(RUN("diff", REQUEST, REQUEST), 0);
	assert_int_equal(RUN("diff", REQUEST, file_path), 1);
	assert_non_null(strstr(text_of(out_path), "REFUSE in \"Review\" (review) no longer needs "
						  "\"Legal ground\""));
	assert_int_equal(RUN("diff", REQUEST, "no-such-file.json"), 2);
	assert_int_equal(RUN("diff", "--lang", "fr", REQUEST, REQUEST), 2);
}

static void
diagram_has_three_formats(void **state)
{
	(void)state;
	assert_int_equal(RUN("diagram", REQUEST, "--format", "dot", "--lang", "en"), 0);
	assert_true(str_starts(text_of(out_path), "digraph"));
	assert_int_equal(RUN("diagram", REQUEST, "--format", "mermaid"), 0);
	assert_true(str_starts(text_of(out_path), "stateDiagram-v2"));
	assert_int_equal(RUN("diagram", REQUEST, "--format", "png"), 2);
}

static void
diagram_as_svg_says_when_graphviz_is_away(void **state)
{
	const char *path = getenv("PATH");

	(void)state;
	assert_int_equal(RUN("diagram", REQUEST), 0);
	assert_non_null(strstr(text_of(out_path), "</svg>"));
	path = arena_strdup(arena, path ? path : "");
	setenv("PATH", folder, 1);
	assert_int_equal(RUN("diagram", REQUEST), 1);
	setenv("PATH", path, 1);
	assert_non_null(strstr(text_of(err_path), "install the package graphviz"));
}

static void
rights_are_a_page_or_data(void **state)
{
	(void)state;
	assert_int_equal(RUN("rights", REQUEST), 0);
	assert_true(str_starts(text_of(out_path), "# Who may do what"));
	assert_int_equal(RUN("rights", "--format", "json", REQUEST), 0);
	assert_non_null(strstr(text_of(out_path), "\"workflow\":\"wf-01\""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check_proves_a_good_workflow),
		cmocka_unit_test(check_tells_a_mistake_with_file_and_place),
		cmocka_unit_test(check_ends_with_1_for_a_file_that_is_away),
		cmocka_unit_test(diff_tells_by_its_status_whether_something_changes),
		cmocka_unit_test(diagram_has_three_formats),
		cmocka_unit_test(diagram_as_svg_says_when_graphviz_is_away),
		cmocka_unit_test(rights_are_a_page_or_data),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
