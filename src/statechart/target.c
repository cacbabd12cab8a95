/*
 * From the text of a target to the state: sibling, sibling.child, .child, #id, #id.child.
 */
#include "statechart_priv.h"

#include <stdlib.h>

int
target_by_path(const struct sc_chart *c, int from, const char *path, struct arena *a,
    const char **why)
{
	int state = from;

	for (;;) {
		size_t length = strcspn(path, ".");
		int child = chart_find_child(c, state, path, length);

		if (child == NO_STATE) {
			*why = arena_printf(a, "\"%s\" has no state \"%.*s\"", c->nodes[state].pub.id,
			    (int)length, path);
			return NO_STATE;
		}
		state = child;
		if (!path[length])
			return state;
		path += length + 1;
	}
}

static int
target_by_id(const struct sc_chart *c, const char *text, struct arena *a, const char **why)
{
	size_t length = strcspn(text, ".");
	int state = chart_find_id(c, text, length);

	if (state == NO_STATE) {
		*why = arena_printf(a, "no state has the id \"%.*s\"", (int)length, text);
		return NO_STATE;
	}
	return text[length] ? target_by_path(c, state, text + length + 1, a, why) : state;
}

int
target_resolve(const struct sc_chart *c, const struct node *source, const char *text,
    struct arena *a, const char **why)
{
	if (*text == '#')
		return target_by_id(c, text + 1, a, why);
	if (*text == '.')
		return target_by_path(c, source->pub.index, text + 1, a, why);
	if (source->parent == NO_STATE) {
		*why = arena_printf(
		    a, "the root has no siblings: \".%s\" names its own state", text);
		return NO_STATE;
	}
	return target_by_path(c, source->parent, text, a, why);
}

static int
compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

/*
 * Can all be active at once? Two states can when their nearest common ancestor is parallel. In
 * document order it is enough to look at neighbours. A history state stands for its parent.
 */
bool
targets_agree(const struct sc_chart *c, const int *targets, int count, struct arena *a)
{
	int *sorted = arena_array(a, int, count);

	for (int i = 0; i < count; i++) {
		const struct node *n = &c->nodes[targets[i]];

		sorted[i] = n->pub.type == SC_HISTORY ? n->parent : targets[i];
	}
	qsort(sorted, (size_t)count, sizeof *sorted, compare_ints);
	for (int i = 1; i < count; i++) {
		int common = chart_common_ancestor(c, sorted[i - 1], sorted[i]);

		if (common == sorted[i - 1] || common == sorted[i] ||
		    c->nodes[common].pub.type != SC_PARALLEL)
			return false;
	}
	return true;
}
