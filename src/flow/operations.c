/*
 * How much waits for those who operate the system: the numbers beside the page's name.
 */
#include "flow_db.h"

int
flow_operations(struct task *t, const struct actor *who, struct json_object **view)
{
	struct json_object *o = json_keep(task_arena(t), json_object_new_object());
	struct incident *incidents;
	struct mail_row *mails;
	int64_t total;
	int count;

	TRY(operators_only(t, who));
	TRY(store_incidents(t, 0, 1, &incidents, &count, &total));
	json_set_int(o, "incidents", total);
	TRY(store_mails_in_state(t, "failed", 0, 1, &mails, &count, &total));
	json_set_int(o, "failed_mails", total);
	*view = o;
	return OK;
}
