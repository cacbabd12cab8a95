/*
 * The demo's substitutions, in days from today.
 */
#include "demo.h"

/* When the day so many days from now begins, or ends. */
static int64_t
day_of(struct demo *d, struct json_object *o, const char *key, bool is_end)
{
	int64_t at = d->now + json_int(o, key, 0) * DAY_US;
	char *day = flow_local_time(d->arena, at); /* and the hour */

	day[sizeof("2026-11-25") - 1] = '\0';
	return flow_local_day(day, is_end, &at) ? at : d->now;
}

static int64_t
person_id(struct demo *d, struct json_object *o, const char *key)
{
	return d->person_ids[demo_place_of(d, json_str(o, key))];
}

static int
insert_tx(struct tx *tx, void *arg)
{
	struct demo *d = arg;
	struct json_object *list = json_get(d->people, "substitutions");

	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *o = json_object_array_get_idx(list, i);
		struct substitution s = { .absent_id = person_id(d, o, "absent"),
			.substitute_id = person_id(d, o, "substitute"),
			.from_at = day_of(d, o, "from_days", false),
			.until_at = day_of(d, o, "until_days", true),
			.reason = json_str(o, "reason") };

		s.made_by = s.absent_id;
		s.made_at = s.from_at;
		TRY(store_substitution_add(tx, &s));
	}
	return OK;
}

int
demo_insert_away(struct task *t, struct demo *d)
{
	return tx_run(t, insert_tx, d);
}

int
demo_stand_in(struct demo *d, int person, int64_t at)
{
	struct json_object *list = json_get(d->people, "substitutions");

	for (size_t i = 0; list && i < json_object_array_length(list); i++) {
		struct json_object *o = json_object_array_get_idx(list, i);

		if (demo_place_of(d, json_str(o, "absent")) == person &&
		    day_of(d, o, "from_days", false) <= at && day_of(d, o, "until_days", true) > at)
			return demo_place_of(d, json_str(o, "substitute"));
	}
	return person;
}
