/*
 * Inside of substitutions*.c.
 */
#ifndef LT_FLOW_SUBSTITUTIONS_H
#define LT_FLOW_SUBSTITUTIONS_H

#include "flow.h"

#define CALENDAR_DAY_US (INT64_C(86400) * 1000000)

const char *substitution_state(const struct substitution *s, int64_t now);
struct json_object *substitution_json(
    struct arena *a, const struct substitution *s, bool may_end, int64_t now);
/* The posts that a person holds himself. */
int own_posts(
    struct task *t, int64_t person_id, int64_t at, struct holding **list, int *count) MUST_CHECK;
/* Who is away, the head of an agency where he holds one of these posts, who operates the system. */
bool may_say_who_stands(
    const struct actor *who, int64_t absent_id, const struct holding *posts, int count);
/* A letter to both. */
int substitution_tell(struct tx *tx, const char *letter, const struct substitution *s,
    const struct actor *by) MUST_CHECK;

#endif
