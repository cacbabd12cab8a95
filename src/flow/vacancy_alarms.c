/*
 * The alarm that a post has become vacant: raised once, told to those who have to see to it, ended
 * when somebody holds the post again.
 */
#include "flow_db.h"
#include "flow_priv.h"
#include "vacancies.h"

#define KIND "vacancy"

static const char *
subject_of(struct arena *a, const struct vacancy *k)
{
	const struct agency *g = agency_by_id(k->agency_id);

	return arena_printf(a, "%s %s", g ? g->code : "", k->post);
}

/* ---- ending ---- */

static bool
is_vacant(const struct vacancies *v, const char *subject)
{
	for (int i = 0; i < v->count; i++)
		if (str_eq(subject_of(v->a, &v->list[i]), subject))
			return true;
	return false;
}

static int
end_filled(struct tx *tx, const struct vacancies *v, int64_t now)
{
	const char **subjects;
	int count;

	TRY(store_alarm_list(tx, KIND, &subjects, &count));
	for (int i = 0; i < count; i++)
		if (!is_vacant(v, subjects[i]))
			TRY(store_alarm_end(tx, KIND, subjects[i], now));
	return OK;
}

/* ---- telling: a letter to each, of all that concerns him ---- */

static const char *
line_in(const struct vacancies *v, const struct vacancy *k, bool is_vi)
{
	const struct agency *g = agency_by_id(k->agency_id);
	const char *lang = is_vi ? "vi" : "en";
	const char *post = json_str(law_post_title(flow_state.law, k->post), lang);
	const char *own = json_str(law_post_title(flow_state.law, k->filled_by_post), lang);
	struct str s;

	str_init(&s, v->a);
	str_addf(&s, "%s: %s", is_vi ? g->name_vi : g->name_en, post);
	if (k->since)
		str_addf(&s, is_vi ? ", khuyết từ %s" : ", vacant since %s",
		    notice_day_text(v->a, calendar_day_of(flow_state.calendar, k->since)));
	if (k->filled_by_names)
		str_addf(&s, is_vi ? "; tạm thời do %s (%s) giải quyết" : "; filled in by %s (%s)",
		    k->filled_by_names, own);
	else
		str_add(&s, is_vi ? "; chưa có người giải quyết thay" : "; nobody fills in");
	str_addf(
	    &s, is_vi ? "; %lld việc đang chờ" : "; %lld open tasks", (long long)k->open_tasks);
	return s.text;
}

/* Of the agency's own people those to whom it falls and the head. */
static bool
concerns(const struct holding *h, const struct vacancy *k)
{
	return h->agency_id == k->agency_id && ((h->own_post && str_eq(h->post, k->post)) ||
						   law_post_is(flow_state.law, h->post, "leads"));
}

struct telling {
	struct tx *tx;
	const struct vacancies *v;
	const bool *is_new;  /* parallel to v->list */
	const int64_t *told; /* people who have it already */
	int told_count;
};

static bool
is_told(const struct telling *w, int64_t person_id)
{
	for (int i = 0; i < w->told_count; i++)
		if (w->told[i] == person_id)
			return true;
	return false;
}

/* What is new for this person; of_all: he is told of every agency. */
static int
tell(const struct telling *w, const struct person *p, bool of_all)
{
	const struct vacancies *v = w->v;
	struct json_object *o = json_keep(v->a, json_object_new_object());
	struct json_object *lines = json_object_new_array();

	json_set(o, "lines", lines);
	json_set_str(o, "path", of_all ? "/operations?view=vacancies" : "/settings");
	for (int i = 0; i < v->count; i++) {
		bool is_his = of_all;

		for (int k = 0; k < v->holding_count && !is_his; k++)
			is_his = v->people[k].id == p->id && concerns(&v->holdings[k], &v->list[i]);
		if (w->is_new[i] && is_his)
			json_push(lines, title_json(line_in(v, &v->list[i], true),
					     line_in(v, &v->list[i], false)));
	}
	return json_object_array_length(lines) ? letter_send(w->tx, p, "vacancy", o) : OK;
}

static int
tell_each(struct telling *w, const struct holding *holdings, const struct person *people, int count,
    bool of_all)
{
	int64_t *told = arena_array(w->v->a, int64_t, w->told_count + count + 1);

	for (int i = 0; i < w->told_count; i++)
		told[i] = w->told[i];
	w->told = told;
	for (int i = 0; i < count; i++) {
		const char *rule = json_str(
		    law_post_title(flow_state.law, holdings[i].post), "vacancy");
		bool is_asked = !of_all || str_eq(rule, "required") ||
				law_post_is(flow_state.law, holdings[i].post, "operates");

		if (!is_asked || is_told(w, people[i].id))
			continue;
		TRY(tell(w, &people[i], of_all));
		told[w->told_count++] = people[i].id;
	}
	return OK;
}

/* The ICT department's people and those who operate the system of all, the others of their agency.
 */
static int
tell_all(struct tx *tx, const struct vacancies *v, const bool *is_new, int64_t now)
{
	struct telling w = { .tx = tx, .v = v, .is_new = is_new };
	const struct agency *ict = agency_by_role("ict");
	struct holding *holdings;
	struct person *people;
	int count;

	if (ict) {
		TRY(holdings_of_agencies(tx, &ict->id, 1, now, &holdings, &people, &count));
		TRY(tell_each(&w, holdings, people, count, true));
	}
	return tell_each(&w, v->holdings, v->people, v->holding_count, false);
}

static int
alarms_tx(struct tx *tx, void *arg)
{
	int64_t now = clock_now();
	struct vacancies v;
	bool *is_new, *told = arg;

	*told = false;
	TRY(vacancies_read(tx, NULL, 0, now, &v));
	TRY(end_filled(tx, &v, now));
	is_new = arena_array(v.a, bool, v.count + 1);
	for (int i = 0; i < v.count; i++) {
		TRY(store_alarm_raise(tx, KIND, subject_of(v.a, &v.list[i]), now, &is_new[i]));
		*told |= is_new[i];
	}
	return *told ? tell_all(tx, &v, is_new, now) : OK;
}

int
flow_vacancy_alarms(struct task *t, bool *told)
{
	TRY(agencies_refresh(t));
	return tx_run(t, alarms_tx, told);
}
