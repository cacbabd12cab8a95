/*
 * One run over the stories: where it reads, what it has found wrong.
 */
#ifndef LT_SCENARIO_STORY_H
#define LT_SCENARIO_STORY_H

#include "world.h"

struct runner {
	struct arena *a;
	const struct law *law;
	struct charts charts;
	struct world s;
	struct chart *chart;        /* what is started unless a line says otherwise */
	struct json_object *fields; /* the usual ones */
	const char *file, *folder;
	int line;
	int failures, checks;
};

void story_wrong(struct runner *r, const char *fmt, ...) PRINTF(2, 3);
char *story_word(char **line);                     /* the next word, cut off; "" at the end */
char *story_rest(char *line);                      /* what is left of it */
int64_t story_time(struct runner *r, char **line); /* "03/10/2022 09:00" */
struct json_object *story_json(struct runner *r, const char *text);
/* NULL: told as wrong */
struct person *story_person(struct runner *r, const char *login);
struct agency *story_agency(struct runner *r, const char *word);
struct chart *story_chart(struct runner *r, const char *id);

/* lines.c, given.c, expect.c */
void story_line(struct runner *r, char *line);
void story_given(struct runner *r, char *line);
void story_hold_posts(struct runner *r, const struct person *p, char *line);
void story_expect(struct runner *r, char *line);
void story_read(struct runner *r, const char *path); /* the lines of a file */

#endif
