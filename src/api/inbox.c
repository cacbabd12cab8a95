/*
 * What waits for me or my agency, and what I watch.
 */
#include "api_priv.h"

int
get_inbox(struct task *t, struct http_req *rq)
{
	static const char *const scopes[] = { "mine", "agency", "watched", NULL };
	struct json_object *list;
	const char *scope;
	struct actor who;
	int limit;

	TRY(api_query_word(t, rq, "scope", scopes, &scope));
	TRY(api_query_limit(t, rq, &limit));
	TRY(api_actor(t, rq, &who));
	TRY(flow_inbox(t, &who, scope, http_query(rq, "after"), limit, &list));
	return http_reply_json(rq, 200, list);
}

int
put_case_watch(struct task *t, struct http_req *rq)
{
	struct actor who;
	int64_t id;

	TRY(http_param_id(t, rq, "id", &id));
	TRY(api_actor(t, rq, &who));
	TRY(flow_watch(t, &who, id));
	return http_reply_empty(rq, 204);
}

int
delete_case_watch(struct task *t, struct http_req *rq)
{
	struct actor who;
	int64_t id;

	TRY(http_param_id(t, rq, "id", &id));
	TRY(api_actor(t, rq, &who));
	TRY(flow_unwatch(t, &who, id));
	return http_reply_empty(rq, 204);
}
