/*
 * Calendars of the law: those that stand by themselves, and those of agencies, which are based on
 * them.
 */
#include "flow_priv.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static const struct calendar *
calendar_of(const struct law *l, const char *agency)
{
	for (int i = 0; i < l->calendar_count; i++)
		for (const char *const *code = calendar_agencies(l->calendars[i]); *code; code++)
			if (str_eq(*code, agency))
				return l->calendars[i];
	return NULL;
}

/* A calendar that takes the place of another is not in its own way. */
static void
check_others(const struct law *l, const struct calendar *c, struct error_list *errors)
{
	const char *const *code = calendar_agencies(c);

	for (int i = 0; code[i]; i++) {
		const struct calendar *other = calendar_of(l, code[i]);

		if (other && !str_eq(calendar_id(other), calendar_id(c)))
			error_add(errors, arena_printf(errors->arena, "/agencies/%d", i),
			    "agencies", "%s has the calendar \"%s\" already: an agency has one",
			    code[i], calendar_id(other));
	}
}

struct calendar *
law_read_calendar(const struct law *l, struct json_object *o, struct error_list *errors)
{
	const char *base_id = calendar_base_id(o);
	const struct calendar *base = base_id ? law_calendar(l, base_id) : NULL;
	int before = errors->count;
	struct calendar *c;

	if (base_id == NULL)
		return calendar_load(o, errors);
	if (base == NULL) {
		error_add(errors, "/based_on", "unknown", "there is no calendar \"%s\"", base_id);
		return NULL;
	}
	c = calendar_load_based(o, base, errors);
	if (c)
		check_others(l, c, errors);
	if (errors->count == before)
		return c;
	calendar_free(c);
	return NULL;
}

void
law_add_calendar(struct law *l, struct json_object *o, struct error_list *errors)
{
	struct calendar *c = law_read_calendar(l, o, errors);

	if (c && law_calendar(l, calendar_id(c))) {
		error_add(errors, "/id", "duplicate", "another file has the calendar \"%s\" too",
		    calendar_id(c));
		calendar_free(c);
		c = NULL;
	}
	if (c == NULL)
		return;
	l->calendars = xrealloc(
	    l->calendars, sizeof(*l->calendars) * (size_t)(l->calendar_count + 1));
	l->calendars[l->calendar_count++] = c;
	json_push(l->calendar_files, json_object_get(o));
}

/* ---- asking ---- */

const struct calendar *
law_calendar(const struct law *l, const char *id)
{
	for (int i = 0; i < l->calendar_count; i++)
		if (str_eq(calendar_id(l->calendars[i]), id))
			return l->calendars[i];
	return NULL;
}

const struct calendar *
law_calendar_for(const struct law *l, const char *agency, const struct calendar *otherwise)
{
	const struct calendar *own = agency ? calendar_of(l, agency) : NULL;

	return own ? own : otherwise;
}

struct json_object *
law_calendar_file(const struct law *l, const char *id)
{
	for (size_t i = 0; i < json_object_array_length(l->calendar_files); i++) {
		struct json_object *o = json_object_array_get_idx(l->calendar_files, i);

		if (str_eq(json_str(o, "id"), id))
			return o;
	}
	return NULL;
}

void
law_use_calendar(struct law *l, const char *id)
{
	l->province = arena_strdup(l->arena, id);
}

/* ---- whose calendar a term counts by ---- */

static const struct term *
whole_of(const struct regime *r, const char *name)
{
	const struct term *t = r && name ? regime_term(r, name) : NULL;

	return t && t->unit == TERM_PERCENT ? regime_term(r, t->of) : t;
}

const char *
term_side(const struct regime *r, const char *name)
{
	const struct term *t = whole_of(r, name);

	return t && t->side ? t->side : "owner";
}

const struct calendar *
law_side_calendar(const struct law *l, const struct agency *g, const struct calendar *own)
{
	const struct calendar *province = l->province ? law_calendar(l, l->province) : NULL;

	return law_calendar_for(l, g ? g->code : NULL, province ? province : own);
}

/* A part that came later than its whole has no calendar in its record. */
const struct calendar *
law_term_calendar(const struct law *l, const struct regime *r, struct json_object *terms,
    const char *name, const struct calendar *own)
{
	const struct term *whole = whole_of(r, name);
	const char *id = name ? json_str(json_get(terms, name), "calendar") : NULL;
	const struct calendar *c;

	if (id == NULL && whole)
		id = json_str(json_get(terms, whole->name), "calendar");
	c = law_calendar(l, id);
	return c ? c : own;
}

static bool
is_told(const struct error_list *errors, const char *pointer)
{
	for (const struct error_item *e = errors->first; e; e = e->next)
		if (str_eq(e->pointer, pointer))
			return true;
	return false;
}

/* Terms of common/ are in every regime: told once. */
void
law_check_sides(const struct law *l, const char *where, struct error_list *errors)
{
	for (int i = 0; i < l->regime_count; i++) {
		json_object_object_foreach(
		    json_get(regime_json(l->regimes[i]), "terms"), name, term)
		{
			const char *side = json_str(term, "calendar");
			const char *at = arena_printf(
			    errors->arena, "%s:/terms/%s/calendar", where, name);

			if (json_get(term, "calendar") && !law_side_title(l, side) &&
			    !is_told(errors, at))
				error_add(errors, at, "unknown",
				    "\"calendar\" is a side, whose agency's calendar counts: there "
				    "is no side \"%s\"",
				    side ? side : "");
		}
	}
}
