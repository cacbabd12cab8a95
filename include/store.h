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
	const char *kind; /* "so", "nganh-doc", "huyen", "xa" */
	const char *role; /* "ict", "office" or NULL: what the workflows call it besides owner and requester */
	int64_t parent_id;
};

struct person {
	int64_t id;
	const char *login, *name, *email, *locale; /* "vi", "en" */
	const char *password_hash;		   /* argon2id; only store_person_by_login fills it */
	bool is_active;
};

/* A post held today by a person: "focal" of agency 5. */
struct holding {
	int64_t id, person_id, agency_id;
	const char *post;	 /* "focal", "head", "chair", "clerk", "admin" */
	const char *agency_code, *agency_name_vi, *agency_name_en, *agency_role;
};

/* ---- one case ---- */

struct case_row {
	int64_t id;
	const char *number;	     /* "STG-YC-2026-00001" */
	const char *workflow;	     /* id: "wf-01" */
	int64_t workflow_version_id; /* pinned */
	const char *regime, *calendar;
	int64_t requester_id, owner_id; /* agencies */
	int64_t service_id;		/* 0: none */
	int64_t created_by;		/* person */
	const char *title;
	struct json_object *snapshot; /* sc_snapshot_json */
	struct json_object *context;  /* what guards read as `case`: {"fields": {...}, "info_rounds": 0, ...} */
	struct json_object *paused;   /* {"<timer id>": working days left} of terms that resume */
	int64_t version;	      /* number of events so far */
	const char *head_hash;	      /* hash of the newest event; 64 zeros before the first */
	bool is_open;
	const char *outcome; /* of the final state; NULL while open */
	int64_t created_at, received_at, closed_at, due_at;
};

/* ---- what one event writes: data before it is SQL, so that several can share one commit ---- */

struct task_write { /* opens a task */
	const char *state_id, *post, *of; /* of: "requester", "owner", "ict", "office" */
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
};

struct mail_write { /* one rendered message to one person */
	int64_t person_id;
	const char *address, *name, *subject, *text, *html, *template_name;
};

struct event_write {
	const char *type;
	const char *kind; /* "person", "timer", "system" */
	int64_t actor_id; /* person; 0 for timer and system */
	int64_t holding_id; /* the post used; 0 */
	const char *actor_name, *actor_post, *actor_agency_code; /* as they were then */
	int64_t on_behalf_of; /* person; 0 */
	struct json_object *data; /* what the sender gave: form, note; may be NULL */
	const char *from_states, *to_states; /* ids of active leaves, joined with spaces */
	int64_t at;
	const char *prev_hash, *hash; /* SHA-256 of the canonical event (flow/hash.c), hex */
};

struct write_set {
	struct case_row c;	  /* as it is after the event; c.id 0: insert */
	int64_t expected_version; /* the version before; 0 on insert */
	struct event_write event;
	const char *const *closed_states; /* tasks of these state ids end; NULL-terminated */
	const struct task_write *tasks;
	int task_count;
	const char *const *cancelled_timers; /* timer ids; NULL-terminated */
	const struct timer_write *timers;
	int timer_count;
	const struct mail_write *mails;
	int mail_count;
};

#endif
