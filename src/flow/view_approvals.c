/*
 * Approvals as people see them: who has agreed where, and for whom it waits.
 */
#include "flow_db.h"
#include "flow_priv.h"

static struct json_object *
who_json(const struct agency *g, const char *post)
{
	struct json_object *o = json_object_new_object();

	json_set(o, "agency", agency_json(g));
	json_set_str(o, "post", post);
	json_set(o, "post_title", post_title_json(post));
	return o;
}

static struct json_object *
agreed_json(struct json_object *given)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; given && i < json_object_array_length(given); i++) {
		struct json_object *one = json_object_array_get_idx(given, i);
		struct json_object *o = who_json(
		    agency_by_code(json_str(one, "agency")), json_str(one, "post"));

		json_set_str(o, "name", json_str(one, "name"));
		json_set_str(o, "at", json_str(one, "at"));
		json_push(list, o);
	}
	return list;
}

/* Once the state is left nobody is waited for. */
static struct json_object *
waiting_json(const struct viewing *v, const struct sc_state *s)
{
	struct json_object *list = json_object_new_array();
	int count;
	struct approver *all = approvers(json_get(s->meta, "approval"), &v->cw->dir, v->a, &count);

	for (int i = 0; v->now.has[s->index] && v->cw->c.is_open && i < count; i++)
		if (!approval_has(v->cw->c.context, s->id, all[i].agency->code, all[i].post))
			json_push(list, who_json(all[i].agency, all[i].post));
	return list;
}

static struct json_object *
approval_json(const struct viewing *v, const struct sc_state *s)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "state", s->id);
	json_set(o, "title", title_or_key(s->meta, s->key));
	json_set_or_null(o, "rule", json_get(json_get(s->meta, "approval"), "rule"));
	json_set_bool(o, "is_active", v->now.has[s->index]);
	json_set_bool(
	    o, "holds", approval_holds(v->cw->w, &v->cw->dir, v->cw->c.context, s->id, v->a));
	json_set(o, "agreed", agreed_json(approval_given(v->cw->c.context, s->id)));
	json_set(o, "waiting", waiting_json(v, s));
	return o;
}

struct json_object *
view_approvals(const struct viewing *v)
{
	struct json_object *list = json_object_new_array();

	for (int i = 0; i < sc_state_count(v->chart); i++) {
		const struct sc_state *s = sc_state_at(v->chart, i);
		struct json_object *given = approval_given(v->cw->c.context, s->id);

		if (json_get(s->meta, "approval") &&
		    (v->now.has[i] || (given && json_object_array_length(given))))
			json_push(list, approval_json(v, s));
	}
	return list;
}
