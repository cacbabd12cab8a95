/*
 * The matrix of rights of the current version of a workflow, with the words for its posts and
 * sides.
 */
#include "flow_db.h"

#include "flow_priv.h"

int
flow_workflow_rights(struct task *t, const char *id, struct json_object **view)
{
	const struct version *v;
	struct json_object *o;

	TRY(agencies_refresh(t));
	v = flow_newest(id);
	if (v == NULL)
		return fail(t, E_NOT_FOUND, "there is no workflow \"%s\"", id);
	o = rights_matrix_json(v->w, task_arena(t));
	json_set(o, "posts", json_object_get(flow_state.law->posts));
	json_set(o, "sides", json_object_get(flow_state.law->sides));
	*view = o;
	return OK;
}
