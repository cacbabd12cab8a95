/*
 * Signing in and out, and who asks: a token of 15 minutes, renewed from the session's own cookie.
 */
#include "api_priv.h"

#define TOKEN_COOKIE "lt_token"
#define SESSION_COOKIE "lt_session"
enum { TOKEN_KEY_SIZE = 32, TOKEN_LIFE_S = 15 * 60, SESSION_COOKIE_LIFE_S = 12 * 60 * 60 };

/* Tokens live by the system's clock: moving the demo's clock signs nobody out. */
static int64_t
system_now_s(void)
{
	return (clock_now() - clock_offset()) / 1000000;
}

static void
give_token(struct http_req *rq, struct arena *a, const struct flow_session *s)
{
	int64_t now_s = system_now_s();
	struct http_token tok = { .person = s->person_id,
		.session = s->id,
		.issued_s = now_s,
		.expires_s = now_s + TOKEN_LIFE_S };

	http_set_cookie(rq, TOKEN_COOKIE,
	    http_token_make(a, api_config->token_key, TOKEN_KEY_SIZE, &tok), "/", TOKEN_LIFE_S);
}

static bool
token_is_good(struct task *t, struct http_req *rq, struct http_token *tok)
{
	const char *text = http_cookie(rq, TOKEN_COOKIE);
	const char *wrong;

	if (!text)
		return false;
	wrong = http_token_read(
	    task_arena(t), api_config->token_key, TOKEN_KEY_SIZE, text, system_now_s(), tok);
	if (wrong && !str_eq(wrong, "expired"))
		log_warn("a token from %s is refused: %s", http_remote(rq), wrong);
	return !wrong;
}

int
api_authenticate(struct task *t, struct http_req *rq)
{
	const char *secret = http_cookie(rq, SESSION_COOKIE);
	struct flow_session s = { 0 };
	struct http_token tok;

	if (token_is_good(t, rq, &tok)) {
		TRY(flow_session_check(t, tok.session, tok.person));
		s = (struct flow_session){ .id = tok.session, .person_id = tok.person };
	} else {
		if (!secret)
			return fail(t, E_UNAUTHENTICATED, "sign in first");
		TRY(flow_session_renew(t, secret, &s));
		give_token(rq, task_arena(t), &s);
	}
	http_set_identity(rq, &(struct http_identity){ .person = s.person_id, .session = s.id });
	return OK;
}

int
api_actor(struct task *t, struct http_req *rq, struct actor *who)
{
	return flow_actor(t, http_identity(rq)->person, who);
}

static int
reply_session(struct task *t, struct http_req *rq, int64_t person_id)
{
	struct json_object *view;
	struct actor who;

	TRY(flow_actor(t, person_id, &who));
	TRY(flow_session_view(t, &who, &view));
	return http_reply_json(rq, 200, view);
}

int
post_session(struct task *t, struct http_req *rq)
{
	static const struct member members[] = { { "login", json_type_string, REQUIRED },
		{ "password", json_type_string, REQUIRED }, { 0 } };
	struct json_object *body;
	struct flow_session s;
	int code;

	TRY(api_body(t, rq, members, &body));
	code = flow_sign_in(
	    t, json_str(body, "login"), json_str(body, "password"), http_remote(rq), &s);
	if (code == E_RATE_LIMITED)
		http_reply_header(rq, "Retry-After",
		    arena_printf(
			task_arena(t), "%lld", (long long)(s.retry_after_us / 1000000 + 1)));
	TRY(code);
	give_token(rq, task_arena(t), &s);
	http_set_cookie(rq, SESSION_COOKIE, s.secret, "/", SESSION_COOKIE_LIFE_S);
	return reply_session(t, rq, s.person_id);
}

int
get_session(struct task *t, struct http_req *rq)
{
	return reply_session(t, rq, http_identity(rq)->person);
}

int
delete_session(struct task *t, struct http_req *rq)
{
	int64_t session = http_identity(rq)->session;

	TRY(flow_sign_out(t, session));
	streams_end_session(session);
	http_set_cookie(rq, TOKEN_COOKIE, "", "/", 0);
	http_set_cookie(rq, SESSION_COOKIE, "", "/", 0);
	return http_reply_empty(rq, 204);
}
