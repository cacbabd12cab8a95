/* write: what one event changes, as rows. All in the caller's transaction, the case row first. */
#include "store_priv.h"

#include <assert.h>

/* 9999-12-31T00:00:00Z: tasks without a due time sort last. */
static const int64_t never_us = 253402214400000000;

static int
update_case(struct tx *tx, const struct write_set *ws)
{
	const struct case_row *c = &ws->c;
	int64_t affected;

	TRY(tx_exec(tx, &affected,
	    "UPDATE cases SET regime = ?, title = ?, snapshot = ?, active_states = ?, context = ?, "
	    "paused = ?, version = ?, head_hash = ?, is_open = ?, outcome = ?, received_at = ?, "
	    "closed_at = ?, due_at = ? WHERE id = ? AND version = ?",
	    DB_TEXT(c->regime), DB_TEXT(c->title), json_param(c->snapshot),
	    DB_TEXT(ws->event.to_states), json_param(c->context),
	    c->paused ? json_param(c->paused) : DB_TEXT("{}"), DB_INT(c->version),
	    DB_TEXT(c->head_hash), DB_INT(c->is_open), DB_TEXT(c->outcome),
	    DB_INSTANT(c->received_at), DB_INSTANT(c->closed_at), DB_INSTANT(c->due_at),
	    DB_INT(c->id), DB_INT(ws->expected_version)));
	if (affected == 0)
		return fail(tx_task(tx), E_STALE, "somebody else acted on the case first");
	return OK;
}

static int
insert_event(struct tx *tx, const struct write_set *ws)
{
	const struct event_write *e = &ws->event;

	return tx_exec(tx, NULL,
	    "INSERT INTO event (case_id, version, type, kind, actor_id, holding_id, actor_name, "
	    "actor_post, actor_agency_code, own_post, on_behalf_of, data, from_states, "
	    "to_states, happened_at, "
	    "prev_hash, hash, law_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
	    "?)",
	    DB_INT(ws->c.id), DB_INT(ws->c.version), DB_TEXT(e->type), DB_TEXT(e->kind),
	    DB_ID(e->actor_id), DB_ID(e->holding_id), DB_TEXT(e->actor_name),
	    DB_TEXT(e->actor_post), DB_TEXT(e->actor_agency_code), DB_TEXT(e->own_post),
	    DB_ID(e->on_behalf_of), json_param(e->data), DB_TEXT(e->from_states),
	    DB_TEXT(e->to_states), DB_INSTANT(e->at), DB_TEXT(e->prev_hash), DB_TEXT(e->hash),
	    DB_ID(e->law_id));
}

static int
close_tasks(struct tx *tx, const struct write_set *ws)
{
	for (const char *const *state = ws->closed_states; state && *state; state++)
		TRY(tx_exec(tx, NULL,
		    "UPDATE task SET is_open = 0, closed_at = ? "
		    "WHERE case_id = ? AND is_open = 1 AND state_id = ?",
		    DB_INSTANT(ws->event.at), DB_INT(ws->c.id), DB_TEXT(*state)));
	return OK;
}

/* Of an approval: one approver's task ends, those of the others stay. */
static int
close_single_tasks(struct tx *tx, const struct write_set *ws)
{
	for (int i = 0; i < ws->closed_task_count; i++) {
		const struct task_close *k = &ws->closed_tasks[i];

		TRY(tx_exec(tx, NULL,
		    "UPDATE task SET is_open = 0, closed_at = ? WHERE case_id = ? AND is_open = 1 "
		    "AND state_id = ? AND post = ? AND agency_id = ?",
		    DB_INSTANT(ws->event.at), DB_INT(ws->c.id), DB_TEXT(k->state_id),
		    DB_TEXT(k->post), DB_INT(k->agency_id)));
	}
	return OK;
}

/* Those that stay open, of a term whose date moved. */
static int
retime_tasks(struct tx *tx, const struct write_set *ws)
{
	for (int i = 0; i < ws->retimed_task_count; i++) {
		const struct task_retime *k = &ws->retimed_tasks[i];

		TRY(tx_exec(tx, NULL,
		    "UPDATE task SET due_at = ?, due_key = ? "
		    "WHERE case_id = ? AND is_open = 1 AND term = ?",
		    DB_INSTANT(k->due_at), DB_INSTANT(k->due_at), DB_INT(ws->c.id),
		    DB_TEXT(k->term)));
	}
	return OK;
}

static int
open_tasks(struct tx *tx, const struct write_set *ws)
{
	for (int i = 0; i < ws->task_count; i++) {
		const struct task_write *k = &ws->tasks[i];

		TRY(tx_exec(tx, NULL,
		    "INSERT INTO task (case_id, agency_id, post, state_id, of_party, title_vi, "
		    "title_en, term, opened_at, due_at, due_key, is_open) "
		    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
		    DB_INT(ws->c.id), DB_INT(k->agency_id), DB_TEXT(k->post), DB_TEXT(k->state_id),
		    DB_TEXT(k->of), DB_TEXT(k->title_vi), DB_TEXT(k->title_en), DB_TEXT(k->term),
		    DB_INSTANT(ws->event.at), DB_INSTANT(k->due_at),
		    DB_INSTANT(k->due_at ? k->due_at : never_us)));
	}
	return OK;
}

/* ---- timers ---- */

