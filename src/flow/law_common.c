/*
 * common/: terms and grounds that no regime changes. They become part of every regime that does not
 * state its own; their mistakes are told of the file where they stand, once.
 */
#include "flow_priv.h"

#include <string.h>

struct json_object *
law_common_new(struct arena *a)
{
	struct json_object *o = json_keep(a, json_object_new_object());

	json_set(o, "terms", json_object_new_object());
	json_set(o, "grounds", json_object_new_object());
	return o;
}

/* ---- one file of common/ ---- */

/* Kept as {"value", "file"}. */
static void
put(struct law *l, const char *file, const char *part, const char *name, struct json_object *value,
    struct error_list *errors)
{
	struct json_object *all = json_get(l->common, part);
	struct json_object *one = json_object_new_object();

	if (json_get(all, name))
		error_add(errors, arena_printf(errors->arena, "/%s/%s", part, name), "duplicate",
		    "another file of this folder has it too");
	json_set(one, "value", json_object_get(value));
	json_set_str(one, "file", file);
	json_set(all, name, one);
}

void
law_common_add(struct law *l, const char *file, struct json_object *o, struct error_list *errors)
{
	json_object_object_foreach(o, part, values)
	{
		if (json_get(l->common, part) == NULL ||
		    !json_object_is_type(values, json_type_object)) {
			error_add(errors, arena_printf(errors->arena, "/%s", part), "unknown",
			    "only objects of terms and grounds stand here");
			continue;
		}
		json_object_object_foreach(values, name, value)
		{
			put(l, file, part, name, value, errors);
		}
	}
}

/* ---- a regime ---- */

/* What the regime does not state itself; *from keeps "/terms/NAME" -> the file it came from. */
static void
fill_in(struct law *l, struct json_object *regime, const char *part, struct json_object *from)
{
	struct json_object *own = json_get(regime, part);

	if (own == NULL) {
		own = json_object_new_object();
		json_set(regime, part, own);
	}
	if (!json_object_is_type(own, json_type_object))
		return;
	json_object_object_foreach(json_get(l->common, part), name, one)
	{
		if (json_get(own, name))
			continue;
		json_set(own, name, json_object_get(json_get(one, "value")));
		json_set_str(
		    from, arena_printf(l->arena, "/%s/%s", part, name), json_str(one, "file"));
	}
}

static bool
is_told(const struct error_list *all, const char *pointer, const char *message)
{
	for (const struct error_item *e = all->first; e; e = e->next)
		if (str_eq(e->pointer, pointer) && str_eq(e->message, message))
			return true;
	return false;
}

/* "/terms/NAME/of" -> the file that NAME came from; NULL: the regime's own. */
static const char *
file_of(struct arena *a, struct json_object *from, const char *pointer)
{
	const char *name = *pointer ? strchr(pointer + 1, '/') : NULL;
	size_t n = name ? strcspn(name + 1, "/") : 0;

	if (name == NULL)
		return NULL;
	return json_str(from, arena_strndup(a, pointer, (size_t)(name - pointer) + 1 + n));
}

struct regime *
law_common_regime(
    struct law *l, struct json_object *o, struct error_list *errors, struct error_list *all)
{
	struct json_object *from = json_keep(l->arena, json_object_new_object());
	struct error_list mistakes;
	struct regime *r;

	error_list_init(&mistakes, l->arena);
	fill_in(l, o, "terms", from);
	fill_in(l, o, "grounds", from);
	r = regime_load(o, &mistakes);
	for (const struct error_item *e = mistakes.first; e; e = e->next) {
		const char *file = file_of(l->arena, from, e->pointer);
		const char *at = file ? arena_printf(l->arena, "%s:%s", file, e->pointer) : NULL;

		if (file == NULL)
			error_add(errors, e->pointer, e->code, "%s", e->message);
		else if (!is_told(all, at, e->message))
			error_add(all, at, e->code, "%s", e->message);
	}
	return r;
}
