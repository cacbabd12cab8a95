/*
 * store: all SQL of the product; one file per table or aggregate. Structs here are rows.
 *
 * store_x(struct tx *, ...) runs inside a transaction; store_x(struct task *, ...) is one autocommit
 * read or write. Texts and JSON of results are in the task's arena.
 */
#ifndef LT_STORE_H
#define LT_STORE_H

#include "db.h"

/* A title in both languages, as it stands in JSON: {"vi": ..., "en": ...}. Borrowed. */

/* ---- agencies, people, posts ---- */

struct agency {
	int64_t id;
	const char *code, *name_vi, *name_en;
	const char *kind; /* "so", "nganh-doc", "huyen", "xa"; "bo": outside of the province */
	const char *role; /* "ict", "office", "police" ... (workflows/sides.json) or NULL: the side it takes in every case */
	int64_t parent_id;
	bool has_services; /* owns one at least; only store_agency_list fills it */
};

struct person {
	int64_t id;
	const char *login, *name, *email, *locale; /* "vi", "en" */
	const char *password_hash;		   /* argon2id; only store_person_by_login fills it */
	bool is_active;
};

/* A post that is a person's to use now: "focal" of agency 5. He holds it, or somebody does for whom he
 * stands, or nobody, and it falls to him (flow/away.c makes those two out of rows). */
struct holding {
	int64_t id; /* of the row that it comes from */
	int64_t person_id, agency_id;
	const char *post;     /* of workflows/posts.json */
	const char *own_post; /* the post really held, when `post` is vacant; else NULL */
	const char *agency_code, *agency_name_vi, *agency_name_en, *agency_role;
	int64_t on_behalf_of;	    /* the absent person who holds it; 0: person_id does */
	const char *on_behalf_name; /* NULL when on_behalf_of is 0 */
	bool is_away; /* somebody stands for person_id; only store_holdings_of_agencies fills it */
	const char *posts_held; /* at this agency, by anybody, joined with commas; only
				 * store_holdings_of_person fills it */
};

/* Somebody stands for somebody else, with all his posts, from when until when. */
struct substitution {
	int64_t id, absent_id, substitute_id;
	int64_t from_at, until_at; /* until_at: the end of its last day */
	const char *reason;
	int64_t made_by, made_at, ended_by, ended_at; /* ended_at 0: not ended early; people 0: unknown */
	/* Of those read with names; else empty. */
	struct person absent, substitute; /* login and password_hash NULL */
	const char *made_by_name;	  /* NULL: unknown */
	bool is_led; /* absent holds a post at one of the agencies that were asked for */
};

/* ---- one case ---- */

#define NO_HASH "0000000000000000000000000000000000000000000000000000000000000000"

struct case_row {
	int64_t id;
	const char *number;	     /* "STG-YC-2026-00001" */
	const char *workflow;	     /* id: "wf-01" */
	int64_t workflow_version_id; /* pinned */
	const char *regime, *calendar;
	int64_t requester_id, owner_id; /* agencies */
	int64_t service_id;		/* 0: none */
	int64_t created_by;		/* person; 0: another case or the calendar opened it */
	int64_t parent_id, about_id;	/* the case that opened it; the one its opener named; 0: none */
	const char *title;
	struct json_object *snapshot; /* sc_snapshot_json */
	struct json_object *context;  /* what guards read as `case`: {"fields": {...}, "info_rounds": 0, ...} */
	struct json_object *paused;   /* {"<timer id>": working days left} of terms that resume */
	int64_t version;	      /* number of events so far */
	const char *head_hash;	      /* hash of the newest event; NO_HASH before the first */
	bool is_open;
	const char *outcome; /* of the final state; NULL while open */
	int64_t created_at, received_at, closed_at, due_at;
};

/* ---- what one event writes: data before it is SQL, so that several can share one commit ---- */

struct task_write { /* opens a task */
	const char *state_id, *post, *of; /* of: a side of workflows/sides.json */
	int64_t agency_id;
	const char *title_vi, *title_en;
	const char *term; /* NULL: no due date */
	int64_t due_at;
};

struct timer_write {
	const char *timer_id, *event;
	const char *term; /* name of the term, NULL for plain milliseconds */
	int64_t started_at, due_at;
	struct json_object *data; /* may be NULL */
	bool has_failed;	  /* only read: tried in vain, the last time */
};

struct mail_write { /* one rendered message to one person */
	int64_t person_id;
	const char *address, *name, *subject, *text, *html, *template_name;
	bool is_urgent;	    /* not gathered into a digest */
	int64_t not_before; /* 0: at once */
};

