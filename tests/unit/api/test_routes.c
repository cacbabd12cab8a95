/*
 * The table of routes against docs/api.md, and against itself.
 */
#include "api.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static const struct api_config cfg;

static void
every_route_is_documented(void **state)
{
	static char page[65536];
	FILE *f = fopen("docs/api.md", "r");

	(void)state;
	assert_non_null(f);
	assert_true(fread(page, 1, sizeof(page) - 1, f) > 0);
	fclose(f);
	for (const struct http_route *r = api_routes(&cfg); r->method; r++)
		if (!strstr(page, r->pattern))
			fail_msg("docs/api.md does not know %s %s", r->method, r->pattern);
}

static void
no_route_stands_twice_and_all_but_feeds_are_below_api(void **state)
{
	const struct http_route *routes = api_routes(&cfg);

	(void)state;
	for (const struct http_route *r = routes; r->method; r++) {
		assert_true(str_starts(r->pattern, "/api/") || str_starts(r->pattern, "/feeds/"));
		assert_non_null(r->handler);
		for (const struct http_route *s = routes; s != r; s++)
			assert_false(
			    str_eq(s->method, r->method) && str_eq(s->pattern, r->pattern));
	}
}

static void
only_what_needs_no_sign_in_is_public(void **state)
{
	static const char *const public[] = { "/api/session", "/feeds/:name", "/api/health",
		"/api/demo/accounts" };
	int count = 0;

	(void)state;
	for (const struct http_route *r = api_routes(&cfg); r->method; r++) {
		bool is_listed = false;

		if (!(r->flags & HTTP_PUBLIC))
			continue;
		count++;
		assert_true(!str_starts(r->pattern, "/feeds/") || r->flags & HTTP_SECRET_PATH);
		for (size_t i = 0; i < LEN(public); i++)
			is_listed |= str_eq(public[i], r -> pattern);
		assert_true(is_listed);
	}
	assert_int_equal(count, LEN(public));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_route_is_documented),
		cmocka_unit_test(no_route_stands_twice_and_all_but_feeds_are_below_api),
		cmocka_unit_test(only_what_needs_no_sign_in_is_public),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
