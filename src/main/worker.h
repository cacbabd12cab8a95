/*
 * One process that answers requests and does due work, from its start to its orderly end.
 */
#ifndef LT_WORKER_H
#define LT_WORKER_H

#include "config.h"

/* Returns the exit status. ready is called when it answers. */
int worker_run(const struct config *cfg, int listen_fd, void (*ready)(void));

#endif
