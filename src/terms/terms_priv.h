/*
 * What the files of terms/ share: the insides of a calendar and of a regime, and days as numbers.
 */
#ifndef LT_TERMS_PRIV_H
#define LT_TERMS_PRIV_H

#include "terms.h"

#define SECOND_US INT64_C(1000000)
#define MINUTE_US (60 * SECOND_US)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

enum day_mark { DAY_AS_WEEK, DAY_OFF, DAY_WORKED };

struct hours { /* of an office, from local midnight, one span after the other */
	struct span {
		int64_t from_us, to_us;
	} span[4];
	int count;
};

struct calendar {
	char *id;
	char *title_vi, *title_en;   /* may be NULL */
	char *based_on;              /* id; NULL: none */
	char **agencies;             /* codes, NULL-terminated; may be NULL */
	int64_t offset_us; /* east of UTC */
	bool works_on[7];  /* Monday first */
	struct hours hours;
	bool late_is_same_day; /* else what comes outside office hours counts as the next working
				  day */
	int64_t first_day, last_day; /* the years it is known for */
	unsigned char *mark;         /* enum day_mark of each day from first_day on */
	struct hours **own_hours;    /* of each day from first_day on; NULL: as usual */
	char **name;                 /* of each day from first_day on; NULL: none */
};

struct regime {
	char *code;
	int64_t from_at, until_at; /* until_at 0: still in force */
	struct json_object *json;  /* own copy */
	struct arena *arena;       /* of the terms */
	struct term *terms;
	int term_count;
};

int64_t floor_div(int64_t a, int64_t b);
int64_t day_from_date(int year, int month, int day_of_month);
void day_to_date(int64_t day, int *year, int *month, int *day_of_month);
int64_t day_add_months(
    int64_t day, int months);                   /* the last of the month where it has no such day */
bool day_parse(const char *text, int64_t *day); /* "YYYY-MM-DD", a day that exists */

int64_t calendar_instant(const struct calendar *c, int64_t day, int64_t time_us);

/* ---- calendar_load.c: the members of a calendar's file; at: their pointer ---- */
struct calendar *calendar_new(struct json_object *o, struct error_list *errors); /* id and title */
struct calendar *calendar_if_good(struct calendar *c, bool is_good); /* else it is freed, and NULL */
void calendar_read_hours(
    struct hours *h, struct json_object *list, const char *at, struct error_list *errors);
void calendar_read_outside_hours(
    struct calendar *c, struct json_object *o, struct error_list *errors);
void calendar_read_week(struct calendar *c, struct json_object *list, struct error_list *errors);
void calendar_read_days(struct calendar *c, struct json_object *list, struct error_list *errors);

/* The office hours of a day, if it is worked. */
const struct hours *calendar_hours(const struct calendar *c, int64_t day);

/* ---- working time: the office hours of working days, laid end to end (worktime.c) ---- */
/* Working time between two instants, from <= to. */
int64_t worktime_between(const struct calendar *c, int64_t from_us, int64_t to_us);
/* The instant when `amount` of working time has passed since from_us. */
int64_t worktime_add(const struct calendar *c, int64_t from_us, int64_t amount_us);

/* extension.c: the kinds of extension of a term, from its JSON; at: its pointer. */
void read_extensions(struct regime *r, struct term *t, struct json_object *o, const char *at,
    struct error_list *errors);

#endif
