/*
 * The outbox as its operators see it: what was given up, what waits, and sending again.
 */
#include "flow_db.h"

static struct json_object *
out_mail_json(const struct mail_row *m)
{
	struct json_object *o = mail_json(m);

	json_set_int(o, "attempts", m->attempts);
	json_set_str(o, "error", m->error);
	json_set_instant(o, "next_at", m->next_at);
	return o;
}

int
flow_outbox(struct task *t, const struct actor *who, const char *state, const char *after,
    int limit, struct json_object **list)
{
	int64_t before, total, since;
	struct json_object *items;
	struct mail_row *mails;
	int count;

	TRY(operators_only(t, who));
	TRY(cursor_read(t, after, &before));
	TRY(store_mails_in_state(
	    t, state ? state : "failed", before, limit + 1, &mails, &count, &total));
	TRY(store_alarm_since(t, MAIL_SERVER_ALARM, "", &since));
	*list = list_json(task_arena(t), &items);
	for (int i = 0; i < count && i < limit; i++)
		json_push(items, out_mail_json(&mails[i]));
	json_set_int(*list, "total", total);
	json_set_str(*list, "next",
	    count > limit ? arena_printf(task_arena(t), "%lld", (long long)mails[limit - 1].id)
			  : NULL);
	json_set_instant(*list, "server_away_since", since);
	return OK;
}

/* ---- sending again ---- */

struct resend {
	int64_t id, by;
	const char *address;
	struct mail_row m;
};

/* One that was sent may have been lost on the way; one that waits is tried at once. But one that a
 * worker has in hand would go twice. */
static int
resend_tx(struct tx *tx, void *arg)
{
	struct resend *r = arg;
	bool any_failed;

	TRY(store_mail_lock(tx, r->id, &r->m));
	if (r->m.held == HELD_TAKEN && r->m.next_at > clock_now())
		return fail_as(tx_task(tx), E_CONFLICT, "being-sent", "it is being sent just now");
	TRY(store_mail_resend(tx, &r->m, r->address, r->by, clock_now()));
	TRY(store_mails_any_failed(tx, &any_failed));
	return any_failed ? OK : store_alarm_end(tx, MAIL_FAILED_ALARM, "", clock_now());
}

static int
check_address(struct task *t, const char *address)
{
	struct error_list errors;

	if (address == NULL || mail_address_is_safe(address))
		return OK;
	error_list_init(&errors, task_arena(t));
	error_add(&errors, "/address", "format", "is not an address that mail can go to");
	return fail_list(t, E_INVALID, &errors, "the address is not one");
}

int
flow_mail_resend(struct task *t, const struct actor *who, int64_t id, const char *address,
    struct json_object **view)
{
	struct resend r = { .id = id, .by = who->person_id, .address = address };
	struct mail_row m;

	TRY(operators_only(t, who));
	TRY(check_address(t, address));
	TRY(tx_run(t, resend_tx, &r));
	log_info("mail %lld to %s is sent again%s%s, says person %lld", (long long)id, r.m.address,
	    address ? " to " : "", address ? address : "", (long long)who->person_id);
	TRY(store_mail_by_id(t, id, &m));
	*view = json_keep(task_arena(t), out_mail_json(&m));
	return OK;
}
