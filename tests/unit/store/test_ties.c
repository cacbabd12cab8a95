/* What binds a case to agencies and to others: viewers, what is told, links, grants, schedules. */
#include "store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail /* of cmocka; ours is meant */

#include "store_test.h"

static int64_t
number(struct task *t, const char *sql, int64_t case_id)
{
	struct db_rows *r;

	assert_ok(t, db_query(t, &r, sql, DB_INT(case_id)));
	assert_true(db_next(r));
	return db_int(r, 0);
}

static struct case_plan
plan(const char *title)
{
	return (struct case_plan){ .requester = &province.ward,
		.owner = &province.health,
		.creator = &province.an,
		.title = title,
		.is_received = true };
}

/* One more event of a case, with what `more` holds beside it. */
struct event_plan {
	struct case_plan *p;
	struct write_set more;
};

static int
event_tx(struct tx *tx, void *arg)
{
	struct event_plan *e = arg;
	struct case_plan copy = *e->p;
	struct task_write task;
	struct write_set ws = write_set_of(&copy, &task);

	ws.tells = e->more.tells;
	ws.tell_count = e->more.tell_count;
	ws.grants = e->more.grants;
	ws.grant_count = e->more.grant_count;
	ws.ends_grants = e->more.ends_grants;
	ws.viewers = e->more.viewers;
	ws.viewer_count = e->more.viewer_count;
	ws.closed_tasks = e->more.closed_tasks;
	ws.closed_task_count = e->more.closed_task_count;
	ws.mails = e->more.mails;
	ws.mail_count = e->more.mail_count;
	TRY(store_write(tx, &ws));
	*e->p = copy;
	return OK;
}

static void
event(struct task *t, struct case_plan *p, struct write_set more)
{
	struct event_plan e = { p, more };

	assert_ok(t, tx_run(t, event_tx, &e));
}

static void
tie(struct task *t, const struct case_plan *p, const char *column, int64_t to)
{
	char *sql = arena_printf(task_arena(t), "UPDATE cases SET %s = ? WHERE id = ?", column);

	assert_ok(t, db_exec(t, NULL, sql, DB_INT(to), DB_INT(p->c.id)));
}

/* ---- telling ---- */

static int64_t
told(struct task *t, const struct case_plan *p)
{
	return number(t,
	    "SELECT COUNT(*) FROM timer WHERE case_id = ? AND timer_id LIKE 'told:%' "
	    "AND next_at = due_at",
	    p->c.id);
}

static void
telling(struct task *t, void *arg)
{
	struct case_plan parent = plan("parent"), child = plan("child"), closed = plan("closed"),
			 other = plan("other");
	struct tell_write tells[] = { { .to = "parent", .event = "DONE" },
		{ .to = "children", .event = "STOP" }, { .to = "about", .event = "NEWS" },
		{ .to = "workflow", .workflow = "wf-01", .same_service = true, .event = "ALL" } };
	int64_t others;

	(void)arg;
	make_case(t, &parent);
	make_case(t, &child);
	make_case(t, &closed);
	make_case(t, &other);
	tie(t, &child, "parent_id", parent.c.id);
	tie(t, &closed, "parent_id", parent.c.id);
	tie(t, &closed, "is_open", 0);
	child.c.parent_id = parent.c.id;
	child.c.about_id = other.c.id;
	event(t, &parent, (struct write_set){ .tells = &tells[1], .tell_count = 1 });
	assert_int_equal(told(t, &child), 1);
	assert_int_equal(told(t, &closed), 0);
	assert_int_equal(told(t, &other), 0);
	event(t, &child, (struct write_set){ .tells = tells, .tell_count = 3 });
	assert_int_equal(told(t, &parent), 1);
	assert_int_equal(told(t, &other), 1);
	others = number(t, "SELECT COUNT(*) FROM cases WHERE is_open = 1 AND id <> ?", parent.c.id);
	event(t, &parent, (struct write_set){ .tells = &tells[3], .tell_count = 1 });
	assert_int_equal(
	    number(
		t, "SELECT COUNT(*) FROM timer WHERE event = 'ALL' AND case_id <> ?", parent.c.id),
	    others);
	assert_int_equal(told(t, &parent), 1); /* it does not tell itself */
}

static void
what_is_told_comes_to_the_right_open_cases(void **state)
{
	(void)state;
	db_test_run(telling);
}

/* ---- links and viewers ---- */

struct links {
	const struct case_plan *p;
	int64_t agency_id;
	struct case_link *list;
	int count;
};

