/*
 * The outbox for its operators.
 */
#include "api_priv.h"

int
get_mails(struct task *t, struct http_req *rq)
{
	static const char *const states[] = { "failed", "waiting", NULL };
	struct json_object *list;
	struct actor who;
	const char *state;
	int limit;

	TRY(api_query_word(t, rq, "state", states, &state));
	TRY(api_query_limit(t, rq, &limit));
	TRY(api_actor(t, rq, &who));
	TRY(flow_outbox(t, &who, state, http_query(rq, "after"), limit, &list));
	return http_reply_json(rq, 200, list);
}

int
post_mail_resend(struct task *t, struct http_req *rq)
{
	static const struct member members[] = { { "address", json_type_string, OPTIONAL }, { 0 } };
	struct json_object *body, *view;
	struct actor who;
	int64_t id;

	TRY(http_param_id(t, rq, "id", &id));
	TRY(api_body(t, rq, members, &body));
	TRY(api_actor(t, rq, &who));
	TRY(flow_mail_resend(t, &who, id, json_str(body, "address"), &view));
	return http_reply_json(rq, 200, view);
}
