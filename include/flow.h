/*
 * flow: the product's verbs, where chart, terms, rights and store meet. The same flow_send serves
 * people, timers, the demo and tests.
 *
 * decide (pure): case + event + actor -> write set. send: lock the case, decide, write, commit.
 */
#ifndef LT_FLOW_H
#define LT_FLOW_H

#include "statechart.h"
#include "store.h"
#include "terms.h"

/* ---- definitions: loaded at start, immutable ---- */

struct workflow;    /* chart + compiled forms + rights of one version */
struct law;	    /* all regimes, calendars and notice templates */

/* Reads workflows/regimes/, calendars/, workflows/notices/ and workflows/posts.json below dir. NULL
 * with the mistakes in errors (pointer = "file:/json/pointer"). */
struct law *law_load(const char *dir, struct error_list *errors);
void law_free(struct law *l);
const struct regime *law_regime(const struct law *l, const char *code);
const struct regime *law_regime_on(const struct law *l, int64_t at_us); /* in force then */
const struct calendar *law_calendar(const struct law *l, const char *id);
/* The calendar of the agency with this code; `otherwise` when it has none of its own. */
const struct calendar *law_calendar_for(
    const struct law *l, const char *agency, const struct calendar *otherwise);
/* {"vi","en"} of a side ("owner", "ict"); NULL if unknown. Borrowed. */
struct json_object *law_side_title(const struct law *l, const char *side);
/* {"vi","en"} of a post ("head"); NULL if unknown. Borrowed. */
struct json_object *law_post_title(const struct law *l, const char *post);
struct json_object *law_posts(const struct law *l); /* post -> title. Borrowed. */

/* Checks everything the chart says against the format and the law: terms, posts, forms, templates,
 * guards, actions. NULL with the mistakes in errors. */
struct workflow *workflow_load(const struct law *l, struct json_object *machine,
    struct error_list *errors);
void workflow_free(struct workflow *w);
const char *workflow_id(const struct workflow *w);
const struct sc_chart *workflow_chart(const struct workflow *w);
const char *workflow_prefix(const struct workflow *w); /* "YC": the kind in a case's number */
struct json_object *workflow_meta(const struct workflow *w); /* the root's; borrowed */
/* JSON Schema of what an event carries (the case's own form for "form": "case"); NULL: nothing. */
struct json_object *workflow_event_form(const struct workflow *w, const struct sc_transition *t);

/* ---- who acts ---- */

struct actor {
	const char *kind;  /* "person", "timer", "system" */
	int64_t person_id; /* 0 unless a person */
	const char *name;
	const struct holding *holdings; /* the posts held now */
	int holding_count;
	bool is_automatic; /* a timer or the calendar caused it, though another case sends it */
};

/* Everybody who may get a notice or a task, so that decide stays pure: the holders of the posts of
 * the agencies of one case. */
struct directory {
	const struct agency *requester, *owner;
	const struct agency *const *parties; /* that joined the case later: context.parties */
	int party_count;
	const struct agency *const *agencies; /* all of the province: sides by role, and rules read them */
	int agency_count;
	const struct holding *holdings; /* of the agencies that take a side */
	const struct person *people;	/* parallel to holdings */
	int holding_count;
};

/* ---- decide: pure ---- */

struct event_in {
	const char *type;
	struct json_object *data; /* may be NULL */
	int64_t at;
	const struct actor *actor;
};

/* A problem with words for people: code goes to HTTP, word is the finer stable one. */
struct verdict {
	enum err code;	  /* OK: allowed */
	/* "not-in-this-state", "not-your-post", "own-case", "own-agency", "case-closed", "form",
	 * "no-due-date" (the calendar ends before it), "bad-definition" (a broken workflow) */
	const char *word;
	const char *text; /* English sentence that names the rule */
	struct error_list fields; /* of a form */
};

