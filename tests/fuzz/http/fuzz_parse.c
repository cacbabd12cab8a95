/*
 * Whatever a stranger may send in a query, a cookie, a tag or a list: no crash, and what is decoded
 * is UTF-8 without control characters.
 */
#include "../../../src/http/http_priv.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_pairs(const struct http_pair *list)
{
	for (; list; list = list->next)
		if (!utf8_is_valid(list->name, strlen(list->name)) ||
		    !utf8_is_valid(list->value, strlen(list->value)))
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	char *text = arena_strndup(a, (const char *)data, size);
	struct http_pair *list;
	int64_t n;

	if (query_parse(a, text, &list))
		check_pairs(list);
	cookies_parse(a, text, &list);
	if (etag_parse(text, &n) && n < 1)
		abort();
	if (id_parse(text, &n) && n < 1)
		abort();
	is_json_type(text);
	encoding_is_accepted(text, "br");
	idempotency_key_is_valid(text);
	for (int hops = 1; hops < 4; hops++)
		forwarded_for(a, text, hops);
	arena_free(a);
	return 0;
}
