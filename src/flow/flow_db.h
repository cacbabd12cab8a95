/*
 * Inside of flow/, the half with the database: what is kept in memory, one case at work, its JSON.
 */
#ifndef LT_FLOW_DB_H
#define LT_FLOW_DB_H

#include "flow.h"

/* ---- versions.c: of workflows; pointers stay good until flow_close ---- */
struct version {
	int64_t id;
	bool is_newest; /* what a new case starts with */
	struct workflow *w;
	struct version *next;
};
const struct version *flow_newest(const char *workflow_id); /* NULL if there is none */
const struct workflow *flow_version(int64_t id);	     /* NULL if not loaded */
/* The same, loaded now if need be: another process published it. */
int version_read(struct tx *tx, int64_t id, const struct workflow **w) MUST_CHECK;
/* Learns what others have published; asks the database every few seconds only. */
int versions_refresh(struct task *t) MUST_CHECK;
void versions_expire(void); /* the next refresh asks */
void version_add(int64_t id, struct workflow *w); /* takes w */
/* Passes mistakes on, with where before their pointers. */
void mistakes_at(
    const struct error_list *mistakes, const char *where, struct error_list *errors);
/* Loads and checks a machine; its mistakes go to errors with where before their pointers. */
struct workflow *version_check(
    struct json_object *machine, const char *where, struct error_list *errors);
/* The content that is kept, and its hash; owned by w. */
const char *version_text(const struct workflow *w, char hash[65]);
/* At start: what cases are pinned to, what is current. */
int versions_open_pinned(struct task *t, struct error_list *errors) MUST_CHECK;
int versions_open_current(struct task *t, struct error_list *errors) MUST_CHECK;
void versions_forget(void);

/* ---- versions_files.c: at start, before the others ---- */
int versions_open_files(
    struct task *t, const char *folder, struct error_list *errors) MUST_CHECK;

/* ---- publish.c ---- */
/* Takes what came with the program unless an administrator has published something; *id 0 then, when
 * it differs. path is for the log. */
int publish_shipped(
    struct task *t, const struct workflow *w, const char *path, int64_t *id) MUST_CHECK;

/* The account that an administrator names; NULL: none, and id 0. E_NOT_FOUND unless it is active. */
int publisher_find(struct task *t, const char *login, struct person *by) MUST_CHECK;

/* ---- case_walk.c: for tools ---- */
/* Its memory is given back before the next case. */
typedef int (*case_fn)(struct task *t, int64_t case_id, void *arg);
int each_case(
    struct task *t, const struct case_filter *filter, case_fn fn, void *arg) MUST_CHECK;

/* ---- laws.c: what past events were decided by ---- */
const struct law *law_kept(int64_t id); /* NULL: nobody has read it yet */
int law_read(struct tx *tx, int64_t id) MUST_CHECK;
void laws_forget(void);

/* ---- open.c: made at start, never changed after ---- */
struct flow_state {
	struct arena *arena; /* NULL while closed */
	struct flow_config cfg;
	struct law *law;
	const struct calendar *calendar;
	struct version *versions;
};
extern struct flow_state flow_state;

#define CLOCK_SETTING "clock_offset_us" /* of the demo's clock, in the database for all processes */

/* The clock of browsers and sessions: the demo's offset does not end them. */
int64_t flow_real_now(void);

/* ---- agencies.c: all of them, by heart; pointers stay good until flow_close ---- */
int agencies_refresh(struct task *t) MUST_CHECK; /* reads them anew when what we know is old */
const struct agency *agency_by_id(int64_t id);
const struct agency *agency_by_code(const char *code);
const struct agency *agency_by_role(const char *role);
const struct agency *agency_next(const struct agency *g); /* NULL begins and ends */
void agencies_forget(void);

