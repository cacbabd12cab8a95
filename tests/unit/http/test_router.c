/*
 * Routes: methods, parameters, and the two ways not to be found.
 */
#include "../../../src/http/http_priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct arena *a;

static int
setup(void **state)
{
	(void)state;
	a = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static const struct http_route routes[] = {
	{ "GET", "/api/cases", NULL, 0 },
	{ "POST", "/api/cases", NULL, 0 },
	{ "GET", "/api/cases/:id", NULL, 0 },
	{ "POST", "/api/cases/:id/events", NULL, 0 },
	{ "DELETE", "/api/session", NULL, 0 },
	{ "GET", "/feeds/:name", NULL, HTTP_PUBLIC | HTTP_SECRET_PATH },
	{ NULL, NULL, NULL, 0 },
};

static struct http_match
match(const char *method, const char *path)
{
	struct http_match m;

	router_match(a, routes, method, path, &m);
	return m;
}

static void
method_and_path_choose_the_route(void **state)
{
	(void)state;
	assert_ptr_equal(match("GET", "/api/cases").route, &routes[0]);
	assert_ptr_equal(match("POST", "/api/cases").route, &routes[1]);
	assert_ptr_equal(match("HEAD", "/api/cases").route, &routes[0]);
	assert_ptr_equal(match("POST", "/api/cases/7/events").route, &routes[3]);
}

static void
a_secret_path_is_known_by_its_pattern_whatever_the_method(void **state)
{
	(void)state;
	assert_string_equal(match("GET", "/feeds/x.ics").secret_pattern, "/feeds/:name");
	assert_string_equal(match("POST", "/feeds/x.ics").secret_pattern, "/feeds/:name");
	assert_null(match("GET", "/api/cases/7").secret_pattern);
}

static void
parameters_are_decoded(void **state)
{
	(void)state;
	assert_string_equal(pair_get(match("GET", "/api/cases/12").params, "id"), "12");
	assert_string_equal(pair_get(match("GET", "/api/cases/a%2Fb").params, "id"), "a/b");
	assert_string_equal(pair_get(match("GET", "/api/cases/H51.5+1").params, "id"), "H51.5+1");
	assert_true(match("GET", "/api/cases/%zz").is_malformed);
	assert_true(match("GET", "/api/cases/%00").is_malformed);
}

static void
wrong_method_says_which_are_allowed(void **state)
{
	struct http_match m = match("PUT", "/api/cases");

	(void)state;
	assert_true(m.path_exists);
	assert_null(m.route);
	assert_string_equal(m.allow, "GET, HEAD, POST");
	assert_string_equal(match("GET", "/api/session").allow, "DELETE");
}

static void
unknown_paths_are_not_found(void **state)
{
	static const char *const paths[] = { "/api", "/api/", "/api/case", "/api/casess",
		"/api/cases/", "/api/cases//events", "/api/cases/7/", "/api/cases/7/events/1",
		"/api/cases/7/event", "//api/cases", "/api//cases", "/API/cases", "" };

	(void)state;
	for (size_t i = 0; i < LEN(paths); i++)
		assert_false(match("GET", paths[i]).path_exists);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(method_and_path_choose_the_route),
		cmocka_unit_test(parameters_are_decoded),
		cmocka_unit_test(a_secret_path_is_known_by_its_pattern_whatever_the_method),
		cmocka_unit_test(wrong_method_says_which_are_allowed),
		cmocka_unit_test(unknown_paths_are_not_found),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
