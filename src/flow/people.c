/*
 * Who is somebody to the product: those who operate it.
 */
#include "flow_db.h"
#include "flow_priv.h"

bool
actor_operates(const struct actor *who)
{
	const struct agency *ict = agency_by_role("ict");

	for (int i = 0; ict && i < who->holding_count; i++)
		if (who->holdings[i].agency_id == ict->id &&
		    law_post_is(flow_state.law, who->holdings[i].post, "operates"))
			return true;
	return false;
}

int
operators_only(struct task *t, const struct actor *who)
{
	TRY(agencies_refresh(t));
	if (!actor_operates(who))
		return fail_as(
		    t, E_FORBIDDEN, "not-your-post", "this is for those who operate the system");
	return OK;
}