/* The first event of a case (type "START"): c has everything but snapshot, version, regime. What its
 * context holds is kept: {"service": {"code", "name", "items": [{"name"}]}} (`items` of the form must be
 * among them), "about" and "parent": {"id", "number", "workflow", "outcome"}, for rules and notices.
 * The actor "system" opens for another case or the calendar: no rights are asked. received_at is 0, or a paper request's true date. The context
 * becomes {"fields": data, "service": ..., "people": [...], "terms": {...}, what the workflow sets}. */
void decide_start(const struct workflow *w, const struct law *l, const struct directory *dir,
    struct case_row *c, const struct event_in *ev, struct arena *a, struct write_set *ws,
    struct verdict *v);
void decide_event(const struct workflow *w, const struct law *l, const struct directory *dir,
    const struct case_row *c, const struct timer_write *running, int running_count,
    const struct event_in *ev, struct arena *a, struct write_set *ws, struct verdict *v);

/* What this actor may send now. */
struct option {
	const char *event;
	const struct sc_transition *transition; /* the one that would be taken first */
	const struct holding *as;		/* by which post */
};
/* NULL-terminated by event == NULL. */
const struct option *decide_options(const struct workflow *w, const struct law *l,
    const struct directory *dir, const struct case_row *c, const struct actor *who, int64_t now_us,
    struct arena *a);
/* Which of the state's offers ({"workflow","title","law","by"}, borrowed) this actor may take now;
 * NULL-terminated. Closed cases have them too. */
struct json_object *const *decide_offers(const struct workflow *w, const struct law *l,
    const struct directory *dir, const struct case_row *c, const struct actor *who, int64_t now_us,
    struct arena *a);
/* A mail's case has no id before it is inserted: texts hold the mark {{link}} until then. Returns text
 * with the mark replaced by url (escaped when is_html). */
char *notice_with_link(struct arena *a, const char *text, const char *url, bool is_html);

/* May this actor see the case at all (meta.visibility)? For lists in SQL: the requester's people
 * always, the owner's, ICT's and the Office's once received_at is set. */
bool decide_may_view(const struct workflow *w, const struct directory *dir, const struct case_row *c,
    const struct actor *who);

/* The event's hash: SHA-256 over canonical JSON of case number, version, type, actor, at, data,
 * from, to and the previous hash; c as it is after the event. */
void event_hash(struct arena *a, const struct case_row *c, const struct event_write *e, char hex[65]);

/* ---- with the database ---- */

struct flow_config {
	const char *definitions_dir; /* holds workflows/ and calendars/ */
	const char *province;	     /* "STG" */
	const char *calendar;	     /* "vn" */
	const char *base_url;	     /* for links in mail */
	bool is_demo;
};

/* Loads law and workflows, stores versions that are new, refuses bad ones. Call in a task at start. */
int flow_open(struct task *t, const struct flow_config *cfg) MUST_CHECK;
void flow_close(void);

/* What posts.json says. Borrowed. */
struct json_object *flow_posts(void);
/* The actor with the posts that he may use now: held, of people for whom he stands, vacant ones that
 * fall to him. E_UNAUTHENTICATED when inactive or unknown. */
int flow_actor(struct task *t, int64_t person_id, struct actor *who) MUST_CHECK;

struct flow_start {
	const char *workflow, *service; /* service code; NULL: none, or that of the case it is about */
	const char *agency;		/* code of the agency whose post is used; NULL: the actor's only one */
	const char *party;		/* code of the agency named, where start says "agency" */
	int64_t about;			/* the case it is about; 0: none */
	struct json_object *fields;
	int64_t draft_id;  /* deleted with it; 0: none */
	const char *event; /* sent right after START in the same transaction; NULL: none */
	int64_t received_at; /* a paper request's true date; 0: now */
	const char *idempotency_key; /* NULL: none */
	const char *request_hash;    /* of the body, with a key */
};
struct flow_event {
	int64_t case_id, expected_version; /* version 0: whatever it is (timers, demo) */
	const char *type;
	struct json_object *data;
	const char *idempotency_key, *request_hash;
	/* Jobs: the claimed timer, deleted in the same transaction. E_CONFLICT "timer-order": one of the
	 * case that was due before it has not fired yet. */
	int64_t timer_row, timer_fence, timer_due_at;
};
/* The answer of both is the case as this actor sees it now: the JSON of GET /api/cases/:id
 * (docs/api.md). is_replay: the same key was answered before; nothing was done again. */
