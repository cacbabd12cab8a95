/*
 * Publishing a workflow: its content is kept for good under its hash, and new cases take it from
 * then on. What is shipped publishes itself until an administrator has published something.
 */
#include "flow_db.h"

#include <string.h>

/* ---- what came with the program ---- */

struct shipped {
	const char *workflow, *text, *hash, *path;
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
	struct shipped s = { .workflow = workflow_id(w),
		.text = version_text(task_arena(t), w, hash),
		.hash = hash,
		.path = path };

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

static int
find_publisher(struct task *t, const char *login, struct person *by)
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

/* Alone and beside the current versions of the others. */
static struct workflow *
check_whole(struct task *t, const struct flow_publish *in, struct error_list *errors)
{
	struct workflow *w = version_check(in->machine, in->file, errors);
	struct definition *list;
	struct proof proof;
	int count = 0;

	if (w == NULL)
		return NULL;
	proof_init(&proof, task_arena(t));
	workflow_prove(w, flow_state.law, &proof, errors);
	for (const struct version *v = flow_state.versions; v; v = v->next)
		count++;
	list = arena_array(task_arena(t), struct definition, count + 1);
	list[0] = (struct definition){ in->file, w };
	count = 1;
	for (const struct version *v = flow_state.versions; v; v = v->next)
		if (v->is_newest && !str_eq(workflow_id(v->w), workflow_id(w)))
			list[count++] = (struct definition){ workflow_id(v->w), v->w };
	definitions_check_ties(list, count, errors);
	return w;
}

int
flow_publish(struct task *t, const struct flow_publish *in, struct flow_published *out)
{
	struct publishing p = { .in = in, .out = out };
	struct error_list errors;
	struct workflow *w;

	*out = (struct flow_published){ 0 };
	TRY(find_publisher(t, in->login, &p.by));
	error_list_init(&errors, task_arena(t));
	w = check_whole(t, in, &errors);
	if (errors.count) {
		workflow_free(w);
		return fail_list(t, E_INVALID, &errors, "%s is not published: %d mistakes",
		    in->file, errors.count);
	}
	p.workflow = out->workflow = arena_strdup(task_arena(t), workflow_id(w));
	p.text = version_text(task_arena(t), w, out->hash);
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
