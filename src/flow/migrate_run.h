/*
 * A plan at work: what migrate and its undo share.
 */
#ifndef LT_MIGRATE_RUN_H
#define LT_MIGRATE_RUN_H

#include "flow_db.h"
#include "migrate_priv.h"

struct migration_run {
	const struct flow_migrate *in;
	struct flow_migrated *out;
	struct migrate_plan plan;
	struct migration row;
	int64_t person_id;
	const char *by; /* who, for the event */
	bool writes, is_quiet;
	struct json_object *unmapped; /* state -> how many cases are in it */
};

struct moving {
	struct migration_run *m;
	int64_t case_id;
	bool is_skipped; /* closed or moved meanwhile */
	const char *number, *from, *to;
	struct migrate_report report;
	struct verdict verdict;
};

void migration_say(const struct migration_run *m, const char *text);
/* Who runs it, and the plan with its versions; E_INVALID with the mistakes. */
int migration_prepare(struct task *t, struct migration_run *m) MUST_CHECK;
/* The run of this plan that is not over, or a new one; without `writes` the newest that was not
 * undone. */
int migration_begin_tx(struct tx *tx, void *run) MUST_CHECK;
int migration_end_tx(struct tx *tx, void *row) MUST_CHECK;
int case_rows_fetch(struct tx *tx, int64_t case_id, bool locks, struct case_work *cw,
    struct case_rows *rows) MUST_CHECK;
/* The case with all that a move changes; locked when the run writes. */
int migration_read(
    struct tx *tx, struct moving *k, struct case_work *cw, struct case_rows *rows) MUST_CHECK;
extern const struct actor migration_actor; /* the machine itself */

#endif
