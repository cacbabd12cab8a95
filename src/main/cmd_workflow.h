/*
 * The commands below `lienthong workflow`, and what they share: options, files, definitions.
 */
#ifndef LT_CMD_WORKFLOW_H
#define LT_CMD_WORKFLOW_H

#include "flow.h"

/* argv[0] is the command's own name; each returns the exit status, and 2 after workflow_usage. */
int workflow_simulate(int argc, char **argv);
int workflow_check_files(int argc, char **argv);
int workflow_diagram(int argc, char **argv);
int workflow_diff(int argc, char **argv);
int workflow_rights(int argc, char **argv);

/* These work on the database (cmd_publish.c, cmd_migrate.c, cmd_replay.c). */
int workflow_publish(int argc, char **argv);
int workflow_versions(int argc, char **argv);
int workflow_migrate(int argc, char **argv);
int workflow_replay(int argc, char **argv);

int workflow_usage(void);

/* ---- workflow_files.c ---- */

/* An object, or NULL with a line on stderr. */
struct json_object *workflow_read(struct arena *a, const char *path);
/* Each as PATH:POINTER: message on stderr. path NULL: the pointers hold it. */
void workflow_print_mistakes(const char *path, const struct error_list *errors);

/* The next option's value when argv[*i] is name ("--lang"), with *i moved past it; else NULL. */
const char *workflow_option(int argc, char **argv, int *i, const char *name);
/* "vi" or "en"; false with a line on stderr. */
bool workflow_is_lang(const char *lang);

/* The folder that holds workflows/ above a file; "." where there is none. */
const char *workflow_definitions_of(struct arena *a, const char *path);
/* A folder stands for all workflows in it. NULL-terminated. */
const char **workflow_paths(struct arena *a, int count, char **given);
/* Are these all workflows of dir/workflows? */
bool workflow_is_whole(struct arena *a, const char *dir, const char *const *paths);
/* NULL with the mistakes on stderr. */
struct law *workflow_law(struct arena *a, const char *dir);
struct workflow *workflow_open(struct arena *a, const struct law *l, const char *path);

#endif
