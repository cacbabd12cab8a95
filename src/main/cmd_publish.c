/*
 * lienthong workflow publish, versions: which content of a workflow new cases take.
 */
#include "cmd_workflow.h"

#include "tool.h"

#include <string.h>

#define PUBLISH_USAGE "workflow publish FILE --why TEXT [--by LOGIN] --config FILE"
#define VERSIONS_USAGE "workflow versions ID --config FILE"

enum { HASH_SHOWN = 12 };

/* ---- publish ---- */

struct publish {
	struct arena *arena;
	const char *file, *why, *by;
};

static void
print_published(const struct flow_published *p)
{
	if (!p->is_new) {
		printf("%s: this content is version %lld already, and current\n", p->workflow,
		    (long long)p->version_id);
		return;
	}
	printf("%s: version %lld is published, hash %s\n", p->workflow, (long long)p->version_id,
	    p->hash);
	if (p->before_id)
		printf("New cases take it; open cases stay with theirs (before: version %lld).\n",
		    (long long)p->before_id);
}

static int
publish(struct task *t, const struct config *cfg, void *arg)
{
	struct publish *p = arg;
	struct flow_publish in = { .file = p->file, .login = p->by };
	struct flow_published out;

	(void)cfg;
	TRY(tool_read_json(t, p->arena, p->file, &in.machine));
	in.why = p->by ? p->why : arena_printf(p->arena, "%s (%s)", p->why, tool_os_user(p->arena));
	TRY(flow_publish(t, &in, &out));
	print_published(&out);
	return OK;
}

int
workflow_publish(int argc, char **argv)
{
	struct publish p = { .arena = arena_new() };
	const char *config = NULL;
	const struct tool_option options[] = {
		{ "--config", &config, NULL },
		{ "--why", &p.why, NULL },
		{ "--by", &p.by, NULL },
		{ NULL, &p.file, NULL },
	};
	int status = 2;

	if (tool_options(argc, argv, options, PUBLISH_USAGE) && tool_why_is_good(p.why)) {
		if (p.file)
			status = tool_run(p.arena, config, publish, &p);
		else
			fputs("usage: lienthong " PUBLISH_USAGE "\n", stderr);
	}
	arena_free(p.arena);
	return status;
}

/* ---- versions ---- */

static void
print_line(struct arena *a, const struct publication_line *line, bool is_current)
{
	const struct publication *p = &line->p;

	printf("%c %6lld  %.*s  %s  %6lld %6lld  ", is_current ? '*' : ' ',
	    (long long)p->version_id, HASH_SHOWN, p->hash, flow_local_time(a, p->at),
	    (long long)line->open_cases, (long long)line->closed_cases);
	if (p->is_shipped)
		puts("shipped with the program");
	else
		printf(
		    "%s%s%s\n", p->publisher ? p->publisher : "", p->publisher ? ": " : "", p->why);
}

static int
versions(struct task *t, const struct config *cfg, void *arg)
{
	const char *const *workflow = arg;
	struct publication_line *list;
	int count;

	(void)cfg;
	TRY(flow_publications(t, *workflow, &list, &count));
	printf("  %6s  %-12s  %-16s  %6s %6s  %s\n", "id", "hash", "published", "open", "closed",
	    "by and why");
	for (int i = 0; i < count; i++)
		print_line(task_arena(t), &list[i], i == count - 1);
	return OK;
}

int
workflow_versions(int argc, char **argv)
{
	struct arena *a = arena_new();
	const char *config = NULL, *workflow = NULL;
	const struct tool_option options[] = {
		{ "--config", &config, NULL },
		{ NULL, &workflow, NULL },
	};
	int status = 2;

	if (tool_options(argc, argv, options, VERSIONS_USAGE)) {
		if (workflow)
			status = tool_run(a, config, versions, &workflow);
		else
			fputs("usage: lienthong " VERSIONS_USAGE "\n", stderr);
	}
	arena_free(a);
	return status;
}
