/*
 * Who may send an event: the posts of `by` against those a person holds, and what `not` forbids.
 */
#include "flow_priv.h"

static bool
applies(struct json_object *rule, struct json_object *logic_data, struct arena *a)
{
	const char *why = NULL;

	return rule == NULL || logic_truthy(logic_apply(a, rule, logic_data, &why));
}

static const struct holding *
held(const struct actor *who, const char *post, const struct directory *dir, const char *side)
{
	for (int i = 0; i < who->holding_count; i++)
		if (str_eq(who->holdings[i].post, post) &&
		    side_has(dir, side, who->holdings[i].agency_id))
			return &who->holdings[i];
	return NULL;
}

const struct holding *
right_find(struct json_object *by, const struct directory *dir, const struct actor *who,
    struct json_object *logic_data, struct arena *a)
{
	for (size_t i = 0; by && i < json_object_array_length(by); i++) {
		struct json_object *right = json_object_array_get_idx(by, i);
		const struct holding *h = held(
		    who, json_str(right, "post"), dir, json_str(right, "of"));

		if (h && applies(json_get(right, "when"), logic_data, a))
			return h;
	}
	return NULL;
}

static bool
has_id(struct json_object *ids, int64_t id)
{
	for (size_t i = 0; ids && i < json_object_array_length(ids); i++)
		if (json_object_get_int64(json_object_array_get_idx(ids, i)) == id)
			return true;
	return false;
}

static bool
has_acted(const struct case_row *c, int64_t person_id)
{
	return has_id(json_get(c->context, "people"), person_id);
}

/* By person, across all posts: who acted for the requester, opening it or later, and who holds a
 * post there; and a substitute stands where the person stands whom he replaces. Who enters a letter
 * that came on paper, or opens a case against the requester, does not act for it. */
bool
right_is_own_case(const struct case_row *c, const struct actor *who, const struct holding *as)
{
	if (has_acted(c, who->person_id))
		return true;
	if (as && as->on_behalf_of && has_acted(c, as->on_behalf_of))
		return true;
	for (int i = 0; i < who->holding_count; i++)
		if (who->holdings[i].agency_id == c->requester_id)
			return true;
	return false;
}

/* The decider of a level is no party: he holds no post at an agency that is one. The Chairman's is
 * of the province, not of the Office which serves him. */
static bool
is_of_party(const struct law *l, const struct directory *dir, const struct actor *who)
{
	for (int i = 0; i < who->holding_count; i++)
		if (!law_post_is(l, who->holdings[i].post, "of_province") &&
		    (side_has(dir, "requester", who->holdings[i].agency_id) ||
			side_has(dir, "owner", who->holdings[i].agency_id) ||
			side_has(dir, "party", who->holdings[i].agency_id)))
			return true;
	return false;
}

static const char *
agreed_before(const struct case_row *c, const char *state_id, const struct actor *who,
    const struct holding *as)
{
	if (approval_has(c->context, state_id, as->agency_code, as->post))
		return "this post has agreed already";
	if (approval_is_second(c->context, state_id, who, as))
		return "whoever has agreed does not agree once more with a post that is not his "
		       "own";
	return NULL;
}

/* Nor does a substitute decide for whom took the step before. */
static bool
is_last_actor(const struct case_row *c, const struct actor *who, const struct holding *as)
{
	int64_t last = json_int(c->context, "last_person", 0);

	return last == who->person_id || (as && as->on_behalf_of && last == as->on_behalf_of);
}

static const char *
forbidden_by(struct json_object *rule, const struct law *l, const struct directory *dir,
    const struct case_row *c, const struct actor *who, const struct holding *as)
{
	const char *word = json_object_get_string(rule);

	if (json_object_is_type(rule, json_type_object))
		return agreed_before(c, json_str(rule, "agreed"), who, as);
	if (str_eq(word, "requester") && right_is_own_case(c, who, as))
		return "the people of the requester never decide their own case, "
		       "whatever other posts they hold";
	if (str_eq(word, "party") && is_of_party(l, dir, who))
		return "the people of a party never decide between the parties, "
		       "whatever other posts they hold";
	if (str_eq(word, "previous-actor") && is_last_actor(c, who, as))
		return "the person who took the step before cannot take this one";
	return NULL;
}

const char *
right_forbidden(struct json_object *not_list, const struct law *l, const struct directory *dir,
    const struct case_row *c, const struct actor *who, const struct holding *as)
{
	for (size_t i = 0; not_list && i < json_object_array_length(not_list); i++) {
		const char *text = forbidden_by(
		    json_object_array_get_idx(not_list, i), l, dir, c, who, as);

		if (text)
			return text;
	}
	return NULL;
}

char *
right_describe(struct json_object *by, struct arena *a)
{
	struct str s;

	str_init(&s, a);
	for (size_t i = 0; by && i < json_object_array_length(by); i++) {
		struct json_object *right = json_object_array_get_idx(by, i);

		str_addf(&s, "%s%s of the %s", i ? ", " : "", json_str(right, "post"),
		    json_str(right, "of"));
	}
	return s.len ? s.text : "nobody";
}
