/*
 * The small world of a story: four agencies, their people, one case, a clock. No database.
 */
#ifndef LT_SCENARIO_WORLD_H
#define LT_SCENARIO_WORLD_H

#include "../../src/flow/flow_priv.h"

enum { MAX_PEOPLE = 32, MAX_HOLDINGS = 64, MAX_TIMERS = 32, MAX_TASKS = 16, MAX_MAILS = 256 };

struct world {
	struct arena *a;
	const struct law *law;
	const struct workflow *w;
	struct agency agencies[4]; /* as in right_posts_of */
	struct directory dir;
	struct person people[MAX_PEOPLE];
	struct holding holdings[MAX_HOLDINGS];
	struct person holders[MAX_HOLDINGS]; /* parallel to holdings */
	int person_count;

	int64_t now;
	bool has_case;
	struct case_row c;
	struct timer_write timers[MAX_TIMERS];
	int timer_count;
	struct task_write tasks[MAX_TASKS];
	int task_count;
	struct mail_write mails[MAX_MAILS]; /* since the last line that did something */
	int mail_count;
	struct verdict verdict; /* of the last event */
	const char *prev_hash;
};

void world_init(struct world *s, struct arena *a, const struct law *law, const struct workflow *w);
struct agency *world_agency(struct world *s, const char *side);
struct person *world_person(struct world *s, const char *login);
struct person *world_person_add(struct world *s, const char *login);
void world_hold(struct world *s, const struct person *p, const char *post, const char *side);
void world_leave(struct world *s, const struct person *p); /* all posts */
struct actor world_actor(struct world *s, const struct person *p);

void world_start(
    struct world *s, const struct person *p, struct json_object *fields, int64_t received_at);
void world_send(
    struct world *s, const struct person *p, const char *type, struct json_object *data);
void world_move(struct world *s, int64_t to); /* fires what is due until then */

#endif
