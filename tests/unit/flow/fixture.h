/*
 * What the tests of flow share: the real definitions, and a small case of four agencies.
 */
#ifndef LT_FLOW_FIXTURE_H
#define LT_FLOW_FIXTURE_H

#include "../../../src/flow/flow_priv.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;
static struct law *law;

static inline int
open_law(void **state)
{
	struct error_list errors;

	(void)state;
	arena = arena_new();
	error_list_init(&errors, arena);
	law = law_load(".", &errors);
	for (const struct error_item *e = errors.first; e; e = e->next)
		print_error("%s %s\n", e->pointer, e->message);
	return law ? 0 : -1;
}

static inline int
close_law(void **state)
{
	(void)state;
	law_free(law);
	arena_free(arena);
	return 0;
}

static inline struct json_object *
json(const char *text)
{
	const char *why = NULL;
	struct json_object *o = json_read(arena, text, strlen(text), &why);

	if (o == NULL)
		fail_msg("%s: %s", why, text);
	return o;
}

/* The law, and a workflow of it; NULL with its mistakes printed. */
static inline struct workflow *
open_workflow(void **state, const char *path)
{
	struct error_list errors;
	const char *why = NULL;
	struct workflow *w;

	if (open_law(state))
		return NULL;
	error_list_init(&errors, arena);
	w = workflow_load(law, json_read_file(arena, path, &why), &errors);
	for (const struct error_item *e = errors.first; e; e = e->next)
		print_error("%s %s\n", e->pointer, e->message);
	return w;
}

static const struct agency agencies[] = {
	{ .id = 1, .code = "H51.19.3", .name_vi = "UBND Phường 3" },
	{ .id = 2, .code = "H51.5", .name_vi = "Sở LĐTBXH" },
	{ .id = 3, .code = "H51.2", .name_vi = "Sở TTTT", .role = "ict" },
	{ .id = 4, .code = "H51.1", .name_vi = "Văn phòng UBND tỉnh", .role = "office" },
};

static const struct holding holdings[] = {
	{ .id = 11, .person_id = 101, .agency_id = 1, .post = "focal", .agency_code = "H51.19.3" },
	{ .id = 12, .person_id = 102, .agency_id = 1, .post = "head", .agency_code = "H51.19.3" },
	{ .id = 21, .person_id = 201, .agency_id = 2, .post = "focal", .agency_code = "H51.5" },
	{ .id = 22, .person_id = 202, .agency_id = 2, .post = "head", .agency_code = "H51.5" },
};

static const struct person people[] = {
	{ .id = 101, .name = "Lan", .email = "lan@example.vn", .locale = "vi", .is_active = true },
	{ .id = 102,
	    .name = "Hùng",
	    .email = "hung@example.vn",
	    .locale = "en",
	    .is_active = true },
	{ .id = 201,
	    .name = "Minh",
	    .email = "minh@example.vn",
	    .locale = "vi",
	    .is_active = true },
	{ .id = 202, .name = "Tâm", .email = "tam@example.vn", .locale = "vi", .is_active = false },
};

static const struct agency *const all_agencies[] = { &agencies[0], &agencies[1], &agencies[2],
	&agencies[3] };

static const struct directory directory = {
	.requester = &agencies[0],
	.owner = &agencies[1],
	.agencies = all_agencies,
	.agency_count = LEN(all_agencies),
	.holdings = holdings,
	.people = people,
	.holding_count = LEN(holdings),
};

static const struct actor lan = { "person", 101, "Lan", &holdings[0], 1, false };
static const struct actor hung = { "person", 102, "Hùng", &holdings[1], 1, false };
static const struct actor minh = { "person", 201, "Minh", &holdings[2], 1, false };
static const struct actor timer = { .kind = "timer", .name = "timer" };

/* Unused ones are fine: each test file takes what it needs. */
static inline const struct actor *const *
fixture_actors(void)
{
	static const struct actor *const all[] = { &lan, &hung, &minh, &timer };

	return all;
}

#endif
