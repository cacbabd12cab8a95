/*
 * Workflows that open themselves: meta.schedule says on which day of the year. Each entry has a row
 * with the day of its next run; the case is opened and the row moved on in one transaction.
 */
#include "flow_db.h"

#include "logic.h"

#include <stdio.h>
#include <time.h>

#define HOUR_US INT64_C(3600000000)
#define RETRY_US HOUR_US
#define FORGET_US (24 * HOUR_US) /* a server of another version may still know the entry */

struct entry {
	const struct version *version;
	struct json_object *rule; /* of meta.schedule */
	const char *item;         /* its name in the table */
};

/* ---- days ---- */

struct next_run {
	const char *due_on; /* the day of the year; it is opened then or on the working day after */
	int64_t at;
};

static int64_t
day_of_year(int year, const char *on)
{
	struct tm tm = { .tm_year = year - 1900 };
	int month_day;

	if (!term_read_yearly(on, &month_day))
		return 0; /* the check of the workflow refused it */
	tm.tm_mon = month_day / 100 - 1;
	tm.tm_mday = month_day % 100;
	return timegm(&tm) / 86400;
}

static int64_t
opens_at(int64_t day)
{
	const struct calendar *c = flow_state.calendar;

	if (!calendar_is_working_day(c, day))
		day = calendar_add_working_days(c, day, 1);
	return calendar_day_opens(c, day);
}

/* The first run after `after`; one of the same day counts for an entry that is new. */
static struct next_run
next_run(struct arena *a, const char *on, int64_t after, bool is_new)
{
	const struct calendar *c = flow_state.calendar;
	int64_t from = is_new ? calendar_day_opens(c, calendar_day_of(c, after)) - 1 : after;
	int year = calendar_year(c, after) - 1; /* the end of last year may run in this one */

	while (opens_at(day_of_year(year, on)) <= from)
		year++;
	return (struct next_run){ arena_printf(a, "%04d-%s", year, on),
		opens_at(day_of_year(year, on)) };
}

/* ---- entries ---- */

static const char *
item_name(struct arena *a, struct json_object *list, size_t place)
{
	const char *on = json_str(json_object_array_get_idx(list, place), "on");
	int same = 1;

	for (size_t i = 0; i < place; i++)
		same += str_eq(json_str(json_object_array_get_idx(list, i), "on"), on);
	return same == 1 ? on : arena_printf(a, "%s.%d", on, same);
}

static struct json_object *
schedule_of(const struct version *v)
{
	return json_get(sc_meta(workflow_chart(v->w)), "schedule");
}

/* False: the workflow that is current knows no such entry. */
static bool
find_entry(struct arena *a, const struct schedule_row *row, struct entry *e)
{
	struct json_object *list;

	e->version = flow_newest(row->workflow);
	list = e->version ? schedule_of(e->version) : NULL;
	for (size_t i = 0; list && i < json_object_array_length(list); i++) {
		e->rule = json_object_array_get_idx(list, i);
		e->item = item_name(a, list, i);
		if (str_eq(e->item, row->item))
			return true;
	}
	return false;
}

/* Entries that are new get their first day: what is past is past. */
static int
keep_entries(struct task *t, const struct version *v, int64_t now)
{
	struct json_object *list = schedule_of(v);

	for (size_t i = 0; list && i < json_object_array_length(list); i++) {
		const char *on = json_str(json_object_array_get_idx(list, i), "on");
		struct next_run next = next_run(task_arena(t), on, now, true);

		TRY(store_schedule_keep(
		    t, workflow_id(v->w), item_name(task_arena(t), list, i), next.due_on, next.at));
	}
	return OK;
}

static int
keep_all(struct task *t, int64_t now)
{
	for (const struct version *v = flow_state.versions; v; v = v->next)
		if (v->is_newest)
			TRY(keep_entries(t, v, now));
	return OK;
}

/* ---- opening ---- */

static struct json_object *
rule_data(struct arena *a, int64_t now)
{
	struct json_object *o = json_keep(a, json_object_new_object());

	json_set_instant(o, "now", now);
	json_set_str(o, "today", calendar_date(flow_state.calendar, a, now));
	return o;
}

