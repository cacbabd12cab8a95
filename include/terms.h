/*
 * terms: working-day calendars and legal terms, pure. Counting follows the Civil Code 91/2015/QH13,
 * Điều 147-148: the day of the event is not counted; a period that ends on a day off ends with the
 * next working day; it ends at 24:00 local time. A "P1D" is refused as ambiguous: working days,
 * calendar days and working hours are different units.
 */
#ifndef LT_TERMS_H
#define LT_TERMS_H

#include "base.h"

/* ---- calendar: which days are worked (calendars/<id>.json) ---- */
struct calendar;

struct calendar *calendar_load(struct json_object *o, struct error_list *errors);
/* One of agencies, that says only what differs from its base, which is copied. */
struct calendar *calendar_load_based(
    struct json_object *o, const struct calendar *base, struct error_list *errors);
const char *calendar_base_id(struct json_object *o); /* "based_on"; NULL: it stands by itself */
const char *calendar_based_on(const struct calendar *c); /* id of the base; NULL: none */
/* Codes of the agencies whose calendar it is, NULL-terminated. */
const char *const *calendar_agencies(const struct calendar *c);
void calendar_free(struct calendar *c);
const char *calendar_id(const struct calendar *c);
const char *calendar_title(const struct calendar *c, const char *lang); /* "vi", "en"; NULL: none */

/* A day is the count of days since 1970-01-01, in the calendar's zone (a fixed offset from UTC). */
int64_t calendar_day_of(const struct calendar *c, int64_t at_us);
char *calendar_date(const struct calendar *c, struct arena *a, int64_t at_us); /* "YYYY-MM-DD" */
int calendar_year(const struct calendar *c, int64_t at_us);
int64_t calendar_day_end(const struct calendar *c, int64_t day); /* instant of its 24:00 */
int64_t calendar_day_opens(const struct calendar *c, int64_t day); /* when its office hours begin */
/* at_us when the office is open then, else when it opens next. */
int64_t calendar_next_open(const struct calendar *c, int64_t at_us);
bool calendar_covers(const struct calendar *c, int64_t day); /* is it in the years it is known for? */
bool calendar_is_working_day(const struct calendar *c, int64_t day);
enum day_kind {
	DAY_WORKING, /* as the week says */
	DAY_WEEKEND, /* as the week says */
	DAY_HOLIDAY, /* listed as off */
	DAY_SWAPPED, /* a day of the weekend that is worked in exchange */
};
enum day_kind calendar_day_kind(const struct calendar *c, int64_t day);
const char *calendar_day_name(const struct calendar *c, int64_t day); /* of a listed day; NULL: none */
/* The n-th working day after day (n >= 1); a negative n is a programming error. */
int64_t calendar_add_working_days(const struct calendar *c, int64_t day, int n);
/* Working days after `from` up to and including `to`; negative when `to` lies before. */
int calendar_working_days_between(const struct calendar *c, int64_t from, int64_t to);

/* ---- regime: a set of legal terms with dates of effect (workflows/regimes/<code>.json) ---- */
struct regime;

enum term_unit {
	TERM_WORKING_DAYS,
	TERM_CALENDAR_DAYS,
	TERM_WORKING_HOURS,
	TERM_PERCENT, /* of another term's working time */
	TERM_HOURS,   /* of the clock: nights and days off count */
	TERM_MONTHS,  /* to the same day of the month, or its last; rolls to a working day */
	TERM_YEARLY,  /* the next such day of the year, the day of the start included; does not roll */
	TERM_DATE,    /* a date that the case holds; does not roll */
};

/* How a term may be extended (workflows/README.md): a kind of extension, and its limits. */
struct term_extension {
	const char *kind;
	enum term_unit unit; /* TERM_WORKING_DAYS or TERM_CALENDAR_DAYS */
	int most, times;     /* days in all; how often */
	bool from_now;	     /* a term that is over counts from today; else from the day it was due */
	const char *law;
};

struct term {
	const char *name; /* "request.account" */
	enum term_unit unit;
	int amount;	  /* days, hours, months (1 to 9999); per cent of `of`; TERM_YEARLY:
			   * month * 100 + day; TERM_DATE: calendar days before that date */
	const char *of;	  /* TERM_PERCENT: the term it is a part of; TERM_DATE: path in the case ("fields.due_on") */
	const char *side; /* whose agency's calendar counts; NULL: the owner's */
	bool resumes;	  /* entering again keeps the time left; else it begins anew */
	const char *title_vi, *title_en;
	const char *law;  /* the article, or "DEFAULT" */
	struct term_extension *extensions;
	int extension_count;
};

struct regime *regime_load(struct json_object *o, struct error_list *errors);
void regime_free(struct regime *r);
const char *regime_code(const struct regime *r);
struct json_object *regime_json(const struct regime *r); /* titles, grounds, labels: borrowed */
bool regime_is_in_force(const struct regime *r, int64_t at_us);
const struct term *regime_term(const struct regime *r, const char *name); /* NULL if unknown */
const char *term_unit_name(enum term_unit unit); /* "working_days" */
/* A day of every year, "12-31" as 1231; false when it is none (a leap day is not). */
bool term_read_yearly(const char *on, int *month_day);
/* Borrowed; {"code","title","law"} of each ground of a kind ("refusal"); NULL if none. */
struct json_object *regime_grounds(const struct regime *r, const char *kind);
struct json_object *regime_ground(const struct regime *r, const char *code); /* of whatever kind; NULL */

/* ---- due times ---- */

/* When a term that started at start_us is due. Outside office hours (after the end of the day's last
 * hour, or on a day off) the start of a term of days or of working hours counts as the next working
 * day, unless the calendar says "outside_office_hours": "same_day". TERM_PERCENT falls at that share
 * of the whole term's working time, in office hours; at its end when it has none. Returns false with
 * *why when the result does not fit the calendar's years or the term is unknown. */
/* TERM_DATE is not for it: whoever knows the case knows the date (see term_on_day). */
bool term_due(const struct regime *r, const struct calendar *c, const char *name, int64_t start_us,
    int64_t *due_us, const char **why);

/* 24:00 of the day `before` days before "YYYY-MM-DD"; it does not roll, so the calendar need not reach it.
 * false with *why when it is no day. */
bool term_on_day(const struct calendar *c, const char *day, int before, int64_t *due_us,
    const char **why);

/* How a term that is a whole comes to its due day: the day of the event, which a late receipt moves, and
 * the last day counted from it, before it rolls to a working day (not for hours or a date). */
int64_t term_counted_from(const struct calendar *c, enum term_unit unit, int64_t start_us);
int64_t term_last_day(const struct calendar *c, const struct term *t, int64_t counted_from);

/* The instant at which `percent` of the working time from start to due has passed. */
int64_t term_share(const struct calendar *c, int64_t start_us, int64_t due_us, int percent);

/* Whole working days left at pause, and the due time when they run on from resume_us. */
int term_days_left(const struct calendar *c, int64_t now_us, int64_t due_us);
int64_t term_resume(const struct calendar *c, int64_t resume_us, int days_left);

/* ---- extensions (extension.c) ---- */

const struct term_extension *term_extension(const struct term *t, const char *kind); /* NULL: none */
/* 24:00 of the last of so many more days after `day`; calendar days roll to a working day. */
int64_t term_extend(const struct calendar *c, enum term_unit unit, int64_t day, int days);
/* As term_share, of a term that stood still in between; the pauses in order of time. */
struct standstill {
	int64_t from_us, until_us;
};
int64_t term_share_around(const struct calendar *c, int64_t start_us, int64_t due_us, int percent,
    const struct standstill *pauses, int count);

#endif
