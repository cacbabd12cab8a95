/*
 * Who may use a post that is not his own: substitutes of people who are away, and those to whom a
 * vacant post falls (posts.json). Pure.
 */
#include "flow_priv.h"

/* ---- lists of posts that somebody may use ---- */

static bool
has_post(const struct roster *r, int64_t person_id, int64_t agency_id, const char *post)
{
	for (int i = 0; i < r->count; i++)
		if (r->holdings[i].person_id == person_id &&
		    r->holdings[i].agency_id == agency_id && str_eq(r->holdings[i].post, post))
			return true;
	return false;
}

/* Each post once: who holds it himself needs nobody's leave. */
void
roster_add(struct roster *r, const struct holding *h, const struct person *p)
{
	if (has_post(r, h->person_id, h->agency_id, h->post))
		return;
	if (p)
		ARENA_PUSH(r->a, r->people, r->person_count, r->person_size) = *p;
	ARENA_PUSH(r->a, r->holdings, r->count, r->size) = *h;
}

void
roster_add_stand_ins(struct roster *r, const struct stand_in *list, int count)
{
	int held = r->count;

	for (int i = 0; i < count; i++)
		for (int k = 0; k < held; k++) {
			struct holding h = r->holdings[k];

			if (h.person_id != list[i].absent_id || h.on_behalf_of)
				continue;
			h.person_id = list[i].substitute.id;
			h.on_behalf_of = list[i].absent_id;
			h.on_behalf_name = list[i].absent_name;
			h.is_away = false;
			roster_add(r, &h, &list[i].substitute);
		}
}

/* ---- vacant posts ---- */

static bool
is_held(const struct post_pair *held, int count, int64_t agency_id, const char *post)
{
	for (int i = 0; i < count; i++)
		if (held[i].agency_id == agency_id && str_eq(held[i].post, post))
			return true;
	return false;
}

const char *
post_filled_by(const struct law *l, const struct post_pair *held, int count, int64_t agency_id,
    const char *post)
{
	struct json_object *falls_to = json_get(json_get(l->posts, post), "falls_to");
	size_t n = falls_to ? json_object_array_length(falls_to) : 0;

	if (is_held(held, count, agency_id, post))
		return NULL;
	for (size_t i = 0; i < n; i++) {
		const char *other = json_object_get_string(json_object_array_get_idx(falls_to, i));

		if (is_held(held, count, agency_id, other))
			return other;
	}
	return NULL;
}

static void
add_vacant(struct roster *r, const struct law *l, const struct post_pair *held, int held_count,
    const char *post, int i)
{
	struct holding h = r->holdings[i];
	struct person p = r->people ? r->people[i] : (struct person){ 0 };

	if (!str_eq(post_filled_by(l, held, held_count, h.agency_id, post), h.post))
		return;
	h.own_post = h.post;
	h.post = post;
	roster_add(r, &h, r->people ? &p : NULL);
}

void
roster_add_vacant(
    struct roster *r, const struct law *l, const struct post_pair *held, int held_count)
{
	int count = r->count;

	json_object_object_foreach(l->posts, post, about)
	{
		for (int i = 0; json_get(about, "falls_to") && i < count; i++)
			add_vacant(r, l, held, held_count, post, i);
	}
}