struct flow_result {
	int64_t case_id, version;
	bool is_replay;
	struct json_object *view;
};
int flow_start(struct task *t, const struct actor *who, const struct flow_start *in,
    struct flow_result *out) MUST_CHECK;
int flow_send(struct task *t, const struct actor *who, const struct flow_event *in,
    struct flow_result *out) MUST_CHECK;
/* The view costs reads: timers and the demo set this and get view NULL. */
int flow_send_quiet(struct task *t, const struct actor *who, const struct flow_event *in,
    struct flow_result *out) MUST_CHECK;

/* A claimed timer becomes an event of its case; so does what another case tells, which is dropped when
 * the case was closed meanwhile. For jobs and the demo. */
int flow_fire(struct task *t, const struct timer_claim *timer) MUST_CHECK;
/* Keeps why a claimed timer failed, to be tried again from next_at on; an incident stands on the page of
 * those who operate the system, who get one letter until none is left. E_CONFLICT: another has it. */
int flow_timer_failed(struct task *t, const struct timer_claim *timer, const char *why, int64_t next_at,
    bool is_incident) MUST_CHECK;
int flow_incidents_tidy(struct task *t) MUST_CHECK; /* forgets those that are over */
/* Opens the cases of meta.schedule whose day has come, each once, whoever asks. One that fails is put
 * off and holds up no other. */
int flow_run_schedules(struct task *t, int *opened) MUST_CHECK;

/* Mails the lists of open work whose day of the week has come (workflows/notices/lists.json), each
 * once, whoever asks. */
int flow_run_mail_lists(struct task *t, int *sent) MUST_CHECK;

/* Reads: each answers just what docs/api.md says. */
int flow_case_view(struct task *t, const struct actor *who, int64_t case_id,
    struct json_object **view, int64_t *version) MUST_CHECK;
/* How a due date of the case came about; E_NOT_FOUND for a term that it never began. */
int flow_term_view(struct task *t, const struct actor *who, int64_t case_id, const char *term,
    struct json_object **view) MUST_CHECK;
/* scope: "mine", "agency" or "watched". */
int flow_inbox(struct task *t, const struct actor *who, const char *scope, const char *after,
    int limit, struct json_object **list) MUST_CHECK;
/* Only a case that the actor may see; ending a watch asks nothing. */
int flow_watch(struct task *t, const struct actor *who, int64_t case_id) MUST_CHECK;
int flow_unwatch(struct task *t, const struct actor *who, int64_t case_id) MUST_CHECK;
struct flow_case_query {
	const char *text, *state, *scope, *after; /* NULL: any */
	const char *workflows;			  /* ids joined with commas; NULL: any */
	int limit;
};
int flow_case_list(struct task *t, const struct actor *who, const struct flow_case_query *q,
    struct json_object **list) MUST_CHECK;
struct flow_service_query {
	const char *text, *form, *owner; /* NULL: any */
	int limit;
};
/* can_request is for this actor: nobody asks the own agency where the workflow forbids it. */
int flow_service_list(struct task *t, const struct actor *who, const struct flow_service_query *q,
    struct json_object **list) MUST_CHECK;
int flow_service_view(struct task *t, const struct actor *who, const char *code,
    struct json_object **view) MUST_CHECK;
int flow_workflow_list(struct task *t, const struct actor *who, struct json_object **list) MUST_CHECK;
int flow_workflow_view(struct task *t, const struct actor *who, const char *id,
    struct json_object **view) MUST_CHECK;
