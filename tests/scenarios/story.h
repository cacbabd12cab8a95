/*
 * One run over the stories: where it reads, what it has found wrong.
 */
#ifndef LT_SCENARIO_STORY_H
#define LT_SCENARIO_STORY_H

#include "world.h"

struct runner {
	struct arena *a;
	const struct law *law;
	struct workflow *w;
	struct world s;
	struct json_object *request; /* the usual fields */
	const char *file, *folder;
	int line;
	int failures, checks;
};

void story_wrong(struct runner *r, const char *fmt, ...) PRINTF(2, 3);
char *story_word(char **line); /* the next word, cut off; "" at the end */
char *story_rest(char *line);  /* what is left of it */
struct person *story_person(struct runner *r, const char *login); /* NULL: told as wrong */
void story_expect(struct runner *r, char *line);

#endif