static int
links_tx(struct tx *tx, void *arg)
{
	struct links *l = arg;

	return store_links(tx, &l->p->c, &l->agency_id, 1, &l->list, &l->count);
}

static void
linking(struct task *t, void *arg)
{
	struct case_plan parent = plan("parent"), first = plan("first"), hidden = plan("hidden"),
			 dispute = plan("dispute");
	struct links l = { .p = &parent, .agency_id = province.health.id };

	(void)arg;
	make_case(t, &parent);
	make_case(t, &first);
	hidden.is_received = false;
	make_case(t, &hidden);
	make_case(t, &dispute);
	tie(t, &first, "parent_id", parent.c.id);
	tie(t, &hidden, "parent_id", parent.c.id);
	tie(t, &dispute, "about_id", parent.c.id);
	assert_ok(t, tx_run(t, links_tx, &l));
	assert_int_equal(l.count, 3);
	assert_int_equal(l.list[0].tie, LINK_CHILD);
	assert_int_equal(l.list[0].line.c.id, first.c.id);
	assert_string_equal(l.list[0].line.c.title, "first");
	assert_string_equal(l.list[0].line.owner_code, "H51.2");
	assert_true(l.list[0].is_visible);
	assert_false(l.list[1].is_visible);
	assert_int_equal(l.list[2].tie, LINK_ABOUT_THIS);
	event(t, &hidden, (struct write_set){ .viewers = &province.health.id, .viewer_count = 1 });
	assert_ok(t, tx_run(t, links_tx, &l));
	assert_true(l.list[1].is_visible);
	l.p = &first;
	first.c.parent_id = parent.c.id;
	assert_ok(t, tx_run(t, links_tx, &l));
	assert_int_equal(l.count, 1);
	assert_int_equal(l.list[0].tie, LINK_PARENT);
}

static void
links_show_what_the_agency_may_see(void **state)
{
	(void)state;
	db_test_run(linking);
}

/* ---- approvals ---- */

static void
approving(struct task *t, void *arg)
{
	struct case_plan p = plan("approval");
	struct task_close mine = { "review", "focal", province.health.id },
			  others = { "review", "head", province.health.id };
	const char *open = "SELECT COUNT(*) FROM task WHERE case_id = ? AND is_open = 1";

	(void)arg;
	make_case(t, &p);
	event(t, &p, (struct write_set){ .closed_tasks = &others, .closed_task_count = 1 });
	assert_int_equal(number(t, open, p.c.id), 2);
	event(t, &p, (struct write_set){ .closed_tasks = &mine, .closed_task_count = 1 });
	assert_int_equal(number(t, open, p.c.id), 1); /* both ended, the event's own opened */
}

static void
the_task_of_one_approver_ends_alone(void **state)
{
	(void)state;
	db_test_run(approving);
}

/* ---- grants ---- */

struct grants {
	int64_t case_id;
	struct grant_row *list;
	int count;
};

static int
grants_tx(struct tx *tx, void *arg)
{
	struct grants *g = arg;

	return store_grants_of_case(tx, g->case_id, &g->list, &g->count);
}

static void
granting(struct task *t, void *arg)
{
	struct case_plan p = plan("grant");
	struct grant_write first = {
		.kind = "account", .reference = "tk-1", .until = "2026-12-31"
	};
	struct grant_write second = { .kind = "account", .reference = "tk-2" };
	struct grants g = { 0 };

	(void)arg;
	make_case(t, &p);
	g.case_id = p.c.id;
	first.items = json_keep(task_arena(t), json_tokener_parse("[\"Loại hộ\"]"));
	event(t, &p, (struct write_set){ .grants = &first, .grant_count = 1 });
	assert_ok(t, tx_run(t, grants_tx, &g));
	assert_int_equal(g.count, 1);
	assert_string_equal(g.list[0].reference, "tk-1");
	assert_string_equal(g.list[0].until, "2026-12-31");
	assert_string_equal(g.list[0].case_number, p.c.number);
	assert_string_equal(g.list[0].service_code, "DV008");
	assert_string_equal(
	    json_object_get_string(json_object_array_get_idx(g.list[0].items, 0)), "Loại hộ");
	assert_ok(t, store_grants_running(
			 t, &province.health.id, 1, "2027-01-01", 0, 10, &g.list, &g.count));
	assert_int_equal(g.count, 0);
	event(t, &p, (struct write_set){ .grants = &second, .grant_count = 1 });
	assert_ok(t,
	    store_grants_running(t, &province.ward.id, 1, "2027-01-01", 0, 10, &g.list, &g.count));
	assert_int_equal(g.count, 1);
	assert_string_equal(g.list[0].reference, "tk-2");
	assert_null(g.list[0].until);
	event(t, &p, (struct write_set){ .ends_grants = true });
	assert_ok(t,
	    store_grants_running(t, &province.ward.id, 1, "2026-11-05", 0, 10, &g.list, &g.count));
	assert_int_equal(g.count, 0);
	assert_ok(t, tx_run(t, grants_tx, &g));
	assert_int_equal(g.list[0].ended_at, day_one);
}

