/*
 * Inside of flow/, the pure half: what a definition is made of, and the work on one event.
 */
#ifndef LT_FLOW_PRIV_H
#define LT_FLOW_PRIV_H

#include "flow.h"
#include "logic.h"
#include "schema.h"

/* ---- law.c ---- */
struct law {
	struct arena *arena;
	struct regime **regimes;
	int regime_count;
	struct calendar **calendars;
	int calendar_count;
	struct json_object *posts;   /* post -> {"vi","en"} */
	struct json_object *notices; /* name -> {"vi": {"subject","body"}, "en": ...} */
	struct json_object *layout;  /* {"vi": {"text","html"}, "en": ...} */
};

/* ---- workflow.c, workflow_check.c ---- */
struct workflow {
	struct arena *arena;
	struct sc_chart *chart;
	struct json_object *meta; /* the root's */
	struct schema *case_form;
	struct schema **event_forms; /* by index of the transition; NULL: carries nothing */
};
struct workflow_check {
	const struct workflow *w;
	const struct law *l;
	struct error_list *errors;
	struct json_object *raised; /* event types that the chart sends to itself -> true */
};
void workflow_check(const struct workflow *w, const struct law *l, struct error_list *errors);
void workflow_check_term(struct workflow_check *k, const char *term, const char *pointer);
void workflow_check_rights(struct workflow_check *k, struct json_object *by, const char *pointer);
/* workflow_check_calls.c: sc_visit_fn, arg is a struct workflow_check */
void workflow_check_guard(
    void *arg, const char *pointer, const char *type, struct json_object *params);
void workflow_check_action(
    void *arg, const char *pointer, const char *type, struct json_object *params);
char *workflow_state_pointer(struct arena *a, const struct sc_state *s);
char *workflow_transition_pointer(struct arena *a, const struct sc_transition *t);

/* ---- forms.c ---- */
void forms_compile(struct workflow *w, const struct law *l, struct error_list *errors);
/* What no schema says: items of the service, parts of another field, grounds of the regime. */
void forms_check(struct json_object *form, struct json_object *data, struct json_object *context,
    const struct regime *r, const char *base, struct error_list *errors);

/* ---- notices.c, notices_check.c ---- */
struct notice_values {
	struct arena *a;
	const struct law *law;
	const struct directory *dir;
	const struct case_row *c; /* after the event */
	const struct regime *regime;
	const struct calendar *calendar;
	const struct event_in *ev;
	const struct holding *as; /* the actor's post; may be NULL */
	const char *term;         /* whose date {{due}} is; may be NULL */
	int64_t due_at;
};
/* One mail to p, in p's language. */
void notice_render(const struct notice_values *v, const char *name, const struct person *p,
    struct mail_write *mail);
/* The text for a placeholder's name; "" when it has no value now. */
const char *notice_value(
    const struct notice_values *v, const char *name, const char *lang, const struct person *p);
bool notice_name_is_known(const char *name); /* a fixed one, not case.* or data.* */
/* Calls fn with each placeholder's name (without '?') of a text. */
void notice_each_placeholder(
    struct arena *a, const char *text, void (*fn)(void *arg, const char *name), void *arg);
void notices_check(const struct law *l, const char *pointer, struct error_list *errors);
/* The placeholders case.* and data.* of a notice, against what the workflow has. */
void notice_check_paths(const struct workflow *w, const struct law *l, const char *pointer,
    const char *name, struct error_list *errors);

/* ---- rights.c ---- */
extern const char *const right_posts_of[]; /* "requester", "owner", "ict", "office", NULL */
const struct agency *directory_agency(const struct directory *dir, const char *of);
/* Which of the actor's posts is named in by ([{"post","of","when"}]); NULL if none. */
const struct holding *right_find(struct json_object *by, const struct directory *dir,
    const struct actor *who, struct json_object *logic_data, struct arena *a);
bool right_is_own_case(const struct case_row *c, const struct actor *who, const struct holding *as);
/* The rule of `not` that forbids it to the actor by this post: its sentence, or NULL. */
const char *right_forbidden(struct json_object *not_list, const struct case_row *c,
    const struct actor *who, const struct holding *as);
char *right_describe(struct json_object *by, struct arena *a); /* "head of owner, clerk of owner" */

/* ---- effects*.c: the work on one event ---- */
struct timer_list {
	struct timer_write *timers;
	int count, size;
};
struct name_list {
	const char **names; /* NULL-terminated */
	int count, size;
};
struct run {
	const struct workflow *w;
	const struct law *law; /* NULL when only asking */
	const struct directory *dir;
	const struct event_in *ev;
	struct arena *a;
	const struct holding *as;
	bool is_asking; /* guards that read event.data count as true */

	struct case_row c; /* as it becomes */
	const struct regime *regime;
	const struct calendar *calendar;
	struct json_object *logic_data; /* {"case","event","actor","now"} */
	int64_t started_at;             /* when terms of this step begin */
	int64_t term_start;             /* an instant of the day from which they count */
	const char *problem;            /* why it cannot be decided, NULL: it can */
	const char *problem_word;

	struct timer_list running, started;
	struct name_list cancelled;
	struct json_object **notices; /* params of the notify actions, in order */
	int notice_count, notice_size;
};

void run_init(struct run *r, const struct case_row *c);
void run_fail(struct run *r, const char *word, const char *fmt, ...) PRINTF(3, 4);
struct sc_host run_host(struct run *r);
void run_set_regime(struct run *r, int64_t at_us);
struct sc_snapshot *run_snapshot(struct run *r);

/* decide_allowed.c: each says no in v */
void decide_deny(struct verdict *v, enum err code, const char *word, const char *text);
void decide_deny_state(struct run *r, const struct sc_snapshot *now, struct verdict *v);
bool decide_is_person(const struct event_in *ev);
bool decide_may_start(struct run *r, struct verdict *v);
bool decide_is_allowed(struct run *r, const struct sc_snapshot *now, struct verdict *v);
bool decide_form_holds(struct run *r, const struct schema *schema, struct json_object *form,
    struct json_object *data, const char *base, struct verdict *v);

/* decide.c: told of each step that is decided; the scenarios count by it which ways no story takes.
 */
extern void (*decide_watch)(const struct sc_step *step);

/* effects_timers.c */
void run_timers_begin(struct run *r, const struct timer_write *running, int count);
bool run_timer_fired(struct run *r); /* removes those that ev is for; false: there was none */
void run_timers(struct run *r, const struct sc_step *step);
void run_due(struct run *r, const struct sc_snapshot *next);
int64_t run_term_due_at(const struct run *r, const char *term); /* of one begun in this case; 0 */

/* effects_writes.c */
void run_tasks(struct run *r, const struct sc_step *step, struct write_set *ws);
void run_mails(struct run *r, struct write_set *ws);
void run_event(struct run *r, const struct sc_snapshot *before, const struct sc_snapshot *after,
    struct write_set *ws);

void name_list_add(struct name_list *l, struct arena *a, const char *name);

#endif
