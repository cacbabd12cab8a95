/*
 * Plays a story's events through decide and keeps what the database would keep.
 */
#include "world.h"

enum { MANY = 1000 }; /* events that follow from one another: more are endless */

static struct json_object *
usual_service(struct arena *a)
{
	const char *why;
	const char text[] =
	    "{\"code\":\"DV008\",\"name\":\"Hộ nghèo, hộ cận nghèo\",\"items\":["
	    "{\"key\":\"so\",\"name\":\"số định danh cá nhân của chủ hộ\"},"
	    "{\"key\":\"loai\",\"name\":\"loại hộ\"},{\"key\":\"ky\",\"name\":\"kỳ rà soát\"},"
	    "{\"key\":\"dia_chi\",\"name\":\"địa chỉ\"}]}";

	return json_read(a, text, sizeof(text) - 1, &why);
}

void
world_init(struct world *s, struct arena *a, const struct law *law, struct charts *charts)
{
	*s = (struct world){ .a = a, .law = law, .charts = charts, .service = usual_service(a) };
}

static void
must(struct world *s, bool holds, const char *what)
{
	if (!holds && s->trouble == NULL)
		s->trouble = what;
}

struct story_case *
world_case_add(struct world *s, struct chart *chart, const struct case_row *c)
{
	struct story_case *k = arena_new_of(s->a, struct story_case);

	k->chart = chart;
	k->c = *c;
	k->c.id = s->case_count + 1;
	ARENA_PUSH(s->a, s->cases, s->case_count, s->case_size) = k;
	return k;
}

/* ---- what the database would do with a write set ---- */

static void
drop_timer(struct story_case *k, const char *id)
{
	int kept = 0;

	for (int i = 0; i < k->timer_count; i++)
		if (!str_eq(k->timers[i].timer_id, id))
			k->timers[kept++] = k->timers[i];
	k->timer_count = kept;
}

/* post NULL: all of the state */
static void
drop_tasks(struct story_case *k, const char *state, const char *post, int64_t agency_id)
{
	int kept = 0;

	for (int i = 0; i < k->task_count; i++) {
		const struct task_write *t = &k->tasks[i];

		if (!str_eq(t->state_id, state) ||
		    (post && (!str_eq(t->post, post) || t->agency_id != agency_id)))
			k->tasks[kept++] = *t;
	}
	k->task_count = kept;
}

static void
check_chain(struct world *s, struct story_case *k, const struct write_set *ws)
{
	char hex[65];

	event_hash(s->a, &ws->c, &ws->event, hex);
	must(s, str_eq(hex, ws->event.hash), "the hash of an event cannot be computed again");
	must(s, k->prev_hash == NULL || str_eq(ws->event.prev_hash, k->prev_hash),
	    "an event does not continue the chain");
	must(s, ws->c.version == ws->expected_version + 1, "one event is not one version");
	k->prev_hash = ws->event.hash;
}

static void
retime_tasks(struct story_case *k, const struct task_retime *t)
{
	for (int i = 0; i < k->task_count; i++)
		if (str_eq(k->tasks[i].term, t->term))
			k->tasks[i].due_at = t->due_at;
}

static void
apply_tasks_and_timers(struct world *s, struct story_case *k, const struct write_set *ws)
{
	for (const char *const *id = ws->cancelled_timers; *id; id++)
		drop_timer(k, *id);
	for (const char *const *state = ws->closed_states; *state; state++)
		drop_tasks(k, *state, NULL, 0);
	for (int i = 0; i < ws->closed_task_count; i++)
		drop_tasks(k, ws->closed_tasks[i].state_id, ws->closed_tasks[i].post,
		    ws->closed_tasks[i].agency_id);
	for (int i = 0; i < ws->timer_count; i++)
		ARENA_PUSH(s->a, k->timers, k->timer_count, k->timer_size) = ws->timers[i];
	for (int i = 0; i < ws->retimed_task_count; i++)
		retime_tasks(k, &ws->retimed_tasks[i]);
	for (int i = 0; i < ws->task_count; i++)
		ARENA_PUSH(s->a, k->tasks, k->task_count, k->task_size) = ws->tasks[i];
}