struct event_write {
	const char *type;
	const char *kind; /* "person", "timer", "system" */
	int64_t actor_id; /* person; 0 for timer and system */
	int64_t holding_id; /* the post used; 0 */
	const char *actor_name, *actor_post, *actor_agency_code; /* as they were then */
	const char *own_post; /* the post really held when actor_post is vacant; else NULL */
	int64_t on_behalf_of; /* person; 0 */
	struct json_object *data; /* what the sender gave: form, note; may be NULL */
	const char *from_states, *to_states; /* ids of active leaves, joined with spaces */
	int64_t at;
	const char *prev_hash, *hash; /* SHA-256 of the canonical event (flow/hash.c), hex */
	int64_t law_id; /* the calendars and regimes it was decided by (store_law_keep); 0: not known */
};

struct task_close { /* of an approval: the task of one approver ends, those of the others stay */
	const char *state_id, *post;
	int64_t agency_id;
};

struct task_retime { /* open tasks of a term get its new date */
	const char *term;
	int64_t due_at;
};

struct open_write { /* a case that this event opens: in the same transaction, by the actor "system" */
	const char *workflow;
	int64_t requester_id, owner_id, service_id;
	struct json_object *fields;
};

/* An event for other cases: a timer row of each, due at once, with timer_id "told:<case>:<version>:<n>"
 * and event `event`; fired in a transaction of its own. */
struct tell_write {
	const char *to;	      /* "parent", "children", "about", "workflow" */
	const char *workflow; /* to "workflow": every open case of it ... */
	bool same_service, same_requester, same_owner; /* ... that has these of this case */
	const char *event;
	struct json_object *data;
};

struct grant_write {
	const char *kind; /* "account", "agreement" */
	const char *reference;
	struct json_object *items; /* [names]; may be NULL */
	const char *until;	   /* "YYYY-MM-DD"; NULL: no end */
};

struct write_set {
	struct case_row c;	  /* as it is after the event; c.id exists (store_case_create) */
	int64_t expected_version; /* the version before; 0 for START */
	struct event_write event;
	const char *const *closed_states; /* tasks of these state ids end; NULL-terminated */
	const struct task_close *closed_tasks;
	int closed_task_count;
	const struct task_retime *retimed_tasks;
	int retimed_task_count;
	const struct task_write *tasks;
	int task_count;
	const char *const *cancelled_timers; /* timer ids; NULL-terminated */
	const struct timer_write *timers;
	int timer_count;
	const struct mail_write *mails;
	int mail_count;
	const int64_t *viewers; /* agencies that see the case from now on; only when some were added */
	int viewer_count;
	const struct open_write *opens;
	int open_count;
	const struct tell_write *tells;
	int tell_count;
	const struct grant_write *grants;
	int grant_count;
	bool ends_grants; /* all that this case gave */
};

/* ==== functions: each an own statement or a few, errors as in db.h; E_NOT_FOUND where one row was asked for ==== */

/* ---- agencies (store/agency.c) ---- */
int store_agency_add(struct tx *tx, struct agency *a) MUST_CHECK; /* sets a->id; demo and init */
int store_agency_by_code(struct tx *tx, const char *code, struct agency *a) MUST_CHECK;
int store_agency_by_id(struct tx *tx, int64_t id, struct agency *a) MUST_CHECK;
int store_agency_list(struct task *t, struct agency **list, int *count) MUST_CHECK; /* by id */

/* ---- people and posts (store/person.c, store/holding.c) ---- */
int store_person_add(struct tx *tx, struct person *p) MUST_CHECK; /* with password_hash; sets p->id */
int store_person_by_login(struct task *t, const char *login, struct person *p) MUST_CHECK;
int store_person_by_id(struct task *t, int64_t id, struct person *p) MUST_CHECK;
int store_person_read(struct tx *tx, int64_t id, struct person *p) MUST_CHECK;
int store_person_set_locale(struct tx *tx, int64_t id, const char *locale) MUST_CHECK;
int store_holding_add(struct tx *tx, struct holding *h, int64_t from_at, int64_t until_at) MUST_CHECK;
/* Posts that the person holds at `at`, then those of everybody for whom he stands, the nearest first:
 * A's are C's to use when B stands for A and C for B, through at most SUBSTITUTION_LINKS of them. */
enum { SUBSTITUTION_LINKS = 5 };
/* filling: posts, joined with commas, to which vacant ones fall: posts_held is told where he has one of
 * them; NULL: nowhere. */
int store_holdings_of_person(struct task *t, int64_t person_id, int64_t at, const char *filling,
    struct holding **list, int *count) MUST_CHECK;
/* Holders at `at` of the posts of these agencies, each named once; active people only, no substitutes.
 * people[i] belongs to holdings[i]. */
int store_holdings_of_agencies(struct tx *tx, const int64_t *ids, int id_count, int64_t at,
    struct holding **holdings, struct person **people, int *count) MUST_CHECK;
/* Posts that anybody ever held until `at`, by agency and post; of these agencies, ids NULL: of all. */
struct post_row {
	int64_t agency_id;
	const char *post;
	bool is_held;  /* by somebody active */
	int64_t until; /* when the last holding ended; 0: none did */
};
int store_posts(struct tx *tx, const int64_t *ids, int id_count, int64_t at, struct post_row **list,
    int *count) MUST_CHECK;
