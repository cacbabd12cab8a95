/*
 * The laws that events were decided by, read again from the database when a past event is made anew.
 */
#include "flow_db.h"
#include "flow_priv.h"

#include <stdlib.h>

struct kept {
	struct law *law;
	struct kept *next;
};

static struct kept *all;

const struct law *
law_kept(int64_t id)
{
	if (flow_state.law->id == id)
		return flow_state.law;
	for (const struct kept *k = all; k; k = k->next)
		if (k->law->id == id)
			return k->law;
	return NULL;
}

int
law_read(struct tx *tx, int64_t id)
{
	struct json_object *content;
	struct error_list errors;
	struct kept *k;
	struct law *l;

	if (id == 0 || law_kept(id))
		return OK;
	TRY(store_law_read(tx, id, &content));
	error_list_init(&errors, tx_arena(tx));
	l = law_of_content(flow_state.law, content, &errors);
	if (l == NULL)
		return fail_list(
		    tx_task(tx), E_INTERNAL, &errors, "a law that was kept cannot be read");
	l->id = id;
	k = xcalloc(1, sizeof(*k));
	*k = (struct kept){ l, all };
	all = k;
	return OK;
}

void
laws_forget(void)
{
	while (all) {
		struct kept *k = all;

		all = k->next;
		law_free(k->law);
		free(k);
	}
}
