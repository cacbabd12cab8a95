/*
 * Counting open cases again, for operators: what would move under the law that this server has
 * read, and the run, which goes on in a task of its own while its row says how far it is.
 */
#include "dates_run.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- preview ---- */

struct page {
	struct arena *a;
	struct json_object *items;
	int64_t after_id, last_id;
	int limit;
	bool has_more;
};

/* Cases come in order of id; those before the page are only counted. */
static void
take(void *arg, struct json_object *moved)
{
	struct page *p = arg;
	int64_t id = json_int(json_get(moved, "case"), "id", 0);

	if (id <= p->after_id)
		return;
	p->has_more = (int)json_object_array_length(p->items) == p->limit;
	if (p->has_more)
		return;
	json_push(p->items, json_object_get(moved));
	p->last_id = id;
}

int
flow_recomputation_preview(struct task *t, const struct actor *who, const char *after, int limit,
    struct json_object **list)
{
	struct page p = { .a = task_arena(t), .limit = limit };
	struct flow_dates in = { .tell = take, .arg = &p };
	struct flow_dated out;

	TRY(operators_only(t, who));
	TRY(cursor_read(t, after, &p.after_id));
	*list = list_json(p.a, &p.items);
	TRY(flow_dates_preview(t, &in, &out));
	json_set_int(*list, "total", out.moved + out.needs_person + out.failed);
	json_set_str(
	    *list, "next", p.has_more ? arena_printf(p.a, "%lld", (long long)p.last_id) : NULL);
	return OK;
}

/* ---- the run ---- */

/* Outlives the request. */
struct started {
	struct dating d;
	struct flow_dated out;
	char *why, *starter, law_hash[65];
};

static void
run(struct task *t, void *arg)
{
	struct started *s = arg;
	struct dating *d = &s->d;

	if (dates_walk(t, d) != OK || dates_end(t, d) != OK)
		log_error("recomputation %lld was cut off and goes on when it is ordered again: %s",
		    (long long)d->run.id, task_error_text(t));
	free(s->why);
	free(s->starter);
	free(s);
}

static void
run_apart(const struct dating *d)
{
	struct started *s = xcalloc(1, sizeof(*s));

	s->d = *d;
	s->d.out = &s->out;
	snprintf(s->law_hash, sizeof(s->law_hash), "%s", d->law_hash);
	s->why = xstrdup(d->run.why);
	s->starter = xstrdup(d->run.starter ? d->run.starter : "");
	s->d.run.why = s->why;
	s->d.run.starter = s->starter;
	s->d.law_hash = s->d.run.law_hash = s->law_hash;
	task_start("recomputation", run, s);
}

int
flow_recomputation_start(
    struct task *t, const struct actor *who, const char *why, struct json_object **view)
{
	struct dating d = { .law = flow_state.law };

	TRY(operators_only(t, who));
	TRY(agencies_refresh(t));
	d.run = (struct recomputation){
		.why = why, .started_by = who->person_id, .starter = who->name
	};
	TRY(dates_begin(t, &d));
	run_apart(&d);
	*view = json_keep(task_arena(t), json_object_new_object());
	json_set_int(*view, "id", d.run.id);
	return OK;
}

struct read_arg {
	int64_t id;
	struct recomputation row;
};

static int
read_tx(struct tx *tx, void *arg)
{
	struct read_arg *in = arg;

	return store_recomputation_read(tx, in->id, &in->row);
}

int
flow_recomputation_view(
    struct task *t, const struct actor *who, int64_t id, struct json_object **view)
{
	struct read_arg in = { .id = id };
	const struct recomputation *m = &in.row;

	TRY(operators_only(t, who));
	TRY(tx_run(t, read_tx, &in));
	*view = json_keep(task_arena(t), json_object_new_object());
	json_set_int(*view, "id", m->id);
	json_set_str(*view, "why", m->why);
	json_set_str(*view, "by", m->starter);
	json_set_instant(*view, "started_at", m->started_at);
	json_set_instant(*view, "finished_at", m->finished_at);
	json_set_int(*view, "cases", m->cases);
	json_set_int(*view, "moved", m->moved);
	json_set_int(*view, "needs_person", m->needs_person);
	json_set_int(*view, "failed", m->failed);
	return OK;
}
