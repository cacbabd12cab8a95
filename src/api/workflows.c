/*
 * The kinds of cases: what each asks for, its law, its grounds; and who may open one.
 */
#include "api_priv.h"

int
get_workflows(struct task *t, struct http_req *rq)
{
	struct json_object *list;
	struct actor who;

	TRY(api_actor(t, rq, &who));
	TRY(flow_workflow_list(t, &who, &list));
	return http_reply_json(rq, 200, list);
}

int
get_workflow(struct task *t, struct http_req *rq)
{
	struct json_object *view;
	struct actor who;

	TRY(api_actor(t, rq, &who));
	TRY(flow_workflow_view(t, &who, http_param(rq, "id"), &view));
	return http_reply_json(rq, 200, view);
}

/* Law is public: whoever is signed in may read who may do what. */
int
get_workflow_rights(struct task *t, struct http_req *rq)
{
	struct json_object *view;

	TRY(flow_workflow_rights(t, http_param(rq, "id"), &view));
	return http_reply_json(rq, 200, view);
}
