/*
 * Cases: listing, starting, seeing, and sending them events.
 */
#include "api_priv.h"

int
get_cases(struct task *t, struct http_req *rq)
{
	static const char *const states[] = { "open", "closed", "overdue", NULL };
	static const char *const scopes[] = { "mine", "agency", "all", NULL };
	struct flow_case_query q = { .text = http_query(rq, "q"),
		.after = http_query(rq, "after"),
		.workflows = http_query(rq, "workflow") };
	struct json_object *list;
	struct actor who;

	TRY(api_query_word(t, rq, "state", states, &q.state));
	TRY(api_query_word(t, rq, "scope", scopes, &q.scope));
	TRY(api_query_limit(t, rq, &q.limit));
	TRY(api_actor(t, rq, &who));
	TRY(flow_case_list(t, &who, &q, &list));
	return http_reply_json(rq, 200, list);
}

int
get_case(struct task *t, struct http_req *rq)
{
	struct json_object *view;
	struct actor who;
	int64_t id, version;

	TRY(http_param_id(t, rq, "id", &id));
	TRY(api_actor(t, rq, &who));
	TRY(flow_case_view(t, &who, id, &view, &version));
	api_set_etag(rq, version);
	return http_reply_json(rq, 200, view);
}

int
get_case_term(struct task *t, struct http_req *rq)
{
	struct json_object *view;
	struct actor who;
	int64_t id;

	TRY(http_param_id(t, rq, "id", &id));
	TRY(api_actor(t, rq, &who));
	TRY(flow_term_view(t, &who, id, http_param(rq, "term"), &view));
	return http_reply_json(rq, 200, view);
}

static int
reply_case(struct http_req *rq, int status, const struct flow_result *result)
{
	api_set_etag(rq, result->version);
	if (result->is_replay)
		http_reply_header(rq, "Idempotent-Replay", "true");
	return http_reply_json(rq, status, result->view);
}

int
post_case(struct task *t, struct http_req *rq)
{
	static const struct member members[] = { { "workflow", json_type_string, REQUIRED },
		{ "service", json_type_string, OPTIONAL }, { "agency", json_type_string, OPTIONAL },
		{ "party", json_type_string, OPTIONAL }, { "about", json_type_int, OPTIONAL },
		{ "received_at", json_type_string, OPTIONAL },
		{ "fields", json_type_object, REQUIRED }, { "draft", json_type_int, OPTIONAL },
		{ "event", json_type_string, OPTIONAL }, { 0 } };
	struct flow_start in = { 0 };
	struct flow_result result = { 0 };
	struct json_object *body;
	struct actor who;

	TRY(api_body(t, rq, members, &body));
	TRY(api_idempotency(t, rq, body, &in.idempotency_key, &in.request_hash));
	in.workflow = json_str(body, "workflow");
	in.service = json_str(body, "service");
	in.agency = json_str(body, "agency");
	in.party = json_str(body, "party");
	in.about = json_int(body, "about", 0);
	TRY(api_instant(t, body, "received_at", &in.received_at));
	in.fields = json_get(body, "fields");
	in.draft_id = json_int(body, "draft", 0);
	in.event = json_str(body, "event");
	TRY(api_actor(t, rq, &who));
	TRY(flow_start(t, &who, &in, &result));
	http_reply_header(rq, "Location",
	    arena_printf(task_arena(t), "/api/cases/%lld", (long long)result.case_id));
	return reply_case(rq, 201, &result);
}

int
post_case_event(struct task *t, struct http_req *rq)
{
	static const struct member members[] = { { "type", json_type_string, REQUIRED },
		{ "data", json_type_object, OPTIONAL }, { 0 } };
	struct flow_event in = { 0 };
	struct flow_result result = { 0 };
	struct json_object *body;
	struct actor who;
	int code;

	TRY(http_param_id(t, rq, "id", &in.case_id));
	TRY(http_if_match(t, rq, &in.expected_version));
	TRY(api_body(t, rq, members, &body));
	TRY(api_idempotency(t, rq, body, &in.idempotency_key, &in.request_hash));
	in.type = json_str(body, "type");
	in.data = json_get(body, "data");
	TRY(api_actor(t, rq, &who));
	code = flow_send(t, &who, &in, &result);
	if (code == E_STALE && result.version > 0)
		api_set_etag(rq, result.version);
	return code == OK ? reply_case(rq, 200, &result) : code;
}