/* What runs now and was given to or by the agencies of this person. */
int flow_grant_list(struct task *t, const struct actor *who, const char *after, int limit,
    struct json_object **list) MUST_CHECK;
int flow_agency_list(struct task *t, struct json_object **list) MUST_CHECK;

/* Incidents, for those who operate the system (posts.json); E_FORBIDDEN to others. */
int flow_incident_list(struct task *t, const struct actor *who, const char *after, int limit,
    struct json_object **list) MUST_CHECK;
int flow_incident_retry(struct task *t, const struct actor *who, int64_t id) MUST_CHECK;
/* The same for a command on the server, which asks nobody. */
int flow_incidents(struct task *t, int64_t before, int limit, struct json_object **list) MUST_CHECK;
int flow_incident_retry_now(struct task *t, int64_t id) MUST_CHECK;
/* How much waits for them: GET /api/operations. */
int flow_operations(struct task *t, const struct actor *who, struct json_object **view) MUST_CHECK;
/* How long the timer that has waited longest is due and nobody has taken it; 0: none is. For health. */
int flow_timers_late(struct task *t, int64_t *seconds) MUST_CHECK;

/* A person's deadlines as iCalendar, for whoever knows the address (docs/api.md). */
int flow_feed_view(struct task *t, const struct actor *who, struct json_object **view) MUST_CHECK;
int flow_feed_make(struct task *t, const struct actor *who, struct json_object **view) MUST_CHECK;
int flow_feed_end(struct task *t, const struct actor *who) MUST_CHECK;
/* name: the last part of the address. E_NOT_FOUND when it is nobody's any more. */
int flow_feed(struct task *t, const char *name, const char **ics) MUST_CHECK;

/* ---- people away, vacant posts ---- */
int flow_people(struct task *t, const char *agency, struct json_object **list) MUST_CHECK;
int flow_substitution_list(struct task *t, const struct actor *who, struct json_object **list)
    MUST_CHECK;
struct flow_substitution {
	int64_t absent_id; /* 0: who asks */
	int64_t substitute_id;
	const char *from, *until; /* days, both included */
	const char *reason;
};
/* Both are told. E_INVALID with the pointer of what is wrong, E_FORBIDDEN when it is not his to say. */
int flow_substitution_make(struct task *t, const struct actor *who,
    const struct flow_substitution *in, struct json_object **view) MUST_CHECK;
int flow_substitution_end(struct task *t, const struct actor *who, int64_t id) MUST_CHECK;
int flow_vacancy_list(struct task *t, const struct actor *who, struct json_object **list) MUST_CHECK;
int flow_vacancy_count(struct task *t, int *count) MUST_CHECK; /* of all agencies */
/* Tells of posts that have become vacant, each once; for jobs. *told: were letters written? */
int flow_vacancy_alarms(struct task *t, bool *told) MUST_CHECK;

/* Drafts: a person's own; version guards against two windows. */
int flow_draft_list(struct task *t, const struct actor *who, struct json_object **list) MUST_CHECK;
int flow_draft_view(struct task *t, const struct actor *who, int64_t id, struct json_object **view)
    MUST_CHECK;
int flow_draft_save(struct task *t, const struct actor *who, int64_t id, int64_t expected_version,
    struct json_object *body, struct json_object **view) MUST_CHECK; /* id 0: new */
int flow_draft_delete(struct task *t, const struct actor *who, int64_t id) MUST_CHECK;

/* Sign-in. flow_sign_in offloads argon2 and is limited per login and per address (E_RATE_LIMITED).
 * secret: 43 characters for the session cookie; only its hash is stored. */
struct flow_session {
	int64_t id, person_id;
	const char *secret;
	int64_t retry_after_us; /* with E_RATE_LIMITED */
};
int flow_sign_in(struct task *t, const char *login, const char *password, const char *address,
    struct flow_session *s) MUST_CHECK;
