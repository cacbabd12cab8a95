/*
 * Running a plan: open cases one after the other move to another version, each in a transaction of
 * its own, with an event that says so; and back.
 */
#include "flow_db.h"
#include "migrate_priv.h"

#include <string.h>

static const struct actor machine_itself = { .kind = "system" };

struct migration_run {
	const struct flow_migrate *in;
	struct flow_migrated *out;
	struct migrate_plan plan;
	struct migration row;
	int64_t person_id;
	const char *by; /* who, for the event */
	bool writes, is_quiet;
	struct json_object *unmapped; /* state -> how many cases are in it */
};

static void
say(const struct migration_run *m, const char *text)
{
	if (!m->is_quiet)
		m->in->say(m->in->arg, text);
}

/* ---- the plan ---- */

static int
find_version(struct tx *tx, const struct migration_run *m, const char *key, int64_t *id)
{
	struct json_object *ref = json_get(m->in->plan, key);
	const char *hash = json_str(m->in->plan, key),
		   *workflow = json_str(m->in->plan, "workflow");
	struct workflow_version v = { 0 };
	int code = E_NOT_FOUND;

	if (json_object_is_type(ref, json_type_int))
		code = store_workflow_version_by_id(tx, json_object_get_int64(ref), &v);
	else if (hash && strlen(hash) >= 6)
		code = store_workflow_version_by_hash(tx, workflow, hash, &v);
	if (code == E_NOT_FOUND || (code == OK && !str_eq(v.workflow, workflow)))
		return fail(tx_task(tx), E_INVALID,
		    "%s:/%s: no version of %s; give its id, or six or more characters of its hash "
		    "(workflow versions %s lists them)",
		    m->in->file, key, workflow, workflow);
	*id = v.id;
	return code;
}

static int
find_versions_tx(struct tx *tx, void *arg)
{
	struct migration_run *m = arg;
	struct migrate_plan *p = &m->plan;

	TRY(find_version(tx, m, "from", &p->from_id));
	TRY(find_version(tx, m, "to", &p->to_id));
	TRY(version_read(tx, p->from_id, &p->from));
	return version_read(tx, p->to_id, &p->to);
}

static void
check_form(const struct flow_migrate *in, struct error_list *errors)
{
	static const char *const texts[] = { "workflow", "why" };
	const char *terms = json_str(in->plan, "terms");
	struct json_object *states = json_get(in->plan, "states");

	for (size_t i = 0; i < LEN(texts); i++)
		if (json_str(in->plan, texts[i]) == NULL)
			error_add(errors, arena_printf(errors->arena, "/%s", texts[i]), "required",
			    "a text is missing");
	if (terms && !str_eq(terms, "keep") && !str_eq(terms, "restart"))
		error_add(errors, "/terms", "enum", "terms is \"keep\" or \"restart\"");
	if (states && !json_object_is_type(states, json_type_object))
		error_add(errors, "/states", "type", "states is {\"old state\": \"new state\"}");
	if (!json_object_is_type(in->plan, json_type_object))
		return;
	json_object_object_foreach(in->plan, key, value)
	{
		static const char known[] = " workflow from to why states terms ";

		(void)value;
		if (!strstr(known, arena_printf(errors->arena, " %s ", key)))
			error_add(errors, arena_printf(errors->arena, "/%s", key), "unknown",
			    "a plan has no such key");
	}
}

static int
refuse_plan(struct task *t, const struct flow_migrate *in, const struct error_list *mistakes)
{
	struct error_list errors;

	error_list_init(&errors, task_arena(t));
	for (const struct error_item *e = mistakes->first; e; e = e->next)
		error_add(&errors, arena_printf(task_arena(t), "%s:%s", in->file, e->pointer),
		    e->code, "%s", e->message);
	return errors.count
		   ? fail_list(t, E_INVALID, &errors, "%s is no plan that can be run", in->file)
		   : OK;
}

