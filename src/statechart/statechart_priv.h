/*
 * What the files of the engine share: the compiled chart, sets of states, and one run over it.
 * A state is known by its index in document order; its descendants are the indexes up to `last`.
 */
#ifndef LT_STATECHART_PRIV_H
#define LT_STATECHART_PRIV_H

#include <string.h>

#include "statechart.h"

enum {
	NO_STATE = -1,
	MAX_DEPTH = 100,	/* of states within states */
	MAX_MICROSTEPS = 1000,	/* of one macrostep */
	MAX_TAKEN = 100000,	/* transitions, states entered and actions of one macrostep */
};

/* ---- lists that grow in an arena ---- */

void *list_grow(struct arena *a, void *items, int count, int *size, size_t item_size);
#define LIST_ADD(a, list)                                                                          \
	((list)->items = list_grow((a), (list)->items, (list)->count, &(list)->size,              \
	     sizeof((list)->items[0])),                                                            \
	    &(list)->items[(list)->count++])

/* ---- sets of small numbers ---- */

struct set {
	uint64_t *words;
	int word_count;
};

struct set set_new(struct arena *a, int size);
struct set set_copy(struct arena *a, struct set s);
bool set_any_in(struct set s, int first, int last); /* both included */
int set_next(struct set s, int from);		    /* the smallest member >= from; -1 when none */
int set_previous(struct set s, int from);	    /* the greatest member <= from; -1 when none */

static inline bool
set_has(struct set s, int i)
{
	return s.words[i >> 6] >> (i & 63) & 1;
}

static inline void
set_add(struct set s, int i)
{
	s.words[i >> 6] |= UINT64_C(1) << (i & 63);
}

static inline void
set_remove(struct set s, int i)
{
	s.words[i >> 6] &= ~(UINT64_C(1) << (i & 63));
}

struct int_list {
	int *items;
	int count, size;
};

/* ---- the chart ---- */

enum action_kind { ACTION_NAMED, ACTION_RAISE, ACTION_CANCEL };

struct action {
	enum action_kind kind;
	struct sc_action_def def; /* named */
	struct sc_event event;	  /* raise */
	const char *timer_id;	  /* cancel; raise with a delay: NULL when each gets its own */
	bool is_delayed;
	const char *delay; /* name of a term, or NULL */
	int64_t delay_ms;
	int after_of; /* the state whose `after` it is, or NO_STATE */
};

struct actions {
	struct action *items;
	int count, size;
};

enum guard_kind { GUARD_NONE, GUARD_NAMED, GUARD_STATE_IN };

struct guard {
	enum guard_kind kind;
	bool is_negated;
	const char *type;
	struct json_object *params;
	int state; /* GUARD_STATE_IN */
};

struct transition {
	struct sc_transition pub;
	int source;
	int *targets;
	int target_count; /* 0: the configuration stays */
	struct guard guard;
	struct actions actions;
};

struct transition_list {
	struct transition **items;
	int count, size;
};

/* The transitions of one state for one event descriptor, in the order tried. */
enum match { MATCH_EXACT, MATCH_PREFIX, MATCH_ANY };

struct group {
	enum match match;
	const char *descriptor;
	size_t length; /* of the descriptor */
	struct transition_list transitions;
};

struct groups {
	struct group *items; /* exact ones by name, then wildcards, longest first */
	int count, size;
	int exact_count;
};

struct node {
	struct sc_state pub;
	struct json_object *json;
	int parent, last, first_child, next_sibling;
	int depth;
	int initial; /* NO_STATE when it has none */
	struct actions initial_actions;
	struct actions entry, exit;
	struct groups groups;
	struct transition_list always;
	int first_transition, transition_count; /* its own, in the chart's list */
	const char *done_event;
	struct int_list histories; /* children that are history states */
	/* of a history state */
	bool is_deep;
	bool is_default_initial; /* no target of its own: enters the parent's initial state */
	int *defaults;
	int default_count;
	int history_slot; /* in sc_snapshot.history */
};

struct index_entry {
	int parent; /* of a key; NO_STATE in the table of ids */
	const char *name;
	int state;
};

struct sc_chart {
	struct arena *arena;
	struct json_object *machine;
	struct node *nodes;
	int count;
	int history_count;
	struct transition_list transitions;
	struct index_entry *by_id, *by_key; /* sorted */
};

static inline bool
is_inside(const struct sc_chart *c, int state, int ancestor)
{
	return state > ancestor && state <= c->nodes[ancestor].last;
}

static inline bool
is_leaf(const struct node *n)
{
	return n->pub.type == SC_ATOMIC || n->pub.type == SC_FINAL;
}

int chart_find_id(const struct sc_chart *c, const char *id, size_t length);
int chart_find_child(const struct sc_chart *c, int parent, const char *key, size_t length);
int chart_common_ancestor(const struct sc_chart *c, int a, int b); /* may be a or b itself */

