/*
 * Lists of open work, mailed on their day of the week to who holds the post: what waits in his
 * inbox too. Each has a row with the day of its next run; its letters are written and the row is
 * moved on in one transaction. A list without a task is not mailed.
 */
#include "flow_db.h"
#include "flow_priv.h"

#define HOUR_US INT64_C(3600000000)
#define RETRY_US HOUR_US
#define FORGET_US (24 * HOUR_US) /* a server of another version may still know the list */
enum { TASKS_MAX = 1000, LINES_MAX = 200 };

/* ---- days ---- */

struct next_run {
	const char *due_on; /* its day of the week; it is sent then or as the office opens next */
	int64_t at;
};

/* The office is the receiver's. */
static const struct calendar *
calendar_of(struct json_object *list)
{
	const struct agency *g = agency_by_role(json_str(list, "of"));

	return law_calendar_for(flow_state.law, g ? g->code : NULL, flow_state.calendar);
}

static int64_t
opens_at(const struct calendar *c, int64_t day)
{
	return calendar_next_open(c, calendar_day_end(c, day - 1));
}

/* 1970-01-01 was a Thursday. */
static int64_t
last_weekday(int64_t day, int weekday)
{
	return day - (day + 3 - weekday) % 7;
}

/* The first that is sent after `after`. Two whose days are both off in one row are one. */
static struct next_run
next_run(struct arena *a, struct json_object *list, int64_t after)
{
	const struct calendar *c = calendar_of(list);
	int64_t day = last_weekday(calendar_day_of(c, after), list_weekday(list));

	while (opens_at(c, day) <= after)
		day += 7;
	return (
	    struct next_run){ calendar_date(c, a, calendar_day_end(c, day - 1)), opens_at(c, day) };
}

static int
keep_all(struct task *t, int64_t now)
{
	if (flow_state.law->lists == NULL)
		return OK;
	json_object_object_foreach(flow_state.law->lists, name, list)
	{
		struct next_run next = next_run(task_arena(t), list, now);

		TRY(store_mail_list_keep(t, name, next.due_on, next.at));
	}
	return OK;
}

/* ---- what is in it ---- */

struct sending {
	const struct mail_list_row *row;
	struct json_object *list; /* of lists.json */
	const struct agency *agency;
	int64_t now;
	struct json_object *values; /* of the letter; NULL: nothing to tell */
	int letters;
};

static bool
is_listed(struct json_object *which, const struct inbox_row *row, int64_t now)
{
	if (json_truth(which, "late", false))
		return row->task.due_at && row->task.due_at <= now;
	return str_eq(json_str(which, "workflow"), row->line.c.workflow);
}

static bool
is_in(struct json_object *list, const struct inbox_row *row, int64_t now)
{
	struct json_object *tasks = json_get(list, "tasks");

	for (size_t i = 0; i < json_object_array_length(tasks); i++)
		if (is_listed(json_object_array_get_idx(tasks, i), row, now))
			return true;
	return false;
}

static char *
line_text(struct arena *a, const char *lang, const struct inbox_row *row, int64_t now)
{
	char *summary = feed_summary(a, lang, row, now);

	if (row->task.due_at == 0)
		return arena_printf(a, "%s – %s", summary, row->line.c.title);
	return arena_printf(
	    a, "%s – %s. %s", summary, row->line.c.title, feed_due(a, lang, row->task.due_at));
}

static struct json_object *
line_json(struct arena *a, const struct inbox_row *row, int64_t now)
{
	struct json_object *o = json_object_new_object();

	json_set(o, "text", title_json(line_text(a, "vi", row, now), line_text(a, "en", row, now)));
	json_set_str(o, "link",
	    arena_printf(a, "%s/cases/%lld", flow_state.cfg.base_url, (long long)row->line.c.id));
	return o;
}

static void
fill_letter(struct arena *a, struct sending *s, struct json_object *lines, int count)
{
	const struct calendar *c = flow_state.calendar;

	s->values = json_keep(a, json_object_new_object());
	json_set(s->values, "lines", json_object_get(lines));
	json_set_int(s->values, "count", count);
	json_set_str(s->values, "date", notice_day_text(a, calendar_day_of(c, s->now)));
	json_set_str(s->values, "path", "/inbox");
}

