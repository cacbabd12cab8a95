/* Cases that open, tell and grant, are about others and open themselves; on the small workflows of
 * definitions/ under the real law. */
#include "db_tools.h"

#include "../../../src/flow/flow_db.h"

static int
copy_definitions(void **state)
{
	make_folder();
	shell("cp -r calendars %s && mkdir %s/workflows", folder, folder);
	shell("cd workflows && cp -r posts.json sides.json schema.json regimes common notices "
	      "%s/workflows",
	    folder);
	shell("cp tests/unit/flow/definitions/*.json %s/workflows", folder);
	world_definitions = folder;
	return world_start(state);
}

/* ---- helpers ---- */

static int64_t
number(struct task *t, const char *sql, int64_t id)
{
	struct db_rows *r;

	assert_ok(t, db_query(t, &r, sql, DB_INT(id)));
	assert_true(db_next(r));
	return db_int(r, 0);
}

static struct flow_start
opening(struct task *t, const char *workflow, const char *fields)
{
	return (struct flow_start){ .workflow = workflow, .fields = json(t, fields) };
}

static struct json_object *
view_of(struct task *t, const char *login, int64_t id)
{
	struct actor who = actor(t, login);
	struct json_object *view;
	int64_t version;

	assert_ok(t, flow_case_view(t, &who, id, &view, &version));
	return view;
}

static struct json_object *
at(struct json_object *list, size_t i)
{
	assert_true(i < json_object_array_length(list));
	return json_object_array_get_idx(list, i);
}

static int64_t
campaign(struct task *t)
{
	struct flow_start in = opening(t, "camp", "{\"year\": \"2026\"}");
	struct flow_result out;

	assert_ok(t, try_start(t, "ict", &in, &out));
	return out.case_id;
}

/* The case that a parent opened for an agency. */
static int64_t
child_of(struct task *t, int64_t parent, const struct agency *owner)
{
	char *sql = arena_printf(task_arena(t),
	    "SELECT id FROM cases WHERE parent_id = ? AND owner_id = %lld", (long long)owner->id);

	return number(t, sql, parent);
}

struct claims {
	struct timer_claim *list;
	int count;
};

static int
claim_tx(struct tx *tx, void *arg)
{
	struct claims *c = arg;

	return store_timers_claim(tx, clock_now(), 1, 100, &c->list, &c->count);
}

/* What was told is heard; answers how much it was. */
static int
hear(struct task *t)
{
	struct claims c = { 0 };
	int heard = 0;

	assert_ok(t, tx_run(t, claim_tx, &c));
	for (int i = 0; i < c.count; i++)
		if (str_starts(c.list[i].timer_id, TOLD_PREFIX)) {
			assert_ok(t, flow_fire(t, &c.list[i]));
			heard++;
		}
	return heard;
}

/* ---- one case opens others ---- */

WORLD_TEST(a_case_is_opened_for_each_agency_and_theirs_alone)
{
	int64_t id = campaign(t), mine;
	struct json_object *view = view_of(t, "ict", id),
			   *children = json_path(view, "links.children");
	struct json_object *child;

	assert_int_equal(json_object_array_length(children), 3);
	assert_int_equal(json_int(json_path(view, "links.hidden"), "children", -1), 0);
	assert_string_equal(json_str(json_get(at(children, 0), "agency"), "code"), "H51.19.3");
	assert_string_equal(json_str(at(children, 1), "title"), "Trả lời – Sở LĐTBXH");
	assert_true(json_truth(at(children, 1), "is_open", false));
	mine = child_of(t, id, &world.labour);
	child = view_of(t, "minh", mine);
	assert_string_equal(json_str(json_get(child, "fields"), "year"), "2026");
	assert_null(json_get(child, "created_by"));
	assert_string_equal(json_str(at(json_get(child, "history"), 0), "kind"), "system");
	assert_string_equal(json_str(at(json_get(child, "history"), 0), "data_form"), "case");
	assert_null(json_path(child, "links.parent")); /* ICT's own, not theirs to see */
	assert_int_equal(json_int(json_path(child, "links.hidden"), "parent", 0), 1);
	assert_int_equal(json_object_array_length(json_get(child, "tasks")), 1);
	assert_int_equal(number(t, "SELECT parent_id FROM cases WHERE id = ?", mine), id);
	assert_int_equal(
	    number(t, "SELECT COUNT(*) FROM case_word WHERE word = 'ldtbxh' AND case_id = ?", mine),
	    1);
}