static int
read_plan(struct task *t, struct migration_run *m)
{
	struct json_object *plan = m->in->plan;
	struct error_list mistakes;

	error_list_init(&mistakes, task_arena(t));
	check_form(m->in, &mistakes);
	TRY(refuse_plan(t, m->in, &mistakes));
	TRY(tx_run(t, find_versions_tx, m));
	m->plan.json = plan;
	m->plan.states = json_get(plan, "states");
	m->plan.restarts = str_eq(json_str(plan, "terms"), "restart");
	migrate_plan_check(&m->plan, &mistakes);
	return refuse_plan(t, m->in, &mistakes);
}

static int
find_person(struct task *t, struct migration_run *m)
{
	struct person p = { 0 };
	int code;

	m->by = arena_printf(task_arena(t), "(%s)", m->in->os_user);
	if (m->in->login == NULL)
		return OK;
	code = store_person_by_login(t, m->in->login, &p);
	if (code == E_NOT_FOUND || (code == OK && !p.is_active))
		return fail(
		    t, E_NOT_FOUND, "there is no account \"%s\" that is active", m->in->login);
	m->person_id = p.id;
	m->by = p.name;
	return code;
}

/* The run of this plan that is not over, or a new one; *is_new. */
static int
begin_tx(struct tx *tx, void *arg)
{
	struct migration_run *m = arg;
	char *text = json_canonical(tx_arena(tx), m->in->plan);
	char *hash = arena_alloc(tx_arena(tx), 65);

	sha256_hex(text, strlen(text), hash);
	TRY(store_migration_lock(tx, hash, &m->row));
	if (m->row.id && (!m->writes || (!m->row.finished_at && !m->row.undone_at)))
		return OK;
	m->row = (struct migration){ .workflow = workflow_id(m->plan.from),
		.from_version = m->plan.from_id,
		.to_version = m->plan.to_id,
		.plan = m->in->plan,
		.plan_hash = hash,
		.started_by = m->person_id,
		.starter = m->by,
		.started_at = clock_now() };
	return m->writes ? store_migration_add(tx, &m->row) : OK;
}

static int
end_tx(struct tx *tx, void *arg)
{
	return store_migration_end(tx, arg);
}

/* ---- one case ---- */

struct moving {
	struct migration_run *m;
	int64_t case_id;
	bool is_skipped; /* closed or moved meanwhile */
	const char *number, *from, *to;
	struct migrate_report report;
	struct verdict verdict;
};

static int
read_rows(struct tx *tx, struct moving *k, struct case_work *cw, struct case_rows *rows)
{
	struct task_row *tasks;
	struct timer_write *timers;

	cw->now = clock_now();
	TRY(k->m->writes ? store_case_lock(tx, k->case_id, &cw->c)
			 : store_case_read(tx, k->case_id, &cw->c));
	TRY(case_work_fill(tx, cw));
	*rows = (struct case_rows){ .c = cw->c };
	TRY(store_tasks_open(tx, k->case_id, &tasks, &rows->task_count));
	TRY(store_timers_of_case(tx, k->case_id, &timers, &rows->timer_count));
	rows->tasks = tasks;
	rows->timers = timers;
	return OK;
}

static int
keep_move(struct tx *tx, const struct moving *k, const struct case_rows *before,
    const struct write_set *ws)
{
	struct migration_case mc = { .migration_id = k->m->row.id,
		.case_id = ws->c.id,
		.case_version = ws->c.version,
		.before = case_rows_json(before, tx_arena(tx)) };

	TRY(store_write(tx, ws));
	TRY(store_case_pin(tx, ws->c.id, ws->c.workflow_version_id, ws->viewers, ws->viewer_count));
	return store_migration_case_add(tx, &mc);
}

