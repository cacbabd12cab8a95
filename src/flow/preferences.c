/*
 * How a person wants to be written to: language, digest, quiet hours, days off.
 */
#include "flow_db.h"
#include "flow_priv.h"

struct wish {
	int64_t person_id;
	const char *locale;
	struct preference p;
};

static struct json_object *
to_json(struct arena *a, const struct wish *w)
{
	struct json_object *o = json_keep(a, json_object_new_object());

	json_set_str(o, "locale", w->locale);
	json_set_str(o, "digest_at", minute_text(a, w->p.digest_minute));
	json_set_str(o, "quiet_from", minute_text(a, w->p.quiet_from));
	json_set_str(o, "quiet_until", minute_text(a, w->p.quiet_until));
	json_set_bool(o, "on_days_off", w->p.on_days_off);
	return o;
}

int
flow_preferences_view(struct task *t, const struct actor *who, struct json_object **view)
{
	struct wish w = { .person_id = who->person_id };
	struct person p;

	TRY(store_person_by_id(t, who->person_id, &p));
	TRY(store_preference(t, who->person_id, &w.p));
	w.locale = p.locale;
	*view = to_json(task_arena(t), &w);
	return OK;
}

/* ---- saving ---- */

static int
read_minute(struct json_object *body, const char *name, struct error_list *errors)
{
	const char *text = json_str(body, name);
	int minute = NO_MINUTE;

	if (text && !minute_read(text, &minute))
		error_add(errors, arena_printf(errors->arena, "/%s", name), "format",
		    "must be a time of the day, as 07:30");
	return minute;
}

static void
check_quiet(const struct preference *p, struct error_list *errors)
{
	if ((p->quiet_from == NO_MINUTE) != (p->quiet_until == NO_MINUTE))
		error_add(errors, p->quiet_from == NO_MINUTE ? "/quiet_from" : "/quiet_until",
		    "required", "quiet hours have a beginning and an end");
	else if (p->quiet_from != NO_MINUTE && p->quiet_from == p->quiet_until)
		error_add(errors, "/quiet_until", "empty", "quiet hours end when they begin");
	else if (p->digest_minute != NO_MINUTE && preference_is_quiet(p, p->digest_minute))
		error_add(errors, "/digest_at", "quiet", "that is in the quiet hours");
}

static int
read_wish(struct task *t, struct json_object *body, struct wish *w)
{
	struct error_list errors;

	error_list_init(&errors, task_arena(t));
	w->locale = json_str(body, "locale");
	w->p = (struct preference){ .digest_minute = read_minute(body, "digest_at", &errors),
		.quiet_from = read_minute(body, "quiet_from", &errors),
		.quiet_until = read_minute(body, "quiet_until", &errors),
		.on_days_off = json_truth(body, "on_days_off", true) };
	if (!str_eq(w->locale, "vi") && !str_eq(w->locale, "en"))
		error_add(&errors, "/locale", "enum", "must be vi or en");
	if (errors.count == 0)
		check_quiet(&w->p, &errors);
	if (errors.count)
		return fail_list(t, E_INVALID, &errors, "the preferences do not hold together");
	return OK;
}

static int
save_tx(struct tx *tx, void *arg)
{
	const struct wish *w = arg;

	TRY(store_person_set_locale(tx, w->person_id, w->locale));
	TRY(store_preference_set(tx, w->person_id, &w->p));
	return store_mails_unhold(tx, w->person_id, clock_now());
}

int
flow_preferences_save(
    struct task *t, const struct actor *who, struct json_object *body, struct json_object **view)
{
	struct wish w = { .person_id = who->person_id };

	TRY(read_wish(t, body, &w));
	TRY(tx_run(t, save_tx, &w));
	*view = to_json(task_arena(t), &w);
	return OK;
}
