/*
 * Mistakes in what binds a workflow to people and to other cases: who opens it and when, who has to
 * agree, what it offers, opens, tells and grants.
 */
#include "flow_priv.h"

static char *
at(struct workflow_check *k, const char *pointer, const char *more)
{
	return arena_printf(k->errors->arena, "%s%s", pointer, more);
}

static bool
is_array(struct json_object *o)
{
	return json_object_is_type(o, json_type_array);
}

static bool
is_one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (str_eq(word, *words))
			return true;
	return false;
}

static bool
is_role(struct workflow_check *k, const char *side)
{
	return side_is_role(side) && law_side_title(k->l, side);
}

static void
check_rule(struct workflow_check *k, struct json_object *rule, const char *pointer)
{
	if (rule == NULL)
		error_add(k->errors, pointer, "rule", "a rule is missing");
	else
		logic_check(rule, pointer, k->errors);
}

static void
check_rules(struct workflow_check *k, struct json_object *rules, const char *pointer)
{
	if (rules == NULL)
		return;
	if (!json_object_is_type(rules, json_type_object)) {
		error_add(k->errors, pointer, "rules", "an object {name: rule} is expected");
		return;
	}
	json_object_object_foreach(rules, name, rule)
	{
		check_rule(k, rule, arena_printf(k->errors->arena, "%s/%s", pointer, name));
	}
}

/* ---- who opens a case ---- */

static void
check_source(struct workflow_check *k, struct json_object *start, const char *side)
{
	static const char *const words[] = { "own", "service", "agency", "about.requester",
		"about.owner", "about.other", NULL };
	const char *word = json_str(start, side);

	if (word && !is_one_of(word, words) && !is_role(k, word))
		error_add(k->errors, arena_printf(k->errors->arena, "/meta/start/%s", side),
		    "start", "\"%s\" is no word for where an agency comes from", word);
	if (word && str_starts(word, "about.") && json_get(start, "about") == NULL)
		error_add(k->errors, "/meta/start/about", "start",
		    "a side comes from the case it is about: say which workflows");
}

void
workflow_check_start(struct workflow_check *k)
{
	static const char *const services[] = { "required", "optional", "none", NULL };
	struct json_object *start = json_get(k->w->meta, "start");
	struct json_object *by = json_get(start, "by"), *about = json_get(start, "about");
	const char *not_word = json_str(start, "not"), *service = json_str(start, "service");

	if (!is_array(by))
		error_add(k->errors, "/meta/start/by", "by",
		    "who opens a case is missing: a list, empty when only other cases do");
	else if (json_object_array_length(by) > 0)
		workflow_check_rights(k, by, "/meta/start/by");
	check_source(k, start, "requester");
	check_source(k, start, "owner");
	if (service && !is_one_of(service, services))
		error_add(k->errors, "/meta/start/service", "start",
		    "a service is required, optional or none");
	if (about && !is_array(json_get(about, "workflows")))
		error_add(k->errors, "/meta/start/about", "start",
		    "\"about\" needs the list of workflows");
	if (json_get(k->w->meta, "subject"))
		check_rule(k, json_get(k->w->meta, "subject"), "/meta/subject");
	if (json_get(start, "not") && !str_eq(not_word, "owner"))
		error_add(k->errors, "/meta/start/not", "not", "unknown rule \"%s\"",
		    not_word ? not_word : json_text_of(json_get(start, "not")));
}

void
workflow_check_schedule(struct workflow_check *k)
{
	struct json_object *list = json_get(k->w->meta, "schedule");

	if (list && !is_array(list))
		error_add(k->errors, "/meta/schedule", "schedule", "a list is expected");
	for (size_t i = 0; is_array(list) && i < json_object_array_length(list); i++) {
		struct json_object *one = json_object_array_get_idx(list, i);
		char *pointer = arena_printf(k->errors->arena, "/meta/schedule/%zu", i);
		int month_day;

		if (!term_read_yearly(json_str(one, "on"), &month_day))
			error_add(k->errors, at(k, pointer, "/on"), "schedule",
			    "\"on\" must be a day of each year, MM-DD");
		if (!is_role(k, json_str(one, "requester")) || !is_role(k, json_str(one, "owner")))
			error_add(k->errors, pointer, "schedule",
			    "requester and owner must be sides that a role decides");
		check_rules(k, json_get(one, "fields"), at(k, pointer, "/fields"));
	}
}

/* ---- who agrees, what is offered ---- */

static bool
is_approval_rule(struct json_object *rule, size_t approvers)
{
	if (json_object_is_type(rule, json_type_int))
		return json_object_get_int(rule) >= 1 &&
		       (size_t)json_object_get_int(rule) <= approvers;
	return rule && (str_eq(json_object_get_string(rule), "all") ||
			   str_eq(json_object_get_string(rule), "any"));
}

