/*
 * Running a plan: open cases one after the other move to another version, each in a transaction of
 * its own, with an event that says so.
 */
#include "migrate_run.h"

/* ---- one case ---- */

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
	struct event_in ev = { .type = MIGRATED, .actor = &migration_actor };
	struct case_work cw = { 0 };
	struct case_rows rows;
	struct write_set ws;

	TRY(migration_read(tx, k, &cw, &rows));
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
		migration_say(m, arena_printf(task_arena(t), "%s  %s\n  CANNOT BE MOVED: %s\n",
				     k.number, k.from, k.verdict.text));
		return OK;
	}
	m->out->moved++;
	migration_say(m, arena_printf(task_arena(t), "%s  %s -> %s\n%s", k.number, k.from, k.to,
			     k.report.text.text));
	return OK;
}

/* ---- all cases ---- */

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

	migration_say(
	    m, arena_printf(task_arena(t), "%s: open cases of version %lld, to version %lld; %s\n",
		   workflow_id(m->plan.to), (long long)m->plan.from_id, (long long)m->plan.to_id,
		   m->plan.restarts ? "terms begin anew" : "terms keep their dates"));
	if (newest && newest->id != m->plan.to_id)
		migration_say(m, arena_printf(task_arena(t),
				     "New cases begin with version %lld, not with this one.\n",
				     (long long)newest->id));
}

int
flow_migrate_preview(struct task *t, const struct flow_migrate *in, struct flow_migrated *out)
{
	struct migration_run m = { .in = in, .out = out };

	TRY(migration_prepare(t, &m));
	say_head(t, &m);
	TRY(walk(t, &m));
	return refuse_cases(t, &m);
}

int
flow_migrate_run(struct task *t, const struct flow_migrate *in, struct flow_migrated *out)
{
	struct migration_run m = { .in = in, .out = out, .is_quiet = true };

	TRY(migration_prepare(t, &m));
	TRY(walk(t, &m)); /* nothing is written before all can be moved */
	TRY(refuse_cases(t, &m));
	m.is_quiet = false;
	m.writes = true;
	TRY(tx_run(t, migration_begin_tx, &m));
	out->migration_id = m.row.id;
	say_head(t, &m);
	TRY(walk(t, &m));
	TRY(refuse_cases(t, &m));
	m.row.finished_at = clock_now();
	return tx_run(t, migration_end_tx, &m.row);
}
