/*
 * The agencies, kept in memory: every case and list names a few, and they hardly ever change.
 */
#include "flow_db.h"

#define STALE_AFTER_US INT64_C(10000000)

struct known {
	struct agency g;
	struct known *next;
};

static struct {
	struct known *first;
	int64_t read_at_us; /* monotonic; 0: never */
} agencies;

/* Texts that changed are copied anew; the old ones stay, since somebody may still read them. */
static const char *
keep(const char *old, const char *text)
{
	return old && str_eq(old, text) ? old : arena_strdup(flow_state.arena, text);
}

static struct known *
known_of(int64_t id)
{
	struct known **at = &agencies.first;

	for (; *at; at = &(*at)->next)
		if ((*at)->g.id == id)
			return *at;
	*at = arena_new_of(flow_state.arena, struct known);
	(*at)->g.id = id;
	return *at;
}

static void
learn(const struct agency *a)
{
	struct agency *g = &known_of(a->id)->g;

	g->code = keep(g->code, a->code);
	g->name_vi = keep(g->name_vi, a->name_vi);
	g->name_en = keep(g->name_en, a->name_en);
	g->kind = keep(g->kind, a->kind);
	g->role = keep(g->role, a->role);
	g->parent_id = a->parent_id;
	g->has_services = a->has_services;
}

int
agencies_refresh(struct task *t)
{
	int64_t now = clock_monotonic_us();
	struct agency *list;
	int count;

	TRY(versions_refresh(t)); /* the other thing that changes while the server runs */
	if (agencies.read_at_us && now - agencies.read_at_us < STALE_AFTER_US)
		return OK;
	TRY(store_agency_list(t, &list, &count));
	for (int i = 0; i < count; i++)
		learn(&list[i]);
	agencies.read_at_us = now;
	return OK;
}

const struct agency *
agency_next(const struct agency *g)
{
	const struct known *next = g ? ((const struct known *)g)->next : agencies.first;

	return next ? &next->g : NULL;
}

const struct agency *
agency_by_id(int64_t id)
{
	const struct agency *g = NULL;

	while ((g = agency_next(g)) != NULL && g->id != id)
		continue;
	return g;
}

const struct agency *
agency_by_code(const char *code)
{
	const struct agency *g = NULL;

	while ((g = agency_next(g)) != NULL && !str_eq(g->code, code))
		continue;
	return g;
}

const struct agency *
agency_by_role(const char *role)
{
	const struct agency *g = NULL;

	while ((g = agency_next(g)) != NULL && !(g->role && str_eq(g->role, role)))
		continue;
	return g;
}

void
agencies_forget(void)
{
	agencies.first = NULL;
	agencies.read_at_us = 0;
}
