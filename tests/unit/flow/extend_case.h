/*
 * The small case of extend.json, decided step by step: for tests of extensions and of dates counted
 * again. The regime gets kinds of extension here. 03/10/2022 is a Monday.
 */
#ifndef LT_EXTEND_CASE_H
#define LT_EXTEND_CASE_H

#include "fixture.h"

static struct workflow *w;
static struct case_row row;
static struct timer_write timers[16];
static int timer_count;
static struct write_set ws;
static struct verdict verdict;

/* ---- the law: two kinds for the account, one for the test ---- */

static inline struct regime *
with_kinds(const struct regime *r)
{
	struct json_object *o = json_copy(arena, regime_json(r)), *terms = json_get(o, "terms");
	struct error_list errors;
	struct regime *own;

	error_list_init(&errors, arena);
	json_set(json_get(terms, "request.account"), "extensions",
	    json_object_get(json("{\"own\": {\"unit\": \"working_days\", \"most\": 4, \"times\": "
				 "2, \"from\": \"due\", \"law\": \"DEFAULT\"}, \"chair\": "
				 "{\"unit\": \"working_days\", \"most\": 10, \"times\": 3, "
				 "\"from\": \"now\", \"law\": \"DEFAULT\"}}")));
	json_set(json_get(terms, "request.test"), "extensions",
	    json_object_get(json("{\"own\": {\"unit\": \"calendar_days\", \"most\": 9, "
				 "\"times\": 2, \"from\": \"due\", \"law\": \"DEFAULT\"}}")));
	own = regime_load(o, &errors);
	assert_non_null(own);
	return own;
}

static inline int
open_all(void **state)
{
	struct error_list errors;
	const char *why = NULL;

	if (open_law(state))
		return -1;
	for (int i = 0; i < law->regime_count; i++) {
		struct regime *own = with_kinds(law->regimes[i]);

		regime_free(law->regimes[i]);
		law->regimes[i] = own;
	}
	error_list_init(&errors, arena);
	w = workflow_load(law, json_read_file(arena, "tests/unit/flow/extend.json", &why), &errors);
	for (const struct error_item *e = errors.first; e; e = e->next)
		print_error("%s %s\n", e->pointer, e->message);
	return w ? 0 : -1;
}

static inline int
close_all(void **state)
{
	workflow_free(w);
	return close_law(state);
}

/* ---- the case ---- */

static inline int64_t
instant(const char *text)
{
	int64_t at = 0;

	assert_true(instant_parse(text, &at));
	return at;
}

static inline bool
is_cancelled(const char *id)
{
	for (const char *const *one = ws.cancelled_timers; *one; one++)
		if (str_eq(*one, id))
			return true;
	return false;
}

static inline void
keep(void)
{
	int kept = 0;

	for (int i = 0; i < timer_count; i++)
		if (!is_cancelled(timers[i].timer_id))
			timers[kept++] = timers[i];
	for (int i = 0; i < ws.timer_count; i++)
		timers[kept++] = ws.timers[i];
	timer_count = kept;
	row = ws.c;
}

static inline void
send(const struct actor *who, const char *type, const char *at, const char *data)
{
	struct event_in ev = { type, data ? json(data) : NULL, instant(at), who };

	decide_event(w, law, &directory, &row, timers, timer_count, &ev, arena, &ws, &verdict);
	if (verdict.code == OK)
		keep();
}

static inline void
done(const char *type, const char *at, const char *data)
{
	send(&hung, type, at, data);
	if (verdict.code != OK)
		fail_msg("%s: %s", type, verdict.text);
}

static inline void
refused(const char *type, const char *at, const char *data, const char *word, const char *text)
{
	int64_t version = row.version;

	send(&hung, type, at, data);
	assert_int_equal(verdict.code, E_CONFLICT);
	assert_string_equal(verdict.word, word);
	assert_string_equal(verdict.text, text);
	assert_int_equal(row.version, version);
}

/* What has fallen due until then fires, in order. */
static inline void
until(const char *at)
{
	for (;;) {
		const struct timer_write *next = NULL;
		struct event_in ev = { .at = instant(at), .actor = &timer };

		for (int i = 0; i < timer_count; i++)
			if (timers[i].due_at <= ev.at &&
			    (next == NULL || timers[i].due_at < next->due_at))
				next = &timers[i];
		if (next == NULL)
			return;
		ev.type = next->event;
		ev.at = next->due_at;
		decide_event(
		    w, law, &directory, &row, timers, timer_count, &ev, arena, &ws, &verdict);
		assert_int_equal(verdict.code, OK);
		keep();
	}
}

static inline int
open_case(void **state)
{
	struct event_in ev = {
		.type = "START", .at = instant("2022-10-03T09:00:00+07:00"), .actor = &hung
	};

	(void)state;
	ev.data = json("{}");
	row = (struct case_row){ .id = 7,
		.number = "STG-EXT-2022-00001",
		.calendar = "vn",
		.requester_id = 1,
		.owner_id = 2,
		.created_by = 102,
		.title = "a" };
	timer_count = 0;
	decide_start(w, law, &directory, &row, &ev, arena, &ws, &verdict);
	assert_int_equal(verdict.code, OK);
	keep();
	return 0;
}

static inline const struct timer_write *
timer_of(const char *term)
{
	for (int i = 0; i < timer_count; i++)
		if (str_eq(timers[i].term, term))
			return &timers[i];
	return NULL;
}

static inline void
check_instant(int64_t at, const char *text)
{
	assert_string_equal(instant_text(arena, at), instant_text(arena, instant(text)));
}

static inline void
check_timer(const char *term, const char *at)
{
	if (timer_of(term) == NULL)
		fail_msg("no timer of %s", term);
	check_instant(timer_of(term)->due_at, at);
}

static inline struct json_object *
record_of(const char *term)
{
	return json_get(json_get(row.context, "terms"), term);
}

static inline struct json_object *
extension_of(const char *term, size_t i)
{
	return json_object_array_get_idx(json_get(record_of(term), "extensions"), i);
}

static inline bool
is_active(const char *state_id)
{
	return strstr(ws.event.to_states, state_id) != NULL;
}

#define DAYS(n) "{\"days\": " #n ", \"reason\": \"cần thêm thời gian\"}"

#endif
