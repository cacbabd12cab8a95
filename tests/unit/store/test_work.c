/* What waits to be done: the inbox, timers and mail, and who may take which. */
#include "store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail /* of cmocka; ours is meant */

#include "store_test.h"

static struct case_plan
plan(const char *title, int64_t due_at)
{
	return (struct case_plan){ .requester = &province.ward,
		.owner = &province.health,
		.creator = &province.an,
		.title = title,
		.is_received = true,
		.due_at = due_at };
}

static void
empty(struct task *t)
{
	assert_ok(t, db_exec(t, NULL, "DELETE FROM timer"));
	assert_ok(t, db_exec(t, NULL, "DELETE FROM mail"));
	assert_ok(t, db_exec(t, NULL, "DELETE FROM task"));
}

/* ---- inbox ---- */

static void
assert_page(struct task *t, int64_t after_due, int64_t after_id, int limit, const char *titles,
    struct inbox_row *last)
{
	struct post_pair focal = { province.health.id, "focal" };
	struct inbox_row *list;
	struct str s;
	int count;

	str_init(&s, task_arena(t));
	assert_ok(t, store_inbox(t, &focal, 1, after_due, after_id, limit, &list, &count));
	for (int i = 0; i < count; i++)
		str_addf(&s, "%s ", list[i].line.c.title);
	assert_string_equal(s.text, titles);
	if (count > 0)
		*last = list[count - 1];
}

static void
assert_counts(
    struct task *t, const struct post_pair *posts, int post_count, int want, int want_overdue)
{
	int64_t total, overdue;

	assert_ok(t, store_inbox_count(t, posts, post_count, day_one, &total, &overdue));
	assert_int_equal(total, want);
	assert_int_equal(overdue, want_overdue);
}

static void
inbox(struct task *t, void *arg)
{
	struct case_plan late = plan("late", day_one - HOUR_US),
			 soon = plan("soon", day_one + HOUR_US);
	struct case_plan same = plan("same", day_one + HOUR_US), never = plan("never", 0);
	struct case_plan never2 = plan("never2", 0), other = plan("other", day_one);
	struct inbox_row last;

	(void)arg;
	empty(t);
	other.owner = &province.ward;
	make_case(t, &never);
	make_case(t, &soon);
	make_case(t, &same);
	make_case(t, &late);
	make_case(t, &never2);
	make_case(t, &other);
	assert_page(t, 0, 0, 50, "late soon same never never2 ", &last);
	assert_page(t, 0, 0, 2, "late soon ", &last);
	assert_page(t, last.task.due_at, last.task.id, 2, "same never ", &last);
	assert_string_equal(last.line.owner_vi, "Sở Lao động");
	assert_int_equal(last.task.due_at, 0);
	assert_page(t, last.task.due_at, last.task.id, 2, "never2 ", &last);
	assert_page(t, last.task.due_at, last.task.id, 2, "", &last);
	assert_counts(t, &(struct post_pair){ province.health.id, "focal" }, 1, 5, 1);
	assert_counts(t, &(struct post_pair){ province.health.id, "head" }, 1, 0, 0);
	assert_counts(t, NULL, 0, 0, 0);
}

static void
two_posts(struct task *t, void *arg)
{
	struct post_pair both[] = { { province.ward.id, "focal" },
		{ province.health.id, "focal" } };
	struct case_plan third = plan("third", 0), first = plan("first", day_one - HOUR_US);
	struct case_plan second = plan("second", day_one);
	struct inbox_row *list;
	int count;

	(void)arg;
	empty(t);
	second.owner = &province.ward;
	make_case(t, &third);
	make_case(t, &second);
	make_case(t, &first);
	assert_ok(t, store_inbox(t, both, 2, 0, 0, 2, &list, &count));
	assert_int_equal(count, 2);
	assert_string_equal(list[0].line.c.title, "first");
	assert_string_equal(list[1].line.c.title, "second");
	assert_ok(t, store_inbox(t, both, 2, day_one, list[1].task.id, 2, &list, &count));
	assert_int_equal(count, 1);
	assert_string_equal(list[0].line.c.title, "third");
	assert_counts(t, both, 2, 3, 2);
}

