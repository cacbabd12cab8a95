/*
 * What a run of a plan begins with: who, the plan and its versions, the row of the run; and a case
 * as it is read for it.
 */
#include "migrate_run.h"

#include <string.h>

const struct actor migration_actor = { .kind = "system" };

void
migration_say(const struct migration_run *m, const char *text)
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
	mistakes_at(mistakes, in->file, &errors);
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
	struct person p;

	TRY(publisher_find(t, m->in->login, &p));
	m->person_id = p.id;
	m->by = p.id ? p.name : arena_printf(task_arena(t), "(%s)", m->in->os_user);
	return OK;
}

/* ---- the run ---- */

int
migration_prepare(struct task *t, struct migration_run *m)
{
	*m->out = (struct flow_migrated){ 0 };
	m->unmapped = json_keep(task_arena(t), json_object_new_object());
	TRY(agencies_refresh(t));
	TRY(find_person(t, m));
	return read_plan(t, m);
}

/* The run of this plan that is not over, or a new one; *is_new. */
int
migration_begin_tx(struct tx *tx, void *arg)
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

int
migration_end_tx(struct tx *tx, void *arg)
{
	return store_migration_end(tx, arg);
}

/* ---- a case ---- */

int
case_rows_fetch(
    struct tx *tx, int64_t case_id, bool locks, struct case_work *cw, struct case_rows *rows)
{
	struct task_row *tasks;
	struct timer_write *timers;

	cw->now = clock_now();
	TRY(locks ? store_case_lock(tx, case_id, &cw->c) : store_case_read(tx, case_id, &cw->c));
	TRY(case_work_fill(tx, cw));
	*rows = (struct case_rows){ .c = cw->c };
	TRY(store_tasks_open(tx, case_id, &tasks, &rows->task_count));
	TRY(store_timers_of_case(tx, case_id, &timers, &rows->timer_count));
	rows->tasks = tasks;
	rows->timers = timers;
	return OK;
}

int
migration_read(struct tx *tx, struct moving *k, struct case_work *cw, struct case_rows *rows)
{
	return case_rows_fetch(tx, k->case_id, k->m->writes, cw, rows);
}
