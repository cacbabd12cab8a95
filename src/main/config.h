/*
 * The configuration: a file of `key = value` lines, read once at start.
 */
#ifndef LT_CONFIG_H
#define LT_CONFIG_H

#include "api.h"
#include "db.h"
#include "flow.h"
#include "http.h"
#include "jobs.h"

#include <stdio.h>

struct config {
	struct db_config db;
	struct http_config http;
	struct jobs_config jobs;
	struct flow_config flow;
	struct api_config api;
	int workers;
	const char *migrations_dir;
	const char *token_key_file;
	enum log_level log_level;
	bool is_demo;
};

/* Reads the file over the defaults; texts are in the arena. false with each mistake in errors,
 * pointer = "FILE:LINE". */
bool config_read(struct arena *a, const char *path, struct config *cfg, struct error_list *errors);

/* For commands whose arguments are just `--config FILE`: reads it and sets the log level. Says what
 * is wrong on stderr and returns the exit status to end with, or 0. */
int config_from_arguments(struct arena *a, int argc, char **argv, struct config *cfg);

void config_print_help(FILE *to); /* the table of keys */

#endif
