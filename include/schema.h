/*
 * schema: JSON Schema 2020-12 for forms, pure: the keywords that forms need (see docs/forms in
 * workflows/README.md); a schema that uses another keyword is refused when it is compiled, so that
 * nothing is silently not checked. Annotations and x-* are ignored.
 */
#ifndef LT_SCHEMA_H
#define LT_SCHEMA_H

#include "base.h"

struct schema;

/* NULL with the mistakes in errors: an unsupported keyword has code "unsupported". Keeps its own
 * copy of o. */
struct schema *schema_compile(struct json_object *o, struct error_list *errors);
void schema_free(struct schema *s);

/* Adds each violation with its JSON pointer (below base, e.g. "/fields") and the keyword as code
 * ("required", "minLength", "format"); returns whether there was none. */
bool schema_validate(const struct schema *s, struct json_object *value, const char *base,
    struct error_list *errors);

#endif
