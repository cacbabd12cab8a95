/*
 * What the tests of flow share that bring definitions of their own, or run the tools of
 * administrators. Include first, in place of db_world.h.
 */
#ifndef LT_FLOW_DB_TOOLS_H
#define LT_FLOW_DB_TOOLS_H

#include "db_world.h"

#include <unistd.h>

/* ---- definitions in a folder of their own ---- */

static char folder[64];

static inline void PRINTF(1, 2) shell(const char *fmt, ...)
{
	char command[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(command, sizeof(command), fmt, ap);
	va_end(ap);
	if (system(command) != 0)
		abort();
}

static inline void
make_folder(void)
{
	strcpy(folder, "/tmp/lienthong-test-XXXXXX");
	if (!mkdtemp(folder))
		abort();
}

static inline int
copy_all_definitions(void **state)
{
	make_folder();
	shell("cp -r workflows calendars %s", folder);
	return world_start(state);
}

static inline int
remove_definitions(void **state)
{
	shell("rm -rf %s", folder);
	return world_stop(state);
}

static inline int
reopen(struct task *t)
{
	struct flow_config cfg = { .definitions_dir = folder,
		.province = "STG",
		.calendar = "vn",
		.base_url = "http://lienthong.example" };

	flow_close();
	return flow_open(t, &cfg);
}

/* wf-01 after a change by sed. */
static inline struct json_object *
edited(struct task *t, const char *change)
{
	enum { SIZE = 1 << 18 };
	char *text = arena_alloc(task_arena(t), SIZE), command[512];
	const char *why = NULL;
	size_t n;
	FILE *f;

	snprintf(command, sizeof(command), "sed '%s' workflows/wf-01.json", change);
	f = popen(command, "re");
	n = fread(text, 1, SIZE - 1, f);
	pclose(f);
	return json_read(task_arena(t), text, n, &why);
}

/* ---- what a tool said ---- */

static char said[65536];

static inline void
say(void *arg, const char *text)
{
	(void)arg;
	strncat(said, text, sizeof(said) - strlen(said) - 1);
}

/* ---- days that go by ---- */

static inline int
claim_one_tx(struct tx *tx, void *arg)
{
	struct timer_claim *list;
	int count;

	TRY(store_timers_claim(tx, clock_now(), 60000000, 1, &list, &count));
	*(struct timer_claim **)arg = count ? list : NULL;
	return OK;
}

/* All timers that are due by then, as the jobs fire them: somewhat late. */
static inline void
wait_days(struct task *t, int days, int64_t late_us)
{
	struct timer_claim *claim;

	for (int hour = 0; hour < days * 24; hour++) {
		clock_set(clock_now() + DAY_US / 24);
		for (;;) {
			assert_ok(t, tx_run(t, claim_one_tx, &claim));
			if (claim == NULL)
				break;
			if (claim->due_at + late_us > clock_now())
				clock_set(claim->due_at + late_us);
			assert_ok(t, flow_fire(t, claim));
		}
	}
}

#endif