/* ---- case_work.c: a case inside a transaction ---- */
struct case_work {
	struct case_row c;
	const struct workflow *w;
	struct directory dir;
	int64_t now;
	struct case_work *opener; /* the case whose event opens this one; NULL: none */
	int opened;		  /* how many it has opened, and those in turn; of the first opener */
	bool is_automatic;	  /* no person's event opened it */
};
/* The agencies that have to do with a case; nobody's posts. */
struct directory case_directory(const struct case_row *c, struct arena *a);
/* Who has to do with cw->c, and the workflow that it is pinned to. */
int case_work_fill(struct tx *tx, struct case_work *cw) MUST_CHECK;
/* The refusal of a verdict as the task's error. */
int verdict_fail(struct task *t, const struct verdict *v) MUST_CHECK;
/* With the cases that it opens. */
int case_work_write(struct tx *tx, struct case_work *cw, struct write_set *ws) MUST_CHECK;
/* Decides and writes; cw->c is then as it is after the event. */
int case_work_send(struct tx *tx, struct case_work *cw, const struct actor *who,
    const struct flow_event *in) MUST_CHECK;

/* *is_new false: answered before, *found says which case. Without a key always new. */
int key_claim(struct tx *tx, const struct actor *who, const char *key, const char *request_hash,
    bool *is_new, struct idempotency *found) MUST_CHECK;
int key_finish(struct tx *tx, const struct actor *who, const char *key, const char *request_hash,
    const struct case_row *c) MUST_CHECK;
int case_work_read(struct tx *tx, int64_t case_id, struct case_work *cw) MUST_CHECK;
/* The case that somebody names as what his is about; E_INVALID when he may not see it. */
int case_work_about(
    struct tx *tx, const struct actor *who, int64_t case_id, struct case_work *cw) MUST_CHECK;

/* ---- begin.c: a new case ---- */
struct begin {
	const struct version *version;
	const struct agency *requester, *owner;
	struct json_object *service; /* {"code", "name", "items"}; NULL: none */
	int64_t service_id;
	const struct case_row *parent, *about; /* NULL: none */
	const struct actor *who;
	struct json_object *fields;
	int64_t received_at;
};
/* cw->now is given, the rest is set. */
int case_begin(struct tx *tx, struct case_work *cw, const struct begin *b) MUST_CHECK;
/* Those that the event opens, by the actor "system". */
int case_open_all(struct tx *tx, struct case_work *cw, const struct write_set *ws) MUST_CHECK;

/* ---- start_sides.c: what somebody who opens a case has to say, and the sides that follow ---- */
struct start_rules {
	struct json_object *start;	/* meta.start */
	const char *requester, *owner;	/* the words: "own", "service" ... */
	bool has_service, needs_service, needs_party;
	bool needs_own; /* a side depends on whose post is used */
	struct json_object *about; /* {"workflows", "required"}; NULL: about nothing */
};
struct start_rules start_rules_of(const struct workflow *w);
/* May somebody with this post open one, as far as can be told beforehand? */
bool start_is_for(const struct workflow *w, const struct actor *who);
struct json_object *start_json(const struct workflow *w);
int wrong_field(struct task *t, const char *pointer, const char *code, const char *text) MUST_CHECK;
/* The agency whose post the actor uses. */
int start_own_agency(struct task *t, const struct actor *who, const struct flow_start *in,
    const struct agency **own) MUST_CHECK;
struct start_facts {
	const struct agency *own, *party;
	const struct service *service; /* NULL: none */
	const struct case_row *about;  /* NULL: none */
};
int start_side(struct task *t, const char *word, const struct start_facts *f,
    const struct agency **g) MUST_CHECK;

/* ---- people.c ---- */
/* The posts that a person may use: his, those of whom he stands for, vacant ones that fall to him. */
int holdings_of_person(struct task *t, int64_t person_id, int64_t at, struct holding **list,
    int *count) MUST_CHECK;
/* Who may use the posts of these agencies: holders, substitutes, those who fill in. */
int holdings_of_agencies(struct tx *tx, const int64_t *ids, int id_count, int64_t at,
    struct holding **holdings, struct person **people, int *count) MUST_CHECK;