static int
move_tx(struct tx *tx, void *arg)
{
	struct moving *k = arg;
	const struct migrate_plan *p = &k->m->plan;
	struct event_in ev = { .type = MIGRATED, .actor = &machine_itself };
	struct case_work cw = { 0 };
	struct case_rows rows;
	struct write_set ws;

	TRY(read_rows(tx, k, &cw, &rows));
	k->is_skipped = cw.c.workflow_version_id != p->from_id || !cw.c.is_open;
	if (k->is_skipped)
		return OK;
	ev.at = cw.now;
	ev.data = migrate_data(p, k->m->by, tx_arena(tx));
	migrate_case(
	    p, flow_state.law, &cw.dir, &rows, &ev, tx_arena(tx), &ws, &k->verdict, &k->report);
	k->number = cw.c.number;
	k->from = active_leaves(tx_arena(tx), cw.c.snapshot);
	k->to = ws.event.to_states;
	return k->verdict.code == OK && k->m->writes ? keep_move(tx, k, &rows, &ws) : OK;
}

static void
count_unmapped(struct migration_run *m, const struct name_list *states)
{
	for (int i = 0; i < states->count; i++)
		json_set_int(
		    m->unmapped, states->names[i], json_int(m->unmapped, states->names[i], 0) + 1);
}

static int
move_case(struct task *t, int64_t case_id, void *arg)
{
	struct migration_run *m = arg;
	struct moving k = { .m = m, .case_id = case_id };

	TRY(tx_run(t, move_tx, &k));
	if (k.is_skipped)
		return OK;
	if (k.verdict.code != OK) {
		m->out->refused++;
		count_unmapped(m, &k.report.unmapped);
		say(m, arena_printf(task_arena(t), "%s  %s\n  CANNOT BE MOVED: %s\n", k.number,
			   k.from, k.verdict.text));
		return OK;
	}
	m->out->moved++;
	say(m, arena_printf(
		   task_arena(t), "%s  %s -> %s\n%s", k.number, k.from, k.to, k.report.text.text));
	return OK;
}

/* ---- all cases ---- */

static int
prepare(struct task *t, struct migration_run *m)
{
	*m->out = (struct flow_migrated){ 0 };
	m->unmapped = json_keep(task_arena(t), json_object_new_object());
	TRY(agencies_refresh(t));
	TRY(find_person(t, m));
	return read_plan(t, m);
}

static int
walk(struct task *t, struct migration_run *m)
{
	struct case_filter open = { .version_id = m->plan.from_id, .only_open = true };

	m->out->moved = m->out->refused = 0;
	return each_case(t, &open, move_case, m);
}

static int
refuse_cases(struct task *t, struct migration_run *m)
{
	struct str text;

	if (m->out->refused == 0)
		return OK;
	str_init(&text, task_arena(t));
	json_object_object_foreach(m->unmapped, state, count)
	{
		str_addf(&text, "%s%s (%d)",
		    text.len ? ", " : "; states that the plan does not map: ", state,
		    json_object_get_int(count));
	}
	return fail(t, E_CONFLICT, "%d of %d open cases cannot be moved%s", m->out->refused,
	    m->out->refused + m->out->moved, text.text);
}

static void
say_head(struct task *t, struct migration_run *m)
{
	const struct version *newest = flow_newest(workflow_id(m->plan.to));

	say(m, arena_printf(task_arena(t), "%s: open cases of version %lld, to version %lld; %s\n",
		   workflow_id(m->plan.to), (long long)m->plan.from_id, (long long)m->plan.to_id,
		   m->plan.restarts ? "terms begin anew" : "terms keep their dates"));
	if (newest && newest->id != m->plan.to_id)
		say(m, arena_printf(task_arena(t),
			   "New cases begin with version %lld, not with this one.\n",
			   (long long)newest->id));
}

int
flow_migrate_preview(struct task *t, const struct flow_migrate *in, struct flow_migrated *out)
{
	struct migration_run m = { .in = in, .out = out };

	TRY(prepare(t, &m));
	say_head(t, &m);
	TRY(walk(t, &m));
	return refuse_cases(t, &m);
}

