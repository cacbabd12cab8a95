/*
 * From what an event changed to the rows that say so: tasks, mails, the event itself.
 */
#include "flow_priv.h"

static bool
is_last_entry(const struct sc_state *const *entered, const struct sc_state *s)
{
	for (const struct sc_state *const *e = entered; *e; e++)
		if (*e == s)
			return false;
	return true;
}

static int64_t
task_due(struct run *r, const char *term)
{
	const char *why = NULL;
	int64_t due_at = run_term_due_at(r, term);

	if (term == NULL || due_at || r->problem)
		return due_at;
	if (!term_due(r->regime, r->calendar, term, r->term_start, &due_at, &why))
		run_fail(r, "no-due-date", "no due date for %s can be computed: %s", term,
		    why ? why : "");
	return due_at;
}

static bool
make_task(struct run *r, const struct sc_state *s, struct task_write *w)
{
	struct json_object *task = json_get(s->meta, "task");
	const struct agency *agency = directory_agency(r->dir, json_str(task, "of"));

	if (agency == NULL) {
		run_fail(
		    r, "bad-definition", "no agency has the role \"%s\"", json_str(task, "of"));
		return false;
	}
	*w = (struct task_write){
		.state_id = s->id,
		.post = json_str(task, "post"),
		.of = json_str(task, "of"),
		.agency_id = agency->id,
		.title_vi = json_str(json_get(task, "title"), "vi"),
		.title_en = json_str(json_get(task, "title"), "en"),
		.term = json_str(task, "term"),
		.due_at = task_due(r, json_str(task, "term")),
	};
	return true;
}

/* Tasks live as long as their state: a state passed through in one step never opens one. */
void
run_tasks(struct run *r, const struct sc_step *step, struct write_set *ws)
{
	struct task_write *tasks;
	struct name_list closed = { 0 };
	int n = 0;

	for (const struct sc_state *const *s = step->exited; *s; s++)
		if (json_get((*s)->meta, "task"))
			name_list_add(&closed, r->a, (*s)->id);
	for (const struct sc_state *const *s = step->entered; *s; s++)
		n++;
	tasks = arena_array(r->a, struct task_write, n + 1);
	for (const struct sc_state *const *s = step->entered; *s; s++)
		if (json_get((*s)->meta, "task") && sc_is_active(step->next, *s) &&
		    is_last_entry(s + 1, *s) && make_task(r, *s, &tasks[ws->task_count]))
			ws->task_count++;
	name_list_add(&closed, r->a, NULL);
	ws->closed_states = closed.names;
	ws->tasks = tasks;
}

/* ---- mails ---- */

struct mail_list {
	struct mail_write *mails;
	int count, size;
};

static void
mail_list_add(struct mail_list *l, struct arena *a, const struct mail_write *m)
{
	if (l->count == l->size) {
		int size = l->size ? l->size * 2 : 8;
		struct mail_write *mails = arena_array(a, struct mail_write, size);

		for (int i = 0; i < l->count; i++)
			mails[i] = l->mails[i];
		l->mails = mails;
		l->size = size;
	}
	l->mails[l->count++] = *m;
}

static bool
has_mail(const struct mail_list *l, int from, int64_t person_id)
{
	for (int i = from; i < l->count; i++)
		if (l->mails[i].person_id == person_id)
			return true;
	return false;
}

/* Everybody who holds the post there; a person gets one notice once. Returns how many hold it. */
static int
mail_post(const struct notice_values *v, const char *name, const char *post,
    const struct agency *agency, int from, struct mail_list *l)
{
	struct mail_write mail;
	int holders = 0;

	for (int i = 0; agency && i < v->dir->holding_count; i++) {
		const struct holding *h = &v->dir->holdings[i];
		const struct person *p = &v->dir->people[i];

		if (h->agency_id != agency->id || !str_eq(h->post, post) || !p->is_active)
			continue;
		holders++;
		if (p->email == NULL || p->email[0] == '\0' || has_mail(l, from, p->id))
			continue;
		notice_render(v, name, p, &mail);
		mail_list_add(l, v->a, &mail);
	}
	return holders;
}

/* A vacant post must not swallow a notice: then the head of that agency gets it. */
static void
mail_to(const struct notice_values *v, const char *name, struct json_object *to, int from,
    struct mail_list *l)
{
	const struct agency *agency = directory_agency(v->dir, json_str(to, "of"));

	if (mail_post(v, name, json_str(to, "post"), agency, from, l) == 0)
		mail_post(v, name, "head", agency, from, l);
}

static void
mail_notice(struct run *r, struct json_object *params, struct mail_list *l)
{
	const char *own = json_str(params, "term");
	struct notice_values v = { .a = r->a,
		.law = r->law,
		.dir = r->dir,
		.c = &r->c,
		.regime = r->regime,
		.calendar = r->calendar,
		.ev = r->ev,
		.as = r->as,
		.term = own ? own : json_str(r->c.context, "due_term") };
	struct json_object *to = json_get(params, "to");
	int from = l->count;

	v.due_at = run_term_due_at(r, v.term);
	for (size_t i = 0; i < json_object_array_length(to); i++)
		mail_to(
		    &v, json_str(params, "template"), json_object_array_get_idx(to, i), from, l);
}

void
run_mails(struct run *r, struct write_set *ws)
{
	struct mail_list l = { 0 };

	for (int i = 0; i < r->notice_count; i++)
		mail_notice(r, r->notices[i], &l);
	ws->mails = l.mails;
	ws->mail_count = l.count;
}

/* ---- the event ---- */

static const char *
leaves(struct run *r, const struct sc_snapshot *s)
{
	struct str text;

	str_init(&text, r->a);
	if (s == NULL)
		return "";
	for (const struct sc_state *const *p = sc_active(r->w->chart, r->a, s); *p; p++)
		if ((*p)->type == SC_ATOMIC || (*p)->type == SC_FINAL)
			str_addf(&text, "%s%s", text.len ? " " : "", (*p)->id);
	return text.text;
}

void
run_event(struct run *r, const struct sc_snapshot *before, const struct sc_snapshot *after,
    struct write_set *ws)
{
	const struct actor *who = r->ev->actor;
	struct event_write *e = &ws->event;
	char *hex = arena_alloc(r->a, 65);

	*e = (struct event_write){
		.type = r->ev->type,
		.kind = who->kind,
		.actor_id = who->person_id,
		.holding_id = r->as ? r->as->id : 0,
		.on_behalf_of = r->as ? r->as->on_behalf_of : 0,
		.actor_name = who->name,
		.actor_post = r->as ? r->as->post : NULL,
		.actor_agency_code = r->as ? r->as->agency_code : NULL,
		.data = r->ev->data,
		.from_states = leaves(r, before),
		.to_states = leaves(r, after),
		.at = r->ev->at,
		.prev_hash = r->c.head_hash,
	};
	event_hash(r->a, &r->c, e, hex);
	e->hash = hex;
	r->c.head_hash = hex;
}
