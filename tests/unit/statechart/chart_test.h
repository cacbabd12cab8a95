/*
 * What the engine's tests share: machines written with single quotes, and a run over one.
 */
#ifndef LT_CHART_TEST_H
#define LT_CHART_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "statechart.h"

struct trial {
	struct arena *arena;
	struct error_list errors;
	struct sc_chart *chart;
	struct sc_host host;
	struct sc_step step;
	const char *why;
	const char *open; /* the guard that passes */
};

static inline struct json_object *
quoted(struct arena *a, const char *text)
{
	char *json = arena_strdup(a, text);
	const char *why;
	struct json_object *o;

	for (char *p = json; *p; p++)
		if (*p == '\'')
			*p = '"';
	o = json_read(a, json, strlen(json), &why);
	if (!o)
		fail_msg("%s in %s", why, json);
	return o;
}

static inline bool
trial_guard(void *arg, const char *type, struct json_object *params, const struct sc_event *ev)
{
	struct trial *t = arg;

	(void)params;
	(void)ev;
	return str_eq(type, t->open);
}

static inline void
trial_load(struct trial *t, const char *machine)
{
	*t = (struct trial){ .arena = arena_new() };
	t->host = (struct sc_host){ .guard = trial_guard, .arg = t };
	error_list_init(&t->errors, t->arena);
	t->chart = sc_load_lenient(quoted(t->arena, machine), &t->errors);
}

static inline void
trial_start(struct trial *t, const char *machine)
{
	trial_load(t, machine);
	if (!t->chart)
		fail_msg("%s: %s", t->errors.first->pointer, t->errors.first->message);
	assert_int_equal(sc_start(t->chart, t->arena, &t->host, &t->step, &t->why), OK);
}

static inline void
trial_send(struct trial *t, const char *event)
{
	struct sc_event ev = { event, NULL };

	assert_int_equal(
	    sc_send(t->chart, t->arena, t->step.next, &ev, &t->host, &t->step, &t->why), OK);
}

/* The active leaves' ids, joined with spaces. */
static inline const char *
trial_active(struct trial *t)
{
	const struct sc_state *const *s = sc_active(t->chart, t->arena, t->step.next);
	struct str out;

	str_init(&out, t->arena);
	for (; *s; s++)
		if ((*s)->type == SC_ATOMIC || (*s)->type == SC_FINAL)
			str_addf(&out, "%s%s", out.len ? " " : "", (*s)->id);
	return out.text;
}

static inline const char *
trial_actions(struct trial *t)
{
	struct str out;

	str_init(&out, t->arena);
	for (int i = 0; i < t->step.action_count; i++)
		str_addf(&out, "%s%s", out.len ? " " : "", t->step.actions[i].type);
	return out.text;
}

static inline void
trial_end(struct trial *t)
{
	sc_free(t->chart);
	arena_free(t->arena);
}

#endif
