/*
 * lienthong flow rebuild --check: does each case say what its events make of it?
 */
#include "commands.h"

#include "tool.h"

#define USAGE "flow rebuild --check --config FILE"

static int
rebuild(struct task *t, const struct config *cfg, void *arg)
{
	struct flow_rebuild in = { .say = tool_say };
	struct flow_rebuilt out;

	(void)cfg, (void)arg;
	TRY(flow_rebuild_check(t, &in, &out));
	printf("%lld cases with %lld events: %lld differ from their events\n", (long long)out.cases,
	    (long long)out.events, (long long)out.different);
	return out.different ? fail(t, E_CONFLICT, "the database does not say what happened") : OK;
}

int
cmd_flow(int argc, char **argv)
{
	struct arena *a = arena_new();
	const char *config = NULL;
	bool is_check = false;
	const struct tool_option options[] = {
		{ "--config", &config, NULL },
		{ "--check", NULL, &is_check },
		{ NULL, NULL, NULL },
	};
	int status = 2;

	if (argc < 2 || !str_eq(argv[1], "rebuild"))
		fputs("usage: lienthong " USAGE "\n", stderr);
	else if (tool_options(argc - 1, argv + 1, options, USAGE)) {
		if (is_check)
			status = tool_run(a, config, rebuild, NULL);
		else
			fputs("usage: lienthong " USAGE "\n", stderr);
	}
	arena_free(a);
	return status;
}
