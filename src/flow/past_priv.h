/*
 * The past of one case, run once more by the pure engine: to check what the rows say (rebuild), or
 * through another workflow or calendar (replay). No rights are asked of today: who acted, acts by
 * the post that the event recorded.
 */
#ifndef LT_PAST_PRIV_H
#define LT_PAST_PRIV_H

#include "flow_db.h"
#include "migrate_priv.h"

/* ---- past.c: the rows ---- */
struct past {
	int64_t case_id;
	struct case_row c; /* as it is now */
	const char *active_states;
	const struct workflow *first; /* the version it began with; NULL when it cannot be loaded */
	struct event_row *events;
	int event_count;
	struct task_row *tasks; /* open ones */
	int task_count;
	struct timer_write *timers;
	int timer_count;
};
int past_read(struct task *t, int64_t case_id, struct past *p) MUST_CHECK;
bool past_is_move(const struct event_row *e); /* to another version, or back */
bool past_is_recount(const struct event_row *e); /* its dates followed a new law */

/* ---- rerun.c: the case in the making ---- */
struct rerun {
	const struct past *past;
	const struct workflow *w;
	const struct law *law;
	bool by_recorded_law; /* that of each event, where it is known */
	struct arena *a;
	struct case_row c;
	struct task_row *tasks;
	int task_count, task_size;
	struct timer_write *timers;
	int timer_count, timer_size;
	struct case_rows before_move; /* for an undo right after it */
	struct event_write last;      /* what the engine made of the last event */
};
/* calendar NULL: the case's own */
void rerun_begin(struct rerun *r, const struct past *p, const struct workflow *w,
    const struct law *l, const char *calendar, struct arena *a);
/* By who is recorded in e, with e's data, at e's time. v->code OK: r is as it is after it. */
void rerun_event(struct rerun *r, const struct event_write *e, struct verdict *v);
/* A timer of r; it is gone afterwards, whatever the verdict. */
void rerun_timer(struct rerun *r, const struct timer_write *timer, int64_t at, struct verdict *v);

#endif
