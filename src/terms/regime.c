/*
 * A regime: the terms, grounds and labels of one legal text, with the days between which it is in
 * force.
 */
#include "terms_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const unit_names[] = {
	[TERM_WORKING_DAYS] = "working_days",
	[TERM_CALENDAR_DAYS] = "calendar_days",
	[TERM_WORKING_HOURS] = "working_hours",
	[TERM_PERCENT] = "percent",
	[TERM_HOURS] = "hours",
	[TERM_MONTHS] = "months",
	[TERM_YEARLY] = "yearly",
	[TERM_DATE] = "date",
};

static bool
read_unit(const char *text, enum term_unit *unit)
{
	for (size_t i = 0; i < LEN(unit_names); i++)
		if (str_eq(text, unit_names[i])) {
			*unit = (enum term_unit)i;
			return true;
		}
	return false;
}

const char *
term_unit_name(enum term_unit unit)
{
	return unit_names[unit];
}

bool
term_read_yearly(const char *on, int *month_day)
{
	int64_t day;
	char year[16];

	if (!on || strlen(on) != 5)
		return false;
	snprintf(year, sizeof(year), "2021-%s", on);
	*month_day = atoi(on) * 100 + atoi(on + 3);
	return day_parse(year, &day);
}

/* A whole number; a term of nothing is none, and 10,000 days are a slip of the pen. */
static void
read_count(struct term *t, struct json_object *o, const char *key, int64_t least, int64_t most,
    const char *at, struct error_list *errors)
{
	int64_t count = json_int(o, key, json_get(o, key) || least > 0 ? -1 : 0);

	t->amount = (int)count;
	if (count < least || count > most)
		error_add(errors, at, key, "\"%s\" must be a whole number, %d to %d", key,
		    (int)least, (int)most);
}

/* What the unit asks for beside its name. */
static void
read_amount(struct term *t, struct json_object *o, const char *at, struct error_list *errors)
{
	bool is_yearly = t->unit == TERM_YEARLY;

	if (is_yearly && !term_read_yearly(json_str(o, "on"), &t->amount))
		error_add(errors, at, "on", "\"on\" must be a day of each year, MM-DD");
	if (t->unit == TERM_DATE)
		read_count(t, o, "before", 0, 9999, at, errors);
	else if (!is_yearly)
		read_count(t, o, "amount", 1, t->unit == TERM_PERCENT ? 99 : 9999, at, errors);
	if ((t->unit == TERM_PERCENT || t->unit == TERM_DATE) != (t->of != NULL))
		error_add(errors, at, "of",
		    "\"of\" names the whole term of a percent or the case's date of a date, and "
		    "nothing else");
}

static bool
read_title(struct json_object *o, const char **vi, const char **en)
{
	*vi = json_str(json_get(o, "title"), "vi");
	*en = json_str(json_get(o, "title"), "en");
	return *vi && *en && **vi && **en;
}

static void
read_term(struct regime *r, const char *name, struct json_object *o, struct error_list *errors)
{
	struct term *t = &r->terms[r->term_count];
	const char *at = arena_printf(errors->arena, "/terms/%s", name);

	t->name = name;
	t->of = json_str(o, "of");
	t->side = json_str(o, "calendar");
	t->resumes = json_truth(o, "resumes", false);
	t->law = json_str(o, "law");
	if (!read_unit(json_str(o, "unit"), &t->unit))
		error_add(errors, at, "unit",
		    "\"unit\" must be working_days, calendar_days, working_hours, hours, months, "
		    "yearly, date or percent (a plain day would be ambiguous)");
	else
		read_amount(t, o, at, errors);
	read_extensions(r, t, o, at, errors);
	if (!t->law)
		error_add(errors, at, "law", "\"law\" must name the article, or say DEFAULT");
	if (!read_title(o, &t->title_vi, &t->title_en))
		error_add(errors, at, "title", "\"title\" must have vi and en");
	r->term_count++;
}

static void
check_percents(const struct regime *r, struct error_list *errors)
{
	for (int i = 0; i < r->term_count; i++) {
		const struct term *t = &r->terms[i];
		const struct term *whole = t->of ? regime_term(r, t->of) : NULL;

		if (t->unit == TERM_PERCENT && t->of && (!whole || whole->unit == TERM_PERCENT))
			error_add(errors, arena_printf(errors->arena, "/terms/%s/of", t->name),
			    "of", "\"%s\" is no term of this regime that is a whole", t->of);
	}
}

