/*
 * Calendars, and what a change of them does to open cases.
 */
#include "api_priv.h"

#include <string.h>

int
get_calendars(struct task *t, struct http_req *rq)
{
	struct json_object *list;

	TRY(flow_calendar_list(t, &list));
	return http_reply_json(rq, 200, list);
}

int
get_calendar(struct task *t, struct http_req *rq)
{
	struct json_object *view;
	int64_t year;

	TRY(http_query_int(t, rq, "year", 1970, 2200, 0, &year));
	TRY(flow_calendar_view(t, http_param(rq, "id"), (int)year, &view));
	return http_reply_json(rq, 200, view);
}

int
get_recomputation_preview(struct task *t, struct http_req *rq)
{
	struct json_object *list;
	struct actor who;
	int limit;

	TRY(api_query_limit(t, rq, &limit));
	TRY(api_actor(t, rq, &who));
	TRY(flow_recomputation_preview(t, &who, http_query(rq, "after"), limit, &list));
	return http_reply_json(rq, 200, list);
}

static int
check_why(struct task *t, const char *why)
{
	enum { WHY_MOST = 1000 };
	struct error_list errors;

	error_list_init(&errors, task_arena(t));
	if (why[strspn(why, " \t\r\n")] == '\0')
		error_add(&errors, "/why", "required", "must say why");
	else if (strlen(why) > WHY_MOST)
		error_add(&errors, "/why", "maxLength", "is too long");
	return errors.count ? fail_list(t, E_INVALID, &errors, "the reason cannot be taken") : OK;
}

int
post_recomputation(struct task *t, struct http_req *rq)
{
	static const struct member members[] = { { "why", json_type_string, REQUIRED }, { 0 } };
	struct json_object *body, *view;
	struct actor who;

	TRY(api_body(t, rq, members, &body));
	TRY(check_why(t, json_str(body, "why")));
	TRY(api_actor(t, rq, &who));
	TRY(flow_recomputation_start(t, &who, json_str(body, "why"), &view));
	return http_reply_json(rq, 202, view);
}

int
get_recomputation(struct task *t, struct http_req *rq)
{
	struct json_object *view;
	struct actor who;
	int64_t id;

	TRY(http_param_id(t, rq, "id", &id));
	TRY(api_actor(t, rq, &who));
	TRY(flow_recomputation_view(t, &who, id, &view));
	return http_reply_json(rq, 200, view);
}
