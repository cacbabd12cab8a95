/*
 * The outbox: rows -> SMTP, or files in the demo. A mail is marked only after it was sent, so a
 * crash in between sends it again, with the same Message-ID, rather than never.
 */
#include "jobs_priv.h"

enum { MAILS_AT_ONCE = 5, ATTEMPTS_MAX = 14, FIRST_MS = 30 * 1000, LIMIT_MS = 6 * 3600 * 1000 };
static const int64_t lease_us = 300 * INT64_C(1000000); /* longer than that many sendings */

struct claims {
	struct mail_row *list;
	int count;
};

static int
claim_tx(struct tx *tx, void *arg)
{
	struct claims *c = arg;

	return store_mails_claim(tx, clock_now(), lease_us, MAILS_AT_ONCE, &c->list, &c->count);
}

static int
mark_failed(struct task *t, const struct mail_row *m, const struct delivery *d)
{
	bool is_last = d->is_hopeless || m->attempts >= ATTEMPTS_MAX;
	int64_t next_at = clock_now() + backoff_us(m->attempts, FIRST_MS, LIMIT_MS);

	if (is_last)
		log_error("mail %lld given up after %d attempts: %s", (long long)m->id, m->attempts,
		    d->why);
	else
		log_warn("mail %lld: %s", (long long)m->id, d->why);
	return store_mail_failed(t, m->id, m->fence, d->why, is_last ? 0 : next_at);
}

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
send_mail(struct task *t, const struct mail_row *m)
{
	struct delivery *d = arena_new_of(task_arena(t), struct delivery);

	prepare(task_arena(t), m, d);
	task_offload(t, deliver, d);
	if (!d->is_done)
		return mark_failed(t, m, d);
	return store_mail_sent(t, m->id, m->fence, clock_now());
}

/* A code here means that the outcome could not be kept: the lease runs out, and it is sent again.
 * But that another process has taken one over (E_CONFLICT) says nothing of the next. */
int
mailer_round(struct task *t, bool *more)
{
	struct claims c = { 0 };

	TRY(tx_run(t, claim_tx, &c));
	for (int i = 0; i < c.count && !jobs_is_stopping(); i++) {
		int code = send_mail(t, &c.list[i]);

		if (code != OK && code != E_CONFLICT)
			return code;
	}
	*more = c.count == MAILS_AT_ONCE;
	return OK;
}