static void
read_terms(struct regime *r, struct error_list *errors)
{
	struct json_object *terms = json_get(r->json, "terms");

	if (!json_object_is_type(terms, json_type_object)) {
		error_add(errors, "/terms", "required", "must be an object of terms");
		return;
	}
	r->terms = arena_array(r->arena, struct term, json_object_object_length(terms));
	json_object_object_foreach(terms, name, o)
	{
		read_term(r, name, o, errors);
	}
	check_percents(r, errors);
}

/* Dates of effect are days; they begin and end at local midnight of Vietnam (UTC+7). */
static void
read_dates(struct regime *r, struct error_list *errors)
{
	const char *from = json_str(r->json, "from"), *until = json_str(r->json, "until");
	int64_t day;

	if (day_parse(from, &day))
		r->from_at = day * DAY_US - 7 * HOUR_US;
	else
		error_add(errors, "/from", "date", "must be the first day in force, YYYY-MM-DD");
	if (!until)
		return;
	if (day_parse(until, &day))
		r->until_at = (day + 1) * DAY_US - 7 * HOUR_US;
	else
		error_add(errors, "/until", "date", "must be the last day in force, YYYY-MM-DD");
}

static void
check_ground_list(struct json_object *list, const char *pointer, struct error_list *errors)
{
	const char *vi, *en;

	if (!json_object_is_type(list, json_type_array)) {
		error_add(errors, pointer, "type", "must be a list of grounds");
		return;
	}
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *g = json_object_array_get_idx(list, i);

		if (!json_str(g, "code") || !json_str(g, "law") || !read_title(g, &vi, &en))
			error_add(errors, arena_printf(errors->arena, "%s/%zu", pointer, i),
			    "ground", "a ground needs code, law and a title in vi and en");
	}
}

static void
check_grounds(const struct regime *r, struct error_list *errors)
{
	struct json_object *grounds = json_get(r->json, "grounds");

	if (!grounds)
		return;
	if (!json_object_is_type(grounds, json_type_object)) {
		error_add(errors, "/grounds", "type", "must be an object of lists of grounds");
		return;
	}
	json_object_object_foreach(grounds, kind, list)
	{
		check_ground_list(list, arena_printf(errors->arena, "/grounds/%s", kind), errors);
	}
}

struct regime *
regime_load(struct json_object *o, struct error_list *errors)
{
	int before = errors->count;
	struct regime *r = xcalloc(1, sizeof(*r));

	r->arena = arena_new();
	r->json = json_copy(r->arena, o);
	r->code = xstrdup(json_str(o, "code") ? json_str(o, "code") : "");
	if (!*r->code)
		error_add(errors, "/code", "required", "must be a word");
	read_dates(r, errors);
	read_terms(r, errors);
	check_grounds(r, errors);
	if (errors->count == before)
		return r;
	regime_free(r);
	return NULL;
}

void
regime_free(struct regime *r)
{
	if (!r)
		return;
	arena_free(r->arena);
	free(r->code);
	free(r);
}

const char *
regime_code(const struct regime *r)
{
	return r->code;
}

struct json_object *
regime_json(const struct regime *r)
{
	return r->json;
}

bool
regime_is_in_force(const struct regime *r, int64_t at_us)
{
	return at_us >= r->from_at && (r->until_at == 0 || at_us < r->until_at);
}

const struct term *
regime_term(const struct regime *r, const char *name)
{
	for (int i = 0; i < r->term_count; i++)
		if (str_eq(r->terms[i].name, name))
			return &r->terms[i];
	return NULL;
}

struct json_object *
regime_grounds(const struct regime *r, const char *kind)
{
	return json_get(json_get(r->json, "grounds"), kind);
}

static struct json_object *
ground_in(struct json_object *list, const char *code)
{
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *ground = json_object_array_get_idx(list, i);

		if (str_eq(json_str(ground, "code"), code))
			return ground;
	}
	return NULL;
}

struct json_object *
regime_ground(const struct regime *r, const char *code)
{
	struct json_object *kinds = json_get(r->json, "grounds"), *found = NULL;

	if (code == NULL || kinds == NULL)
		return NULL;
	json_object_object_foreach(kinds, kind, list)
	{
		(void)kind;
		found = found ? found : ground_in(list, code);
	}
	return found;
}