/* Demo only: login, name, and first post of everybody. */
int store_account_list(struct task *t, struct person **people, struct holding **holdings,
    int *count) MUST_CHECK;

/* ---- substitutions (store/substitution.c) ---- */
/* One after the other, so that two made at once cannot close a circle: until the transaction ends. */
int store_substitution_turn(struct tx *tx, int64_t now_us) MUST_CHECK;
/* Not ended, and at some time between these; by id, without names. */
int store_substitutions_between(struct tx *tx, int64_t from_at, int64_t until_at,
    struct substitution **list, int *count) MUST_CHECK;
int store_substitution_add(struct tx *tx, struct substitution *s) MUST_CHECK; /* sets id */
int store_substitution_lock(struct tx *tx, int64_t id, struct substitution *s)
    MUST_CHECK; /* with names, without is_led */
int store_substitution_end(struct tx *tx, const struct substitution *s) MUST_CHECK; /* ended_by, ended_at */
struct substitution_query {
	int64_t person_id; /* absent or substitute */
	bool all;	   /* anybody's */
	const int64_t *agency_ids; /* and whose absent person holds a post at one of these: is_led */
	int agency_count;
	int64_t at, ended_after; /* not those that ended before */
};
int store_substitutions(struct task *t, const struct substitution_query *q,
    struct substitution **list, int *count) MUST_CHECK; /* the latest first; at most 500 */
/* Who stands for these people at `at`, through the chain, the nearest first; active ones. */
struct stand_in {
	int64_t absent_id;
	const char *absent_name;
	struct person substitute;
};
int store_stand_ins(struct tx *tx, const int64_t *person_ids, int person_count, int64_t at,
    struct stand_in **list, int *count) MUST_CHECK;

/* ---- sessions and sign-in limits (store/session.c) ---- */
int store_session_add(struct task *t, int64_t person_id, const char *secret_hash,
    const char *address, int64_t expires_at, int64_t *id) MUST_CHECK;
/* Only a live one of an active person: not revoked, not expired at now_us. */
int store_session_by_secret(struct task *t, const char *secret_hash, int64_t now_us, int64_t *id,
    int64_t *person_id) MUST_CHECK;
/* Live, and this person's. */
int store_session_is_live(struct task *t, int64_t id, int64_t person_id, int64_t now_us,
    bool *is_live) MUST_CHECK;
int store_session_revoke(struct task *t, int64_t id, int64_t now_us) MUST_CHECK;
/* Failures of a subject ("login:x", "address:1.2.3.4") since since_us; the oldest of them in *first_at. */
int store_sign_in_failures(struct task *t, const char *subject, int64_t since_us, int *count,
    int64_t *first_at) MUST_CHECK;
int store_sign_in_failure_add(struct task *t, const char *subject, int64_t now_us) MUST_CHECK;
int store_sign_in_failures_clear(struct task *t, const char *subject) MUST_CHECK;

/* ---- services (store/service.c) ---- */
struct service {
	int64_t id, owner_id;
	const char *code, *name, *owner_code, *owner_name_vi, *owner_name_en;
	const char *database, *form; /* "open", "default", "specific" */
	struct json_object *items;   /* [{"key","name"}] */
	const char *method, *protocol, *authentication, *limit, *update_frequency, *use_period,
	    *personal_data;
	const char *workflow; /* that a request for it starts; NULL: none */
};
int store_service_add(struct tx *tx, struct service *s) MUST_CHECK; /* sets id; indexes its words */
int store_service_by_code(struct task *t, const char *code, struct service *s) MUST_CHECK;
int store_service_by_id(struct tx *tx, int64_t id, struct service *s) MUST_CHECK;
/* text: searched folded, every word, the last as a beginning; NULL: all. form, owner: NULL: any. */
int store_service_search(struct task *t, const char *text, const char *form, const char *owner,
    int limit, struct service **list, int *count, int64_t *total) MUST_CHECK;

/* ---- workflow versions (store/workflow.c): immutable ---- */
/* The id of the version with this content hash, stored now if it is new. */
int store_workflow_version_keep(struct tx *tx, const char *workflow, const char *hash,
    const char *machine, int64_t now_us, int64_t *id) MUST_CHECK;
struct workflow_version {
	int64_t id;
	const char *workflow, *hash, *machine;
};
int store_workflow_version_is_kept(struct task *t, const char *workflow, const char *hash,
    bool *is_kept) MUST_CHECK;
/* All versions that open or closed cases are pinned to, or that are the current of their workflow. */
int store_workflow_versions(struct task *t, struct workflow_version **list, int *count) MUST_CHECK;
int store_workflow_version_by_id(struct tx *tx, int64_t id, struct workflow_version *v) MUST_CHECK;
/* By the beginning of its hash; E_CONFLICT when that is not enough to know which. */
int store_workflow_version_by_hash(struct tx *tx, const char *workflow, const char *hash_start,
    struct workflow_version *v) MUST_CHECK;

/* A publication says what new cases take from then on; the newest of a workflow names its current
 * version. */
