/*
 * Start and end of flow: law and workflows are read and checked.
 */
#include "flow_db.h"
#include "flow_priv.h"

#include <assert.h>

struct flow_state flow_state;

int64_t
flow_real_now(void)
{
	return clock_now() - clock_offset();
}

char *
flow_local_time(struct arena *a, int64_t at_us)
{
	return local_time_text(flow_state.calendar, a, at_us);
}

bool
flow_local_day(const char *day, bool is_end, int64_t *at_us)
{
	const struct calendar *c = flow_state.calendar;
	const char *why = NULL;

	if (!term_on_day(c, day, 0, at_us, &why))
		return false;
	if (!is_end)
		*at_us = calendar_day_end(c, calendar_day_of(c, *at_us) - 2);
	return true;
}

/* ---- open and close ---- */

static void
keep_config(const struct flow_config *cfg)
{
	struct arena *a = flow_state.arena;

	flow_state.cfg = (struct flow_config){
		.definitions_dir = arena_strdup(a, cfg->definitions_dir),
		.province = arena_strdup(a, cfg->province),
		.calendar = arena_strdup(a, cfg->calendar),
		.base_url = arena_strdup(a, cfg->base_url),
		.is_demo = cfg->is_demo,
	};
}

static void
open_law(struct error_list *errors)
{
	const struct flow_config *cfg = &flow_state.cfg;

	flow_state.law = law_load(cfg->definitions_dir, errors);
	if (flow_state.law == NULL)
		return;
	law_use_calendar(flow_state.law, cfg->calendar);
	flow_state.calendar = law_calendar(flow_state.law, cfg->calendar);
	if (flow_state.calendar == NULL)
		error_add(errors,
		    arena_printf(errors->arena, "%s/calendars:", cfg->definitions_dir), "missing",
		    "there is no calendar \"%s\"", cfg->calendar);
}

/* Terms of a year begin a year before: a calendar that ends soon refuses them then. */
static void
warn_of_end(const struct calendar *c)
{
	enum { TWO_YEARS = 730 };

	if (!calendar_covers(c, calendar_day_of(c, clock_now()) + TWO_YEARS))
		log_warn("the calendar \"%s\" ends within two years: dates beyond it are refused; "
			 "add the days off of further years",
		    calendar_id(c));
}

static int
refuse(struct task *t, const struct error_list *errors)
{
	return fail_list(t, E_INVALID, errors, "%d mistakes in the definitions below %s",
	    errors->count, flow_state.cfg.definitions_dir);
}

/* The calendars and regimes that events are decided by from now on. */
static int
keep_law_tx(struct tx *tx, void *arg)
{
	struct law *l = arg;
	char hex[65];
	const char *text = law_hash(law_content(l, tx_arena(tx)), tx_arena(tx), hex);

	return store_law_keep(tx, hex, text, clock_now(), &l->id);
}

static int
open_definitions(struct task *t, bool with_files)
{
	struct error_list errors;

	error_list_init(&errors, task_arena(t));
	open_law(&errors);
	if (errors.count)
		return refuse(t, &errors);
	warn_of_end(flow_state.calendar);
	TRY(tx_run(t, keep_law_tx, flow_state.law));
	if (with_files)
		TRY(versions_open_files(t,
		    arena_printf(task_arena(t), "%s/workflows", flow_state.cfg.definitions_dir),
		    &errors));
	TRY(versions_open_pinned(t, &errors));
	TRY(versions_open_current(t, &errors));
	return errors.count ? refuse(t, &errors) : OK;
}

static int
open_all(struct task *t, const struct flow_config *cfg, bool with_files)
{
	assert(flow_state.arena == NULL);
	flow_state.arena = arena_new();
	keep_config(cfg);
	TRY(open_definitions(t, with_files));
	TRY(agencies_refresh(t));
	return cfg->is_demo ? flow_demo_clock_follow(t) : OK;
}

int
flow_open(struct task *t, const struct flow_config *cfg)
{
	return open_all(t, cfg, true);
}

int
flow_open_tool(struct task *t, const struct flow_config *cfg)
{
	return open_all(t, cfg, false);
}

void
flow_close(void)
{
	if (flow_state.arena == NULL)
		return;
	versions_forget();
	laws_forget();
	law_free(flow_state.law);
	agencies_forget();
	arena_free(flow_state.arena);
	flow_state = (struct flow_state){ 0 };
}
