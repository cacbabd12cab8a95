/*
 * The table of operators, and those on numbers, truth and order.
 *
 * Where implementations differ, an operator takes any number of operands: {"<": [1, 2, 3]} holds if
 * each neighbour pair does; sums and products take what Number() or parseFloat() can read.
 */
#include "logic_priv.h"

#include <math.h>
#include <string.h>

struct json_object *
arg(const struct args *in, int i)
{
	return i < in->count ? in->values[i] : NULL;
}

/* ---- arithmetic ---- */

static struct json_object *
op_add(struct run *r, const struct args *in, struct json_object *data)
{
	double sum = 0;

	(void)data;
	for (int i = 0; i < in->count; i++)
		sum += term_of(r, in->values[i]);
	return make_number(r, sum);
}

static struct json_object *
op_multiply(struct run *r, const struct args *in, struct json_object *data)
{
	double product = 1;

	(void)data;
	for (int i = 0; i < in->count; i++)
		product *= term_of(r, in->values[i]);
	return make_number(r, product);
}

/* a op b op c...; a lone operand stands on the right of `neutral`, none is NaN */
static struct json_object *
reduce(struct run *r, const struct args *in, double neutral, double (*fn)(double, double))
{
	double d;

	if (in->count == 0)
		return make_number(r, NAN);
	d = number_of(r, in->values[0]);
	if (in->count == 1)
		return make_number(r, fn(neutral, d));
	for (int i = 1; i < in->count; i++)
		d = fn(d, number_of(r, in->values[i]));
	return make_number(r, d);
}

static double
subtract(double a, double b)
{
	return a - b;
}

static double
divide(double a, double b)
{
	if (b == 0)
		return NAN; /* NaN or Infinity: null either way */
	return a / b;
}

static struct json_object *
op_subtract(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return reduce(r, in, 0, subtract);
}

static struct json_object *
op_divide(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return reduce(r, in, 1, divide);
}

static struct json_object *
op_modulo(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return reduce(r, in, NAN, fmod);
}

/* Math.max and Math.min: NaN as soon as one operand is none. */
static struct json_object *
extreme(struct run *r, const struct args *in, double sign)
{
	double best = -INFINITY;

	for (int i = 0; i < in->count; i++) {
		double d = sign * number_of(r, in->values[i]);

		if (isnan(d) || d > best)
			best = d;
		if (isnan(d))
			break;
	}
	return make_number(r, sign * best);
}

static struct json_object *
op_max(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return extreme(r, in, 1);
}

static struct json_object *
op_min(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return extreme(r, in, -1);
}

/* ---- order: each operand against the next ---- */

typedef bool (*relation)(struct run *r, struct json_object *a, struct json_object *b);

static struct json_object *
chain(struct run *r, const struct args *in, relation holds)
{
	bool is_true = in->count > 1;

	for (int i = 0; i + 1 < in->count && is_true; i++)
		is_true = holds(r, in->values[i], in->values[i + 1]);
	return make_bool(r, is_true);
}

static bool
less(struct run *r, struct json_object *a, struct json_object *b)
{
	int order;

	return compare(r, a, b, &order) && order < 0;
}

static bool
less_or_equal(struct run *r, struct json_object *a, struct json_object *b)
{
	int order;

	return compare(r, a, b, &order) && order <= 0;
}

static bool
greater(struct run *r, struct json_object *a, struct json_object *b)
{
	return less(r, b, a);
}

static bool
greater_or_equal(struct run *r, struct json_object *a, struct json_object *b)
{
	return less_or_equal(r, b, a);
}

static bool
strict(struct run *r, struct json_object *a, struct json_object *b)
{
	(void)r;
	return strictly_equal(a, b);
}

static bool
loosely_unequal(struct run *r, struct json_object *a, struct json_object *b)
{
	return !loosely_equal(r, a, b);
}

static bool
strictly_unequal(struct run *r, struct json_object *a, struct json_object *b)
{
	(void)r;
	return !strictly_equal(a, b);
}

static struct json_object *
op_less(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return chain(r, in, less);
}

static struct json_object *
op_less_or_equal(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return chain(r, in, less_or_equal);
}

static struct json_object *
op_greater(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return chain(r, in, greater);
}