void
workflow_check_approval(struct workflow_check *k, const struct sc_state *s, const char *pointer)
{
	struct json_object *approval = json_get(s->meta, "approval");
	struct json_object *of = json_get(approval, "of");

	if (approval == NULL)
		return;
	workflow_check_rights(k, of, at(k, pointer, "/approval/of"));
	if (!is_approval_rule(
		json_get(approval, "rule"), is_array(of) ? json_object_array_length(of) : 0))
		error_add(k->errors, at(k, pointer, "/approval/rule"), "approval",
		    "the rule is \"all\", \"any\" or a number of those listed");
	if (json_get(s->meta, "task") == NULL)
		error_add(k->errors, at(k, pointer, "/task"), "approval",
		    "an approval needs the title of the task of those who agree");
	else if (json_path(s->meta, "task.post") || json_path(s->meta, "task.of"))
		error_add(k->errors, at(k, pointer, "/task"), "approval",
		    "the task of an approval has no post: each who is listed gets one");
}

void
workflow_check_offers(struct workflow_check *k, struct json_object *offers, const char *pointer)
{
	if (offers && !is_array(offers))
		error_add(k->errors, pointer, "offers", "a list is expected");
	for (size_t i = 0; is_array(offers) && i < json_object_array_length(offers); i++) {
		struct json_object *offer = json_object_array_get_idx(offers, i);
		char *here = arena_printf(k->errors->arena, "%s/%zu", pointer, i);

		if (json_str(offer, "workflow") == NULL || json_get(offer, "law") == NULL ||
		    json_path(offer, "title.vi") == NULL || json_path(offer, "title.en") == NULL)
			error_add(k->errors, here, "offers",
			    "an offer needs workflow, law and a title in vi and en");
		workflow_check_rights(k, json_get(offer, "by"), at(k, here, "/by"));
	}
}

/* ---- actions ---- */

static void
check_side_or_rule(struct workflow_check *k, struct json_object *side, const char *pointer)
{
	if (json_object_is_type(side, json_type_object))
		logic_check(side, pointer, k->errors);
	else if (side == NULL || law_side_title(k->l, json_object_get_string(side)) == NULL)
		error_add(k->errors, pointer, "open",
		    "a side, or a rule that gives the code of an agency, is expected");
}

static void
check_open(struct workflow_check *k, const char *pointer, struct json_object *params)
{
	if (json_str(params, "workflow") == NULL)
		error_add(k->errors, at(k, pointer, "/params/workflow"), "open",
		    "the workflow to open is missing");
	check_side_or_rule(k, json_get(params, "requester"), at(k, pointer, "/params/requester"));
	check_side_or_rule(k, json_get(params, "owner"), at(k, pointer, "/params/owner"));
	check_rules(k, json_get(params, "fields"), at(k, pointer, "/params/fields"));
	if (json_get(params, "each"))
		logic_check(json_get(params, "each"), at(k, pointer, "/params/each"), k->errors);
}

static bool
is_target(struct json_object *to)
{
	static const char *const words[] = { "parent", "children", "about", NULL };
	static const char *const sames[] = { "service", "requester", "owner", NULL };
	struct json_object *same = json_get(to, "same");

	if (json_object_is_type(to, json_type_string))
		return is_one_of(json_object_get_string(to), words);
	if (json_str(to, "workflow") == NULL || !is_array(same) ||
	    json_object_array_length(same) == 0)
		return false;
	for (size_t i = 0; i < json_object_array_length(same); i++)
		if (!is_one_of(json_object_get_string(json_object_array_get_idx(same, i)), sames))
			return false;
	return true;
}

static void
check_tell(struct workflow_check *k, const char *pointer, struct json_object *params)
{
	if (!is_target(json_get(params, "to")))
		error_add(k->errors, at(k, pointer, "/params/to"), "tell",
		    "\"to\" is parent, children, about, or {\"workflow\": ID, \"same\": "
		    "[service, requester, owner]}");
	if (json_str(params, "event") == NULL)
		error_add(
		    k->errors, at(k, pointer, "/params/event"), "tell", "the event is missing");
	check_rules(k, json_get(params, "data"), at(k, pointer, "/params/data"));
}

static void
check_grant(struct workflow_check *k, const char *pointer, struct json_object *params)
{
	static const char *const kinds[] = { "account", "agreement", NULL };

	if (!is_one_of(json_str(params, "kind"), kinds))
		error_add(k->errors, at(k, pointer, "/params/kind"), "grant",
		    "a grant is an account or an agreement");
	check_rule(k, json_get(params, "reference"), at(k, pointer, "/params/reference"));
	if (json_get(params, "items"))
		check_rule(k, json_get(params, "items"), at(k, pointer, "/params/items"));
	if (json_get(params, "until"))
		check_rule(k, json_get(params, "until"), at(k, pointer, "/params/until"));
}

void
workflow_check_approval_state(
    struct workflow_check *k, const char *pointer, struct json_object *params)
{
	if (approval_of(k->w, json_str(params, "state")) == NULL)
		error_add(k->errors, at(k, pointer, "/params/state"), "approval",
		    "\"state\" names a state that has an approval");
}

bool
workflow_check_tie(
    struct workflow_check *k, const char *pointer, const char *type, struct json_object *params)
{
	if (str_eq(type, "agree"))
		workflow_check_approval_state(k, pointer, params);
	else if (str_eq(type, "open"))
		check_open(k, pointer, params);
	else if (str_eq(type, "tell"))
		check_tell(k, pointer, params);
	else if (str_eq(type, "grant"))
		check_grant(k, pointer, params);
	else if (str_eq(type, "join"))
		check_rule(k, json_get(params, "agency"), at(k, pointer, "/params/agency"));
	else
		return str_eq(type, "end-grants");
	return true;
}
