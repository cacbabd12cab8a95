/*
 * What extensions have to do with a due date: who added what and why, and the days that came of it.
 */
#include "flow_db.h"
#include "flow_priv.h"

static int64_t
instant_of(struct json_object *o, const char *key)
{
	const char *text = json_str(o, key);
	int64_t at = 0;

	return text && instant_parse(text, &at) ? at : 0;
}

/* ---- who added what ---- */

static struct json_object *
extension_json(const struct regime *regime, const struct term *t, struct json_object *one)
{
	struct json_object *o = json_object_new_object();
	const struct term_extension *limits = term_extension(t, json_str(one, "kind"));
	struct json_object *ground = regime_ground(regime, json_str(one, "ground"));

	json_set_instant(o, "at", instant_of(one, "at"));
	json_set_str(o, "kind", json_str(one, "kind"));
	json_set_int(o, "amount", json_int(one, "amount", 0));
	json_set_str(o, "unit", json_str(one, "unit"));
	json_set_str(o, "from", json_str(one, "from"));
	json_set_instant(o, "before", instant_of(one, "before"));
	json_set_instant(o, "after", instant_of(one, "after"));
	json_set(o, "ground", ground ? json_object_get(ground) : NULL);
	json_set_str(o, "reason", json_str(one, "reason"));
	json_set_str(o, "by", json_str(one, "by"));
	json_set_str(o, "law", limits ? limits->law : NULL);
	return o;
}

struct json_object *
explain_extensions(const struct regime *regime, const struct term *t, struct json_object *record)
{
	struct json_object *list = json_object_new_array(), *all = json_get(record, "extensions");

	for (size_t i = 0; all && i < json_object_array_length(all); i++)
		json_push(list, extension_json(regime, t, json_object_array_get_idx(all, i)));
	return list;
}

/* ---- the days ---- */

/* Those before a pause are in the days that were left then. */
static bool
counts_from(struct json_object *one, int64_t since)
{
	return instant_of(one, "after") && instant_of(one, "at") >= since;
}

int64_t
explain_first_due(struct json_object *record, int64_t since)
{
	struct json_object *all = json_get(record, "extensions");

	for (size_t i = 0; all && i < json_object_array_length(all); i++) {
		struct json_object *one = json_object_array_get_idx(all, i);

		if (counts_from(one, since))
			return instant_of(one, "before");
	}
	return instant_of(record, "due_at");
}

struct added { /* one extension: the days after `base` up to `last` */
	const struct calendar *c;
	bool by_working_days;
	int64_t base, last_counted;
};

/* Of a term that was over, the days until it was extended do not count. */
static const char *
why_of(const struct added *x, int64_t day)
{
	enum day_kind kind = calendar_day_kind(x->c, day);
	bool is_worked = kind == DAY_WORKING || kind == DAY_SWAPPED;

	if (day > x->base && day <= x->last_counted && (is_worked || !x->by_working_days))
		return "extended";
	if (is_worked)
		return day <= x->base ? "overdue" : "rolled-to";
	return kind == DAY_WEEKEND ? "weekend" : "off";
}

static void
push_days(
    const struct calendar *c, struct json_object *one, struct json_object *list, struct arena *a)
{
	int64_t day = calendar_day_of(c, instant_of(one, "before") - 1);
	int64_t last = calendar_day_of(c, instant_of(one, "after") - 1);
	struct added x = { .c = c,
		.by_working_days = str_eq(json_str(one, "unit"), "working_days"),
		.base = str_eq(json_str(one, "from"), "now")
			    ? calendar_day_of(c, instant_of(one, "at"))
			    : day };
	int n = 0;

	x.last_counted = x.by_working_days ? last : x.base + json_int(one, "amount", 0);
	while (++day <= last && json_object_array_length(list) < EXPLAIN_MOST_DAYS) {
		const char *why = why_of(&x, day);

		json_push(list, explain_day(c, day, str_eq(why, "extended") ? ++n : 0, why, a));
	}
}

void
explain_extended_days(const struct calendar *c, struct json_object *record, int64_t since,
    struct json_object *list, struct arena *a)
{
	struct json_object *all = json_get(record, "extensions");

	for (size_t i = 0; all && i < json_object_array_length(all); i++) {
		struct json_object *one = json_object_array_get_idx(all, i);

		if (counts_from(one, since))
			push_days(c, one, list, a);
	}
}
