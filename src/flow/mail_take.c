/*
 * Which of the mails that are due may go now. Decided when the mailer takes them, so what a person
 * wants today counts, not what he wanted when they were written.
 */
#include "flow_db.h"
#include "flow_priv.h"

/* A mail that was tried already goes on by itself: it may have arrived. */
static bool
waits_for_digest(const struct mail_row *m)
{
	return m->wants.digest_minute != NO_MINUTE && !m->is_urgent && m->attempts == 0;
}

static const struct calendar *
calendar_of(const struct mail_row *m)
{
	const struct agency *g = m->agency_id ? agency_by_id(m->agency_id) : NULL;

	return law_calendar_for(flow_state.law, g ? g->code : NULL, flow_state.calendar);
}

/* HELD_NOT: it may go. HELD_DIGEST with *until 0: its digest is to be made now. */
static enum mail_hold
hold_of(const struct mail_row *m, int64_t now, int64_t *until)
{
	const struct calendar *c = calendar_of(m);
	int64_t comes_at = mail_comes_at(&m->wants, c, now);

	*until = comes_at;
	if (m->person_id == 0 || m->is_resent)
		return HELD_NOT;
	if (!waits_for_digest(m))
		return comes_at > now ? HELD_QUIET : HELD_NOT;
	if (m->held != HELD_DIGEST)
		*until = mail_digest_at(&m->wants, c, now);
	else if (comes_at == now)
		*until = 0;
	return HELD_DIGEST;
}

struct taking {
	int64_t now;
	struct mail_row *list; /* those that go */
	int count;
	bool has_digests; /* made just now: due too */
};

/* The first of those that wait for a digest makes it of all; to the others nothing is left to do.
 */
static int
take_one(struct tx *tx, const struct mail_row *m, struct taking *k)
{
	int64_t until;
	enum mail_hold held = hold_of(m, k->now, &until);

	if (held == HELD_NOT) {
		k->list[k->count++] = *m;
		return OK;
	}
	if (until)
		return store_mail_hold(tx, m->id, held, until);
	k->has_digests = true;
	return digest_make(tx, m->person_id);
}

int
flow_mails_take(
    struct tx *tx, int64_t lease_us, int limit, struct mail_row **list, int *count, bool *more)
{
	struct taking k = { .now = clock_now() };
	struct mail_row *due;
	int due_count;

	TRY(store_mails_due(tx, k.now, limit, &due, &due_count));
	k.list = arena_array(tx_arena(tx), struct mail_row, due_count + 1);
	for (int i = 0; i < due_count; i++)
		TRY(take_one(tx, &due[i], &k));
	if (k.count)
		TRY(store_mails_take(tx, k.list, k.count, k.now + lease_us));
	*list = k.list;
	*count = k.count;
	*more = due_count == limit || k.has_digests;
	return OK;
}
