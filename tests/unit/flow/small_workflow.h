/*
 * Small workflows for tests of the tools: states as text, with the least around them that loads.
 */
#ifndef LT_FLOW_SMALL_WORKFLOW_H
#define LT_FLOW_SMALL_WORKFLOW_H

#include "fixture.h"

#include <ctype.h>

#define TITLE "\"title\": {\"vi\": \"a\", \"en\": \"a\"}, \"law\": \"DEFAULT\""
#define META "\"meta\": {" TITLE "}"
#define STATE(more) "\"meta\": {" TITLE more "}"
#define BY "\"meta\": {" TITLE ", \"by\": [{\"post\": \"head\", \"of\": \"owner\"}]}"
#define GO(target) "{\"target\": \"" target "\", " BY "}"
#define END(outcome) "{\"type\": \"final\", " STATE(", \"outcome\": \"" outcome "\"") "}"
#define TASK(term)                                                                                 \
	", \"task\": {\"post\": \"head\", \"of\": \"owner\", \"term\": \"" term                    \
	"\", \"title\": {\"vi\": \"a\", \"en\": \"a\"}}"
#define AFTER(term, target) "\"after\": {\"" term "\": {\"target\": \"" target "\", " META "}}"

/* The prefix is the id in capitals. */
static inline struct json_object *
machine(const char *id, const char *terms, const char *states)
{
	char *prefix = arena_strdup(arena, id);

	for (char *c = prefix; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return json(arena_printf(arena,
	    "{\"id\": \"%s\", \"initial\": \"first\", \"states\": {%s}, \"meta\": {" TITLE
	    ", \"kind\": \"request\", \"prefix\": \"%s\", \"terms\": [%s], \"start\": {" TITLE
	    ", \"by\": [{\"post\": \"head\", \"of\": \"requester\"}]}, \"visibility\": {\"see\": "
	    "[{\"of\": \"owner\"}]}, \"phases\": [{\"id\": \"p\", \"title\": {\"vi\": \"a\", "
	    "\"en\": \"a\"}}], \"form\": {\"type\": \"object\", \"additionalProperties\": false, "
	    "\"properties\": {\"note\": {\"type\": \"string\", \"x-title\": {\"vi\": \"a\", "
	    "\"en\": \"a\"}}}}}}",
	    id, states, prefix, terms));
}

static inline struct workflow *
loaded(struct json_object *o)
{
	struct error_list errors;
	struct workflow *w;

	error_list_init(&errors, arena);
	w = workflow_load(law, o, &errors);
	for (const struct error_item *e = errors.first; e; e = e->next)
		print_error("%s %s\n", e->pointer, e->message);
	assert_non_null(w);
	return w;
}

#endif
