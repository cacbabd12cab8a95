/*
 * References within a schema: JSON pointers (RFC 6901, percent-encoded) and anchors.
 */
#include "schema_priv.h"

#include <stdlib.h>
#include <string.h>

static int
hex(char c)
{
	const char *digits = "0123456789abcdef", *p = c ? strchr(digits, c | 0x20) : NULL;

	return p && ((c >= '0' && c <= '9') || (c | 0x20) >= 'a') ? (int)(p - digits) : -1;
}

/* Undoes %25, and in pointers ~1 and ~0, in place. */
static void
unescape(char *text)
{
	char *to = text;

	for (const char *from = text; *from; to++) {
		if (*from == '%' && hex(from[1]) >= 0 && hex(from[2]) >= 0) {
			*to = (char)(hex(from[1]) * 16 + hex(from[2]));
			from += 3;
		} else
			*to = *from++;
	}
	*to = '\0';
	to = text;
	for (const char *from = text; *from; to++) {
		if (*from == '~' && (from[1] == '0' || from[1] == '1')) {
			*to = from[1] == '1' ? '/' : '~';
			from += 2;
		} else
			*to = *from++;
	}
	*to = '\0';
}

static struct json_object *
step(struct json_object *o, const char *key)
{
	char *end;
	unsigned long i;

	if (json_object_is_type(o, json_type_object))
		return json_get(o, key);
	if (!json_object_is_type(o, json_type_array) || !*key)
		return NULL;
	i = strtoul(key, &end, 10);
	return *end || i >= json_object_array_length(o) ? NULL : json_object_array_get_idx(o, i);
}

static struct json_object *
by_pointer(struct json_object *root, const char *pointer)
{
	struct json_object *o = root;
	char *copy = xstrdup(pointer), *rest = copy + 1, *key;

	while (o && rest) {
		key = strsep(&rest, "/");
		unescape(key);
		o = step(o, key);
	}
	free(copy);
	return o;
}

static struct json_object *
by_anchor(struct json_object *o, const char *name)
{
	struct json_object *found = NULL;

	if (json_object_is_type(o, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(o) && !found; i++)
			found = by_anchor(json_object_array_get_idx(o, i), name);
	} else if (json_object_is_type(o, json_type_object)) {
		if (str_eq(json_str(o, "$anchor"), name))
			return o;
		json_object_object_foreach(o, key, v)
		{
			if (!found && strcmp(key, "const") != 0 && strcmp(key, "enum") != 0)
				found = by_anchor(v, name);
		}
	}
	return found;
}

struct json_object *
schema_resolve(const struct schema *s, const char *ref)
{
	if (strcmp(ref, "#") == 0)
		return s->root;
	return ref[1] == '/' ? by_pointer(s->root, ref + 1) : by_anchor(s->root, ref + 1);
}
