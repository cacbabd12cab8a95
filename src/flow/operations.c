/*
 * How much waits for those who operate the system: the numbers beside the page's name;
 * and whether timers are late.
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
	TRY(flow_vacancy_count(t, &count));
	json_set_int(o, "vacancies", count);
	*view = o;
	return OK;
}

int
flow_timers_late(struct task *t, int64_t *seconds)
{
	int64_t due_at, now = clock_now();

	TRY(store_timer_next_due(t, &due_at));
	*seconds = due_at && due_at < now ? (now - due_at) / 1000000 : 0;
	return OK;
}
