/*
 * `after`: timers that start on entry and are cancelled on exit, and what happens when they are due.
 */
#include "statechart_priv.h"

#include <stdlib.h>

struct delay {
	const char *key;
	struct json_object *json;
	int position;
};

static bool
is_digits(const char *s)
{
	return *s && strspn(s, "0123456789") == strlen(s);
}

/* JavaScript sorts keys that are array indexes before all others, and XState reads them so. */
static bool
is_array_index(const char *key)
{
	return is_digits(key) && strlen(key) <= 10 && strtoll(key, NULL, 10) < 4294967295;
}

static int
compare_delays(const void *a, const void *b)
{
	const struct delay *x = a, *y = b;
	bool x_first = is_array_index(x->key), y_first = is_array_index(y->key);

	if (x_first && y_first) {
		long long m = strtoll(x->key, NULL, 10), n = strtoll(y->key, NULL, 10);

		return (m > n) - (m < n);
	}
	if (x_first != y_first)
		return x_first ? -1 : 1;
	return x->position - y->position;
}

static struct delay *
delays_in_order(struct arena *a, struct json_object *after)
{
	int count = json_object_object_length(after), i = 0;
	struct delay *list = arena_array(a, struct delay, count + 1);

	json_object_object_foreach(after, key, json)
	{
		list[i] = (struct delay){ key, json, i };
		i++;
	}
	qsort(list, (size_t)count, sizeof *list, compare_delays);
	return list;
}

static void
check_delay(struct loader *l, const char *key, const struct place *at)
{
	char *end;

	if (is_digits(key)) {
		if (strlen(key) > 15 || (key[0] == '0' && key[1]))
			mistake(l, at, "bad-delay", "\"%s\" is no usual number of milliseconds",
			    key);
		return;
	}
	strtod(key, &end);
	if (!*end)
		mistake(l, at, "bad-delay",
		    "\"%s\" is neither digits (milliseconds) nor the name of a term", key);
}

static void
add_timer(struct loader *l, struct node *n, const char *key, const char *event)
{
	struct action a = { .kind = ACTION_RAISE, .event = { event, NULL }, .timer_id = event,
		.is_delayed = true, .after_of = n->pub.index };

	if (is_digits(key))
		a.delay_ms = strtoll(key, NULL, 10);
	else
		a.delay = key;
	*LIST_ADD(l->arena, &n->entry) = a;
	a.kind = ACTION_CANCEL;
	*LIST_ADD(l->arena, &n->exit) = a;
}

static void
add_transition(struct loader *l, struct node *n, struct group *g, const char *key,
    struct json_object *json, const struct place *at)
{
	struct transition *t = transition_new(l, n, g->descriptor, json, at);

	t->pub.delay = key;
	*LIST_ADD(l->arena, &g->transitions) = t;
}

static void
load_delayed(struct loader *l, struct node *n, int on_count, const struct delay *d,
    const struct place *at)
{
	const char *event = arena_printf(l->arena, "xstate.after.%s.%s", d->key, n->pub.id);
	struct group *g = groups_find(&n->groups, on_count, event);

	check_delay(l, d->key, at);
	add_timer(l, n, d->key, event);
	if (!g)
		g = groups_add(l, &n->groups, event);
	if (!json_object_is_type(d->json, json_type_array)) {
		add_transition(l, n, g, d->key, d->json, at);
		return;
	}
	if (json_object_array_length(d->json) == 0)
		mistake(l, at, "required", "the list of transitions is empty");
	for (size_t i = 0; i < json_object_array_length(d->json); i++) {
		struct json_object *json = json_object_array_get_idx(d->json, i);

		if (json_object_is_type(json, json_type_string))
			mistake(l, AT_INDEX(at, (int)i), "type",
			    "in a list below \"after\" a transition is an object");
		else
			add_transition(l, n, g, d->key, json, AT_INDEX(at, (int)i));
	}
}

void
load_after(struct loader *l, struct node *n)
{
	struct json_object *after = json_get(n->json, "after");
	const struct place *at = AT_KEY(AT_NODE(n), "after");
	int on_count = n->groups.count;
	struct delay *delays;

	if (!json_object_is_type(after, json_type_object))
		return;
	delays = delays_in_order(l->arena, after);
	for (int i = 0; i < json_object_object_length(after); i++)
		load_delayed(l, n, on_count, &delays[i], AT_KEY(at, delays[i].key));
}