WORLD_TEST(what_an_answer_tells_comes_to_the_parent)
{
	int64_t id = campaign(t), first = child_of(t, id, &world.labour);
	struct flow_result out;
	struct json_object *view, *heard;

	hear(t);
	assert_ok(t, try_send(t, "minh", first, "ANSWER", "{\"text\": \"Đủ\"}", &out));
	assert_int_equal(json_int(view_of(t, "ict", id), "version", 0), 1);
	assert_int_equal(hear(t), 1);
	assert_int_equal(hear(t), 0);
	view = view_of(t, "ict", id);
	assert_int_equal(json_int(view, "version", 0), 2);
	heard = at(json_get(view, "history"), 1);
	assert_string_equal(json_str(heard, "kind"), "system");
	assert_string_equal(json_str(json_get(heard, "data"), "agency"), "H51.5");
	assert_non_null(json_str(json_get(heard, "data"), "case"));
	assert_int_equal(
	    number(t, "SELECT JSON_VALUE(context, '$.answers') = 1 FROM cases WHERE id = ?", id),
	    1);
	assert_false(json_truth(at(json_path(view, "links.children"), 1), "is_open", true));
}

WORLD_TEST(who_is_closed_hears_nothing_more)
{
	int64_t id = campaign(t), answered = child_of(t, id, &world.labour);
	struct flow_result out;

	hear(t);
	assert_ok(t, try_send(t, "ict", id, "END", NULL, &out));
	/* told, but answered before it was heard: the answer ends what waits */
	assert_ok(t, try_send(t, "minh", answered, "ANSWER", "{}", &out));
	assert_int_equal(hear(t), 2);
	assert_int_equal(
	    number(t, "SELECT COUNT(*) FROM cases WHERE parent_id = ? AND outcome = 'stopped'", id),
	    2);
	/* a row that was left behind is dropped */
	assert_ok(
	    t, db_exec(t, NULL,
		   "INSERT INTO timer (case_id, timer_id, event, started_at, due_at, next_at) "
		   "VALUES (?, 'told:1:1:0', 'STOP', '2026-11-01', '2026-11-01', '2026-11-01')",
		   DB_INT(answered)));
	assert_int_equal(hear(t), 1);
	assert_int_equal(number(t, "SELECT COUNT(*) FROM timer WHERE case_id = ?", answered), 0);
	assert_int_equal(number(t, "SELECT version FROM cases WHERE id = ?", answered), 2);
}

WORLD_TEST(what_would_open_without_end_opens_nothing)
{
	struct flow_start in = opening(t, "deep", "{}");
	struct flow_result out;
	int64_t before = number(t, "SELECT COUNT(*) FROM cases WHERE id <> ?", 0);

	assert_int_equal(try_start(t, "lan", &in, &out), E_CONFLICT);
	assert_string_equal(task_error_word(t), "too-many-cases");
	assert_int_equal(number(t, "SELECT COUNT(*) FROM cases WHERE id <> ?", 0), before);
}

static int64_t
opened_at_once(struct task *t, int count, int *code)
{
	struct flow_start in = opening(t, "many", "{}");
	struct json_object *years = json_object_new_array();
	struct flow_result out;
	int64_t id;

	for (int i = 0; i < count; i++)
		json_push(years, json_object_new_string("2026"));
	json_set(in.fields, "years", years);
	in.party = "H51.7";
	assert_ok(t, try_start(t, "lan", &in, &out));
	id = out.case_id;
	*code = try_send(t, "lan", id, "OPEN", NULL, &out);
	return number(t, "SELECT COUNT(*) FROM cases WHERE parent_id = ?", id);
}