static void
the_inbox_of_two_posts_is_one_list(void **state)
{
	(void)state;
	db_test_run(two_posts);
}

static void
the_inbox_is_most_urgent_first_page_by_page(void **state)
{
	(void)state;
	db_test_run(inbox);
}

static int
add_posts(struct tx *tx, void *arg)
{
	struct holding again = {
		.person_id = province.binh.id, .agency_id = province.health.id, .post = "focal"
	};
	struct holding later = {
		.person_id = province.chi.id, .agency_id = province.health.id, .post = "focal"
	};

	(void)arg;
	TRY(store_holding_add(tx, &again, day_one - HOUR_US, 0));
	return store_holding_add(tx, &later, day_one + HOUR_US, day_one + 2 * HOUR_US);
}

static int
held_by_chi(struct task *t, int64_t at)
{
	struct holding *list;
	int count;

	assert_ok(t, store_holdings_of_person(t, province.chi.id, at, NULL, &list, &count));
	assert_string_equal(list[0].agency_role, "ict");
	if (count > 1)
		assert_string_equal(list[1].agency_code, "H51.2");
	return count;
}

static void
posts(struct task *t, void *arg)
{
	(void)arg;
	assert_ok(t, tx_run(t, add_posts, NULL));
	assert_int_equal(held_by_chi(t, day_one), 1);
	assert_int_equal(held_by_chi(t, day_one + HOUR_US), 2);
	assert_int_equal(held_by_chi(t, day_one + 2 * HOUR_US), 1);
}

static void
posts_are_held_from_when_until_when(void **state)
{
	(void)state;
	db_test_run(posts);
}

static int64_t
rows_read(struct task *t)
{
	struct db_rows *r;

	assert_ok(
	    t, db_query(t, &r,
		   "SELECT CAST(SUM(variable_value) AS INT) FROM information_schema.global_status "
		   "WHERE variable_name LIKE 'Handler_read%'"));
	db_next(r);
	return db_int(r, 0);
}

static void
many_tasks(struct task *t)
{
	empty(t);
	assert_ok(
	    t, db_exec(t, NULL,
		   "INSERT INTO task (case_id, agency_id, post, state_id, of_party, title_vi, "
		   "title_en, opened_at, due_at, due_key, is_open) "
		   "SELECT (SELECT MAX(id) FROM cases), 1 + seq % 4, IF(seq % 100 < 50, 'focal', "
		   "'head'), 'review', 'owner', '', '', '2026-11-05', d, d, 1 FROM "
		   "(SELECT seq, '2026-11-01' + INTERVAL seq MINUTE AS d FROM seq_1_to_20000) s"));
	assert_ok(t, db_exec(t, NULL, "ANALYZE TABLE task"));
}

/* However much waits, the range of task_inbox is read only as far as is told. */
static void
index_use(struct task *t, void *arg)
{
	struct post_pair both[] = { { province.health.id, "focal" },
		{ province.health.id, "head" } };
	struct inbox_row *list;
	int64_t before, listed, counted;
	int count;

	(void)arg;
	many_tasks(t);
	before = rows_read(t);
	assert_ok(t, store_inbox(t, both, 2, 0, 0, 50, &list, &count));
	listed = rows_read(t) - before;
	assert_int_equal(count, 50);
	assert_in_range(listed, 50, 1500);
	before = rows_read(t);
	assert_counts(t, both, 2, 1001, 1001);
	counted = rows_read(t) - before;
	assert_in_range(counted, 1001, 5000);
}

static void
the_inbox_reads_only_its_part_of_the_index(void **state)
{
	(void)state;
	db_test_run(index_use);
}

/* ---- timers ---- */

struct claim {
	int64_t now_us;
	int limit, count;
	struct timer_claim *list;
};

static int
claim_tx(struct tx *tx, void *arg)
{
	struct claim *c = arg;

	return store_timers_claim(tx, c->now_us, HOUR_US, c->limit, &c->list, &c->count);
}

