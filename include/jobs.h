/*
 * jobs: tasks that no request starts. Each loop runs in every worker process; rows are claimed with
 * FOR UPDATE SKIP LOCKED, a lease and a fencing token, so any number of processes may run them.
 */
#ifndef LT_JOBS_H
#define LT_JOBS_H

#include "task.h"

struct jobs_config {
	const char *smtp_url;	/* "smtp://127.0.0.1:25", "smtps://..."; NULL: write .eml files */
	const char *smtp_user, *smtp_password, *smtp_ca_file;
	bool smtp_starttls;	/* required, not only tried */
	const char *mail_dir;	/* .eml files, when smtp_url is NULL */
	const char *mail_from, *mail_domain; /* sender; domain of Message-IDs */
	int poll_ms;		/* how often to look for due work when nothing woke us */
	bool is_demo;		/* follows the clock offset kept in the database */
};

void jobs_start(const struct jobs_config *cfg); /* timers, mailer, watcher, schedules, clean-up */
void jobs_stop(void);				/* loops end after the piece of work at hand */
void jobs_wake(void);				/* after a commit: there may be mail */

#endif
