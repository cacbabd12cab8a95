/*
 * A case begins: its row, its first event, the words by which it is found. For people, for other
 * cases, for the calendar. And the cases that an event opens.
 */
#include "flow_db.h"

enum { DEPTH_MAX = 4, OPENED_MAX = 200 };

/* ---- the row ---- */

static struct json_object *
case_reference(const struct case_row *c)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "id", c->id);
	json_set_str(o, "number", c->number);
	json_set_str(o, "workflow", c->workflow);
	json_set_str(o, "outcome", c->outcome);
	return o;
}

/* What rules and notices know of the service and of the cases it hangs on. */
static struct json_object *
first_context(const struct begin *b, struct arena *a)
{
	struct json_object *o = json_keep(a, json_object_new_object());

	if (b->service)
		json_set(o, "service", json_object_get(b->service));
	if (b->about)
		json_set(o, "about", case_reference(b->about));
	if (b->parent)
		json_set(o, "parent", case_reference(b->parent));
	return o;
}

static bool
is_side_of(const struct case_row *c, const struct agency *g)
{
	return g->id == c->requester_id || g->id == c->owner_id;
}

/* What it concerns and whom: of cases that a parent opens for each agency, that agency. */
static char *
first_title(const struct begin *b, struct arena *a)
{
	struct json_object *meta = sc_meta(workflow_chart(b->version->w));
	const char *service = json_str(b->service, "name");
	const struct agency *g = b->requester;

	if (service == NULL && b->parent && !is_side_of(b->parent, b->owner))
		g = b->owner;
	return arena_printf(
	    a, "%s – %s", service ? service : json_str(json_get(meta, "title"), "vi"), g->name_vi);
}

static struct case_row
first_row(const struct begin *b, int64_t counts_from, int64_t now, struct arena *a)
{
	const struct regime *r = law_regime_on(flow_state.law, counts_from);

	return (struct case_row){
		.workflow = workflow_id(b->version->w),
		.workflow_version_id = b->version->id,
		.regime = r ? regime_code(r) : "",
		.calendar = calendar_id(
		    law_calendar_for(flow_state.law, b->owner->code, flow_state.calendar)),
		.requester_id = b->requester->id,
		.owner_id = b->owner->id,
		.service_id = b->service_id,
		.created_by = b->who->person_id,
		.parent_id = b->parent ? b->parent->id : 0,
		.about_id = b->about ? b->about->id : 0,
		.title = first_title(b, a),
		.snapshot = json_keep(a, json_object_new_object()),
		.context = first_context(b, a),
		.paused = json_keep(a, json_object_new_object()),
		.is_open = true,
		.created_at = now,
		.received_at = b->received_at,
	};
}

/* ---- the first event ---- */

static int
index_case(struct tx *tx, const struct begin *b, const struct case_row *c)
{
	const char *code = json_str(b->service, "code"), *name = json_str(b->service, "name");

	return store_case_index(tx, c->id,
	    arena_printf(tx_arena(tx), "%s %s %s %s %s %s", c->number, code ? code : "",
		name ? name : "", b->requester->name_vi, b->owner->name_vi, c->title));
}

int
case_begin(struct tx *tx, struct case_work *cw, const struct begin *b)
{
	int64_t counts_from = b->received_at ? b->received_at : cw->now;
	struct event_in ev = { "START", b->fields, cw->now, b->who };
	struct write_set ws;
	struct verdict v;

	cw->c = first_row(b, counts_from, cw->now, tx_arena(tx));
	TRY(store_case_create(tx, flow_state.cfg.province, workflow_prefix(b->version->w),
	    calendar_year(flow_state.calendar, counts_from), &cw->c));
	TRY(case_work_fill(tx, cw));
	decide_start(cw->w, flow_state.law, &cw->dir, &cw->c, &ev, tx_arena(tx), &ws, &v);
	TRY(verdict_fail(tx_task(tx), &v));
	TRY(case_work_write(tx, cw, &ws));
	return index_case(tx, b, &cw->c);
}

/* ---- cases that an event opens ---- */

/* The mistakes are the workflow's, not those of the form that somebody sent. */
static int
cannot_open(struct tx *tx, const struct open_write *o)
{
	struct task *t = tx_task(tx);
	const struct error_list *errors = task_error_list(t);
	const char *why = arena_strdup(tx_arena(tx), task_error_text(t));

	if (errors && errors->first)
		return fail_as(t, E_CONFLICT, "cannot-open", "%s cannot be opened: %s: %s %s",
		    o->workflow, why, errors->first->pointer, errors->first->message);
	return fail_as(t, E_CONFLICT, "cannot-open", "%s cannot be opened: %s", o->workflow, why);
}

static int
check_bounds(struct tx *tx, struct case_work *cw)
{
	struct case_work *first = cw;
	int depth = 1;

	for (; first->opener; first = first->opener)
		depth++;
	if (depth > DEPTH_MAX)
		return fail_as(tx_task(tx), E_CONFLICT, "too-many-cases",
		    "this event would open a case that opens a case, and so on, more than %d deep",
		    DEPTH_MAX);
	if (++first->opened > OPENED_MAX)
		return fail_as(tx_task(tx), E_CONFLICT, "too-many-cases",
		    "this event would open more than %d cases", OPENED_MAX);
	return OK;
}

static int
open_one(struct tx *tx, struct case_work *cw, const struct open_write *o, bool is_automatic)
{
	struct actor system = { .kind = "system", .is_automatic = is_automatic };
	struct case_work child = { .now = cw->now, .opener = cw, .is_automatic = is_automatic };
	struct begin b = { .version = flow_newest(o->workflow),
		.requester = agency_by_id(o->requester_id),
		.owner = agency_by_id(o->owner_id),
		.service = json_get(cw->c.context, "service"),
		.service_id = o->service_id,
		.parent = &cw->c,
		.who = &system,
		.fields = o->fields };
	int code;

	TRY(check_bounds(tx, cw));
	if (b.version == NULL || b.requester == NULL || b.owner == NULL)
		return fail_as(tx_task(tx), E_CONFLICT, "cannot-open",
		    "%s cannot be opened: there is no such workflow or agency", o->workflow);
	code = case_begin(tx, &child, &b);
	if (code == E_INVALID ||
	    (code == E_CONFLICT && !str_eq(task_error_word(tx_task(tx)), "too-many-cases")))
		return cannot_open(tx, o);
	return code;
}

int
case_open_all(struct tx *tx, struct case_work *cw, const struct write_set *ws)
{
	bool is_automatic = cw->is_automatic || str_eq(ws->event.kind, "timer");

	for (int i = 0; i < ws->open_count; i++)
		TRY(open_one(tx, cw, &ws->opens[i], is_automatic));
	return OK;
}
