/*
 * Tasks of a case that gets another configuration: what is the same work stays open as it is.
 */
#include "migrate_priv.h"

static bool
is_same(const struct migrate_tasks *k, const struct task_row *o, const struct task_write *w)
{
	return str_eq(o->state_id, w->state_id) && o->agency_id == w->agency_id &&
	       str_eq(o->post, w->post) && str_eq(o->of, w->of) && str_eq(o->term, w->term) &&
	       str_eq(o->title_vi, w->title_vi) && str_eq(o->title_en, w->title_en) &&
	       (!k->with_dates || o->due_at == w->due_at);
}

static bool
is_open_already(const struct migrate_tasks *k, const struct task_write *w)
{
	for (int i = 0; i < k->open_count; i++)
		if (is_same(k, &k->open[i], w))
			return true;
	return false;
}

static bool
is_still_wanted(const struct migrate_tasks *k, const struct task_row *o)
{
	for (int i = 0; i < k->wanted_count; i++)
		if (is_same(k, o, &k->wanted[i]))
			return true;
	return false;
}

/* Tasks end by their state: when one of a state changes, all of it are written anew. */
static bool
changes(const struct migrate_tasks *k, const char *state_id)
{
	for (int i = 0; i < k->wanted_count; i++)
		if (str_eq(k->wanted[i].state_id, state_id) && !is_open_already(k, &k->wanted[i]))
			return true;
	for (int i = 0; i < k->open_count; i++)
		if (str_eq(k->open[i].state_id, state_id) && !is_still_wanted(k, &k->open[i]))
			return true;
	return false;
}

static void
tell(const struct migrate_tasks *k, const char *what, const char *post, const char *of,
    const char *title, int64_t due_at)
{
	if (k->report == NULL)
		return;
	str_addf(k->report, "  task       %s: %s of %s, \"%s\"%s%s\n", what, post, of, title,
	    due_at ? ", due " : "", due_at ? local_time_text(k->calendar, k->a, due_at) : "");
}

static void
close_states(const struct migrate_tasks *k, struct write_set *ws)
{
	struct name_list closed = { 0 };

	for (int i = 0; i < k->open_count; i++) {
		const struct task_row *o = &k->open[i];

		if (!changes(k, o->state_id)) {
			tell(k, "kept", o->post, o->of, o->title_en, o->due_at);
			continue;
		}
		tell(k, "cancelled", o->post, o->of, o->title_en, 0);
		name_list_add(&closed, k->a, o->state_id);
	}
	name_list_add(&closed, k->a, NULL);
	ws->closed_states = closed.names;
}

static void
open_new(const struct migrate_tasks *k, struct write_set *ws)
{
	struct task_write *list = arena_array(k->a, struct task_write, k->wanted_count + 1);

	ws->task_count = 0;
	for (int i = 0; i < k->wanted_count; i++) {
		const struct task_write *w = &k->wanted[i];

		if (!changes(k, w->state_id))
			continue;
		tell(k, "new", w->post, w->of, w->title_en, w->due_at);
		list[ws->task_count++] = *w;
	}
	ws->tasks = list;
}

void
migrate_tasks(const struct migrate_tasks *k, struct write_set *ws)
{
	close_states(k, ws);
	open_new(k, ws);
}
