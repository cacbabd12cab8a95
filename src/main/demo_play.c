/*
 * Plays the plan: the clock goes from step to step, what people do is sent as they would send it,
 * and timers fire when they are due.
 */
#include "demo.h"

#include "terms.h"

enum { MAILS_AT_ONCE = 200 };
#define LEASE_US INT64_C(60000000)
#define MAIL_DELAY_US INT64_C(20000000)

/* ---- work in a task of its own, so that its memory is given back after each step ---- */

struct piece {
	int (*fn)(struct task *t, struct demo *d, void *arg);
	struct demo *d;
	void *arg;
	struct task *waiting;
	bool is_done;
	int code;
	const char *why;
};

static void
run_piece(struct task *t, void *arg)
{
	struct piece *p = arg;

	p->code = p->fn(t, p->d, p->arg);
	if (p->code != OK) {
		const struct error_list *errors = task_error_list(t);

		p->why = errors && errors->first
			     ? arena_printf(p->d->arena, "%s: %s %s", task_error_text(t),
				   errors->first->pointer, errors->first->message)
			     : arena_strdup(p->d->arena, task_error_text(t));
	}
	p->is_done = true;
	task_wake(p->waiting);
}

static int
wait_for(struct task *t, struct piece *p)
{
	while (!p->is_done)
		task_park(t, -1);
	return p->code == OK ? OK : fail(t, (enum err)p->code, "%s", p->why);
}

static int
in_own_task(
    struct task *t, struct demo *d, int (*fn)(struct task *t, struct demo *d, void *arg), void *arg)
{
	struct piece p = { .fn = fn, .d = d, .arg = arg, .waiting = t };

	task_start("demo step", run_piece, &p);
	return wait_for(t, &p);
}

static void
set_clock(int64_t at)
{
	clock_set_offset(at - (clock_now() - clock_offset()));
}

/* ---- timers ---- */

struct claim {
	struct timer_claim *list;
	int count;
};

static int
claim_tx(struct tx *tx, void *arg)
{
	struct claim *c = arg;

	return store_timers_claim(tx, clock_now(), LEASE_US, 1, &c->list, &c->count);
}

/* The next one that is due by then, at its own time. */
static int
fire_next(struct task *t, struct demo *d, void *until)
{
	struct claim c = { 0 };
	int64_t due_at;

	TRY(store_timer_next_due(t, &due_at));
	if (due_at == 0 || due_at > *(int64_t *)until) {
		*(int64_t *)until = 0;
		return OK;
	}
	set_clock(due_at);
	TRY(tx_run(t, claim_tx, &c));
	d->timers_fired += c.count;
	return c.count ? flow_fire(t, &c.list[0]) : OK;
}

static int
fire_until(struct task *t, struct demo *d, int64_t until)
{
	while (until)
		TRY(in_own_task(t, d, fire_next, &until));
	return OK;
}

/* ---- people ---- */

/* SIDE is a side of the case, a role in the province, or an agency's code. */
static const char *
agency_of(struct demo *d, const struct demo_target *c, const char *side)
{
	const char *by_role;

	if (str_eq(side, "requester"))
		return c->requester;
	if (str_eq(side, "owner"))
		return c->owner;
	by_role = json_str(demo_by(d->agencies, "role", side), "code");
	return by_role ? by_role : side;
}

/* A person who holds the first of the posts that is not vacant. */
static int
holder_of(struct demo *d, const char *agency, struct json_object *posts, int64_t at)
{
	int person = -1;

	for (size_t i = 0; posts && person < 0 && i < json_object_array_length(posts); i++)
		person = demo_holder(
		    d, agency, json_object_get_string(json_object_array_get_idx(posts, i)), at);
	return person;
}

/* Where all are vacant, one to whom the first falls. */
static int
person_of(struct demo *d, const struct demo_target *c, const struct demo_step *s)
{
	struct json_object *posts = json_get(s->step, "post");
	const char *agency = agency_of(d, c, json_str(s->step, "of"));
	const char *first = json_object_get_string(json_object_array_get_idx(posts, 0));
	int person = holder_of(d, agency, posts, s->at);

	if (person < 0)
		person = holder_of(
		    d, agency, json_get(json_get(flow_posts(), first), "falls_to"), s->at);
	return person;
}

static int
send_event(struct task *t, struct demo *d, struct demo_case *c, const struct demo_step *s,
    int64_t case_id, const struct actor *who)
{
	struct demo_words w = { c, s->at, s->agency };
	struct json_object *data = json_get(s->step, "data");
	struct flow_event ev = { .case_id = case_id, .type = json_str(s->step, "type") };
	struct flow_result result;

	if (data && json_object_is_type(data, json_type_string))
		ev.data = c->fields; /* "fields": the whole form again */
	else if (data)
		ev.data = json_keep(task_arena(t), demo_fill(d, &w, data));
	return flow_send_quiet(t, who, &ev, &result);
}

static int
play_step(struct task *t, struct demo *d, void *arg)
{
	const struct demo_step *s = arg;
	const char *state = json_str(s->step, "if");
	struct demo_case *c = &d->cases[s->case_number];
	struct demo_target at;
	struct actor who;
	int person;

	set_clock(s->at);
	TRY(demo_find(t, c, s->step, s->agency, &at));
	if (state && !demo_is_in(t, &at, state))
		return OK;
	person = person_of(d, &at, s);
	if (person < 0)
		return fail(t, E_INVALID, "nobody of %s holds this post", json_str(s->step, "of"));
	TRY(flow_actor(t, d->person_ids[person], &who));
	if (s->index == 0 || json_get(s->step, "open"))
		return demo_open(t, d, c, s, person, &who);
	if (at.id == 0)
		return fail(t, E_INVALID, "there is no such case");
	return send_event(t, d, c, s, at.id, &who);
}

static int
play(struct task *t, struct demo *d, struct demo_step *s)
{
	int code = in_own_task(t, d, play_step, s);

	if (code != OK)
		return fail(t, (enum err)code, "demo/plan.json: story \"%s\", step %d, %s: %s",
		    json_str(d->cases[s->case_number].story, "name"), s->index + 1,
		    json_get(s->step, "open") ? "open" : json_str(s->step, "type"),
		    task_error_text(t));
	d->steps_done++;
	return OK;
}

int
demo_play(struct task *t, struct demo *d)
{
	for (int i = 0; i < d->step_count && d->steps[i].at < d->now; i++) {
		TRY(fire_until(t, d, d->steps[i].at));
		TRY(play(t, d, &d->steps[i]));
	}
	TRY(fire_until(t, d, d->now));
	clock_set_offset(0);
	return OK;
}

/* ---- mails: those of the past were sent in the past ---- */

static int
settle_mails_tx(struct tx *tx, void *more)
{
	struct mail_row *list;
	int count;

	TRY(store_mails_due(tx, clock_now(), MAILS_AT_ONCE, &list, &count));
	if (count)
		TRY(store_mails_take(tx, list, count, clock_now() + LEASE_US));
	for (int i = 0; i < count; i++)
		TRY(store_mail_sent(tx, &list[i], list[i].next_at + MAIL_DELAY_US));
	*(bool *)more = count > 0;
	return OK;
}

static int
settle_batch(struct task *t, struct demo *d, void *more)
{
	(void)d;
	return tx_run(t, settle_mails_tx, more);
}

int
demo_settle_mails(struct task *t, struct demo *d)
{
	bool more = true;

	while (more)
		TRY(in_own_task(t, d, settle_batch, &more));
	return OK;
}
