/*
 * Letters: mail that belongs to no case, as digests and alarms.
 */
#include "flow_db.h"
#include "flow_priv.h"

int
letter_write(struct tx *tx, const struct person *to, const char *name, bool is_urgent,
    struct json_object *values, int64_t *id)
{
	struct arena *a = tx_arena(tx);
	struct notice_values v = { .a = a, .law = flow_state.law, .given = values };
	const char *path = json_str(values, "path");
	char *url = arena_printf(a, "%s%s", flow_state.cfg.base_url, path ? path : "/");
	struct mail_write mail;

	*id = 0;
	if (json_get(flow_state.law->letters, name) == NULL)
		return fail(tx_task(tx), E_NOT_FOUND, "there is no letter \"%s\"", name);
	if (to->email == NULL || to->email[0] == '\0')
		return OK;
	notice_render(&v, name, to, &mail);
	mail.text = notice_with_link(a, mail.text, url, false);
	mail.html = notice_with_link(a, mail.html, url, true);
	mail.is_urgent |= is_urgent;
	return store_mail_add(tx, &mail, clock_now(), id);
}

int
letter_send(struct tx *tx, const struct person *to, const char *name, struct json_object *values)
{
	int64_t id;

	return letter_write(tx, to, name, false, values, &id);
}

static bool
operates(const struct holding *h)
{
	return law_post_is(flow_state.law, h->post, "operates");
}

static bool
was_before(const struct holding *holdings, const struct person *people, int i)
{
	for (int j = 0; j < i; j++)
		if (operates(&holdings[j]) && people[j].id == people[i].id)
			return true;
	return false;
}

int
letter_send_to_operators(struct tx *tx, const char *name, struct json_object *values)
{
	const struct agency *ict = agency_by_role("ict");
	struct holding *holdings;
	struct person *people;
	int count, sent = 0;

	if (ict == NULL)
		return OK; /* a database without agencies has nobody to write to */
	TRY(holdings_of_agencies(tx, &ict->id, 1, clock_now(), &holdings, &people, &count));
	for (int i = 0; i < count; i++)
		if (operates(&holdings[i]) && !was_before(holdings, people, i)) {
			TRY(letter_send(tx, &people[i], name, values));
			sent++;
		}
	if (sent == 0)
		log_warn("nobody operates the system: the letter \"%s\" goes to nobody", name);
	return OK;
}
