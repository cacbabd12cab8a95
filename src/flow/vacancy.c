/*
 * Which posts are vacant: those that posts.json wants filled at every agency with people, and those
 * that somebody once held. Pure.
 */
#include "flow_priv.h"
#include "vacancies.h"

struct agency_rows { /* those of one agency */
	const struct post_row *rows;
	int count;
	bool has_people;
};

static const struct post_row *
row_of(const struct agency_rows *g, const char *post)
{
	for (int i = 0; i < g->count; i++)
		if (str_eq(g->rows[i].post, post))
			return &g->rows[i];
	return NULL;
}

static bool
is_vacant(const struct agency_rows *g, const char *rule, const struct post_row *row)
{
	if (rule == NULL || (row && row->is_held))
		return false;
	return row || (str_eq(rule, "required") && g->has_people);
}

static void
add_of_agency(const struct law *l, const struct agency_rows *g, struct vacancies *v)
{
	json_object_object_foreach(l->posts, post, about)
	{
		const struct post_row *row = row_of(g, post);

		if (is_vacant(g, json_str(about, "vacancy"), row))
			ARENA_PUSH(v->a, v->list, v->count,
			    v->size) = (struct vacancy){ .agency_id = g->rows[0].agency_id,
				.post = post,
				.since = row ? row->until : 0 };
	}
}

void
vacancies_find(const struct law *l, const struct post_row *rows, int count, struct vacancies *v)
{
	for (int i = 0; i < count;) {
		struct agency_rows g = { .rows = &rows[i] };

		for (; i < count && rows[i].agency_id == g.rows[0].agency_id; i++, g.count++)
			g.has_people |= rows[i].is_held;
		add_of_agency(l, &g, v);
	}
}