struct publication {
	int64_t version_id; /* 0: none */
	const char *hash;   /* of its content; publications read have it */
	bool is_shipped;    /* came with the program, not from an administrator */
	int64_t published_by; /* person; 0: shipped, or somebody without an account */
	const char *publisher, *why;
	int64_t at;
};
struct workflow_current {
	const char *workflow;
	int64_t version_id;
};
int store_workflow_current(struct task *t, struct workflow_current **list, int *count) MUST_CHECK;
/* The newest of a workflow; nobody else publishes it until the transaction ends. */
int store_publication_lock(struct tx *tx, const char *workflow, struct publication *p,
    bool *only_shipped) MUST_CHECK;
int store_publication_add(struct tx *tx, const char *workflow, const struct publication *p) MUST_CHECK;
struct publication_line {
	struct publication p;
	int64_t open_cases, closed_cases; /* pinned to the version */
};
int store_publications(struct task *t, const char *workflow, struct publication_line **list,
    int *count) MUST_CHECK; /* oldest first */

/* ---- cases (store/case.c) ---- */
/* Takes the next number of prefix and year, inserts the row with version 0; sets c->id, c->number
 * ("STG-YC-2026-00001"). */
int store_case_create(struct tx *tx, const char *province, const char *prefix, int year,
    struct case_row *c) MUST_CHECK;
int store_case_lock(struct tx *tx, int64_t id, struct case_row *c) MUST_CHECK; /* FOR UPDATE */
int store_case_read(struct tx *tx, int64_t id, struct case_row *c) MUST_CHECK;
/* One event with all it writes but `opens`, which is flow's; E_STALE when the version is not expected_version. */
int store_write(struct tx *tx, const struct write_set *ws) MUST_CHECK;

/* One line of a list, with names joined in. */
struct case_line {
	struct case_row c; /* without snapshot, context, paused */
	const char *requester_code, *requester_vi, *requester_en;
	const char *owner_code, *owner_vi, *owner_en;
	const char *service_code, *service_name; /* NULL: none */
	const char *active_states;		 /* ids of active leaves, joined with spaces */
};
struct case_query {
	int64_t person_id;  /* who asks: cases that he created, or that one of his agencies sees */
	const int64_t *agency_ids; /* where he may use a post */
	int agency_count;
	bool only_mine;	    /* created by the person */
	bool only_agency;   /* of the person's agencies */
	const char *text;   /* folded search; NULL: any. A number or its end finds the case too */
	const char *state;  /* "open", "closed", "overdue" (at `at`), NULL */
	const char *workflows; /* ids joined with commas; NULL: any */
	int64_t at;
	int64_t before_id;  /* cursor: ids below; 0: from the newest */
	int limit;
};
int store_case_list(struct task *t, const struct case_query *q, struct case_line **list, int *count,
    int64_t *total) MUST_CHECK; /* total: exact to 1000, then 1001 */
int store_case_line(struct tx *tx, int64_t id, struct case_line *line) MUST_CHECK;
/* Words by which the case is found: its title, number, service and agencies. */
int store_case_index(struct tx *tx, int64_t case_id, const char *text) MUST_CHECK;

/* ---- what hangs on a case (store/ties.c) ---- */
enum case_tie { LINK_PARENT, LINK_ABOUT, LINK_CHILD, LINK_ABOUT_THIS };
struct case_link {
	enum case_tie tie;
	bool is_visible; /* to one of the agencies asked for */
	struct case_line line;
};
/* By tie, then id; at most 1000. */
int store_links(struct tx *tx, const struct case_row *c, const int64_t *agency_ids, int agency_count,
    struct case_link **list, int *count) MUST_CHECK;
struct grant_row {
	int64_t id, case_id, requester_id, owner_id;
	const char *case_number, *kind, *reference;
	const char *service_code, *service_name; /* NULL: none */
	struct json_object *items;		 /* NULL: none */
	const char *until;			 /* "YYYY-MM-DD"; NULL: no end */
	int64_t granted_at, ended_at;		 /* ended_at 0: runs */
};
int store_grants_of_case(struct tx *tx, int64_t case_id, struct grant_row **list, int *count)
    MUST_CHECK;
/* What runs on the day `today` and was given to or by one of the agencies, newest first. */
int store_grants_running(struct task *t, const int64_t *agency_ids, int agency_count,
    const char *today, int64_t before_id, int limit, struct grant_row **list, int *count) MUST_CHECK;

/* ---- workflows that open themselves (store/schedule.c) ---- */
struct schedule_row {
	const char *workflow, *item;
	const char *due_on; /* "YYYY-MM-DD" */
	int64_t next_at;
};
/* Does nothing when the entry is known already. */
int store_schedule_keep(struct task *t, const char *workflow, const char *item, const char *due_on,
    int64_t next_at) MUST_CHECK;
int store_schedules_due(struct task *t, int64_t now_us, struct schedule_row **list, int *count)
    MUST_CHECK;