/* Does a post of this actor at the ICT agency operate the system? (posts.json) */
bool actor_operates(const struct actor *who);
/* Is a post of this actor at the agency that of its head (posts.json: leads), not as a substitute? */
bool actor_leads(const struct actor *who, int64_t agency_id);
int operators_only(struct task *t, const struct actor *who) MUST_CHECK; /* E_FORBIDDEN */

/* ---- view.c ---- */
/* The Case of docs/api.md as who sees it; E_FORBIDDEN when not at all. */
int case_view(struct tx *tx, const struct case_work *cw, const struct actor *who,
    struct json_object **view) MUST_CHECK;
int case_must_be_seen(
    struct tx *tx, const struct case_work *cw, const struct actor *who) MUST_CHECK; /* E_FORBIDDEN */

/* ---- view_line.c: the shapes that several answers share ---- */
struct json_object *title_json(const char *vi, const char *en);
struct json_object *title_or_key(struct json_object *meta, const char *key); /* meta.title */
struct json_object *agency_json(const struct agency *g);		      /* null for NULL */
struct json_object *post_json(const char *post, const struct agency *g);
struct json_object *holding_json(const struct holding *h); /* and for whom, or that it is vacant */
struct json_object *post_title_json(const char *post);
/* due_at, days_left (by c) and is_overdue of whatever has a due time; 0: none */
void due_json(struct json_object *o, const struct calendar *c, int64_t due_at, int64_t now,
    bool is_open);
/* The calendar of a case, and the one that a term of it counts by; NULL: no term. */
const struct calendar *case_calendar(const struct case_row *c);
const struct calendar *case_term_calendar(const struct case_row *c, const char *term);
struct json_object *case_line_json(const struct case_line *line, int64_t now);
struct json_object *list_json(struct arena *a, struct json_object **items); /* {"items": []} */
void json_set_or_null(struct json_object *o, const char *key, struct json_object *borrowed);

/* ---- lists.c ---- */
/* The cursor of a list by id: "next" of one page is `after` of the next. NULL: id 0. */
int cursor_read(struct task *t, const char *after, int64_t *id) MUST_CHECK;

/* ---- view_states.c: sets of states by the ids of their leaves ---- */
struct state_set {
	const struct sc_chart *chart;
	bool *has; /* by index: the leaves and all above them */
};
struct state_set state_set_of(const struct sc_chart *chart, struct arena *a, const char *leaves);
void state_set_add(struct state_set *s, const struct sc_state *leaf);
/* The state that names where a case is: the first leaf in a phase. NULL: none. */
const struct sc_state *state_in_phase(const struct state_set *s);
struct json_object *state_title_json(const struct state_set *s);

/* ---- view_history.c ---- */
struct json_object *history_json(const struct workflow *w, const struct event_row *events, int count,
    struct arena *a);
/* The transition that carried an event from one set to another; NULL for the first event. */
const struct sc_transition *transition_of(const struct sc_chart *chart, const char *event,
    const struct state_set *from, const struct state_set *to);

/* ---- view_diagram.c ---- */
/* Which states an event row passed and which transitions it took, found again from its ends. */
struct way {
	bool *visited; /* by index of the state */
	bool *taken;   /* by index of the transition */
};
struct way way_so_far(const struct sc_chart *chart, const struct event_row *events, int count,
    struct arena *a);
struct json_object *diagram_json(const struct sc_chart *chart, const struct state_set *now,
    const struct way *way);

/* ---- view.c: one view in the making; view_work.c makes its tasks and terms ---- */
struct viewing {
	const struct case_work *cw;
	const struct actor *who;
	struct arena *a;
	const struct sc_chart *chart;
	struct state_set now;
	struct way way;
	struct event_row *events;
	int event_count;
	struct task_row *tasks;
	int task_count;
	struct mail_row *mails;
	int mail_count;
	struct case_link *links;
	int link_count;
	struct grant_row *grants;
	int grant_count;
	int64_t incident_count;
	bool is_watched;
};
struct json_object *view_tasks(const struct viewing *v);
struct json_object *view_terms(const struct viewing *v);

