/*
 * Days as numbers: the proleptic Gregorian calendar, counted from 1970-01-01.
 */
#include "terms_priv.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* Years run from March, so that the leap day is the last of its year. */
int64_t
day_from_date(int year, int month, int day_of_month)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = floor_div(y, 400), of_era = y - era * 400;
	int64_t of_year = (153 * ((month + 9) % 12) + 2) / 5 + day_of_month - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int
days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

void
day_to_date(int64_t day, int *year, int *month, int *day_of_month)
{
	time_t at = (time_t)(day * 86400);
	struct tm tm;

	gmtime_r(&at, &tm);
	*year = tm.tm_year + 1900;
	*month = tm.tm_mon + 1;
	*day_of_month = tm.tm_mday;
}

int64_t
day_add_months(int64_t day, int months)
{
	int year, month, of_month, last;

	day_to_date(day, &year, &month, &of_month);
	year += (month - 1 + months) / 12;
	month = (month - 1 + months) % 12 + 1;
	last = days_in_month(year, month);
	return day_from_date(year, month, of_month < last ? of_month : last);
}

bool
day_parse(const char *text, int64_t *day)
{
	int year, month, of_month;
	char after;

	if (!text || strlen(text) != 10 || text[4] != '-' || text[7] != '-' ||
	    sscanf(text, "%4d-%2d-%2d%c", &year, &month, &of_month, &after) != 3)
		return false;
	if (year < 1 || month < 1 || month > 12 || of_month < 1 ||
	    of_month > days_in_month(year, month))
		return false;
	*day = day_from_date(year, month, of_month);
	return true;
}
