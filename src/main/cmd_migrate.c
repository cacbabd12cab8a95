/*
 * lienthong workflow migrate: moves open cases to another version of their workflow, by a plan.
 */
#include "cmd_workflow.h"

#include "tool.h"

#define USAGE "workflow migrate --plan FILE [--dry-run | --undo] [--by LOGIN] --config FILE"

struct migrate {
	struct arena *arena;
	const char *plan, *by;
	bool is_dry, is_undo;
};

static int
run_plan(struct task *t, const struct migrate *m, const struct flow_migrate *in)
{
	struct flow_migrated out;

	if (m->is_dry) {
		TRY(flow_migrate_preview(t, in, &out));
		printf("%d open cases would be moved. Nothing was changed.\n", out.moved);
	} else if (m->is_undo) {
		TRY(flow_migrate_undo(t, in, &out));
		printf(
		    "migration %lld: %d cases put back, %d stay, since more has happened in them\n",
		    (long long)out.migration_id, out.moved, out.refused);
	} else {
		TRY(flow_migrate_run(t, in, &out));
		printf("migration %lld: %d cases moved\n", (long long)out.migration_id, out.moved);
	}
	return OK;
}

static int
migrate(struct task *t, const struct config *cfg, void *arg)
{
	struct migrate *m = arg;
	struct flow_migrate in = {
		.file = m->plan, .login = m->by, .os_user = tool_os_user(m->arena), .say = tool_say
	};

	(void)cfg;
	TRY(tool_read_json(t, m->arena, m->plan, &in.plan));
	return run_plan(t, m, &in);
}

int
workflow_migrate(int argc, char **argv)
{
	struct migrate m = { .arena = arena_new() };
	const char *config = NULL;
	const struct tool_option options[] = {
		{ "--config", &config, NULL },
		{ "--plan", &m.plan, NULL },
		{ "--by", &m.by, NULL },
		{ "--dry-run", NULL, &m.is_dry },
		{ "--undo", NULL, &m.is_undo },
		{ NULL, NULL, NULL },
	};
	int status = 2;

	if (tool_options(argc, argv, options, USAGE)) {
		if (m.plan && !(m.is_dry && m.is_undo))
			status = tool_run(m.arena, config, migrate, &m);
		else
			fputs("usage: lienthong " USAGE "\n", stderr);
	}
	arena_free(m.arena);
	return status;
}
