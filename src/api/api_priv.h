/*
 * What the handlers share: who asks, reading members of a body, answering with a version.
 */
#ifndef LT_API_PRIV_H
#define LT_API_PRIV_H

#include "api.h"
#include "db.h"
#include "flow.h"

extern const struct api_config *api_config;

/* ---- session.c ---- */
int api_actor(struct task *t, struct http_req *rq, struct actor *who) MUST_CHECK;

/* ---- input.c ---- */

enum member_need { OPTIONAL, REQUIRED };

struct member {
	const char *name;
	enum json_type type;
	enum member_need need;
};

/* The body, with no member missing, none of another type and none that is not in the list; every
 * mistake is listed with its pointer. The list ends with name NULL. */
int api_body(struct task *t, struct http_req *rq, const struct member *members,
    struct json_object **body) MUST_CHECK;
/* A time that a member gives; 0 when it is absent. */
int api_instant(struct task *t, struct json_object *body, const char *name, int64_t *at) MUST_CHECK;
/* With an Idempotency-Key: the key and the hash of what was asked; else both NULL. */
int api_idempotency(struct task *t, struct http_req *rq, struct json_object *body, const char **key,
    const char **hash) MUST_CHECK;
/* A query value that must be one of the words; NULL when absent. */
int api_query_word(struct task *t, struct http_req *rq, const char *name, const char *const *words,
    const char **value) MUST_CHECK;
/* limit: 1 to 200, else 50. */
int api_query_limit(struct task *t, struct http_req *rq, int *limit) MUST_CHECK;

void api_set_etag(struct http_req *rq, int64_t version);

/* ---- stream.c ---- */
void streams_listen(void);
void streams_end_session(int64_t session_id);

/* ---- handlers ---- */
int post_session(struct task *t, struct http_req *rq);
int get_session(struct task *t, struct http_req *rq);
int delete_session(struct task *t, struct http_req *rq);
int get_mails(struct task *t, struct http_req *rq);
int post_mail_resend(struct task *t, struct http_req *rq);
int get_preferences(struct task *t, struct http_req *rq);
int put_preferences(struct task *t, struct http_req *rq);
int get_inbox(struct task *t, struct http_req *rq);
int get_my_feed(struct task *t, struct http_req *rq);
int post_my_feed(struct task *t, struct http_req *rq);
int delete_my_feed(struct task *t, struct http_req *rq);
int get_feed(struct task *t, struct http_req *rq);
int put_case_watch(struct task *t, struct http_req *rq);
int delete_case_watch(struct task *t, struct http_req *rq);
int get_people(struct task *t, struct http_req *rq);
int get_substitutions(struct task *t, struct http_req *rq);
int post_substitution(struct task *t, struct http_req *rq);
int delete_substitution(struct task *t, struct http_req *rq);
int get_vacancies(struct task *t, struct http_req *rq);
int get_services(struct task *t, struct http_req *rq);
int get_service(struct task *t, struct http_req *rq);
int get_agencies(struct task *t, struct http_req *rq);
int get_calendars(struct task *t, struct http_req *rq);
int get_calendar(struct task *t, struct http_req *rq);
int get_recomputation_preview(struct task *t, struct http_req *rq);
int post_recomputation(struct task *t, struct http_req *rq);
int get_recomputation(struct task *t, struct http_req *rq);
int get_workflows(struct task *t, struct http_req *rq);
int get_workflow(struct task *t, struct http_req *rq);
int get_workflow_rights(struct task *t, struct http_req *rq);
int get_grants(struct task *t, struct http_req *rq);
int get_operations(struct task *t, struct http_req *rq);
int get_incidents(struct task *t, struct http_req *rq);
int post_incident_retry(struct task *t, struct http_req *rq);
int get_drafts(struct task *t, struct http_req *rq);
int post_draft(struct task *t, struct http_req *rq);
int get_draft(struct task *t, struct http_req *rq);
int put_draft(struct task *t, struct http_req *rq);
int delete_draft(struct task *t, struct http_req *rq);
int get_cases(struct task *t, struct http_req *rq);
int post_case(struct task *t, struct http_req *rq);
int get_case(struct task *t, struct http_req *rq);
int get_case_term(struct task *t, struct http_req *rq);
int post_case_event(struct task *t, struct http_req *rq);
int get_stream(struct task *t, struct http_req *rq);
int get_health(struct task *t, struct http_req *rq);
int get_demo_accounts(struct task *t, struct http_req *rq);
int get_demo_clock(struct task *t, struct http_req *rq);
int post_demo_clock(struct task *t, struct http_req *rq);
int get_demo_mails(struct task *t, struct http_req *rq);
int get_demo_mail(struct task *t, struct http_req *rq);

#endif
