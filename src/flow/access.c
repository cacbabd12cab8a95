/*
 * Who may see a case at all: meta.visibility.
 */
#include "flow_priv.h"

static bool
is_there(const struct actor *who, const struct directory *dir, const char *side)
{
	for (int i = 0; i < who->holding_count; i++)
		if (side_has(dir, side, who->holdings[i].agency_id))
			return true;
	return false;
}

/* "from": "receipt" keeps what is not sent yet inside the requesting agency. */
static bool
has_begun(struct json_object *rule, const struct case_row *c)
{
	return !str_eq(json_str(rule, "from"), "receipt") || c->received_at != 0;
}

bool
decide_may_view(const struct workflow *w, const struct directory *dir, const struct case_row *c,
    const struct actor *who)
{
	struct json_object *see = json_path(w->meta, "visibility.see");

	if (!str_eq(who->kind, "person"))
		return true;
	for (size_t i = 0; see && i < json_object_array_length(see); i++) {
		struct json_object *rule = json_object_array_get_idx(see, i);

		if (has_begun(rule, c) && is_there(who, dir, json_str(rule, "of")))
			return true;
	}
	return false;
}

int64_t *
case_viewers(const struct workflow *w, const struct directory *dir, const struct case_row *c,
    struct arena *a, int *count)
{
	struct json_object *see = json_path(w->meta, "visibility.see");
	size_t n = see ? json_object_array_length(see) : 0;
	int64_t *ids = arena_array(a, int64_t, (int)n + dir->party_count + 1);

	*count = 0;
	for (size_t i = 0; i < n; i++) {
		struct json_object *rule = json_object_array_get_idx(see, i);
		const struct agency *const *g = side_agencies(dir, json_str(rule, "of"), a);

		for (; has_begun(rule, c) && *g; g++)
			agency_add_once(ids, count, *g);
	}
	return ids;
}