/* By the cookie's secret; E_UNAUTHENTICATED when unknown, expired or revoked. */
int flow_session_renew(struct task *t, const char *secret, struct flow_session *s) MUST_CHECK;
/* Is the session of a still valid token revoked? Cheap: a cache in this process of at most 5 s. */
int flow_session_check(struct task *t, int64_t session_id, int64_t person_id) MUST_CHECK;
int flow_sign_out(struct task *t, int64_t session_id) MUST_CHECK;
/* {"person": ..., "posts": [...], ...} of GET /api/session */
int flow_session_view(struct task *t, const struct actor *who, struct json_object **view) MUST_CHECK;

/* Change notices: called in this process after a commit, and for commits of other processes by the
 * watcher of jobs (at most a second later; a notice may come twice). */
struct flow_notice {
	int64_t case_id, version;
	const int64_t *agencies; /* that see the case */
	int agency_count;
};
void flow_on_change(void (*fn)(void *arg, const struct flow_notice *n), void *arg); /* one listener */
void flow_notify(const struct flow_notice *n); /* tells the listener: for the watcher */
bool flow_notice_concerns(const struct actor *who, const struct flow_notice *n);

/* ---- mail ---- */

/* The Preferences of docs/api.md. A save that changes them lets go what waited for them. */
int flow_preferences_view(struct task *t, const struct actor *who, struct json_object **view)
    MUST_CHECK;
int flow_preferences_save(struct task *t, const struct actor *who, struct json_object *body,
    struct json_object **view) MUST_CHECK;

/* Is it an address that may stand in a header and an SMTP command? */
bool mail_address_is_safe(const char *address);

/* For the mailer, in its transaction: takes what is due and may go now, for lease_us; what its person
 * does not want yet is held, what waited for a digest becomes one. *more: there may be more. */
int flow_mails_take(struct tx *tx, int64_t lease_us, int limit, struct mail_row **list, int *count,
    bool *more) MUST_CHECK;
/* next_at 0: given up; the operators are told, once until the list of such is empty. */
int flow_mail_failed(struct tx *tx, const struct mail_row *m, const char *why, int64_t next_at)
    MUST_CHECK;
/* The server has taken nothing for long; and that it takes mail again. */
int flow_mail_server_alarm(struct tx *tx, const char *why) MUST_CHECK;
int flow_mail_server_alarm_end(struct tx *tx) MUST_CHECK;

/* Mail of one state ("failed", "waiting"), newest first: for operators. */
int flow_outbox(struct task *t, const struct actor *who, const char *state, const char *after,
    int limit, struct json_object **list) MUST_CHECK;
/* Sends it again, at once, to another address or to the same (NULL); for operators. */
int flow_mail_resend(struct task *t, const struct actor *who, int64_t id, const char *address,
    struct json_object **view) MUST_CHECK;

#define FLOW_PASSWORD_SETTING "demo_password" /* of all accounts of the demo; kept by its loader */

/* Demo only: E_NOT_FOUND when cfg.is_demo is false. */
int flow_demo_clock_move(struct task *t, int64_t by_us, int working_days,
    struct json_object **view) MUST_CHECK;
int flow_demo_clock_view(struct task *t, struct json_object **view) MUST_CHECK;
int flow_demo_clock_follow(struct task *t) MUST_CHECK; /* as another process may have moved it */
int flow_mail_list(struct task *t, int64_t case_id, int64_t before, int limit,
    struct json_object **list) MUST_CHECK;
int flow_mail_view(struct task *t, int64_t id, struct json_object **view) MUST_CHECK;
int flow_demo_accounts(struct task *t, struct json_object **list) MUST_CHECK;

/* ---- tools around definitions: pure ---- */

