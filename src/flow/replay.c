/*
 * What would have become of past cases under a draft: what people did and when, as it was recorded;
 * timers as the draft has them. Nothing is written.
 */
#include "replay_priv.h"

#include <stdlib.h>
#include <string.h>

enum { TIMERS_MAX = 1000 };

/* A timer fires a little after it is due. One that was recorded within this time is the same. */
static const int64_t LATENESS_US = INT64_C(3600) * 1000000;

/* ---- timers of the draft ---- */

static bool
is_timer(const struct event_row *e)
{
	return str_eq(e->e.kind, "timer");
}

/* The record of this very firing; -1: none. */
static int
record_of(const struct replaying *k, const struct timer_write *t)
{
	for (int i = 0; i < k->p->event_count; i++) {
		const struct event_write *e = &k->p->events[i].e;

		if (!k->is_used[i] && is_timer(&k->p->events[i]) && str_eq(e->type, t->event) &&
		    e->at >= t->due_at && e->at - t->due_at <= LATENESS_US)
			return i;
	}
	return -1;
}

struct firing {
	const struct timer_write *timer;
	int64_t at;
	int record;
};

/* The next timer that fires before event `before` at until_at: in the order of the record where it
 * has it. */
static bool
next_firing(const struct replaying *k, int before, int64_t until_at, struct firing *f)
{
	bool is_any = false;

	for (int i = 0; i < k->r.timer_count; i++) {
		const struct timer_write *t = &k->r.timers[i];
		int record = record_of(k, t);
		int64_t at = record < 0 ? t->due_at : k->p->events[record].e.at;

		if ((record < 0 ? at > until_at : record > before) || (is_any && at >= f->at))
			continue;
		*f = (struct firing){ t, at, record };
		is_any = true;
	}
	return is_any;
}

static void
fire_until(struct replaying *k, int before, int64_t until_at)
{
	struct verdict v;
	struct firing f = { 0 };

	while (next_firing(k, before, until_at, &f)) {
		struct timer_write timer = *f.timer;

		if (++k->fired > TIMERS_MAX) {
			replay_note(k, "stopped after %d timers of the draft", TIMERS_MAX);
			k->r.timer_count = 0;
			return;
		}
		if (f.record >= 0)
			k->is_used[f.record] = true;
		rerun_timer(&k->r, &timer, f.at, &v);
		if (v.code == OK)
			continue;
		k->has_refusal = true;
		replay_note(
		    k, "%s  timer %s cannot be: %s", replay_when(k, f.at), timer.timer_id, v.text);
	}
}

/* ---- what people did ---- */

static void
compare_state(struct replaying *k, const struct event_row *e)
{
	if (k->is_state_told || str_eq(e->e.to_states, k->r.last.to_states))
		return;
	k->is_state_told = k->has_state = true;
	replay_note(k, "%s  after %s: %s; was %s", replay_when(k, e->e.at), e->e.type,
	    k->r.last.to_states, e->e.to_states);
}

static bool
do_event(struct replaying *k, int i)
{
	const struct event_row *e = &k->p->events[i];
	struct verdict v;

	if (is_timer(e) || past_is_move(e) || past_is_recount(e))
		return true;
	fire_until(k, i, e->e.at);
	rerun_event(&k->r, &e->e, &v);
	if (v.code == OK) {
		compare_state(k, e);
		return true;
	}
	k->has_refusal = true;
	replay_note(k, "%s  %s would have been refused: %s%s%s", replay_when(k, e->e.at), e->e.type,
	    v.text, v.fields.first ? ": " : "",
	    v.fields.first
		? arena_printf(k->a, "%s %s", v.fields.first->pointer, v.fields.first->message)
		: "");
	return i > 0; /* without its first event there is no case */
}

/* ---- one case ---- */

static void
run_case(struct replaying *k)
{
	k->is_used = arena_array(k->a, bool, k->p->event_count + 1);
	rerun_begin(&k->r, k->p, k->all->w, k->all->law, k->all->calendar_id, k->a);
	for (int i = 0; i < k->p->event_count; i++)
		if (!do_event(k, i))
			return;
	fire_until(k, k->p->event_count, clock_now());
	if (k->p->event_count)
		replay_compare(k);
}

static void
count(const struct replaying *k, struct flow_replayed *out)
{
	out->cases++;
	out->different += k->lines.len > 0;
	out->refusals += k->has_refusal;
	out->states += k->has_state;
	out->dates += k->has_date;
	out->outcomes += k->has_outcome;
}

static int
replay_case(struct task *t, int64_t case_id, void *arg)
{
	struct replay *all = arg;
	struct past p;
	struct replaying k = { .all = all, .p = &p, .a = task_arena(t) };

	TRY(past_read(t, case_id, &p));
	str_init(&k.lines, k.a);
	run_case(&k);
	count(&k, all->out);
	if (k.lines.len)
		all->in->say(all->in->arg, arena_printf(k.a, "%s\n%s", p.c.number, k.lines.text));
	return OK;
}

/* ---- all cases ---- */

/* The law with the draft calendar in the place of the one with its id, or beside the others; then it
 * is that of all cases, unless it is that of some agencies. */
static void
put_calendar(struct replay *all, struct arena *a, struct error_list *errors)
{
	struct json_object *draft = all->in->calendar;
	struct law_draft d;

	law_draft_begin(flow_state.law, a, &d);
	law_draft_calendar(&d, draft);
	all->law = all->drafted = law_of_content(flow_state.law, d.content, errors);
	if (calendar_base_id(draft) == NULL && !law_calendar(flow_state.law, json_str(draft, "id")))
		all->calendar_id = json_str(draft, "id");
}

static int
load_drafts(struct task *t, struct replay *all)
{
	const struct flow_replay *in = all->in;
	struct error_list errors;

	error_list_init(&errors, task_arena(t));
	all->law = flow_state.law;
	all->w = version_check(in->machine, in->file, &errors);
	if (in->calendar)
		put_calendar(all, task_arena(t), &errors);
	if (errors.count)
		return fail_list(t, E_INVALID, &errors, "the draft has %d mistakes", errors.count);
	return OK;
}

static int
walk(struct task *t, struct replay *all)
{
	struct case_filter filter = { .since = all->in->since, .until = all->in->until };

	TRY(load_drafts(t, all));
	filter.workflow = workflow_id(all->w);
	return each_case(t, &filter, replay_case, all);
}

int
flow_replay(struct task *t, const struct flow_replay *in, struct flow_replayed *out)
{
	struct replay all = { .in = in, .out = out };
	int code;

	*out = (struct flow_replayed){ 0 };
	TRY(agencies_refresh(t));
	code = walk(t, &all);
	workflow_free(all.w);
	law_free(all.drafted);
	return code;
}
