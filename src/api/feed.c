/*
 * The address of my deadlines, and what a calendar program reads there.
 */
#include "api_priv.h"

#include <string.h>

int
get_my_feed(struct task *t, struct http_req *rq)
{
	struct json_object *view;
	struct actor who;

	TRY(api_actor(t, rq, &who));
	TRY(flow_feed_view(t, &who, &view));
	return http_reply_json(rq, 200, view);
}

int
post_my_feed(struct task *t, struct http_req *rq)
{
	struct json_object *view;
	struct actor who;

	TRY(api_actor(t, rq, &who));
	TRY(flow_feed_make(t, &who, &view));
	return http_reply_json(rq, 200, view);
}

int
delete_my_feed(struct task *t, struct http_req *rq)
{
	struct actor who;

	TRY(api_actor(t, rq, &who));
	TRY(flow_feed_end(t, &who));
	return http_reply_empty(rq, 204);
}

static const char *
etag_of(struct arena *a, const char *text)
{
	char hex[65];

	sha256_hex(text, strlen(text), hex);
	return arena_printf(a, "\"%.32s\"", hex);
}

int
get_feed(struct task *t, struct http_req *rq)
{
	const char *known = http_header(rq, "If-None-Match");
	const char *ics, *etag;

	TRY(flow_feed(t, http_param(rq, "name"), &ics));
	etag = etag_of(task_arena(t), ics);
	http_reply_header(rq, "ETag", etag);
	http_reply_header(rq, "Cache-Control", "private, no-cache");
	if (known && strstr(known, etag))
		return http_reply_empty(rq, 304);
	http_reply_header(rq, "Content-Disposition", "inline; filename=\"lienthong.ics\"");
	return http_reply_text(rq, 200, "text/calendar; charset=utf-8", ics, strlen(ics));
}
