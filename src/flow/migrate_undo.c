/*
 * What a plan moved goes back, case by case, until something else has happened in it.
 */
#include "migrate_run.h"

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
		.actor = &migration_actor };
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

	TRY(migration_read(tx, k, &cw, &now));
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
	migration_say(m, k.is_skipped ? arena_printf(task_arena(t),
					    "%s  stays: more has happened in it since\n", k.number)
				      : arena_printf(task_arena(t), "%s  %s -> %s, put back\n",
					    k.number, k.from, k.to));
	return OK;
}

static int
undo_run(struct task *t, struct migration_run *m)
{
	struct case_filter moved = { .migration_id = m->row.id };

	m->out->migration_id = m->row.id;
	m->writes = true;
	TRY(each_case(t, &moved, put_back_case, m));
	m->writes = false;
	m->row.undone_at = clock_now();
	return tx_run(t, migration_end_tx, &m->row);
}

int
flow_migrate_undo(struct task *t, const struct flow_migrate *in, struct flow_migrated *out)
{
	struct migration_run m = { .in = in, .out = out };

	TRY(migration_prepare(t, &m));
	TRY(tx_run(t, migration_begin_tx, &m)); /* finds it: nothing is written */
	if (m.row.id == 0)
		return fail(t, E_NOT_FOUND, "this plan was never run");
	if (m.row.undone_at)
		return fail(t, E_CONFLICT, "all runs of this plan were undone already");
	while (m.row.undone_at == 0) {
		TRY(undo_run(t, &m));
		TRY(tx_run(t, migration_begin_tx, &m));
	}
	return OK;
}
