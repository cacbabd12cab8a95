/*
 * For those who operate the system: how much waits for them, and incidents.
 */
#include "api_priv.h"

int
get_operations(struct task *t, struct http_req *rq)
{
	struct json_object *view;
	struct actor who;

	TRY(api_actor(t, rq, &who));
	TRY(flow_operations(t, &who, &view));
	return http_reply_json(rq, 200, view);
}

int
get_incidents(struct task *t, struct http_req *rq)
{
	struct json_object *list;
	struct actor who;
	int limit;

	TRY(api_query_limit(t, rq, &limit));
	TRY(api_actor(t, rq, &who));
	TRY(flow_incident_list(t, &who, http_query(rq, "after"), limit, &list));
	return http_reply_json(rq, 200, list);
}

int
post_incident_retry(struct task *t, struct http_req *rq)
{
	struct actor who;
	int64_t id;

	TRY(http_param_id(t, rq, "id", &id));
	TRY(api_actor(t, rq, &who));
	TRY(flow_incident_retry(t, &who, id));
	return http_reply_empty(rq, 204);
}