WORLD_TEST(two_hundred_cases_an_event_are_enough)
{
	int code;

	assert_int_equal(opened_at_once(t, 201, &code), 0);
	assert_int_equal(code, E_CONFLICT);
	assert_string_equal(task_error_word(t), "too-many-cases");
	assert_int_equal(opened_at_once(t, 200, &code), 200);
	assert_int_equal(code, OK);
}

WORLD_TEST(a_case_that_cannot_be_opened_undoes_the_event)
{
	struct flow_start in = opening(t, "many", "{\"years\": [\"2026\"]}");
	struct flow_result out;
	int64_t id;

	in.party = "H51.7";
	assert_ok(t, try_start(t, "lan", &in, &out));
	id = out.case_id;
	assert_ok(
	    t, db_exec(t, NULL,
		   "UPDATE cases SET context = JSON_SET(context, '$.fields.years', JSON_ARRAY(7)) "
		   "WHERE id = ?",
		   DB_INT(id)));
	assert_int_equal(try_send(t, "lan", id, "OPEN", NULL, &out), E_CONFLICT);
	assert_string_equal(task_error_word(t), "cannot-open");
	assert_non_null(strstr(task_error_text(t), "/fields/year"));
	assert_int_equal(number(t, "SELECT is_open FROM cases WHERE id = ?", id), 1);
}

/* ---- one case is about another ---- */

static int64_t
answered(struct task *t)
{
	int64_t id = child_of(t, campaign(t), &world.labour);
	struct flow_result out;

	hear(t);
	assert_ok(t, try_send(t, "minh", id, "ANSWER", "{}", &out));
	return id;
}

WORLD_TEST(a_closed_case_offers_what_may_be_opened_about_it)
{
	int64_t id = answered(t);
	struct flow_start in = opening(t, "trouble", "{}");
	struct json_object *offers = json_get(view_of(t, "minh", id), "offers"), *view;
	struct flow_result out;

	assert_int_equal(json_object_array_length(offers), 1);
	assert_string_equal(json_str(at(offers, 0), "workflow"), "trouble");
	assert_int_equal(json_object_array_length(json_get(view_of(t, "ict", id), "offers")), 0);
	in.about = id;
	assert_ok(t, try_start(t, "minh", &in, &out));
	assert_string_equal(json_str(json_get(out.view, "requester"), "code"), "H51.5");
	assert_string_equal(json_str(json_get(out.view, "owner"), "code"), "H51.2");
	assert_int_equal(json_int(json_path(out.view, "links.about"), "id", 0), id);
	view = view_of(t, "minh", id);
	assert_int_equal(
	    json_int(at(json_path(view, "links.about_this"), 0), "id", 0), out.case_id);
	/* restricted: ICT sees that there is something, not what */
	view = view_of(t, "ict", id);
	assert_int_equal(json_object_array_length(json_path(view, "links.about_this")), 0);
	assert_int_equal(json_int(json_path(view, "links.hidden"), "about_this", 0), 1);
	assert_int_equal(
	    number(t,
		"SELECT JSON_VALUE(context, '$.about.outcome') = 'answered' FROM cases "
		"WHERE id = ?",
		out.case_id),
	    1);
}

WORLD_TEST(nobody_opens_a_case_about_what_he_may_not_see)
{
	struct flow_start in = opening(t, "trouble", "{}");
	struct flow_result out;

	in.about = answered(t);
	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->pointer, "/about");
	assert_string_equal(task_error_list(t)->first->code, "unknown");
	in.about = 999999;
	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->code, "unknown");
	in.about = 0;
	assert_int_equal(try_start(t, "minh", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->code, "required");
	in.about = campaign(t);
	assert_int_equal(try_start(t, "ict", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->code, "workflow");
	in = request(t);
	in.about = campaign(t);
	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->pointer, "/about");
}