static struct json_object *
op_greater_or_equal(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return chain(r, in, greater_or_equal);
}

/* An operand that is not there is JavaScript's undefined: loosely equal to null, and to itself. */
static struct json_object *
op_equal(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return in->count > 1 ? chain(r, in, loosely_equal) : make_bool(r, !arg(in, 0));
}

static struct json_object *
op_unequal(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return in->count > 1 ? chain(r, in, loosely_unequal) : make_bool(r, arg(in, 0) != NULL);
}

static struct json_object *
op_strict_equal(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return in->count > 1 ? chain(r, in, strict) : make_bool(r, in->count == 0);
}

static struct json_object *
op_strict_unequal(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return in->count > 1 ? chain(r, in, strictly_unequal) : make_bool(r, in->count == 1);
}

/* ---- truth ---- */

static struct json_object *
op_not(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return make_bool(r, !logic_truthy(arg(in, 0)));
}

static struct json_object *
op_truth(struct run *r, const struct args *in, struct json_object *data)
{
	(void)data;
	return make_bool(r, logic_truthy(arg(in, 0)));
}

/* ---- others ---- */

static void
merge_one(struct run *r, struct json_object *out, struct json_object *v)
{
	if (!is_array(v)) {
		array_add(out, v);
		return;
	}
	for (size_t i = 0; i < json_object_array_length(v) && run_spend(r, 1); i++)
		array_add(out, json_object_array_get_idx(v, i));
}

static struct json_object *
op_merge(struct run *r, const struct args *in, struct json_object *data)
{
	struct json_object *out = make_array(r);

	(void)data;
	for (int i = 0; i < in->count; i++)
		merge_one(r, out, in->values[i]);
	return out;
}

/* Pure: gives its operand and writes nothing. */
static struct json_object *
op_log(struct run *r, const struct args *in, struct json_object *data)
{
	(void)r;
	(void)data;
	return arg(in, 0);
}

static const struct operation operations[] = {
	{ "var", op_var, 0, 2, false },
	{ "missing", op_missing, 0, -1, false },
	{ "missing_some", op_missing_some, 2, 2, false },
	{ "if", NULL, 1, -1, false },
	{ "?:", NULL, 3, 3, false },
	{ "and", NULL, 1, -1, false },
	{ "or", NULL, 1, -1, false },
	{ "!", op_not, 1, 1, false },
	{ "!!", op_truth, 1, 1, false },
	{ "==", op_equal, 2, -1, true },
	{ "===", op_strict_equal, 2, -1, true },
	{ "!=", op_unequal, 2, -1, true },
	{ "!==", op_strict_unequal, 2, -1, true },
	{ "<", op_less, 2, -1, true },
	{ "<=", op_less_or_equal, 2, -1, true },
	{ ">", op_greater, 2, -1, true },
	{ ">=", op_greater_or_equal, 2, -1, true },
	{ "max", op_max, 1, -1, true },
	{ "min", op_min, 1, -1, true },
	{ "+", op_add, 0, -1, true },
	{ "-", op_subtract, 1, -1, true },
	{ "*", op_multiply, 0, -1, true },
	{ "/", op_divide, 1, -1, true },
	{ "%", op_modulo, 2, -1, true },
	{ "map", NULL, 2, 2, false },
	{ "filter", NULL, 2, 2, false },
	{ "reduce", NULL, 2, 3, false },
	{ "all", NULL, 2, 2, false },
	{ "none", NULL, 2, 2, false },
	{ "some", NULL, 2, 2, false },
	{ "merge", op_merge, 0, -1, false },
	{ "in", op_in, 2, 2, false },
	{ "cat", op_cat, 0, -1, true },
	{ "substr", op_substr, 2, 3, false },
	{ "log", op_log, 1, 1, false },
};

const struct operation *
operation_find(const char *name)
{
	for (size_t i = 0; i < LEN(operations); i++)
		if (strcmp(operations[i].name, name) == 0)
			return &operations[i];
	return NULL;
}

const char *
operation_name(struct json_object *v, struct json_object **operands)
{
	if (!json_object_is_type(v, json_type_object) || json_object_object_length(v) != 1)
		return NULL;
	json_object_object_foreach(v, key, value)
	{
		*operands = value;
		return key;
	}
	return NULL;
}
