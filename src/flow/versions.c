/*
 * Versions of workflows: the definitions' files and what cases are pinned to, loaded, checked and
 * kept.
 */
#include "flow_db.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- versions in memory ---- */

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

static struct version *
add_version(int64_t id, bool is_newest, struct workflow *w)
{
	struct version *v = arena_new_of(flow_state.arena, struct version);

	*v = (struct version){
		.id = id, .is_newest = is_newest, .w = w, .next = flow_state.versions
	};
	flow_state.versions = v;
	return v;
}

/* Loads a machine; its mistakes go to errors with where before their pointers. */
static struct workflow *
load_machine(struct json_object *machine, const char *where, struct error_list *errors)
{
	struct error_list mistakes;
	struct workflow *w;

	error_list_init(&mistakes, errors->arena);
	w = workflow_load(flow_state.law, machine, &mistakes);
	for (const struct error_item *e = mistakes.first; e; e = e->next)
		error_add(errors, arena_printf(errors->arena, "%s:%s", where, e->pointer), e->code,
		    "%s", e->message);
	return w;
}

/* ---- the files ---- */

static int
is_workflow_file(const struct dirent *e)
{
	static const char *const others[] = { "posts.json", "sides.json", "schema.json" };
	size_t n = strlen(e->d_name);

	for (size_t i = 0; i < LEN(others); i++)
		if (str_eq(e->d_name, others[i]))
			return false;
	return n > 5 && strcmp(e->d_name + n - 5, ".json") == 0;
}

struct keep_arg {
	const struct workflow *w;
	int64_t id;
};

static int
keep_tx(struct tx *tx, void *arg)
{
	struct keep_arg *k = arg;
	char *text = json_canonical(tx_arena(tx), sc_machine(workflow_chart(k->w)));
	char hash[65];

	sha256_hex(text, strlen(text), hash);
	return store_workflow_version_keep(tx, workflow_id(k->w), hash, text, clock_now(), &k->id);
}

static int
open_file(struct task *t, const char *path, struct error_list *errors)
{
	struct keep_arg k = { 0 };
	const char *why = NULL;
	struct json_object *machine = json_read_file(task_arena(t), path, &why);
	struct workflow *w;

	if (machine == NULL) {
		error_add(errors, arena_printf(errors->arena, "%s:", path), "json", "%s", why);
		return OK;
	}
	w = load_machine(machine, path, errors);
	if (w == NULL)
		return OK;
	k.w = w;
	add_version(0, true, w);
	TRY(tx_run(t, keep_tx, &k));
	flow_state.versions->id = k.id;
	return OK;
}

int
versions_open_files(struct task *t, const char *folder, struct error_list *errors)
{
	struct arena *a = task_arena(t);
	struct dirent **entries;
	int n = scandir(folder, &entries, is_workflow_file, alphasort);
	const char **paths;

	if (n < 0)
		return fail(t, E_INVALID, "%s: %s", folder, strerror(errno));
	paths = arena_array(a, const char *, n + 1);
	for (int i = 0; i < n; i++) {
		paths[i] = arena_printf(a, "%s/%s", folder, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	for (int i = 0; i < n; i++)
		TRY(open_file(t, paths[i], errors));
	return OK;
}

/* ---- what older cases are pinned to ---- */

static void
open_stored(struct task *t, const struct workflow_version *v, struct error_list *errors)
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
	w = load_machine(machine, where, errors);
	if (w)
		add_version(v->id, false, w);
}

int
versions_open_pinned(struct task *t, struct error_list *errors)
{
	struct workflow_version *list;
	int count;

	TRY(store_workflow_versions(t, &list, &count));
	for (int i = 0; i < count; i++)
		if (flow_version(list[i].id) == NULL)
			open_stored(t, &list[i], errors);
	return OK;
}

void
versions_forget(void)
{
	for (struct version *v = flow_state.versions; v; v = v->next)
		workflow_free(v->w);
}
