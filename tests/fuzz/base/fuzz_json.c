/*
 * Whatever json_read accepts, its canonical form reads back as the same value and is its own
 * canonical form.
 */
#include "base.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	const char *why, *text, *bytes = size ? (const char *)data : "";
	struct json_object *o = json_read(a, bytes, size, &why), *again;

	if (!why) {
		text = json_canonical(a, o);
		assert(utf8_is_valid(text, strlen(text)));
		again = json_read(a, text, strlen(text), &why);
		assert(!why && json_equal(o, again));
		assert(strcmp(text, json_canonical(a, again)) == 0);
		assert(json_equal(o, json_copy(a, o)));
		text = json_text_of(o);
		assert(json_equal(o, json_read(a, text, strlen(text), &why)) && !why);
	}
	if (utf8_is_valid(bytes, size)) {
		text = text_fold(a, arena_strndup(a, bytes, size));
		assert(strcmp(text, text_fold(a, text)) == 0);
	}
	arena_free(a);
	return 0;
}
