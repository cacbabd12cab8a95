/*
 * Inside of flow/, replay: one case under a draft.
 */
#ifndef LT_REPLAY_PRIV_H
#define LT_REPLAY_PRIV_H

#include "past_priv.h"

struct replay {
	const struct flow_replay *in;
	struct flow_replayed *out;
	struct law *drafted; /* with the draft calendar in it; NULL: there is none */
	const struct law *law;
	struct workflow *w;
	const char *calendar_id; /* of a draft that takes the place of the cases' own; NULL */
};

/* One case. */
struct replaying {
	const struct replay *all;
	const struct past *p;
	struct rerun r;
	struct arena *a;
	struct str lines;
	bool *is_used; /* by index of the event: a timer of the draft stands for it */
	bool is_state_told, has_refusal, has_state, has_date, has_outcome;
	int fired;
};

/* ---- replay_compare.c ---- */
void replay_note(struct replaying *k, const char *fmt, ...) PRINTF(2, 3); /* a line of its report */
const char *replay_when(struct replaying *k, int64_t at);
/* What came of it in the end, and what was. */
void replay_compare(struct replaying *k);

#endif
