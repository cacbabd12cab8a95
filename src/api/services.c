/*
 * The catalogue of services, and the agencies that offer and ask for them.
 */
#include "api_priv.h"

int
get_services(struct task *t, struct http_req *rq)
{
	static const char *const forms[] = { "open", "default", "specific", NULL };
	struct flow_service_query q = { .text = http_query(rq, "q"),
		.owner = http_query(rq, "owner") };
	struct json_object *list;
	struct actor who;

	TRY(api_query_word(t, rq, "form", forms, &q.form));
	TRY(api_query_limit(t, rq, &q.limit));
	TRY(api_actor(t, rq, &who));
	TRY(flow_service_list(t, &who, &q, &list));
	return http_reply_json(rq, 200, list);
}

int
get_service(struct task *t, struct http_req *rq)
{
	struct json_object *view;
	struct actor who;

	TRY(api_actor(t, rq, &who));
	TRY(flow_service_view(t, &who, http_param(rq, "code"), &view));
	return http_reply_json(rq, 200, view);
}

int
get_agencies(struct task *t, struct http_req *rq)
{
	struct json_object *list;

	TRY(flow_agency_list(t, &list));
	return http_reply_json(rq, 200, list);
}
