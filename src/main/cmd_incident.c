/*
 * lienthong incident: timers that keep failing, for administrators without a browser.
 */
#include "commands.h"
#include "tool.h"

#include <stdio.h>
#include <stdlib.h>

#define LIST_USAGE "incident list [--json] --config FILE"
#define RETRY_USAGE "incident retry ID | --all --config FILE"

enum { AT_ONCE = 100 };

struct incidents {
	struct arena *arena;
	const char *id;
	bool is_all, is_json;
	int64_t seen;
};

/* ---- each of them, newest first ---- */

typedef int (*incident_fn)(struct task *t, struct incidents *in, struct json_object *incident);

static int
each_of_page(struct task *t, struct incidents *in, struct json_object *items, incident_fn fn)
{
	for (size_t i = 0; i < json_object_array_length(items); i++, in->seen++)
		TRY(fn(t, in, json_object_array_get_idx(items, i)));
	return OK;
}

static int
each(struct task *t, struct incidents *in, incident_fn fn)
{
	int64_t before = 0;
	struct json_object *page;

	do {
		TRY(flow_incidents(t, before, AT_ONCE, &page));
		TRY(each_of_page(t, in, json_get(page, "items"), fn));
		before = json_str(page, "next") ? atoll(json_str(page, "next")) : 0;
	} while (before);
	return OK;
}

/* ---- list ---- */

static const char *
when(struct arena *a, const char *at)
{
	int64_t us;

	return at && instant_parse(at, &us) ? flow_local_time(a, us) : "never";
}

static int
print_incident(struct task *t, struct incidents *in, struct json_object *i)
{
	struct json_object *of = json_get(i, "case"), *what = json_get(i, "what");

	(void)t;
	if (in->is_json) {
		puts(json_text_of(i));
		return OK;
	}
	printf("%lld  %s  %s\n", (long long)json_int(i, "id", 0), json_str(of, "number"),
	    json_str(what, "en"));
	printf("    was due %s, failed %d times, is tried again %s\n",
	    when(in->arena, json_str(i, "due_at")), (int)json_int(i, "attempts", 0),
	    when(in->arena, json_str(i, "next_at")));
	printf("    %s\n", json_str(i, "error"));
	return OK;
}

static int
list(struct task *t, const struct config *cfg, void *arg)
{
	struct incidents *in = arg;

	(void)cfg;
	TRY(each(t, in, print_incident));
	if (!in->is_json)
		printf("%lld incidents\n", (long long)in->seen);
	return OK;
}

static int
incident_list(struct incidents *in, int argc, char **argv)
{
	const char *config = NULL;
	const struct tool_option options[] = {
		{ "--config", &config, NULL },
		{ "--json", NULL, &in->is_json },
		{ NULL, NULL, NULL },
	};

	if (!tool_options(argc, argv, options, LIST_USAGE))
		return 2;
	return tool_run(in->arena, config, list, in);
}

/* ---- retry ---- */

/* One that is over by now needs no retry. */
static int
retry_one_of_all(struct task *t, struct incidents *in, struct json_object *i)
{
	int code = flow_incident_retry_now(t, json_int(i, "id", 0));

	(void)in;
	return code == E_NOT_FOUND ? OK : code;
}

static int
retry_one(struct task *t, struct incidents *in)
{
	char *end;
	long long id = strtoll(in->id, &end, 10);

	if (*end || id <= 0)
		return fail(t, E_BAD_INPUT, "\"%s\" is not the id of an incident", in->id);
	in->seen = 1;
	return flow_incident_retry_now(t, id);
}

static int
retry(struct task *t, const struct config *cfg, void *arg)
{
	struct incidents *in = arg;

	(void)cfg;
	TRY(in->is_all ? each(t, in, retry_one_of_all) : retry_one(t, in));
	printf("%lld incidents are due now; a running server takes them\n", (long long)in->seen);
	return OK;
}

static int
incident_retry(struct incidents *in, int argc, char **argv)
{
	const char *config = NULL;
	const struct tool_option options[] = {
		{ "--config", &config, NULL },
		{ "--all", NULL, &in->is_all },
		{ NULL, &in->id, NULL },
	};

	if (!tool_options(argc, argv, options, RETRY_USAGE))
		return 2;
	if (in->is_all == (in->id != NULL)) {
		fputs("usage: lienthong " RETRY_USAGE "\n", stderr);
		return 2;
	}
	return tool_run(in->arena, config, retry, in);
}

int
cmd_incident(int argc, char **argv)
{
	struct incidents in = { .arena = arena_new() };
	int status = 2;

	if (argc > 1 && str_eq(argv[1], "list"))
		status = incident_list(&in, argc - 1, argv + 1);
	else if (argc > 1 && str_eq(argv[1], "retry"))
		status = incident_retry(&in, argc - 1, argv + 1);
	else
		fputs(
		    "usage: lienthong " LIST_USAGE "\n       lienthong " RETRY_USAGE "\n", stderr);
	arena_free(in.arena);
	return status;
}
