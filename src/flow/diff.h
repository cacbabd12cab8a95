/*
 * Inside of flow/, the difference of two versions of a workflow in words of the process.
 */
#ifndef LT_FLOW_DIFF_H
#define LT_FLOW_DIFF_H

#include "tool_words.h"

/* What a sentence says; {1}, {2} ... are its parts. Both languages stand in diff_words.c. */
enum phrase {
	P_TITLE,
	P_PREFIX,
	P_KIND,
	P_START_BY,
	P_START,
	P_NOT_OWNER,
	P_MAY_OWNER,
	P_VISIBILITY,
	P_SCHEDULE,
	P_CONTEXT,
	P_PHASES,
	P_TERM_USED,
	P_TERM_UNUSED,
	P_CITES,
	P_STATE_NEW,
	P_STATE_GONE,
	P_STATE_RENAMED,
	P_STATE_MOVED,
	P_STATE_TITLE,
	P_STATE_TYPE,
	P_STATE_INITIAL,
	P_TASK_NEW,
	P_TASK_GONE,
	P_TASK_WHO,
	P_TASK_DUE,
	P_TASK_TITLE,
	P_DUE,
	P_CLOCK_STOPS,
	P_CLOCK_RUNS,
	P_OUTCOME,
	P_PHASE,
	P_OFFER_NEW,
	P_OFFER_GONE,
	P_AGREE_WHO,
	P_AGREE_RULE,
	P_ENTERING,
	P_LEAVING,
	P_EVENT_NEW,
	P_EVENT_GONE,
	P_WAY_NEW,
	P_WAY_GONE,
	P_EVENT_TITLE,
	P_MAY,
	P_MAY_NOT,
	P_NEVER,
	P_NO_LONGER_NEVER,
	P_GUARD_NEW,
	P_GUARD_GONE,
	P_GUARD,
	P_TARGET,
	P_REFUSAL,
	P_TONE,
	P_TOLD,
	P_UNTOLD,
	P_FIELD_NEW,
	P_FIELD_NEW_NEEDED,
	P_FIELD_GONE,
	P_NEEDS,
	P_NEEDS_GROUND,
	P_NEEDS_NOT,
	P_FIELD,
	P_FIELD_TITLE,
	P_FORM_NEW,
	P_FORM_GONE,
	P_FORM_RULES,
	P_NOTICE_NEW,
	P_NOTICE_GONE,
	P_NOTICE_TO,
	P_ACTION_NEW,
	P_ACTION_GONE,
	P_EXTENDS_NEW,
	P_EXTENDS_GONE,
	/* parts of sentences */
	P_NOTHING,
	P_EVENT_IN,
	P_TIMER_IN,
	P_BY_ITSELF,
	P_DONE_IN,
	P_CASE_FORM,
	P_STAYS,
	P_PEOPLE,
	P_PARTIES,
	P_PREVIOUS,
	P_AGREED,
	P_OTHER_CASES,
	P_REST,
	P_REST_ONLY,
	P_NOTICE_TERM,
	P_COUNT
};

struct diff {
	const struct law *law;
	const struct sc_chart *before, *after;
	const char *lang;
	struct arena *a;
	const char **lines;
	int count, size;
	const struct sc_state **now; /* by index of before: the same state after; NULL: gone */
	const struct sc_state **was; /* by index of after */
};

/* Up to four parts; NULL ends them. */
const char *diff_phrase(const struct diff *d, enum phrase p, ...) __attribute__((sentinel));
void diff_say(struct diff *d, enum phrase p, ...) __attribute__((sentinel));

const char *diff_state_name(const struct diff *d, const struct sc_state *s);
const char *diff_text(const struct diff *d, struct json_object *o); /* a word, or JSON; "nothing" */
const char *diff_rights(const struct diff *d, struct json_object *list);
bool diff_has(struct json_object *list, struct json_object *one);

/* What no sentence of its own tells: each key that is not among the known ones; NULL ends them. */
void diff_rest(struct diff *d, const char *what, struct json_object *before,
    struct json_object *after, const char *const *known);

void diff_pair_states(struct diff *d);
void diff_states(struct diff *d);
void diff_events(struct diff *d);
void diff_forms(
    struct diff *d, const char *what, struct json_object *before, struct json_object *after);
void diff_actions(
    struct diff *d, const char *what, struct json_object *before, struct json_object *after);
void diff_law(
    struct diff *d, const char *what, struct json_object *before, struct json_object *after);

#endif