static struct claim
claim(struct task *t, int64_t now_us, int limit)
{
	struct claim c = { .now_us = now_us, .limit = limit };

	assert_ok(t, tx_run(t, claim_tx, &c));
	return c;
}

static int
done_tx(struct tx *tx, void *arg)
{
	struct timer_claim *c = arg;

	return store_timer_done(tx, c->id, c->fence);
}

static int
failed_tx(struct tx *tx, void *claim)
{
	const struct timer_claim *c = claim;

	return store_timer_failed(tx, c->id, c->fence, "x", day_one + 4 * HOUR_US);
}

static int
put_off_tx(struct tx *tx, void *claim)
{
	const struct timer_claim *c = claim;

	return store_timer_put_off(tx, c->id, c->fence, day_one + 2 * HOUR_US);
}

static void
turns(struct task *t, void *arg)
{
	struct case_plan p = plan("turn", day_one);
	struct claim first, second;

	(void)arg;
	empty(t);
	p.timers = 1;
	make_case(t, &p);
	first = claim(t, day_one + HOUR_US, 10);
	assert_ok(t, tx_run(t, put_off_tx, &first.list[0]));
	assert_int_equal(claim(t, day_one + HOUR_US + HOUR_US / 2, 10).count, 0);
	second = claim(t, day_one + 2 * HOUR_US, 10);
	assert_int_equal(second.count, 1);
	assert_int_equal(second.list[0].attempts, 1);
	assert_int_equal(tx_run(t, put_off_tx, &first.list[0]), E_CONFLICT);
}

static void
a_timer_that_waits_its_turn_was_not_tried(void **state)
{
	(void)state;
	db_test_run(turns);
}

/* ---- incidents ---- */

struct raised {
	const struct timer_claim *timer;
	bool is_new;
};

static int
raise_tx(struct tx *tx, void *arg)
{
	struct raised *r = arg;

	TRY(failed_tx(tx, (void *)(uintptr_t)r->timer));
	return store_incident_raise(tx, r->timer, day_one, &r->is_new);
}

static bool
raise(struct task *t, const struct timer_claim *timer)
{
	struct raised r = { .timer = timer };

	assert_ok(t, tx_run(t, raise_tx, &r));
	return r.is_new;
}

static int
retry_tx(struct tx *tx, void *id)
{
	return store_incident_retry(tx, *(const int64_t *)id, day_one + 2 * HOUR_US);
}

static int
forget_tx(struct tx *tx, void *left)
{
	return store_incidents_forget(tx, left);
}

static int64_t
left_after_forgetting(struct task *t)
{
	int64_t left;

	assert_ok(t, tx_run(t, forget_tx, &left));
	return left;
}

static void
assert_incidents(struct task *t, int wanted, int64_t first)
{
	struct incident *list;
	int64_t total;
	int count;

	assert_ok(t, store_incidents(t, 0, 10, &list, &count, &total));
	assert_int_equal(count, wanted);
	assert_int_equal(total, wanted);
	if (wanted > 0)
		assert_int_equal(list[0].id, first);
}

static void
incidents(struct task *t, void *arg)
{
	struct case_plan one = plan("one", day_one), two = plan("two", day_one);
	struct claim c;

	(void)arg;
	empty(t);
	one.timers = two.timers = 1;
	make_case(t, &one);
	make_case(t, &two);
	c = claim(t, day_one + HOUR_US, 10);
	assert_int_equal(c.count, 2);
	assert_true(raise(t, &c.list[0]));
	assert_false(raise(t, &c.list[0]));
	assert_true(raise(t, &c.list[1]));
	assert_incidents(t, 2, c.list[1].id);
	assert_int_equal(claim(t, day_one + 2 * HOUR_US, 10).count, 0);
	assert_ok(t, tx_run(t, retry_tx, &c.list[0].id));
	assert_int_equal(claim(t, day_one + 2 * HOUR_US, 10).count, 1);
	assert_ok(t, db_exec(t, NULL, "DELETE FROM timer WHERE id = ?", DB_INT(c.list[1].id)));
	assert_incidents(t, 1, c.list[0].id); /* its case has gone on */
	assert_int_equal(tx_run(t, retry_tx, &c.list[1].id), E_NOT_FOUND);
	assert_int_equal(left_after_forgetting(t), 1);
	assert_ok(t, db_exec(t, NULL, "UPDATE timer SET last_error = NULL")); /* began anew */
	assert_int_equal(left_after_forgetting(t), 0);
}

