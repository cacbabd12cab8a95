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
	int64_t id; /* of its text in the database; 0: it is not kept there */
	struct regime **regimes;
	int regime_count;
	struct calendar **calendars;
	int calendar_count;
	struct json_object *calendar_files; /* as they were read, in the same order */
	struct json_object *based;	     /* path -> calendar of agencies, while the law is read */
	const char *province;	     /* id of the calendar of who has none; NULL: the case's own */
	struct json_object *common;  /* {"terms","grounds"}: law_common.c */
	struct json_object *sides;   /* side -> {"vi","en"} */
	struct json_object *posts;   /* post -> {"vi","en", "operates" ...} */
	const char *filling_posts;   /* to which others fall, joined with commas */
	struct json_object *notices; /* name -> {"vi": {"subject","body"}, "en": ...} */
	struct json_object *letters; /* the same shape: mail that belongs to no case */
	struct json_object *lists;   /* name -> list that is mailed on a weekday; may be NULL */
	struct json_object *layout;  /* {"vi": {"text","html","letter"}, "en": ...} */
	struct schema *shape;        /* of a workflow: schema.json */
};

/* Does posts.json say so of it: "operates", "of_province" ...? */
bool law_post_is(const struct law *l, const char *post, const char *word);

/* ---- posts.c ---- */
/* What posts.json says of a post beside its title. */
void posts_check(struct json_object *posts, struct error_list *errors);
/* The posts to which others fall, joined with commas. */
const char *posts_filling(struct json_object *posts, struct arena *a);

/* ---- law_common.c ---- */
struct json_object *law_common_new(struct arena *a);
void law_common_add(
    struct law *l, const char *file, struct json_object *o, struct error_list *errors);
/* errors: without a file's name, of the regime's own; all: with the name of a file of common/. */
struct regime *law_common_regime(
    struct law *l, struct json_object *o, struct error_list *errors, struct error_list *all);

/* ---- law_calendars.c ---- */
/* One that is based on another needs that in l. NULL with the mistakes. */
struct calendar *law_read_calendar(
    const struct law *l, struct json_object *o, struct error_list *errors);
void law_add_calendar(struct law *l, struct json_object *o, struct error_list *errors);
struct json_object *law_calendar_file(const struct law *l, const char *id); /* borrowed */
void law_use_calendar(struct law *l, const char *id); /* the province's */
/* The word of the side whose agency's calendar a term counts by; of a part, that of its whole. */
const char *term_side(const struct regime *r, const char *name);
/* Its calendar: its own, else the province's; own: the case's, where nobody said which that is. */
const struct calendar *law_side_calendar(
    const struct law *l, const struct agency *g, const struct calendar *own);
/* Of a term that case.terms has a record of. */
const struct calendar *law_term_calendar(const struct law *l, const struct regime *r,
    struct json_object *terms, const char *name, const struct calendar *own);
void law_check_sides(const struct law *l, const char *where, struct error_list *errors);

/* ---- law_text.c ---- */
/* {"calendar": the province's, "calendars", "regimes"} */
struct json_object *law_content(const struct law *l, struct arena *a);
const char *law_hash(struct json_object *content, struct arena *a, char hex[65]); /* the text */
/* A law with these calendars and regimes and, borrowed, all else of frame. NULL with the mistakes. */
struct law *law_of_content(
    const struct law *frame, struct json_object *content, struct error_list *errors);
struct law_draft {
	const struct law *law;
	struct json_object *content; /* for law_of_content */
};
void law_draft_begin(const struct law *l, struct arena *a, struct law_draft *d);
void law_draft_calendar(struct law_draft *d, struct json_object *calendar);
void law_draft_regime(struct law_draft *d, struct json_object *regime, struct error_list *errors);

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
void workflow_check_post(struct workflow_check *k, struct json_object *right, const char *pointer);
void workflow_check_rights(struct workflow_check *k, struct json_object *by, const char *pointer);
/* workflow_check_calls.c: sc_visit_fn, arg is a struct workflow_check */
void workflow_check_guard(
    void *arg, const char *pointer, const char *type, struct json_object *params);
void workflow_check_action(
    void *arg, const char *pointer, const char *type, struct json_object *params);
/* workflow_check_stated.c */
const struct sc_transition *workflow_transition_at(
    const struct workflow *w, struct arena *a, const char *pointer); /* of an action; or NULL */
/* Does the sender have to fill in the field that the rule reads? grounds: it is one of this kind;
 * "": of any kind; NULL: it may be any field. */
