/*
 * What each placeholder of a notice stands for.
 */
#include "flow_priv.h"

#include <string.h>

typedef const char *(*value_fn)(
    const struct notice_values *v, const char *lang, const struct person *p);

static const char *
or_empty(const char *text)
{
	return text ? text : "";
}

/* Years, months and days from the count of days since 1970 (proleptic Gregorian). */
char *
notice_day_text(struct arena *a, int64_t day)
{
	time_t t = (time_t)(day * 86400);
	struct tm tm;

	gmtime_r(&t, &tm);
	return arena_printf(a, "%02d/%02d/%04d", tm.tm_mday, tm.tm_mon + 1, tm.tm_year + 1900);
}

static const char *
date_of(const struct notice_values *v, int64_t at_us)
{
	return at_us ? notice_day_text(v->a, calendar_day_of(v->calendar, at_us)) : "";
}

static const char *
agency_name(const struct agency *g, const char *lang)
{
	if (g == NULL)
		return "";
	return str_eq(lang, "en") && g->name_en ? g->name_en : or_empty(g->name_vi);
}

static const char *
v_recipient(const struct notice_values *v, const char *lang, const struct person *p)
{
	(void)v, (void)lang;
	return or_empty(p->name);
}

static const char *
v_number(const struct notice_values *v, const char *lang, const struct person *p)
{
	(void)lang, (void)p;
	return or_empty(v->c->number);
}

static const char *
v_title(const struct notice_values *v, const char *lang, const struct person *p)
{
	(void)lang, (void)p;
	return or_empty(v->c->title);
}

static const char *
v_requester(const struct notice_values *v, const char *lang, const struct person *p)
{
	(void)p;
	return agency_name(v->dir->requester, lang);
}

static const char *
v_owner(const struct notice_values *v, const char *lang, const struct person *p)
{
	(void)p;
	return agency_name(v->dir->owner, lang);
}

static const char *
v_service(const struct notice_values *v, const char *lang, const struct person *p)
{
	struct json_object *service = json_get(v->c->context, "service");
	const char *name = json_str(service, "name");

	if (name == NULL)
		return v_title(v, lang, p);
	return arena_printf(v->a, "%s – %s", or_empty(json_str(service, "code")), name);
}

/* A day ends at 24:00: the last instant that still belongs to it names the date. */
static const char *
v_due(const struct notice_values *v, const char *lang, const struct person *p)
{
	(void)lang, (void)p;
	return v->due_at ? date_of(v, v->due_at - 1) : "";
}

static const char *
v_due_law(const struct notice_values *v, const char *lang, const struct person *p)
{
	const struct term *t = v->term ? regime_term(v->regime, v->term) : NULL;

	(void)p;
	if (t == NULL)
		return "";
	if (t->law && !str_starts(t->law, "DEFAULT"))
		return t->law;
	return or_empty(str_eq(lang, "en") ? t->title_en : t->title_vi);
}

/* The words are the layout's; {{n}} has at least two digits, as offices write them. */
static const char *
v_time_left(const struct notice_values *v, const char *lang, const struct person *p)
{
	struct json_object *words = json_get(json_get(v->law->layout, lang), "time_left");
	const char *many = json_str(words, "many"), *mark;
	int days;

	(void)p;
	if (v->due_at == 0)
		return "";
	days = calendar_working_days_between(v->calendar, calendar_day_of(v->calendar, v->ev->at),
	    calendar_day_of(v->calendar, v->due_at - 1));
	if (days <= 1)
		return json_str(words, days <= 0 ? "today" : "one");
	mark = strstr(many, "{{n}}");
	return arena_printf(
	    v->a, "%.*s%02d%s", (int)(mark - many), many, days, mark + strlen("{{n}}"));
}

static const char *
v_received_on(const struct notice_values *v, const char *lang, const struct person *p)
{
	(void)lang, (void)p;
	return date_of(v, v->c->received_at);
}

static const char *
v_today(const struct notice_values *v, const char *lang, const struct person *p)
{
	(void)lang, (void)p;
	return date_of(v, v->ev->at);
}

static const char *
v_actor(const struct notice_values *v, const char *lang, const struct person *p)
{
	(void)lang, (void)p;
	return or_empty(v->ev->actor->name);
}

static const char *
v_actor_post(const struct notice_values *v, const char *lang, const struct person *p)
{
	(void)p;
	return v->as ? or_empty(json_str(law_post_title(v->law, v->as->post), lang)) : "";
}

static const char *
v_actor_agency(const struct notice_values *v, const char *lang, const struct person *p)
{
	(void)p;
	if (v->as == NULL)
		return "";
	return or_empty(str_eq(lang, "en") && v->as->agency_name_en ? v->as->agency_name_en
								    : v->as->agency_name_vi);
}

static const char *
v_ground(const struct notice_values *v, const char *lang, const struct person *p)
{
	struct json_object *ground = v->regime
					 ? regime_ground(v->regime, json_str(v->ev->data, "ground"))
					 : NULL;
	const char *title, *law;

	(void)p;
	if (ground == NULL)
		return "";
	title = or_empty(json_str(json_get(ground, "title"), lang));
	law = or_empty(json_str(ground, "law"));
	return str_starts(law, "DEFAULT") ? title : arena_printf(v->a, "%s (%s)", title, law);
}

/* Stays a mark until the case has an id: notice_with_link. */
static const char *
v_link(const struct notice_values *v, const char *lang, const struct person *p)
{
	(void)v, (void)lang, (void)p;
	return "{{link}}";
}

static const struct {
	const char *name;
	value_fn fn;
} values[] = {
	{ "recipient", v_recipient },
	{ "number", v_number },
	{ "title", v_title },
	{ "requester", v_requester },
	{ "owner", v_owner },
	{ "service", v_service },
	{ "due", v_due },
	{ "due_law", v_due_law },
	{ "time_left", v_time_left },
	{ "received_on", v_received_on },
	{ "today", v_today },
	{ "actor", v_actor },
	{ "actor_post", v_actor_post },
	{ "actor_agency", v_actor_agency },
	{ "ground", v_ground },
	{ "link", v_link },
};

bool
notice_name_is_known(const char *name)
{
	for (size_t i = 0; i < LEN(values); i++)
		if (str_eq(values[i].name, name))
			return true;
	return false;
}

const char *
notice_value(
    const struct notice_values *v, const char *name, const char *lang, const struct person *p)
{
	if (v->given && !str_eq(name, "recipient") && !str_eq(name, "link"))
		return letter_value(v, name, lang);
	if (str_starts(name, "data.") || str_starts(name, "case."))
		return notice_field(v, name, lang);
	if (str_starts(name, "label."))
		return or_empty(json_str(
		    json_get(json_get(regime_json(v->regime), "labels"), name + strlen("label.")),
		    lang));
	for (size_t i = 0; i < LEN(values); i++)
		if (str_eq(values[i].name, name))
			return values[i].fn(v, lang, p);
	return "";
}
