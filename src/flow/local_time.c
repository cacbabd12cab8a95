/*
 * An instant as tools print it: in the zone of the calendar, the end of a day as 24:00 of it.
 */
#include "flow.h"

char *
local_time_text(const struct calendar *c, struct arena *a, int64_t at_us)
{
	int64_t begin, day = calendar_day_of(c, at_us);
	int minutes;

	if (calendar_day_end(c, day - 1) == at_us)
		day--;
	begin = calendar_day_end(c, day - 1);
	minutes = (int)((at_us - begin) / 60000000);
	return arena_printf(
	    a, "%s %02d:%02d", calendar_date(c, a, begin), minutes / 60, minutes % 60);
}
