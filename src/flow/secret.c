/*
 * Secrets that are a right by themselves: of a session's cookie, of a feed's address.
 */
#include "flow_db.h"

#include <sodium.h>
#include <string.h>

char *
secret_new(struct arena *a)
{
	unsigned char random[32];
	size_t size = sodium_base64_encoded_len(
	    sizeof(random), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *secret = arena_alloc(a, size);

	randombytes_buf(random, sizeof(random));
	sodium_bin2base64(
	    secret, size, random, sizeof(random), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return secret;
}

const char *
secret_hash(struct arena *a, const char *secret)
{
	char *hex = arena_alloc(a, 65);

	sha256_hex(secret, strlen(secret), hex);
	return hex;
}
