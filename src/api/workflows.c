/*
 * What a case of a kind asks for: its form, its law, its grounds.
 */
#include "api_priv.h"

int
get_workflow(struct task *t, struct http_req *rq)
{
	struct json_object *view;

	TRY(flow_workflow_view(t, http_param(rq, "id"), &view));
	return http_reply_json(rq, 200, view);
}