/* *is_ours false: another has it, or has moved it on already. */
int store_schedule_take(struct tx *tx, const struct schedule_row *s, int64_t now_us, bool *is_ours)
    MUST_CHECK;
int store_schedule_move(struct tx *tx, const struct schedule_row *s, const char *due_on,
    int64_t next_at) MUST_CHECK;
int store_schedule_failed(struct task *t, const struct schedule_row *s, const char *why,
    int64_t next_at) MUST_CHECK;
int store_schedule_forget(struct task *t, const struct schedule_row *s) MUST_CHECK;

/* ---- lists that are mailed on a day of the week (store/mail_list.c) ---- */
struct mail_list_row {
	const char *name;
	const char *due_on; /* "YYYY-MM-DD" */
	int64_t next_at;
};
/* Does nothing when the list is known already. */
int store_mail_list_keep(struct task *t, const char *name, const char *due_on, int64_t next_at)
    MUST_CHECK;
int store_mail_lists_due(struct task *t, int64_t now_us, struct mail_list_row **list, int *count)
    MUST_CHECK;
/* *is_ours false: another has it, or has moved it on already. */
int store_mail_list_take(struct tx *tx, const struct mail_list_row *row, int64_t now_us,
    bool *is_ours) MUST_CHECK;
int store_mail_list_move(struct tx *tx, const struct mail_list_row *row, const char *due_on,
    int64_t next_at) MUST_CHECK; /* it was sent for row->due_on */
int store_mail_list_put_off(struct task *t, const struct mail_list_row *row, const char *why,
    int64_t next_at) MUST_CHECK; /* why: NULL unless it failed */
int store_mail_list_forget(struct task *t, const struct mail_list_row *row) MUST_CHECK;

/* ---- events (store/event.c): append-only ---- */
struct event_row {
	int64_t id, version;
	struct event_write e;
	const char *on_behalf_name; /* NULL: none */
};
int store_events(struct tx *tx, int64_t case_id, struct event_row **list, int *count) MUST_CHECK;
struct change {
	int64_t event_id, case_id, version;
	int64_t *agencies; /* that see the case */
	int agency_count;
};
/* Newest event ids, for the watcher: those above after_id, oldest first; after_id -1: only the newest. */
int store_changes(struct task *t, int64_t after_id, int limit, struct change **list, int *count)
    MUST_CHECK;

/* ---- tasks (store/task.c) ---- */
struct task_row {
	int64_t id, case_id, agency_id;
	const char *state_id, *post, *of, *title_vi, *title_en, *term;
	int64_t opened_at, due_at; /* due_at 0: none */
};
int store_tasks_open(struct tx *tx, int64_t case_id, struct task_row **list, int *count) MUST_CHECK;
struct inbox_row {
	struct task_row task;
	struct case_line line;
};
struct post_pair { /* of whose work the inbox is made */
	int64_t agency_id;
	const char *post;
};
/* The open tasks of these posts, each named once. Most urgent first: by due time (none last), then id.
 * The cursor is (after_due, after_id) of the last row seen; after_id 0: from the start. */
int store_inbox(struct task *t, const struct post_pair *posts, int post_count, int64_t after_due,
    int64_t after_id, int limit, struct inbox_row **list, int *count) MUST_CHECK;
/* Both exact to 1000, then 1001; overdue: due at `at` or before. */
int store_inbox_count(struct task *t, const struct post_pair *posts, int post_count, int64_t at,
    int64_t *total, int64_t *overdue) MUST_CHECK;

int store_tasks_of_post_count(struct tx *tx, int64_t agency_id, const char *post, int64_t *open)
    MUST_CHECK; /* exact to 1000, then 1001 */

/* Of several cases: by case, then the most urgent first. */
int store_tasks_of_cases(struct task *t, const int64_t *case_ids, int case_count,
    struct task_row **list, int *count) MUST_CHECK;

/* ---- cases that a person watches (store/watch.c) ---- */
int store_watch(struct tx *tx, int64_t person_id, int64_t case_id, int64_t now_us) MUST_CHECK;
int store_unwatch(struct task *t, int64_t person_id, int64_t case_id) MUST_CHECK;
int store_is_watched(struct tx *tx, int64_t person_id, int64_t case_id, bool *is_watched) MUST_CHECK;
int store_watches(struct tx *tx, int64_t person_id, int64_t *count) MUST_CHECK; /* hidden ones too */
struct watch_query {
	int64_t person_id;
	const int64_t *agency_ids; /* of the person: watched cases that none of them sees are hidden */
	int agency_count;
	int64_t after_key, after_id; /* cursor: of the last row seen; 0: from the start */
	int limit;
};
struct watched_row {
	int64_t key; /* of the order: open cases by due time, those without one, closed ones */
	struct case_line line;
};
int store_watched(struct task *t, const struct watch_query *q, struct watched_row **list,
    int *count) MUST_CHECK;
int store_watched_count(struct task *t, const struct watch_query *q, int64_t at, int64_t *total,
    int64_t *overdue) MUST_CHECK;

