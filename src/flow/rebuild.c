/*
 * Does each case say what its events make of it? Recomputed by the pure engine, compared row by
 * row.
 */
#include "past_priv.h"

#include <string.h>

enum { SHOWN_MAX = 160 };

struct rebuild {
	const struct flow_rebuild *in;
	struct flow_rebuilt *out;
};

/* One case: what differs becomes lines. */
struct checking {
	const struct past *p;
	struct rerun r;
	struct arena *a;
	struct str lines;
};

static void differ(struct checking *k, const char *fmt, ...) PRINTF(2, 3);

static void
differ(struct checking *k, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	str_addf(&k->lines, "%s: %s\n", k->p->c.number, arena_vprintf(k->a, fmt, ap));
	va_end(ap);
}

static const char *
shown(struct checking *k, const char *text)
{
	if (text == NULL)
		return "nothing";
	return strlen(text) <= SHOWN_MAX ? text : arena_printf(k->a, "%.*s…", SHOWN_MAX, text);
}

static void
same_text(struct checking *k, const char *what, const char *row, const char *events)
{
	if (!str_eq(row, events))
		differ(k, "%s is %s; its events give %s", what, shown(k, row), shown(k, events));
}

static void
same_time(struct checking *k, const char *what, int64_t row, int64_t events)
{
	same_text(k, what, instant_text(k->a, row), instant_text(k->a, events));
}

static void
same_number(struct checking *k, const char *what, int64_t row, int64_t events)
{
	if (row != events)
		differ(
		    k, "%s is %lld; its events give %lld", what, (long long)row, (long long)events);
}

/* ---- the chain ---- */

static void
check_hash(struct checking *k, int i, const char *before)
{
	const struct event_row *e = &k->p->events[i];
	struct case_row c = k->p->c;
	char hex[65];

	c.version = e->version;
	event_hash(k->a, &c, &e->e, hex);
	if (e->version != i + 1)
		differ(k, "event %d has the number %lld: one is missing", i + 1,
		    (long long)e->version);
	if (!str_eq(e->e.prev_hash, before))
		differ(k, "event %d does not follow the one before: the chain is broken", i + 1);
	if (!str_eq(e->e.hash, hex))
		differ(k, "event %d (%s) was changed: its hash does not fit it", i + 1, e->e.type);
}

static void
check_chain(struct checking *k)
{
	const struct past *p = k->p;
	const char *before = NO_HASH;

	for (int i = 0; i < p->event_count; i++) {
		check_hash(k, i, before);
		before = p->events[i].e.hash;
	}
	same_number(k, "the version", p->c.version, p->event_count);
	same_text(k, "the newest hash", p->c.head_hash, before);
}

/* ---- the events ---- */

static bool
rerun_one(struct checking *k, int i)
{
	const struct event_write *e = &k->p->events[i].e;
	struct verdict v;

	rerun_event(&k->r, e, &v);
	if (v.code != OK) {
		differ(k, "event %d (%s) would be refused: %s", i + 1, e->type, v.text);
		return false;
	}
	if (str_eq(e->from_states, k->r.last.from_states) &&
	    str_eq(e->to_states, k->r.last.to_states))
		return true;
	differ(k, "event %d (%s) led from [%s] to [%s]; the engine goes from [%s] to [%s]", i + 1,
	    e->type, e->from_states, e->to_states, k->r.last.from_states, k->r.last.to_states);
	return false;
}

/* After the first event that cannot be explained nothing else can. */
static bool
rerun_all(struct checking *k)
{
	if (k->p->first == NULL) {
		differ(k, "the version of its workflow cannot be loaded");
		return false;
	}
	rerun_begin(&k->r, k->p, k->p->first, flow_state.law, NULL, k->a);
	k->r.by_recorded_law = true;
	for (int i = 0; i < k->p->event_count; i++)
		if (!rerun_one(k, i))
			return false;
	return k->p->event_count > 0;
}

/* ---- the row ---- */

static const char *
canonical(struct checking *k, struct json_object *o)
{
	return o ? json_canonical(k->a, o) : NULL;
}

static void
check_context(struct checking *k)
{
	struct json_object *row = k->p->c.context, *events = k->r.c.context;

	json_object_object_foreach(events, name, value)
	{
		same_text(k, arena_printf(k->a, "%s of its context", name),
		    canonical(k, json_get(row, name)), canonical(k, value));
	}
	json_object_object_foreach(row, key, kept)
	{
		if (!json_object_object_get_ex(events, key, NULL))
			differ(k, "%s of its context is %s; its events give nothing", key,
			    shown(k, canonical(k, kept)));
	}
}

