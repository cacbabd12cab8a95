/*
 * What approved cases gave: accounts, agreements.
 */
#include "api_priv.h"

int
get_grants(struct task *t, struct http_req *rq)
{
	struct json_object *list;
	struct actor who;
	int limit;

	TRY(api_query_limit(t, rq, &limit));
	TRY(api_actor(t, rq, &who));
	TRY(flow_grant_list(t, &who, http_query(rq, "after"), limit, &list));
	return http_reply_json(rq, 200, list);
}
