/*
 * Compiles a schema: every keyword is known and has the right shape, every pattern and reference is
 * good.
 */
#include "schema_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct keyword keywords[] = {
	{ "$ref", SHAPE_REF, kw_ref },
	{ "$defs", SHAPE_SCHEMA_MAP, NULL },
	{ "$anchor", SHAPE_TEXT, NULL },
	{ "type", SHAPE_TYPE, kw_type },
	{ "const", SHAPE_ANY, kw_const },
	{ "enum", SHAPE_LIST, kw_enum },
	{ "multipleOf", SHAPE_NUMBER, kw_multiple_of },
	{ "maximum", SHAPE_NUMBER, kw_maximum },
	{ "minimum", SHAPE_NUMBER, kw_minimum },
	{ "exclusiveMaximum", SHAPE_NUMBER, kw_exclusive_maximum },
	{ "exclusiveMinimum", SHAPE_NUMBER, kw_exclusive_minimum },
	{ "maxLength", SHAPE_COUNT, kw_max_length },
	{ "minLength", SHAPE_COUNT, kw_min_length },
	{ "pattern", SHAPE_PATTERN, kw_pattern },
	{ "format", SHAPE_TEXT, kw_format },
	{ "allOf", SHAPE_SCHEMAS, kw_all_of },
	{ "anyOf", SHAPE_SCHEMAS, kw_any_of },
	{ "oneOf", SHAPE_SCHEMAS, kw_one_of },
	{ "not", SHAPE_SCHEMA, kw_not },
	{ "if", SHAPE_SCHEMA, kw_if },
	{ "then", SHAPE_SCHEMA, NULL },
	{ "else", SHAPE_SCHEMA, NULL },
	{ "properties", SHAPE_SCHEMA_MAP, kw_properties },
	{ "patternProperties", SHAPE_PATTERN_MAP, kw_pattern_properties },
	{ "additionalProperties", SHAPE_SCHEMA, kw_additional_properties },
	{ "propertyNames", SHAPE_SCHEMA, kw_property_names },
	{ "required", SHAPE_NAMES, kw_required },
	{ "dependentRequired", SHAPE_NAMES_MAP, kw_dependent_required },
	{ "dependentSchemas", SHAPE_SCHEMA_MAP, kw_dependent_schemas },
	{ "maxProperties", SHAPE_COUNT, kw_max_properties },
	{ "minProperties", SHAPE_COUNT, kw_min_properties },
	{ "items", SHAPE_SCHEMA, kw_items },
	{ "prefixItems", SHAPE_SCHEMAS, kw_prefix_items },
	{ "contains", SHAPE_SCHEMA, kw_contains },
	{ "minContains", SHAPE_COUNT, NULL },
	{ "maxContains", SHAPE_COUNT, NULL },
	{ "maxItems", SHAPE_COUNT, kw_max_items },
	{ "minItems", SHAPE_COUNT, kw_min_items },
	{ "uniqueItems", SHAPE_BOOL, kw_unique_items },
	/* say nothing about a value */
	{ "$schema", SHAPE_TEXT, NULL },
	{ "$comment", SHAPE_TEXT, NULL },
	{ "title", SHAPE_ANY, NULL },
	{ "description", SHAPE_ANY, NULL },
	{ "default", SHAPE_ANY, NULL },
	{ "examples", SHAPE_ANY, NULL },
	{ "deprecated", SHAPE_ANY, NULL },
	{ "readOnly", SHAPE_ANY, NULL },
	{ "writeOnly", SHAPE_ANY, NULL },
	{ "contentEncoding", SHAPE_ANY, NULL },
	{ "contentMediaType", SHAPE_ANY, NULL },
};

const struct keyword *
keyword_find(const char *name)
{
	for (size_t i = 0; i < LEN(keywords); i++)
		if (strcmp(keywords[i].name, name) == 0)
			return &keywords[i];
	return NULL;
}