static int
gather(struct task *t, struct sending *s)
{
	struct arena *a = task_arena(t);
	struct post_pair post = { s->agency->id, json_str(s->list, "post") };
	struct json_object *lines = json_keep(a, json_object_new_array());
	struct inbox_row *rows;
	int count, listed = 0;

	TRY(store_inbox(t, &post, 1, 0, 0, TASKS_MAX, &rows, &count));
	for (int i = 0; i < count; i++)
		if (is_in(s->list, &rows[i], s->now) && listed++ < LINES_MAX)
			json_push(lines, line_json(a, &rows[i], s->now));
	if (listed)
		fill_letter(a, s, lines, listed);
	return OK;
}

/* ---- sending it ---- */

static bool
is_among(const struct person *people, int count, int64_t id)
{
	for (int i = 0; i < count; i++)
		if (people[i].id == id)
			return true;
	return false;
}

/* Whoever holds the post, each once. */
static int
write_letters(struct tx *tx, struct sending *s)
{
	struct holding *holdings;
	struct person *people;
	int count;

	TRY(holdings_of_agencies(tx, &s->agency->id, 1, s->now, &holdings, &people, &count));
	for (int i = 0; i < count; i++) {
		if (!str_eq(holdings[i].post, json_str(s->list, "post")) ||
		    is_among(people, s->letters, people[i].id))
			continue;
		people[s->letters++] = people[i];
		TRY(letter_send(tx, &people[i], json_str(s->list, "letter"), s->values));
	}
	return OK;
}

/* May run again. */
static int
sending_tx(struct tx *tx, void *arg)
{
	struct sending *s = arg;
	struct next_run next = next_run(tx_arena(tx), s->list, s->now);
	bool is_ours;

	s->letters = 0;
	TRY(store_mail_list_take(tx, s->row, s->now, &is_ours));
	if (!is_ours)
		return OK;
	if (s->values)
		TRY(write_letters(tx, s));
	return store_mail_list_move(tx, s->row, next.due_on, next.at);
}

static int
send_list(struct task *t, struct sending *s)
{
	s->agency = agency_by_role(json_str(s->list, "of"));
	if (s->agency)
		TRY(gather(t, s));
	return tx_run(t, sending_tx, s);
}

static int
put_off(struct task *t, const struct mail_list_row *row)
{
	const char *why = task_error_text(t);

	log_error("the list %s of %s is not sent: %s", row->name, row->due_on, why);
	return store_mail_list_put_off(t, row, why, clock_now() + RETRY_US);
}

/* In a task of its own: its memory and its last error are its own. */
static int
run_row(struct task *t, void *arg)
{
	struct sending *s = arg;
	int64_t opens;
	int code;

	s->list = json_get(flow_state.law->lists, s->row->name);
	if (s->list == NULL)
		return s->row->next_at < s->now - FORGET_US ? store_mail_list_forget(t, s->row)
							    : OK;
	opens = calendar_next_open(calendar_of(s->list), s->now);
	if (opens > s->now) /* the server was down as the office opened */
		return store_mail_list_put_off(t, s->row, NULL, opens);
	code = send_list(t, s);
	if (code == OK && s->letters)
		log_info("the list %s of %s goes to %d", s->row->name, s->row->due_on, s->letters);
	return code == OK || code == E_BUSY || code == E_UNKNOWN_OUTCOME ? code
									 : put_off(t, s->row);
}

int
flow_run_mail_lists(struct task *t, int *sent)
{
	int64_t now = clock_now();
	struct mail_list_row *rows;
	int count;

	*sent = 0;
	TRY(agencies_refresh(t));
	TRY(keep_all(t, now));
	TRY(store_mail_lists_due(t, now, &rows, &count));
	for (int i = 0; i < count; i++) {
		struct sending s = { .row = &rows[i], .now = now };

		TRY(task_call(t, "list", run_row, &s));
		*sent += s.letters;
	}
	return OK;
}
