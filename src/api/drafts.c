/*
 * A person's own drafts.
 */
#include "api_priv.h"

static const struct member draft_members[] = { { "workflow", json_type_string, REQUIRED },
	{ "service", json_type_string, OPTIONAL }, { "agency", json_type_string, OPTIONAL },
	{ "party", json_type_string, OPTIONAL }, { "about", json_type_int, OPTIONAL },
	{ "fields", json_type_object, REQUIRED }, { 0 } };

static int
reply_draft(struct http_req *rq, int status, struct json_object *view)
{
	api_set_etag(rq, json_int(view, "version", 0));
	return http_reply_json(rq, status, view);
}

/* Tells the version of now along with the refusal. */
static int
stale_draft(struct task *t, struct http_req *rq, const struct actor *who, int64_t id)
{
	struct json_object *view;

	TRY(flow_draft_view(t, who, id, &view));
	api_set_etag(rq, json_int(view, "version", 0));
	return fail(t, E_STALE, "the draft was changed in another window");
}

int
get_drafts(struct task *t, struct http_req *rq)
{
	struct json_object *list;
	struct actor who;

	TRY(api_actor(t, rq, &who));
	TRY(flow_draft_list(t, &who, &list));
	return http_reply_json(rq, 200, list);
}

int
post_draft(struct task *t, struct http_req *rq)
{
	struct json_object *body, *view;
	struct actor who;

	TRY(api_body(t, rq, draft_members, &body));
	TRY(api_actor(t, rq, &who));
	TRY(flow_draft_save(t, &who, 0, 0, body, &view));
	http_reply_header(rq, "Location",
	    arena_printf(task_arena(t), "/api/drafts/%lld", (long long)json_int(view, "id", 0)));
	return reply_draft(rq, 201, view);
}

int
get_draft(struct task *t, struct http_req *rq)
{
	struct json_object *view;
	struct actor who;
	int64_t id;

	TRY(http_param_id(t, rq, "id", &id));
	TRY(api_actor(t, rq, &who));
	TRY(flow_draft_view(t, &who, id, &view));
	return reply_draft(rq, 200, view);
}

int
put_draft(struct task *t, struct http_req *rq)
{
	struct json_object *body, *view;
	struct actor who;
	int64_t id, version;
	int code;

	TRY(http_param_id(t, rq, "id", &id));
	TRY(http_if_match(t, rq, &version));
	TRY(api_body(t, rq, draft_members, &body));
	TRY(api_actor(t, rq, &who));
	code = flow_draft_save(t, &who, id, version, body, &view);
	if (code == E_STALE)
		return stale_draft(t, rq, &who, id);
	return code == OK ? reply_draft(rq, 200, view) : code;
}

int
delete_draft(struct task *t, struct http_req *rq)
{
	struct actor who;
	int64_t id;

	TRY(http_param_id(t, rq, "id", &id));
	TRY(api_actor(t, rq, &who));
	TRY(flow_draft_delete(t, &who, id));
	return http_reply_empty(rq, 204);
}
