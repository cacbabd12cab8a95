/*
 * Deciding, comparing and calculating. Comparisons and arithmetic take any number of operands.
 */
#include "logic_priv.h"

#include <math.h>

struct json_object *
op_if(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	int n = arg_count(args), i;

	for (i = 0; i + 1 < n; i += 2)
		if (logic_truthy(arg_value(e, args, i, data)))
			return arg_value(e, args, i + 1, data);
	return arg_value(e, args, i, data);
}

/* The first operand whose truth is `stop_at`, or the last one. */
static struct json_object *
first_of_truth(
    struct evaluation *e, struct json_object *args, struct json_object *data, bool stop_at)
{
	struct json_object *v = NULL;

	for (int i = 0; i < arg_count(args) && !e->why; i++) {
		v = arg_value(e, args, i, data);
		if (logic_truthy(v) == stop_at)
			break;
	}
	return v;
}

struct json_object *
op_and(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	return first_of_truth(e, args, data, false);
}

struct json_object *
op_or(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	return first_of_truth(e, args, data, true);
}

struct json_object *
op_not(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	return make_bool(e, !logic_truthy(arg_value(e, args, 0, data)));
}

struct json_object *
op_truthy(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	return make_bool(e, logic_truthy(arg_value(e, args, 0, data)));
}

typedef bool (*relation)(struct evaluation *e, struct json_object *a, struct json_object *b);

static bool
strict_equal(struct evaluation *e, struct json_object *a, struct json_object *b)
{
	(void)e;
	return js_strict_equal(a, b);
}

static bool
strict_unequal(struct evaluation *e, struct json_object *a, struct json_object *b)
{
	(void)e;
	return !js_strict_equal(a, b);
}

static bool
loose_unequal(struct evaluation *e, struct json_object *a, struct json_object *b)
{
	return !js_loose_equal(e, a, b);
}

static bool
greater(struct evaluation *e, struct json_object *a, struct json_object *b)
{
	return js_less(e, b, a);
}

static bool
greater_equal(struct evaluation *e, struct json_object *a, struct json_object *b)
{
	return js_less_equal(e, b, a);
}

/* Does the relation hold between each operand and the next? */
static struct json_object *
chain(struct evaluation *e, struct json_object *args, struct json_object *data, relation holds)
{
	int n = arg_count(args) < 2 ? 2 : arg_count(args);
	struct json_object *left = arg_value(e, args, 0, data), *right;
	bool all = true;

	for (int i = 1; i < n && all && !e->why; i++, left = right) {
		right = arg_value(e, args, i, data);
		all = holds(e, left, right);
	}
	return make_bool(e, all);
}

#define CHAIN(op, relation)                                                                        \
	struct json_object *op(                                                                    \
	    struct evaluation *e, struct json_object *args, struct json_object *data)              \
	{                                                                                          \
		return chain(e, args, data, relation);                                             \
	}
CHAIN(op_loose_equal, js_loose_equal)
CHAIN(op_loose_unequal, loose_unequal)
CHAIN(op_strict_equal, strict_equal)
CHAIN(op_strict_unequal, strict_unequal)
CHAIN(op_less, js_less)
CHAIN(op_less_equal, js_less_equal)
CHAIN(op_greater, greater)
CHAIN(op_greater_equal, greater_equal)

/* An operation's argument may itself be a rule that gives the list of operands: {"+": {"var":
 * "list"}}. */
static struct json_object *
operands(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	return logic_eval(e, args, data);
}

typedef double (*arithmetic)(double a, double b);

static double
add(double a, double b)
{
	return a + b;
}

static double
subtract(double a, double b)
{
	return a - b;
}

static double
multiply(double a, double b)
{
	return a * b;
}

static double
divide(double a, double b)
{
	return a / b;
}

static double
larger(double a, double b)
{
	return isnan(a) || isnan(b) ? NAN : a > b ? a : b;
}

static double
smaller(double a, double b)
{
	return isnan(a) || isnan(b) ? NAN : a < b ? a : b;
}

/* Operand by operand from the left, starting with `first`. */
static struct json_object *
fold(struct evaluation *e, struct json_object *list, int from, double first, arithmetic f)
{
	double d = first;

	for (int i = from; i < arg_count(list) && !e->why; i++)
		d = f(d, js_number(e, arg_at(list, i)));
	return make_number(e, d);
}

struct json_object *
op_plus(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	return fold(e, operands(e, args, data), 0, 0, add);
}

struct json_object *
op_times(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	return fold(e, operands(e, args, data), 0, 1, multiply);
}

/* One operand: its negative. */
struct json_object *
op_minus(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	struct json_object *list = operands(e, args, data);

	if (arg_count(list) < 2)
		return fold(e, list, 0, 0, subtract);
	return fold(e, list, 1, js_number(e, arg_at(list, 0)), subtract);
}

/* One operand: its inverse. */
struct json_object *
op_divide(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	struct json_object *list = operands(e, args, data);

	if (arg_count(list) < 2)
		return fold(e, list, 0, 1, divide);
	return fold(e, list, 1, js_number(e, arg_at(list, 0)), divide);
}

struct json_object *
op_modulo(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	struct json_object *list = operands(e, args, data);

	if (arg_count(list) < 2)
		return NULL;
	return fold(e, list, 1, js_number(e, arg_at(list, 0)), fmod);
}

struct json_object *
op_max(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	return fold(e, operands(e, args, data), 0, -INFINITY, larger);
}

struct json_object *
op_min(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	return fold(e, operands(e, args, data), 0, INFINITY, smaller);
}
