/*
 * The hash that chains a case's events: whoever has the events can compute it again.
 */
#include "flow_priv.h"

#include <string.h>

static struct json_object *
actor_json(const struct event_write *e)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "kind", e->kind);
	json_set_int(o, "id", e->actor_id);
	json_set_str(o, "name", e->actor_name);
	json_set_str(o, "post", e->actor_post);
	json_set_str(o, "agency", e->actor_agency_code);
	json_set_int(o, "on_behalf_of", e->on_behalf_of);
	if (e->own_post)
		json_set_str(o, "own_post", e->own_post);
	return o;
}

void
event_hash(struct arena *a, const struct case_row *c, const struct event_write *e, char hex[65])
{
	struct json_object *o = json_keep(a, json_object_new_object());
	char *text;

	json_set_str(o, "case", c->number);
	json_set_int(o, "version", c->version);
	json_set_str(o, "type", e->type);
	json_set(o, "actor", actor_json(e));
	json_set_instant(o, "at", e->at);
	json_set(o, "data", json_object_get(e->data));
	json_set_str(o, "from", e->from_states);
	json_set_str(o, "to", e->to_states);
	json_set_str(o, "prev", e->prev_hash);
	text = json_canonical(a, o);
	sha256_hex(text, strlen(text), hex);
}