/* ---- addresses of deadlines (store/feed.c): one a person ---- */
int store_feed_set(struct task *t, int64_t person_id, const char *secret_hash, int64_t now_us)
    MUST_CHECK; /* the old one ends */
int store_feed_end(struct task *t, int64_t person_id) MUST_CHECK;
int store_feed_made_at(struct task *t, int64_t person_id, int64_t *at) MUST_CHECK; /* 0: none */
/* Of an active person; E_NOT_FOUND. */
int store_feed_by_secret(struct task *t, const char *secret_hash, struct person *p) MUST_CHECK;

/* ---- timers (store/timer.c) ---- */
#define TOLD_PREFIX "told:" /* of the timer_id of an event that another case tells */
int store_timers_of_case(struct tx *tx, int64_t case_id, struct timer_write **list, int *count)
    MUST_CHECK;
struct timer_claim {
	int64_t id, case_id, fence;
	const char *timer_id, *event, *term;
	int64_t due_at;
	struct json_object *data;
	int attempts;
};
/* Takes up to limit due timers for lease_us, in order of due time; a taken one is offered again when
 * the lease is over, under a higher fence. FOR UPDATE SKIP LOCKED. */
int store_timers_claim(struct tx *tx, int64_t now_us, int64_t lease_us, int limit,
    struct timer_claim **list, int *count) MUST_CHECK;
/* Deletes it if the fence is still ours; E_CONFLICT when somebody else took it or it was cancelled.
 * In the transaction of the event that it fires. */
int store_timer_done(struct tx *tx, int64_t id, int64_t fence) MUST_CHECK;
/* Keeps why it failed; it is offered again from next_at on. */
int store_timer_failed(struct tx *tx, int64_t id, int64_t fence, const char *why, int64_t next_at)
    MUST_CHECK;
/* Not now, through no fault of its own: no attempt. */
int store_timer_put_off(struct tx *tx, int64_t id, int64_t fence, int64_t next_at) MUST_CHECK;
int store_timer_next_due(struct task *t, int64_t *due_at) MUST_CHECK; /* 0: none */

/* ---- how a person wants to be written to (store/preference.c) ---- */
enum { NO_MINUTE = -1 };
struct preference { /* minutes are of the local day */
	int digest_minute;	    /* mail is gathered until then; NO_MINUTE: each for itself */
	int quiet_from, quiet_until; /* both NO_MINUTE: at any time */
	bool on_days_off;
};
/* Without a row: each mail at once, at any time. */
int store_preference(struct task *t, int64_t person_id, struct preference *p) MUST_CHECK;
int store_preference_set(struct tx *tx, int64_t person_id, const struct preference *p) MUST_CHECK;

/* ---- incidents (store/incident.c): timers that keep failing ---- */
struct incident {
	int64_t id; /* of the timer */
	int64_t case_id, workflow_version_id;
	const char *case_number, *case_title;
	const char *event, *error;
	int64_t due_at, since, next_at;
	int attempts;
};
/* *is_new: it was none before. */
int store_incident_raise(struct tx *tx, const struct timer_claim *timer, int64_t now_us,
    bool *is_new) MUST_CHECK;
/* Newest first; before 0: from the newest. */
int store_incidents(struct task *t, int64_t before, int limit, struct incident **list, int *count,
    int64_t *total) MUST_CHECK;
int store_incidents_of_case(struct tx *tx, int64_t case_id, int64_t *count) MUST_CHECK;
int store_incident_retry(struct tx *tx, int64_t id, int64_t now_us) MUST_CHECK; /* due at now_us */
/* Forgets those whose timer is gone or began anew; *left: how many are left. */
int store_incidents_forget(struct tx *tx, int64_t *left) MUST_CHECK;

/* ---- mail (store/mail.c, store/mail_send.c): the outbox ---- */
#define DIGEST_LETTER "digest" /* template_name of a mail that others are lines of */
enum mail_hold {
	HELD_NOT,
	HELD_QUIET,  /* until its person's quiet hours are over */
	HELD_DIGEST, /* until the next digest of its person */
	HELD_TAKEN,  /* by a worker, until its lease ends */
};
struct mail_row {
	int64_t id, case_id, person_id, fence;
	const char *case_number; /* NULL, case_id 0: a letter */
	const char *address, *name, *subject, *text, *html, *template_name;
	const char *state; /* "waiting", "sent", "failed" */
	int attempts;
	int64_t created_at, sent_at;
	int64_t next_at;   /* when it is tried next; 0: not by itself */
	const char *error; /* of the last attempt; NULL: none */
	bool is_urgent;	   /* not gathered into a digest */
	enum mail_hold held;
	bool is_resent; /* somebody said that it go now */
	int64_t digest_id; /* the mail that it is a line of; 0: none */
	/* Of those to this person about this case: the first, and the one before; 0: it is the first.
	 * Only store_mails_due fills them, and what the person wants, and where he works. */
	int64_t first_id, previous_id;
	struct preference wants;
	int64_t agency_id; /* 0 when he wants nothing in particular */
};
/* A letter: it belongs to no case. */
int store_mail_add(struct tx *tx, const struct mail_write *m, int64_t now_us, int64_t *id) MUST_CHECK;

