/*
 * Inside of vacanc*.c.
 */
#ifndef LT_FLOW_VACANCIES_H
#define LT_FLOW_VACANCIES_H

#include "flow.h"

struct vacancy {
	int64_t agency_id;
	const char *post;
	int64_t since; /* 0: nobody ever held it, or it is not known */
	/* vacancies_read fills these: */
	const char *filled_by_names, *filled_by_post; /* NULL: nobody */
	int64_t open_tasks;                           /* exact to 1000, then 1001 */
};
struct vacancies {
	struct arena *a;
	struct vacancy *list;
	int count, size;
	/* Who may use which post at these agencies, parallel. */
	struct holding *holdings;
	struct person *people;
	int holding_count;
};

/* rows: by agency. */
void vacancies_find(
    const struct law *l, const struct post_row *rows, int count, struct vacancies *v);

/* vacancies.c: with whom they fall to and what waits; ids NULL: of all agencies. */
int vacancies_read(
    struct tx *tx, const int64_t *ids, int id_count, int64_t now, struct vacancies *v) MUST_CHECK;

#endif