/* What is proved of one workflow, as lines for people. */
enum proof_kind {
	PROOF_HOLDS,
	PROOF_OPEN, /* not proved, and why */
	PROOF_NOTE, /* a fact */
};
struct proof_line {
	enum proof_kind kind;
	bool is_detail; /* below the line before; only for who asks for all */
	const char *text;
};
struct proof {
	struct arena *arena;
	struct proof_line *lines;
	int count, size;
};
void proof_init(struct proof *p, struct arena *a);
/* Searches the chart; mistakes that loading does not see (no way to an end, a term without an action,
 * a refusal without a ground) go to errors with their JSON pointer. */
void workflow_prove(const struct workflow *w, const struct law *l, struct proof *p,
    struct error_list *errors);

/* All workflows of one folder. */
struct definition {
	const char *file;
	const struct workflow *w;
};
/* What binds them to each other (what is opened, told, offered; prefixes). errors have pointer =
 * "file:/json/pointer". */
void definitions_check_ties(const struct definition *list, int count, struct error_list *errors);
/* Is a file of workflows/ a workflow, by its name? posts.json, sides.json and schema.json are not. */
bool definitions_is_workflow(const char *name);

/* The chart as a picture; lang is "vi" or "en". l: whose titles of posts and sides are used; may be
 * NULL. */
char *diagram_dot(
    const struct law *l, const struct sc_chart *chart, const char *lang, struct arena *a);
char *diagram_mermaid(const struct sc_chart *chart, const char *lang, struct arena *a);

/* What changes for the people of the process, a sentence a line, NULL-terminated; none: nothing does.
 * l as above. */
const char *const *workflow_changes(const struct law *l, const struct sc_chart *before,
    const struct sc_chart *after, const char *lang, struct arena *a);

/* Who may send what in which state: docs/api.md, GET /api/workflows/:id/rights. */
struct json_object *rights_matrix_json(const struct workflow *w, struct arena *a);
/* The same of the current version, with the titles of posts and sides: see docs/api.md. */
int flow_workflow_rights(struct task *t, const char *id, struct json_object **view) MUST_CHECK;
/* The same of several workflows as a page for docs/. */
char *rights_matrix_markdown(const struct law *l, const struct workflow *const *list, int count,
    struct arena *a);

/* ---- versions: tools of administrators (docs/versions.md) ---- */

/* As flow_open, for a command: publishes nothing by itself and reads no workflow file. */
int flow_open_tool(struct task *t, const struct flow_config *cfg) MUST_CHECK;

struct flow_publish {
	struct json_object *machine;
	const char *file; /* before the pointers of mistakes */
	const char *why;
	const char *login; /* of an account; NULL: somebody without one, named in why */
};
struct flow_published {
	const char *workflow;
	int64_t version_id, before_id; /* before_id: what was current until now; 0: none */
	char hash[65];
	bool is_new; /* false: it was current already */
};
/* Checks it whole; new cases take it, open ones stay with theirs. E_INVALID with the mistakes. */
int flow_publish(struct task *t, const struct flow_publish *in, struct flow_published *out) MUST_CHECK;
int flow_publications(struct task *t, const char *workflow, struct publication_line **list,
    int *count) MUST_CHECK;
/* "2026-11-25 09:12" in the zone of the calendar; a day's end is its 24:00. */
char *local_time_text(const struct calendar *c, struct arena *a, int64_t at_us);
char *flow_local_time(struct arena *a, int64_t at_us); /* of the configured calendar */
/* When "2026-11-25" begins there, or ends; false when it is no day of the calendar. */
bool flow_local_day(const char *day, bool is_end, int64_t *at_us);

/* Moves open cases to another version, by a plan:
 * {"workflow", "from", "to": id or beginning of the hash, "why", "states": {"old": "new" or ["new"]},
 * "terms": "keep" or "restart"}. Each case is a transaction of its own; a second run of the same plan
 * goes on where the first one ended. */
