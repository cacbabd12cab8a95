/*
 * The case of a step: the one the story is about, one it opened besides and gave a name, or what
 * such a case opened. And the opening of cases.
 */
#include "demo.h"

#include <string.h>

/* ---- "NAME/WORKFLOW@OWNER": a named case ("self": the story's own), then child after child ----
 */

struct search {
	const char *path;
	struct demo_target *found;
	int64_t id;
};

static bool
is_child(const struct case_link *link, const char *workflow, const char *owner)
{
	return link->tie == LINK_CHILD && str_eq(link->line.c.workflow, workflow) &&
	       (owner == NULL || str_eq(link->line.owner_code, owner));
}

/* The newest of those that fit; none: id 0. */
static int
go_to_child(struct tx *tx, struct case_line *at, char *segment)
{
	char *owner = strchr(segment, '@');
	struct case_row parent = { .id = at->c.id };
	struct case_link *list;
	int count;

	if (owner)
		*owner++ = '\0';
	TRY(store_links(tx, &parent, NULL, 0, &list, &count));
	at->c.id = 0;
	for (int i = 0; i < count; i++)
		if (is_child(&list[i], segment, owner))
			*at = list[i].line;
	return OK;
}

static int
search_tx(struct tx *tx, void *arg)
{
	struct search *s = arg;
	char *rest = strchr(arena_strdup(tx_arena(tx), s->path), '/');
	struct case_line line = { .c.id = s->id };

	if (s->id && rest == NULL)
		TRY(store_case_line(tx, s->id, &line));
	while (line.c.id && rest) {
		char *segment = rest + 1;

		rest = strchr(segment, '/');
		if (rest)
			*rest = '\0';
		TRY(go_to_child(tx, &line, segment));
	}
	*s->found = (struct demo_target){ line.c.id, line.requester_code, line.owner_code,
		line.active_states };
	return OK;
}

/* Each of several agencies takes the step in its own child. */
static const char *
path_of(struct task *t, struct json_object *step, const char *agency)
{
	const char *path = json_str(step, "case");

	return path && agency ? arena_printf(task_arena(t), "%s@%s", path, agency) : path;
}

static int64_t
named_case(struct task *t, const struct demo_case *c, const char *path)
{
	size_t length = strcspn(path, "/");

	return json_int(c->named, arena_strndup(task_arena(t), path, length), 0);
}

int
demo_find(struct task *t, const struct demo_case *c, struct json_object *step, const char *agency,
    struct demo_target *found)
{
	const char *path = path_of(t, step, agency);
	struct search s = { .path = path ? path : "self", .found = found };

	*found = (struct demo_target){ c->id, c->requester, c->owner, NULL };
	if (path == NULL && json_str(step, "if") == NULL)
		return OK;
	s.id = named_case(t, c, s.path);
	return tx_run(t, search_tx, &s);
}

bool
demo_is_in(struct task *t, const struct demo_target *at, const char *state)
{
	const char *list = at->states ? at->states : "";

	return strstr(arena_printf(task_arena(t), " %s ", list),
		   arena_printf(task_arena(t), " %s ", state)) != NULL;
}

/* ---- opening ---- */

/* From requests.json: the first event of most stories. */
static void
open_request(struct demo *d, struct demo_case *c, const struct demo_step *s, int person,
    struct flow_start *in)
{
	in->workflow = json_str(c->service, "workflow");
	in->service = json_str(c->service, "code");
	in->agency = c->requester;
	in->received_at = demo_received_at(d, c, s->at);
	in->fields = c->fields = demo_fields(d, c, person, s->at);
}

/* As the step says: {"as", "workflow", "service", "party", "about": name, "fields"}. */
static void
open_named(struct task *t, struct demo *d, const struct demo_case *c, const struct demo_step *s,
    struct flow_start *in)
{
	struct json_object *o = json_get(s->step, "open");
	const char *about = json_str(o, "about");
	struct demo_words w = { c, s->at, NULL };

	in->workflow = json_str(o, "workflow");
	in->service = json_str(o, "service");
	in->party = json_str(o, "party");
	in->agency = json_str(s->step, "of");
	in->about = about ? named_case(t, c, about) : 0;
	in->fields = json_keep(d->arena, demo_fill(d, &w, json_get(o, "fields")));
}

static int
read_line_tx(struct tx *tx, void *arg)
{
	struct case_line *line = arg;

	return store_case_line(tx, line->c.id, line);
}

/* The sides of a story's own case are known once it is there. */
static int
keep_sides(struct task *t, struct demo *d, struct demo_case *c)
{
	struct case_line line = { .c.id = c->id };

	TRY(tx_run(t, read_line_tx, &line));
	c->requester = arena_strdup(d->arena, line.requester_code);
	c->owner = arena_strdup(d->arena, line.owner_code);
	c->service = line.service_code ? demo_by(d->services, "code", line.service_code) : NULL;
	return OK;
}

int
demo_open(struct task *t, struct demo *d, struct demo_case *c, const struct demo_step *s,
    int person, const struct actor *who)
{
	const char *name = json_str(json_get(s->step, "open"), "as");
	struct flow_start in = { 0 };
	struct flow_result result;

	if (json_get(s->step, "open"))
		open_named(t, d, c, s, &in);
	else
		open_request(d, c, s, person, &in);
	TRY(flow_start(t, who, &in, &result));
	if (name) {
		json_set_int(c->named, name, result.case_id);
		return OK;
	}
	c->id = result.case_id;
	json_set_int(c->named, "self", c->id);
	if (c->request)
		return OK;
	c->fields = in.fields;
	return keep_sides(t, d, c);
}