WORLD_TEST(the_service_of_the_case_goes_over)
{
	struct flow_start in = opening(t, "trouble", "{}");
	struct flow_result out;

	in.about = received(t);
	assert_ok(t, try_start(t, "lan", &in, &out));
	assert_string_equal(json_str(json_get(out.view, "service"), "code"), "DV008");
	assert_string_equal(json_str(json_get(out.view, "owner"), "code"), "H51.5");
	/* from the other side the other way round */
	assert_ok(t, try_start(t, "minh", &in, &out));
	assert_string_equal(json_str(json_get(out.view, "owner"), "code"), "H51.19.3");
	/* who co-ordinates sees the case and is no side of it */
	assert_int_equal(try_start(t, "ict", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->code, "side");
}

WORLD_TEST(what_has_to_be_said_is_said)
{
	struct flow_start in = opening(t, "many", "{}");
	struct flow_result out;

	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->pointer, "/party");
	in.party = "H99";
	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->code, "unknown");
	in.party = "H51.7";
	in.service = "DV008";
	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->pointer, "/service");
	in = opening(t, "wf-01", "{}");
	assert_int_equal(try_start(t, "lan", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->pointer, "/service");
	in = opening(t, "answer", "{\"year\": \"2026\"}"); /* only other cases open it */
	assert_int_equal(try_start(t, "ict", &in, &out), E_FORBIDDEN);
	in = request(t);
	in.agency = "H51.7"; /* not hers, and not on paper */
	assert_int_equal(try_start(t, "lan", &in, &out), E_FORBIDDEN);
}

static int
give_post_elsewhere(struct tx *tx, void *person_id)
{
	return add_post(tx, *(int64_t *)person_id, world.other.id, "focal");
}

WORLD_TEST(whose_post_is_asked_only_where_it_matters)
{
	struct actor who = actor(t, "ict");
	struct flow_start in = opening(t, "many", "{}");
	struct flow_result out;

	assert_ok(t, tx_run(t, give_post_elsewhere, &who.person_id));
	campaign(t); /* its sides come from roles */
	in.party = "H51.5";
	assert_int_equal(try_start(t, "ict", &in, &out), E_INVALID);
	assert_string_equal(task_error_list(t)->first->pointer, "/agency");
	in.agency = "H51.7";
	assert_ok(t, try_start(t, "ict", &in, &out));
	assert_string_equal(json_str(json_get(out.view, "requester"), "code"), "H51.7");
	assert_ok(t, db_exec(t, NULL,
			 "UPDATE holding SET valid_until = '2020-01-01' WHERE person_id = ? "
			 "AND agency_id = ?",
			 DB_INT(who.person_id), DB_INT(world.other.id)));
}

/* ---- agreeing, granting, joining ---- */

static int64_t
trouble(struct task *t)
{
	struct flow_start in = opening(t, "trouble", "{}");
	struct flow_result out;

	in.about = received(t);
	assert_ok(t, try_start(t, "lan", &in, &out));
	return out.case_id;
}

static struct json_object *
approval_of_view(struct json_object *view)
{
	return at(json_get(view, "approvals"), 0);
}

static int
grants_of(struct task *t, const char *login)
{
	struct actor who = actor(t, login);
	struct json_object *list;

	assert_ok(t, flow_grant_list(t, &who, NULL, 50, &list));
	return (int)json_object_array_length(json_get(list, "items"));
}

