/*
 * From the plan's stories to steps with dates: the same for the same day of loading.
 */
#include "demo.h"

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

/* Its first step says what is opened; else it begins with a request of requests.json. */
static bool
opens_itself(struct json_object *story)
{
	struct json_object *first = json_object_array_get_idx(json_get(story, "steps"), 0);

	return json_get(first, "open") != NULL;
}

static void
make_case(struct demo *d, struct demo_case *c, struct json_object *story, size_t place)
{
	enum { LATER_AT_MOST_PERCENT = 20 };

	c->story = story;
	c->named = json_keep(d->arena, json_object_new_object());
	if (!opens_itself(story))
		choose_request(d, c, place);
	c->first_day = demo_day_before(d, (int)(between(d, json_get(story, "days_ago")) + 0.5));
	c->pace = json_get(story, "pace") ? between(d, json_get(story, "pace")) : 1;
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

/* A step that each of several agencies takes is several. */
static int
repeats(struct json_object *step)
{
	struct json_object *each = json_get(step, "each");

	return each ? (int)json_object_array_length(each) : 1;
}

static int
count_steps(struct json_object *story)
{
	struct json_object *steps = json_get(story, "steps");
	int count = 0;

	for (size_t i = 0; i < json_object_array_length(steps); i++)
		count += repeats(json_object_array_get_idx(steps, i));
	return count;
}

static void
make_room(struct demo *d)
{
	struct json_object *stories = json_get(d->plan, "stories");
	int64_t cases = 0, steps = 0;

	for (size_t i = 0; i < json_object_array_length(stories); i++) {
		struct json_object *story = json_object_array_get_idx(stories, i);
		int64_t count = json_int(story, "count", 1);

		cases += count;
		steps += count * count_steps(story);
	}
	d->cases = arena_array(d->arena, struct demo_case, (size_t)cases);
	d->steps = arena_array(d->arena, struct demo_step, (size_t)steps);
}

/* The agencies of "each" follow one another in the course of some days. */
static void
add_step(struct demo *d, int case_number, int index, struct json_object *step, int place)
{
	static const double BETWEEN_AGENCIES = 0.3;
	struct demo_case *c = &d->cases[case_number];
	struct json_object *each = json_get(step, "each");
	double at = json_object_get_double(json_get(step, "at")) + place * BETWEEN_AGENCIES;
	bool is_dated = json_get(step, "days") || json_get(step, "on");

	if (demo_random(d, 100) >= (uint64_t)json_int(step, "chance", 100))
		return;
	d->steps[d->step_count++] = (struct demo_step){ .case_number = case_number,
		.index = index,
		.at = is_dated ? demo_dated_time(d, c, step) : demo_time(d, c, at),
		.step = step,
		.agency = each ? json_object_get_string(
				     json_object_array_get_idx(each, (size_t)place))
			       : NULL };
}

static void
add_steps(struct demo *d, int case_number)
{
	struct json_object *steps = json_get(d->cases[case_number].story, "steps");
	int index = 0;

	for (size_t i = 0; i < json_object_array_length(steps); i++) {
		struct json_object *step = json_object_array_get_idx(steps, i);

		for (int k = 0; k < repeats(step); k++)
			add_step(d, case_number, index++, step, k);
	}
}

int
demo_make_plan(struct task *t, struct demo *d)
{
	struct json_object *stories = json_get(d->plan, "stories");

	(void)t;
	d->random = (uint64_t)json_int(d->plan, "seed", 1);
	make_room(d);
	for (size_t i = 0; i < json_object_array_length(stories); i++) {
		struct json_object *story = json_object_array_get_idx(stories, i);

		for (int64_t n = 0; n < json_int(story, "count", 1); n++) {
			make_case(d, &d->cases[d->case_count], story, (size_t)n);
			add_steps(d, d->case_count++);
		}
	}
	qsort(d->steps, (size_t)d->step_count, sizeof(*d->steps), compare_steps);
	return OK;
}
