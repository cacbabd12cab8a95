/*
 * Private to logic: the state of one evaluation, and JavaScript's coercions over json-c objects.
 * A value that logic makes belongs to the arena; NULL is JSON null.
 */
#ifndef LT_LOGIC_PRIV_H
#define LT_LOGIC_PRIV_H

#include "logic.h"

enum { LOGIC_DEPTH_MAX = 64, LOGIC_STEPS_MAX = 200000, LOGIC_VALUE_DEPTH_MAX = 96 };

struct run {
	struct arena *arena;
	const char *why; /* set: the evaluation has failed, every function returns at once */
	int steps, depth;
	bool has_made_nan; /* NaN or Infinity, which JSON cannot say, may be in the result */
};

/* Counts n steps; false, with why, once there were too many. */
bool run_spend(struct run *r, size_t n);

/* ---- value.c: making values ---- */
struct json_object *make_number(struct run *r, double d);
struct json_object *make_bool(struct run *r, bool b);
struct json_object *make_text(struct run *r, const char *text, size_t n);
struct json_object *make_array(struct run *r);
void array_add(struct json_object *array, struct json_object *item); /* keeps its own reference */
/* Counts the parts of v; false, with why, when it is nested too deeply to be handled safely. */
bool value_is_bounded(struct run *r, struct json_object *v);
struct json_object *without_nan(struct run *r, struct json_object *v); /* NaN becomes null */

/* ---- coerce.c: ECMA-262, section 7.1 and 7.2 ---- */
bool is_number(struct json_object *v);
bool is_text(struct json_object *v);
bool is_array(struct json_object *v);
double number_of_text(const char *s);        /* Number("...") */
double number_prefix_of_text(const char *s); /* parseFloat("...") */
double number_of(struct run *r, struct json_object *v);
/* As a term of a sum or product: parseFloat, as the reference does, where Number gives NaN. */
double term_of(struct run *r, struct json_object *v);
void add_text_of(struct run *r, struct str *s, struct json_object *v); /* String(v) */
const char *text_of(struct run *r, struct json_object *v);
bool loosely_equal(struct run *r, struct json_object *a, struct json_object *b);
bool strictly_equal(struct json_object *a, struct json_object *b);
/* False when one of them is no number, so that every comparison is false. */
bool compare(struct run *r, struct json_object *a, struct json_object *b, int *order);

/* ---- utf16.c: JavaScript counts UTF-16 units ---- */
size_t utf16_length(const char *text, size_t n);
/* Units from..to of the text; half of a pair becomes U+FFFD, as UTF-8 cannot hold it. */
void utf16_slice(struct str *out, const char *text, size_t n, size_t from, size_t to);
int utf16_compare(const char *a, size_t n, const char *b, size_t m);

/* ---- operators ---- */
struct args {
	struct json_object **values;
	int count;
};
struct json_object *arg(const struct args *in, int i); /* NULL behind the end */

/* Values come evaluated. */
typedef struct json_object *(*operation_fn)(
    struct run *r, const struct args *in, struct json_object *data);
struct operation {
	const char *name;
	operation_fn fn;        /* NULL: a form, which evaluates its operands itself (apply.c) */
	int min_args, max_args; /* what makes sense, for logic_check; max -1: any */
	bool is_spread;         /* one operand that gives an array stands for its items */
};
const struct operation *operation_find(const char *name);

struct json_object *op_var(struct run *r, const struct args *in, struct json_object *data);
struct json_object *op_missing(struct run *r, const struct args *in, struct json_object *data);
struct json_object *op_missing_some(struct run *r, const struct args *in, struct json_object *data);
struct json_object *op_substr(struct run *r, const struct args *in, struct json_object *data);
struct json_object *op_cat(struct run *r, const struct args *in, struct json_object *data);
struct json_object *op_in(struct run *r, const struct args *in, struct json_object *data);

/* The operator of {"op": operands}, NULL if v is no such object. */
const char *operation_name(struct json_object *v, struct json_object **operands);

#endif
