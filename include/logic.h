/*
 * logic: JSONLogic (jsonlogic.com), pure. All operators of the reference implementation
 * (var, missing, missing_some, if/?:, == === != !== ! !! or and, > >= < <=, max min + - * / %,
 * map reduce filter all none some merge in cat substr log) with JavaScript's coercions.
 */
#ifndef LT_LOGIC_H
#define LT_LOGIC_H

#include "base.h"

/* The result is owned by the arena. NULL stands for JSON null; on a rule that cannot be evaluated
 * (unknown operator, too deep, too many steps) *why says so, else *why is NULL. */
struct json_object *logic_apply(struct arena *a, struct json_object *rule, struct json_object *data,
    const char **why);
bool logic_truthy(struct json_object *value); /* JSONLogic's: [] and "" are false, "0" is true */

/* Mistakes in a rule found without data: unknown operators, wrong shapes, depth. */
void logic_check(struct json_object *rule, const char *pointer, struct error_list *errors);
/* Does the rule read a variable at or below the dotted prefix ("event.data")? */
bool logic_reads(struct json_object *rule, const char *prefix);

#endif
