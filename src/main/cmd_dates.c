/*
 * lienthong dates: which dates of open cases a change of a calendar or of the law moves, and moving
 * them.
 */
#include "commands.h"
#include "tool.h"

#include <stdio.h>
#include <string.h>

#define PREVIEW_USAGE "dates preview [--calendar FILE]... [--regime FILE]... [--json] --config FILE"
#define RECOMPUTE_USAGE "dates recompute --why TEXT [--as LOGIN] --config FILE"

enum { FILES_MOST = 50 };

struct dates {
	struct arena *arena;
	const char *why, *login;
	const char *calendars[FILES_MOST], *regimes[FILES_MOST];
	int calendar_count, regime_count;
	bool is_json;
};

/* ---- what is told of a case ---- */

static const char *
when(struct arena *a, struct json_object *at)
{
	int64_t us;

	return at && instant_parse(json_object_get_string(at), &us) ? flow_local_time(a, us)
								    : "none";
}

static void
print_term(struct arena *a, struct json_object *term)
{
	struct json_object *left = json_get(term, "left");

	if (left)
		printf("  %-24s stands still, %d working days left -> %d\n", json_str(term, "term"),
		    (int)json_int(left, "before", 0), (int)json_int(left, "after", 0));
	else
		printf("  %-24s %s -> %s\n", json_str(term, "term"),
		    when(a, json_get(term, "before")), when(a, json_get(term, "after")));
}

static void
print_text(struct dates *d, struct json_object *moved)
{
	struct json_object *of = json_get(moved, "case"), *terms = json_get(moved, "terms");
	struct json_object *calendar = json_get(moved, "calendar");
	const char *needs_person = json_str(moved, "needs_person");

	printf("%s  %s\n", json_str(of, "number"), json_str(of, "title"));
	if (needs_person)
		printf("  NEEDS A PERSON, nothing is moved: %s\n", needs_person);
	if (calendar)
		printf("  calendar                 %s -> %s\n", json_str(calendar, "before"),
		    json_str(calendar, "after"));
	for (size_t i = 0; i < json_object_array_length(terms); i++)
		print_term(d->arena, json_object_array_get_idx(terms, i));
}

/* At once: who watches it sees how far it is. */
static void
print_moved(void *arg, struct json_object *moved)
{
	struct dates *d = arg;

	if (d->is_json)
		puts(json_text_of(moved));
	else
		print_text(d, moved);
	fflush(stdout);
}

/* ---- preview ---- */

static int
read_files(struct task *t, struct dates *d, const char *const *paths, int count,
    const struct flow_draft **list)
{
	struct flow_draft *all = arena_array(d->arena, struct flow_draft, count + 1);

	for (int i = 0; i < count; i++) {
		all[i].file = paths[i];
		TRY(tool_read_json(t, d->arena, paths[i], &all[i].json));
	}
	*list = all;
	return OK;
}

static int
preview(struct task *t, const struct config *cfg, void *arg)
{
	struct dates *d = arg;
	struct flow_dates in = { .calendar_count = d->calendar_count,
		.regime_count = d->regime_count,
		.tell = print_moved,
		.arg = d };
	struct flow_dated out;

	(void)cfg;
	TRY(read_files(t, d, d->calendars, d->calendar_count, &in.calendars));
	TRY(read_files(t, d, d->regimes, d->regime_count, &in.regimes));
	TRY(flow_dates_preview(t, &in, &out));
	if (!d->is_json)
		printf("%lld open cases: the dates of %lld would move, %lld need a person. Nothing "
		       "was changed.\n",
		    (long long)out.cases, (long long)out.moved,
		    (long long)(out.needs_person + out.failed));
	return OK;
}

/* An option that may be given several times: out of argv into list. false with a line on stderr. */
static bool
take_files(int *argc, char **argv, const char *name, const char **list, int *count)
{
	int kept = 1;

	for (int i = 1; i < *argc; i++) {
		if (!str_eq(argv[i], name)) {
			argv[kept++] = argv[i];
			continue;
		}
		if (i + 1 == *argc || *count == FILES_MOST) {
			fprintf(stderr,
			    "lienthong: a file is missing after %s\nusage: lienthong %s\n", name,
			    PREVIEW_USAGE);
			return false;
		}
		list[(*count)++] = argv[++i];
	}
	*argc = kept;
	return true;
}

static int
dates_preview(int argc, char **argv)
{
	struct dates d = { .arena = arena_new() };
	const char *config = NULL;
	const struct tool_option options[] = {
		{ "--config", &config, NULL },
		{ "--json", NULL, &d.is_json },
		{ NULL, NULL, NULL },
	};
	int status = 2;

	if (take_files(&argc, argv, "--calendar", d.calendars, &d.calendar_count) &&
	    take_files(&argc, argv, "--regime", d.regimes, &d.regime_count) &&
	    tool_options(argc, argv, options, PREVIEW_USAGE))
		status = tool_run(d.arena, config, preview, &d);
	arena_free(d.arena);
	return status;
}

/* ---- recompute ---- */

static int
recompute(struct task *t, const struct config *cfg, void *arg)
{
	struct dates *d = arg;
	struct flow_dates in = { .why = d->why,
		.login = d->login,
		.os_user = tool_os_user(d->arena),
		.tell = print_moved,
		.arg = d };
	struct flow_dated out;

	(void)cfg;
	TRY(flow_dates_recompute(t, &in, &out));
	printf("recomputation %lld: %lld open cases, the dates of %lld moved, %lld need a person, "
	       "%lld failed\n",
	    (long long)out.run_id, (long long)out.cases, (long long)out.moved,
	    (long long)out.needs_person, (long long)out.failed);
	return OK;
}

static int
dates_recompute(int argc, char **argv)
{
	struct dates d = { .arena = arena_new() };
	const char *config = NULL;
	const struct tool_option options[] = {
		{ "--config", &config, NULL },
		{ "--why", &d.why, NULL },
		{ "--as", &d.login, NULL },
		{ NULL, NULL, NULL },
	};
	int status = 2;

	if (tool_options(argc, argv, options, RECOMPUTE_USAGE) && tool_why_is_good(d.why))
		status = tool_run(d.arena, config, recompute, &d);
	arena_free(d.arena);
	return status;
}

int
cmd_dates(int argc, char **argv)
{
	if (argc > 1 && str_eq(argv[1], "preview"))
		return dates_preview(argc - 1, argv + 1);
	if (argc > 1 && str_eq(argv[1], "recompute"))
		return dates_recompute(argc - 1, argv + 1);
	fputs("usage: lienthong " PREVIEW_USAGE "\n       lienthong " RECOMPUTE_USAGE "\n", stderr);
	return 2;
}