bool workflow_is_stated(const struct workflow *w, const struct sc_transition *t,
    struct json_object *rule, const char *grounds);
/* workflow_check_extend.c */
void workflow_check_extend(
    struct workflow_check *k, const char *pointer, struct json_object *params);
void workflow_check_extendable(
    struct workflow_check *k, const char *pointer, struct json_object *params);
/* workflow_check_ties.c */
void workflow_check_start(struct workflow_check *k);
void workflow_check_schedule(struct workflow_check *k);
void workflow_check_approval(
    struct workflow_check *k, const struct sc_state *s, const char *pointer);
void workflow_check_offers(
    struct workflow_check *k, struct json_object *offers, const char *pointer);
void workflow_check_approval_state(
    struct workflow_check *k, const char *pointer, struct json_object *params);
bool workflow_check_tie(struct workflow_check *k, const char *pointer, const char *type,
    struct json_object *params); /* false: no such action */
char *workflow_state_pointer(struct arena *a, const struct sc_state *s);
char *workflow_transition_pointer(struct arena *a, const struct sc_transition *t);

/* ---- forms.c ---- */
void forms_compile(struct workflow *w, const struct law *l, struct error_list *errors);
/* What no schema says: items of the service, parts of another field, grounds of the regime, agencies. */
void forms_check(struct json_object *form, struct json_object *data, struct json_object *context,
    const struct regime *r, const struct directory *dir, const char *base,
    struct error_list *errors);

/* ---- law_lists.c: work that is mailed on a day of the week (notices/lists.json) ---- */
void law_lists_check(const struct law *l, const char *pointer, struct error_list *errors);
int list_weekday(struct json_object *list); /* 0: Monday; -1: none */

/* ---- notices.c, notices_check.c ---- */
struct notice_values {
	struct arena *a;
	const struct workflow *w;
	const struct law *law;
	const struct directory *dir;
	const struct case_row *c; /* after the event */
	const struct regime *regime;
	const struct calendar *calendar;
	const struct event_in *ev;
	const struct holding *as; /* the actor's post; may be NULL */
	const char *term;         /* whose date {{due}} is; may be NULL */
	int64_t due_at;
	/* A letter: what its placeholders stand for, instead of all that comes from a case. */
	struct json_object *given;
};
/* One mail to p, in p's language. */
void notice_render(const struct notice_values *v, const char *name, const struct person *p,
    struct mail_write *mail);
/* The text for a placeholder's name; "" when it has no value now. */
const char *notice_value(
    const struct notice_values *v, const char *name, const char *lang, const struct person *p);
char *notice_day_text(struct arena *a, int64_t day); /* 25/11/2026 */
/* text as it stands in HTML */
void notice_put_html(struct str *out, const char *text);
/* notices_letter.c: a value given to a letter, in lang; "" when it is missing */
const char *letter_value(const struct notice_values *v, const char *name, const char *lang);
#define LETTER_LINES "{{lines}}" /* a paragraph by itself: the list that was given */
bool letter_add_lines(const struct notice_values *v, const char *lang, bool is_html,
    struct str *out); /* false: an empty list */
/* notices_field.c: case.X or data.X as people write it */
const char *notice_field(const struct notice_values *v, const char *name, const char *lang);
bool notice_name_is_known(const char *name); /* a fixed one, not case.* or data.* */
/* Calls fn with each placeholder's name (without '?') of a text. */
void notice_each_placeholder(
    struct arena *a, const char *text, void (*fn)(void *arg, const char *name), void *arg);
void notices_check(const struct law *l, const char *pointer, struct error_list *errors);
/* The placeholders case.* and data.* of a notice, against what the workflow has. */
void notice_check_paths(const struct workflow *w, const struct law *l, const char *pointer,
    const char *name, struct error_list *errors);

/* ---- quiet.c: when mail may come to a person ---- */
/* now_us, or when it is no longer quiet and no day off that he wants free. */
int64_t mail_comes_at(const struct preference *p, const struct calendar *c, int64_t now_us);
/* The next one after now_us, where there are any. */
int64_t mail_digest_at(const struct preference *p, const struct calendar *c, int64_t now_us);
bool preference_is_quiet(const struct preference *p, int minute);
char *minute_text(struct arena *a, int minute); /* "07:30"; NULL: none */
bool minute_read(const char *text, int *minute);

/* ---- sides.c: the agencies of a case by the word a workflow uses ---- */
/* NULL-terminated: none, one, or the parties. */
const struct agency *const *side_agencies(
    const struct directory *dir, const char *side, struct arena *a);