/* ---- view_ties.c, view_approvals.c ---- */
struct json_object *view_links(const struct viewing *v);
struct json_object *view_offers(const struct viewing *v);
struct json_object *view_grants(const struct viewing *v);
struct json_object *view_approvals(const struct viewing *v);
struct json_object *grant_json(const struct grant_row *g);
/* The ids of the agencies where the actor holds posts; returns how many. */
int actor_agencies(const struct actor *who, struct arena *a, int64_t **ids);

/* ---- inbox.c ---- */
/* The posts whose work is the actor's, each once; returns how many. */
int actor_posts(const struct actor *who, struct arena *a, struct post_pair **posts);
bool actor_holds(const struct actor *who, const struct task_row *task); /* its post */
struct json_object *inbox_task_json(const struct actor *who, const struct case_row *c,
    const struct task_row *task, int64_t now);
/* A cursor of two numbers, "DUE.ID". NULL: both 0. */
int inbox_cursor(struct task *t, const char *text, int64_t *due_at, int64_t *id) MUST_CHECK;
/* An answer's last members. items of a page: more than limit means that there is another. */
struct inbox_end {
	int64_t total, overdue;
	bool has_more;
	int64_t last_due, last_id; /* of the last item told */
};
void inbox_end_json(struct json_object *list, struct arena *a, const struct inbox_end *end);

/* ---- secret.c: who knows one has the right; only its hash is stored ---- */
char *secret_new(struct arena *a); /* 256 bits as 43 characters of a URL */
const char *secret_hash(struct arena *a, const char *secret);

/* ---- feed_write.c ---- */
struct feed {
	const char *lang; /* "vi", "en" */
	const struct inbox_row *rows;
	int count;
	int64_t now;
};
/* iCalendar (RFC 5545): an all-day event for each row with a due time. */
char *feed_write(struct arena *a, const struct feed *f);
/* "QUÁ HẠN: [STG-YC-2026-00012] Ký gửi yêu cầu" */
char *feed_summary(struct arena *a, const char *lang, const struct inbox_row *row, int64_t now);
char *feed_due(struct arena *a, const char *lang, int64_t due_at); /* "Hạn xử lý: 30/11/2026 24:00" */

/* ---- watch.c ---- */
int watched_list(struct task *t, const struct actor *who, const char *after, int limit,
    struct json_object **list) MUST_CHECK;

/* ---- letters.c: mail that belongs to no case (workflows/notices/letters.json) ---- */
/* In the language of the person, who gets none without an address. values: name -> text, or
 * {"vi","en"}; "lines": an array of such, or of {"text","link"}; "path": of the page that {{link}}
 * opens ("/inbox"; else the first). E_NOT_FOUND: there is no such letter. */
int letter_send(struct tx *tx, const struct person *to, const char *name,
    struct json_object *values) MUST_CHECK;
/* To everybody who operates the system. */
/* The same; *id of the mail, 0: there was none. */
int letter_write(struct tx *tx, const struct person *to, const char *name, bool is_urgent,
    struct json_object *values, int64_t *id) MUST_CHECK;
int letter_send_to_operators(
    struct tx *tx, const char *name, struct json_object *values) MUST_CHECK;

/* ---- mails.c ---- */
#define MAIL_FAILED_ALARM "mail-failed"
#define MAIL_SERVER_ALARM "mail-server"
struct json_object *mail_json(const struct mail_row *m); /* MailLine of docs/api.md */

/* ---- digest.c ---- */
/* Makes one mail of all that waits for a person's digest; it is due at once. */
int digest_make(struct tx *tx, int64_t person_id) MUST_CHECK;

/* ---- demo.c ---- */
int demo_check(struct task *t) MUST_CHECK; /* E_NOT_FOUND elsewhere */

/* ---- notice.c ---- */
/* What listeners are told when the transaction is through. */
struct flow_notice notice_of(const struct case_work *cw, struct arena *a);

#endif
