/*
 * What the tests of terms share: calendars and regimes from text, instants, refusals.
 */
#ifndef TERMS_FIXTURE_H
#define TERMS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "terms.h"

static struct arena *arena;

static inline struct json_object *
read_file(const char *path)
{
	const char *why = NULL;
	struct json_object *o = json_read_file(arena, path, &why);

	if (!o)
		fail_msg("%s: %s", path, why);
	return o;
}

static inline struct json_object *
read_text(const char *text)
{
	const char *why = NULL;
	struct json_object *o = json_read(arena, text, strlen(text), &why);

	if (!o)
		fail_msg("%s: %s", text, why);
	return o;
}

static inline int64_t
at(const char *text)
{
	int64_t us = 0;

	if (!instant_parse(text, &us))
		fail_msg("%s is no instant", text);
	return us;
}

static inline struct calendar *
calendar_of(struct json_object *o)
{
	struct error_list errors;
	struct calendar *c;

	error_list_init(&errors, arena);
	c = calendar_load(o, &errors);
	if (!c)
		fail_msg("%s: %s", errors.first->pointer, errors.first->message);
	return c;
}

/* A regime with these terms ("name": {...}, ...); each gets title and law. */
static inline struct json_object *
regime_text(const char *terms)
{
	struct json_object *o = read_text(arena_printf(
	    arena, "{\"code\": \"X\", \"from\": \"2020-01-01\", \"terms\": {%s}}", terms));

	json_object_object_foreach(json_get(o, "terms"), name, term)
	{
		struct json_object *title = json_object_new_object();

		json_set_str(title, "vi", name);
		json_set_str(title, "en", name);
		json_set(term, "title", title);
		json_set_str(term, "law", "DEFAULT");
	}
	return o;
}

static inline struct regime *
regime_of(const char *terms)
{
	struct error_list errors;
	struct regime *r;

	error_list_init(&errors, arena);
	r = regime_load(regime_text(terms), &errors);
	if (!r)
		fail_msg("%s: %s", errors.first->pointer, errors.first->message);
	return r;
}

#endif