struct compiler {
	struct schema *schema;
	struct error_list *errors;
	int depth;
	struct seen *seen;
};

/* Where references lead: each place once, or a loop would never end. */
struct seen {
	struct json_object *schema;
	struct seen *next;
};

static void compile(struct compiler *k, struct json_object *s, const char *pointer);

static bool
is_count(struct json_object *v)
{
	double d = json_object_get_double(v);

	return (json_object_is_type(v, json_type_int) ||
		   json_object_is_type(v, json_type_double)) &&
	       d >= 0 && d <= 9e15 && d == floor(d);
}

static bool
is_type_name(struct json_object *v)
{
	static const char *const names[] = { "null", "boolean", "object", "array", "number",
		"string", "integer" };

	for (size_t i = 0; i < LEN(names); i++)
		if (json_object_is_type(v, json_type_string) &&
		    strcmp(json_object_get_string(v), names[i]) == 0)
			return true;
	return false;
}

static bool
all_items(struct json_object *v, bool (*good)(struct json_object *))
{
	if (!json_object_is_type(v, json_type_array))
		return false;
	for (size_t i = 0; i < json_object_array_length(v); i++)
		if (!good(json_object_array_get_idx(v, i)))
			return false;
	return true;
}

static bool
is_text(struct json_object *v)
{
	return json_object_is_type(v, json_type_string);
}

static void
wrong_shape(struct compiler *k, const char *pointer, const char *what)
{
	error_add(k->errors, pointer, "shape", "must be %s", what);
}

static void
compile_pattern(struct compiler *k, const char *pattern, const char *pointer)
{
	const char *why;

	if (!regex_add(k->schema, pattern, &why))
		error_add(
		    k->errors, pointer, "pattern", "\"%s\" is no expression: %s", pattern, why);
}

static void
compile_map(struct compiler *k, struct json_object *v, const char *pointer, bool patterns)
{
	if (!json_object_is_type(v, json_type_object)) {
		wrong_shape(k, pointer, "an object of schemas");
		return;
	}
	json_object_object_foreach(v, key, below)
	{
		const char *at = arena_printf(k->errors->arena, "%s/%s", pointer, key);
		if (patterns)
			compile_pattern(k, key, at);
		compile(k, below, at);
	}
}

static void
compile_list(struct compiler *k, struct json_object *v, const char *pointer)
{
	if (!json_object_is_type(v, json_type_array) || json_object_array_length(v) == 0) {
		wrong_shape(k, pointer, "an array of schemas, not empty");
		return;
	}
	for (size_t i = 0; i < json_object_array_length(v); i++)
		compile(k, json_object_array_get_idx(v, i),
		    arena_printf(k->errors->arena, "%s/%zu", pointer, i));
}

static bool
is_first_visit(struct compiler *k, struct json_object *schema)
{
	struct seen *here;

	for (const struct seen *s = k->seen; s; s = s->next)
		if (s->schema == schema)
			return false;
	here = arena_new_of(k->schema->arena, struct seen);
	*here = (struct seen){ .schema = schema, .next = k->seen };
	k->seen = here;
	return true;
}

/* What it leads to is compiled too: it may stand where no keyword looks. */
static void
compile_ref(struct compiler *k, struct json_object *v, const char *pointer)
{
	const char *ref = is_text(v) ? json_object_get_string(v) : "";
	struct json_object *to = *ref == '#' ? schema_resolve(k->schema, ref) : NULL;

	if (*ref != '#')
		error_add(k->errors, pointer, "unsupported",
		    "only references within the schema (#...) are supported");
	else if (!to)
		error_add(k->errors, pointer, "reference", "\"%s\" leads nowhere", ref);
	else if (is_first_visit(k, to))
		compile(k, to, arena_printf(k->errors->arena, "%s", ref + 1));
}

static bool
is_names_map(struct json_object *v)
{
	if (!json_object_is_type(v, json_type_object))
		return false;
	json_object_object_foreach(v, key, names)
	{
		(void)key;
		if (!all_items(names, is_text))
			return false;
	}
	return true;
}

