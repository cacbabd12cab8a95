/*
 * From the plan's stories to steps with dates: the same for the same day of loading.
 */
#include "demo.h"

#include "terms.h"

#include <stdlib.h>

/* ---- chance: xorshift64*, so that each load makes the same province ---- */

uint64_t
demo_random(struct demo *d, uint64_t below)
{
	d->random ^= d->random >> 12;
	d->random ^= d->random << 25;
	d->random ^= d->random >> 27;
	return (d->random * UINT64_C(2685821657736338717) >> 33) % below;
}

double
demo_fraction(struct demo *d)
{
	return (double)demo_random(d, 100000) / 100000.0;
}

static int64_t
number_at(struct json_object *list, size_t i)
{
	return json_object_get_int64(json_object_array_get_idx(list, i));
}

/* ---- days and hours ---- */

/* Today, or the next working day: what is due at the end of it still is. */
static int64_t
base_day(struct demo *d)
{
	int64_t day = calendar_day_of(d->calendar, d->now);

	return calendar_is_working_day(d->calendar, day)
		   ? day
		   : calendar_add_working_days(d->calendar, day, 1);
}

static int64_t
working_days_before(struct demo *d, int64_t day, int n)
{
	while (n > 0)
		n -= calendar_is_working_day(d->calendar, --day);
	return day;
}

int64_t
demo_working_days_before(struct demo *d, int64_t at, int days)
{
	int64_t day = calendar_day_of(d->calendar, at);

	return at - (day - working_days_before(d, day, days)) * INT64_C(86400000000);
}

/* The minute of the day when a part of the office hours has passed. */
static double
office_minute(struct demo *d, double part)
{
	struct json_object *hours = json_get(d->plan, "office_minutes");
	double total = 0;

	for (size_t i = 0; i < json_object_array_length(hours); i++) {
		struct json_object *span = json_object_array_get_idx(hours, i);

		total += (double)(number_at(span, 1) - number_at(span, 0));
	}
	part *= total;
	for (size_t i = 0; i < json_object_array_length(hours); i++) {
		struct json_object *span = json_object_array_get_idx(hours, i);
		double length = (double)(number_at(span, 1) - number_at(span, 0));

		if (part < length)
			return (double)number_at(span, 0) + part;
		part -= length;
	}
	return 0;
}

/* at: working days from the first day of the case, the rest of it a part of the office hours. */
int64_t
demo_time(struct demo *d, const struct demo_case *c, double at)
{
	double position = at * c->pace + c->offset;
	int days = (int)position;
	int64_t day = days ? calendar_add_working_days(d->calendar, c->first_day, days)
			   : c->first_day;

	return calendar_day_end(d->calendar, day - 1) +
	       (int64_t)(office_minute(d, position - days) * 60e6);
}

/* ---- who asks for what ---- */

static bool
has_code(struct json_object *codes, const char *code)
{
	for (size_t i = 0; i < json_object_array_length(codes); i++)
		if (str_eq(json_object_get_string(json_object_array_get_idx(codes, i)), code))
			return true;
	return false;
}

static struct json_object *
request_of_pair(struct demo *d, const char *requester, const char *service)
{
	for (size_t i = 0; i < json_object_array_length(d->requests); i++) {
		struct json_object *o = json_object_array_get_idx(d->requests, i);

		if (str_eq(json_str(o, "service"), service) &&
		    has_code(json_get(o, "from"), requester))
			return o;
	}
	return NULL;
}

static void
pick_request(struct demo *d, struct demo_case *c)
{
	struct json_object *from;

	c->request = json_object_array_get_idx(
	    d->requests, demo_random(d, json_object_array_length(d->requests)));
	from = json_get(c->request, "from");
	c->requester = json_object_get_string(
	    json_object_array_get_idx(from, demo_random(d, json_object_array_length(from))));
}

/* The first cases of a story are of the pairs it names; the others of anybody. */
static void
choose_request(struct demo *d, struct demo_case *c, size_t place)
{
	struct json_object *pairs = json_get(c->story, "pairs");
	struct json_object *pair = pairs && place < json_object_array_length(pairs)
				       ? json_object_array_get_idx(pairs, place)
				       : NULL;

	if (pair) {
		c->requester = json_object_get_string(json_object_array_get_idx(pair, 0));
		c->request = request_of_pair(
		    d, c->requester, json_object_get_string(json_object_array_get_idx(pair, 1)));
	}
	if (c->request == NULL)
		pick_request(d, c);
	c->service = demo_by(d->services, "code", json_str(c->request, "service"));
	c->owner = json_str(c->service, "owner");
}

static double
between(struct demo *d, struct json_object *pair)
{
	double low = json_object_get_double(json_object_array_get_idx(pair, 0));
	double high = json_object_get_double(json_object_array_get_idx(pair, 1));

	return low + (high - low) * demo_fraction(d);
}

static void
make_case(struct demo *d, struct demo_case *c, struct json_object *story, size_t place)
{
	enum { LATER_AT_MOST_PERCENT = 20 };

	c->story = story;
	choose_request(d, c, place);
	c->first_day = working_days_before(
	    d, base_day(d), (int)(between(d, json_get(story, "days_ago")) + 0.5));
	c->pace = between(d, json_get(story, "pace"));
	c->offset = demo_fraction(d) * LATER_AT_MOST_PERCENT / 100;
}

/* ---- steps ---- */

static int
compare_steps(const void *a, const void *b)
{
	const struct demo_step *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->case_number != y->case_number)
		return x->case_number - y->case_number;
	return x->index - y->index;
}

static int
count_all(struct demo *d, const char *what)
{
	struct json_object *stories = json_get(d->plan, "stories");
	int total = 0;

	for (size_t i = 0; i < json_object_array_length(stories); i++) {
		struct json_object *story = json_object_array_get_idx(stories, i);
		int count = (int)json_int(story, "count", 0);

		total += str_eq(what, "cases")
			     ? count
			     : count * (int)json_object_array_length(json_get(story, "steps"));
	}
	return total;
}

static void
add_steps(struct demo *d, int case_number)
{
	struct demo_case *c = &d->cases[case_number];
	struct json_object *steps = json_get(c->story, "steps");

	for (size_t i = 0; i < json_object_array_length(steps); i++) {
		struct json_object *step = json_object_array_get_idx(steps, i);
		double at = json_object_get_double(json_get(step, "at"));

		d->steps[d->step_count++] = (struct demo_step){ .case_number = case_number,
			.index = (int)i,
			.at = demo_time(d, c, at),
			.step = step };
	}
}

int
demo_make_plan(struct task *t, struct demo *d)
{
	struct json_object *stories = json_get(d->plan, "stories");

	(void)t;
	d->random = (uint64_t)json_int(d->plan, "seed", 1);
	d->cases = arena_array(d->arena, struct demo_case, count_all(d, "cases"));
	d->steps = arena_array(d->arena, struct demo_step, count_all(d, "steps"));
	for (size_t i = 0; i < json_object_array_length(stories); i++) {
		struct json_object *story = json_object_array_get_idx(stories, i);

		for (int64_t n = 0; n < json_int(story, "count", 0); n++) {
			make_case(d, &d->cases[d->case_count], story, (size_t)n);
			add_steps(d, d->case_count++);
		}
	}
	qsort(d->steps, (size_t)d->step_count, sizeof(*d->steps), compare_steps);
	return OK;
}
