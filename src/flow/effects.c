/*
 * The work on one event: what guards see, what actions change. Nothing is written; it is
 * remembered.
 */
#include "flow_priv.h"

void
run_fail(struct run *r, const char *word, const char *fmt, ...)
{
	va_list ap;

	if (r->problem)
		return;
	va_start(ap, fmt);
	r->problem = arena_vprintf(r->a, fmt, ap);
	va_end(ap);
	r->problem_word = word;
}

void
name_list_add(struct name_list *l, struct arena *a, const char *name)
{
	if (name)
		ARENA_PUSH(a, l->names, l->count, l->size) = name;
	ARENA_PUSH(a, l->names, l->count, l->size) = NULL;
	l->count--;
}

/* ---- what rules read ---- */

static struct json_object *
agency_json(const struct agency *g)
{
	struct json_object *o = json_object_new_object();

	if (g) {
		json_set_int(o, "id", g->id);
		json_set_str(o, "code", g->code);
		json_set_str(o, "kind", g->kind);
		json_set_str(o, "role", g->role);
	}
	return o;
}

/* The context at the top, and the facts of the row beside it. */
static struct json_object *
case_json(struct run *r)
{
	struct json_object *o = json_object_new_object();

	json_object_object_foreach(r->c.context, key, value)
	{
		json_set(o, key, json_object_get(value));
	}
	json_set_str(o, "number", r->c.number);
	json_set_str(o, "regime", r->c.regime);
	json_set_int(o, "created_by", r->c.created_by);
	json_set_instant(o, "received_at", r->c.received_at);
	json_set_instant(o, "due_at", r->c.due_at);
	json_set(o, "requester", agency_json(r->dir->requester));
	json_set(o, "owner", agency_json(r->dir->owner));
	return o;
}

static struct json_object *
actor_json(const struct actor *who)
{
	struct json_object *o = json_object_new_object(), *posts = json_object_new_array();

	for (int i = 0; i < who->holding_count; i++) {
		struct json_object *post = json_object_new_object();

		json_set_str(post, "post", who->holdings[i].post);
		json_set_str(post, "agency", who->holdings[i].agency_code);
		json_push(posts, post);
	}
	json_set_str(o, "kind", who->kind);
	json_set_str(o, "name", who->name);
	json_set_int(o, "person_id", who->person_id);
	json_set(o, "posts", posts);
	return o;
}

static struct json_object *
event_json(const struct event_in *ev)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "type", ev->type);
	json_set(o, "data", json_object_get(ev->data));
	return o;
}

static void
find_law(struct run *r)
{
	r->regime = r->c.regime ? law_regime(r->law, r->c.regime) : NULL;
	r->calendar = law_calendar(r->law, r->c.calendar);
	if (r->calendar == NULL) /* that of an agency which has none of its own any more */
		r->calendar = law_side_calendar(r->law, r->dir->owner, NULL);
	if (r->calendar == NULL)
		run_fail(r, "bad-definition", "there is no calendar \"%s\"",
		    r->c.calendar ? r->c.calendar : "");
}

const struct calendar *
run_calendar_for(const struct run *r, const char *term)
{
	const char *side = term_side(r->regime, term);

	if (str_eq(side, "owner"))
		return r->calendar;
	return law_side_calendar(r->law, side_agency(r->dir, side), r->calendar);
}

const struct calendar *
run_calendar_of(const struct run *r, const char *term)
{
	struct json_object *terms = json_get(r->c.context, "terms");

	return law_term_calendar(r->law, r->regime, terms, term, r->calendar);
}

