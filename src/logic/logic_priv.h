/*
 * What the files of logic/ share: one evaluation, and JavaScript's conversions.
 */
#ifndef LT_LOGIC_PRIV_H
#define LT_LOGIC_PRIV_H

#include "logic.h"

enum { LOGIC_DEPTH_MAX = 200, LOGIC_WORK_MAX = 1000000 };

/* Values are borrowed from rule or data, or kept by the arena; NULL is JSON null. */
struct evaluation {
	struct arena *arena;
	const char *why; /* first failure; everything stops then */
	int depth;
	int64_t work; /* steps, and elements and bytes made */
};

typedef struct json_object *(*logic_op)(
    struct evaluation *e, struct json_object *args, struct json_object *data);

struct json_object *logic_eval(
    struct evaluation *e, struct json_object *rule, struct json_object *data);
struct json_object *logic_stop(struct evaluation *e, const char *fmt, ...) PRINTF(2, 3);
bool logic_spend(struct evaluation *e, int64_t work); /* false: the bound is passed */
logic_op logic_find(const char *name);                /* NULL if unknown */

/* The i-th argument as written (a bare value is the only one), and evaluated. */
int arg_count(struct json_object *args);
struct json_object *arg_at(struct json_object *args, int i);
struct json_object *arg_value(
    struct evaluation *e, struct json_object *args, int i, struct json_object *data);

/* ---- operators, by subject ---- */
#define LOGIC_OP(name)                                                                             \
	struct json_object *name(                                                                  \
	    struct evaluation *e, struct json_object *args, struct json_object *data)
LOGIC_OP(op_var);
LOGIC_OP(op_missing);
LOGIC_OP(op_missing_some);
LOGIC_OP(op_if);
LOGIC_OP(op_and);
LOGIC_OP(op_or);
LOGIC_OP(op_not);
LOGIC_OP(op_truthy);
LOGIC_OP(op_loose_equal);
LOGIC_OP(op_loose_unequal);
LOGIC_OP(op_strict_equal);
LOGIC_OP(op_strict_unequal);
LOGIC_OP(op_less);
LOGIC_OP(op_less_equal);
LOGIC_OP(op_greater);
LOGIC_OP(op_greater_equal);
LOGIC_OP(op_plus);
LOGIC_OP(op_minus);
LOGIC_OP(op_times);
LOGIC_OP(op_divide);
LOGIC_OP(op_modulo);
LOGIC_OP(op_max);
LOGIC_OP(op_min);
LOGIC_OP(op_map);
LOGIC_OP(op_filter);
LOGIC_OP(op_reduce);
LOGIC_OP(op_all);
LOGIC_OP(op_none);
LOGIC_OP(op_some);
LOGIC_OP(op_merge);
LOGIC_OP(op_in);
LOGIC_OP(op_cat);
LOGIC_OP(op_substr);
LOGIC_OP(op_log);

/* ---- JavaScript's conversions and comparisons (ECMA-262 §7) ---- */
double js_number(struct evaluation *e, struct json_object *v);
const char *js_string(struct evaluation *e, struct json_object *v);
bool js_loose_equal(struct evaluation *e, struct json_object *a, struct json_object *b);
bool js_strict_equal(struct json_object *a, struct json_object *b);
bool js_less(struct evaluation *e, struct json_object *a, struct json_object *b);
bool js_less_equal(struct evaluation *e, struct json_object *a, struct json_object *b);

/* New values, kept by the arena. A number that JSON cannot hold is null. */
struct json_object *make_number(struct evaluation *e, double d);
struct json_object *make_bool(struct evaluation *e, bool b);
struct json_object *make_string(struct evaluation *e, const char *text, size_t len);
struct json_object *make_array(struct evaluation *e);

#endif
