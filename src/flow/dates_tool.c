/*
 * lienthong dates: the drafts that a preview counts by, and who orders a recomputation.
 */
#include "dates_run.h"

/* ---- drafts ---- */

/* Against what was read, for the sake of the file's name before its mistakes. */
static void
check_calendar(const struct flow_draft *f, struct error_list *errors)
{
	struct error_list mistakes;

	error_list_init(&mistakes, errors->arena);
	calendar_free(law_read_calendar(flow_state.law, f->json, &mistakes));
	mistakes_at(&mistakes, f->file, errors);
}

static void
take_drafts(const struct flow_dates *in, struct law_draft *d, struct error_list *errors)
{
	for (int i = 0; i < in->calendar_count; i++) {
		check_calendar(&in->calendars[i], errors);
		law_draft_calendar(d, in->calendars[i].json);
	}
	for (int i = 0; i < in->regime_count; i++) {
		struct error_list mistakes;

		error_list_init(&mistakes, errors->arena);
		law_draft_regime(d, in->regimes[i].json, &mistakes);
		mistakes_at(&mistakes, in->regimes[i].file, errors);
	}
}

/* NULL without drafts: the law as it was read. */
static int
draft_law(struct task *t, const struct flow_dates *in, struct law **law)
{
	struct error_list errors;
	struct law_draft d;

	*law = NULL;
	if (in->calendar_count + in->regime_count == 0)
		return OK;
	error_list_init(&errors, task_arena(t));
	law_draft_begin(flow_state.law, task_arena(t), &d);
	take_drafts(in, &d, &errors);
	if (errors.count == 0)
		*law = law_of_content(flow_state.law, d.content, &errors);
	if (*law)
		law_check_sides(*law, "draft", &errors);
	if (errors.count && *law) {
		law_free(*law);
		*law = NULL;
	}
	return errors.count
		   ? fail_list(t, E_INVALID, &errors, "the draft has %d mistakes", errors.count)
		   : OK;
}

int
flow_dates_preview(struct task *t, const struct flow_dates *in, struct flow_dated *out)
{
	struct dating d = { .tell = in->tell, .arg = in->arg, .out = out };
	struct law *draft;
	int code;

	*out = (struct flow_dated){ 0 };
	TRY(agencies_refresh(t));
	TRY(draft_law(t, in, &draft));
	d.law = draft ? draft : flow_state.law;
	code = dates_walk(t, &d);
	law_free(draft);
	return code;
}

/* ---- recomputing ---- */

int
flow_dates_recompute(struct task *t, const struct flow_dates *in, struct flow_dated *out)
{
	struct dating d = { .law = flow_state.law, .tell = in->tell, .arg = in->arg, .out = out };
	struct person p;

	*out = (struct flow_dated){ 0 };
	TRY(agencies_refresh(t));
	TRY(publisher_find(t, in->login, &p));
	d.run = (struct recomputation){ .why = in->why,
		.started_by = p.id,
		.starter = p.id ? p.name : arena_printf(task_arena(t), "(%s)", in->os_user) };
	TRY(dates_begin(t, &d));
	TRY(dates_walk(t, &d));
	return dates_end(t, &d);
}
