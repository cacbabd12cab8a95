/*
 * Loading the demo province: its files, a plan of cases made from them, and the playing of the plan.
 */
#ifndef LT_DEMO_H
#define LT_DEMO_H

#include "config.h"

struct demo {
	const struct config *cfg;
	struct arena *arena;
	struct json_object *agencies, *services, *people, *requests, *plan; /* the files of demo/ */
	struct calendar *calendar;
	int64_t now; /* the moment of loading */
	uint64_t random;
	int64_t *person_ids; /* by their place in people */
	struct demo_case *cases;
	int case_count;
	struct demo_step *steps; /* of all cases, in the order of time */
	int step_count, steps_done, timers_fired;
};

struct demo_case {
	struct json_object *story, *request, *service, *fields; /* request: NULL where the story opens it */
	struct json_object *named;     /* what it opened besides: name -> id */
	const char *requester, *owner; /* codes */
	int64_t id;		       /* 0: not started yet */
	int64_t first_day;
	double offset, pace; /* later by the offset, faster by the pace: no two alike */
};

struct demo_step {
	int case_number, index;
	int64_t at;
	struct json_object *step; /* of the story */
	const char *agency;	  /* of a step that each of several takes; else NULL */
};

#define DAY_US INT64_C(86400000000)

/* demo_away.c: who stands for whom; needs the calendar */
int demo_insert_away(struct task *t, struct demo *d) MUST_CHECK;
/* Who does the work of this person then: himself, or his substitute. */
int demo_stand_in(struct demo *d, int person, int64_t at);

/* demo_data.c */
int demo_read(struct task *t, struct demo *d) MUST_CHECK; /* the files */
int demo_insert(struct task *t, struct demo *d) MUST_CHECK; /* agencies, services, people, posts */
int demo_place_of(struct demo *d, const char *login); /* among the people; -1: nobody's */
struct json_object *demo_by(struct json_object *list, const char *key, const char *value);
/* One who holds the post there then; -1: nobody. */
int demo_holder(struct demo *d, const char *agency, const char *post, int64_t at);

/* demo_plan.c */
int demo_make_plan(struct task *t, struct demo *d) MUST_CHECK;
uint64_t demo_random(struct demo *d, uint64_t below);
double demo_fraction(struct demo *d);

/* demo_days.c */
int64_t demo_time(struct demo *d, const struct demo_case *c, double at);
int64_t demo_dated_time(struct demo *d, const struct demo_case *c, struct json_object *step);
int64_t demo_day_before(struct demo *d, int days); /* before that of loading */
int64_t demo_working_days_before(struct demo *d, int64_t at, int days);

/* demo_text.c */
struct demo_words {
	const struct demo_case *c;
	int64_t at;
	const char *agency; /* that takes the step, where each of several does; NULL */
};
/* A copy with {"pick": name} replaced by one of the plan's texts and the {placeholders} filled in. */
struct json_object *demo_fill(struct demo *d, const struct demo_words *w, struct json_object *o);
/* A paper request came on an earlier day than it is entered; 0: not on paper. */
int64_t demo_received_at(struct demo *d, const struct demo_case *c, int64_t at);
struct json_object *demo_fields(struct demo *d, const struct demo_case *c, int person, int64_t at);

/* demo_cases.c */
struct demo_target {
	int64_t id; /* 0: there is none */
	const char *requester, *owner;
	const char *states; /* active, joined with spaces */
};
int demo_find(struct task *t, const struct demo_case *c, struct json_object *step, const char *agency,
    struct demo_target *found) MUST_CHECK;
bool demo_is_in(struct task *t, const struct demo_target *at, const char *state);
int demo_open(struct task *t, struct demo *d, struct demo_case *c, const struct demo_step *s,
    int person, const struct actor *who) MUST_CHECK;

/* demo_play.c */
int demo_play(struct task *t, struct demo *d) MUST_CHECK;
int demo_settle_mails(struct task *t, struct demo *d) MUST_CHECK;

#endif