/* Whose time has come, in that order, with their bodies; locked. FOR UPDATE SKIP LOCKED. */
int store_mails_due(struct tx *tx, int64_t now_us, int limit, struct mail_row **list, int *count)
    MUST_CHECK;
/* They are this worker's until lease_end, under a higher fence; counts as an attempt. */
int store_mails_take(struct tx *tx, struct mail_row *list, int count, int64_t lease_end) MUST_CHECK;
/* Taken, but the server was never asked: no attempt. why may be NULL. */
int store_mail_put_off(struct tx *tx, const struct mail_row *m, const char *why, int64_t next_at)
    MUST_CHECK;
/* With the lines of a digest. E_CONFLICT when it is no longer ours. */
int store_mail_sent(struct tx *tx, const struct mail_row *m, int64_t now_us) MUST_CHECK;
int store_mail_failed(struct tx *tx, const struct mail_row *m, const char *why, int64_t next_at)
    MUST_CHECK; /* next_at 0: given up */
int store_mail_hold(struct tx *tx, int64_t id, enum mail_hold held, int64_t until) MUST_CHECK;
/* What waits for the digest of a person, oldest first; locked, without bodies. */
int store_mails_for_digest(struct tx *tx, int64_t person_id, int limit, struct mail_row **list,
    int *count) MUST_CHECK;
int store_mails_into_digest(struct tx *tx, const struct mail_row *list, int count,
    int64_t digest_id) MUST_CHECK;
/* What waits for a person is looked at again. */
int store_mails_unhold(struct tx *tx, int64_t person_id, int64_t now_us) MUST_CHECK;

int store_mails_of_case(struct tx *tx, int64_t case_id, struct mail_row **list, int *count)
    MUST_CHECK; /* without text and html */
/* case_id 0: all; before 0: from the newest. */
int store_mail_list(struct task *t, int64_t case_id, int64_t before, int limit,
    struct mail_row **list, int *count) MUST_CHECK;
int store_mail_by_id(struct task *t, int64_t id, struct mail_row *m) MUST_CHECK;
/* In one state, newest first; before 0: from the newest. *total: exact to 1000, then 1001. */
int store_mails_in_state(struct task *t, const char *state, int64_t before, int limit,
    struct mail_row **list, int *count, int64_t *total) MUST_CHECK;
int store_mail_lock(struct tx *tx, int64_t id, struct mail_row *m) MUST_CHECK;
/* Waits again from now on, with its lines when it is a digest; address NULL: as before. */
int store_mail_resend(struct tx *tx, const struct mail_row *m, const char *address,
    int64_t by_person, int64_t now_us) MUST_CHECK;
int store_mails_any_failed(struct tx *tx, bool *any) MUST_CHECK;

/* ---- alarms (store/alarm.c): what people must see to, told once until it is over ---- */
/* *is_new: it did not last already, so it is to be told now, in this transaction. subject: what it is
 * about, at most 200 characters; "" where there is but one. */
int store_alarm_raise(struct tx *tx, const char *kind, const char *subject, int64_t now_us,
    bool *is_new) MUST_CHECK;
/* Subjects of those of a kind that last; at most 1000. */
int store_alarm_list(struct tx *tx, const char *kind, const char ***subjects, int *count) MUST_CHECK;
int store_alarm_end(struct tx *tx, const char *kind, const char *subject, int64_t now_us) MUST_CHECK;
/* Since when it lasts; 0: it does not. */
int store_alarm_since(struct task *t, const char *kind, const char *subject, int64_t *raised_at)
    MUST_CHECK;

/* ---- drafts (store/draft.c): a person's own ---- */
struct draft {
	int64_t id, person_id, service_id, version;
	const char *workflow, *agency_code, *party_code; /* the last two may be NULL */
	int64_t about_id; /* 0: none */
	const char *about_number;
	const char *service_code, *service_name;
	struct json_object *fields;
	int64_t updated_at;
};
int store_draft_add(struct task *t, struct draft *d) MUST_CHECK; /* sets id, version 1 */
int store_draft_read(struct task *t, int64_t person_id, int64_t id, struct draft *d) MUST_CHECK;
int store_draft_list(struct task *t, int64_t person_id, struct draft **list, int *count) MUST_CHECK;
/* E_STALE when the version is no longer d->version; sets the new one. */
int store_draft_save(struct task *t, struct draft *d) MUST_CHECK;
int store_draft_delete(struct task *t, int64_t person_id, int64_t id) MUST_CHECK;
int store_draft_delete_tx(struct tx *tx, int64_t person_id, int64_t id) MUST_CHECK;

