/*
 * The sign-in token: a JWT signed with HS256 and nothing else. libjwt checks the signature only,
 * so the algorithm is pinned and the times are checked here.
 */
#include "http_priv.h"

#include <jwt.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const char issuer[] = "lienthong";
#define TOKEN_SIZE_MAX 1024
#define CLOCK_SKEW_S 60

static void
token_fill(jwt_t *jwt, const struct http_token *tok)
{
	jwt_add_grant(jwt, "iss", issuer);
	jwt_add_grant_int(jwt, "sub", (long)tok->person);
	jwt_add_grant_int(jwt, "sid", (long)tok->session);
	jwt_add_grant_int(jwt, "iat", (long)tok->issued_s);
	jwt_add_grant_int(jwt, "exp", (long)tok->expires_s);
}

char *
http_token_make(
    struct arena *a, const unsigned char *key, size_t key_len, const struct http_token *tok)
{
	jwt_t *jwt;
	char *text, *kept;

	if (jwt_new(&jwt) != 0 || jwt_set_alg(jwt, JWT_ALG_HS256, key, (int)key_len) != 0)
		abort();
	token_fill(jwt, tok);
	text = jwt_encode_str(jwt);
	if (!text)
		abort();
	kept = arena_strdup(a, text);
	free(text);
	jwt_free(jwt);
	return kept;
}

/* The first part of the token, before anything is trusted: NULL when it is no JSON object. */
static struct json_object *
token_head(struct arena *a, const char *text)
{
	size_t n = strcspn(text, "."), size;
	char *bytes = arena_alloc(a, n + 1);
	struct json_object *head;
	const char *why;

	if (sodium_base642bin((unsigned char *)bytes, n, text, n, NULL, &size, NULL,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return NULL;
	head = json_read(a, bytes, size, &why);
	return json_object_is_type(head, json_type_object) ? head : NULL;
}

static const char *
token_claims(jwt_t *jwt, int64_t now_s, struct http_token *tok)
{
	tok->person = jwt_get_grant_int(jwt, "sub");
	tok->session = jwt_get_grant_int(jwt, "sid");
	tok->issued_s = jwt_get_grant_int(jwt, "iat");
	tok->expires_s = jwt_get_grant_int(jwt, "exp");
	if (!str_eq(jwt_get_grant(jwt, "iss"), issuer) || tok->person <= 0 || tok->session <= 0)
		return "malformed";
	if (tok->issued_s <= 0 || tok->issued_s > now_s + CLOCK_SKEW_S)
		return "malformed";
	return tok->expires_s <= now_s ? "expired" : NULL;
}

const char *
http_token_read(struct arena *a, const unsigned char *key, size_t key_len, const char *text,
    int64_t now_s, struct http_token *tok)
{
	struct json_object *head;
	const char *wrong;
	jwt_t *jwt;

	/* libjwt would take any algorithm for which the key fits */
	if (strlen(text) > TOKEN_SIZE_MAX || !(head = token_head(a, text)))
		return "malformed";
	if (!str_eq(json_str(head, "alg"), "HS256"))
		return "algorithm";
	if (jwt_decode(&jwt, text, key, (int)key_len) != 0)
		return "forged";
	wrong = jwt_get_alg(jwt) == JWT_ALG_HS256 ? token_claims(jwt, now_s, tok) : "algorithm";
	jwt_free(jwt);
	return wrong;
}
