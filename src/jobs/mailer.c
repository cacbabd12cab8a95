/*
 * The outbox: rows -> SMTP, or files in the demo. A batch goes over a few connections at once,
 * which are kept from mail to mail. A mail is marked only after it was sent, so a crash in between
 * sends it again, with the same Message-ID, rather than never.
 */
#include "jobs_priv.h"

#include "flow.h"

enum {
	LANES = 4,
	MAILS_AT_ONCE = 100,
	ATTEMPTS_MAX = 14,
	FIRST_MS = 30 * 1000,
	LIMIT_MS = 6 * 3600 * 1000,
	KEEP_AGAIN_MS = 500,
};
static const int64_t second_us = INT64_C(1000000);
static const int64_t lease_us = 600 * INT64_C(1000000);

struct batch {
	struct mail_row *list;
	int count, next;    /* those from `next` on were not tried */
	bool more, is_over; /* over: the rest is not tried now */
	int64_t lease_end;
	int lanes_open;
	int code; /* of a lane that could not keep an outcome, with why */
	const char *why;
	struct task *waiting;
};

struct lane {
	struct batch *batch;
	struct smtp *smtp;
};

static struct smtp connections[LANES];

/* ---- what became of one ---- */

struct outcome {
	const struct mail_row *mail;
	const char *why;
	int64_t next_at;
};

static int
sent_tx(struct tx *tx, void *arg)
{
	const struct outcome *o = arg;

	return store_mail_sent(tx, o->mail, clock_now());
}

static int
failed_tx(struct tx *tx, void *arg)
{
	const struct outcome *o = arg;

	return flow_mail_failed(tx, o->mail, o->why, o->next_at);
}

static int
put_off_tx(struct tx *tx, void *arg)
{
	const struct outcome *o = arg;

	return store_mail_put_off(tx, o->mail, o->why, o->next_at);
}

/* A database that is away for a moment must not make us forget what was sent: it would go twice. */
static int
keep(struct task *t, const struct batch *b, tx_fn fn, struct outcome *o)
{
	for (;;) {
		int code = tx_run(t, fn, o);
		bool may_pass = code == E_BUSY || code == E_UNKNOWN_OUTCOME;

		if (!may_pass || jobs_is_stopping() || clock_now() >= b->lease_end)
			return code;
		task_sleep(t, KEEP_AGAIN_MS);
	}
}

static int
keep_failed(struct task *t, const struct batch *b, const struct mail_row *m, struct delivery *d)
{
	bool is_last = d->is_hopeless || m->attempts >= ATTEMPTS_MAX;
	int64_t next_at = clock_now() + backoff_us(m->attempts, FIRST_MS, LIMIT_MS);
	struct outcome o = { m, d->why, is_last ? 0 : next_at };

	if (is_last)
		log_error("mail %lld given up after %d attempts: %s", (long long)m->id, m->attempts,
		    d->why);
	else
		log_warn("mail %lld: %s", (long long)m->id, d->why);
	return keep(t, b, failed_tx, &o);
}

static int
keep_away(struct task *t, struct batch *b, const struct mail_row *m, struct delivery *d)
{
	struct outcome o = { .mail = m, .why = d->why };

	b->is_over = true;
	TRY(mail_server_is_away(t, d->why));
	o.next_at = clock_now() + mail_server_pause_us();
	return keep(t, b, put_off_tx, &o);
}

/* ---- one mail ---- */

static void
prepare(struct arena *a, const struct mail_row *m, struct delivery *d)
{
	const struct jobs_config *cfg = jobs_config();
	struct str message = mail_message(a, cfg, m);

	*d = (struct delivery){ .cfg = cfg,
		.from = mail_address_of(a, cfg->mail_from),
		.to = m->address,
		.message = message.text,
		.len = message.len,
		.file_name = mail_file_name(a, m) };
}

static int
send_mail(struct task *t, const struct lane *l, const struct mail_row *m)
{
	struct delivery *d = arena_new_of(task_arena(t), struct delivery);
	struct outcome sent = { .mail = m };

	prepare(task_arena(t), m, d);
	d->smtp = l->smtp;
	task_offload(t, deliver, d);
	if (d->is_away)
		return keep_away(t, l->batch, m, d);
	if (!d->is_done)
		return keep_failed(t, l->batch, m, d);
	TRY(keep(t, l->batch, sent_tx, &sent));
	return mail_server_is_there(t);
}

/* ---- a batch ---- */

static bool
may_go_on(const struct batch *b)
{
	return b->next < b->count && !b->is_over && !jobs_is_stopping() &&
	       clock_now() + SEND_TIMEOUT_S * second_us < b->lease_end;
}

/* A code here means that the outcome could not be kept: the lease runs out, and it is sent again.
 * But that another process has taken one over (E_CONFLICT) says nothing of the next. */
static void
run_lane(struct task *t, void *arg)
{
	struct lane *l = arg;
	struct batch *b = l->batch;

	while (may_go_on(b)) {
		int code = send_mail(t, l, &b->list[b->next++]);

		if (code == OK || code == E_CONFLICT)
			continue;
		b->is_over = true;
		b->code = code;
		b->why = arena_strdup(task_arena(b->waiting), task_error_text(t));
	}
	b->lanes_open--;
	task_wake(b->waiting);
}

static void
run_lanes(struct task *t, struct batch *b)
{
	struct lane lanes[LANES];

	b->lanes_open = b->count < LANES ? b->count : LANES;
	for (int i = 0, count = b->lanes_open; i < count; i++) {
		lanes[i] = (struct lane){ b, &connections[i] };
		task_start("mail", run_lane, &lanes[i]);
	}
	while (b->lanes_open)
		task_park(t, -1);
}

static int
claim_tx(struct tx *tx, void *arg)
{
	struct batch *b = arg;

	b->lease_end = clock_now() + lease_us;
	return flow_mails_take(tx, lease_us, MAILS_AT_ONCE, &b->list, &b->count, &b->more);
}

static int
return_tx(struct tx *tx, void *arg)
{
	const struct batch *b = arg;
	int64_t next_at = clock_now() + mail_server_pause_us();

	for (int i = b->next; i < b->count; i++)
		TRY(store_mail_put_off(tx, &b->list[i], NULL, next_at));
	return OK;
}

/* With nothing to send, no server is kept waiting for us. */
static void
close_connections(struct task *t)
{
	for (int i = 0; i < LANES; i++)
		if (connections[i].curl)
			task_offload(t, smtp_close, &connections[i]);
}

int
mailer_round(struct task *t, bool *more)
{
	struct batch b = { .waiting = t };

	if (mail_server_pause_us())
		return OK;
	TRY(tx_run(t, claim_tx, &b));
	if (b.count == 0)
		close_connections(t);
	run_lanes(t, &b);
	if (b.next < b.count)
		TRY(tx_run(t, return_tx, &b));
	*more = b.more && !b.is_over;
	return b.code == OK ? OK : fail(t, b.code, "%s", b.why);
}
