/*
 * Vacant posts as people see them: since when, to whom they fall, what waits.
 */
#include "flow_db.h"
#include "flow_priv.h"
#include "vacancies.h"

/* "Trần Nhật Khoa, Đoàn Thị Bé Năm" */
static void
find_fillers(const struct vacancies *v, struct vacancy *k)
{
	struct str names;

	str_init(&names, v->a);
	for (int i = 0; i < v->holding_count; i++) {
		const struct holding *h = &v->holdings[i];

		if (h->agency_id != k->agency_id || !str_eq(h->post, k->post) || !h->own_post)
			continue;
		str_addf(&names, "%s%s", names.len ? ", " : "", v->people[i].name);
		k->filled_by_post = h->own_post;
	}
	k->filled_by_names = names.len ? names.text : NULL;
}

int
vacancies_read(struct tx *tx, const int64_t *ids, int id_count, int64_t now, struct vacancies *v)
{
	int64_t *agencies;
	struct post_row *rows;
	int count, agency_count = 0;

	*v = (struct vacancies){ .a = tx_arena(tx) };
	TRY(store_posts(tx, ids, id_count, now, &rows, &count));
	vacancies_find(flow_state.law, rows, count, v);
	agencies = arena_array(v->a, int64_t, v->count + 1);
	for (int i = 0; i < v->count; i++)
		agency_add_once(agencies, &agency_count, agency_by_id(v->list[i].agency_id));
	TRY(holdings_of_agencies(
	    tx, agencies, agency_count, now, &v->holdings, &v->people, &v->holding_count));
	for (int i = 0; i < v->count; i++) {
		struct vacancy *k = &v->list[i];

		find_fillers(v, k);
		TRY(store_tasks_of_post_count(tx, k->agency_id, k->post, &k->open_tasks));
	}
	return OK;
}

/* ---- the list ---- */

static struct json_object *
vacancy_json(const struct vacancy *k)
{
	struct json_object *o = json_object_new_object(), *to = NULL;

	json_set(o, "agency", agency_json(agency_by_id(k->agency_id)));
	json_set_str(o, "post", k->post);
	json_set(o, "post_title", post_title_json(k->post));
	json_set_instant(o, "since", k->since);
	if (k->filled_by_names) {
		to = json_object_new_object();
		json_set_str(to, "name", k->filled_by_names);
		json_set(to, "post_title", post_title_json(k->filled_by_post));
	}
	json_set(o, "falls_to", to);
	json_set_int(o, "open_tasks", k->open_tasks);
	return o;
}

struct asking {
	const int64_t *ids; /* NULL: all */
	int id_count;
	struct vacancies v;
};

static int
read_tx(struct tx *tx, void *arg)
{
	struct asking *q = arg;

	return vacancies_read(tx, q->ids, q->id_count, clock_now(), &q->v);
}

static bool
is_of_ict(const struct actor *who)
{
	const struct agency *ict = agency_by_role("ict");

	for (int i = 0; ict && i < who->holding_count; i++)
		if (who->holdings[i].agency_id == ict->id)
			return true;
	return false;
}

int
flow_vacancy_list(struct task *t, const struct actor *who, struct json_object **list)
{
	struct asking q = { 0 };
	struct json_object *items;
	int64_t *ids;

	TRY(agencies_refresh(t));
	if (!is_of_ict(who)) {
		q.id_count = actor_agencies(who, task_arena(t), &ids);
		q.ids = ids;
	}
	TRY(tx_run(t, read_tx, &q));
	*list = list_json(task_arena(t), &items);
	for (int i = 0; i < q.v.count; i++)
		json_push(items, vacancy_json(&q.v.list[i]));
	return OK;
}

static int
count_tx(struct tx *tx, void *arg)
{
	struct vacancies v = { .a = tx_arena(tx) };
	struct post_row *rows;
	int count;

	TRY(store_posts(tx, NULL, 0, clock_now(), &rows, &count));
	vacancies_find(flow_state.law, rows, count, &v);
	*(int *)arg = v.count;
	return OK;
}

int
flow_vacancy_count(struct task *t, int *count)
{
	return tx_run(t, count_tx, count);
}
