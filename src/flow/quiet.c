/*
 * When mail may come to a person: quiet hours, days off, the hour of a digest.
 */
#include "flow_priv.h"

#define MINUTE_US (INT64_C(60) * 1000000)
enum { DAY_MINUTES = 24 * 60, DAYS_MAX = 60 };

static int64_t
midnight(const struct calendar *c, int64_t day)
{
	return calendar_day_end(c, day - 1);
}

static int
minute_of_day(const struct calendar *c, int64_t at_us)
{
	return (int)((at_us - midnight(c, calendar_day_of(c, at_us))) / MINUTE_US);
}

/* A span of the day; one that ends before it begins goes through midnight. */
bool
preference_is_quiet(const struct preference *p, int minute)
{
	if (p->quiet_from == NO_MINUTE)
		return false;
	if (p->quiet_from < p->quiet_until)
		return minute >= p->quiet_from && minute < p->quiet_until;
	return minute >= p->quiet_from || minute < p->quiet_until;
}

static int64_t
quiet_end(const struct preference *p, const struct calendar *c, int64_t at_us)
{
	int64_t day = calendar_day_of(c, at_us);

	if (minute_of_day(c, at_us) >= p->quiet_until)
		day++;
	return midnight(c, day) + p->quiet_until * MINUTE_US;
}

static bool
takes_mail_on(const struct preference *p, const struct calendar *c, int64_t day)
{
	return p->on_days_off || calendar_is_working_day(c, day);
}

int64_t
mail_comes_at(const struct preference *p, const struct calendar *c, int64_t now_us)
{
	int64_t at = now_us;

	for (int i = 0; i < DAYS_MAX; i++) {
		if (!takes_mail_on(p, c, calendar_day_of(c, at)))
			at = calendar_next_open(c, at);
		else if (preference_is_quiet(p, minute_of_day(c, at)))
			at = quiet_end(p, c, at);
		else
			return at;
	}
	return at;
}

int64_t
mail_digest_at(const struct preference *p, const struct calendar *c, int64_t now_us)
{
	int64_t day = calendar_day_of(c, now_us), at;

	for (int i = 0; i < DAYS_MAX; i++, day++) {
		at = midnight(c, day) + p->digest_minute * MINUTE_US;
		if (at > now_us && takes_mail_on(p, c, day))
			return at;
	}
	return midnight(c, day) + p->digest_minute * MINUTE_US;
}

/* ---- as people write it ---- */

char *
minute_text(struct arena *a, int minute)
{
	return minute == NO_MINUTE ? NULL : arena_printf(a, "%02d:%02d", minute / 60, minute % 60);
}

bool
minute_read(const char *text, int *minute)
{
	static const char shape[] = "00:00";

	for (size_t i = 0; i < sizeof shape; i++)
		if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
			return false;
	*minute = ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] -
		  '0';
	return text[3] < '6' && *minute < DAY_MINUTES;
}
