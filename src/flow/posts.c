/*
 * posts.json: what a post is beside its title: to whom it falls, whether it may be vacant.
 */
#include "flow_priv.h"

static void
add_error(struct error_list *errors, const char *post, const char *key, const char *text)
{
	error_add(errors, arena_printf(errors->arena, "/%s/%s", post, key), "post", "%s", text);
}

static void
check_falls_to(struct json_object *posts, const char *post, struct error_list *errors)
{
	struct json_object *list = json_get(json_get(posts, post), "falls_to");

	if (list == NULL)
		return;
	if (!json_object_is_type(list, json_type_array) || json_object_array_length(list) == 0) {
		add_error(errors, post, "falls_to", "must be a list of posts");
		return;
	}
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *to = json_object_array_get_idx(list, i);

		if (!json_object_is_type(to, json_type_string) ||
		    json_get(posts, json_object_get_string(to)) == NULL)
			add_error(errors, post, "falls_to", "names a post that there is not");
		else if (str_eq(json_object_get_string(to), post))
			add_error(errors, post, "falls_to", "a post cannot fall to itself");
	}
}

static void
check_word(const char *post, const char *key, struct json_object *value, struct error_list *errors)
{
	static const char *const known[] = { "vi", "en", "falls_to", "vacancy", "leads", "operates",
		"of_province", NULL };
	const char *const *k = known;

	while (*k && !str_eq(*k, key))
		k++;
	if (*k == NULL)
		add_error(errors, post, key, "is not known of a post");
	else if (str_eq(key, "vacancy") && !str_eq(json_object_get_string(value), "required") &&
		 !str_eq(json_object_get_string(value), "once-held"))
		add_error(errors, post, key, "is \"required\" or \"once-held\"");
	else if ((str_eq(key, "leads") || str_eq(key, "operates") || str_eq(key, "of_province")) &&
		 !json_object_is_type(value, json_type_boolean))
		add_error(errors, post, key, "must be true or false");
}

void
posts_check(struct json_object *posts, struct error_list *errors)
{
	json_object_object_foreach(posts, post, about)
	{
		if (!json_object_is_type(about, json_type_object))
			continue; /* without a title: said already */
		json_object_object_foreach(about, key, value)
		{
			check_word(post, key, value, errors);
		}
		check_falls_to(posts, post, errors);
	}
}

const char *
posts_filling(struct json_object *posts, struct arena *a)
{
	struct str s;

	str_init(&s, a);
	json_object_object_foreach(posts, post, about)
	{
		struct json_object *list = json_get(about, "falls_to");

		(void)post;
		for (size_t i = 0; json_object_is_type(list, json_type_array) &&
				   i < json_object_array_length(list);
		     i++)
			str_addf(&s, "%s%s", s.len ? "," : "",
			    json_object_get_string(json_object_array_get_idx(list, i)));
	}
	return s.len ? s.text : "";
}