static void
check_row(struct checking *k)
{
	const struct case_row *row = &k->p->c, *events = &k->r.c;
	const struct event_write *first = &k->p->events[0].e;

	same_text(k, "its state", k->p->active_states, k->r.last.to_states);
	same_text(k, "its snapshot", canonical(k, row->snapshot), canonical(k, events->snapshot));
	same_text(k, "what is paused", canonical(k, row->paused), canonical(k, events->paused));
	check_context(k);
	if (k->r.w != flow_version(row->workflow_version_id))
		differ(k, "it is pinned to version %lld; its events say another",
		    (long long)row->workflow_version_id);
	same_text(k, "the regime", row->regime, events->regime);
	same_text(k, "the title", row->title, events->title);
	same_text(k, "open", row->is_open ? "yes" : "no", events->is_open ? "yes" : "no");
	same_text(k, "the outcome", row->outcome, events->outcome);
	same_time(k, "the due date", row->due_at, events->due_at);
	same_time(k, "the day of receipt", row->received_at, events->received_at);
	same_time(k, "the day of closing", row->closed_at, events->closed_at);
	same_time(k, "the day of making", row->created_at, first->at);
	same_number(k, "who made it", row->created_by, first->actor_id);
}

/* ---- tasks and timers ---- */

static char *
task_text(struct checking *k, const struct task_row *t)
{
	const struct agency *g = agency_by_id(t->agency_id);

	return arena_printf(k->a,
	    "task of %s, %s %s (%s), \"%s\" / \"%s\", term %s, opened %s, due %s", t->state_id,
	    t->post, g ? g->code : "?", t->of, t->title_vi, t->title_en, t->term ? t->term : "none",
	    instant_text(k->a, t->opened_at), t->due_at ? instant_text(k->a, t->due_at) : "never");
}

static char *
timer_text(struct checking *k, const struct timer_write *t)
{
	return arena_printf(k->a, "timer %s, event %s, term %s, from %s, due %s", t->timer_id,
	    t->event, t->term ? t->term : "none", instant_text(k->a, t->started_at),
	    instant_text(k->a, t->due_at));
}

static void
collect(struct checking *k, const struct task_row *tasks, int task_count,
    const struct timer_write *timers, int timer_count, struct name_list *l)
{
	for (int i = 0; i < task_count; i++)
		name_list_add(l, k->a, task_text(k, &tasks[i]));
	for (int i = 0; i < timer_count; i++)
		if (!str_starts(timers[i].timer_id, TOLD_PREFIX)) /* other cases' doing */
			name_list_add(l, k->a, timer_text(k, &timers[i]));
}

static bool
take(struct name_list *l, const char *text)
{
	for (int i = 0; i < l->count; i++)
		if (str_eq(l->names[i], text)) {
			l->names[i] = l->names[--l->count];
			return true;
		}
	return false;
}

static void
check_work(struct checking *k)
{
	struct name_list rows = { 0 }, events = { 0 };

	collect(k, k->p->tasks, k->p->task_count, k->p->timers, k->p->timer_count, &rows);
	collect(k, k->r.tasks, k->r.task_count, k->r.timers, k->r.timer_count, &events);
	for (int i = 0; i < rows.count; i++)
		if (!take(&events, rows.names[i]))
			differ(k, "there is a %s; its events give none such", rows.names[i]);
	for (int i = 0; i < events.count; i++)
		differ(k, "there is no %s; its events give one", events.names[i]);
}

/* ---- all cases ---- */

static int
check_case(struct task *t, int64_t case_id, void *arg)
{
	struct rebuild *b = arg;
	struct past p;
	struct checking k = { .p = &p, .a = task_arena(t) };

	TRY(past_read(t, case_id, &p));
	str_init(&k.lines, k.a);
	check_chain(&k);
	if (rerun_all(&k)) {
		check_row(&k);
		check_work(&k);
	}
	b->out->cases++;
	b->out->events += p.event_count;
	b->out->different += k.lines.len > 0;
	if (k.lines.len)
		b->in->say(b->in->arg, k.lines.text);
	return OK;
}

int
flow_rebuild_check(struct task *t, const struct flow_rebuild *in, struct flow_rebuilt *out)
{
	struct rebuild b = { .in = in, .out = out };
	struct case_filter all = { 0 };

	*out = (struct flow_rebuilt){ 0 };
	TRY(agencies_refresh(t));
	return each_case(t, &all, check_case, &b);
}
