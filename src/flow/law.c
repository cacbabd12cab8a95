/*
 * The law as data: regimes, calendars, titles of posts and notices, read once and never changed.
 */
#include "flow_priv.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* One file, and where its mistakes go: without its name, or with the name of another file. */
struct reading {
	const char *path;
	struct error_list *errors, *all;
};

typedef void (*file_fn)(struct law *l, struct json_object *o, const struct reading *f);

static int
is_json(const struct dirent *e)
{
	size_t n = strlen(e->d_name);

	return n > 5 && strcmp(e->d_name + n - 5, ".json") == 0;
}

/* Mistakes of one file, with the file's name before their pointers. */
static void
pass_on(struct error_list *from, const char *file, struct error_list *to)
{
	for (const struct error_item *e = from->first; e; e = e->next)
		error_add(to, arena_printf(to->arena, "%s:%s", file, e->pointer), e->code, "%s",
		    e->message);
}

static void
load_file(struct law *l, const char *path, file_fn fn, struct error_list *errors)
{
	struct error_list mistakes;
	const char *why = NULL;
	struct json_object *o = json_read_file(l->arena, path, &why);

	if (o == NULL) {
		error_add(errors, arena_printf(errors->arena, "%s:", path), "json", "%s", why);
		return;
	}
	error_list_init(&mistakes, l->arena);
	if (json_object_is_type(o, json_type_object))
		fn(l, o, &(struct reading){ path, &mistakes, errors });
	else
		error_add(&mistakes, "", "type", "must be an object");
	pass_on(&mistakes, path, errors);
}

static void
load_folder(struct law *l, const char *folder, file_fn fn, struct error_list *errors)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, is_json, alphasort);

	if (n <= 0)
		error_add(errors, arena_printf(errors->arena, "%s:", folder), "missing",
		    "no .json file in this folder");
	if (n < 0)
		return;
	for (int i = 0; i < n; i++) {
		load_file(
		    l, arena_printf(l->arena, "%s/%s", folder, entries[i]->d_name), fn, errors);
		free(entries[i]);
	}
	free(entries);
}

static void
add_common(struct law *l, struct json_object *o, const struct reading *f)
{
	law_common_add(l, f->path, o, f->errors);
}

static void
add_regime(struct law *l, struct json_object *o, const struct reading *f)
{
	struct regime *r = law_common_regime(l, o, f->errors, f->all);

	if (r == NULL)
		return;
	l->regimes = xrealloc(l->regimes, sizeof(*l->regimes) * (size_t)(l->regime_count + 1));
	l->regimes[l->regime_count++] = r;
}

/* One that is based on another waits until all are read that stand by themselves. */
static void
add_calendar(struct law *l, struct json_object *o, const struct reading *f)
{
	if (calendar_base_id(o))
		json_set(l->based, f->path, json_object_get(o));
	else
		law_add_calendar(l, o, f->errors);
}

static void
add_based_calendars(struct law *l, struct error_list *errors)
{
	json_object_object_foreach(l->based, path, o)
	{
		struct error_list mistakes;

		error_list_init(&mistakes, l->arena);
		law_add_calendar(l, o, &mistakes);
		pass_on(&mistakes, path, errors);
	}
}

static void
check_titles(struct json_object *o, const char *what, struct error_list *errors)
{
	json_object_object_foreach(o, name, title)
	{
		if (json_str(title, "vi") == NULL || json_str(title, "en") == NULL)
			error_add(errors, arena_printf(errors->arena, "/%s", name), "title",
			    "a %s needs a title in vi and en", what);
	}
}

static void
add_posts(struct law *l, struct json_object *o, const struct reading *f)
{
	check_titles(o, "post", f->errors);
	posts_check(o, f->errors);
	l->posts = o;
	l->filling_posts = posts_filling(o, l->arena);
}

