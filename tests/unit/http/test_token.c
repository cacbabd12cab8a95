/*
 * The sign-in token: only what we signed, with HS256, in its time.
 */
#include "http.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jwt.h>
#include <stdlib.h>
#include <string.h>

static const unsigned char key[33] = "0123456789abcdef0123456789abcdef";
static const unsigned char other_key[33] = "0123456789abcdef0123456789abcdeF";
static const int64_t now_s = 1790000000;
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

static char *
good_token(void)
{
	struct http_token tok = {
		.person = 7, .session = 9, .issued_s = now_s, .expires_s = now_s + 900
	};

	return http_token_make(a, key, 32, &tok);
}

static const char *
wrong(const char *text, int64_t at_s)
{
	struct http_token tok;

	return http_token_read(a, key, 32, text, at_s, &tok);
}

/* A token of any algorithm and claims, as somebody else would make it. */
static char *
foreign_token(jwt_alg_t alg, const unsigned char *with, const char *claims)
{
	jwt_t *jwt;
	char *text, *kept;

	assert_int_equal(jwt_new(&jwt), 0);
	assert_int_equal(jwt_add_grants_json(jwt, claims), 0);
	assert_int_equal(jwt_set_alg(jwt, alg, with, with ? 32 : 0), 0);
	text = jwt_encode_str(jwt);
	kept = arena_strdup(a, text);
	free(text);
	jwt_free(jwt);
	return kept;
}

static const char claims[] =
    "{\"iss\":\"lienthong\",\"sub\":7,\"sid\":9,\"iat\":1790000000,\"exp\":1790000900}";

static void
good_token_says_who_and_which_session(void **state)
{
	struct http_token tok;

	(void)state;
	assert_null(http_token_read(a, key, 32, good_token(), now_s + 899, &tok));
	assert_int_equal(tok.person, 7);
	assert_int_equal(tok.session, 9);
	assert_int_equal(tok.expires_s, now_s + 900);
	assert_null(wrong(foreign_token(JWT_ALG_HS256, key, claims), now_s));
}

static void
token_ends_with_its_time(void **state)
{
	(void)state;
	assert_string_equal(wrong(good_token(), now_s + 900), "expired");
	assert_string_equal(wrong(good_token(), now_s + 100000), "expired");
}

static void
token_from_the_future_is_refused(void **state)
{
	(void)state;
	assert_string_equal(wrong(good_token(), now_s - 3600), "malformed");
}

static void
other_key_is_forged(void **state)
{
	(void)state;
	assert_string_equal(
	    wrong(foreign_token(JWT_ALG_HS256, other_key, claims), now_s), "forged");
}

static void
changed_claims_are_forged(void **state)
{
	char *text = good_token();
	char *payload = strchr(text, '.') + 1;

	(void)state;
	payload[12] = payload[12] == 'A' ? 'B' : 'A';
	assert_non_null(wrong(text, now_s));
	text = good_token();
	text[strlen(text) - 2] ^= 1;
	assert_string_equal(wrong(text, now_s), "forged");
	text = good_token();
	*strrchr(text, '.') = '\0';
	assert_string_equal(wrong(text, now_s), "forged");
}

static void
other_algorithms_are_refused_even_with_our_key(void **state)
{
	(void)state;
	assert_string_equal(wrong(foreign_token(JWT_ALG_NONE, NULL, claims), now_s), "algorithm");
	assert_string_equal(wrong(foreign_token(JWT_ALG_HS384, key, claims), now_s), "algorithm");
	assert_string_equal(wrong(foreign_token(JWT_ALG_HS512, key, claims), now_s), "algorithm");
	/* {"alg":"none","typ":"JWT"} {"sub":1,...} without a signature, and {"alg":"RS256"} */
	assert_string_equal(
	    wrong("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOjF9.", now_s), "algorithm");
	assert_string_equal(wrong("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOjF9.AAAA", now_s), "algorithm");
}

static void
claims_that_are_not_ours_are_refused(void **state)
{
	static const char *const bad[] = {
		"{\"sub\":7,\"sid\":9,\"iat\":1790000000,\"exp\":1790000900}",
		"{\"iss\":\"else\",\"sub\":7,\"sid\":9,\"iat\":1790000000,\"exp\":1790000900}",
		"{\"iss\":\"lienthong\",\"sid\":9,\"iat\":1790000000,\"exp\":1790000900}",
		"{\"iss\":\"lienthong\",\"sub\":\"7\",\"sid\":9,\"iat\":1790000000,\"exp\":"
		"1790000900}",
		"{\"iss\":\"lienthong\",\"sub\":-7,\"sid\":9,\"iat\":1790000000,\"exp\":"
		"1790000900}",
		"{\"iss\":\"lienthong\",\"sub\":7,\"sid\":9,\"exp\":1790000900}",
	};

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++)
		assert_string_equal(
		    wrong(foreign_token(JWT_ALG_HS256, key, bad[i]), now_s), "malformed");
	assert_string_equal(
	    wrong(foreign_token(JWT_ALG_HS256, key,
		      "{\"iss\":\"lienthong\",\"sub\":7,\"sid\":9,\"iat\":1790000000}"),
		now_s),
	    "expired");
}

static void
rubbish_is_malformed(void **state)
{
	char *huge = arena_alloc(a, 5000);

	(void)state;
	memset(huge, 'a', 4999);
	assert_string_equal(wrong(huge, now_s), "malformed");
	assert_string_equal(wrong("", now_s), "malformed");
	assert_string_equal(wrong("...", now_s), "malformed");
	assert_string_equal(wrong("a.b.c", now_s), "malformed");
	assert_string_equal(wrong("W10.W10.AAAA", now_s), "malformed");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_token_says_who_and_which_session),
		cmocka_unit_test(token_ends_with_its_time),
		cmocka_unit_test(token_from_the_future_is_refused),
		cmocka_unit_test(other_key_is_forged),
		cmocka_unit_test(changed_claims_are_forged),
		cmocka_unit_test(other_algorithms_are_refused_even_with_our_key),
		cmocka_unit_test(claims_that_are_not_ours_are_refused),
		cmocka_unit_test(rubbish_is_malformed),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
