/*
 * A person opens a case: what he named is found, the sides follow from it; one transaction.
 */
#include "flow_db.h"

struct start {
	const struct actor *who;
	const struct flow_start *in;
	struct flow_result *out;
	const struct version *version;
	struct start_rules rules;
	const struct agency *own, *party;
	struct service service; /* id 0: none */
	struct flow_notice notice;
};

/* ---- what was asked for ---- */

/* A request goes the way that the catalogue names for its service. */
static int
check_service_workflow(struct task *t, const struct start *s)
{
	const char *kind = json_str(sc_meta(workflow_chart(s->version->w)), "kind");
	bool is_request = str_eq(kind, "request") && str_eq(s->rules.requester, "own") &&
			  str_eq(s->rules.owner, "service");

	if (is_request && !str_eq(s->service.workflow, s->in->workflow))
		return wrong_field(
		    t, "/workflow", "unknown", "this service is not asked for by this workflow");
	return OK;
}

/* Without one the case that it is about may bring it. */
static int
find_service(struct task *t, struct start *s)
{
	int result;

	if (s->in->service == NULL)
		return s->rules.needs_service && s->in->about == 0
			   ? wrong_field(t, "/service", "required", "say for which service")
			   : OK;
	if (!s->rules.has_service)
		return wrong_field(t, "/service", "unknown", "such a case is not about a service");
	result = store_service_by_code(t, s->in->service, &s->service);
	if (result == E_NOT_FOUND)
		return wrong_field(t, "/service", "unknown", "there is no such service");
	TRY(result);
	return check_service_workflow(t, s);
}

static int
find_party(struct task *t, struct start *s)
{
	if (s->in->party == NULL)
		return s->rules.needs_party
			   ? wrong_field(t, "/party", "required", "say which agency")
			   : OK;
	if (!s->rules.needs_party)
		return wrong_field(
		    t, "/party", "unknown", "no agency is named to open such a case");
	s->party = agency_by_code(s->in->party);
	return s->party ? OK : wrong_field(t, "/party", "unknown", "there is no such agency");
}

static int
check_about(struct task *t, const struct start *s)
{
	if (s->in->about && s->rules.about == NULL)
		return wrong_field(t, "/about", "unknown", "such a case is not about another one");
	if (s->in->about == 0 && json_truth(s->rules.about, "required", false))
		return wrong_field(t, "/about", "required", "say which case it is about");
	return OK;
}

static int
find_named(struct task *t, struct start *s)
{
	s->version = s->in->workflow ? flow_newest(s->in->workflow) : NULL;
	if (s->version == NULL)
		return wrong_field(t, "/workflow", "unknown", "there is no such workflow");
	s->rules = start_rules_of(s->version->w);
	TRY(check_about(t, s));
	TRY(find_service(t, s));
	TRY(find_party(t, s));
	return s->rules.needs_own ? start_own_agency(t, s->who, s->in, &s->own) : OK;
}

/* ---- the case that it is about ---- */

static bool
is_of(struct json_object *workflows, const char *id)
{
	for (size_t i = 0; workflows && i < json_object_array_length(workflows); i++)
		if (str_eq(json_object_get_string(json_object_array_get_idx(workflows, i)), id))
			return true;
	return false;
}

static int
read_about(struct tx *tx, const struct start *s, struct case_work *about)
{
	TRY(case_work_about(tx, s->who, s->in->about, about));
	if (!is_of(json_get(s->rules.about, "workflows"), about->c.workflow))
		return wrong_field(
		    tx_task(tx), "/about", "workflow", "it cannot be about a case of this kind");
	return OK;
}

/* Its service goes over. */
static int
take_service(
    struct tx *tx, const struct start *s, const struct case_row *about, struct service *service)
{
	struct task *t = tx_task(tx);
	int64_t id = about->service_id;

	if (id && s->service.id && s->service.id != id)
		return wrong_field(
		    t, "/service", "about", "the service is that of the case it is about");
	if (id && s->service.id == 0)
		TRY(store_service_by_id(tx, id, service));
	if (service->id == 0 && s->rules.needs_service)
		return wrong_field(t, "/service", "required", "say for which service");
	return OK;
}

/* ---- the transaction ---- */

static struct json_object *
service_json(const struct service *s, struct arena *a)
{
	struct json_object *o = json_keep(a, json_object_new_object());

	json_set_str(o, "code", s->code);
	json_set_str(o, "name", s->name);
	json_set(o, "items", json_object_get(s->items));
	return o;
}

static int
begin_case(struct tx *tx, const struct start *s, struct case_work *cw)
{
	struct service service = s->service;
	struct case_work about = { 0 };
	struct start_facts f = { s->own, s->party, &service, NULL };
	struct begin b = { .version = s->version,
		.who = s->who,
		.fields = s->in->fields,
		.received_at = s->in->received_at };

	if (s->in->about) {
		TRY(read_about(tx, s, &about));
		TRY(take_service(tx, s, &about.c, &service));
		f.about = b.about = &about.c;
	}
	if (service.id == 0)
		f.service = NULL;
	TRY(start_side(tx_task(tx), s->rules.requester, &f, &b.requester));
	TRY(start_side(tx_task(tx), s->rules.owner, &f, &b.owner));
	b.service_id = service.id;
	b.service = service.id ? service_json(&service, tx_arena(tx)) : NULL;
	return case_begin(tx, cw, &b);
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

	cw->now = clock_now();
	TRY(begin_case(tx, s, cw));
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
	struct case_work cw = { 0 };
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
	s->notice = notice_of(&cw, tx_arena(tx));
	return case_view(tx, &cw, s->who, &s->out->view);
}

int
flow_start(
    struct task *t, const struct actor *who, const struct flow_start *in, struct flow_result *out)
{
	struct start s = { .who = who, .in = in, .out = out };

	TRY(agencies_refresh(t));
	TRY(find_named(t, &s));
	TRY(tx_run(t, start_tx, &s));
	if (!out->is_replay)
		flow_notify(&s.notice);
	return OK;
}
