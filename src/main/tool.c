/*
 * Options of commands that work on the database, and the task that runs them.
 */
#include "tool.h"

#include "once.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- options ---- */

static bool
refuse(const char *what, const char *argument, const char *usage)
{
	fprintf(stderr, "lienthong: %s \"%s\"\nusage: lienthong %s\n", what, argument, usage);
	return false;
}

static const struct tool_option *
option_of(const struct tool_option *options, const char *argument)
{
	const struct tool_option *o = options;

	while (o->name && !str_eq(o->name, argument))
		o++;
	return o;
}

static bool
take(const struct tool_option *o, char **argv, int argc, int *i, const char *usage)
{
	const char *argument = argv[*i];

	if (o->flag) {
		*o->flag = true;
		return true;
	}
	if (!o->text || (!o->name && argument[0] == '-'))
		return refuse("unknown argument", argument, usage);
	if (*o->text)
		return refuse("given twice:", argument, usage);
	if (o->name && ++*i == argc)
		return refuse("a value is missing after", argument, usage);
	*o->text = argv[*i];
	return true;
}

bool
tool_options(int argc, char **argv, const struct tool_option *options, const char *usage)
{
	for (int i = 1; i < argc; i++)
		if (!take(option_of(options, argv[i]), argv, argc, &i, usage))
			return false;
	for (const struct tool_option *o = options; o->name; o++)
		if (str_eq(o->name, "--config") && *o->text == NULL)
			return refuse("missing option", o->name, usage);
	return true;
}

/* ---- running ---- */

struct tool {
	tool_fn fn;
	void *arg;
};

static int
open_and_run(struct task *t, const struct config *cfg, struct tool *tool)
{
	TRY(db_migrate_check(t, cfg->migrations_dir));
	TRY(flow_open_tool(t, &cfg->flow));
	return tool->fn(t, cfg, tool->arg);
}

static int
run(struct task *t, const struct config *cfg, void *arg)
{
	int code = open_and_run(t, cfg, arg);
	const struct error_list *errors = code == OK ? NULL : task_error_list(t);

	for (const struct error_item *e = errors ? errors->first : NULL; e; e = e->next)
		fprintf(stderr, "%s: %s\n", e->pointer, e->message);
	fflush(stdout);
	return code;
}

int
tool_run(struct arena *a, const char *config_path, tool_fn fn, void *arg)
{
	struct tool tool = { fn, arg };
	struct error_list errors;
	struct config cfg;
	int status;

	error_list_init(&errors, a);
	config_read(a, config_path, &cfg, &errors);
	for (const struct error_item *e = errors.first; e; e = e->next)
		fprintf(stderr, "%s: %s\n", e->pointer, e->message);
	if (errors.count)
		return 1;
	log_set_level(cfg.log_level);
	status = run_once(&cfg, "tool", run, &tool);
	flow_close();
	return status;
}

bool
tool_why_is_good(const char *why)
{
	enum { WHY_MAX = 1000 };
	bool is_good = why && why[strspn(why, " \t\r\n")] && strlen(why) <= WHY_MAX &&
		       utf8_is_valid(why, strlen(why));

	if (!is_good)
		fprintf(stderr,
		    "lienthong: say why in a sentence of at most %d bytes: --why TEXT\n", WHY_MAX);
	return is_good;
}

/* ---- what they need ---- */

void
tool_say(void *arg, const char *text)
{
	(void)arg;
	fputs(text, stdout);
	fflush(stdout);
}

int
tool_read_json(struct task *t, struct arena *a, const char *path, struct json_object **o)
{
	const char *why = "there is nothing in it";

	*o = json_read_file(a, path, &why);
	return *o ? OK : fail(t, E_BAD_INPUT, "%s: %s", path, why);
}

const char *
tool_os_user(struct arena *a)
{
	const struct passwd *p = getpwuid(getuid());

	return p ? arena_strdup(a, p->pw_name) : arena_printf(a, "%d", (int)getuid());
}