void
run_init(struct run *r, const struct case_row *c)
{
	r->c = *c;
	r->c.context = json_copy(r->a, c->context);
	r->c.paused = c->paused ? json_copy(r->a, c->paused)
				: json_keep(r->a, json_object_new_object());
	r->term_start = r->started_at = r->ev->at;
	if (r->law)
		find_law(r);
	r->logic_data = json_keep(r->a, json_object_new_object());
	json_set(r->logic_data, "case", case_json(r));
	json_set(r->logic_data, "event", event_json(r->ev));
	json_set(r->logic_data, "actor", actor_json(r->ev->actor));
	json_set_instant(r->logic_data, "now", r->ev->at);
	if (r->calendar)
		json_set_str(r->logic_data, "today", calendar_date(r->calendar, r->a, r->ev->at));
}

void
run_set_regime(struct run *r, int64_t at_us)
{
	r->regime = law_regime_on(r->law, at_us);
	if (r->regime == NULL) {
		run_fail(r, "no-due-date", "no set of legal terms is in force on that day");
		return;
	}
	r->c.regime = regime_code(r->regime);
	json_set_str(json_get(r->logic_data, "case"), "regime", r->c.regime);
}

struct sc_snapshot *
run_snapshot(struct run *r)
{
	const char *why = NULL;
	struct sc_snapshot *s = sc_snapshot_restore(r->w->chart, r->a, r->c.snapshot, &why);

	if (s == NULL)
		run_fail(r, "bad-definition", "the case's state does not fit its workflow: %s",
		    why ? why : "");
	return s;
}

/* ---- guards ---- */

/* When somebody asks what he may do, what depends on the data of an event nobody has sent yet
 * counts as true; of an `and` the other parts are decided. */
static bool
may_hold(struct run *r, struct json_object *rule)
{
	struct json_object *parts = json_get(rule, "and");

	if (!logic_reads(rule, "event.data"))
		return logic_truthy(run_apply(r, rule, "a guard"));
	for (size_t i = 0;
	     json_object_is_type(parts, json_type_array) && i < json_object_array_length(parts);
	     i++)
		if (!may_hold(r, json_object_array_get_idx(parts, i)))
			return false;
	return true;
}

static bool
guard(void *arg, const char *type, struct json_object *params, const struct sc_event *ev)
{
	struct run *r = arg;
	struct json_object *rule = json_get(params, "rule");

	(void)ev;
	if (str_eq(type, "can-extend"))
		return run_can_extend(r, params);
	if (str_eq(type, "agreed"))
		return approval_holds(r->w, r->dir, r->c.context, json_str(params, "state"), r->a);
	if (r->is_asking)
		return may_hold(r, rule);
	return logic_truthy(run_apply(r, rule, "a guard"));
}

/* ---- actions ---- */

/* What `set` gives becomes part of the case, and later guards of the same step see it. */
static void
set_values(struct run *r, struct json_object *values)
{
	json_object_object_foreach(values, name, rule)
	{
		struct json_object *value = run_apply(r, rule, name);

		json_set(r->c.context, name, json_object_get(value));
		json_set(json_get(r->logic_data, "case"), name, json_object_get(value));
	}
}

/* The moment from which the law counts: the regime of that day holds for the whole case. */
static void
receive(struct run *r)
{
	if (r->c.received_at == 0)
		r->c.received_at = r->ev->at;
	r->has_new_viewers = true;
	r->term_start = r->started_at = r->c.received_at;
	run_set_regime(r, r->c.received_at);
	json_set_instant(json_get(r->logic_data, "case"), "received_at", r->c.received_at);
}

static void
action(void *arg, const char *type, struct json_object *params, const struct sc_event *ev)
{
	struct run *r = arg;

	(void)ev;
	if (str_eq(type, "notify"))
		ARENA_PUSH(r->a, r->notices, r->notice_count, r->notice_size) = params;
	else if (str_eq(type, "set"))
		set_values(r, json_get(params, "values"));
	else if (str_eq(type, "receive"))
		receive(r);
	else if (str_eq(type, "agree"))
		run_agree(r, params);
	else if (str_eq(type, "extend"))
		run_extend(r, params);
	else
		run_tie(r, type, params);
}

struct sc_host
run_host(struct run *r)
{
	return (struct sc_host){ .guard = guard, .action = action, .arg = r };
}