static void
apply_grants(struct world *s, struct story_case *k, const struct write_set *ws)
{
	if (ws->ends_grants)
		k->grant_count = 0;
	for (int i = 0; i < ws->grant_count; i++) {
		int kept = 0;

		for (int j = 0; j < k->grant_count; j++)
			if (!str_eq(k->grants[j].kind, ws->grants[i].kind))
				k->grants[kept++] = k->grants[j];
		k->grant_count = kept;
		ARENA_PUSH(s->a, k->grants, k->grant_count, k->grant_size) = ws->grants[i];
	}
}

/* ---- telling ---- */

static bool
is_told(const struct story_case *from, const struct tell_write *t, const struct story_case *to)
{
	const struct case_row *a = &from->c, *b = &to->c;

	if (!b->is_open || a->id == b->id)
		return false;
	if (str_eq(t->to, "parent"))
		return b->id == a->parent_id;
	if (str_eq(t->to, "about"))
		return b->id == a->about_id;
	if (str_eq(t->to, "children"))
		return b->parent_id == a->id;
	return str_eq(b->workflow, t->workflow) &&
	       (!t->same_service || b->service_id == a->service_id) &&
	       (!t->same_requester || b->requester_id == a->requester_id) &&
	       (!t->same_owner || b->owner_id == a->owner_id);
}

static void
note_tell(struct world *s, const struct story_case *from, const struct tell_write *t)
{
	for (int i = 0; i < s->case_count; i++)
		if (is_told(from, t, s->cases[i]))
			ARENA_PUSH(s->a, s->told, s->told_count, s->told_size) = (struct told){
				s->cases[i], t->event, json_copy(s->a, t->data)
			};
}

/* ---- one event, and what it opens ---- */

struct planned {
	struct story_case *k;
	struct write_set ws;
	const struct sc_transition *const *taken;
};

struct plan {
	struct planned *list;
	int count, size;
};

static const struct sc_transition *const *last_taken;

static void
watch(const struct sc_step *step)
{
	last_taken = step->transitions;
}

/* As the database gives it back: JSON read from text, not the same objects. */
static void
reread(struct world *s, struct story_case *k)
{
	k->c.snapshot = json_copy(s->a, k->c.snapshot);
	k->c.context = json_copy(s->a, k->c.context);
	k->c.paused = json_copy(s->a, k->c.paused);
}

static void
apply(struct world *s, const struct planned *p)
{
	const struct write_set *ws = &p->ws;
	struct story_case *k = p->k;

	check_chain(s, k, ws);
	apply_tasks_and_timers(s, k, ws);
	apply_grants(s, k, ws);
	for (int i = 0; i < ws->mail_count; i++)
		ARENA_PUSH(s->a, s->mails, s->mail_count, s->mail_size) = ws->mails[i];
	if (ws->viewer_count) {
		k->viewers = ws->viewers;
		k->viewer_count = ws->viewer_count;
	}
	k->c = ws->c;
	must(s, k->c.is_open || k->timer_count + k->task_count == 0,
	    "a closed case has timers or tasks");
	for (const struct sc_transition *const *t = p->taken; *t; t++)
		k->chart->taken[(*t)->index] = true;
	reread(s, k);
}

static bool
plan_event(struct world *s, struct plan *l, struct story_case *k, const struct actor *who,
    const char *type, struct json_object *data)
{
	struct event_in ev = { .type = type, .data = data, .at = s->now, .actor = who };
	struct directory *dir = arena_new_of(s->a, struct directory);
	struct planned p = { .k = k };

	*dir = world_directory(s, &k->c);
	decide_watch = watch;
	if (k->c.version == 0)
		decide_start(k->chart->w, s->law, dir, &k->c, &ev, s->a, &p.ws, &s->verdict);
	else
		decide_event(k->chart->w, s->law, dir, &k->c, k->timers, k->timer_count, &ev, s->a,
		    &p.ws, &s->verdict);
	p.taken = last_taken;
	if (s->verdict.code == OK)
		ARENA_PUSH(s->a, l->list, l->count, l->size) = p;
	return s->verdict.code == OK;
}