WORLD_TEST(all_agree_then_it_grants)
{
	int64_t id = trouble(t);
	int before = grants_of(t, "lan");
	struct json_object *one, *grant;
	struct flow_result out;

	one = approval_of_view(view_of(t, "lan", id));
	assert_int_equal(json_object_array_length(json_get(one, "waiting")), 2);
	assert_int_equal(json_object_array_length(json_get(view_of(t, "lan", id), "tasks")), 2);
	assert_ok(t, try_send(t, "hung", id, "SIGN", NULL, &out));
	one = approval_of_view(out.view);
	assert_string_equal(json_str(at(json_get(one, "agreed"), 0), "name"), "hung");
	assert_non_null(json_str(at(json_get(one, "agreed"), 0), "at"));
	assert_string_equal(json_str(at(json_get(one, "waiting"), 0), "post"), "focal");
	assert_string_equal(json_str(one, "rule"), "all");
	assert_false(json_truth(one, "holds", true));
	assert_int_equal(json_object_array_length(json_get(out.view, "tasks")), 1);
	assert_ok(t, try_send(t, "lan", id, "SIGN", NULL, &out));
	one = approval_of_view(out.view); /* kept */
	assert_true(json_truth(one, "holds", false));
	assert_false(json_truth(one, "is_active", true));
	assert_int_equal(json_object_array_length(json_get(one, "waiting")), 0);
	grant = at(json_get(out.view, "grants"), 0);
	assert_string_equal(json_str(grant, "reference"), json_str(out.view, "number"));
	assert_string_equal(json_str(grant, "until"), "2030-01-31");
	assert_int_equal(grants_of(t, "lan"), before + 1);
	assert_int_equal(grants_of(t, "minh"), before + 1);
	assert_int_equal(grants_of(t, "stranger"), 0);
	assert_ok(t, try_send(t, "hung", id, "END", NULL, &out));
	assert_int_equal(grants_of(t, "lan"), before);
	assert_non_null(json_str(at(json_get(out.view, "grants"), 0), "ended_at"));
	hear(t);
}

static bool
is_listed(struct task *t, const char *login, int64_t id)
{
	struct flow_case_query q = { .limit = 200, .workflows = "camp,trouble" };
	struct actor who = actor(t, login);
	struct json_object *list, *items;

	assert_ok(t, flow_case_list(t, &who, &q, &list));
	items = json_get(list, "items");
	for (size_t i = 0; i < json_object_array_length(items); i++)
		if (json_int(at(items, i), "id", 0) == id)
			return true;
	return false;
}

WORLD_TEST(who_joins_sees_it_and_nobody_else)
{
	int64_t id = trouble(t), version;
	struct actor ict = actor(t, "ict");
	struct json_object *view;
	struct flow_result out;

	assert_ok(t, try_send(t, "hung", id, "SIGN", NULL, &out));
	assert_ok(t, try_send(t, "lan", id, "SIGN", NULL, &out));
	assert_true(is_listed(t, "lan", id));
	assert_false(is_listed(t, "ict", id));
	assert_false(is_listed(t, "minh", id)); /* the other side of a restricted case */
	assert_int_equal(flow_case_view(t, &ict, id, &view, &version), E_FORBIDDEN);
	assert_false(is_listed(t, "stranger", id));
	assert_ok(t, try_send(t, "lan", id, "INVITE", "{\"agency\": \"H51.7\"}", &out));
	assert_true(is_listed(t, "stranger", id));
	assert_string_equal(
	    json_str(view_of(t, "stranger", id), "number"), json_str(out.view, "number"));
	assert_int_equal(
	    number(t, "SELECT JSON_VALUE(context, '$.parties[0]') FROM cases WHERE id = ?", id),
	    world.other.id);
	assert_string_equal(
	    json_str(json_get(at(json_get(out.view, "history"), 3), "data_form"), "type"),
	    "object");
	hear(t);
}

WORLD_TEST(the_difference_is_shown_when_the_form_is_sent_again)
{
	int64_t id = campaign(t);
	struct flow_result out;
	struct json_object *sent, *change;

	assert_ok(t, try_send(t, "ict", id, "CORRECT", "{\"year\": \"2027\"}", &out));
	assert_null(json_get(at(json_get(out.view, "history"), 0), "changes"));
	sent = at(json_get(out.view, "history"), 1);
	assert_string_equal(json_str(sent, "data_form"), "case");
	change = at(json_get(sent, "changes"), 0);
	assert_string_equal(json_str(change, "name"), "year");
	assert_string_equal(json_str(change, "before"), "2026");
	assert_string_equal(json_str(change, "after"), "2027");
	assert_string_equal(json_str(json_get(change, "title"), "vi"), "Năm");
	assert_ok(t, try_send(t, "ict", id, "CORRECT", "{\"year\": \"2027\"}", &out));
	assert_int_equal(
	    json_object_array_length(json_get(at(json_get(out.view, "history"), 2), "changes")), 0);
}

/* ---- kinds of cases ---- */

