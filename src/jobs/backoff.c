/*
 * When to try again: later each time, and not all at the same moment.
 */
#include "jobs_priv.h"

#include <stdlib.h>

static _Thread_local unsigned seed;

static double
random_share(void)
{
	if (seed == 0)
		seed = (unsigned)clock_monotonic_us() | 1;
	return (double)rand_r(&seed) / RAND_MAX;
}

int64_t
backoff_us(int attempts, int64_t first_ms, int64_t limit_ms)
{
	int64_t ms = first_ms;

	for (int i = 1; i < attempts && ms < limit_ms; i++)
		ms *= 2;
	if (ms > limit_ms)
		ms = limit_ms;
	return (int64_t)((double)ms * 1000 * (0.8 + 0.4 * random_share()));
}