struct flow_migrate {
	struct json_object *plan;
	const char *file;  /* before the pointers of mistakes */
	const char *login; /* of an account; NULL: somebody without one */
	const char *os_user;
	void (*say)(void *arg, const char *text); /* lines for people, as it goes */
	void *arg;
};
struct flow_migrated {
	int64_t migration_id;
	int moved; /* or would be moved, or was put back */
	int refused; /* cannot be moved; or cannot be put back, since more has happened in it */
};
/* What each case would become; nothing is written. E_CONFLICT when a case cannot be moved. */
int flow_migrate_preview(struct task *t, const struct flow_migrate *in, struct flow_migrated *out)
    MUST_CHECK;
/* Nothing is written when a case cannot be moved (E_CONFLICT). */
int flow_migrate_run(struct task *t, const struct flow_migrate *in, struct flow_migrated *out) MUST_CHECK;
/* Puts back what the plan moved, as far as nothing else has happened in the case. */
int flow_migrate_undo(struct task *t, const struct flow_migrate *in, struct flow_migrated *out) MUST_CHECK;

/* Recomputes every case from its events by the pure engine and compares: chain of hashes, state,
 * context, dates, open tasks, timers. One case in memory at a time; nothing is written. */
struct flow_rebuild {
	void (*say)(void *arg, const char *text); /* a line for each difference */
	void *arg;
};
struct flow_rebuilt {
	int64_t cases, events, different; /* different: cases */
};
int flow_rebuild_check(struct task *t, const struct flow_rebuild *in, struct flow_rebuilt *out)
    MUST_CHECK;

/* A change of a calendar or of the law and the open cases (docs/dates.md): which dates move; and moves
 * them, each case in a transaction of its own, with an event. A run that was cut off goes on. */
struct flow_draft {
	const char *file; /* before the pointers of mistakes */
	struct json_object *json;
};
struct flow_dates {
	const struct flow_draft *calendars, *regimes; /* preview: in the place of those that were read */
	int calendar_count, regime_count;
	const char *why; /* recompute */
	const char *login, *os_user; /* of an account; NULL: somebody without one */
	/* {"case": {"id","number","title"}, "terms", "calendar", "needs_person": text|null}; may be NULL */
	void (*tell)(void *arg, struct json_object *moved);
	void *arg;
};
struct flow_dated {
	int64_t run_id;
	int64_t cases, moved, needs_person, failed; /* cases: open ones */
};
int flow_dates_preview(struct task *t, const struct flow_dates *in, struct flow_dated *out) MUST_CHECK;
int flow_dates_recompute(struct task *t, const struct flow_dates *in, struct flow_dated *out) MUST_CHECK;

/* The same for operators (docs/api.md). The run goes on in a task of its own. */
int flow_recomputation_preview(struct task *t, const struct actor *who, const char *after, int limit,
    struct json_object **list) MUST_CHECK;
int flow_recomputation_start(struct task *t, const struct actor *who, const char *why,
    struct json_object **view) MUST_CHECK;
int flow_recomputation_view(struct task *t, const struct actor *who, int64_t id,
    struct json_object **view) MUST_CHECK;

/* Calendars: GET /api/calendars. year 0: this one. */
int flow_calendar_list(struct task *t, struct json_object **list) MUST_CHECK;
int flow_calendar_view(struct task *t, const char *id, int year, struct json_object **view) MUST_CHECK;

/* What would have become of the cases of a workflow under a draft of it, or under a draft calendar:
 * what people did when they did it, timers as the draft has them. Pure; nothing is written. */
struct flow_replay {
	struct json_object *machine;
	const char *file;	      /* before the pointers of mistakes */
	struct json_object *calendar; /* in the place of the cases' own; NULL: none */
	int64_t since, until;	      /* made then; 0: any */
	void (*say)(void *arg, const char *text); /* of each case that would have gone otherwise */
	void *arg;
};
struct flow_replayed {
	int64_t cases, different; /* those below: cases with ... */
	int64_t refusals;	  /* events that would have been refused */
	int64_t states, dates, outcomes; /* others */
};
int flow_replay(struct task *t, const struct flow_replay *in, struct flow_replayed *out) MUST_CHECK;

#endif
