/*
 * What the commands share that work on the database with the configuration of the server: options,
 * and one task with the layers below flow open.
 */
#ifndef LT_TOOL_H
#define LT_TOOL_H

#include "config.h"

/* An option is given by its name; text gets the argument after it, or flag is set. A row without a
 * name ends the list; its text gets the one argument that is no option. */
struct tool_option {
	const char *name;
	const char **text;
	bool *flag;
};
/* false with a line on stderr, and usage. Unknown options and options given twice are mistakes. */
bool tool_options(int argc, char **argv, const struct tool_option *options, const char *usage);

/* false with a line on stderr: the text after --why is not one that the database keeps. */
bool tool_why_is_good(const char *why);

typedef int (*tool_fn)(struct task *t, const struct config *cfg, void *arg);
/* Reads the configuration, opens the database and flow (flow_open_tool), runs fn. Returns the exit
 * status; a failure was said on stderr with every mistake. */
int tool_run(struct arena *a, const char *config_path, tool_fn fn, void *arg);

/* For what tells people how far it is; arg is not used. */
void tool_say(void *arg, const char *text);
/* E_BAD_INPUT with the path when it cannot be read. */
int tool_read_json(struct task *t, struct arena *a, const char *path, struct json_object **o)
    MUST_CHECK;

/* The user of the operating system, for who has no account: "root". */
const char *tool_os_user(struct arena *a);

#endif