static void
an_incident_lasts_as_long_as_its_timer_fails(void **state)
{
	(void)state;
	db_test_run(incidents);
}

static void
leases(struct task *t, void *arg)
{
	struct case_plan p = plan("timer", day_one);
	struct claim early, first, again, late;
	int64_t due;

	(void)arg;
	empty(t);
	p.timers = 1;
	make_case(t, &p);
	assert_ok(t, store_timer_next_due(t, &due));
	assert_int_equal(due, day_one + HOUR_US);
	early = claim(t, day_one, 10);
	assert_int_equal(early.count, 0);
	first = claim(t, due, 10);
	assert_int_equal(first.count, 1);
	assert_string_equal(first.list[0].event, "REMIND");
	assert_int_equal(first.list[0].attempts, 1);
	again = claim(t, due + HOUR_US / 2, 10);
	assert_int_equal(again.count, 0);
	late = claim(t, due + HOUR_US, 10); /* the first worker died, or is slow */
	assert_int_equal(late.count, 1);
	assert_true(late.list[0].fence > first.list[0].fence);
	assert_int_equal(late.list[0].attempts, 2);
	assert_int_equal(tx_run(t, done_tx, &first.list[0]), E_CONFLICT);
	assert_int_equal(tx_run(t, failed_tx, &first.list[0]), E_CONFLICT);
	assert_ok(t, tx_run(t, failed_tx, &late.list[0]));
	late = claim(t, due + 3 * HOUR_US, 10);
	assert_int_equal(late.count, 1);
	assert_ok(t, tx_run(t, done_tx, &late.list[0]));
	assert_ok(t, store_timer_next_due(t, &due));
	assert_int_equal(due, 0);
}

static void
a_timer_is_taken_for_a_while_and_the_fence_tells_who_has_it(void **state)
{
	(void)state;
	db_test_run(leases);
}

struct worker {
	struct task *waiter;
	int *left;
	int taken;
	char *seen; /* by timer id minus first id */
	int64_t first_id;
};

static int
slow_claim_tx(struct tx *tx, void *arg)
{
	TRY(claim_tx(tx, arg));
	task_sleep(tx_task(tx), 5); /* the other claims while this has not committed */
	return OK;
}

static void
worker_task(struct task *t, void *arg)
{
	struct worker *w = arg;
	struct claim c = { .now_us = day_one + HOUR_US, .limit = 3 };

	do {
		assert_ok(t, tx_run(t, slow_claim_tx, &c));
		for (int i = 0; i < c.count; i++)
			w->seen[c.list[i].id - w->first_id]++;
		w->taken += c.count;
	} while (c.count > 0);
	if (--*w->left == 0)
		task_wake(w->waiter);
}

static void
two_workers(struct task *t, void *arg)
{
	enum { TIMERS = 30 };
	char seen[TIMERS] = { 0 };
	struct worker workers[2];
	struct db_rows *r;
	int left = 2;

	(void)arg;
	empty(t);
	for (int i = 0; i < TIMERS; i++) {
		struct case_plan p = plan("many", day_one);

		p.timers = 1;
		make_case(t, &p);
	}
	assert_ok(t, db_query(t, &r, "SELECT MIN(id) FROM timer"));
	db_next(r);
	for (int i = 0; i < 2; i++) {
		workers[i] = (struct worker){
			.waiter = t, .left = &left, .seen = seen, .first_id = db_int(r, 0)
		};
		task_start("worker", worker_task, &workers[i]);
	}
	while (left > 0)
		task_park(t, -1);
	for (int i = 0; i < TIMERS; i++)
		assert_int_equal(seen[i], 1);
	assert_true(workers[0].taken > 0 && workers[1].taken > 0);
}

