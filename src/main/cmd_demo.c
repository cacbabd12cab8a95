/*
 * lienthong demo load: makes the demo province in an empty database; once.
 */
#include "commands.h"

#include "demo.h"
#include "once.h"

#include <sodium.h>

/* Kept in the database, so that a load that was cut off is seen, and a second one does nothing. */
#define STATE_SETTING "demo_state"

static int
wipe_tx(struct tx *tx, void *arg)
{
	(void)arg;
	return store_wipe(tx);
}

/* What is not a demo is never touched. */
static int
check_empty(struct task *t)
{
	struct agency *agencies;
	int count;

	TRY(store_agency_list(t, &agencies, &count));
	return count == 0 ? OK
			  : fail(t, E_CONFLICT,
				"this database holds data that is not the demo's; the demo is "
				"loaded into an empty one only");
}

static int
look(struct task *t, bool *is_loaded)
{
	const char *state;

	TRY(store_setting(t, STATE_SETTING, &state));
	*is_loaded = str_eq(state, "loaded");
	if (*is_loaded)
		return OK;
	if (state)
		TRY(tx_run(t, wipe_tx, NULL));
	return check_empty(t);
}

static int
fill(struct task *t, struct demo *d)
{
	TRY(demo_read(t, d));
	TRY(demo_insert(t, d));
	TRY(flow_open(t, &d->cfg->flow));
	TRY(demo_insert_away(t, d));
	TRY(demo_make_plan(t, d));
	TRY(demo_play(t, d));
	return demo_settle_mails(t, d);
}

static int
load(struct task *t, struct demo *d)
{
	int64_t started = clock_monotonic_us();

	TRY(store_setting_set(t, STATE_SETTING, "loading"));
	TRY(fill(t, d));
	TRY(store_setting_set(t, FLOW_PASSWORD_SETTING, json_str(d->people, "password")));
	TRY(store_setting_set(t, STATE_SETTING, "loaded"));
	printf("demo loaded: %d cases, %d steps of people, %d of the clock, in %.1f s; "
	       "the password of all accounts is %s\n",
	    d->case_count, d->steps_done, d->timers_fired,
	    (double)(clock_monotonic_us() - started) / 1e6, json_str(d->people, "password"));
	return OK;
}

static int
run(struct task *t, const struct config *cfg, void *arg)
{
	struct demo d = { .cfg = cfg, .arena = arg, .now = clock_now() };
	bool is_loaded;

	TRY(db_migrate_check(t, cfg->migrations_dir));
	TRY(look(t, &is_loaded));
	if (is_loaded) {
		puts("demo already loaded");
		return OK;
	}
	return load(t, &d);
}

static int
demo_load(struct arena *a, int argc, char **argv)
{
	struct config cfg;
	int status = config_from_arguments(a, argc, argv, &cfg);

	if (status != 0)
		return status;
	if (!cfg.is_demo) {
		fputs("lienthong: the configuration does not say \"demo = yes\"\n", stderr);
		return 1;
	}
	if (sodium_init() < 0)
		return 1;
	status = run_once(&cfg, "demo load", run, a);
	flow_close();
	return status;
}

int
cmd_demo(int argc, char **argv)
{
	struct arena *a = arena_new();
	int status = 2;

	if (argc > 1 && str_eq(argv[1], "load"))
		status = demo_load(a, argc - 1, argv + 1);
	else
		fputs("usage: lienthong demo load --config FILE\n", stderr);
	arena_free(a);
	return status;
}
