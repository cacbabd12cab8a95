/*
 * What both clients count: the time of each unit of work, its percentiles, and their own CPU.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static inline double
now_s(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static inline double
cpu_s(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static inline int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* One line of JSON; sorts the latencies, in seconds. */
static inline void
print_measure(double *latencies, long count, double seconds, double cpu, long failures, long bytes)
{
	qsort(latencies, (size_t)count, sizeof(*latencies), by_size);
	printf("{\"count\": %ld, \"seconds\": %.6f, \"p50_ms\": %.3f, \"p99_ms\": %.3f, "
	       "\"cpu_s\": %.3f, \"failures\": %ld, \"bytes\": %ld}\n",
	    count, seconds, count ? latencies[count / 2] * 1e3 : 0,
	    count ? latencies[count * 99 / 100] * 1e3 : 0, cpu, failures, bytes);
}

#endif
