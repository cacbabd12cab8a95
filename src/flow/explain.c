/*
 * How a due date came about: each day from the event to the due day, and why it counts or does not.
 * Data only; the words are the page's.
 */
#include "flow_db.h"
#include "flow_priv.h"

struct explaining {
	const struct term *t;
	const struct regime *regime;
	const struct calendar *c;
	struct json_object *record;  /* of case.terms */
	struct json_object *resumed; /* the pause from which it runs on; NULL: none */
	struct arena *a;
	int64_t due_at;       /* 0: it stands still */
	int64_t first_due;    /* before it was extended since it runs */
	int64_t start;        /* what it counts from: the event, or the resumption */
	int64_t counted_from; /* a day */
};

static int64_t
instant_of(struct json_object *o, const char *key)
{
	const char *text = json_str(o, key);
	int64_t at = 0;

	return text && instant_parse(text, &at) ? at : 0;
}

/* ---- from when it counts ---- */

static int64_t
due_from(const struct explaining *x, int64_t start)
{
	const char *why;
	int64_t due_at = 0;

	if (x->resumed)
		return term_resume(x->c, start, (int)json_int(x->resumed, "left", 0));
	return term_due(x->regime, x->c, x->t->name, start, &due_at, &why) ? due_at : 0;
}

/* What began as another term ran out counts from the day that ended then; a letter of that very
 * midnight counts from the day that begins. The due date tells which it was. */
static int64_t
start_of(const struct explaining *x)
{
	int64_t at = x->resumed ? instant_of(x->resumed, "until")
				: instant_of(x->record, "started_at");
	bool is_midnight = at == calendar_day_end(x->c, calendar_day_of(x->c, at - 1));

	return is_midnight && due_from(x, at) != x->first_due ? at - HALF_DAY_US : at;
}

/* A part counts as its whole does; what runs on after a pause counts working days. */
static enum term_unit
counted_unit(const struct explaining *x)
{
	const struct term *whole = x->t->unit == TERM_PERCENT ? regime_term(x->regime, x->t->of)
							      : x->t;

	return x->resumed ? TERM_WORKING_DAYS : whole->unit;
}

static void
find_start(struct explaining *x)
{
	struct json_object *pauses = json_get(x->record, "pauses");
	size_t n = pauses ? json_object_array_length(pauses) : 0;
	struct json_object *last = n ? json_object_array_get_idx(pauses, n - 1) : NULL;
	bool is_still = str_eq(json_str(x->record, "status"), "paused") ||
			(last && json_str(last, "until") == NULL);

	for (size_t i = 0; i < n; i++)
		if (json_str(json_object_array_get_idx(pauses, i), "until"))
			x->resumed = json_object_array_get_idx(pauses, i);
	x->due_at = is_still ? 0 : instant_of(x->record, "due_at");
	x->first_due = explain_first_due(x->record, instant_of(x->resumed, "until"));
	x->start = start_of(x);
	x->counted_from = term_counted_from(x->c, counted_unit(x), x->start);
}

/* ---- the days ---- */

static bool
has_days(const struct explaining *x)
{
	enum term_unit unit = x->t->unit;

	return x->due_at && unit != TERM_HOURS && unit != TERM_WORKING_HOURS &&
	       unit != TERM_PERCENT;
}

static char *
day_text(const struct explaining *x, int64_t day)
{
	return calendar_date(x->c, x->a, calendar_day_end(x->c, day) - 1);
}

/* The last day that counts: after it the end rolls on to a working day. */
static int64_t
last_counted(const struct explaining *x)
{
	int64_t due_day = calendar_day_of(x->c, x->first_due - 1);

	if (x->resumed || (x->t->unit != TERM_CALENDAR_DAYS && x->t->unit != TERM_MONTHS))
		return due_day;
	return term_last_day(x->c, x->t, x->counted_from);
}

static const char *
why_of(const struct explaining *x, int64_t day, int64_t last)
{
	enum day_kind kind = calendar_day_kind(x->c, day);
	bool is_worked = kind == DAY_WORKING || kind == DAY_SWAPPED;
	bool by_working_days = counted_unit(x) == TERM_WORKING_DAYS;

	if (day == x->counted_from)
		return "day-of-event";
	if (day > x->counted_from && day <= last && (is_worked || !by_working_days))
		return by_working_days && kind == DAY_SWAPPED ? "worked" : "counts";
	if (is_worked)
		return day < x->counted_from ? "late" : "rolled-to";
	return kind == DAY_WEEKEND ? "weekend" : "off";
}

