/*
 * Sides: requester and owner of the case, the parties that joined it, and the agencies that take
 * the same side in every case by their role.
 */
#include "flow_priv.h"

bool
side_is_role(const char *side)
{
	return side && !str_eq(side, "requester") && !str_eq(side, "owner") &&
	       !str_eq(side, "party");
}

static const struct agency *
agency_with_role(const struct directory *dir, const char *role)
{
	for (int i = 0; i < dir->agency_count; i++)
		if (str_eq(dir->agencies[i]->role, role))
			return dir->agencies[i];
	return NULL;
}

const struct agency *
side_agency(const struct directory *dir, const char *side)
{
	if (str_eq(side, "requester"))
		return dir->requester;
	if (str_eq(side, "owner"))
		return dir->owner;
	if (str_eq(side, "party"))
		return dir->party_count ? dir->parties[0] : NULL;
	return side ? agency_with_role(dir, side) : NULL;
}

const struct agency *const *
side_agencies(const struct directory *dir, const char *side, struct arena *a)
{
	const struct agency **list = arena_array(a, const struct agency *, dir->party_count + 2);

	if (!str_eq(side, "party")) {
		list[0] = side_agency(dir, side);
		return list;
	}
	for (int i = 0; i < dir->party_count; i++)
		list[i] = dir->parties[i];
	return list;
}

const struct agency *
agency_with_code(const struct directory *dir, const char *code)
{
	for (int i = 0; code && i < dir->agency_count; i++)
		if (str_eq(dir->agencies[i]->code, code))
			return dir->agencies[i];
	return NULL;
}

bool
side_has(const struct directory *dir, const char *side, int64_t agency_id)
{
	const struct agency *g;

	if (!str_eq(side, "party")) {
		g = side_agency(dir, side);
		return g && g->id == agency_id;
	}
	for (int i = 0; i < dir->party_count; i++)
		if (dir->parties[i]->id == agency_id)
			return true;
	return false;
}

void
agency_add_once(int64_t *ids, int *count, const struct agency *g)
{
	for (int i = 0; g && i < *count; i++)
		if (ids[i] == g->id)
			return;
	if (g)
		ids[(*count)++] = g->id;
}
