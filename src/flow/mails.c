/*
 * The demo's mail page: what was sent to whom, to be read by everybody.
 */
#include "flow_db.h"

static struct json_object *
case_json(const struct mail_row *m)
{
	struct json_object *o;

	if (m->case_id == 0) /* a letter */
		return NULL;
	o = json_object_new_object();
	json_set_int(o, "id", m->case_id);
	json_set_str(o, "number", m->case_number);
	return o;
}

static struct json_object *
to_json(const struct mail_row *m)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "name", m->name);
	json_set_str(o, "address", m->address);
	return o;
}

struct json_object *
mail_json(const struct mail_row *m)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "id", m->id);
	json_set(o, "case", case_json(m));
	json_set(o, "to", to_json(m));
	json_set_str(o, "subject", m->subject);
	json_set_str(o, "state", m->state);
	json_set_instant(o, "at", m->created_at);
	json_set_instant(o, "sent_at", m->sent_at);
	return o;
}

int
flow_mail_list(
    struct task *t, int64_t case_id, int64_t before, int limit, struct json_object **list)
{
	struct json_object *items;
	struct mail_row *mails;
	int count;

	TRY(demo_check(t));
	TRY(store_mail_list(t, case_id, before, limit, &mails, &count));
	*list = list_json(task_arena(t), &items);
	for (int i = 0; i < count; i++)
		json_push(items, mail_json(&mails[i]));
	return OK;
}

int
flow_mail_view(struct task *t, int64_t id, struct json_object **view)
{
	struct mail_row m;

	TRY(demo_check(t));
	TRY(store_mail_by_id(t, id, &m));
	*view = json_keep(task_arena(t), mail_json(&m));
	json_set_str(*view, "text", m.text);
	json_set_str(*view, "html", m.html);
	return OK;
}
