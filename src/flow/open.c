/*
 * Start and end of flow: law and workflows are read, checked, and kept as versions that cases are
 * pinned to.
 */
#include "flow_db.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct flow_state flow_state;

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

int64_t
flow_real_now(void)
{
	return clock_now() - clock_offset();
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
	size_t n = strlen(e->d_name);

	return n > 5 && strcmp(e->d_name + n - 5, ".json") == 0 &&
	       strcmp(e->d_name, "posts.json") != 0;
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

static int
open_files(struct task *t, const char *folder, struct error_list *errors)
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

static int
open_pinned(struct task *t, struct error_list *errors)
{
	struct workflow_version *list;
	int count;

	TRY(store_workflow_versions(t, &list, &count));
	for (int i = 0; i < count; i++)
		if (flow_version(list[i].id) == NULL)
			open_stored(t, &list[i], errors);
	return OK;
}

/* ---- open and close ---- */

static void
keep_config(const struct flow_config *cfg)
{
	struct arena *a = flow_state.arena;

	flow_state.cfg = (struct flow_config){
		.definitions_dir = arena_strdup(a, cfg->definitions_dir),
		.province = arena_strdup(a, cfg->province),
		.calendar = arena_strdup(a, cfg->calendar),
		.base_url = arena_strdup(a, cfg->base_url),
		.is_demo = cfg->is_demo,
	};
}

static void
open_law(struct error_list *errors)
{
	const struct flow_config *cfg = &flow_state.cfg;

	flow_state.law = law_load(cfg->definitions_dir, errors);
	if (flow_state.law == NULL)
		return;
	flow_state.calendar = law_calendar(flow_state.law, cfg->calendar);
	if (flow_state.calendar == NULL)
		error_add(errors,
		    arena_printf(errors->arena, "%s/calendars:", cfg->definitions_dir), "missing",
		    "there is no calendar \"%s\"", cfg->calendar);
}

static int
refuse(struct task *t, const struct error_list *errors)
{
	return fail_list(t, E_INVALID, errors, "%d mistakes in the definitions below %s",
	    errors->count, flow_state.cfg.definitions_dir);
}

static int
open_definitions(struct task *t)
{
	struct error_list errors;

	error_list_init(&errors, task_arena(t));
	open_law(&errors);
	if (errors.count)
		return refuse(t, &errors);
	TRY(open_files(t,
	    arena_printf(task_arena(t), "%s/workflows", flow_state.cfg.definitions_dir), &errors));
	TRY(open_pinned(t, &errors));
	return errors.count ? refuse(t, &errors) : OK;
}

int
flow_open(struct task *t, const struct flow_config *cfg)
{
	assert(flow_state.arena == NULL);
	flow_state.arena = arena_new();
	keep_config(cfg);
	TRY(open_definitions(t));
	TRY(agencies_refresh(t));
	return cfg->is_demo ? flow_demo_clock_follow(t) : OK;
}

void
flow_close(void)
{
	if (flow_state.arena == NULL)
		return;
	for (struct version *v = flow_state.versions; v; v = v->next)
		workflow_free(v->w);
	law_free(flow_state.law);
	agencies_forget();
	arena_free(flow_state.arena);
	flow_state = (struct flow_state){ 0 };
}
