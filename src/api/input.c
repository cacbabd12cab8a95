/*
 * Reading what was asked: members of a body, words and limits of a query, keys.
 */
#include "api_priv.h"

#include <stdio.h>

static const struct member *
member_of(const struct member *members, const char *name)
{
	for (; members->name; members++)
		if (str_eq(members->name, name))
			return members;
	return NULL;
}

static const char *
type_word(enum json_type type)
{
	switch (type) {
	case json_type_int:
		return "a whole number";
	case json_type_object:
		return "an object";
	case json_type_boolean:
		return "true or false";
	default:
		return "a text";
	}
}

/* "/name" with the two characters that a JSON pointer escapes. */
static const char *
member_pointer(struct arena *a, const char *name)
{
	struct str s;

	str_init(&s, a);
	str_add(&s, "/");
	for (; *name; name++) {
		if (*name == '~')
			str_add(&s, "~0");
		else if (*name == '/')
			str_add(&s, "~1");
		else
			str_add_n(&s, name, 1);
	}
	return s.text;
}

static void
check_given(struct json_object *body, const struct member *members, struct error_list *errors)
{
	json_object_object_foreach(body, name, value)
	{
		const struct member *m = member_of(members, name);
		const char *pointer = member_pointer(errors->arena, name);

		if (!m)
			error_add(errors, pointer, "unknown", "is not known here");
		else if (!json_object_is_type(value, m->type) &&
			 !(value == NULL && m->need == OPTIONAL))
			error_add(errors, pointer, "type", "must be %s", type_word(m->type));
	}
}

int
api_body(
    struct task *t, struct http_req *rq, const struct member *members, struct json_object **body)
{
	struct error_list errors;

	TRY(http_body(t, rq, body));
	error_list_init(&errors, task_arena(t));
	check_given(*body, members, &errors);
	for (const struct member *m = members; m->name; m++)
		if (m->need == REQUIRED && !json_object_object_get_ex(*body, m->name, NULL))
			error_add(&errors, arena_printf(task_arena(t), "/%s", m->name), "required",
			    "is missing");
	if (errors.count > 0)
		return fail_list(t, E_INVALID, &errors, "the body has %d mistake%s", errors.count,
		    errors.count == 1 ? "" : "s");
	return OK;
}

int
api_instant(struct task *t, struct json_object *body, const char *name, int64_t *at)
{
	const char *text = json_str(body, name);
	struct error_list errors;

	*at = 0;
	if (text == NULL || (instant_parse(text, at) && *at != 0))
		return OK;
	error_list_init(&errors, task_arena(t));
	error_add(&errors, member_pointer(task_arena(t), name), "format",
	    "must be a time as RFC 3339 writes it, with its zone");
	return fail_list(t, E_INVALID, &errors, "%s is no time", name);
}

int
api_idempotency(struct task *t, struct http_req *rq, struct json_object *body, const char **key,
    const char **hash)
{
	struct arena *a = task_arena(t);
	struct str asked;
	char hex[65];

	*hash = NULL;
	TRY(http_idempotency_key(t, rq, key));
	if (!*key)
		return OK;
	str_init(&asked, a);
	str_addf(&asked, "%s %s\n%s", http_method(rq), http_path(rq), json_canonical(a, body));
	sha256_hex(asked.text, asked.len, hex);
	*hash = arena_strdup(a, hex);
	return OK;
}

int
api_query_word(struct task *t, struct http_req *rq, const char *name, const char *const *words,
    const char **value)
{
	*value = http_query(rq, name);
	if (!*value)
		return OK;
	for (; *words; words++)
		if (str_eq(*words, *value))
			return OK;
	return fail(t, E_BAD_INPUT, "%s has a value that is not known", name);
}

int
api_query_limit(struct task *t, struct http_req *rq, int *limit)
{
	int64_t n;

	TRY(http_query_int(t, rq, "limit", 1, 200, 50, &n));
	*limit = (int)n;
	return OK;
}

void
api_set_etag(struct http_req *rq, int64_t version)
{
	char text[32];

	snprintf(text, sizeof(text), "\"%lld\"", (long long)version);
	http_reply_header(rq, "ETag", text);
}