static void
what_a_case_gave_runs_until_it_ends(void **state)
{
	(void)state;
	db_test_run(granting);
}

/* ---- mails ---- */

/* They go through JSON: no sign may change on the way. */
static void
signs(struct task *t, void *arg)
{
	const char *text = "\"dấu\" \\ / \t dòng\r\nsau \x01 𝄞 'nháy' \\u0041 %s {{link}}";
	struct mail_write mails[] = { { .person_id = province.an.id,
					  .address = "a@example.vn",
					  .name = "Tên \"lạ\"",
					  .subject = text,
					  .text = text,
					  .html = text,
					  .template_name = "new" },
		{ .address = "b@example.vn",
		    .name = "",
		    .subject = "s",
		    .text = "",
		    .html = "",
		    .template_name = "new" } };
	struct case_plan p = plan("signs");
	struct mail_row *list, m;
	int count;

	(void)arg;
	make_case(t, &p);
	event(t, &p, (struct write_set){ .mails = mails, .mail_count = 2 });
	assert_ok(t, store_mail_list(t, p.c.id, 0, 10, &list, &count));
	assert_int_equal(count, 2);
	assert_ok(t, store_mail_by_id(t, list[1].id, &m));
	assert_string_equal(m.address, "a@example.vn");
	assert_string_equal(m.name, "Tên \"lạ\"");
	assert_string_equal(m.subject, text);
	assert_string_equal(m.text, text);
	assert_string_equal(m.html, text);
	assert_string_equal(m.state, "waiting");
}

static void
mails_keep_every_sign(void **state)
{
	(void)state;
	db_test_run(signs);
}

/* ---- schedules ---- */

struct take {
	struct schedule_row s;
	bool is_ours;
};

static int
take_tx(struct tx *tx, void *arg)
{
	struct take *k = arg;

	TRY(store_schedule_take(tx, &k->s, day_one, &k->is_ours));
	return k->is_ours ? store_schedule_move(tx, &k->s, "2027-08-01", day_one + HOUR_US) : OK;
}

static void
scheduling(struct task *t, void *arg)
{
	struct schedule_row *list;
	struct take k;
	int count;

	(void)arg;
	assert_ok(t, store_schedule_keep(t, "wf-10", "08-01", "2026-08-01", day_one - HOUR_US));
	assert_ok(t, store_schedule_keep(t, "wf-10", "08-01", "2030-08-01", day_one + HOUR_US));
	assert_ok(t, store_schedule_keep(t, "wf-11", "09-01", "2027-09-01", day_one + HOUR_US));
	assert_ok(t, store_schedules_due(t, day_one, &list, &count));
	assert_int_equal(count, 1);
	assert_string_equal(list[0].due_on, "2026-08-01");
	k.s = list[0];
	assert_ok(t, store_schedule_failed(t, &k.s, "no agency", day_one - 1));
	assert_ok(t, tx_run(t, take_tx, &k));
	assert_true(k.is_ours);
	assert_ok(t, tx_run(t, take_tx, &k));
	assert_false(k.is_ours);
	k.s.due_on = "2027-08-01";
	assert_ok(t, store_schedule_forget(t, &k.s));
	assert_ok(t, store_schedules_due(t, day_one + 2 * HOUR_US, &list, &count));
	assert_int_equal(count, 1);
	assert_string_equal(list[0].workflow, "wf-11");
}

static void
a_schedule_is_taken_once(void **state)
{
	(void)state;
	db_test_run(scheduling);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_told_comes_to_the_right_open_cases),
		cmocka_unit_test(links_show_what_the_agency_may_see),
		cmocka_unit_test(the_task_of_one_approver_ends_alone),
		cmocka_unit_test(what_a_case_gave_runs_until_it_ends),
		cmocka_unit_test(mails_keep_every_sign),
		cmocka_unit_test(a_schedule_is_taken_once),
	};

	return cmocka_run_group_tests(tests, province_start, province_stop);
}
