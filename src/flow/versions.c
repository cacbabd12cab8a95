/*
 * Versions of workflows in memory: what is published in the database, and what cases are pinned to.
 * A running server learns what others publish.
 */
#include "flow_db.h"

#include <string.h>

#define STALE_AFTER_US INT64_C(3000000)

static struct {
	int64_t read_at_us; /* monotonic; 0: never */
	int64_t *bad;       /* versions that could not be loaded here: each is told once */
	int bad_count, bad_size;
} known;

/* ---- in memory ---- */

const struct version *
flow_newest(const char *workflow_id_)
{
	for (const struct version *v = flow_state.versions; v; v = v->next)
		if (v->is_newest && str_eq(workflow_id(v->w), workflow_id_))
			return v;
	return NULL;
}

const struct workflow *
flow_version(int64_t id)
{
	for (const struct version *v = flow_state.versions; v; v = v->next)
		if (v->id == id)
			return v->w;
	return NULL;
}

void
version_add(int64_t id, struct workflow *w)
{
	struct version *v = arena_new_of(flow_state.arena, struct version);

	*v = (struct version){ .id = id, .w = w, .next = flow_state.versions };
	flow_state.versions = v;
}

static void
set_newest(const char *workflow, int64_t id)
{
	for (struct version *v = flow_state.versions; v; v = v->next)
		if (str_eq(workflow_id(v->w), workflow))
			v->is_newest = v->id == id;
}

void
versions_forget(void)
{
	for (struct version *v = flow_state.versions; v; v = v->next)
		workflow_free(v->w);
	memset(&known, 0, sizeof(known));
}

/* ---- one definition ---- */

void
mistakes_at(const struct error_list *mistakes, const char *where, struct error_list *errors)
{
	for (const struct error_item *e = mistakes->first; e; e = e->next)
		error_add(errors, arena_printf(errors->arena, "%s:%s", where, e->pointer), e->code,
		    "%s", e->message);
}

struct workflow *
version_check(struct json_object *machine, const char *where, struct error_list *errors)
{
	struct error_list mistakes;
	struct workflow *w;

	error_list_init(&mistakes, errors->arena);
	w = workflow_load(flow_state.law, machine, &mistakes);
	mistakes_at(&mistakes, where, errors);
	return w;
}

/* In the file's own order of keys: the order of states has a meaning. */
const char *
version_text(const struct workflow *w, char hash[65])
{
	const char *text = json_text_of(sc_machine(workflow_chart(w)));

	sha256_hex(text, strlen(text), hash);
	return text;
}

/* ---- from the database ---- */

static void
load_stored(struct task *t, const struct workflow_version *v, struct error_list *errors)
{
	char *where = arena_printf(
	    errors->arena, "stored version %lld of %s", (long long)v->id, v->workflow);
	const char *why = NULL;
	struct json_object *machine = json_read(
	    task_arena(t), v->machine, strlen(v->machine), &why);
	struct workflow *w;

	if (machine == NULL) {
		error_add(errors, where, "json", "%s", why);
		return;
	}
	w = version_check(machine, where, errors);
	if (w)
		version_add(v->id, w);
}

static int
load_by_id(struct tx *tx, int64_t id, struct error_list *errors)
{
	struct workflow_version v;

	TRY(store_workflow_version_by_id(tx, id, &v));
	if (flow_version(id) == NULL) /* nobody was faster while we waited */
		load_stored(tx_task(tx), &v, errors);
	return OK;
}

int
version_read(struct tx *tx, int64_t id, const struct workflow **w)
{
	struct error_list errors;

	error_list_init(&errors, tx_arena(tx));
	if (flow_version(id) == NULL)
		TRY(load_by_id(tx, id, &errors));
	*w = flow_version(id);
	if (*w == NULL)
		return fail_list(tx_task(tx), E_INTERNAL, &errors,
		    "version %lld of a workflow does not hold under the law that is loaded: %s",
		    (long long)id, errors.first ? errors.first->message : "");
	return OK;
}

int
versions_open_pinned(struct task *t, struct error_list *errors)
{
	struct workflow_version *list;
	int count;

	TRY(store_workflow_versions(t, &list, &count));
	for (int i = 0; i < count; i++)
		if (flow_version(list[i].id) == NULL)
			load_stored(t, &list[i], errors);
	return OK;
}

/* ---- what is current ---- */

static bool
is_bad(int64_t id)
{
	for (int i = 0; i < known.bad_count; i++)
		if (known.bad[i] == id)
			return true;
	return false;
}

/* What was current stays so when its successor cannot be loaded here. */
static int
learn_current(struct task *t, struct error_list *errors)
{
	struct workflow_current *list;
	int count;

	TRY(store_workflow_current(t, &list, &count));
	for (int i = 0; i < count; i++) {
		int64_t id = list[i].version_id;

		if (flow_version(id) == NULL && !is_bad(id))
			TRY(versions_open_pinned(t, errors));
		if (flow_version(id))
			set_newest(list[i].workflow, id);
		else if (!is_bad(id))
			ARENA_PUSH(
			    flow_state.arena, known.bad, known.bad_count, known.bad_size) = id;
	}
	known.read_at_us = clock_monotonic_us();
	return OK;
}

int
versions_refresh(struct task *t)
{
	int64_t now = clock_monotonic_us();
	struct error_list errors;

	if (known.read_at_us && now - known.read_at_us < STALE_AFTER_US)
		return OK;
	error_list_init(&errors, task_arena(t));
	TRY(learn_current(t, &errors));
	for (const struct error_item *e = errors.first; e; e = e->next)
		log_error("%s: %s; cases begin with the version before until a restart", e->pointer,
		    e->message);
	return OK;
}

void
versions_expire(void)
{
	known.read_at_us = 0;
}

int
versions_open_current(struct task *t, struct error_list *errors)
{
	return learn_current(t, errors);
}
