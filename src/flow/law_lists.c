/*
 * Lists of open work that are mailed on a day of the week, as notices/lists.json says: which day,
 * to whom, of which tasks, in which letter.
 */
#include "flow_priv.h"

static const char *const weekdays[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
	"saturday", "sunday" };

int
list_weekday(struct json_object *list)
{
	for (size_t i = 0; i < LEN(weekdays); i++)
		if (str_eq(json_str(list, "weekday"), weekdays[i]))
			return (int)i;
	return -1;
}

static void
check_tasks(struct json_object *tasks, const char *pointer, struct error_list *errors)
{
	size_t n = json_object_is_type(tasks, json_type_array) ? json_object_array_length(tasks)
							       : 0;

	if (n == 0)
		error_add(errors, pointer, "tasks", "say which tasks are listed");
	for (size_t i = 0; i < n; i++) {
		struct json_object *which = json_object_array_get_idx(tasks, i);

		if (json_str(which, "workflow") == NULL && !json_truth(which, "late", false))
			error_add(errors, arena_printf(errors->arena, "%s/%zu", pointer, i),
			    "tasks", "tasks are those of a \"workflow\", or \"late\": true");
	}
}

static void
check_list(
    const struct law *l, struct json_object *list, const char *pointer, struct error_list *errors)
{
	struct arena *a = errors->arena;
	const char *post = json_str(list, "post"), *of = json_str(list, "of");
	const char *letter = json_str(list, "letter");

	if (list_weekday(list) < 0)
		error_add(errors, arena_printf(a, "%s/weekday", pointer), "weekday",
		    "a weekday is \"monday\" to \"sunday\"");
	if (post == NULL || law_post_title(l, post) == NULL)
		error_add(errors, arena_printf(a, "%s/post", pointer), "post",
		    "unknown post \"%s\" (posts.json)", post ? post : "");
	if (of == NULL || !side_is_role(of) || law_side_title(l, of) == NULL)
		error_add(errors, arena_printf(a, "%s/of", pointer), "of",
		    "\"%s\" is no side that one agency takes in every case", of ? of : "");
	if (letter == NULL || json_get(l->letters, letter) == NULL)
		error_add(errors, arena_printf(a, "%s/letter", pointer), "letter",
		    "there is no letter \"%s\" (letters.json)", letter ? letter : "");
	if (json_str(list, "law") == NULL)
		error_add(errors, arena_printf(a, "%s/law", pointer), "law",
		    "say by which article, or \"DEFAULT\"");
	check_tasks(json_get(list, "tasks"), arena_printf(a, "%s/tasks", pointer), errors);
}

void
law_lists_check(const struct law *l, const char *pointer, struct error_list *errors)
{
	if (l->lists == NULL)
		return;
	json_object_object_foreach(l->lists, name, list)
	{
		check_list(l, list, arena_printf(errors->arena, "%s/%s", pointer, name), errors);
	}
}
