/*
 * Signing in: a password against its argon2id hash, in a thread; as slow for a login that nobody
 * has; and only so many times.
 */
#include "flow_db.h"

#include <sodium.h>
#include <string.h>

/* A whole agency may sit behind one address, so it gets more tries than one login does. */
enum { LOGIN_FAILURES_MAX = 5, ADDRESS_FAILURES_MAX = 60, LOGIN_MAX = 64, PASSWORD_MAX = 1024 };
#define FAILURES_FOR_US (15 * 60 * INT64_C(1000000))
#define SESSION_US (12 * 3600 * INT64_C(1000000)) /* a working day */

/* Of a random password that nobody kept, with the costs of ours. */
static const char no_ones_hash[] = "$argon2id$v=19$m=65536,t=2,p=1$qMc6y6zzVPkfUmhq18NAGw$"
				   "qYqbeVyg0/+PAgtR6e4j6RHL1aLFWe88Dp4qweJlby0";

/* ---- how often ---- */

struct limits {
	const char *login, *address; /* subjects */
	int64_t now, since;
	int64_t retry_at; /* when one more attempt is let through, once refused */
};

static int
check_limit(struct task *t, struct limits *l, const char *subject, int max)
{
	int64_t first_at;
	int count;

	TRY(store_sign_in_failures(t, subject, l->since, &count, &first_at));
	if (count < max)
		return OK;
	l->retry_at = first_at + FAILURES_FOR_US;
	return fail(
	    t, E_RATE_LIMITED, "too many failed attempts; try again in a quarter of an hour");
}

static int
check_limits(struct task *t, struct limits *l)
{
	TRY(check_limit(t, l, l->login, LOGIN_FAILURES_MAX));
	return check_limit(t, l, l->address, ADDRESS_FAILURES_MAX);
}

/* An attempt counts as failed until it succeeds, so that many at once get no more tries. */
static int
begin_attempt(struct task *t, struct limits *l)
{
	TRY(check_limits(t, l));
	TRY(store_sign_in_failure_add(t, l->login, l->now));
	return check_limit(t, l, l->login, LOGIN_FAILURES_MAX + 1);
}

/* ---- the password ---- */

struct verify {
	const char *hash, *password;
	bool is_right;
};

static void
verify(void *arg)
{
	struct verify *v = arg;

	v->is_right = crypto_pwhash_str_verify(v->hash, v->password, strlen(v->password)) == 0;
}

static int
check_password(
    struct task *t, const char *login, const char *password, struct person *p, bool *is_right)
{
	int code = strlen(login) <= LOGIN_MAX ? store_person_by_login(t, login, p) : E_NOT_FOUND;
	bool is_known = code == OK && p->is_active && p->password_hash;
	struct verify v = { .hash = is_known ? p->password_hash : no_ones_hash,
		.password = password };

	if (code != OK && code != E_NOT_FOUND)
		return code;
	if (strlen(password) <= PASSWORD_MAX)
		task_offload(t, verify, &v);
	*is_right = is_known && v.is_right;
	return OK;
}

static int
refuse(struct task *t, const struct limits *l)
{
	log_info("sign-in failed: %s", l->address);
	TRY(store_sign_in_failure_add(t, l->address, l->now));
	return fail_as(
	    t, E_UNAUTHENTICATED, "wrong-credentials", "the login or the password is wrong");
}

/* ---- the session ---- */

static int
open_session(struct task *t, int64_t person_id, const char *address, struct flow_session *s)
{
	s->person_id = person_id;
	s->secret = secret_new(task_arena(t));
	return store_session_add(t, person_id, secret_hash(task_arena(t), s->secret), address,
	    flow_real_now() + SESSION_US, &s->id);
}

static char *
subject(struct arena *a, const char *kind, const char *value)
{
	char *folded = arena_printf(a, "%s:%s", kind, value);
	char hex[65];

	if (strlen(folded) <= 100)
		return folded;
	sha256_hex(folded, strlen(folded), hex); /* too long for its column, and for a login */
	return arena_printf(a, "%s:%s", kind, hex);
}

int
flow_sign_in(struct task *t, const char *login, const char *password, const char *address,
    struct flow_session *s)
{
	struct arena *a = task_arena(t);
	int64_t now = flow_real_now();
	struct limits l = { .login = subject(a, "login", login),
		.address = subject(a, "address", address),
		.now = now,
		.since = now - FAILURES_FOR_US };
	struct person p;
	bool is_right;
	int code = begin_attempt(t, &l);

	s->retry_after_us = l.retry_at ? l.retry_at - now : 0;
	TRY(code);
	TRY(check_password(t, login, password, &p, &is_right));
	if (!is_right)
		return refuse(t, &l);
	TRY(store_sign_in_failures_clear(t, l.login));
	return open_session(t, p.id, address, s);
}

int
flow_session_renew(struct task *t, const char *secret, struct flow_session *s)
{
	int code = store_session_by_secret(
	    t, secret_hash(task_arena(t), secret), flow_real_now(), &s->id, &s->person_id);

	s->secret = secret;
	if (code == E_NOT_FOUND)
		return fail(t, E_UNAUTHENTICATED, "the session has ended; please sign in again");
	return code;
}
