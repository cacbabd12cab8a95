/*
 * An open case under the law as it is read now: the dates of its terms counted again from how they
 * began, stood still and were extended. The pure half, for recomputation and rebuild.
 */
#ifndef LT_RECOUNT_H
#define LT_RECOUNT_H

#include "migrate_priv.h"

#define DATES_RECOMPUTED "dates.recomputed"

/* ---- recount_term.c: one term ---- */
struct counting {
	const struct regime *regime;
	const struct term *term;
	const struct calendar *calendar;
	int64_t received_at;		   /* of the case */
	struct json_object *case_json;	   /* what dates of the case are read from */
	struct json_object *record;	   /* of case.terms; corrected in place */
	struct json_object *whole;	   /* the record of the whole, counted already; NULL: it is one */
	struct arena *a;
	int64_t due_at; /* of a term that runs or is over; 0: it stands still */
	int left;	/* working days, of one that stands still */
	const char *why; /* it cannot be counted; NULL: it can */
};
/* false: nothing tells when it would be due, and it stays as it is. */
bool recount_term(struct counting *k);

/* ---- recount.c: the case ---- */
struct recount {
	struct json_object *terms; /* [{"term", "before", "after"}]; of what stands still days "left" */
	struct json_object *calendar; /* {"before", "after"} when it counts by another one; NULL */
	const char *needs_person;     /* why nothing may be moved by itself; NULL: it may */
	bool moves;
};
/* ev has type DATES_RECOMPUTED and actor "system"; its data get the terms. */
void recount_case(const struct workflow *w, const struct law *l, const struct directory *dir,
    const struct case_rows *now, const struct event_in *ev, struct arena *a, struct write_set *ws,
    struct verdict *v, struct recount *out);

#endif
