/*
 * The files of workflows, at the start: read, checked and proved; then what is new is published.
 */
#include "flow_db.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int
is_workflow_file(const struct dirent *e)
{
	return definitions_is_workflow(e->d_name);
}

/* The law's folder as it is read: nothing is published before all of it holds. */
struct files {
	struct definition *list;
	struct workflow **workflows; /* parallel to list */
	int count;
};

static void
read_file(struct files *f, const char *path, struct error_list *errors)
{
	const char *why = NULL;
	struct json_object *machine = json_read_file(errors->arena, path, &why);
	struct workflow *w;

	if (machine == NULL) {
		error_add(errors, arena_printf(errors->arena, "%s:", path), "json", "%s", why);
		return;
	}
	w = version_check(machine, path, errors);
	if (w == NULL)
		return;
	f->workflows[f->count] = w;
	f->list[f->count++] = (struct definition){ path, w };
}

static int
read_files(struct task *t, const char *folder, struct files *f, struct error_list *errors)
{
	struct arena *a = task_arena(t);
	struct dirent **entries;
	int n = scandir(folder, &entries, is_workflow_file, alphasort);

	if (n < 0)
		return fail(t, E_INVALID, "%s: %s", folder, strerror(errno));
	f->list = arena_array(a, struct definition, n + 1);
	f->workflows = arena_array(a, struct workflow *, n + 1);
	for (int i = 0; i < n; i++) {
		read_file(f, arena_printf(a, "%s/%s", folder, entries[i]->d_name), errors);
		free(entries[i]);
	}
	free(entries);
	return OK;
}

/* The search of proofs takes long: once for each content. */
static int
prove_new(struct task *t, const struct files *f, struct error_list *errors)
{
	for (int i = 0; i < f->count; i++) {
		const struct workflow *w = f->workflows[i];
		struct error_list mistakes;
		struct proof proof;
		char hash[65];
		bool is_kept;

		version_text(w, hash);
		TRY(store_workflow_version_is_kept(t, workflow_id(w), hash, &is_kept));
		if (is_kept)
			continue;
		proof_init(&proof, errors->arena);
		error_list_init(&mistakes, errors->arena);
		workflow_prove(w, flow_state.law, &proof, &mistakes);
		mistakes_at(&mistakes, f->list[i].file, errors);
	}
	return OK;
}

/* Each alone, and what binds them to each other. */
static int
check_files(struct task *t, const struct files *f, struct error_list *errors)
{
	TRY(prove_new(t, f, errors));
	definitions_check_ties(f->list, f->count, errors);
	return OK;
}

static int
take_files(struct task *t, struct files *f)
{
	while (f->count) {
		struct workflow *w = f->workflows[f->count - 1];
		int64_t id;

		TRY(publish_shipped(t, w, f->list[f->count - 1].file, &id));
		f->count--;
		if (id && flow_version(id) == NULL)
			version_add(id, w);
		else
			workflow_free(w);
	}
	return OK;
}

int
versions_open_files(struct task *t, const char *folder, struct error_list *errors)
{
	struct files f = { 0 };
	int before = errors->count, code;

	TRY(read_files(t, folder, &f, errors));
	code = errors->count == before ? check_files(t, &f, errors) : OK;
	if (code == OK && errors->count == before)
		code = take_files(t, &f);
	for (int i = 0; i < f.count; i++)
		workflow_free(f.workflows[i]);
	return code;
}