const struct agency *side_agency(const struct directory *dir, const char *side); /* the first; NULL */
const struct agency *agency_with_code(const struct directory *dir, const char *code);
bool side_has(const struct directory *dir, const char *side, int64_t agency_id);
void agency_add_once(int64_t *ids, int *count, const struct agency *g); /* NULL: nothing */
/* A side that only the agency's role decides: known before there is a case. */
bool side_is_role(const char *side);

/* ---- away.c: posts that people may use without holding them ---- */
struct roster {
	struct arena *a;
	struct holding *holdings;
	struct person *people; /* parallel to holdings; NULL: all are one person's */
	int count, size, person_count, person_size;
};
/* p: NULL where all are one person's. Nothing when he has the post already. */
void roster_add(struct roster *r, const struct holding *h, const struct person *p);
/* What those who stand for absent people have from them. */
void roster_add_stand_ins(struct roster *r, const struct stand_in *list, int count);
/* Which post of the agency a vacant one falls to, of those that are held; NULL: it is held itself, or
 * falls to nobody. held: all posts held at the agency. */
const char *post_filled_by(const struct law *l, const struct post_pair *held, int count,
    int64_t agency_id, const char *post);
/* The vacant posts that fall to those that are there. held: all posts held at their agencies. */
void roster_add_vacant(
    struct roster *r, const struct law *l, const struct post_pair *held, int held_count);

/* ---- chain.c ---- */
enum chain_fault {
	CHAIN_FINE,
	CHAIN_CIRCLE,	/* somebody would stand for himself */
	CHAIN_TOO_LONG, /* more than SUBSTITUTION_LINKS */
};
/* What a new one would make with those of list, which are not ended. */
enum chain_fault chain_check(
    const struct substitution *s, const struct substitution *list, int count);

/* ---- access.c ---- */
/* The agencies that see the case as it is now. */
int64_t *case_viewers(const struct workflow *w, const struct directory *dir,
    const struct case_row *c, struct arena *a, int *count);

/* ---- rights.c ---- */
/* Which of the actor's posts is named in by ([{"post","of","when"}]); NULL if none. */
const struct holding *right_find(struct json_object *by, const struct directory *dir,
    const struct actor *who, struct json_object *logic_data, struct arena *a);
bool right_is_own_case(const struct case_row *c, const struct actor *who, const struct holding *as);
/* The rule of `not` that forbids it to the actor by this post: its sentence, or NULL. */
const char *right_forbidden(struct json_object *not_list, const struct law *l,
    const struct directory *dir, const struct case_row *c, const struct actor *who, const struct holding *as);
char *right_describe(struct json_object *by, struct arena *a); /* "head of owner, clerk of owner" */

/* ---- effects_ties.c: what goes from one case to others ---- */
struct ties {
	struct task_close *closed_tasks;
	int closed_task_count, closed_task_size;
	struct open_write *opens;
	int open_count, open_size;
	struct tell_write *tells;
	int tell_count, tell_size;
	struct grant_write *grants;
	int grant_count, grant_size;
	bool ends_grants;
};

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
	const struct law *law;
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
	const char *problem_at; /* the field of the form that it is about; may be NULL */

	struct timer_list running, started;
	struct extended *extended;
	int extended_count, extended_size;
	struct name_list cancelled;
	struct json_object **notices; /* params of the notify actions, in order */
	int notice_count, notice_size;
	struct ties ties;
	bool has_new_viewers; /* who may see the case is no longer who did */
};

void run_init(struct run *r, const struct case_row *c);
void run_fail(struct run *r, const char *word, const char *fmt, ...) PRINTF(3, 4);
struct sc_host run_host(struct run *r);
void run_set_regime(struct run *r, int64_t at_us);
/* Of a term that begins now; and of one that the case keeps a record of. */
const struct calendar *run_calendar_for(const struct run *r, const char *term);
const struct calendar *run_calendar_of(const struct run *r, const char *term);
/* The result of a rule over the case and the event; a rule that fails is a problem of the run. */
struct json_object *run_apply(struct run *r, struct json_object *rule, const char *what);
struct sc_snapshot *run_snapshot(struct run *r);

/* effects_ties.c: the actions open, tell, grant, end-grants and join */
bool run_tie(struct run *r, const char *type, struct json_object *params); /* false: none of these */
void run_write_ties(const struct run *r, struct write_set *ws);