static void
compile_value(struct compiler *k, enum keyword_shape shape, struct json_object *v, const char *at)
{
	switch (shape) {
	case SHAPE_ANY:
		break;
	case SHAPE_TYPE:
		if (!is_type_name(v) && !all_items(v, is_type_name))
			wrong_shape(k, at, "a type, or an array of types");
		break;
	case SHAPE_NUMBER:
		if (!json_object_is_type(v, json_type_int) &&
		    !json_object_is_type(v, json_type_double))
			wrong_shape(k, at, "a number");
		break;
	case SHAPE_COUNT:
		if (!is_count(v))
			wrong_shape(k, at, "a whole number, 0 or more");
		break;
	case SHAPE_TEXT:
		if (!is_text(v))
			wrong_shape(k, at, "a text");
		break;
	case SHAPE_PATTERN:
		if (is_text(v))
			compile_pattern(k, json_object_get_string(v), at);
		else
			wrong_shape(k, at, "an expression");
		break;
	case SHAPE_BOOL:
		if (!json_object_is_type(v, json_type_boolean))
			wrong_shape(k, at, "true or false");
		break;
	case SHAPE_NAMES:
		if (!all_items(v, is_text))
			wrong_shape(k, at, "an array of names");
		break;
	case SHAPE_LIST:
		if (!json_object_is_type(v, json_type_array))
			wrong_shape(k, at, "an array");
		break;
	case SHAPE_NAMES_MAP:
		if (!is_names_map(v))
			wrong_shape(k, at, "an object of arrays of names");
		break;
	case SHAPE_REF:
		compile_ref(k, v, at);
		break;
	case SHAPE_SCHEMA:
		compile(k, v, at);
		break;
	case SHAPE_SCHEMAS:
		compile_list(k, v, at);
		break;
	case SHAPE_SCHEMA_MAP:
	case SHAPE_PATTERN_MAP:
		compile_map(k, v, at, shape == SHAPE_PATTERN_MAP);
		break;
	}
}

static void
compile_keyword(struct compiler *k, const char *name, struct json_object *v, const char *pointer)
{
	const struct keyword *kw = keyword_find(name);
	const char *at = arena_printf(k->errors->arena, "%s/%s", pointer, name);

	if (kw)
		compile_value(k, kw->shape, v, at);
	else if (!str_starts(name, "x-") && !(str_eq(name, "$id") && !*pointer))
		error_add(
		    k->errors, at, "unsupported", "the keyword \"%s\" is not supported", name);
}

static void
compile(struct compiler *k, struct json_object *s, const char *pointer)
{
	if (json_object_is_type(s, json_type_boolean))
		return;
	if (!json_object_is_type(s, json_type_object)) {
		wrong_shape(k, pointer, "a schema: an object, true or false");
		return;
	}
	if (k->depth >= SCHEMA_DEPTH_MAX) {
		error_add(k->errors, pointer, "depth", "schemas are nested deeper than %d",
		    SCHEMA_DEPTH_MAX);
		return;
	}
	k->depth++;
	json_object_object_foreach(s, name, v)
	{
		compile_keyword(k, name, v, pointer);
	}
	k->depth--;
}

/* `format` is checked: in forms it is a rule, not a remark (2020-12, 7.2.2). */
struct schema *
schema_compile(struct json_object *o, struct error_list *errors)
{
	int before = errors->count;
	struct schema *s = xcalloc(1, sizeof(*s));
	struct compiler k = { .schema = s, .errors = errors };

	s->arena = arena_new();
	s->root = json_copy(s->arena, o);
	is_first_visit(&k, s->root);
	compile(&k, s->root, "");
	if (errors->count == before)
		return s;
	schema_free(s);
	return NULL;
}

void
schema_free(struct schema *s)
{
	if (!s)
		return;
	regex_free_all(s);
	arena_free(s->arena);
	free(s);
}
