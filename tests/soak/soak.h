/*
 * Random machines and what must hold of every step they take.
 */
#ifndef LT_SOAK_H
#define LT_SOAK_H

#include "statechart.h"

/* The same seed, the same numbers. */
struct random {
	uint64_t state;
};
uint32_t random_below(struct random *r, uint32_t n);
bool random_chance(struct random *r, int percent);

/* machine.c: a machine of the subset, held by the arena */
struct json_object *machine_make(struct random *r, struct arena *a);

#endif
