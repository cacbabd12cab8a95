/*
 * People away and vacant posts: who may stand for whom, who does, which posts nobody holds.
 */
#include "api_priv.h"

int
get_people(struct task *t, struct http_req *rq)
{
	const char *agency = http_query(rq, "agency");
	struct json_object *list;
	struct actor who;

	if (agency == NULL)
		return fail(t, E_BAD_INPUT, "say of which agency: its code");
	TRY(api_actor(t, rq, &who));
	TRY(flow_people(t, agency, &list));
	return http_reply_json(rq, 200, list);
}

int
get_substitutions(struct task *t, struct http_req *rq)
{
	struct json_object *list;
	struct actor who;

	TRY(api_actor(t, rq, &who));
	TRY(flow_substitution_list(t, &who, &list));
	return http_reply_json(rq, 200, list);
}

int
post_substitution(struct task *t, struct http_req *rq)
{
	static const struct member members[] = { { "absent", json_type_int, OPTIONAL },
		{ "substitute", json_type_int, REQUIRED }, { "from", json_type_string, REQUIRED },
		{ "until", json_type_string, REQUIRED }, { "reason", json_type_string, REQUIRED },
		{ NULL, 0, 0 } };
	struct json_object *body, *view;
	struct flow_substitution in;
	struct actor who;

	TRY(api_actor(t, rq, &who));
	TRY(api_body(t, rq, members, &body));
	in = (struct flow_substitution){ .absent_id = json_int(body, "absent", 0),
		.substitute_id = json_int(body, "substitute", 0),
		.from = json_str(body, "from"),
		.until = json_str(body, "until"),
		.reason = json_str(body, "reason") };
	TRY(flow_substitution_make(t, &who, &in, &view));
	return http_reply_json(rq, 201, view);
}

int
delete_substitution(struct task *t, struct http_req *rq)
{
	struct actor who;
	int64_t id;

	TRY(http_param_id(t, rq, "id", &id));
	TRY(api_actor(t, rq, &who));
	TRY(flow_substitution_end(t, &who, id));
	return http_reply_empty(rq, 204);
}

int
get_vacancies(struct task *t, struct http_req *rq)
{
	struct json_object *list;
	struct actor who;

	TRY(api_actor(t, rq, &who));
	TRY(flow_vacancy_list(t, &who, &list));
	return http_reply_json(rq, 200, list);
}
