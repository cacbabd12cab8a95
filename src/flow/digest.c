/*
 * A digest: one mail with a line for each that waited for it. They count as sent when it was sent.
 */
#include "flow_db.h"
#include "flow_priv.h"

enum { LINES_MAX = 200 };

static struct json_object *
line_json(struct arena *a, const struct mail_row *m)
{
	struct json_object *o = json_object_new_object();
	const char *base = flow_state.cfg.base_url;

	json_set_str(o, "text", m->subject);
	json_set_str(o, "link",
	    m->case_id ? arena_printf(a, "%s/cases/%lld", base, (long long)m->case_id)
		       : arena_printf(a, "%s/", base));
	return o;
}

static struct json_object *
digest_values(struct arena *a, const struct mail_row *list, int count)
{
	struct json_object *o = json_keep(a, json_object_new_object());
	struct json_object *lines = json_object_new_array();
	int64_t today = calendar_day_of(flow_state.calendar, clock_now());

	json_set_str(o, "date", notice_day_text(a, today));
	json_set_str(o, "count", arena_printf(a, "%02d", count));
	json_set(o, "lines", lines);
	for (int i = 0; i < count; i++)
		json_push(lines, line_json(a, &list[i]));
	return o;
}

int
digest_make(struct tx *tx, int64_t person_id)
{
	struct mail_row *list;
	struct person p;
	int64_t id;
	int count;

	TRY(store_mails_for_digest(tx, person_id, LINES_MAX, &list, &count));
	if (count == 0)
		return OK;
	TRY(store_person_read(tx, person_id, &p));
	if (p.email == NULL || p.email[0] == '\0')
		p.email = list[count - 1].address; /* they were meant for it */
	TRY(letter_write(
	    tx, &p, DIGEST_LETTER, true, digest_values(tx_arena(tx), list, count), &id));
	return store_mails_into_digest(tx, list, count, id);
}