static int
fields_of(struct task *t, const struct entry *e, int64_t now, struct json_object **fields)
{
	struct json_object *rules = json_get(e->rule, "fields");

	*fields = json_keep(task_arena(t), json_object_new_object());
	if (rules == NULL)
		return OK;
	json_object_object_foreach(rules, name, rule)
	{
		const char *why = NULL;
		struct json_object *value = logic_apply(
		    task_arena(t), rule, rule_data(task_arena(t), now), &why);

		if (why)
			return fail(t, E_INTERNAL, "%s cannot be computed: %s", name, why);
		if (value)
			json_set(*fields, name, json_object_get(value));
	}
	return OK;
}

struct opening {
	const struct schedule_row *row;
	struct entry entry;
	const char *number; /* of the case; NULL: another server was faster */
	struct flow_notice notice;
};

static int
open_entry(struct tx *tx, struct opening *o, struct case_work *cw)
{
	static const struct actor system = { .kind = "system", .is_automatic = true };
	struct begin b = { .version = o->entry.version,
		.requester = agency_by_role(json_str(o->entry.rule, "requester")),
		.owner = agency_by_role(json_str(o->entry.rule, "owner")),
		.who = &system };

	if (b.requester == NULL || b.owner == NULL)
		return fail_as(tx_task(tx), E_CONFLICT, "no-agency",
		    "no agency takes the side \"%s\" or \"%s\"",
		    json_str(o->entry.rule, "requester"), json_str(o->entry.rule, "owner"));
	TRY(fields_of(tx_task(tx), &o->entry, cw->now, &b.fields));
	return case_begin(tx, cw, &b);
}

/* May run again. */
static int
opening_tx(struct tx *tx, void *arg)
{
	struct opening *o = arg;
	struct case_work cw = { .now = clock_now() };
	struct next_run next = next_run(tx_arena(tx), json_str(o->entry.rule, "on"), cw.now, false);
	bool is_ours;

	o->number = NULL;
	TRY(store_schedule_take(tx, o->row, cw.now, &is_ours));
	if (!is_ours)
		return OK;
	TRY(open_entry(tx, o, &cw));
	o->number = cw.c.number;
	o->notice = notice_of(&cw, tx_arena(tx));
	return store_schedule_move(tx, o->row, next.due_on, next.at);
}

static int
put_off(struct task *t, const struct schedule_row *row)
{
	const struct error_list *errors = task_error_list(t);
	const struct error_item *first = errors ? errors->first : NULL;
	char *why = arena_printf(task_arena(t), "%s%s%s%s%s", task_error_text(t), first ? ": " : "",
	    first ? first->pointer : "", first ? " " : "", first ? first->message : "");

	log_error("%s of %s does not open: %s", row->workflow, row->due_on, why);
	return store_schedule_failed(t, row, why, clock_now() + RETRY_US);
}

/* ---- one row, in a task of its own: its memory and its last error are its own ---- */

struct piece {
	const struct schedule_row *row;
	bool has_opened;
};

static int
run_row(struct task *t, void *arg)
{
	struct piece *p = arg;
	struct opening o = { .row = p->row };
	int code;

	if (!find_entry(task_arena(t), p->row, &o.entry))
		return p->row->next_at < clock_now() - FORGET_US ? store_schedule_forget(t, p->row)
								 : OK;
	code = tx_run(t, opening_tx, &o);
	if (code == E_BUSY || code == E_UNKNOWN_OUTCOME)
		return code;
	if (code != OK)
		return put_off(t, p->row);
	if (o.number == NULL)
		return OK;
	p->has_opened = true;
	log_info("%s of %s opened %s", p->row->workflow, p->row->due_on, o.number);
	flow_notify(&o.notice);
	return OK;
}

int
flow_run_schedules(struct task *t, int *opened)
{
	int64_t now = clock_now();
	struct schedule_row *list;
	int count;

	*opened = 0;
	TRY(agencies_refresh(t));
	TRY(keep_all(t, now));
	TRY(store_schedules_due(t, now, &list, &count));
	for (int i = 0; i < count; i++) {
		struct piece p = { .row = &list[i] };

		TRY(task_call(t, "schedule", run_row, &p));
		*opened += p.has_opened;
	}
	return OK;
}