struct json_object *
explain_day(const struct calendar *c, int64_t day, int n, const char *why, struct arena *a)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "date", calendar_date(c, a, calendar_day_end(c, day) - 1));
	json_set(o, "n", n ? json_object_new_int(n) : NULL);
	json_set_str(o, "why", why);
	json_set_str(o, "name", calendar_day_name(c, day));
	return o;
}

static struct json_object *
days_json(const struct explaining *x)
{
	struct json_object *list = json_object_new_array();
	int64_t day = calendar_day_of(x->c, x->start), last;
	int n = 0;

	if (!has_days(x))
		return list;
	last = last_counted(x);
	for (int i = 0; i < EXPLAIN_MOST_DAYS && day < calendar_day_of(x->c, x->first_due);
	     i++, day++) {
		const char *why = why_of(x, day, last);
		bool counts = str_eq(why, "counts") || str_eq(why, "worked");

		json_push(list, explain_day(x->c, day, counts ? ++n : 0, why, x->a));
	}
	explain_extended_days(x->c, x->record, instant_of(x->resumed, "until"), list, x->a);
	return list;
}

/* ---- the whole ---- */

static struct json_object *
pauses_json(const struct explaining *x)
{
	struct json_object *list = json_object_new_array(), *all = json_get(x->record, "pauses");

	for (size_t i = 0; all && i < json_object_array_length(all); i++) {
		struct json_object *pause = json_object_array_get_idx(all, i);
		struct json_object *o = json_object_new_object();

		json_set_instant(o, "from", instant_of(pause, "from"));
		json_set_instant(o, "until", instant_of(pause, "until"));
		json_set_int(o, "left", json_int(pause, "left", 0));
		json_push(list, o);
	}
	return list;
}

static void
set_term(struct json_object *o, const struct term *t)
{
	json_set_str(o, "term", t->name);
	json_set(o, "title", title_json(t->title_vi, t->title_en));
	json_set_str(o, "law", t->law);
	json_set_str(o, "unit", term_unit_name(t->unit));
	json_set_int(o, "amount", t->amount);
	json_set_bool(o, "resumes", t->resumes);
}

struct json_object *
term_explain(const struct term *t, const struct regime *regime, const struct calendar *c,
    struct json_object *record, struct arena *a)
{
	struct explaining x = { .t = t, .regime = regime, .c = c, .record = record, .a = a };
	struct json_object *o = json_keep(a, json_object_new_object());

	find_start(&x);
	set_term(o, t);
	json_set_str(o, "status", json_str(record, "status"));
	json_set_instant(o, "started_at", instant_of(record, "started_at"));
	json_set_str(o, "counted_from", day_text(&x, x.counted_from));
	json_set_bool(o, "is_moved", x.counted_from != calendar_day_of(c, x.start));
	json_set_instant(o, "due_at", x.due_at);
	json_set(o, "days", days_json(&x));
	json_set(o, "pauses", pauses_json(&x));
	json_set(o, "extensions", explain_extensions(regime, t, record));
	json_set_str(o, "calendar_id", calendar_id(c));
	json_set(o, "calendar", title_json(calendar_title(c, "vi"), calendar_title(c, "en")));
	return o;
}

/* ---- reading it ---- */

struct read_arg {
	const struct actor *who;
	int64_t case_id;
	const char *term;
	struct json_object **view;
};

static int
read_tx(struct tx *tx, void *arg)
{
	struct read_arg *in = arg;
	const struct regime *regime;
	const struct calendar *c;
	const struct term *t;
	struct json_object *record;
	struct case_work cw;

	TRY(case_work_read(tx, in->case_id, &cw));
	TRY(case_must_be_seen(tx, &cw, in->who));
	regime = law_regime(flow_state.law, cw.c.regime);
	c = law_term_calendar(flow_state.law, regime, json_get(cw.c.context, "terms"), in->term,
	    case_calendar(&cw.c));
	t = regime ? regime_term(regime, in->term) : NULL;
	record = json_get(json_get(cw.c.context, "terms"), in->term);
	if (t == NULL || json_str(record, "started_at") == NULL)
		return fail(tx_task(tx), E_NOT_FOUND, "this case never began a term %s", in->term);
	*in->view = term_explain(t, regime, c, record, tx_arena(tx));
	return OK;
}

int
flow_term_view(struct task *t, const struct actor *who, int64_t case_id, const char *term,
    struct json_object **view)
{
	TRY(agencies_refresh(t));
	return tx_run(t, read_tx, &(struct read_arg){ who, case_id, term, view });
}
