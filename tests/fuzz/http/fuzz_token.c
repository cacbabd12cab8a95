/*
 * No text that we did not sign is a token.
 */
#include "http.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char key[33] = "0123456789abcdef0123456789abcdef";
	struct arena *a = arena_new();
	struct http_token tok;

	if (!http_token_read(a, key, 32, arena_strndup(a, (const char *)data, size), 1, &tok))
		abort();
	arena_free(a);
	return 0;
}
