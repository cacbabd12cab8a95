/*
 * The first event of a case: numbered, decided upon, written, findable; in one transaction.
 */
#include "flow_db.h"

#include <time.h>

struct start {
	const struct actor *who;
	const struct flow_start *in;
	struct flow_result *out;
	const struct version *version;
	struct service service;
	const struct agency *requester;
	struct case_row after; /* for the notice */
};

/* ---- what was asked for ---- */

static int
wrong_field(struct task *t, const char *pointer, const char *code, const char *text)
{
	struct error_list errors;

	error_list_init(&errors, task_arena(t));
	error_add(&errors, pointer, code, "%s", text);
	return fail_list(t, E_INVALID, &errors, "%s", text);
}

static int
find_service(struct task *t, struct start *s)
{
	const char *code = s->in->service;
	int result = code ? store_service_by_code(t, code, &s->service) : E_NOT_FOUND;

	if (result == E_NOT_FOUND)
		return wrong_field(t, "/service", "unknown", "there is no such service");
	TRY(result);
	if (!str_eq(s->service.workflow, s->in->workflow))
		return wrong_field(
		    t, "/workflow", "unknown", "this service is not asked for by this workflow");
	s->version = flow_newest(s->in->workflow);
	if (s->version == NULL)
		return wrong_field(t, "/workflow", "unknown", "there is no such workflow");
	return OK;
}

/* The agency asked for, or the only one where the actor holds a post. */
static int
find_requester(struct task *t, struct start *s)
{
	int64_t id = s->who->holding_count ? s->who->holdings[0].agency_id : 0;

	if (s->in->agency) {
		s->requester = agency_by_code(s->in->agency);
		return s->requester
			   ? OK
			   : wrong_field(t, "/agency", "unknown", "there is no such agency");
	}
	for (int i = 1; i < s->who->holding_count; i++)
		if (s->who->holdings[i].agency_id != id)
			return wrong_field(t, "/agency", "required",
			    "you hold posts at several agencies: say for which one you ask");
	s->requester = agency_by_id(id);
	if (s->requester == NULL)
		return fail_as(t, E_FORBIDDEN, "not-your-post", "you hold no post now");
	return OK;
}

/* ---- the row ---- */

static int
year_of(int64_t at_us)
{
	time_t day = (time_t)(calendar_day_of(flow_state.calendar, at_us) * 86400);
	struct tm tm;

	gmtime_r(&day, &tm);
	return tm.tm_year + 1900;
}

/* What rules and notices know of the service. */
static struct json_object *
service_context(const struct service *s, struct arena *a)
{
	struct json_object *o = json_keep(a, json_object_new_object());
	struct json_object *service = json_object_new_object();

	json_set_str(service, "code", s->code);
	json_set_str(service, "name", s->name);
	json_set(service, "items", json_object_get(s->items));
	json_set(o, "service", service);
	return o;
}

static struct case_row
first_row(const struct start *s, int64_t counts_from, int64_t now, struct arena *a)
{
	const struct regime *r = law_regime_on(flow_state.law, counts_from);

	return (struct case_row){
		.workflow = workflow_id(s->version->w),
		.workflow_version_id = s->version->id,
		.regime = r ? regime_code(r) : "",
		.calendar = flow_state.cfg.calendar,
		.requester_id = s->requester->id,
		.owner_id = s->service.owner_id,
		.service_id = s->service.id,
		.created_by = s->who->person_id,
		.title = arena_printf(a, "%s – %s", s->service.name, s->requester->name_vi),
		.snapshot = json_keep(a, json_object_new_object()),
		.context = service_context(&s->service, a),
		.paused = json_keep(a, json_object_new_object()),
		.is_open = true,
		.created_at = now,
		.received_at = s->in->received_at,
	};
}

/* ---- the transaction ---- */

static int
index_case(struct tx *tx, const struct start *s, const struct case_row *c)
{
	const struct agency *owner = agency_by_id(c->owner_id);

	return store_case_index(tx, c->id,
	    arena_printf(tx_arena(tx), "%s %s %s %s %s %s", c->number, s->service.code,
		s->service.name, s->requester->name_vi, owner ? owner->name_vi : "", c->title));
}

static int
first_event(struct tx *tx, struct start *s, struct case_work *cw)
{
	struct event_in ev = { "START", s->in->fields, cw->now, s->who };
	struct write_set ws;
	struct verdict v;

	decide_start(cw->w, flow_state.law, &cw->dir, &cw->c, &ev, tx_arena(tx), &ws, &v);
	TRY(verdict_fail(tx_task(tx), &v));
	TRY(case_work_write(tx, cw, &ws));
	return index_case(tx, s, &cw->c);
}

/* A draft that is gone was sent from another window: then this would be the same request twice. */
static int
delete_draft(struct tx *tx, const struct start *s)
{
	int code;

	if (s->in->draft_id == 0)
		return OK;
	code = store_draft_delete_tx(tx, s->who->person_id, s->in->draft_id);
	if (code == E_NOT_FOUND)
		return fail_as(tx_task(tx), E_CONFLICT, "draft-gone",
		    "this draft was sent or deleted already");
	return code;
}

static int
make_case(struct tx *tx, struct start *s, struct case_work *cw)
{
	const struct flow_start *in = s->in;
	int64_t counts_from;

	cw->now = clock_now();
	counts_from = in->received_at ? in->received_at : cw->now;
	cw->c = first_row(s, counts_from, cw->now, tx_arena(tx));
	TRY(store_case_create(tx, flow_state.cfg.province, workflow_prefix(s->version->w),
	    year_of(counts_from), &cw->c));
	TRY(case_work_fill(tx, cw));
	TRY(first_event(tx, s, cw));
	if (in->event)
		TRY(case_work_send(tx, cw, s->who, &(struct flow_event){ .type = in->event }));
	return delete_draft(tx, s);
}

/* May run again: what it leaves in *s it sets anew. */
static int
start_tx(struct tx *tx, void *arg)
{
	struct start *s = arg;
	const struct flow_start *in = s->in;
	struct idempotency found;
	struct case_work cw;
	bool is_new;

	*s->out = (struct flow_result){ 0 };
	TRY(key_claim(tx, s->who, in->idempotency_key, in->request_hash, &is_new, &found));
	if (is_new)
		TRY(make_case(tx, s, &cw));
	else
		TRY(case_work_read(tx, found.case_id, &cw));
	if (is_new)
		TRY(key_finish(tx, s->who, in->idempotency_key, in->request_hash, &cw.c));
	s->out->is_replay = !is_new;
	s->out->case_id = cw.c.id;
	s->out->version = cw.c.version;
	s->after = cw.c;
	return case_view(tx, &cw, s->who, &s->out->view);
}

int
flow_start(
    struct task *t, const struct actor *who, const struct flow_start *in, struct flow_result *out)
{
	struct start s = { .who = who, .in = in, .out = out };

	TRY(agencies_refresh(t));
	TRY(find_service(t, &s));
	TRY(find_requester(t, &s));
	TRY(tx_run(t, start_tx, &s));
	if (!out->is_replay)
		notice_change(&s.after);
	return OK;
}
