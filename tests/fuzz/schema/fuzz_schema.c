/*
 * Any schema over any value: [schema, value] as JSON.
 */
#include "schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = arena_new();
	const char *why;
	struct error_list errors;
	struct json_object *o = json_read(a, (const char *)bytes, n, &why);
	struct schema *s = NULL;

	error_list_init(&errors, a);
	if (json_object_is_type(o, json_type_array))
		s = schema_compile(json_object_array_get_idx(o, 0), &errors);
	if (s)
		schema_validate(s, json_object_array_get_idx(o, 1), "", &errors);
	schema_free(s);
	arena_free(a);
	return 0;
}
