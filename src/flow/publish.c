/*
 * Publishing a workflow: its content is kept for good under its hash, and new cases take it from
 * then on. What is shipped publishes itself until an administrator has published something.
 */
#include "flow_db.h"

#include <string.h>

/* ---- what came with the program ---- */

struct shipped {
	const char *workflow, *text, *hash;
	int64_t id; /* 0: an administrator's version stands, and differs */
};

/* May run again: what it leaves in *s it sets anew. */
static int
shipped_tx(struct tx *tx, void *arg)
{
	struct shipped *s = arg;
	struct publication now;
	bool only_shipped;

	TRY(store_publication_lock(tx, s->workflow, &now, &only_shipped));
	s->id = str_eq(now.hash, s->hash) ? now.version_id : 0;
	if (s->id || !only_shipped)
		return OK;
	TRY(store_workflow_version_keep(tx, s->workflow, s->hash, s->text, clock_now(), &s->id));
	return store_publication_add(tx, s->workflow,
	    &(struct publication){ .version_id = s->id, .is_shipped = true, .at = clock_now() });
}

int
publish_shipped(struct task *t, const struct workflow *w, const char *path, int64_t *id)
{
	char hash[65];
	struct shipped s = {
		.workflow = workflow_id(w), .text = version_text(w, hash), .hash = hash
	};

	TRY(tx_run(t, shipped_tx, &s));
	*id = s.id;
	if (s.id == 0)
		log_warn("%s differs from the published version of %s, which stands; to take the "
			 "file: lienthong workflow publish %s --why TEXT --config FILE",
		    path, s.workflow, path);
	return OK;
}

/* ---- what an administrator publishes ---- */

struct publishing {
	const struct flow_publish *in;
	struct flow_published *out;
	const char *workflow, *text, *hash;
	struct person by;
};

static int
publish_tx(struct tx *tx, void *arg)
{
	struct publishing *p = arg;
	struct publication now;
	bool only_shipped;

	TRY(store_publication_lock(tx, p->workflow, &now, &only_shipped));
	TRY(store_workflow_version_keep(
	    tx, p->workflow, p->hash, p->text, clock_now(), &p->out->version_id));
	p->out->is_new = p->out->version_id != now.version_id;
	p->out->before_id = now.version_id;
	/* What was shipped and is published again is an administrator's from now on. */
	if (!p->out->is_new && !now.is_shipped)
		return OK;
	return store_publication_add(tx, p->workflow,
	    &(struct publication){ .version_id = p->out->version_id,
		.published_by = p->by.id,
		.publisher = p->by.name,
		.why = p->in->why,
		.at = clock_now() });
}

int
publisher_find(struct task *t, const char *login, struct person *by)
{
	int code;

	*by = (struct person){ 0 };
	if (login == NULL)
		return OK;
	code = store_person_by_login(t, login, by);
	if (code == E_NOT_FOUND || (code == OK && !by->is_active))
		return fail(t, E_NOT_FOUND, "there is no account \"%s\" that is active", login);
	return code;
}

/* ---- is it good? ---- */

/* The current versions, with w in the place of its own; only they when w is NULL. */
static struct definition *
definitions_with(struct arena *a, const char *file, const struct workflow *w, int *count)
{
	struct definition *list = NULL;
	int size = 0;

	*count = 0;
	if (w)
		ARENA_PUSH(a, list, *count, size) = (struct definition){ file, w };
	for (const struct version *v = flow_state.versions; v; v = v->next)
		if (v->is_newest && (!w || !str_eq(workflow_id(v->w), workflow_id(w))))
			ARENA_PUSH(
			    a, list, *count, size) = (struct definition){ workflow_id(v->w), v->w };
	return list;
}

static bool
has_mistake(const struct error_list *l, const struct error_item *mistake)
{
	for (const struct error_item *e = l->first; e; e = e->next)
		if (str_eq(e->message, mistake->message))
			return true;
	return false;
}

/* What it breaks between workflows that was not broken before. */
static void
check_ties(const char *file, const struct workflow *w, struct error_list *errors)
{
	struct error_list before, after;
	struct definition *list;
	int count;

	error_list_init(&before, errors->arena);
	error_list_init(&after, errors->arena);
	list = definitions_with(errors->arena, file, NULL, &count);
	definitions_check_ties(list, count, &before);
	list = definitions_with(errors->arena, file, w, &count);
	definitions_check_ties(list, count, &after);
	for (const struct error_item *e = after.first; e; e = e->next)
		if (!has_mistake(&before, e))
			error_add(errors, e->pointer, e->code, "%s", e->message);
}

/* Alone and beside the current versions of the others. */
static struct workflow *
check_whole(struct task *t, const struct flow_publish *in, struct error_list *errors)
{
	struct workflow *w = version_check(in->machine, in->file, errors);
	struct error_list mistakes;
	struct proof proof;

	if (w == NULL)
		return NULL;
	proof_init(&proof, task_arena(t));
	error_list_init(&mistakes, task_arena(t));
	workflow_prove(w, flow_state.law, &proof, &mistakes);
	mistakes_at(&mistakes, in->file, errors);
	check_ties(in->file, w, errors);
	return w;
}

/* ---- publishing it ---- */

int
flow_publish(struct task *t, const struct flow_publish *in, struct flow_published *out)
{
	struct publishing p = { .in = in, .out = out };
	struct error_list errors;
	struct workflow *w;

	*out = (struct flow_published){ 0 };
	TRY(publisher_find(t, in->login, &p.by));
	error_list_init(&errors, task_arena(t));
	w = check_whole(t, in, &errors);
	if (errors.count) {
		workflow_free(w);
		return fail_list(t, E_INVALID, &errors, "%s is not published: %d mistakes",
		    in->file, errors.count);
	}
	p.workflow = out->workflow = arena_strdup(task_arena(t), workflow_id(w));
	p.text = arena_strdup(task_arena(t), version_text(w, out->hash));
	p.hash = out->hash;
	workflow_free(w);
	TRY(tx_run(t, publish_tx, &p));
	versions_expire();
	return OK;
}

/* ---- which there are ---- */

int
flow_publications(struct task *t, const char *workflow, struct publication_line **list, int *count)
{
	TRY(store_publications(t, workflow, list, count));
	return *count ? OK : fail(t, E_NOT_FOUND, "no version of \"%s\" was published", workflow);
}
