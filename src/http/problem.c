/*
 * RFC 9457 problems: what went wrong, for a program and for a person.
 */
#include "http_priv.h"

#include <string.h>

static const char type_base[] = "https://lienthong.vn/problems/";

static struct json_object *
error_items(const struct error_list *errors)
{
	struct json_object *array = json_object_new_array();

	for (const struct error_item *item = errors->first; item; item = item->next) {
		struct json_object *o = json_object_new_object();

		json_set_str(o, "pointer", item->pointer);
		json_set_str(o, "code", item->code);
		json_set_str(o, "detail", item->message);
		json_push(array, o);
	}
	return array;
}

static struct json_object *
problem_json(
    struct arena *a, enum err code, const char *word, const char *detail, const char *request_id)
{
	struct json_object *o = json_keep(a, json_object_new_object());

	json_set_str(o, "type", arena_printf(a, "%s%s", type_base, err_name(code)));
	json_set_str(o, "title", err_title(code));
	json_set_int(o, "status", err_http_status(code));
	json_set_str(o, "code", word ? word : err_name(code));
	json_set_str(o, "detail", detail);
	json_set_str(o, "request_id", request_id);
	return o;
}

/* What a stranger may read: the inner reasons of the server stay in the log. */
static const char *
public_detail(enum err code, const char *detail)
{
	if (code == E_INTERNAL)
		return "the server could not do this; the reason is in its log under the request "
		       "id";
	if (code == E_BUSY)
		return "the server cannot do this just now; try again in a moment";
	return detail ? detail : err_title(code);
}

static void
add_retry_after(struct http_req *rq, int status)
{
	if (pair_get_nocase(rq->reply_headers, "Retry-After"))
		return;
	if (status == 503)
		http_reply_header(rq, "Retry-After", "1");
	else if (status == 429)
		http_reply_header(rq, "Retry-After", "60");
}

void
reply_problem(struct http_req *rq, enum err code, const char *word, const char *detail,
    const struct error_list *errors)
{
	int status = err_http_status(code);
	struct json_object *o = problem_json(
	    rq->arena, code, word, public_detail(code, detail), rq->id);
	const char *text;

	if (rq->is_answered)
		return;
	if (errors && errors->count > 0)
		json_set(o, "errors", error_items(errors));
	if (status >= 500)
		log_error("%s %s: %s: %s", rq->method, request_logged_path(rq), err_name(code),
		    detail ? detail : "no reason given");
	add_retry_after(rq, status);
	text = json_text_of(o);
	http_reply_text(rq, status, "application/problem+json", text, strlen(text));
}

char *
problem_response(struct arena *a, enum err code, const char *detail)
{
	const char *id = request_new_id(a);
	const char *text = json_text_of(problem_json(a, code, NULL, detail, id));

	log_info("unreadable request: %s, answered as %s", err_name(code), id);
	return arena_printf(a,
	    "HTTP/1.1 %d %s\r\n"
	    "Content-Type: application/problem+json\r\n"
	    "Content-Length: %zu\r\n"
	    "Cache-Control: no-store\r\n"
	    "X-Content-Type-Options: nosniff\r\n"
	    "X-Request-Id: %s\r\n"
	    "Connection: close\r\n\r\n%s",
	    err_http_status(code), err_title(code), strlen(text), id, text);
}
