/*
 * Time: the product's clock with its offset, the monotonic one without, and instants as RFC 3339
 * text.
 */
#include "base.h"

#include <stdio.h>
#include <string.h>

static int64_t offset;

static int64_t
read_us(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t
clock_now(void)
{
	return read_us(CLOCK_REALTIME) + offset;
}

int64_t
clock_offset(void)
{
	return offset;
}

void
clock_set_offset(int64_t offset_us)
{
	offset = offset_us;
}

int64_t
clock_monotonic_us(void)
{
	return read_us(CLOCK_MONOTONIC);
}

char *
instant_text(struct arena *a, int64_t at_us)
{
	int64_t us = ((at_us % 1000000) + 1000000) % 1000000;
	time_t s = (at_us - us) / 1000000;
	struct tm tm;

	if (at_us == 0)
		return NULL;
	gmtime_r(&s, &tm);
	return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", tm.tm_year + 1900,
	    tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, (int)us);
}

/* ---- RFC 3339 ---- */

/* Exactly `digits` digits at *p, which moves behind them. */
static bool
read_number(const char **p, int digits, int min, int max, int *value)
{
	*value = 0;
	for (; digits > 0; digits--, (*p)++) {
		if (**p < '0' || **p > '9')
			return false;
		*value = *value * 10 + (**p - '0');
	}
	return *value >= min && *value <= max;
}

static bool
read_char(const char **p, const char *any_of)
{
	if (**p == '\0' || !strchr(any_of, **p))
		return false;
	(*p)++;
	return true;
}

static int
days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && is_leap);
}

static bool
read_date(const char **p, struct tm *tm)
{
	int year, month, day;

	if (!read_number(p, 4, 0, 9999, &year) || !read_char(p, "-") ||
	    !read_number(p, 2, 1, 12, &month) || !read_char(p, "-") ||
	    !read_number(p, 2, 1, days_in_month(year, month), &day))
		return false;
	tm->tm_year = year - 1900;
	tm->tm_mon = month - 1;
	tm->tm_mday = day;
	return true;
}

/* Digits behind the sixth are dropped: no instant of ours is finer. */
static bool
read_fraction(const char **p, int *us)
{
	int unit = 100000;

	*us = 0;
	if (!read_char(p, "."))
		return true;
	if (**p < '0' || **p > '9')
		return false;
	for (; **p >= '0' && **p <= '9'; (*p)++, unit /= 10)
		*us += (**p - '0') * unit;
	return true;
}

static bool
read_zone(const char **p, int *offset_s)
{
	int sign = **p == '-' ? -1 : 1;
	int hours, minutes;

	*offset_s = 0;
	if (read_char(p, "Zz"))
		return true;
	if (!read_char(p, "+-") || !read_number(p, 2, 0, 23, &hours) || !read_char(p, ":") ||
	    !read_number(p, 2, 0, 59, &minutes))
		return false;
	*offset_s = sign * (hours * 3600 + minutes * 60);
	return true;
}

bool
instant_parse(const char *text, int64_t *at_us)
{
	struct tm tm = { 0 };
	int us, offset_s;
	const char *p = text;

	if (!read_date(&p, &tm) || !read_char(&p, "Tt") ||
	    !read_number(&p, 2, 0, 23, &tm.tm_hour) || !read_char(&p, ":") ||
	    !read_number(&p, 2, 0, 59, &tm.tm_min) || !read_char(&p, ":") ||
	    !read_number(&p, 2, 0, 60, &tm.tm_sec) || !read_fraction(&p, &us) ||
	    !read_zone(&p, &offset_s) || *p != '\0')
		return false;
	*at_us = ((int64_t)timegm(&tm) - offset_s) * 1000000 + us;
	return true;
}
