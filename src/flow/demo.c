/*
 * What only the demo has: a clock that people move, and accounts with a password that everybody
 * knows.
 */
#include "flow_db.h"

#include <stdlib.h>

#define DAY_US INT64_C(86400000000)

int
demo_check(struct task *t)
{
	return flow_state.cfg.is_demo ? OK : fail(t, E_NOT_FOUND, "this is not the demo");
}

static struct json_object *
clock_json(struct arena *a)
{
	struct json_object *o = json_keep(a, json_object_new_object());

	json_set_instant(o, "now", clock_now());
	json_set_int(o, "offset_s", clock_offset() / 1000000);
	return o;
}

int
flow_demo_clock_view(struct task *t, struct json_object **view)
{
	TRY(demo_check(t));
	*view = clock_json(task_arena(t));
	return OK;
}

int
flow_demo_clock_follow(struct task *t)
{
	const char *offset;

	TRY(demo_check(t));
	TRY(store_setting(t, CLOCK_SETTING, &offset));
	if (offset)
		clock_set_offset(strtoll(offset, NULL, 10));
	return OK;
}

/* The same time of day, so many working days later. */
static int64_t
working_days_us(int working_days)
{
	int64_t day = calendar_day_of(flow_state.calendar, clock_now());

	if (working_days == 0)
		return 0;
	return (calendar_add_working_days(flow_state.calendar, day, working_days) - day) * DAY_US;
}

int
flow_demo_clock_move(struct task *t, int64_t by_us, int working_days, struct json_object **view)
{
	int64_t offset;

	TRY(demo_check(t));
	if (by_us < 0 || working_days < 0 || by_us > 366 * DAY_US || working_days > 250)
		return fail(t, E_INVALID, "the clock goes forward, by a year at most");
	offset = clock_offset() + by_us + working_days_us(working_days);
	TRY(store_setting_set(
	    t, CLOCK_SETTING, arena_printf(task_arena(t), "%lld", (long long)offset)));
	clock_set_offset(offset);
	*view = clock_json(task_arena(t));
	return OK;
}

/* ---- accounts ---- */

static struct json_object *
account_json(const struct person *p, const struct holding *h, const char *password)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "login", p->login);
	json_set_str(o, "name", p->name);
	json_set(o, "post", post_title_json(h->post));
	json_set(o, "agency", title_json(h->agency_name_vi, h->agency_name_en));
	json_set_str(o, "password", password);
	return o;
}

int
flow_demo_accounts(struct task *t, struct json_object **list)
{
	struct json_object *items;
	struct holding *holdings;
	struct person *people;
	const char *password;
	int count;

	TRY(demo_check(t));
	TRY(store_setting(t, FLOW_PASSWORD_SETTING, &password));
	TRY(store_account_list(t, &people, &holdings, &count));
	*list = list_json(task_arena(t), &items);
	for (int i = 0; i < count; i++)
		json_push(items, account_json(&people[i], &holdings[i], password));
	return OK;
}
