/*
 * Validates: each keyword of the schema is asked of the value, and every violation is told with its
 * place.
 */
#include "schema_priv.h"

bool
violation(struct check *c, const struct place *at, const char *keyword, const char *fmt, ...)
{
	va_list ap;

	if (!c->errors)
		return false;
	va_start(ap, fmt);
	error_add(c->errors, at->pointer, keyword, "%s", arena_vprintf(c->arena, fmt, ap));
	va_end(ap);
	return false;
}

static bool
keywords_hold(struct check *c, struct json_object *s, const struct place *at)
{
	bool all = true;

	json_object_object_foreach(s, name, v)
	{
		const struct keyword *k = keyword_find(name);
		if (k && k->holds && !k->holds(c, s, v, at))
			all = false;
		if ((!all && !c->errors) || c->budget->is_spent)
			break;
	}
	return all;
}

bool
schema_holds(struct check *c, struct json_object *schema, const struct place *at)
{
	bool all;

	if (json_object_is_type(schema, json_type_boolean))
		return json_object_get_boolean(schema) ||
		       violation(c, at, "false", "is not allowed");
	if (c->depth >= SCHEMA_DEPTH_MAX || ++c->budget->steps > SCHEMA_STEPS_MAX)
		c->budget->is_spent = true;
	if (c->budget->is_spent)
		return false;
	c->depth++;
	all = keywords_hold(c, schema, at);
	c->depth--;
	return all;
}

bool
schema_matches(struct check *c, struct json_object *schema, struct json_object *value)
{
	struct check quiet = *c;
	struct place at = { .value = value };

	quiet.errors = NULL;
	return schema_holds(&quiet, schema, &at);
}

/* RFC 6901: ~ is ~0, / is ~1. */
static const char *
escaped(struct arena *a, const char *key)
{
	struct str s;

	str_init(&s, a);
	for (; *key; key++)
		if (*key == '~')
			str_add(&s, "~0");
		else if (*key == '/')
			str_add(&s, "~1");
		else
			str_add_n(&s, key, 1);
	return s.text;
}

struct place
place_member(struct check *c, const struct place *at, const char *key, struct json_object *value)
{
	struct place below = { .value = value };

	if (c->errors)
		below.pointer = arena_printf(
		    c->arena, "%s/%s", at->pointer, escaped(c->arena, key));
	return below;
}

struct place
place_item(struct check *c, const struct place *at, size_t i)
{
	struct place below = { .value = json_object_array_get_idx(at->value, i) };

	if (c->errors)
		below.pointer = arena_printf(c->arena, "%s/%zu", at->pointer, i);
	return below;
}

bool
schema_validate(
    const struct schema *s, struct json_object *value, const char *base, struct error_list *errors)
{
	struct budget budget = { 0 };
	struct check c = {
		.schema = s, .arena = errors->arena, .errors = errors, .budget = &budget
	};
	struct place at = { .value = value, .pointer = base };
	bool holds = schema_holds(&c, s->root, &at);

	if (budget.is_spent)
		return violation(&c, &at, "depth", "is too large, or nested too deeply, to check");
	return holds;
}
