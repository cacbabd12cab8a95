/*
 * The configuration file: what is read, what stops the start and with which words.
 */
#include "../../../src/main/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <unistd.h>

static struct arena *arena;
static char path[] = "/tmp/lienthong-config-XXXXXX";

static int
open_all(void **state)
{
	(void)state;
	arena = arena_new();
	close(mkstemp(path));
	return 0;
}

static int
close_all(void **state)
{
	(void)state;
	unlink(path);
	arena_free(arena);
	return 0;
}

static struct error_list
read_config(const char *text, struct config *cfg)
{
	struct error_list errors;
	FILE *f = fopen(path, "w");
	bool is_read;

	fputs(text, f);
	fclose(f);
	error_list_init(&errors, arena);
	is_read = config_read(arena, path, cfg, &errors);
	assert_int_equal(is_read, errors.count == 0);
	return errors;
}

static void
an_empty_file_gives_the_defaults(void **state)
{
	struct config cfg;

	(void)state;
	assert_int_equal(read_config("", &cfg).count, 0);
	assert_int_equal(cfg.http.port, 8080);
	assert_int_equal(cfg.http.body_max, 1048576);
	assert_int_equal(cfg.db.pool_size, 16);
	assert_null(cfg.db.socket);
	assert_string_equal(cfg.flow.province, "STG");
	assert_string_equal(cfg.flow.base_url, "http://127.0.0.1:8080");
	assert_int_equal(cfg.log_level, LOG_INFO);
	assert_false(cfg.is_demo);
}

static void
keys_are_set_and_space_is_trimmed(void **state)
{
	struct config cfg;

	(void)state;
	assert_int_equal(read_config("# a comment\n\n  listen_port=9000  \n"
				     "database_password = a = b # c\ndemo = yes\nlog_level=debug\n"
				     "base_url = https://x.vn",
			     &cfg)
			     .count,
	    0);
	assert_int_equal(cfg.http.port, 9000);
	assert_string_equal(cfg.db.password, "a = b # c");
	assert_true(cfg.flow.is_demo && cfg.jobs.is_demo && cfg.api.is_demo);
	assert_int_equal(cfg.log_level, LOG_DEBUG);
	assert_string_equal(cfg.flow.base_url, "https://x.vn");
}

static void
each_mistake_is_named_with_its_line(void **state)
{
	static const struct {
		const char *text, *line, *message;
	} cases[] = {
		{ "\nlisten_prot = 1", ":2", "unknown key \"listen_prot\"" },
		{ "listen_port = 65536", ":1",
		    "listen_port must be a number from 0 to 65535, not \"65536\"" },
		{ "workers = two", ":1", "workers must be a number from 1 to 64, not \"two\"" },
		{ "workers =", ":1", "workers must be a number from 1 to 64, not \"\"" },
		{ "demo = true", ":1", "demo must be yes or no, not \"true\"" },
		{ "demo", ":1", "expected key = value" },
		{ "demo = no\ndemo = yes", ":2", "demo was given in line 1 already" },
	};
	struct config cfg;

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct error_list errors = read_config(cases[i].text, &cfg);

		assert_int_equal(errors.count, 1);
		assert_string_equal(errors.first->message, cases[i].message);
		assert_string_equal(
		    errors.first->pointer, arena_printf(arena, "%s%s", path, cases[i].line));
	}
}

static void
a_missing_file_is_refused(void **state)
{
	struct error_list errors;
	struct config cfg;

	(void)state;
	error_list_init(&errors, arena);
	assert_false(config_read(arena, "/nowhere/lienthong.conf", &cfg, &errors));
	assert_string_equal(errors.first->message, "No such file or directory");
}

static void
what_config_prints_reads_as_the_defaults(void **state)
{
	struct config cfg;
	char text[16384] = "";
	FILE *f = fmemopen(text, sizeof text, "w");

	(void)state;
	config_print_help(f);
	fclose(f);
	assert_int_equal(read_config(text, &cfg).count, 0);
	assert_int_equal(cfg.workers, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_file_gives_the_defaults),
		cmocka_unit_test(keys_are_set_and_space_is_trimmed),
		cmocka_unit_test(each_mistake_is_named_with_its_line),
		cmocka_unit_test(a_missing_file_is_refused),
		cmocka_unit_test(what_config_prints_reads_as_the_defaults),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