/* approval.c: who has agreed in a state, kept in case.approvals */
struct json_object *approval_of(const struct workflow *w, const char *state_id); /* NULL: none */
struct json_object *approval_given(struct json_object *context, const char *state_id);
bool approval_has(struct json_object *context, const char *state_id, const char *agency,
    const char *post);
/* Would a person agree twice, once with a post that he does not hold himself? Whom he stands for counts
 * as he. */
bool approval_is_second(struct json_object *context, const char *state_id, const struct actor *who,
    const struct holding *as);
bool approval_holds(const struct workflow *w, const struct directory *dir,
    struct json_object *context, const char *state_id, struct arena *a);
struct approver {
	const struct agency *agency;
	const char *of, *post;
};
struct approver *approvers(
    struct json_object *approval, const struct directory *dir, struct arena *a, int *count);
void run_agree(struct run *r, struct json_object *params);
void run_approvals_end(struct run *r, const struct sc_step *step);

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

/* explain.c: how a due date came about, as docs/api.md says */
struct json_object *term_explain(const struct term *t, const struct regime *regime,
    const struct calendar *c, struct json_object *record, struct arena *a);

/* explain_extensions.c: since: only those that were given while it ran, or was over, since then */
enum { EXPLAIN_MOST_DAYS = 400 };
struct json_object *explain_day(
    const struct calendar *c, int64_t day, int n, const char *why, struct arena *a);
struct json_object *explain_extensions(
    const struct regime *regime, const struct term *t, struct json_object *record);
int64_t explain_first_due(struct json_object *record, int64_t since);
void explain_extended_days(const struct calendar *c, struct json_object *record, int64_t since,
    struct json_object *list, struct arena *a);

/* A term that begins at 24:00 counts from the noon before. */
#define HALF_DAY_US (INT64_C(12) * 3600 * 1000000)

/* effects_timers.c */
void timer_list_add(struct timer_list *l, struct arena *a, const struct timer_write *t);
void timer_list_take(struct timer_list *l, int i, struct timer_write *out);
void run_timers_begin(struct run *r, const struct timer_write *running, int count);
bool run_timer_fired(struct run *r); /* removes those that ev is for; false: there was none */
void run_timers(struct run *r, const struct sc_step *step);
void run_due(struct run *r, const struct sc_snapshot *next);

/* effects_terms.c: case.terms, and when a term is due */
struct json_object *run_terms(const struct run *r);
struct json_object *run_term_record(struct run *r, const char *term); /* made when there is none */
void run_note_start(struct run *r, const struct timer_write *t, bool is_resumed);
void run_note_pause(struct run *r, const char *term, int days_left);
void run_note_status(struct run *r, const char *term, const char *status);
struct json_object *term_last_pause(struct json_object *record); /* NULL: it was never paused */
void term_drop_pause(struct json_object *record, int64_t from); /* the last, if it began then */
int64_t run_term_due_at(const struct run *r, const char *term); /* of one begun in this case; 0 */
/* Of one that begins now. 0: a date that the case does not hold; a problem of the run is told. */
int64_t run_term_due(struct run *r, const char *term);
/* When so many per cent of the term of this record have passed, its pauses left out; 0: it has no date. */
int64_t term_record_share(
    const struct calendar *c, struct json_object *record, int percent, struct arena *a);

/* effects_extend.c: the action extend */
struct extended { /* a term that got longer in this step */
	const char *term;
	int64_t due_at; /* 0: it stands still */
};
void run_extend(struct run *r, struct json_object *params);
bool run_can_extend(struct run *r, struct json_object *params); /* the guard can-extend */
/* effects_extended.c: what follows; due_at 0: it stands still, so many days more are left */
void run_extended(struct run *r, const char *term, int64_t due_at, int64_t days);
/* A timer of a term, or of a part of one, that got longer runs to the new date. false: it is none. */
bool run_start_extended(struct run *r, struct timer_write *t);
void run_extended_timers(struct run *r, const struct sc_snapshot *next);
void run_extended_tasks(struct run *r, struct write_set *ws);

/* effects_writes.c */
void run_tasks(struct run *r, const struct sc_step *step, struct write_set *ws);
void run_mails(struct run *r, struct write_set *ws);
void run_event(struct run *r, const struct sc_snapshot *before, const struct sc_snapshot *after,
    struct write_set *ws);
/* The leaves of a snapshot as the row of the case names them. */
const char *active_leaves(struct arena *a, struct json_object *snapshot);

void name_list_add(struct name_list *l, struct arena *a, const char *name);

#endif
