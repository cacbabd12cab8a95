/*
 * The shapes that several answers share: titles, agencies, due times, one line of a case.
 */
#include "flow_db.h"
#include "flow_priv.h"

void
json_set_or_null(struct json_object *o, const char *key, struct json_object *borrowed)
{
	json_set(o, key, json_object_get(borrowed));
}

struct json_object *
list_json(struct arena *a, struct json_object **items)
{
	struct json_object *list = json_keep(a, json_object_new_object());

	*items = json_object_new_array();
	json_set(list, "items", *items);
	return list;
}

struct json_object *
title_json(const char *vi, const char *en)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "vi", vi);
	json_set_str(o, "en", en ? en : vi);
	return o;
}

struct json_object *
title_or_key(struct json_object *meta, const char *key)
{
	struct json_object *title = json_get(meta, "title");

	return title ? json_object_get(title) : title_json(key, key);
}

struct json_object *
agency_json(const struct agency *g)
{
	struct json_object *o;

	if (g == NULL)
		return NULL;
	o = json_object_new_object();
	json_set_str(o, "code", g->code);
	json_set(o, "name", title_json(g->name_vi, g->name_en));
	json_set_str(o, "kind", g->kind);
	json_set_str(o, "role", g->role);
	return o;
}

struct json_object *
post_title_json(const char *post)
{
	struct json_object *title = post ? law_post_title(flow_state.law, post) : NULL;

	return title ? title_json(json_str(title, "vi"), json_str(title, "en"))
		     : title_json(post, post);
}

struct json_object *
post_json(const char *post, const struct agency *g)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "post", post);
	json_set(o, "title", post_title_json(post));
	json_set(o, "agency", agency_json(g));
	return o;
}

struct json_object *
holding_json(const struct holding *h)
{
	struct json_object *o = post_json(h->post, agency_by_id(h->agency_id));

	json_set_str(o, "on_behalf_of", h->on_behalf_name);
	json_set_bool(o, "is_vacant", h->own_post != NULL);
	return o;
}

/* ---- due times ---- */

const struct calendar *
case_calendar(const struct case_row *c)
{
	const struct calendar *own = law_calendar(flow_state.law, c->calendar);

	return own ? own : flow_state.calendar;
}

/* Lists know the sides of a case, not its context. */
const struct calendar *
case_term_calendar(const struct case_row *c, const char *term)
{
	const char *side = term_side(law_regime(flow_state.law, c->regime), term);
	const struct agency *g = str_eq(side, "requester") ? agency_by_id(c->requester_id)
							   : agency_by_role(side);

	if (str_eq(side, "owner"))
		return case_calendar(c);
	return law_calendar_for(flow_state.law, g ? g->code : NULL, flow_state.calendar);
}

/* A time that is due at 24:00 belongs to the day that ends then. */
static int
days_left(const struct calendar *c, int64_t due_at, int64_t now)
{
	return calendar_working_days_between(
	    c, calendar_day_of(c, now), calendar_day_of(c, due_at - 1));
}

void
due_json(struct json_object *o, const struct calendar *c, int64_t due_at, int64_t now, bool is_open)
{
	json_set_instant(o, "due_at", due_at);
	if (due_at && is_open)
		json_set_int(o, "days_left", days_left(c, due_at, now));
	else
		json_set(o, "days_left", NULL);
	json_set_bool(o, "is_overdue", due_at && is_open && due_at <= now);
}

/* ---- one line of a case ---- */

static struct json_object *
service_json(const struct case_line *line)
{
	struct json_object *o;

	if (line->service_code == NULL)
		return NULL;
	o = json_object_new_object();
	json_set_str(o, "code", line->service_code);
	json_set_str(o, "name", line->service_name);
	return o;
}

static struct json_object *
workflow_json(const struct case_row *c, const struct workflow *w)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "id", c->workflow);
	json_set(o, "title", title_or_key(w ? sc_meta(workflow_chart(w)) : NULL, c->workflow));
	return o;
}

/* state_title and phase, in the words of the version that the case is pinned to. */
static void
add_state(struct json_object *o, const struct workflow *w, const char *leaves)
{
	struct arena *a = arena_new();
	struct state_set set = state_set_of(workflow_chart(w), a, leaves);
	const struct sc_state *s = state_in_phase(&set);

	json_set(o, "state_title", state_title_json(&set));
	json_set_str(o, "phase", s ? json_str(s->meta, "phase") : NULL);
	arena_free(a);
}

struct json_object *
case_line_json(const struct case_line *line, int64_t now)
{
	const struct case_row *c = &line->c;
	const struct workflow *w = flow_version(c->workflow_version_id);
	struct json_object *o = json_object_new_object();

	json_set_int(o, "id", c->id);
	json_set_str(o, "number", c->number);
	json_set_str(o, "title", c->title);
	json_set(o, "workflow", workflow_json(c, w));
	if (w)
		add_state(o, w, line->active_states);
	json_set_bool(o, "is_open", c->is_open);
	json_set_str(o, "outcome", c->outcome);
	json_set(o, "requester", agency_json(agency_by_id(c->requester_id)));
	json_set(o, "owner", agency_json(agency_by_id(c->owner_id)));
	json_set(o, "service", service_json(line));
	json_set_instant(o, "created_at", c->created_at);
	due_json(o, case_calendar(c), c->due_at, now, c->is_open);
	json_set_int(o, "version", c->version);
	return o;
}
