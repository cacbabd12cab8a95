/*
 * Proofs by search: every state is reached, every open state leads to an end, every refusal has a
 * ground.
 */
#include "proof_priv.h"

/* ---- every state is reached ---- */

static bool
is_found(const struct search *s, const struct sc_state *state)
{
	for (int i = 0; i < s->count; i++)
		if (search_is_active(&s->configurations[i], state))
			return true;
	return false;
}

/* A state left again in the step that entered it is in no configuration: it has `always`. */
static bool
is_passed(const struct search *s, const struct sc_state *state)
{
	for (int i = 0; i < s->move_count; i++)
		for (const struct sc_transition *const *t = s->moves[i].transitions; *t; t++)
			if ((*t)->event == NULL && (*t)->source == state)
				return true;
	return false;
}

static void
prove_reached(const struct search *s, struct proof *p, struct error_list *errors)
{
	int n = sc_state_count(s->w->chart), missing = 0;

	for (int i = 1; i < n; i++) {
		const struct sc_state *state = sc_state_at(s->w->chart, i);

		if (state->type == SC_HISTORY || is_found(s, state) || is_passed(s, state))
			continue;
		missing++;
		if (s->is_complete)
			error_add(errors, workflow_state_pointer(errors->arena, state),
			    "unreachable", "no path of events leads to the state \"%s\"",
			    state->id);
	}
	if (!s->is_complete)
		proof_add(p, PROOF_OPEN,
		    "not proved: the search was given up after %d configurations and %d moves; %d "
		    "states were not met yet",
		    s->count, s->move_count, missing);
	else if (missing == 0)
		proof_add(p, PROOF_HOLDS,
		    "every state is reached: %d states, %d configurations, %d moves", n - 1,
		    s->count, s->move_count);
}

/* ---- every open state leads to an end ---- */

/* From where can an end be reached, if the guards say what we like? */
static bool *
leading_to_an_end(const struct search *s)
{
	bool *ends = arena_array(s->a, bool, s->count + 1);
	bool has_changed = true;

	for (int i = 0; i < s->count; i++)
		ends[i] = s->configurations[i].is_done;
	while (has_changed) {
		has_changed = false;
		for (int i = s->move_count - 1; i >= 0; i--) {
			const struct move *m = &s->moves[i];

			if (m->from >= 0 && ends[m->to] && !ends[m->from])
				has_changed = ends[m->from] = true;
		}
	}
	return ends;
}

/* All outcomes of what was asked together, from first on, lead where `ends`. */
static bool
is_sure(const struct search *s, int first, const bool *ends)
{
	bool has_one = false;

	for (int i = first; i < s->move_count && s->moves[i].asked == s->moves[first].asked; i++) {
		if (s->moves[i].is_short_of_agreement)
			continue;
		if (!ends[s->moves[i].to])
			return false;
		has_one = true;
	}
	return has_one;
}

/* From where an end is reached whatever the guards say: some event has only outcomes that lead on.
 * `agreed` counts as said once all have agreed, which each of them can. */
static bool *
leading_surely(const struct search *s, bool with_told)
{
	bool *ends = arena_array(s->a, bool, s->count + 1);
	bool has_changed = true;

	for (int i = 0; i < s->count; i++)
		ends[i] = s->configurations[i].is_done;
	while (has_changed) {
		has_changed = false;
		for (int i = s->move_count - 1; i >= 0; i--) {
			const struct move *m = &s->moves[i];
			bool is_first = i == 0 || s->moves[i - 1].asked != m->asked;

			if (m->from < 0 || ends[m->from] || !is_first ||
			    (m->kind == MOVE_TOLD && !with_told))
				continue;
			if (is_sure(s, i, ends))
				has_changed = ends[m->from] = true;
		}
	}
	return ends;
}

static bool
has_always(const struct search *s, const struct sc_state *state)
{
	for (int i = 0; i < sc_transition_count(s->w->chart); i++) {
		const struct sc_transition *t = sc_transition_at(s->w->chart, i);

		for (const struct sc_state *up = state; up; up = up->parent)
			if (t->event == NULL && t->source == up)
				return true;
	}
	return false;
}

/* Is no configuration with this state among `ends`? */
static bool
never(const struct search *s, const struct sc_state *state, const bool *ends)
{
	bool is_met = false;

	for (int i = 0; i < s->count; i++) {
		if (!search_is_active(&s->configurations[i], state))
			continue;
		if (ends[i])
			return false;
		is_met = true;
	}
	return is_met;
}

static int
find_traps(const struct search *s, const bool *ends, struct error_list *errors)
{
	int count = 0;

	for (int i = 1; i < sc_state_count(s->w->chart); i++) {
		const struct sc_state *state = sc_state_at(s->w->chart, i);

		if (state->type != SC_ATOMIC || has_always(s, state) || !never(s, state, ends))
			continue;
		count++;
		error_add(errors, workflow_state_pointer(errors->arena, state), "no-end",
		    "from the state \"%s\" no path of events leads to an end", state->id);
	}
	return count;
}

static void
list_those(const struct search *s, const bool *are_fine, struct proof *p, const char *fmt)
{
	int left = 0;

	for (int i = 0; i < s->count; i++)
		if (!are_fine[i] && left++ < 10)
			proof_detail(p, PROOF_OPEN, fmt, search_name(s, &s->configurations[i]));
	if (left > 10)
		proof_detail(p, PROOF_OPEN, "... and %d more", left - 10);
}

static int
count_not(const struct search *s, const bool *are_fine)
{
	int n = 0;

	for (int i = 0; i < s->count; i++)
		n += !are_fine[i];
	return n;
}

static void
say_ends(const struct search *s, const bool *ends, struct proof *p)
{
	bool *sure = leading_surely(s, true), *own = leading_surely(s, false);
	int stuck = count_not(s, ends), unsure = count_not(s, sure), others = count_not(s, own);

	if (stuck) {
		proof_add(p, PROOF_OPEN,
		    "not proved that every open state leads to an end: in %d of %d configurations "
		    "only guards, which were not evaluated, can rule out being stuck",
		    stuck, s->count);
		list_those(s, ends, p, "stuck, if the guards let it come to that: %s");
	} else if (unsure) {
		proof_add(p, PROOF_OPEN,
		    "every open state leads to an end, but in %d of %d configurations only if "
		    "guards, which were not evaluated, let it",
		    unsure, s->count);
		list_those(s, sure, p, "needs a guard: %s");
	} else
		proof_add(
		    p, PROOF_HOLDS, "every open state leads to an end, whatever the guards say");
	if (others > unsure) {
		proof_add(p, PROOF_NOTE,
		    "in %d of %d configurations only what another case tells leads to an end",
		    others - unsure, s->count);
		for (int i = 0; i < s->count; i++)
			own[i] |= !sure[i];
		list_those(s, own, p, "waits for another case: %s");
	}
}

void
prove_ends(const struct search *s, struct proof *p, struct error_list *errors)
{
	bool *ends = leading_to_an_end(s);

	prove_reached(s, p, errors);
	if (!s->is_complete)
		proof_add(p, PROOF_OPEN, "not proved that every open state leads to an end");
	else if (find_traps(s, ends, errors) == 0)
		say_ends(s, ends, p);
}
