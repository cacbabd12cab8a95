/*
 * What mail cannot say by itself: that it fails. The operators get one letter until it is over; the
 * operations page and the log say it too, for the letter may go the same dead way.
 */
#include "flow_db.h"

static struct json_object *
values_of(struct arena *a, const struct mail_row *m, const char *why)
{
	struct json_object *o = json_keep(a, json_object_new_object());

	if (m) {
		json_set_str(o, "to", m->name);
		json_set_str(o, "address", m->address);
	}
	json_set_str(o, "error", why);
	json_set_str(o, "path", "/operations");
	return o;
}

int
flow_mail_failed(struct tx *tx, const struct mail_row *m, const char *why, int64_t next_at)
{
	bool is_new;

	TRY(store_mail_failed(tx, m, why, next_at));
	if (next_at)
		return OK;
	TRY(store_alarm_raise(tx, MAIL_FAILED_ALARM, "", clock_now(), &is_new));
	if (!is_new)
		return OK;
	return letter_send_to_operators(tx, "mail-failed", values_of(tx_arena(tx), m, why));
}

int
flow_mail_server_alarm(struct tx *tx, const char *why)
{
	bool is_new;

	TRY(store_alarm_raise(tx, MAIL_SERVER_ALARM, "", clock_now(), &is_new));
	if (!is_new)
		return OK;
	log_error("the mail server takes no mail: %s", why);
	return letter_send_to_operators(tx, "mail-server", values_of(tx_arena(tx), NULL, why));
}

int
flow_mail_server_alarm_end(struct tx *tx)
{
	return store_alarm_end(tx, MAIL_SERVER_ALARM, "", clock_now());
}
