/* instant: microseconds since 1970 in UTC to and from the connector's calendar form. */
#include "db_priv.h"

enum { SECOND_US = 1000000 };

MYSQL_TIME
instant_to_mysql(int64_t at_us)
{
	int64_t us = at_us % SECOND_US;
	time_t seconds;
	struct tm tm;

	if (us < 0)
		us += SECOND_US;
	seconds = (at_us - us) / SECOND_US;
	gmtime_r(&seconds, &tm);
	return (MYSQL_TIME){ .year = (unsigned)tm.tm_year + 1900,
		.month = (unsigned)tm.tm_mon + 1,
		.day = (unsigned)tm.tm_mday,
		.hour = (unsigned)tm.tm_hour,
		.minute = (unsigned)tm.tm_min,
		.second = (unsigned)tm.tm_sec,
		.second_part = (unsigned long)us,
		.time_type = MYSQL_TIMESTAMP_DATETIME };
}

int64_t
instant_from_mysql(const MYSQL_TIME *m)
{
	struct tm tm = { .tm_year = (int)m->year - 1900,
		.tm_mon = (int)m->month - 1,
		.tm_mday = (int)m->day,
		.tm_hour = (int)m->hour,
		.tm_min = (int)m->minute,
		.tm_sec = (int)m->second };

	return (int64_t)timegm(&tm) * SECOND_US + (int64_t)m->second_part;
}
