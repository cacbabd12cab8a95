/*
 * Is the server able to work? For load balancers and people.
 */
#include "api_priv.h"

int
get_health(struct task *t, struct http_req *rq)
{
	struct json_object *o = json_keep(task_arena(t), json_object_new_object());
	int64_t late_s = 0;
	bool is_ok = db_ping(t) == OK && flow_timers_late(t, &late_s) == OK;

	json_set_str(o, "status", is_ok ? "ok" : "failing");
	json_set_str(o, "database", is_ok ? "ok" : "unreachable");
	json_set_str(o, "version", LT_VERSION);
	if (is_ok)
		json_set_int(o, "timers_late_s", late_s);
	else
		http_reply_header(rq, "Retry-After", "1");
	return http_reply_json(rq, is_ok ? 200 : 503, o);
}
