/*
 * Moving an open case to another version of its workflow: the pure part, for migrate and rebuild.
 */
#ifndef LT_MIGRATE_PRIV_H
#define LT_MIGRATE_PRIV_H

#include "flow_priv.h"

#define MIGRATED "workflow.migrated"
#define MIGRATION_UNDONE "workflow.migration-undone"

/* ---- migrate_plan.c ---- */
struct migrate_plan {
	const struct workflow *from, *to;
	int64_t from_id, to_id;
	struct json_object *json; /* as it was given */
	struct json_object
	    *states;   /* state of from -> its successor, or a list of them; may be NULL */
	bool restarts; /* terms begin anew; else they keep their dates */
};
/* Checks the plan against both charts. */
void migrate_plan_check(const struct migrate_plan *p, struct error_list *errors);
/* The states that take the place of an old one: those of the plan, else the one with the same id.
 * NULL-terminated; NULL: nobody said. */
const struct sc_state *const *migrate_successors(
    const struct migrate_plan *p, const char *old_id, struct arena *a);
/* Of one state that others hang on (timers, approvals): the first successor; NULL: none. */
const struct sc_state *migrate_successor(
    const struct migrate_plan *p, const char *old_id, struct arena *a);
/* The snapshot in the new chart; NULL with *why. unmapped gets the leaves that nobody mapped. */
struct sc_snapshot *migrate_snapshot(const struct migrate_plan *p, struct json_object *old,
    struct name_list *unmapped, struct str *report, struct arena *a, const char **why);

/* ---- migrate_case.c ---- */
/* A case as its rows are: what a move starts from, and what an undo goes back to. */
struct case_rows {
	struct case_row c;
	const struct task_row *tasks; /* open ones */
	int task_count;
	const struct timer_write *timers;
	int timer_count;
};
struct migrate_report {
	struct str text;           /* a line for each thing that changes */
	struct name_list unmapped; /* active leaves that the plan does not map */
};
/* ev has type MIGRATED, actor "system" and the data of migrate_data. The case of *ws is pinned to
 * p->to. */
void migrate_case(const struct migrate_plan *p, const struct law *l, const struct directory *dir,
    const struct case_rows *now, const struct event_in *ev, struct arena *a, struct write_set *ws,
    struct verdict *v, struct migrate_report *report);
struct json_object *migrate_data(const struct migrate_plan *p, const char *by, struct arena *a);
/* The next event of the chain, from one snapshot to that of c; ws gets c and it. */
void chain_event(struct case_row *c, const struct event_in *ev, const struct law *l,
    struct json_object *from, struct arena *a, struct write_set *ws);
/* Back to what was, as another event: the chain only grows. */
void migrate_back(const struct case_rows *before, const struct case_rows *now,
    const struct event_in *ev, struct arena *a, struct write_set *ws);

/* ---- migrate_rows.c ---- */
struct json_object *case_rows_json(const struct case_rows *rows, struct arena *a);
/* now: what no move changes (number, agencies, hash). */
void case_rows_read(
    struct json_object *o, const struct case_row *now, struct arena *a, struct case_rows *rows);

/* ---- migrate_timers.c ---- */
void migrate_timers(struct run *r, const struct migrate_plan *p, const struct sc_snapshot *next,
    struct str *report);

/* ---- migrate_tasks.c ---- */
/* From the open tasks to the wanted ones, state by state: what is the same stays. */
struct migrate_tasks {
	const struct task_row *open;
	int open_count;
	const struct task_write *wanted;
	int wanted_count;
	bool with_dates; /* another date makes another task */
	const struct calendar *calendar;
	struct arena *a;
	struct str *report;
};
void migrate_tasks(const struct migrate_tasks *k, struct write_set *ws);

#endif
