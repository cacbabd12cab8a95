/*
 * How the person who asks wants to be written to.
 */
#include "api_priv.h"

static const struct member members[] = { { "locale", json_type_string, REQUIRED },
	{ "digest_at", json_type_string, OPTIONAL }, { "quiet_from", json_type_string, OPTIONAL },
	{ "quiet_until", json_type_string, OPTIONAL },
	{ "on_days_off", json_type_boolean, REQUIRED }, { 0 } };

int
get_preferences(struct task *t, struct http_req *rq)
{
	struct json_object *view;
	struct actor who;

	TRY(api_actor(t, rq, &who));
	TRY(flow_preferences_view(t, &who, &view));
	return http_reply_json(rq, 200, view);
}

int
put_preferences(struct task *t, struct http_req *rq)
{
	struct json_object *body, *view;
	struct actor who;

	TRY(api_body(t, rq, members, &body));
	TRY(api_actor(t, rq, &who));
	TRY(flow_preferences_save(t, &who, body, &view));
	return http_reply_json(rq, 200, view);
}
