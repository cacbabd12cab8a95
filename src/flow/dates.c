/*
 * A change of a calendar or of the law: which dates of open cases move, and moving them. A case,
 * its event and how far the run is are one transaction, so that a run which was cut off goes on.
 */
#include "dates_run.h"

#include "migrate_run.h"

#include <string.h>

/* ---- one case ---- */

struct dated_case {
	struct dating *d;
	int64_t case_id;
	bool is_skipped; /* closed meanwhile, or another process was here */
	struct case_row c;
	struct recount r;
	struct verdict v;
	struct flow_notice notice;
};

static struct json_object *
event_data(const struct dating *d, struct arena *a)
{
	struct json_object *o = json_keep(a, json_object_new_object());

	json_set_str(o, "why", d->run.why);
	json_set_str(o, "by", d->run.starter);
	json_set_int(o, "run", d->run.id);
	json_set_str(o, "law", d->law_hash);
	return o;
}

static int
move(struct tx *tx, struct dated_case *k, const struct write_set *ws, struct case_work *cw)
{
	TRY(store_write(tx, ws));
	if (k->r.calendar)
		TRY(store_case_set_calendar(tx, ws->c.id, ws->c.calendar));
	cw->c = ws->c;
	k->notice = notice_of(cw, tx_arena(tx));
	return OK;
}

static const char *
outcome_of(const struct dated_case *k)
{
	if (k->v.code != OK)
		return "failed";
	if (k->r.needs_person)
		return "needs_person";
	return k->r.moves ? "moved" : NULL;
}

/* What the run says of the case, and that it came this far. */
static int
note(struct tx *tx, struct dated_case *k, struct recomputation *run, int64_t version)
{
	struct recomputation_case row = { .recomputation_id = run->id,
		.case_id = k->case_id,
		.case_version = version,
		.outcome = outcome_of(k),
		.terms = k->r.terms,
		.reason = k->v.code != OK ? k->v.text : k->r.needs_person };

	run->last_case = k->case_id;
	run->cases += !k->is_skipped;
	run->moved += str_eq(row.outcome, "moved");
	run->needs_person += str_eq(row.outcome, "needs_person");
	run->failed += str_eq(row.outcome, "failed");
	if (row.outcome)
		TRY(store_recomputation_case_add(tx, &row));
	return store_recomputation_save(tx, run);
}

static void
count_again(struct tx *tx, struct dated_case *k, struct case_work *cw, struct case_rows *rows,
    struct write_set *ws)
{
	static const struct actor machine = { .kind = "system" };
	struct event_in ev = { .type = DATES_RECOMPUTED, .at = cw->now, .actor = &machine };

	ev.data = event_data(k->d, tx_arena(tx));
	recount_case(cw->w, k->d->law, &cw->dir, rows, &ev, tx_arena(tx), ws, &k->v, &k->r);
	k->c = cw->c;
}

/* May run again. */
static int
case_tx(struct tx *tx, void *arg)
{
	struct dated_case *k = arg;
	bool writes = k->d->run.id != 0;
	struct recomputation run = { 0 };
	struct case_work cw = { 0 };
	struct case_rows rows;
	struct write_set ws = { 0 };

	*k = (struct dated_case){ .d = k->d, .case_id = k->case_id };
	if (writes)
		TRY(store_recomputation_lock(tx, k->d->run.id, &run));
	k->is_skipped = writes && (run.last_case >= k->case_id || run.finished_at);
	if (k->is_skipped)
		return OK;
	TRY(case_rows_fetch(tx, k->case_id, writes, &cw, &rows));
	k->is_skipped = !cw.c.is_open;
	if (!k->is_skipped)
		count_again(tx, k, &cw, &rows, &ws);
	if (writes && str_eq(outcome_of(k), "moved"))
		TRY(move(tx, k, &ws, &cw));
	return writes ? note(tx, k, &run, cw.c.version) : OK;
}

/* ---- telling ---- */

static struct json_object *
terms_json(const struct dated_case *k)
{
	const struct regime *r = law_regime(k->d->law, k->c.regime);
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < json_object_array_length(k->r.terms); i++) {
		struct json_object *one = json_object_array_get_idx(k->r.terms, i);
		const struct term *t = regime_term(r, json_str(one, "term"));
		struct json_object *o = json_object_new_object();

		json_set_str(o, "term", t->name);
		json_set(o, "title", title_json(t->title_vi, t->title_en));
		json_set(o, "before", json_object_get(json_get(one, "before")));
		json_set(o, "after", json_object_get(json_get(one, "after")));
		json_set(o, "left", json_object_get(json_get(one, "left")));
		json_push(list, o);
	}
	return list;
}

static struct json_object *
moved_json(const struct dated_case *k, struct arena *a)
{
	struct json_object *o = json_keep(a, json_object_new_object());
	struct json_object *of = json_object_new_object();

	json_set_int(of, "id", k->c.id);
	json_set_str(of, "number", k->c.number);
	json_set_str(of, "title", k->c.title);
	json_set(o, "case", of);
	json_set(o, "terms", k->v.code == OK ? terms_json(k) : json_object_new_array());
	json_set(o, "calendar", json_object_get(k->r.calendar));
	json_set_str(o, "needs_person", k->v.code != OK ? k->v.text : k->r.needs_person);
	return o;
}

static int
date_case(struct task *t, int64_t case_id, void *arg)
{
	struct dating *d = arg;
	struct dated_case k = { .d = d, .case_id = case_id };
	const char *outcome;

	TRY(tx_run(t, case_tx, &k));
	if (k.is_skipped)
		return OK;
	outcome = outcome_of(&k);
	d->out->cases++;
	d->out->moved += str_eq(outcome, "moved");
	d->out->needs_person += str_eq(outcome, "needs_person");
	d->out->failed += str_eq(outcome, "failed");
	if (outcome && d->tell)
		d->tell(d->arg, moved_json(&k, task_arena(t)));
	if (k.notice.case_id)
		flow_notify(&k.notice);
	return OK;
}

/* ---- all cases ---- */

int
dates_walk(struct task *t, struct dating *d)
{
	struct case_filter open = { .only_open = true, .after_id = d->run.last_case };

	return each_case(t, &open, date_case, d);
}

/* May run again. */
static int
begin_tx(struct tx *tx, void *arg)
{
	struct dating *d = arg;
	struct recomputation found;

	TRY(store_recomputation_open(tx, d->law_hash, &found));
	if (found.id == 0) {
		d->run.law_hash = d->law_hash;
		d->run.started_at = clock_now();
		return store_recomputation_add(tx, &d->run);
	}
	d->run = found;
	return OK;
}

static int
end_tx(struct tx *tx, void *arg)
{
	struct dating *d = arg;

	TRY(store_recomputation_lock(tx, d->run.id, &d->run));
	if (d->run.finished_at == 0)
		d->run.finished_at = clock_now();
	return store_recomputation_save(tx, &d->run);
}

int
dates_begin(struct task *t, struct dating *d)
{
	char *hex = arena_alloc(task_arena(t), 65);

	law_hash(law_content(d->law, task_arena(t)), task_arena(t), hex);
	d->law_hash = hex;
	return tx_run(t, begin_tx, d);
}

/* All of the run: also what was done before it was cut off. */
int
dates_end(struct task *t, struct dating *d)
{
	TRY(tx_run(t, end_tx, d));
	*d->out = (struct flow_dated){ d->run.id, d->run.cases, d->run.moved, d->run.needs_person,
		d->run.failed };
	return OK;
}
