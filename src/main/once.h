/*
 * One piece of work against the database, for commands that end after it.
 */
#ifndef LT_ONCE_H
#define LT_ONCE_H

#include "config.h"

/* Opens loop and pool, runs fn(t, cfg, arg) in a task, closes them. Returns the exit status; a
 * failure was said in one line on stderr. */
int run_once(const struct config *cfg, const char *name,
    int (*fn)(struct task *t, const struct config *cfg, void *arg), void *arg);

#endif
