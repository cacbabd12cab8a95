/*
 * Evaluates a rule: the forms that evaluate their operands themselves (if, and, or, and those that
 * walk an array), and the call of all other operators.
 */
#include "logic_priv.h"

#include <string.h>

static struct json_object *eval(struct run *r, struct json_object *rule, struct json_object *data);

/* The operands as written; one that is no array stands for [it]. */
static struct args
operands_of(struct run *r, struct json_object *operands)
{
	struct args out = { .count = 1 };

	if (is_array(operands))
		out.count = (int)json_object_array_length(operands);
	out.values = arena_array(r->arena, struct json_object *, out.count + 1);
	out.values[0] = operands;
	for (int i = 0; i < out.count && is_array(operands); i++)
		out.values[i] = json_object_array_get_idx(operands, (size_t)i);
	return out;
}

static struct json_object *
eval_array(struct run *r, struct json_object *rules, struct json_object *data)
{
	struct json_object *out = make_array(r);

	for (size_t i = 0; i < json_object_array_length(rules) && !r->why; i++)
		array_add(out, eval(r, json_object_array_get_idx(rules, i), data));
	return value_is_bounded(r, out) ? out : NULL;
}

/* ---- if, and, or: only what is needed is evaluated ---- */

static struct json_object *
form_if(struct run *r, const struct args *in, struct json_object *data)
{
	int i;

	for (i = 0; i + 1 < in->count && !r->why; i += 2)
		if (logic_truthy(eval(r, in->values[i], data)))
			return eval(r, in->values[i + 1], data);
	return i < in->count ? eval(r, in->values[i], data) : NULL;
}

/* The first value that is `wanted`, else the last. */
static struct json_object *
first_that_is(struct run *r, bool wanted, const struct args *in, struct json_object *data)
{
	struct json_object *value = NULL;

	for (int i = 0; i < in->count && !r->why; i++) {
		value = eval(r, in->values[i], data);
		if (logic_truthy(value) == wanted)
			break;
	}
	return value;
}

static struct json_object *
form_and(struct run *r, const struct args *in, struct json_object *data)
{
	return first_that_is(r, false, in, data);
}

static struct json_object *
form_or(struct run *r, const struct args *in, struct json_object *data)
{
	return first_that_is(r, true, in, data);
}

/* ---- walking an array: the second operand is a rule over each item ---- */

static struct json_object *
array_operand(struct run *r, const struct args *in, struct json_object *data)
{
	struct json_object *array = eval(r, arg(in, 0), data);

	return is_array(array) ? array : make_array(r);
}

static struct json_object *
form_map(struct run *r, const struct args *in, struct json_object *data)
{
	struct json_object *array = array_operand(r, in, data), *out = make_array(r);

	for (size_t i = 0; i < json_object_array_length(array) && !r->why; i++)
		array_add(out, eval(r, arg(in, 1), json_object_array_get_idx(array, i)));
	return value_is_bounded(r, out) ? out : NULL;
}

static struct json_object *
form_filter(struct run *r, const struct args *in, struct json_object *data)
{
	struct json_object *array = array_operand(r, in, data), *out = make_array(r);

	for (size_t i = 0; i < json_object_array_length(array) && !r->why; i++) {
		struct json_object *item = json_object_array_get_idx(array, i);

		if (logic_truthy(eval(r, arg(in, 1), item)))
			array_add(out, item);
	}
	return out;
}

static struct json_object *
reduce_scope(struct run *r, struct json_object *current, struct json_object *accumulator)
{
	struct json_object *scope = json_keep(r->arena, json_object_new_object());

	json_set(scope, "current", json_object_get(current));
	json_set(scope, "accumulator", json_object_get(accumulator));
	return scope;
}

static struct json_object *
form_reduce(struct run *r, const struct args *in, struct json_object *data)
{
	struct json_object *array = array_operand(r, in, data);
	struct json_object *value = eval(r, arg(in, 2), data);

	for (size_t i = 0; i < json_object_array_length(array) && !r->why; i++) {
		struct json_object *item = json_object_array_get_idx(array, i);

		value = eval(r, arg(in, 1), reduce_scope(r, item, value));
		if (!value_is_bounded(r, value))
			return NULL;
	}
	return value;
}

