/*
 * The small world of a story: agencies, their people, cases, a clock. No database.
 */
#ifndef LT_SCENARIO_WORLD_H
#define LT_SCENARIO_WORLD_H

#include "charts.h"

/* One case, and what the database would keep of it. */
struct story_case {
	struct chart *chart;
	struct case_row c;
	struct timer_write *timers;
	int timer_count, timer_size;
	struct task_write *tasks;
	int task_count, task_size;
	struct grant_write *grants; /* not ended */
	int grant_count, grant_size;
	const int64_t *viewers;
	int viewer_count;
	const char *prev_hash;
};

/* What a story calls an agency: "requester", "ict". */
struct label {
	const char *word;
	struct agency *agency;
};

/* An event that one case tells another: it comes when the telling step is done. */
struct told {
	struct story_case *to;
	const char *event;
	struct json_object *data;
};

struct world {
	struct arena *a;
	const struct law *law;
	struct charts *charts;
	const struct agency **agencies;
	int agency_count, agency_size;
	struct label *labels;
	int label_count, label_size;
	struct person **people;
	int person_count, person_size;
	struct holding *holdings;
	int holding_count, holding_size;
	struct person *holders; /* parallel to holdings */
	int holder_count, holder_size;
	struct stand_in *stand_ins; /* through chains too */
	int stand_in_count, stand_in_size;
	struct json_object *service; /* of the owner */

	int64_t now;
	struct story_case **cases;
	int case_count, case_size;
	struct story_case *looked_at; /* whom a line means; NULL: no case yet */
	int opened_before;            /* cases that were there before the last act */
	struct told *told;
	int told_count, told_size;
	struct mail_write *mails; /* since the last act */
	int mail_count, mail_size;
	struct verdict verdict; /* of the last act */
	const char *trouble;    /* what must never happen but did; NULL: nothing */
};

void world_init(struct world *s, struct arena *a, const struct law *law, struct charts *charts);

/* world_people.c */
struct agency *world_agency(struct world *s, const char *word); /* a label or a code; NULL */
struct agency *world_agency_add(struct world *s, const char *label, const char *code);
const struct agency *world_agency_by_id(const struct world *s, int64_t id);
struct person *world_person(struct world *s, const char *login);
struct person *world_person_add(struct world *s, const char *login);
void world_hold(struct world *s, const struct person *p, const char *post, const struct agency *g);
/* b stands for a, and for everybody for whom a does. */
void world_stand_in(struct world *s, const struct person *a, const struct person *b);
void world_leave(struct world *s, const struct person *p); /* all posts */
struct actor world_actor(struct world *s, const struct person *p);
struct directory world_directory(struct world *s, const struct case_row *c);

/* world_start.c: how a case comes about */
struct opening {
	struct chart *chart;
	struct json_object *fields;
	const struct agency
	    *own; /* for whom the opener acts; NULL: where he holds his first post */
	const struct agency *with; /* the agency he names; NULL: none */
	struct story_case *about;  /* NULL: none */
	bool no_service;
	int64_t received_at;
};
void world_start(struct world *s, const struct person *p, const struct opening *o);
void world_open_by_calendar(struct world *s, struct chart *chart);
struct story_case *world_child(struct world *s, const struct case_row *parent,
    const struct open_write *o); /* NULL: no such workflow */
struct story_case *world_case(struct world *s, const char *number);

/* world.c */
struct story_case *world_case_add(struct world *s, struct chart *chart, const struct case_row *c);
void world_act(struct world *s, struct story_case *k, const struct actor *who, const char *type,
    struct json_object *data);
void world_send(
    struct world *s, const struct person *p, const char *type, struct json_object *data);
void world_move(struct world *s, int64_t to); /* fires what is due until then */

#endif
