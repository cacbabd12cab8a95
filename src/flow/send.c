/*
 * One event, one transaction: the key claimed, the case locked, decided upon, written, shown.
 */
#include "flow_db.h"

struct send {
	const struct actor *who;
	const struct flow_event *in;
	struct flow_result *out;
	bool is_quiet;
	struct flow_notice notice;
};

static int
answer(struct tx *tx, struct send *s, const struct case_work *cw)
{
	s->out->case_id = cw->c.id;
	s->out->version = cw->c.version;
	s->notice = notice_of(cw, tx_arena(tx));
	return s->is_quiet ? OK : case_view(tx, cw, s->who, &s->out->view);
}

static int
replay(struct tx *tx, struct send *s, int64_t case_id)
{
	struct case_work cw;

	s->out->is_replay = true;
	TRY(case_work_read(tx, case_id, &cw));
	return answer(tx, s, &cw);
}

/* A stranger does not even learn in which state it is, or that somebody was faster. */
static int
check_sight(struct tx *tx, const struct send *s, const struct case_work *cw)
{
	if (decide_may_view(cw->w, &cw->dir, &cw->c, s->who))
		return OK;
	return fail_as(tx_task(tx), E_FORBIDDEN, "not-your-post", "this case is not yours to see");
}

static int
check_version(struct tx *tx, struct send *s, const struct case_work *cw)
{
	if (s->in->expected_version == 0 || s->in->expected_version == cw->c.version)
		return OK;
	s->out->case_id = cw->c.id;
	s->out->version = cw->c.version;
	return fail(tx_task(tx), E_STALE, "the case is at version %lld by now, not %lld",
	    (long long)cw->c.version, (long long)s->in->expected_version);
}

/* May run again: what it leaves in *s it sets anew. */
static int
send_tx(struct tx *tx, void *arg)
{
	struct send *s = arg;
	const struct flow_event *in = s->in;
	struct idempotency found;
	struct case_work cw = { 0 };
	bool is_new;

	*s->out = (struct flow_result){ 0 };
	TRY(key_claim(tx, s->who, in->idempotency_key, in->request_hash, &is_new, &found));
	if (!is_new)
		return replay(tx, s, found.case_id);
	TRY(store_case_lock(tx, in->case_id, &cw.c));
	cw.now = clock_now();
	TRY(case_work_fill(tx, &cw));
	TRY(check_sight(tx, s, &cw));
	TRY(check_version(tx, s, &cw));
	TRY(case_work_send(tx, &cw, s->who, in));
	TRY(key_finish(tx, s->who, in->idempotency_key, in->request_hash, &cw.c));
	return answer(tx, s, &cw);
}

static int
send_event(struct task *t, struct send *s)
{
	TRY(agencies_refresh(t));
	TRY(tx_run(t, send_tx, s));
	if (!s->out->is_replay)
		flow_notify(&s->notice);
	return OK;
}

int
flow_send(
    struct task *t, const struct actor *who, const struct flow_event *in, struct flow_result *out)
{
	return send_event(t, &(struct send){ .who = who, .in = in, .out = out });
}

int
flow_send_quiet(
    struct task *t, const struct actor *who, const struct flow_event *in, struct flow_result *out)
{
	return send_event(t, &(struct send){ .who = who, .in = in, .out = out, .is_quiet = true });
}
