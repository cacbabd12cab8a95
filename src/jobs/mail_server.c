/*
 * Whether the mail server takes mail at all. While it does not, it is asked now and then only, no
 * mail counts an attempt, and after a while the operators are told.
 */
#include "jobs_priv.h"

#include "flow.h"

enum { FIRST_MS = 1000, LIMIT_MS = 60 * 1000 };
static const int64_t alarm_after_us = 15 * 60 * INT64_C(1000000);

static struct {
	int64_t away_since; /* 0: it takes mail, as far as we know */
	int failures;
	int64_t asked_again_us; /* monotonic */
	bool is_told;           /* the alarm was raised here, or may be left from an earlier run */
} server = { .is_told = true };

int64_t
mail_server_pause_us(void)
{
	int64_t left = server.asked_again_us - clock_monotonic_us();

	return left > 0 ? left : 0;
}

static int
alarm_tx(struct tx *tx, void *arg)
{
	return flow_mail_server_alarm(tx, arg);
}

int
mail_server_is_away(struct task *t, const char *why)
{
	if (mail_server_pause_us())
		return OK; /* another connection saw it too */
	if (server.away_since == 0) {
		server.away_since = clock_now();
		log_warn("the mail server takes no mail: %s", why);
	}
	server.asked_again_us = clock_monotonic_us() +
				backoff_us(++server.failures, FIRST_MS, LIMIT_MS);
	if (clock_now() - server.away_since < alarm_after_us)
		return OK;
	server.is_told = true;
	return tx_run(t, alarm_tx, arena_strdup(task_arena(t), why));
}

static int
alarm_end_tx(struct tx *tx, void *arg)
{
	(void)arg;
	return flow_mail_server_alarm_end(tx);
}

int
mail_server_is_there(struct task *t)
{
	bool is_told = server.is_told;

	if (server.away_since)
		log_info("the mail server takes mail again");
	server.away_since = server.asked_again_us = 0;
	server.failures = 0;
	server.is_told = false;
	return is_told ? tx_run(t, alarm_end_tx, NULL) : OK;
}
