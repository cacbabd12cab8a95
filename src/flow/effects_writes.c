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
	int64_t due_at = run_term_due_at(r, term);

	return term == NULL || due_at || r->problem ? due_at : run_term_due(r, term);
}

/* ---- tasks ---- */

struct task_list {
	struct task_write *tasks;
	int count, size;
};

static void
add_task(struct run *r, const struct sc_state *s, const struct approver *who, struct task_list *l)
{
	struct json_object *task = json_get(s->meta, "task");
	const char *term = json_str(task, "term");

	ARENA_PUSH(r->a, l->tasks, l->count, l->size) = (struct task_write){
		.state_id = s->id,
		.post = who->post,
		.of = who->of,
		.agency_id = who->agency->id,
		.title_vi = json_str(json_get(task, "title"), "vi"),
		.title_en = json_str(json_get(task, "title"), "en"),
		.term = term,
		.due_at = task_due(r, term),
	};
}

/* One for each who has not agreed yet. */
static void
add_approval_tasks(struct run *r, const struct sc_state *s, struct task_list *l)
{
	int count;
	struct approver *list = approvers(json_get(s->meta, "approval"), r->dir, r->a, &count);

	for (int i = 0; i < count; i++)
		if (!approval_has(r->c.context, s->id, list[i].agency->code, list[i].post))
			add_task(r, s, &list[i], l);
}

static void
add_tasks(struct run *r, const struct sc_state *s, struct task_list *l)
{
	struct json_object *task = json_get(s->meta, "task");
	const char *of = json_str(task, "of");
	const struct agency *const *g = side_agencies(r->dir, of, r->a);

	if (json_get(s->meta, "approval")) {
		add_approval_tasks(r, s, l);
		return;
	}
	if (*g == NULL && !str_eq(of, "party"))
		run_fail(r, "bad-definition", "no agency has the role \"%s\"", of);
	for (; *g; g++)
		add_task(r, s, &(struct approver){ *g, of, json_str(task, "post") }, l);
}

/* Tasks live as long as their state: a state passed through in one step never opens one. */
void
run_tasks(struct run *r, const struct sc_step *step, struct write_set *ws)
{
	struct name_list closed = { 0 };
	struct task_list l = { 0 };

	for (const struct sc_state *const *s = step->exited; *s; s++)
		if (json_get((*s)->meta, "task"))
			name_list_add(&closed, r->a, (*s)->id);
	for (const struct sc_state *const *s = step->entered; *s; s++)
		if (json_get((*s)->meta, "task") && sc_is_active(step->next, *s) &&
		    is_last_entry(s + 1, *s))
			add_tasks(r, *s, &l);
	name_list_add(&closed, r->a, NULL);
	ws->closed_states = closed.names;
	ws->tasks = l.tasks;
	ws->task_count = l.count;
}

/* ---- mails ---- */

struct mail_list {
	struct mail_write *mails;
	int count, size;
};

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
		ARENA_PUSH(v->a, l->mails, l->count, l->size) = mail;
	}
	return holders;
}

/* A vacant post must not swallow a notice: then the head of that agency gets it. */
static void
mail_to(const struct notice_values *v, const char *name, struct json_object *to, int from,
    struct mail_list *l)
{
	const struct agency *const *g = side_agencies(v->dir, json_str(to, "of"), v->a);

	for (; *g; g++)
		if (mail_post(v, name, json_str(to, "post"), *g, from, l) == 0)
			mail_post(v, name, "head", *g, from, l);
}

static void
mail_notice(struct run *r, struct json_object *params, struct mail_list *l)
{
	const char *own = json_str(params, "term");
	struct notice_values v = { .a = r->a,
		.w = r->w,
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
	v.calendar = run_calendar_of(r, v.term);
	for (size_t i = 0; i < json_object_array_length(to); i++)
		mail_to(
		    &v, json_str(params, "template"), json_object_array_get_idx(to, i), from, l);
}

/* What nobody caused comes neither at night nor on a day off. 0: at once. */
static int64_t
mail_not_before(const struct run *r)
{
	const struct actor *who = r->ev->actor;
	int64_t opens = calendar_next_open(r->calendar, r->ev->at);

	return (who->is_automatic || str_eq(who->kind, "timer")) && opens > r->ev->at ? opens : 0;
}

void
run_mails(struct run *r, struct write_set *ws)
{
	struct mail_list l = { 0 };

	for (int i = 0; i < r->notice_count; i++)
		mail_notice(r, r->notices[i], &l);
	for (int i = 0; i < l.count; i++)
		l.mails[i].not_before = mail_not_before(r);
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

const char *
active_leaves(struct arena *a, struct json_object *snapshot)
{
	struct json_object *active = json_get(snapshot, "active");
	struct str text;

	str_init(&text, a);
	for (size_t i = 0; active && i < json_object_array_length(active); i++)
		str_addf(&text, "%s%s", i ? " " : "",
		    json_object_get_string(json_object_array_get_idx(active, i)));
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
		.own_post = r->as ? r->as->own_post : NULL,
		.on_behalf_of = r->as ? r->as->on_behalf_of : 0,
		.actor_name = who->name,
		.actor_post = r->as ? r->as->post : NULL,
		.actor_agency_code = r->as ? r->as->agency_code : NULL,
		.data = r->ev->data,
		.from_states = leaves(r, before),
		.to_states = leaves(r, after),
		.at = r->ev->at,
		.prev_hash = r->c.head_hash,
		.law_id = r->law ? r->law->id : 0,
	};
	event_hash(r->a, &r->c, e, hex);
	e->hash = hex;
	r->c.head_hash = hex;
}