/* ---- idempotency keys (store/idempotency.c) ---- */
struct idempotency {
	int64_t person_id;
	const char *key, *request_hash;
	int64_t case_id, version;
};
/* Claims the key in this transaction. *is_new false: it was used before; then found holds what was
 * kept (another transaction with the key in flight is waited for). */
int store_idempotency_claim(struct tx *tx, const struct idempotency *k, int64_t now_us, bool *is_new,
    struct idempotency *found) MUST_CHECK;
int store_idempotency_finish(struct tx *tx, const struct idempotency *k) MUST_CHECK; /* sets case, version */

/* ---- settings and clean-up (store/setting.c) ---- */
int store_setting(struct task *t, const char *name, const char **value) MUST_CHECK; /* NULL if unset */
int store_setting_set(struct task *t, const char *name, const char *value) MUST_CHECK;
/* Deletes sessions that ended, sign-in failures and idempotency keys older than before_us. */
int store_clean(struct task *t, int64_t before_us, int64_t *deleted) MUST_CHECK;
/* Everything but published workflow versions goes (store/wipe.c): for a demo that was half loaded. */
int store_wipe(struct tx *tx) MUST_CHECK;

/* ---- laws, and counting open cases by a new one (store/recomputation.c) ---- */
/* The id of the text of calendars and regimes with this hash, stored now if it is new. */
int store_law_keep(struct tx *tx, const char *hash, const char *content, int64_t now_us,
    int64_t *id) MUST_CHECK;
int store_law_read(struct tx *tx, int64_t id, struct json_object **content) MUST_CHECK;
struct recomputation {
	int64_t id;
	const char *why, *law_hash;
	int64_t started_by; /* person; 0: somebody without an account */
	const char *starter;
	int64_t started_at, finished_at, last_case; /* finished_at 0: not yet */
	int64_t cases, moved, needs_person, failed; /* cases: looked at so far */
};
/* The run under this law that is not over, locked; id 0: there is none. */
int store_recomputation_open(
    struct tx *tx, const char *law_hash, struct recomputation *m) MUST_CHECK;
int store_recomputation_add(struct tx *tx, struct recomputation *m) MUST_CHECK; /* sets id */
int store_recomputation_lock(struct tx *tx, int64_t id, struct recomputation *m) MUST_CHECK;
int store_recomputation_read(struct tx *tx, int64_t id, struct recomputation *m) MUST_CHECK;
int store_recomputation_save(struct tx *tx, const struct recomputation *m) MUST_CHECK; /* how far it is */
struct recomputation_case {
	int64_t recomputation_id, case_id, case_version;
	const char *outcome; /* "moved", "needs_person", "failed" */
	struct json_object *terms;
	const char *reason; /* NULL: it was moved */
};
int store_recomputation_case_add(struct tx *tx, const struct recomputation_case *k) MUST_CHECK;
int store_case_set_calendar(struct tx *tx, int64_t case_id, const char *calendar) MUST_CHECK;

/* ---- migrations of workflows (store/migration.c): cases that move to another version ---- */
struct migration {
	int64_t id; /* 0: none */
	const char *workflow;
	int64_t from_version, to_version;
	struct json_object *plan;
	const char *plan_hash;
	int64_t started_by; /* person; 0: somebody without an account */
	const char *starter;
	int64_t started_at, finished_at, undone_at;
};
int store_migration_add(struct tx *tx, struct migration *m) MUST_CHECK; /* sets id */
/* The newest run of a plan that was not undone, else the newest; locked. id 0: it never ran. */
int store_migration_lock(struct tx *tx, const char *plan_hash, struct migration *m) MUST_CHECK;
int store_migration_end(struct tx *tx, const struct migration *m) MUST_CHECK; /* finished_at, undone_at */
struct migration_case {
	int64_t migration_id, case_id;
	int64_t case_version; /* after the move */
	struct json_object *before; /* the case's rows before it */
	int64_t undone_at;
};
int store_migration_case_add(struct tx *tx, const struct migration_case *m) MUST_CHECK;
/* E_NOT_FOUND when it was never moved. */
int store_migration_case_lock(struct tx *tx, int64_t migration_id, int64_t case_id,
    struct migration_case *m) MUST_CHECK;
int store_migration_case_undone(struct tx *tx, const struct migration_case *m) MUST_CHECK;
/* Pins the case, and takes it out of the lists of agencies that are not among ids. */
int store_case_pin(struct tx *tx, int64_t case_id, int64_t version_id, const int64_t *viewers,
    int viewer_count) MUST_CHECK;

/* Cases one after the other, for tools: the first with an id above after_id; *id 0: there is none. */
struct case_filter {
	const char *workflow; /* NULL: any */
	int64_t version_id, migration_id; /* pinned to; moved by and not put back; 0: any */
	bool only_open;
	int64_t since, until; /* created_at; 0: any */
	int64_t after_id;     /* where a walk begins */
};
int store_case_next(struct tx *tx, const struct case_filter *f, int64_t after_id, int64_t *id)
    MUST_CHECK;

#endif
