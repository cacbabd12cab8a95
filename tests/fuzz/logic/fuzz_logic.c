/*
 * Any rule over any data: [rule, data] as JSON.
 */
#include "logic.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = arena_new();
	const char *why;
	struct error_list errors;
	struct json_object *o = json_read(a, (const char *)bytes, n, &why);

	error_list_init(&errors, a);
	if (json_object_is_type(o, json_type_array)) {
		struct json_object *rule = json_object_array_get_idx(o, 0);
		logic_check(rule, "", &errors);
		logic_truthy(logic_apply(a, rule, json_object_array_get_idx(o, 1), &why));
	}
	arena_free(a);
	return 0;
}