int
flow_migrate_run(struct task *t, const struct flow_migrate *in, struct flow_migrated *out)
{
	struct migration_run m = { .in = in, .out = out, .is_quiet = true };

	TRY(prepare(t, &m));
	TRY(walk(t, &m)); /* nothing is written before all can be moved */
	TRY(refuse_cases(t, &m));
	m.is_quiet = false;
	m.writes = true;
	TRY(tx_run(t, begin_tx, &m));
	out->migration_id = m.row.id;
	say_head(t, &m);
	TRY(walk(t, &m));
	TRY(refuse_cases(t, &m));
	m.row.finished_at = clock_now();
	return tx_run(t, end_tx, &m.row);
}

/* ---- back ---- */

static struct json_object *
undo_data(const struct migration_run *m, struct arena *a)
{
	struct json_object *o = json_keep(a, json_object_new_object());

	json_set_int(o, "from", m->plan.to_id);
	json_set_int(o, "to", m->plan.from_id);
	json_set_int(o, "migration", m->row.id);
	json_set_str(o, "by", m->by);
	return o;
}

static int
put_back(struct tx *tx, struct moving *k, struct case_work *cw, struct case_rows *now,
    struct migration_case *mc)
{
	struct event_in ev = { .type = MIGRATION_UNDONE,
		.data = undo_data(k->m, tx_arena(tx)),
		.at = cw->now,
		.actor = &machine_itself };
	struct case_rows before;
	struct write_set ws;

	case_rows_read(mc->before, &cw->c, tx_arena(tx), &before);
	migrate_back(&before, now, &ev, tx_arena(tx), &ws);
	ws.viewers = case_viewers(k->m->plan.from, &cw->dir, &ws.c, tx_arena(tx), &ws.viewer_count);
	k->to = ws.event.to_states;
	mc->undone_at = cw->now;
	TRY(store_write(tx, &ws));
	TRY(store_case_pin(tx, ws.c.id, ws.c.workflow_version_id, ws.viewers, ws.viewer_count));
	return store_migration_case_undone(tx, mc);
}

static int
put_back_tx(struct tx *tx, void *arg)
{
	struct moving *k = arg;
	struct migration_case mc;
	struct case_work cw = { 0 };
	struct case_rows now;

	TRY(read_rows(tx, k, &cw, &now));
	TRY(store_migration_case_lock(tx, k->m->row.id, k->case_id, &mc));
	k->number = cw.c.number;
	k->from = active_leaves(tx_arena(tx), cw.c.snapshot);
	k->is_skipped = cw.c.version != mc.case_version;
	return k->is_skipped ? OK : put_back(tx, k, &cw, &now, &mc);
}

static int
put_back_case(struct task *t, int64_t case_id, void *arg)
{
	struct migration_run *m = arg;
	struct moving k = { .m = m, .case_id = case_id };

	TRY(tx_run(t, put_back_tx, &k));
	m->out->refused += k.is_skipped;
	m->out->moved += !k.is_skipped;
	say(m, k.is_skipped ? arena_printf(task_arena(t),
				  "%s  stays: more has happened in it since\n", k.number)
			    : arena_printf(task_arena(t), "%s  %s -> %s, put back\n", k.number,
				  k.from, k.to));
	return OK;
}

int
flow_migrate_undo(struct task *t, const struct flow_migrate *in, struct flow_migrated *out)
{
	struct migration_run m = { .in = in, .out = out };
	struct case_filter moved = { 0 };

	TRY(prepare(t, &m));
	TRY(tx_run(t, begin_tx, &m)); /* finds it: nothing is written */
	if (m.row.id == 0)
		return fail(t, E_NOT_FOUND, "this plan was never run");
	if (m.row.undone_at)
		return fail(t, E_CONFLICT, "the last run of this plan was undone already");
	m.writes = true;
	out->migration_id = moved.migration_id = m.row.id;
	TRY(each_case(t, &moved, put_back_case, &m));
	m.row.undone_at = clock_now();
	return tx_run(t, end_tx, &m.row);
}
