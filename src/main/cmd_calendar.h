/*
 * What the commands on calendar files share: whole files read, and days as rows of a CSV or
 * iCalendar file.
 */
#ifndef LT_CMD_CALENDAR_H
#define LT_CMD_CALENDAR_H

#include "terms.h"

/* Far above what a calendar needs: 200 years hold 73,000 days, most of them as their weekday. */
#define CALENDAR_FILE_MOST ((size_t)4 << 20)
#define CALENDAR_ROWS_MOST 10000
#define CALENDAR_MISTAKES_MOST 100

struct calendar_row {
	int line; /* where it begins in the file; 0 for a day of the calendar itself */
	struct json_object *day; /* a day of "days", owned by the arena; not checked yet */
};

struct calendar_rows {
	struct arena *arena;
	const char *path; /* as given, for mistakes */
	struct error_list *errors;
	struct calendar_row *row;
	int count, size;
};

/* Takes day. False when no more may come: the file holds too many. */
bool calendar_rows_add(struct calendar_rows *rows, int line, struct json_object *day);
/* A mistake at a line. False when there are so many that reading ends. */
bool calendar_rows_refuse(struct calendar_rows *rows, int line, const char *fmt, ...) PRINTF(3, 4);

/* The whole file, UTF-8 without NUL, no larger than CALENDAR_FILE_MOST; NULL with a mistake. */
char *calendar_file_read(struct arena *a, const char *path, struct error_list *errors);
/* A calendar that calendar_load takes, or NULL with every mistake. Owned by the arena. */
struct json_object *calendar_file_load(
    struct arena *a, const char *path, struct error_list *errors);
/* The calendar of such a file, whose base, if it has one, stands beside it. NULL with the mistakes. */
struct calendar *calendar_file_calendar(
    struct arena *a, const char *path, struct json_object *o, struct error_list *found);
size_t calendar_days_count(struct json_object *calendar);
/* The exit status: 1 when there are mistakes, which it prints. */
int calendar_mistakes(const struct error_list *errors);

/* Hours of a day as text, "07:30-11:30 13:30-17:00", NULL if it has none; and back into "hours". */
char *calendar_hours_text(struct arena *a, struct json_object *day);
bool calendar_hours_read(struct json_object *day, const char *text);

/* The days of a file's text into rows; mistakes go to rows->errors. */
void calendar_csv_read(struct calendar_rows *rows, const char *text);
void calendar_ics_read(struct calendar_rows *rows, const char *text);
/* The days of a calendar as a file. */
void calendar_csv_write(struct str *to, struct json_object *calendar);
void calendar_ics_write(struct str *to, struct json_object *calendar);

/* argv[0] is the command's own name. */
int calendar_usage(void);
int calendar_check(int argc, char **argv);
int calendar_export(int argc, char **argv);
int calendar_import(int argc, char **argv);

#endif
