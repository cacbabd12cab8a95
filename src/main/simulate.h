/*
 * simulate: a chart without a case: guards and delays are given, time moves by steps.
 */
#ifndef LT_SIMULATE_H
#define LT_SIMULATE_H

#include "statechart.h"

#include <stdio.h>

/* events: {"guards": {name: bool}, "delays": {name: ms}, "steps": [{"event": "X"} | {"advance": ms}]},
 * a step may set guards first. Prints a line {"active", "actions", "done"} for the start and for each
 * step. Returns NULL, or what stopped it. */
const char *simulate(const struct sc_chart *chart, struct json_object *events, FILE *to);

#endif
