/*
 * statechart: the pure engine. (chart, snapshot, event) -> (next snapshot, what to do).
 * Nothing is executed, nothing waits, no clock: actions and timers come back as data, in order.
 *
 * Format and meaning: workflows/README.md; a named subset of XState v5's machine JSON with XState's
 * semantics (SCXML's algorithm: microstep, macrostep, exit set in reverse document order).
 */
#ifndef LT_STATECHART_H
#define LT_STATECHART_H

#include "base.h"

enum sc_type { SC_ATOMIC, SC_COMPOUND, SC_PARALLEL, SC_FINAL, SC_HISTORY };

/* ---- the chart: immutable after sc_load; freed by sc_free ---- */

struct sc_chart;

struct sc_action_def {
	const char *type;	     /* "notify", "xstate.raise" */
	struct json_object *params; /* may be NULL */
};

struct sc_state {
	int index;	/* document order; the root is 0 */
	const char *key;
	const char *id; /* own id, else machine id and keys joined with dots */
	enum sc_type type;
	const struct sc_state *parent; /* NULL for the root */
	struct json_object *meta;      /* may be NULL */
	const char *description;
	const char *const *tags; /* NULL-terminated; may be NULL */
};

struct sc_transition {
	int index; /* within the chart: stable for one content */
	const struct sc_state *source;
	const char *event;	    /* descriptor: "APPROVE", "a.*", "xstate.after.TERM.STATE"; NULL for always */
	const char *delay;	    /* `after` only: name of the term or digits; else NULL */
	const char *guard;	    /* NULL when unguarded */
	struct json_object *guard_params;
	const struct sc_state *const *targets; /* NULL-terminated; NULL when it has no target */
	bool reenter;
	struct json_object *meta;
	const char *description;
};

/* Loads a machine. Every mistake is added to errors with its JSON pointer; returns NULL when there was
 * any (lint findings included: they are mistakes). The chart keeps its own copy of machine. */
struct sc_chart *sc_load(struct json_object *machine, struct error_list *errors);
/* Only what stops a chart from running is a mistake: states that nothing reaches or leaves, histories
 * entered from inside and circles of `always` are let through. For `simulate`. */
struct sc_chart *sc_load_lenient(struct json_object *machine, struct error_list *errors);
void sc_free(struct sc_chart *chart);

const char *sc_id(const struct sc_chart *chart);
struct json_object *sc_meta(const struct sc_chart *chart);    /* the root's; may be NULL */
struct json_object *sc_machine(const struct sc_chart *chart); /* the whole JSON, borrowed */
int sc_state_count(const struct sc_chart *chart);
const struct sc_state *sc_state_at(const struct sc_chart *chart, int index);
const struct sc_state *sc_state_by_id(const struct sc_chart *chart, const char *id);
int sc_transition_count(const struct sc_chart *chart);
const struct sc_transition *sc_transition_at(const struct sc_chart *chart, int index);

/* Every guard and action named in the chart, so that a caller can refuse what it does not know. */
typedef void (*sc_visit_fn)(void *arg, const char *pointer, const char *type, struct json_object *params);
void sc_visit_guards(const struct sc_chart *chart, sc_visit_fn fn, void *arg);
void sc_visit_actions(const struct sc_chart *chart, sc_visit_fn fn, void *arg);

/* ---- running ---- */

struct sc_event {
	const char *type;
	struct json_object *data; /* may be NULL */
};

/* What the chart's guards and actions mean: pure functions of memory. The built-ins
 * (xstate.raise, xstate.cancel, xstate.stateIn, xstate.not) are the engine's own. */
struct sc_host {
	bool (*guard)(void *arg, const char *type, struct json_object *params,
	    const struct sc_event *ev);
	/* called at its place in the order, so that later guards see what it changed; may be NULL */
	void (*action)(void *arg, const char *type, struct json_object *params,
	    const struct sc_event *ev);
	void *arg;
};

/* Configuration, history and finished parallel states. Lives in the arena it was made in. */
struct sc_snapshot;

struct sc_timer_op {
	bool is_start;	   /* else cancel */
	const char *id;	   /* unique in the case: event type of an `after`, or the id of a delayed raise */
	const char *event; /* what to send when due */
	const char *delay; /* name of a term; NULL when delay_ms is given */
	int64_t delay_ms;
	const struct sc_state *state; /* whose `after` it is; NULL for a delayed raise */
	struct json_object *data;     /* of a delayed raise; may be NULL */
};

struct sc_step {
	struct sc_snapshot *next;
	bool taken;   /* false: no transition was enabled and next equals the old one */
	bool is_done; /* a top-level final state was reached */
	const struct sc_transition *const *transitions; /* in the order taken; NULL-terminated */
	const struct sc_state *const *exited;		/* in order; NULL-terminated */
	const struct sc_state *const *entered;
	const struct sc_action_def *actions; /* in order, without the built-ins */
	int action_count;
	const struct sc_timer_op *timers; /* in order */
	int timer_count;
};

/* Both return OK, or E_CONFLICT when the bound on microsteps was passed (an endless loop in the
 * chart; why says where). An event nothing listens to is OK with taken == false. */
int sc_start(const struct sc_chart *chart, struct arena *a, const struct sc_host *host,
    struct sc_step *step, const char **why) MUST_CHECK;
int sc_send(const struct sc_chart *chart, struct arena *a, const struct sc_snapshot *now,
    const struct sc_event *ev, const struct sc_host *host, struct sc_step *step,
    const char **why) MUST_CHECK;

/* Which transitions ev would take first, without taking them; NULL-terminated, empty if none. */
const struct sc_transition *const *sc_select(const struct sc_chart *chart, struct arena *a,
    const struct sc_snapshot *now, const struct sc_event *ev, const struct sc_host *host);

/* The event types (no wildcards, no xstate.*) that the configuration listens to, in document order,
 * innermost first, each once; NULL-terminated. */
const char *const *sc_events(const struct sc_chart *chart, struct arena *a,
    const struct sc_snapshot *now);

/* The active states in document order (the root too); NULL-terminated. */
const struct sc_state *const *sc_active(const struct sc_chart *chart, struct arena *a,
    const struct sc_snapshot *now);
bool sc_is_active(const struct sc_snapshot *now, const struct sc_state *s);
bool sc_is_done(const struct sc_chart *chart, const struct sc_snapshot *now);

/* {"active": [atomic ids], "history": {...}, ...}: stable across processes. restore refuses what is
 * not a legal configuration of this chart (NULL, *why). */
struct json_object *sc_snapshot_json(const struct sc_chart *chart, struct arena *a,
    const struct sc_snapshot *now);
struct sc_snapshot *sc_snapshot_restore(const struct sc_chart *chart, struct arena *a,
    struct json_object *o, const char **why);

#endif