/* How many items hold; stops behind the first that is as `until`. */
static size_t
count_holding(struct run *r, struct json_object *array, struct json_object *rule, bool until)
{
	size_t n = 0;

	for (size_t i = 0; i < json_object_array_length(array) && !r->why; i++) {
		bool holds = logic_truthy(eval(r, rule, json_object_array_get_idx(array, i)));

		n += holds;
		if (holds == until)
			break;
	}
	return n;
}

/* Of nothing, not all hold: so says the reference. */
static struct json_object *
form_all(struct run *r, const struct args *in, struct json_object *data)
{
	struct json_object *array = array_operand(r, in, data);
	size_t n = json_object_array_length(array);

	return make_bool(r, n > 0 && count_holding(r, array, arg(in, 1), false) == n);
}

static struct json_object *
form_none(struct run *r, const struct args *in, struct json_object *data)
{
	struct json_object *array = array_operand(r, in, data);

	return make_bool(r, count_holding(r, array, arg(in, 1), true) == 0);
}

static struct json_object *
form_some(struct run *r, const struct args *in, struct json_object *data)
{
	struct json_object *array = array_operand(r, in, data);

	return make_bool(r, count_holding(r, array, arg(in, 1), true) > 0);
}

static operation_fn
form_find(const char *name)
{
	static const struct {
		const char *name;
		operation_fn fn;
	} forms[] = {
		{ "if", form_if },
		{ "?:", form_if },
		{ "and", form_and },
		{ "or", form_or },
		{ "map", form_map },
		{ "filter", form_filter },
		{ "reduce", form_reduce },
		{ "all", form_all },
		{ "none", form_none },
		{ "some", form_some },
	};

	for (size_t i = 0; i < LEN(forms); i++)
		if (strcmp(forms[i].name, name) == 0)
			return forms[i].fn;
	return NULL;
}

/* ---- all others get values ---- */

static struct json_object *
call(struct run *r, const struct operation *op, struct args in, bool is_lone,
    struct json_object *data)
{
	for (int i = 0; i < in.count && !r->why; i++)
		in.values[i] = eval(r, in.values[i], data);
	if (r->why)
		return NULL;
	if (is_lone && op->is_spread && is_array(in.values[0]))
		in = operands_of(r, in.values[0]);
	return run_spend(r, (size_t)in.count) ? op->fn(r, &in, data) : NULL;
}

static struct json_object *
eval_operation(
    struct run *r, const char *name, struct json_object *operands, struct json_object *data)
{
	const struct operation *op = operation_find(name);
	struct args in;

	if (!op) {
		r->why = arena_printf(r->arena, "unknown operation \"%.80s\"", name);
		return NULL;
	}
	in = operands_of(r, operands);
	if (!op->fn)
		return form_find(name)(r, &in, data);
	return call(r, op, in, !is_array(operands), data);
}

static struct json_object *
eval(struct run *r, struct json_object *rule, struct json_object *data)
{
	struct json_object *operands, *result;
	const char *name = operation_name(rule, &operands);

	if (!name && !is_array(rule))
		return rule;
	if (!run_spend(r, 1))
		return NULL;
	if (r->depth == LOGIC_DEPTH_MAX) {
		r->why = "the rule is nested too deeply";
		return NULL;
	}
	r->depth++;
	result = name ? eval_operation(r, name, operands, data) : eval_array(r, rule, data);
	r->depth--;
	return r->why ? NULL : result;
}

struct json_object *
logic_apply(struct arena *a, struct json_object *rule, struct json_object *data, const char **why)
{
	struct run r = { .arena = a };
	struct json_object *result = eval(&r, rule, data);

	*why = r.why;
	if (r.why)
		return NULL;
	if (r.has_made_nan)
		result = without_nan(&r, result);
	return json_keep(a, json_object_get(result));
}
