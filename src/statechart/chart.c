/*
 * The loaded chart: what callers may ask of it, and look-ups by id, by key and by kinship.
 */
#include "statechart_priv.h"

#include <stdlib.h>

void
sc_free(struct sc_chart *chart)
{
	if (chart)
		arena_free(chart->arena);
}

const char *
sc_id(const struct sc_chart *chart)
{
	return chart->nodes[0].pub.id;
}

struct json_object *
sc_meta(const struct sc_chart *chart)
{
	return chart->nodes[0].pub.meta;
}

struct json_object *
sc_machine(const struct sc_chart *chart)
{
	return chart->machine;
}

int
sc_state_count(const struct sc_chart *chart)
{
	return chart->count;
}

const struct sc_state *
sc_state_at(const struct sc_chart *chart, int index)
{
	return &chart->nodes[index].pub;
}

const struct sc_state *
sc_state_by_id(const struct sc_chart *chart, const char *id)
{
	int i = chart_find_id(chart, id, strlen(id));

	return i == NO_STATE ? NULL : &chart->nodes[i].pub;
}

int
sc_transition_count(const struct sc_chart *chart)
{
	return chart->transitions.count;
}

const struct sc_transition *
sc_transition_at(const struct sc_chart *chart, int index)
{
	return &chart->transitions.items[index]->pub;
}

static int
find(const struct sc_chart *c, const struct index_entry *table, int parent, const char *name,
    size_t length)
{
	int low = 0, high = c->count - 1;

	while (low <= high) {
		int middle = (low + high) / 2;
		const struct index_entry *e = &table[middle];
		int order = (e->parent > parent) - (e->parent < parent);

		if (!order)
			order = strncmp(e->name, name, length);
		if (!order)
			order = e->name[length] != '\0';
		if (!order)
			return e->state;
		if (order < 0)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return NO_STATE;
}

int
chart_find_id(const struct sc_chart *c, const char *id, size_t length)
{
	return find(c, c->by_id, NO_STATE, id, length);
}

int
chart_find_child(const struct sc_chart *c, int parent, const char *key, size_t length)
{
	return find(c, c->by_key, parent, key, length);
}

int
chart_common_ancestor(const struct sc_chart *c, int a, int b)
{
	while (a != b && !is_inside(c, b, a))
		a = c->nodes[a].parent;
	return a;
}
