/*
 * A person's deadlines for calendar programs, which know no sign-in: the address is the right. It
 * is shown once, only its hash is kept, and a new one ends the old.
 */
#include "flow_db.h"

#include <string.h>

enum { EVENTS_MAX = 1000 };

static const char suffix[] = ".ics";

int
flow_feed_view(struct task *t, const struct actor *who, struct json_object **view)
{
	int64_t made_at;

	TRY(store_feed_made_at(t, who->person_id, &made_at));
	*view = json_keep(task_arena(t), json_object_new_object());
	json_set_bool(*view, "is_on", made_at != 0);
	json_set_instant(*view, "made_at", made_at);
	return OK;
}

int
flow_feed_make(struct task *t, const struct actor *who, struct json_object **view)
{
	struct arena *a = task_arena(t);
	const char *secret = secret_new(a);
	int64_t now = clock_now();

	TRY(store_feed_set(t, who->person_id, secret_hash(a, secret), now));
	*view = json_keep(a, json_object_new_object());
	json_set_str(*view, "url",
	    arena_printf(a, "%s/feeds/%s%s", flow_state.cfg.base_url, secret, suffix));
	json_set_instant(*view, "made_at", now);
	return OK;
}

int
flow_feed_end(struct task *t, const struct actor *who)
{
	return store_feed_end(t, who->person_id);
}

/* ---- reading it ---- */

static int
find_person(struct task *t, const char *name, struct person *p)
{
	struct arena *a = task_arena(t);
	size_t len = strlen(name), end = strlen(suffix);

	if (len <= end || !str_eq(name + len - end, suffix))
		return fail(t, E_NOT_FOUND, "there is no such feed");
	return store_feed_by_secret(t, secret_hash(a, arena_strndup(a, name, len - end)), p);
}

static int
read_rows(struct task *t, int64_t person_id, struct feed *f)
{
	struct inbox_row *rows;
	struct post_pair *posts;
	struct actor who;
	int post_count;

	TRY(flow_actor(t, person_id, &who));
	post_count = actor_posts(&who, task_arena(t), &posts);
	TRY(store_inbox(t, posts, post_count, 0, 0, EVENTS_MAX, &rows, &f->count));
	f->rows = rows;
	return OK;
}

int
flow_feed(struct task *t, const char *name, const char **ics)
{
	struct feed f = { .now = clock_now() };
	struct person p;

	TRY(agencies_refresh(t));
	TRY(find_person(t, name, &p));
	f.lang = str_eq(p.locale, "en") ? "en" : "vi";
	TRY(read_rows(t, p.id, &f));
	*ics = feed_write(task_arena(t), &f);
	return OK;
}
