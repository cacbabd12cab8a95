/*
 * The demo province: its accounts, its clock, the mail it would have sent. Not there elsewhere.
 */
#include "api_priv.h"

static const int64_t hour_us = INT64_C(3600) * 1000000;
enum { WORKING_DAYS_MAX = 60, HOURS_MAX = 24 * 60 };

static int
demo_only(struct task *t)
{
	if (!api_config->is_demo)
		return fail(t, E_NOT_FOUND, "there is no such resource");
	return OK;
}

int
get_demo_accounts(struct task *t, struct http_req *rq)
{
	struct json_object *list;

	TRY(demo_only(t));
	TRY(flow_demo_accounts(t, &list));
	return http_reply_json(rq, 200, list);
}

int
get_demo_clock(struct task *t, struct http_req *rq)
{
	struct json_object *view;

	TRY(demo_only(t));
	TRY(flow_demo_clock_view(t, &view));
	return http_reply_json(rq, 200, view);
}

int
post_demo_clock(struct task *t, struct http_req *rq)
{
	static const struct member members[] = { { "working_days", json_type_int, OPTIONAL },
		{ "hours", json_type_int, OPTIONAL }, { 0 } };
	struct json_object *body, *view;
	int64_t days, hours;

	TRY(demo_only(t));
	TRY(api_body(t, rq, members, &body));
	days = json_int(body, "working_days", 0);
	hours = json_int(body, "hours", 0);
	if (days < 0 || hours < 0 || days > WORKING_DAYS_MAX || hours > HOURS_MAX ||
	    (days == 0) == (hours == 0))
		return fail(t, E_INVALID, "give working_days (1 to %d) or hours (1 to %d)",
		    WORKING_DAYS_MAX, HOURS_MAX);
	TRY(flow_demo_clock_move(t, hours * hour_us, (int)days, &view));
	return http_reply_json(rq, 200, view);
}

int
get_demo_mails(struct task *t, struct http_req *rq)
{
	struct json_object *list;
	int64_t case_id, before;
	int limit;

	TRY(demo_only(t));
	TRY(http_query_int(t, rq, "case", 1, INT64_MAX, 0, &case_id));
	TRY(http_query_int(t, rq, "before", 1, INT64_MAX, 0, &before));
	TRY(api_query_limit(t, rq, &limit));
	TRY(flow_mail_list(t, case_id, before, limit, &list));
	return http_reply_json(rq, 200, list);
}

int
get_demo_mail(struct task *t, struct http_req *rq)
{
	struct json_object *view;
	int64_t id;

	TRY(demo_only(t));
	TRY(http_param_id(t, rq, "id", &id));
	TRY(flow_mail_view(t, id, &view));
	return http_reply_json(rq, 200, view);
}
