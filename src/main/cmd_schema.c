/*
 * lienthong schema SCHEMA.json INSTANCE.json: is the instance valid?
 */
#include "commands.h"

#include "schema.h"

#include <stdio.h>

enum { VALID, INVALID, UNUSABLE };

static int
print_errors(const struct error_list *errors, FILE *to, int status)
{
	for (const struct error_item *e = errors->first; e; e = e->next)
		fprintf(to, "%s: %s: %s\n", e->pointer, e->code, e->message);
	return status;
}

static int
validate(struct arena *a, struct json_object *definition, struct json_object *value)
{
	struct error_list errors;
	struct schema *s;
	int status = VALID;

	error_list_init(&errors, a);
	s = schema_compile(definition, &errors);
	if (!s)
		return print_errors(&errors, stderr, UNUSABLE);
	if (!schema_validate(s, value, "", &errors))
		status = print_errors(&errors, stdout, INVALID);
	schema_free(s);
	return status;
}

/* The product's texts hold no NUL; what is checked here may. */
static struct json_object *
read_file(struct arena *a, const char *path, const char **why)
{
	struct json_object *o = json_read_file(a, path, why);

	if (!*why || !str_starts(*why, "NUL in a string"))
		return o;
	*why = NULL;
	return json_keep(a, json_object_from_file(path));
}

static int
run(struct arena *a, const char *schema_path, const char *value_path)
{
	const char *why = NULL, *path = schema_path;
	struct json_object *definition = read_file(a, path, &why), *value = NULL;

	if (!why)
		value = read_file(a, path = value_path, &why);
	if (!why)
		return validate(a, definition, value);
	fprintf(stderr, "lienthong: %s: %s\n", path, why);
	return UNUSABLE;
}

int
cmd_schema(int argc, char **argv)
{
	struct arena *a = arena_new();
	int status = UNUSABLE;

	if (argc == 3)
		status = run(a, argv[1], argv[2]);
	else
		fputs("usage: lienthong schema SCHEMA.json INSTANCE.json\n", stderr);
	arena_free(a);
	return status;
}