static struct json_object *
kind(struct task *t, const char *login, const char *id)
{
	struct actor who = actor(t, login);
	struct json_object *view;

	assert_ok(t, flow_workflow_view(t, &who, id, &view));
	return view;
}

WORLD_TEST(a_person_is_told_what_he_may_open_and_what_it_needs)
{
	struct actor who = actor(t, "lan");
	struct json_object *list, *items, *start;

	assert_ok(t, flow_workflow_list(t, &who, &list));
	items = json_get(list, "items");
	assert_int_equal(json_object_array_length(items), 6);
	assert_string_equal(json_str(at(items, 0), "id"), "answer");
	assert_false(json_truth(kind(t, "ict", "answer"), "can_start", true));
	assert_false(json_truth(kind(t, "lan", "camp"), "can_start", true));
	assert_true(json_truth(kind(t, "ict", "camp"), "can_start", false));
	assert_true(json_truth(kind(t, "lan", "wf-01"), "can_start", false));
	assert_false(json_truth(kind(t, "tam", "trouble"), "can_start", true));
	start = json_get(kind(t, "lan", "trouble"), "start");
	assert_string_equal(json_str(start, "service"), "optional");
	assert_true(json_truth(json_get(start, "about"), "required", false));
	start = json_get(kind(t, "lan", "many"), "start");
	assert_string_equal(json_str(start, "party"), "required");
	assert_string_equal(json_str(start, "party_as"), "owner");
	assert_string_equal(
	    json_str(json_get(kind(t, "lan", "wf-01"), "start"), "service"), "required");
	assert_false(json_truth(json_get(kind(t, "lan", "answer"), "start"), "by_people", true));
}

/* ---- a workflow opens itself ---- */

static int64_t
campaigns(struct task *t)
{
	return number(t, "SELECT COUNT(*) FROM cases WHERE workflow = 'camp' AND id > ?", 0);
}

static void
clock_to(const char *time)
{
	int64_t when = 0;

	assert_true(instant_parse(time, &when));
	clock_set(when);
}

static int
run_schedules(struct task *t)
{
	int opened;

	assert_ok(t, flow_run_schedules(t, &opened));
	return opened;
}

static struct db_rows *
camp_row(struct task *t)
{
	struct db_rows *r;

	assert_ok(
	    t, db_query(t, &r,
		   "SELECT DATE_FORMAT(due_on, '%Y-%m-%d'), next_at, last_error FROM schedule "
		   "WHERE workflow = 'camp' AND item = '12-15'"));
	assert_true(db_next(r));
	return r;
}

struct runner {
	struct task *waiting;
	int opened, *finished;
};

static void
run_beside(struct task *t, void *arg)
{
	struct runner *r = arg;

	assert_ok(t, flow_run_schedules(t, &r->opened));
	++*r->finished;
	task_wake(r->waiting);
}

WORLD_TEST(a_campaign_opens_itself_once_on_its_day)
{
	int64_t before = campaigns(t);
	struct runner r[3];
	int finished = 0;

	assert_ok(t, db_exec(t, NULL, "DELETE FROM schedule"));
	assert_int_equal(run_schedules(t), 0); /* what is past stays past */
	assert_string_equal(db_text(camp_row(t), 0), "2026-12-15");
	clock_to("2026-12-15T07:29:00+07:00");
	assert_int_equal(run_schedules(t), 0);
	clock_to("2026-12-15T07:31:00+07:00");
	for (int i = 0; i < 3; i++) {
		r[i] = (struct runner){ .waiting = t, .finished = &finished };
		task_start("runner", run_beside, &r[i]);
	}
	while (finished < 3)
		task_park(t, -1);
	assert_int_equal(r[0].opened + r[1].opened + r[2].opened, 1);
	assert_int_equal(campaigns(t), before + 1);
	assert_string_equal(db_text(camp_row(t), 0), "2027-12-15");
	assert_int_equal(
	    number(t,
		"SELECT COUNT(*) FROM cases p JOIN cases c ON c.parent_id = p.id WHERE "
		"p.workflow = 'camp' AND p.created_by IS NULL AND p.id > ?",
		0),
	    3);
	assert_int_equal(
	    number(t,
		"SELECT JSON_VALUE(context, '$.fields.year') = '2026' FROM cases WHERE "
		"created_by IS NULL AND workflow = 'camp' AND id > ?",
		0),
	    1);
}

