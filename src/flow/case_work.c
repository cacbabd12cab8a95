/*
 * One case inside a transaction: read with all who have to do with it, decided upon, written.
 */
#include "flow_db.h"
#include "flow_priv.h"

/* All agencies, as decide reads them: sides by role, and rules. */
static const struct agency **
all_agencies(struct arena *a, int *count)
{
	const struct agency **list = NULL;
	int size = 0;

	*count = 0;
	for (const struct agency *g = agency_next(NULL); g; g = agency_next(g))
		ARENA_PUSH(a, list, *count, size) = g;
	return list;
}

/* Those that joined: context.parties keeps their ids. */
static const struct agency **
parties_of(struct json_object *context, struct arena *a, int *count)
{
	struct json_object *ids = json_get(context, "parties");
	size_t n = ids ? json_object_array_length(ids) : 0;
	const struct agency **list = arena_array(a, const struct agency *, n + 1);

	*count = 0;
	for (size_t i = 0; i < n; i++) {
		int64_t id = json_object_get_int64(json_object_array_get_idx(ids, i));
		const struct agency *g = agency_by_id(id);

		if (g)
			list[(*count)++] = g;
	}
	return list;
}

/* The agencies that take a side: whose people get tasks and notices. */
static int64_t *
agencies_of(const struct directory *dir, struct arena *a, int *count)
{
	int64_t *ids = arena_array(a, int64_t, dir->agency_count + dir->party_count + 2);

	*count = 0;
	agency_add_once(ids, count, dir->requester);
	agency_add_once(ids, count, dir->owner);
	for (int i = 0; i < dir->party_count; i++)
		agency_add_once(ids, count, dir->parties[i]);
	for (int i = 0; i < dir->agency_count; i++)
		if (dir->agencies[i]->role)
			agency_add_once(ids, count, dir->agencies[i]);
	return ids;
}

struct directory
case_directory(const struct case_row *c, struct arena *a)
{
	struct directory dir = { .requester = agency_by_id(c->requester_id),
		.owner = agency_by_id(c->owner_id) };

	dir.parties = parties_of(c->context, a, &dir.party_count);
	dir.agencies = all_agencies(a, &dir.agency_count);
	return dir;
}

int
case_work_fill(struct tx *tx, struct case_work *cw)
{
	struct directory *dir = &cw->dir;
	struct holding *holdings;
	struct person *people;
	int64_t *ids;
	int count;

	TRY(version_read(tx, cw->c.workflow_version_id, &cw->w));
	*dir = case_directory(&cw->c, tx_arena(tx));
	ids = agencies_of(dir, tx_arena(tx), &count);
	TRY(holdings_of_agencies(tx, ids, count, cw->now, &holdings, &people, &dir->holding_count));
	dir->holdings = holdings;
	dir->people = people;
	return OK;
}

int
case_work_read(struct tx *tx, int64_t case_id, struct case_work *cw)
{
	*cw = (struct case_work){ .now = clock_now() };
	TRY(store_case_read(tx, case_id, &cw->c));
	return case_work_fill(tx, cw);
}

/* One that is not there and one that he may not see are the same to him. */
int
case_work_about(struct tx *tx, const struct actor *who, int64_t case_id, struct case_work *cw)
{
	int code = case_work_read(tx, case_id, cw);

	if (code != OK && code != E_NOT_FOUND)
		return code;
	if (code == E_NOT_FOUND || !decide_may_view(cw->w, &cw->dir, &cw->c, who))
		return wrong_field(
		    tx_task(tx), "/about", "unknown", "there is no such case that you may see");
	return OK;
}

int
verdict_fail(struct task *t, const struct verdict *v)
{
	if (v->code == OK)
		return OK;
	if (v->fields.count)
		return fail_list_as(
		    t, v->code, v->code == E_INVALID ? NULL : v->word, &v->fields, "%s", v->text);
	return fail_as(t, v->code, v->word, "%s", v->text);
}

/* ---- writing ---- */

/* Mails were rendered before anything knew the address of the case. */
static void
link_mails(struct arena *a, struct write_set *ws)
{
	struct mail_write *mails = arena_array(a, struct mail_write, ws->mail_count + 1);
	char *url = arena_printf(a, "%s/cases/%lld", flow_state.cfg.base_url, (long long)ws->c.id);

	for (int i = 0; i < ws->mail_count; i++) {
		mails[i] = ws->mails[i];
		mails[i].text = notice_with_link(a, mails[i].text, url, false);
		mails[i].html = notice_with_link(a, mails[i].html, url, true);
	}
	ws->mails = mails;
}

int
case_work_write(struct tx *tx, struct case_work *cw, struct write_set *ws)
{
	link_mails(tx_arena(tx), ws);
	TRY(store_write(tx, ws));
	cw->c = ws->c;
	return case_open_all(tx, cw, ws);
}

/* Several servers may hold timers of one case: the one that was due first goes first. One that
 * fails holds up no other. */
static int
check_turn(struct tx *tx, const struct flow_event *in, const struct timer_write *running, int count)
{
	for (int i = 0; i < count && running[i].due_at < in->timer_due_at; i++)
		if (!running[i].has_failed)
			return fail_as(tx_task(tx), E_CONFLICT, "timer-order",
			    "the timer %s of this case was due before it", running[i].timer_id);
	return OK;
}

int
case_work_send(
    struct tx *tx, struct case_work *cw, const struct actor *who, const struct flow_event *in)
{
	struct event_in ev = { in->type, in->data, cw->now, who };
	struct timer_write *running;
	struct write_set ws;
	struct verdict v;
	int count;

	TRY(store_timers_of_case(tx, cw->c.id, &running, &count));
	if (in->timer_row) {
		TRY(check_turn(tx, in, running, count));
		TRY(store_timer_done(tx, in->timer_row, in->timer_fence));
	}
	decide_event(
	    cw->w, flow_state.law, &cw->dir, &cw->c, running, count, &ev, tx_arena(tx), &ws, &v);
	TRY(verdict_fail(tx_task(tx), &v));
	return case_work_write(tx, cw, &ws);
}

/* ---- idempotency keys ---- */

int
key_claim(struct tx *tx, const struct actor *who, const char *key, const char *request_hash,
    bool *is_new, struct idempotency *found)
{
	struct idempotency k = {
		.person_id = who->person_id, .key = key, .request_hash = request_hash
	};

	*is_new = true;
	if (key == NULL)
		return OK;
	TRY(store_idempotency_claim(tx, &k, clock_now(), is_new, found));
	if (!*is_new && !str_eq(found->request_hash, request_hash))
		return fail(
		    tx_task(tx), E_KEY_REUSED, "this Idempotency-Key was used for another request");
	return OK;
}

int
key_finish(struct tx *tx, const struct actor *who, const char *key, const char *request_hash,
    const struct case_row *c)
{
	struct idempotency k = { .person_id = who->person_id,
		.key = key,
		.request_hash = request_hash,
		.case_id = c->id,
		.version = c->version };

	return key ? store_idempotency_finish(tx, &k) : OK;
}