static void
add_sides(struct law *l, struct json_object *o, const struct reading *f)
{
	check_titles(o, "side", f->errors);
	l->sides = o;
}

static void
add_shape(struct law *l, struct json_object *o, const struct reading *f)
{
	l->shape = schema_compile(o, f->errors);
}

static bool
is_named(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');

	return str_eq(slash ? slash + 1 : path, name);
}

/* layout.json has the frame of every mail, letters.json what belongs to no case, lists.json what is
 * mailed on a day of the week; each other file has notices by name. */
static void
add_notices(struct law *l, struct json_object *o, const struct reading *f)
{
	if (json_path(o, "vi.html")) {
		l->layout = o;
		return;
	}
	if (is_named(f->path, "letters.json")) {
		l->letters = o;
		return;
	}
	if (is_named(f->path, "lists.json")) {
		l->lists = o;
		return;
	}
	json_object_object_foreach(o, name, notice)
	{
		if (json_get(l->notices, name))
			error_add(f->errors, arena_printf(f->errors->arena, "/%s", name),
			    "duplicate", "this notice is defined twice");
		json_set(l->notices, name, json_object_get(notice));
	}
}

struct law *
law_load(const char *dir, struct error_list *errors)
{
	struct law *l = xcalloc(1, sizeof(*l));
	int before = errors->count;

	l->arena = arena_new();
	l->notices = json_keep(l->arena, json_object_new_object());
	l->based = json_keep(l->arena, json_object_new_object());
	l->calendar_files = json_keep(l->arena, json_object_new_array());
	l->common = law_common_new(l->arena);
	load_folder(l, arena_printf(l->arena, "%s/workflows/common", dir), add_common, errors);
	load_folder(l, arena_printf(l->arena, "%s/workflows/regimes", dir), add_regime, errors);
	load_folder(l, arena_printf(l->arena, "%s/calendars", dir), add_calendar, errors);
	add_based_calendars(l, errors);
	load_file(l, arena_printf(l->arena, "%s/workflows/posts.json", dir), add_posts, errors);
	load_file(l, arena_printf(l->arena, "%s/workflows/sides.json", dir), add_sides, errors);
	load_file(l, arena_printf(l->arena, "%s/workflows/schema.json", dir), add_shape, errors);
	load_folder(l, arena_printf(l->arena, "%s/workflows/notices", dir), add_notices, errors);
	law_check_sides(l, arena_printf(l->arena, "%s/workflows", dir), errors);
	notices_check(l, arena_printf(l->arena, "%s/workflows/notices:", dir), errors);
	if (errors->count == before)
		return l;
	law_free(l);
	return NULL;
}

void
law_free(struct law *l)
{
	if (l == NULL)
		return;
	for (int i = 0; i < l->regime_count; i++)
		regime_free(l->regimes[i]);
	for (int i = 0; i < l->calendar_count; i++)
		calendar_free(l->calendars[i]);
	free(l->regimes);
	free(l->calendars);
	schema_free(l->shape);
	arena_free(l->arena);
	free(l);
}

const struct regime *
law_regime(const struct law *l, const char *code)
{
	for (int i = 0; i < l->regime_count; i++)
		if (str_eq(regime_code(l->regimes[i]), code))
			return l->regimes[i];
	return NULL;
}

const struct regime *
law_regime_on(const struct law *l, int64_t at_us)
{
	for (int i = 0; i < l->regime_count; i++)
		if (regime_is_in_force(l->regimes[i], at_us))
			return l->regimes[i];
	return NULL;
}

struct json_object *
law_post_title(const struct law *l, const char *post)
{
	return json_get(l->posts, post);
}

bool
law_post_is(const struct law *l, const char *post, const char *word)
{
	return json_truth(json_get(l->posts, post), word, false);
}

struct json_object *
law_posts(const struct law *l)
{
	return l->posts;
}

struct json_object *
law_side_title(const struct law *l, const char *side)
{
	return json_get(l->sides, side);
}