/* An instant out of microseconds since 1970, exactly; FROM_UNIXTIME would round. */
#define INSTANT_OF(us) "CAST('1970-01-01' AS DATETIME(6)) + INTERVAL " us " MICROSECOND"
#define TIMER_FROM INSTANT_OF("q.from_us")
#define TIMER_DUE INSTANT_OF("q.due_us")
/* Of timer_json. */
#define TIMER_COLUMNS                                                                              \
	"id VARCHAR(1000) PATH '$.id', event VARCHAR(1000) PATH '$.event', "                       \
	"term VARCHAR(1000) PATH '$.term', from_us BIGINT PATH '$.from', "                         \
	"due_us BIGINT PATH '$.due', data LONGTEXT PATH '$.data'"

static int
cancel_timers(struct tx *tx, const struct write_set *ws)
{
	struct json_object *ids = json_keep(tx_arena(tx), json_object_new_array());

	for (const char *const *id = ws->cancelled_timers; id && *id; id++)
		json_push(ids, json_object_new_string(*id));
	if (json_object_array_length(ids) == 0)
		return OK;
	return tx_exec(tx, NULL,
	    "DELETE FROM timer WHERE case_id = ? AND JSON_CONTAINS(?, JSON_QUOTE(timer_id))",
	    DB_INT(ws->c.id), json_param(ids));
}

static struct json_object *
timer_json(const struct timer_write *w)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "id", w->timer_id);
	json_set_str(o, "event", w->event);
	json_set_str(o, "term", w->term);
	json_set_int(o, "from", w->started_at);
	json_set_int(o, "due", w->due_at);
	json_set_str(o, "data", w->data ? json_text_of(w->data) : NULL);
	return o;
}

/* A timer that runs already starts anew; who had claimed it loses it by the fence. */
static int
start_timers(struct tx *tx, const struct write_set *ws)
{
	struct json_object *list = json_keep(tx_arena(tx), json_object_new_array());

	for (int i = 0; i < ws->timer_count; i++)
		json_push(list, timer_json(&ws->timers[i]));
	if (ws->timer_count == 0)
		return OK;
	return tx_exec(tx, NULL,
	    "INSERT INTO timer (case_id, timer_id, event, term, started_at, due_at, data, "
	    "next_at) SELECT ?, q.id, q.event, q.term, " TIMER_FROM ", " TIMER_DUE
	    ", q.data, " TIMER_DUE " FROM JSON_TABLE(?, '$[*]' COLUMNS (" TIMER_COLUMNS ")) q "
	    "ON DUPLICATE KEY UPDATE event = VALUES(event), term = VALUES(term), "
	    "started_at = VALUES(started_at), due_at = VALUES(due_at), data = VALUES(data), "
	    "next_at = VALUES(next_at), fence = fence + 1, attempts = 0, last_error = NULL",
	    DB_INT(ws->c.id), json_param(list));
}

/* ---- mails ---- */

#define MAIL_NOT_BEFORE INSTANT_OF("q.not_before")

static struct json_object *
mail_json(const struct mail_write *m)
{
	struct json_object *o = json_object_new_object();

	if (m->person_id)
		json_set_int(o, "person", m->person_id);
	json_set_str(o, "address", m->address);
	json_set_str(o, "name", m->name);
	json_set_str(o, "subject", m->subject);
	json_set_str(o, "text", m->text);
	json_set_str(o, "html", m->html);
	json_set_str(o, "template", m->template_name);
	json_set_bool(o, "urgent", m->is_urgent);
	if (m->not_before)
		json_set_int(o, "not_before", m->not_before);
	return o;
}

static int
post_mails(struct tx *tx, const struct write_set *ws)
{
	struct json_object *list = json_keep(tx_arena(tx), json_object_new_array());

	for (int i = 0; i < ws->mail_count; i++)
		json_push(list, mail_json(&ws->mails[i]));
	if (ws->mail_count == 0)
		return OK;
	return tx_exec(tx, NULL,
	    "INSERT INTO mail (case_id, person_id, address, name, subject, text, html, "
	    "template_name, is_urgent, state, created_at, not_before, next_at) "
	    "SELECT ?, q.person_id, q.address, q.name, q.subject, q.text, q.html, q.template, "
	    "q.is_urgent, 'waiting', ?, " MAIL_NOT_BEFORE ", COALESCE(" MAIL_NOT_BEFORE
	    ", ?) FROM JSON_TABLE(?, '$[*]' COLUMNS (person_id BIGINT PATH '$.person', "
	    "address VARCHAR(1000) PATH '$.address', name VARCHAR(1000) PATH '$.name', "
	    "subject VARCHAR(4000) PATH '$.subject', text LONGTEXT PATH '$.text', "
	    "html LONGTEXT PATH '$.html', template VARCHAR(1000) PATH '$.template', "
	    "is_urgent TINYINT PATH '$.urgent', not_before BIGINT PATH '$.not_before')) q",
	    DB_INT(ws->c.id), DB_INSTANT(ws->event.at), DB_INSTANT(ws->event.at), json_param(list));
}

int
store_write(struct tx *tx, const struct write_set *ws)
{
	assert(ws->c.id != 0); /* store_case_create comes first */
	TRY(update_case(tx, ws));
	TRY(insert_event(tx, ws));
	TRY(close_tasks(tx, ws));
	TRY(close_single_tasks(tx, ws));
	TRY(retime_tasks(tx, ws));
	TRY(open_tasks(tx, ws));
	TRY(cancel_timers(tx, ws));
	TRY(start_timers(tx, ws));
	TRY(post_mails(tx, ws));
	return write_ties(tx, ws);
}