static bool
plan_open(
    struct world *s, struct plan *l, const struct case_row *parent, const struct open_write *o)
{
	struct actor system = { .kind = "system" };
	struct story_case *child = world_child(s, parent, o);

	if (child && l->count < MANY)
		return plan_event(s, l, child, &system, "START", o->fields);
	s->verdict.code = E_INTERNAL;
	s->verdict.word = "bad-definition";
	s->verdict.text = arena_printf(s->a,
	    child ? "opening %s has no end" : "there is no workflow \"%s\" to open", o->workflow);
	return false;
}

/* One transaction: all of it, or nothing. The cases that a planned step opens are planned after it.
 */
static bool
act(struct world *s, struct story_case *k, const struct actor *who, const char *type,
    struct json_object *data)
{
	int before = k->c.version ? s->case_count : s->case_count - 1;
	struct plan l = { 0 };
	bool is_fine = plan_event(s, &l, k, who, type, data);

	for (int i = 0; is_fine && i < l.count; i++)
		for (int j = 0; is_fine && j < l.list[i].ws.open_count; j++) {
			struct case_row parent = l.list[i].ws.c; /* the list may move */

			is_fine = plan_open(s, &l, &parent, &l.list[i].ws.opens[j]);
		}
	if (!is_fine) {
		s->case_count = before;
		return false;
	}
	for (int i = 0; i < l.count; i++)
		apply(s, &l.list[i]);
	for (int i = 0; i < l.count; i++)
		for (int j = 0; j < l.list[i].ws.tell_count; j++)
			note_tell(s, l.list[i].k, &l.list[i].ws.tells[j]);
	return true;
}

/* What was told comes in the order in which it was; it may tell more. */
static void
deliver(struct world *s)
{
	struct actor system = { .kind = "system" };

	for (int i = 0; i < s->told_count; i++) {
		const struct told t = s->told[i];

		must(s, i < MANY, "cases tell each other without end");
		if (t.to->c.is_open && i < MANY && !act(s, t.to, &system, t.event, t.data))
			must(s, false,
			    arena_printf(s->a, "%s, told to %s, cannot be: %s", t.event,
				t.to->c.number, s->verdict.text));
	}
	s->told_count = 0;
}

void
world_act(struct world *s, struct story_case *k, const struct actor *who, const char *type,
    struct json_object *data)
{
	struct verdict own;

	s->opened_before = k->c.version ? s->case_count : s->case_count - 1;
	if (act(s, k, who, type, data)) {
		s->looked_at = k;
		own = s->verdict;
		deliver(s);
		s->verdict = own;
	}
}

void
world_send(struct world *s, const struct person *p, const char *type, struct json_object *data)
{
	struct actor who = world_actor(s, p);

	s->mail_count = 0;
	world_act(s, s->looked_at, &who, type, data);
}

/* ---- the clock ---- */

static const struct timer_write *
next_timer(const struct world *s, int64_t until, struct story_case **of)
{
	const struct timer_write *next = NULL;

	for (int i = 0; i < s->case_count; i++)
		for (int j = 0; j < s->cases[i]->timer_count; j++) {
			const struct timer_write *t = &s->cases[i]->timers[j];

			if (t->due_at > until || (next && t->due_at >= next->due_at))
				continue;
			next = t;
			*of = s->cases[i];
		}
	return next;
}

void
world_move(struct world *s, int64_t to)
{
	struct actor clock = { .kind = "timer" };
	const struct timer_write *t;
	struct story_case *k;

	s->mail_count = 0;
	s->opened_before = s->case_count;
	while (s->trouble == NULL && (t = next_timer(s, to, &k)) != NULL) {
		const char *event = t->event;

		if (t->due_at > s->now)
			s->now = t->due_at;
		if (!act(s, k, &clock, event, NULL))
			must(s, false,
			    arena_printf(s->a, "the timer %s of %s cannot fire: %s", event,
				k->c.number, s->verdict.text));
		deliver(s);
	}
	s->now = to;
}
