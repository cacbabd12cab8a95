/*
 * The body of a request as a JSON object.
 */
#include "http_priv.h"

int
http_body(struct task *t, struct http_req *rq, struct json_object **body)
{
	const char *why;

	*body = NULL;
	if (!is_json_type(http_header(rq, "Content-Type")))
		return fail(t, E_MEDIA_TYPE, "the body must be application/json in UTF-8");
	if (rq->body_size == 0)
		return fail(t, E_BAD_INPUT, "the body is empty");
	if (!utf8_is_valid(rq->body, rq->body_size))
		return fail_as(t, E_BAD_INPUT, "not-utf8", "the body is not UTF-8");
	*body = json_read(rq->arena, rq->body, rq->body_size, &why);
	if (why)
		return fail_as(t, E_BAD_INPUT, "not-json", "the body is not JSON: %s", why);
	if (!json_object_is_type(*body, json_type_object))
		return fail_as(t, E_BAD_INPUT, "not-an-object", "the body must be a JSON object");
	return OK;
}
