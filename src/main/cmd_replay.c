/*
 * lienthong workflow replay: what would have become of past cases under a draft.
 */
#include "cmd_workflow.h"

#include "tool.h"

#define USAGE "workflow replay FILE [--since DATE] [--until DATE] [--calendar FILE] --config FILE"

struct replay {
	struct arena *arena;
	const char *file, *calendar, *since, *until;
};

/* The beginning of a day, or the end of it: in the zone of the configured calendar. */
static int
read_day(struct task *t, const char *day, bool is_end, int64_t *at)
{
	*at = 0;
	if (day == NULL || flow_local_day(day, is_end, at))
		return OK;
	return fail(t, E_BAD_INPUT, "\"%s\" is no day like 2026-01-31", day);
}

static void
print_totals(const struct flow_replayed *out)
{
	printf("%lld cases; %lld would have gone otherwise\n", (long long)out->cases,
	    (long long)out->different);
	printf("  %6lld with something refused that was done\n", (long long)out->refusals);
	printf("  %6lld in other states\n", (long long)out->states);
	printf("  %6lld with other due dates\n", (long long)out->dates);
	printf("  %6lld with another outcome\n", (long long)out->outcomes);
}

static int
replay(struct task *t, const struct config *cfg, void *arg)
{
	struct replay *r = arg;
	struct flow_replay in = { .file = r->file, .say = tool_say };
	struct flow_replayed out;

	(void)cfg;
	TRY(tool_read_json(t, r->arena, r->file, &in.machine));
	if (r->calendar)
		TRY(tool_read_json(t, r->arena, r->calendar, &in.calendar));
	TRY(read_day(t, r->since, false, &in.since));
	TRY(read_day(t, r->until, true, &in.until));
	TRY(flow_replay(t, &in, &out));
	print_totals(&out);
	return OK;
}

int
workflow_replay(int argc, char **argv)
{
	struct replay r = { .arena = arena_new() };
	const char *config = NULL;
	const struct tool_option options[] = {
		{ "--config", &config, NULL },
		{ "--since", &r.since, NULL },
		{ "--until", &r.until, NULL },
		{ "--calendar", &r.calendar, NULL },
		{ NULL, &r.file, NULL },
	};
	int status = 2;

	if (tool_options(argc, argv, options, USAGE)) {
		if (r.file)
			status = tool_run(r.arena, config, replay, &r);
		else
			fputs("usage: lienthong " USAGE "\n", stderr);
	}
	arena_free(r.arena);
	return status;
}
