/*
 * Inside of flow/, the check of what binds the workflows of one folder to each other.
 */
#ifndef LT_DEFINITIONS_H
#define LT_DEFINITIONS_H

#include "proof_priv.h"

struct ties_check {
	const struct definition *list;
	int count;
	const struct definition *at;
	struct error_list *errors;
	struct json_object *opened; /* workflow -> those that open it -> true */
	struct json_object *told;   /* "workflow event" -> true */
};

/* Of the workflow at hand. */
void ties_mistake(struct ties_check *k, const char *pointer, const char *code, const char *fmt, ...)
    PRINTF(4, 5);
const struct workflow *ties_named(const struct ties_check *k, const char *id); /* NULL: none */
struct json_object *ties_about(const struct workflow *w); /* what its cases may be about */

/* definitions_tell.c */
void ties_check_tell(struct ties_check *k, const char *pointer, struct json_object *params);
void ties_check_is_told(struct ties_check *k); /* after all tells */

#endif
