/*
 * Inside of flow/, what is proved about a workflow: every configuration that its chart can be in,
 * and the moves between them, found by running the engine itself with guards that say whatever they
 * like.
 */
#ifndef LT_PROOF_PRIV_H
#define LT_PROOF_PRIV_H

#include "flow_priv.h"

/* ---- search_oracle.c ---- */

enum { ORACLE_MAX_GUARDS = 64 }; /* asked in one step */

struct answer {
	const char *type;
	struct json_object *params;
	bool is_yes;
};

struct oracle {
	bool plan[ORACLE_MAX_GUARDS]; /* the first answers; then yes */
	int planned;
	struct answer given[ORACLE_MAX_GUARDS];
	int count, known_from; /* those from known_from on still hold */
	bool is_short_of_agreement, has_too_many;
};

struct sc_host oracle_host(struct oracle *o);
/* The plan of the next outcome: the last yes becomes a no. False: there is none. */
bool oracle_next(struct oracle *o);

/* ---- search.c ---- */

enum move_kind { MOVE_START, MOVE_PERSON, MOVE_TIMER, MOVE_TOLD };

struct configuration {
	struct json_object *json; /* of the snapshot */
	const struct sc_snapshot *snapshot;
	const struct sc_state *const *active; /* in document order */
	bool is_done;
	int first_move, move_count;
	int by; /* the move that found it: the shortest way */
};

/* One outcome of one event. All outcomes of an event in one configuration have the same `asked`. */
struct move {
	enum move_kind kind;
	const char *event;
	int asked;
	int from, to; /* from is -1 for MOVE_START; to is from when the guards let nothing happen */
	bool is_short_of_agreement;                     /* a guard `agreed` said no */
	const struct sc_transition *const *transitions; /* NULL-terminated, as the next one */
	const struct sc_state *const *exited;
};

struct search {
	const struct workflow *w;
	struct arena *a;
	struct configuration *configurations;
	int count, size;
	struct move *moves;
	int move_count, move_size, asked_count;
	bool is_complete; /* else a bound was hit: nothing is proved by what was not found */
	int *table;       /* configurations by hash of their JSON */
	int table_size;
};

struct search *search_run(const struct workflow *w, struct arena *a);
bool search_is_active(const struct configuration *c, const struct sc_state *s);
/* "submitted + on_time": the active leaves. */
const char *search_name(const struct search *s, const struct configuration *c);

/* ---- proof*.c ---- */

void proof_add(struct proof *p, enum proof_kind kind, const char *fmt, ...) PRINTF(3, 4);
void proof_detail(struct proof *p, enum proof_kind kind, const char *fmt, ...) PRINTF(3, 4);
void prove_ends(const struct search *s, struct proof *p, struct error_list *errors);
void prove_grounds(const struct search *s, struct proof *p, struct error_list *errors);
void prove_tasks(const struct workflow *w, struct proof *p);
void prove_sight(const struct workflow *w, struct proof *p, struct error_list *errors);
void prove_terms(const struct workflow *w, struct proof *p, struct error_list *errors);
void prove_notices(const struct workflow *w, struct proof *p);
void prove_time(const struct search *s, const struct law *l, struct proof *p);

/* ---- proof_waits.c: what is waited for, and what bounds the wait ---- */

/* A term that runs, and the state with which it begins anew; a term that resumes has none. */
struct bound {
	const char *term;
	const struct sc_state *owner;
};

struct wait {
	const struct sc_state *leaf;
	int bound; /* index; -1: nothing bounds the wait */
};

/* All configurations with the same history in which the same leaves are waited for: those with a
 * task or a phase. What runs beside them only watches the time. */
struct stand {
	const char *name, *history;
	int place; /* the first stand of this name */
	struct wait *waits;
	int wait_count;
	int *bounds; /* all that run here, whether or not a leaf waits for them */
	int bound_count;
	bool is_start, is_end, is_paused, has_law_clock;
	int first_step, step_count;
};

struct stand_step {
	int from, to, timer; /* timer: the bound that ran out; -1 */
	const char *event;
	bool is_return; /* to where it was: through a history state */
	const struct sc_state *const *exited;
};

struct waits {
	const struct search *s;
	struct arena *a;
	const struct law *law;
	struct stand *stands;
	int count, size;
	struct stand_step *steps; /* by where they begin */
	int step_count, step_size;
	struct bound *bounds;
	int bound_count, bound_size;
};

/* The stand of a configuration, and the bound of a term: found, or made. */
int waits_stand(struct waits *g, const struct configuration *c);
int waits_bound(struct waits *g, const char *term, const struct sc_state *owner);
/* Is this leaf waited for, where anything is? */
bool stand_counts(const struct configuration *c, const struct sc_state *s);

/* ---- proof_steps.c ---- */

struct waits *waits_of(const struct search *s, const struct law *l, struct arena *a);

/* ---- proof_circles.c ---- */

void prove_circles(const struct waits *g, struct proof *p);

/* ---- proof_span.c: sums of terms ---- */

struct span {
	double working_days, calendar_days, working_hours, hours, months, years;
	double dates; /* that cases name: as long as a year, to compare */
};
struct span span_of_term(const struct regime *r, const char *term); /* unknown: no time */
struct span span_of_extensions(
    const struct workflow *w, const struct regime *r, const char *term, struct arena *a);
struct span span_add(struct span a, struct span b);
struct span span_without(struct span a, struct span b);
double span_length(struct span s); /* about how many hours: to compare */
const char *span_text(struct arena *a, struct span s);

/* ---- proof_path.c ---- */

struct path_step {
	int step;          /* of waits.steps */
	int bound;         /* that was waited for; -1: no time is counted */
	struct span until; /* since the beginning */
};
struct path {
	struct path_step *steps;
	int count;
	struct span length;
};
struct longest {
	struct path to_decision, to_end;
	bool is_complete; /* else there are more paths than were looked at */
};
/* The longest ways without entering a state twice, if every term is kept. A decision: an end, or
 * the first stand where no term of the law runs, nor can later. */
struct longest longest_paths(const struct waits *g, const struct regime *r);

#endif
