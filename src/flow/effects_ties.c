/*
 * What goes from one case to others: it opens them, tells them, grants access, takes in a party.
 */
#include "flow_priv.h"

/* ---- rules ---- */

static struct json_object *
agencies_json(const struct directory *dir)
{
	struct json_object *list = json_object_new_array();

	for (int i = 0; i < dir->agency_count; i++) {
		struct json_object *o = json_object_new_object();

		json_set_str(o, "code", dir->agencies[i]->code);
		json_set_str(o, "kind", dir->agencies[i]->kind);
		json_set_str(o, "role", dir->agencies[i]->role);
		json_set_bool(o, "has_services", dir->agencies[i]->has_services);
		json_push(list, o);
	}
	return list;
}

/* Only a rule that asks for all agencies is given them. */
struct json_object *
run_apply(struct run *r, struct json_object *rule, const char *what)
{
	const char *why = NULL;
	struct json_object *value;

	if (json_get(r->logic_data, "agencies") == NULL && logic_reads(rule, "agencies"))
		json_set(r->logic_data, "agencies", agencies_json(r->dir));
	value = logic_apply(r->a, rule, r->logic_data, &why);
	if (why)
		run_fail(r, "bad-definition", "%s cannot be computed: %s", what, why);
	return value;
}

static const char *
apply_text(struct run *r, struct json_object *rule, const char *what)
{
	struct json_object *value = rule ? run_apply(r, rule, what) : NULL;

	return value ? json_object_get_string(value) : NULL;
}

/* {name: rule} -> {name: value}; what has no value is left out. */
static struct json_object *
apply_all(struct run *r, struct json_object *rules)
{
	struct json_object *o = json_keep(r->a, json_object_new_object());

	if (rules == NULL)
		return o;
	json_object_object_foreach(rules, name, rule)
	{
		struct json_object *value = run_apply(r, rule, name);

		if (value)
			json_set(o, name, json_object_get(value));
	}
	return o;
}

/* ---- open ---- */

/* A side's word, or a rule that gives the code of an agency. */
static int64_t
agency_for(struct run *r, struct json_object *side, const char *what)
{
	const struct agency *g = json_object_is_type(side, json_type_string)
				     ? side_agency(r->dir, json_object_get_string(side))
				     : agency_with_code(r->dir, apply_text(r, side, what));

	if (g == NULL)
		run_fail(r, "no-agency",
		    "a case cannot be opened: there is no such agency for its %s", what);
	return g ? g->id : 0;
}

static void
open_one(struct run *r, struct json_object *params)
{
	struct ties *t = &r->ties;
	struct open_write w = { .workflow = json_str(params, "workflow"),
		.requester_id = agency_for(r, json_get(params, "requester"), "requester"),
		.owner_id = agency_for(r, json_get(params, "owner"), "owner"),
		.service_id = r->c.service_id,
		.fields = apply_all(r, json_get(params, "fields")) };
	int64_t opened = json_int(r->c.context, "opened", 0) + 1;

	ARENA_PUSH(r->a, t->opens, t->open_count, t->open_size) = w;
	json_set_int(r->c.context, "opened", opened);
	json_set_int(json_get(r->logic_data, "case"), "opened", opened);
}

static void
open_each(struct run *r, struct json_object *params)
{
	struct json_object *list;

	list = run_apply(r, json_get(params, "each"), "each");
	if (!json_object_is_type(list, json_type_array))
		return;
	for (size_t i = 0; i < json_object_array_length(list) && r->problem == NULL; i++) {
		json_set(
		    r->logic_data, "each", json_object_get(json_object_array_get_idx(list, i)));
		open_one(r, params);
	}
	json_object_object_del(r->logic_data, "each");
}

/* ---- tell ---- */

static bool
is_same(struct json_object *to, const char *what)
{
	struct json_object *same = json_get(to, "same");

	for (size_t i = 0; same && i < json_object_array_length(same); i++)
		if (str_eq(json_object_get_string(json_object_array_get_idx(same, i)), what))
			return true;
	return false;
}

static void
tell(struct run *r, struct json_object *params)
{
	struct ties *t = &r->ties;
	struct json_object *to = json_get(params, "to");
	bool is_name = json_object_is_type(to, json_type_string);
	struct json_object *data = apply_all(r, json_get(params, "data"));

	json_set_str(data, "case", r->c.number);
	ARENA_PUSH(r->a, t->tells, t->tell_count, t->tell_size) = (struct tell_write){
		.to = is_name ? json_object_get_string(to) : "workflow",
		.workflow = is_name ? NULL : json_str(to, "workflow"),
		.same_service = is_same(to, "service"),
		.same_requester = is_same(to, "requester"),
		.same_owner = is_same(to, "owner"),
		.event = json_str(params, "event"),
		.data = data
	};
}

/* ---- grants and parties ---- */

static void
grant(struct run *r, struct json_object *params)
{
	struct ties *t = &r->ties;
	const char *until = apply_text(r, json_get(params, "until"), "until");
	struct json_object *items = json_get(params, "items");
	const char *reference = apply_text(r, json_get(params, "reference"), "reference");

	ARENA_PUSH(r->a, t->grants, t->grant_count,
	    t->grant_size) = (struct grant_write){ .kind = json_str(params, "kind"),
		.reference = reference ? reference : r->c.number,
		.items = items ? run_apply(r, items, "items") : NULL,
		.until = until && *until ? until : NULL };
}

static void
add_party(struct run *r, const struct agency *g)
{
	struct directory *dir = arena_new_of(r->a, struct directory);
	const struct agency **list = arena_array(
	    r->a, const struct agency *, r->dir->party_count + 1);

	*dir = *r->dir;
	for (int i = 0; i < dir->party_count; i++)
		list[i] = dir->parties[i];
	list[dir->party_count++] = g;
	dir->parties = list;
	r->dir = dir;
	r->has_new_viewers = true;
}

static void
join(struct run *r, struct json_object *params)
{
	const struct agency *g = agency_with_code(
	    r->dir, apply_text(r, json_get(params, "agency"), "agency"));
	struct json_object *ids = json_get(r->c.context, "parties");

	if (g == NULL) {
		run_fail(r, "no-agency", "there is no agency with this code that could join");
		return;
	}
	if (g == r->dir->requester || g == r->dir->owner || side_has(r->dir, "party", g->id))
		return;
	if (ids == NULL) {
		ids = json_object_new_array();
		json_set(r->c.context, "parties", ids);
	}
	json_push(ids, json_object_new_int64(g->id));
	add_party(r, g);
}

/* ---- all of them ---- */

bool
run_tie(struct run *r, const char *type, struct json_object *params)
{
	if (str_eq(type, "open"))
		json_get(params, "each") ? open_each(r, params) : open_one(r, params);
	else if (str_eq(type, "tell"))
		tell(r, params);
	else if (str_eq(type, "grant"))
		grant(r, params);
	else if (str_eq(type, "end-grants"))
		r->ties.ends_grants = true;
	else if (str_eq(type, "join"))
		join(r, params);
	else
		return false;
	return true;
}

void
run_write_ties(const struct run *r, struct write_set *ws)
{
	const struct ties *t = &r->ties;

	ws->closed_tasks = t->closed_tasks;
	ws->closed_task_count = t->closed_task_count;
	ws->opens = t->opens;
	ws->open_count = t->open_count;
	ws->tells = t->tells;
	ws->tell_count = t->tell_count;
	ws->grants = t->grants;
	ws->grant_count = t->grant_count;
	ws->ends_grants = t->ends_grants;
}