WORLD_TEST(years_of_silence_are_made_up_for_by_one_run)
{
	int64_t before = campaigns(t);

	clock_to("2029-03-01T10:00:00+07:00");
	assert_int_equal(run_schedules(t), 1);
	assert_int_equal(run_schedules(t), 0);
	assert_int_equal(campaigns(t), before + 1);
	assert_string_equal(db_text(camp_row(t), 0), "2029-12-15");
	/* a Saturday: on Monday, when the office opens */
	assert_ok(t, db_exec(t, NULL, "DELETE FROM schedule"));
	clock_to("2029-12-16T10:00:00+07:00");
	assert_int_equal(run_schedules(t), 0);
	assert_string_equal(db_text(camp_row(t), 0), "2029-12-15");
	clock_to("2029-12-17T07:30:00+07:00");
	assert_int_equal(run_schedules(t), 1);
}

WORLD_TEST(an_entry_that_is_gone_or_fails_holds_up_nobody)
{
	int64_t before = campaigns(t);

	assert_ok(t, db_exec(t, NULL, "DELETE FROM schedule"));
	assert_ok(t, store_schedule_keep(t, "gone", "01-01", "2026-01-01", wednesday - 2 * DAY_US));
	assert_ok(t, store_schedule_keep(t, "camp", "02-02", "2026-02-02", wednesday - DAY_US / 2));
	assert_int_equal(run_schedules(t), 0);
	assert_int_equal(number(t, "SELECT COUNT(*) FROM schedule WHERE due_on > ?", 0), 2);
	assert_ok(t, db_exec(t, NULL, "UPDATE agency SET role = NULL WHERE role = 'ict'"));
	agencies_forget();
	clock_to("2026-12-15T07:31:00+07:00");
	assert_int_equal(run_schedules(t), 0);
	assert_non_null(strstr(db_text(camp_row(t), 2), "no agency takes the side"));
	assert_ok(t,
	    db_exec(t, NULL, "UPDATE agency SET role = 'ict' WHERE id = ?", DB_INT(world.ict.id)));
	agencies_forget();
	assert_int_equal(run_schedules(t), 0);
	clock_to("2026-12-15T08:32:00+07:00");
	assert_int_equal(run_schedules(t), 1);
	assert_int_equal(campaigns(t), before + 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_case_is_opened_for_each_agency_and_theirs_alone),
		cmocka_unit_test(what_an_answer_tells_comes_to_the_parent),
		cmocka_unit_test(who_is_closed_hears_nothing_more),
		cmocka_unit_test(what_would_open_without_end_opens_nothing),
		cmocka_unit_test(two_hundred_cases_an_event_are_enough),
		cmocka_unit_test(a_case_that_cannot_be_opened_undoes_the_event),
		cmocka_unit_test(a_closed_case_offers_what_may_be_opened_about_it),
		cmocka_unit_test(nobody_opens_a_case_about_what_he_may_not_see),
		cmocka_unit_test(the_service_of_the_case_goes_over),
		cmocka_unit_test(what_has_to_be_said_is_said),
		cmocka_unit_test(whose_post_is_asked_only_where_it_matters),
		cmocka_unit_test(all_agree_then_it_grants),
		cmocka_unit_test(who_joins_sees_it_and_nobody_else),
		cmocka_unit_test(the_difference_is_shown_when_the_form_is_sent_again),
		cmocka_unit_test(a_person_is_told_what_he_may_open_and_what_it_needs),
		cmocka_unit_test(a_campaign_opens_itself_once_on_its_day),
		cmocka_unit_test(years_of_silence_are_made_up_for_by_one_run),
		cmocka_unit_test(an_entry_that_is_gone_or_fails_holds_up_nobody),
	};

	return cmocka_run_group_tests(tests, copy_definitions, remove_definitions);
}
