/*
 * What binds a case to others and to agencies: links, what may be opened about it, what it gave.
 */
#include "flow_db.h"
#include "flow_priv.h"

/* ---- links ---- */

int
actor_agencies(const struct actor *who, struct arena *a, int64_t **ids)
{
	int count = 0;

	*ids = arena_array(a, int64_t, who->holding_count + 1);
	for (int i = 0; i < who->holding_count; i++)
		agency_add_once(*ids, &count, agency_by_id(who->holdings[i].agency_id));
	return count;
}

/* Whom a case about this one concerns: its side that is not one of ours. Of a case that this one
 * opened it is the owner, who has to do it. */
static const struct agency *
other_side(const struct case_row *this, const struct case_row *c)
{
	bool is_ours = c->owner_id == this->owner_id || c->owner_id == this->requester_id;
	bool is_theirs = c->requester_id != this->owner_id && c->requester_id != this->requester_id;

	return agency_by_id(is_ours && is_theirs ? c->requester_id : c->owner_id);
}

static struct json_object *
link_json(const struct viewing *v, const struct case_link *link)
{
	struct json_object *o = case_line_json(&link->line, v->cw->now);

	json_set(o, "agency",
	    agency_json(link->tie == LINK_CHILD ? agency_by_id(link->line.c.owner_id)
						: other_side(&v->cw->c, &link->line.c)));
	return o;
}

static void
count_hidden(struct json_object *hidden, const char *name)
{
	json_set_int(hidden, name, json_int(hidden, name, 0) + 1);
}

struct json_object *
view_links(const struct viewing *v)
{
	static const char *const names[] = { [LINK_PARENT] = "parent",
		[LINK_ABOUT] = "about",
		[LINK_CHILD] = "children",
		[LINK_ABOUT_THIS] = "about_this" };
	struct json_object *o = json_object_new_object(), *hidden = json_object_new_object();

	for (size_t i = 0; i < LEN(names); i++) {
		json_set(o, names[i], i < LINK_CHILD ? NULL : json_object_new_array());
		json_set_int(hidden, names[i], 0);
	}
	for (int i = 0; i < v->link_count; i++) {
		const struct case_link *link = &v->links[i];

		if (!link->is_visible)
			count_hidden(hidden, names[link->tie]);
		else if (link->tie < LINK_CHILD)
			json_set(o, names[link->tie], case_line_json(&link->line, v->cw->now));
		else
			json_push(json_get(o, names[link->tie]), link_json(v, link));
	}
	json_set(o, "hidden", hidden);
	return o;
}

/* ---- offers ---- */

static struct json_object *
offer_json(struct json_object *offer)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "workflow", json_str(offer, "workflow"));
	json_set(o, "title", title_or_key(offer, json_str(offer, "workflow")));
	json_set_str(o, "law", json_str(offer, "law"));
	return o;
}

struct json_object *
view_offers(const struct viewing *v)
{
	const struct case_work *cw = v->cw;
	struct json_object *list = json_object_new_array();
	struct json_object *const *offer = decide_offers(
	    cw->w, flow_state.law, &cw->dir, &cw->c, v->who, cw->now, v->a);

	for (; *offer; offer++)
		if (flow_newest(json_str(*offer, "workflow")))
			json_push(list, offer_json(*offer));
	return list;
}

/* ---- grants ---- */

static struct json_object *
grant_service_json(const struct grant_row *g)
{
	struct json_object *o;

	if (g->service_code == NULL)
		return NULL;
	o = json_object_new_object();
	json_set_str(o, "code", g->service_code);
	json_set_str(o, "name", g->service_name);
	return o;
}

static struct json_object *
grant_case_json(const struct grant_row *g)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "id", g->case_id);
	json_set_str(o, "number", g->case_number);
	return o;
}

struct json_object *
grant_json(const struct grant_row *g)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "id", g->id);
	json_set_str(o, "kind", g->kind);
	json_set_str(o, "reference", g->reference);
	json_set_or_null(o, "items", g->items);
	json_set_str(o, "until", g->until);
	json_set_instant(o, "granted_at", g->granted_at);
	json_set_instant(o, "ended_at", g->ended_at);
	json_set(o, "requester", agency_json(agency_by_id(g->requester_id)));
	json_set(o, "owner", agency_json(agency_by_id(g->owner_id)));
	json_set(o, "service", grant_service_json(g));
	json_set(o, "case", grant_case_json(g));
	return o;
}

struct json_object *
view_grants(const struct viewing *v)
{
	struct json_object *list = json_object_new_array();

	for (int i = 0; i < v->grant_count; i++)
		json_push(list, grant_json(&v->grants[i]));
	return list;
}
