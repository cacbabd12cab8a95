/*
 * meta.start: what a kind of case is opened with, by whom, and which agencies take its sides.
 */
#include "flow_db.h"

/* ---- what has to be said ---- */

static bool
comes_from(const struct start_rules *r, const char *word)
{
	return str_eq(r->requester, word) || str_eq(r->owner, word);
}

struct start_rules
start_rules_of(const struct workflow *w)
{
	struct json_object *start = json_get(sc_meta(workflow_chart(w)), "start");
	const char *requester = json_str(start, "requester"), *owner = json_str(start, "owner");
	const char *service = json_str(start, "service");
	struct start_rules r = { .start = start,
		.requester = requester ? requester : "own",
		.owner = owner ? owner : "service",
		.about = json_get(start, "about") };

	r.needs_service = str_eq(service, "required") || comes_from(&r, "service");
	r.has_service = r.needs_service || str_eq(service, "optional");
	r.needs_party = comes_from(&r, "agency");
	r.needs_own = comes_from(&r, "own") || comes_from(&r, "about.other");
	return r;
}

struct json_object *
start_json(const struct workflow *w)
{
	struct start_rules r = start_rules_of(w);
	struct json_object *o = json_object_new_object(), *by = json_get(r.start, "by");

	json_set(o, "title", title_or_key(r.start, "START"));
	json_set_str(o, "law", json_str(r.start, "law"));
	json_set_str(o, "service",
	    r.needs_service ? "required"
	    : r.has_service ? "optional"
			    : "none");
	json_set_str(o, "party", r.needs_party ? "required" : "none");
	json_set_str(o, "party_as",
	    str_eq(r.requester, "agency") ? "requester"
	    : r.needs_party               ? "owner"
					  : NULL);
	json_set_or_null(o, "about", r.about);
	json_set_bool(o, "by_people", by && json_object_array_length(by) > 0);
	return o;
}

/* ---- who ---- */

/* May this post's agency take the side? That of another case, or one yet to be named, may be any.
 */
static bool
may_be_side(const struct start_rules *r, const char *side, const struct holding *h)
{
	const char *word = str_eq(side, "requester") ? r->requester
			   : str_eq(side, "owner")   ? r->owner
						     : side;
	const struct agency *g = agency_by_id(h->agency_id);

	if (str_eq(word, "own") || str_eq(word, "agency") || str_starts(word, "about."))
		return true;
	if (str_eq(word, "service"))
		return g && g->has_services;
	return str_eq(h->agency_role, word);
}

bool
start_is_for(const struct workflow *w, const struct actor *who)
{
	struct start_rules r = start_rules_of(w);
	struct json_object *by = json_get(r.start, "by");

	for (size_t i = 0; by && i < json_object_array_length(by); i++) {
		struct json_object *right = json_object_array_get_idx(by, i);

		for (int k = 0; k < who->holding_count; k++)
			if (str_eq(who->holdings[k].post, json_str(right, "post")) &&
			    may_be_side(&r, json_str(right, "of"), &who->holdings[k]))
				return true;
	}
	return false;
}

/* ---- the agencies ---- */

int
wrong_field(struct task *t, const char *pointer, const char *code, const char *text)
{
	struct error_list errors;

	error_list_init(&errors, task_arena(t));
	error_add(&errors, pointer, code, "%s", text);
	return fail_list(t, E_INVALID, &errors, "%s", text);
}

static bool
holds_post_at(const struct actor *who, int64_t agency_id)
{
	for (int i = 0; i < who->holding_count; i++)
		if (who->holdings[i].agency_id == agency_id)
			return true;
	return false;
}

/* The agency that is named, or the only one where the actor holds a post. What came on paper is
 * entered for another agency, whose people do not sit here: rights are asked all the same. */
int
start_own_agency(
    struct task *t, const struct actor *who, const struct flow_start *in, const struct agency **own)
{
	int64_t id = who->holding_count ? who->holdings[0].agency_id : 0;

	if (in->agency) {
		*own = agency_by_code(in->agency);
		if (*own == NULL)
			return wrong_field(t, "/agency", "unknown", "there is no such agency");
		if (in->received_at || holds_post_at(who, (*own)->id))
			return OK;
		return fail_as(
		    t, E_FORBIDDEN, "not-your-post", "you hold no post at the agency named");
	}
	for (int i = 1; i < who->holding_count; i++)
		if (who->holdings[i].agency_id != id)
			return wrong_field(t, "/agency", "required",
			    "you hold posts at several agencies: say for which one you ask");
	*own = agency_by_id(id);
	if (*own == NULL)
		return fail_as(t, E_FORBIDDEN, "not-your-post", "you hold no post now");
	return OK;
}

static int
side_of_about(
    struct task *t, const char *word, const struct start_facts *f, const struct agency **g)
{
	const struct case_row *c = f->about;

	if (c == NULL)
		return wrong_field(
		    t, "/about", "required", "say which case it is about: a side comes from it");
	if (str_eq(word, "about.requester"))
		*g = agency_by_id(c->requester_id);
	else if (str_eq(word, "about.owner") || f->own->id == c->requester_id)
		*g = agency_by_id(c->owner_id);
	else if (f->own->id == c->owner_id)
		*g = agency_by_id(c->requester_id);
	else
		return wrong_field(
		    t, "/about", "side", "your agency is neither side of the case it is about");
	return OK;
}

int
start_side(struct task *t, const char *word, const struct start_facts *f, const struct agency **g)
{
	if (str_starts(word, "about."))
		TRY(side_of_about(t, word, f, g));
	else if (str_eq(word, "own"))
		*g = f->own;
	else if (str_eq(word, "agency"))
		*g = f->party;
	else if (str_eq(word, "service"))
		*g = f->service ? agency_by_id(f->service->owner_id) : NULL;
	else
		*g = agency_by_role(word);
	if (*g == NULL)
		return fail_as(t, E_CONFLICT, "no-agency",
		    "there is no agency for a side of this case (\"%s\")", word);
	return OK;
}