static void
two_workers_share_the_timers_and_take_none_twice(void **state)
{
	(void)state;
	db_test_run(two_workers);
}

/* ---- mail ---- */

struct mail_claim {
	int64_t now_us;
	int count;
	struct mail_row *list;
};

static int
mail_claim_tx(struct tx *tx, void *arg)
{
	struct mail_claim *c = arg;

	TRY(store_mails_due(tx, c->now_us, 10, &c->list, &c->count));
	return store_mails_take(tx, c->list, c->count, c->now_us + HOUR_US);
}

static struct mail_claim
claim_mail(struct task *t, int64_t now_us)
{
	struct mail_claim c = { .now_us = now_us };

	assert_ok(t, tx_run(t, mail_claim_tx, &c));
	return c;
}

struct mail_end {
	const struct mail_row *m;
	const char *why; /* NULL: sent */
	int64_t at;
};

static int
mail_end_tx(struct tx *tx, void *arg)
{
	const struct mail_end *e = arg;

	return e->why ? store_mail_failed(tx, e->m, e->why, e->at)
		      : store_mail_sent(tx, e->m, e->at);
}

static int
mail_end(struct task *t, const struct mail_row *m, const char *why, int64_t at)
{
	struct mail_end e = { m, why, at };

	return tx_run(t, mail_end_tx, &e);
}

static void
outbox(struct task *t, void *arg)
{
	struct case_plan p = plan("mail", day_one);
	struct mail_claim first, late;
	struct mail_row m, *list;
	int count;

	(void)arg;
	empty(t);
	p.mails = 1;
	make_case(t, &p);
	first = claim_mail(t, day_one);
	assert_int_equal(first.count, 1);
	assert_string_equal(first.list[0].subject, "Hồ sơ mới");
	assert_string_equal(first.list[0].case_number, p.c.number);
	assert_int_equal(claim_mail(t, day_one + 1).count, 0);
	late = claim_mail(t, day_one + HOUR_US);
	assert_int_equal(late.count, 1);
	m = late.list[0];
	assert_int_equal(mail_end(t, &first.list[0], NULL, day_one), E_CONFLICT);
	assert_ok(t, mail_end(t, &m, "451 later", day_one + 2 * HOUR_US));
	late = claim_mail(t, day_one + 2 * HOUR_US);
	assert_int_equal(late.list[0].attempts, 3);
	assert_ok(t, mail_end(t, &late.list[0], NULL, day_one + 3 * HOUR_US));
	assert_int_equal(mail_end(t, &late.list[0], "no", 0), E_CONFLICT); /* sent is sent */
	assert_int_equal(claim_mail(t, day_one + 100 * HOUR_US).count, 0);
	assert_ok(t, store_mail_by_id(t, m.id, &m));
	assert_string_equal(m.state, "sent");
	assert_int_equal(m.sent_at, day_one + 3 * HOUR_US);
	assert_string_equal(m.html, "<p>…</p>");
	assert_ok(t, store_mail_list(t, p.c.id, 0, 10, &list, &count));
	assert_int_equal(count, 1);
	assert_ok(t, store_mail_list(t, 0, m.id, 10, &list, &count));
	assert_int_equal(count, 0);
}

static void
a_mail_is_sent_by_who_holds_the_fence(void **state)
{
	(void)state;
	db_test_run(outbox);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_inbox_is_most_urgent_first_page_by_page),
		cmocka_unit_test(the_inbox_of_two_posts_is_one_list),
		cmocka_unit_test(posts_are_held_from_when_until_when),
		cmocka_unit_test(the_inbox_reads_only_its_part_of_the_index),
		cmocka_unit_test(a_timer_is_taken_for_a_while_and_the_fence_tells_who_has_it),
		cmocka_unit_test(a_timer_that_waits_its_turn_was_not_tried),
		cmocka_unit_test(an_incident_lasts_as_long_as_its_timer_fails),
		cmocka_unit_test(two_workers_share_the_timers_and_take_none_twice),
		cmocka_unit_test(a_mail_is_sent_by_who_holds_the_fence),
	};

	return cmocka_run_group_tests(tests, province_start, province_stop);
}