/* ---- loading ---- */

struct place { /* where in the machine: a state's JSON and a way down from it */
	const struct place *up;
	const struct node *node; /* when up is NULL; NULL: the machine itself */
	const char *key;
	int index; /* used when key is NULL */
};

struct loader {
	struct sc_chart *chart;
	struct arena *arena;
	struct error_list *errors;
};

#define AT_NODE(n) (&(struct place){ .node = (n) })
#define AT_KEY(at, k) (&(struct place){ .up = (at), .key = (k) })
#define AT_INDEX(at, i) (&(struct place){ .up = (at), .index = (i) })

void mistake(struct loader *l, const struct place *at, const char *code, const char *fmt, ...)
    PRINTF(4, 5);
void pointer_add(struct str *s, const char *key); /* one more token of a JSON pointer */
bool only_keys(struct loader *l, struct json_object *o, const struct place *at,
    const char *const *known, const char *what);

void load_shape(struct loader *l, struct node *n);		    /* shape.c: which properties */
void load_initial(struct loader *l, struct node *n);		    /* initial.c */
void load_history(struct loader *l, struct node *n);
void load_transitions(struct loader *l, struct node *n);	    /* transitions.c */
void load_after(struct loader *l, struct node *n);		    /* after.c */
struct transition *transition_new(struct loader *l, struct node *n, const char *event,
    struct json_object *json, const struct place *at);
struct group *groups_find(struct groups *g, int among, const char *descriptor); /* the first ones */
struct group *groups_add(struct loader *l, struct groups *g, const char *descriptor);
void load_actions(struct loader *l, struct json_object *json, const struct place *at,
    struct actions *out);
void load_guard(struct loader *l, struct json_object *json, const struct place *at,
    struct guard *out);
bool load_delay(struct loader *l, struct json_object *json, const struct place *at,
    struct action *out);

/* target.c: NO_STATE with the reason in *why */
int target_resolve(const struct sc_chart *c, const struct node *source, const char *text,
    struct arena *a, const char **why);
int target_by_path(const struct sc_chart *c, int from, const char *path, struct arena *a,
    const char **why);
bool targets_agree(const struct sc_chart *c, const int *targets, int count, struct arena *a);

void check_chart(struct loader *l);   /* check.c: what runs, but cannot be meant */
void check_endless(struct loader *l); /* endless.c */

/* ---- running ---- */

struct state_list {
	int *items;
	int count;
};

struct sc_snapshot {
	struct set active;
	struct state_list order;    /* the active states in order of activation */
	struct state_list *history; /* by slot; items NULL: never left */
	bool is_done;
	int64_t raise_count; /* numbers the timers that have no id of their own */
};

struct event_queue {
	struct sc_event *items;
	int count, size, next;
};

struct state_ref_list {
	const struct sc_state **items;
	int count, size;
};

struct transition_ref_list {
	const struct sc_transition **items;
	int count, size;
};

struct action_def_list {
	struct sc_action_def *items;
	int count, size;
};

struct timer_list {
	struct sc_timer_op *items;
	int count, size;
};

struct run {
	const struct sc_chart *chart;
	struct arena *arena;
	const struct sc_host *host;
	const struct sc_event *event; /* the one being handled */
	struct sc_snapshot *now;      /* changed in place */
	bool has_new_history;
	int64_t work; /* transitions, states entered and actions so far */
	struct event_queue queue;
	struct transition_ref_list taken;
	struct state_ref_list exited, entered;
	struct action_def_list actions;
	struct timer_list timers;
	int *child, *sibling, *last_child; /* the active tree, made by tree_build */
};

struct sc_snapshot *snapshot_new(const struct sc_chart *c, struct arena *a);
struct sc_snapshot *snapshot_copy(const struct sc_chart *c, struct arena *a,
    const struct sc_snapshot *s);

bool guard_passes(const struct run *r, const struct transition *t);

/* select.c */
void tree_build(struct run *r);
struct transition_list select_by_event(struct run *r);
struct transition_list select_always(struct run *r);
/* conflict.c */
struct transition_list without_conflicts(struct run *r, const struct transition_list *enabled);
int transition_domain(const struct run *r, const struct transition *t);
struct set exit_set(const struct run *r, const struct transition_list *taken);
struct state_list effective_targets(const struct run *r, const struct transition *t);

/* enter.c: the states to enter, and those of them whose initial actions run */
struct entry_set {
	struct set enter, by_default;
};
struct entry_set entry_set_of(const struct run *r, const struct transition_list *taken);

/* actions.c */
void run_actions(struct run *r, const struct actions *list);
void raise_done(struct run *r, int state);

/* microstep.c: takes the transitions together; false when the configuration and history stay */
bool microstep(struct run *r, const struct transition_list *enabled, bool is_initial);

#endif
