/*
 * The loops over a real outbox and real timers; flow is played by this file, as what an event does
 * is not their business.
 */
#include "flow.h"
#include "jobs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail /* of cmocka; ours is meant */

#include "../store/store_test.h"

#include <unistd.h>

static char mail_dir[] = "/tmp/lienthong-mail-XXXXXX";
static struct jobs_config cfg = { .mail_from = "a@b.vn",
	.mail_domain = "b.vn",
	.mail_dir = mail_dir,
	.poll_ms = 10,
	.is_demo = true };

/* ---- flow, played ---- */

static struct {
	int64_t failing_case;
	int64_t slow_case; /* its first timer ends when so many others have fired */
	int wait_for, slow_order;
	int fired, failed, told, clock_looks, schedule_looks;
	struct flow_notice last;
} played;

static int
fire_tx(struct tx *tx, void *arg)
{
	const struct timer_claim *c = arg;

	return store_timer_done(tx, c->id, c->fence);
}

static bool
wait_for_others(struct task *t)
{
	int64_t end = clock_monotonic_us() + 20 * INT64_C(1000000);

	while (played.fired < played.wait_for && clock_monotonic_us() < end)
		task_sleep(t, 2);
	return played.fired >= played.wait_for;
}

int
flow_fire(struct task *t, const struct timer_claim *c)
{
	assert_string_equal(c->event, "REMIND");
	if (c->case_id == played.failing_case) {
		played.failed++;
		return fail(t, E_INTERNAL, "this case is broken");
	}
	if (c->case_id == played.slow_case && played.fired < played.wait_for)
		assert_true(wait_for_others(t));
	if (c->case_id == played.slow_case)
		played.slow_order = played.slow_order * 10 + atoi(c->timer_id);
	TRY(tx_run(t, fire_tx, (void *)(uintptr_t)c));
	played.fired++;
	return OK;
}

int
flow_run_schedules(struct task *t, int *opened)
{
	(void)t;
	*opened = 0;
	played.schedule_looks++;
	return OK;
}

int
flow_run_mail_lists(struct task *t, int *sent)
{
	(void)t;
	*sent = 0;
	return OK;
}

void
flow_notify(const struct flow_notice *n)
{
	played.told++;
	played.last = *n;
}

int
flow_demo_clock_follow(struct task *t)
{
	(void)t;
	played.clock_looks++;
	return OK;
}

struct timer_failure {
	const struct timer_claim *timer;
	const char *why;
	int64_t next_at;
};

static int
timer_failed_tx(struct tx *tx, void *arg)
{
	const struct timer_failure *f = arg;

	return store_timer_failed(tx, f->timer->id, f->timer->fence, f->why, f->next_at);
}

int
flow_timer_failed(struct task *t, const struct timer_claim *timer, const char *why, int64_t next_at,
    bool is_incident)
{
	struct timer_failure f = { timer, why, next_at };

	(void)is_incident;
	return tx_run(t, timer_failed_tx, &f);
}

int
flow_incidents_tidy(struct task *t)
{
	(void)t;
	return OK;
}

int
flow_vacancy_alarms(struct task *t, bool *told)
{
	(void)t;
	*told = false;
	return OK;
}

/* Nobody has wishes here, and nobody is told. */
int
flow_mails_take(
    struct tx *tx, int64_t lease_us, int limit, struct mail_row **list, int *count, bool *more)
{
	int64_t now = clock_now();

	TRY(store_mails_due(tx, now, limit, list, count));
	*more = *count == limit;
	return *count ? store_mails_take(tx, *list, *count, now + lease_us) : OK;
}

int
flow_mail_failed(struct tx *tx, const struct mail_row *m, const char *why, int64_t next_at)
{
	return store_mail_failed(tx, m, why, next_at);
}

int
flow_mail_server_alarm(struct tx *tx, const char *why)
{
	(void)tx, (void)why;
	return OK;
}

int
flow_mail_server_alarm_end(struct tx *tx)
{
	(void)tx;
	return OK;
}

/* ---- helpers ---- */

static struct case_plan
plan(const char *title)
{
	return (struct case_plan){ .requester = &province.ward,
		.owner = &province.health,
		.creator = &province.an,
		.title = title,
		.is_received = true };
}

static int64_t
number(struct task *t, const char *sql)
{
	struct db_rows *r;

	assert_ok(t, db_query_(t, &r, sql, DB_PARAMS_()));
	assert_true(db_next(r));
	return db_int(r, 0);
}

/* Waits for a fact, not for a time. */
static void
until(struct task *t, const char *sql, int64_t wanted)
{
	int64_t end = clock_monotonic_us() + 20 * INT64_C(1000000);

	while (number(t, sql) != wanted) {
		if (clock_monotonic_us() > end) {
			print_error("in vain: %s\n", sql);
			assert_int_equal(number(t, sql), wanted);
		}
		task_sleep(t, 5);
	}
}

static void
end_loops(struct task *t)
{
	jobs_stop();
	while (task_count() > 1)
		task_sleep(t, 5);
}

static void
empty(struct task *t)
{
	assert_ok(t, db_exec(t, NULL, "DELETE FROM timer"));
	assert_ok(t, db_exec(t, NULL, "DELETE FROM mail"));
	memset(&played, 0, sizeof played);
}

/* ---- tests ---- */

static void
mail(struct task *t, void *arg)
{
	struct case_plan good = plan("good"), bad = plan("bad"), last = plan("last");
	struct mail_row *list;
	char *path;
	int count;

	(void)arg;
	empty(t);
	good.mails = bad.mails = last.mails = 1;
	make_case(t, &bad);
	assert_ok(t, db_exec(t, NULL, "UPDATE mail SET address = 'no address'"));
	make_case(t, &good);
	jobs_start(&cfg);
	until(t, "SELECT COUNT(*) FROM mail WHERE state = 'sent'", 1);
	until(t, "SELECT COUNT(*) FROM mail WHERE state = 'failed' AND next_at IS NULL", 1);
	make_case(t, &last);
	jobs_wake();
	until(t, "SELECT COUNT(*) FROM mail WHERE state = 'sent' AND sent_at IS NOT NULL", 2);
	end_loops(t);
	assert_ok(t, store_mail_list(t, last.c.id, 0, 1, &list, &count));
	path = arena_printf(
	    task_arena(t), "%s/%08lld-%s.eml", mail_dir, (long long)list[0].id, last.c.number);
	assert_int_equal(access(path, R_OK), 0);
}

static void
mail_is_sent_and_a_bad_one_holds_up_nobody(void **state)
{
	(void)state;
	db_test_run(mail);
}

static void
mail_again(struct task *t, void *arg)
{
	struct case_plan p = plan("again");

	(void)arg;
	empty(t);
	p.mails = 1;
	make_case(t, &p);
	cfg.mail_dir = "/proc/no-such-folder";
	jobs_start(&cfg);
	until(t, "SELECT COUNT(*) FROM mail WHERE attempts = 1 AND last_error IS NOT NULL", 1);
	until(t, "SELECT COUNT(*) FROM mail WHERE state = 'waiting' AND next_at IS NOT NULL", 1);
	end_loops(t);
	assert_true(
	    number(t, "SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), next_at) FROM mail") > 15);
	cfg.mail_dir = mail_dir;
	assert_ok(t, db_exec(t, NULL, "UPDATE mail SET next_at = '2026-11-05'")); /* time passes */
	jobs_start(&cfg);
	until(t, "SELECT COUNT(*) FROM mail WHERE state = 'sent' AND attempts = 2", 1);
	end_loops(t);
}

static void
mail_that_cannot_go_now_goes_later(void **state)
{
	(void)state;
	db_test_run(mail_again);
}

static void
timers(struct task *t, void *arg)
{
	struct case_plan broken = plan("broken"), sound = plan("sound");

	(void)arg;
	empty(t);
	broken.timers = sound.timers = 1;
	make_case(t, &broken);
	make_case(t, &sound);
	played.failing_case = broken.c.id;
	jobs_start(&cfg);
	until(t, "SELECT COUNT(*) FROM timer", 1);
	until(t, "SELECT COUNT(*) FROM timer WHERE last_error = 'this case is broken'", 1);
	end_loops(t);
	assert_int_equal(played.fired, 1);
	assert_int_equal(played.failed, 1);
	assert_true(number(t, "SELECT next_at > UTC_TIMESTAMP() FROM timer"));
	assert_ok(t, db_exec(t, NULL, "UPDATE timer SET next_at = '2026-11-05', attempts = 11"));
	jobs_start(&cfg);
	until(t,
	    "SELECT COUNT(*) FROM timer WHERE next_at > UTC_TIMESTAMP() + INTERVAL 40 MINUTE AND "
	    "attempts = 12",
	    1);
	end_loops(t);
}

static void
a_timer_that_fails_waits_and_holds_up_nobody(void **state)
{
	(void)state;
	db_test_run(timers);
}

/* The three timers of the slow case come first, the others while its first is under way. */
static void
lanes(struct task *t, void *arg)
{
	enum { OTHERS = 20 };
	struct case_plan slow = plan("slow"), other = plan("other");

	(void)arg;
	empty(t);
	make_case(t, &slow);
	for (int i = 1; i <= 3; i++)
		assert_ok(t, db_exec(t, NULL,
				 "INSERT INTO timer (case_id, timer_id, event, started_at, due_at, "
				 "next_at) SELECT ?, ?, 'REMIND', d, d, d FROM (SELECT "
				 "'2026-11-05' + INTERVAL ? SECOND d) q",
				 DB_INT(slow.c.id), DB_INT(i), DB_INT(i)));
	other.timers = 1;
	for (int i = 0; i < OTHERS; i++)
		make_case(t, &other);
	played.slow_case = slow.c.id;
	played.wait_for = OTHERS;
	jobs_start(&cfg);
	until(t, "SELECT COUNT(*) FROM timer", 0);
	end_loops(t);
	assert_int_equal(played.fired, OTHERS + 3);
	assert_int_equal(played.slow_order, 123);
}

static void
a_slow_case_holds_up_no_other_and_its_timers_keep_their_order(void **state)
{
	(void)state;
	db_test_run(lanes);
}

static void
watching(struct task *t, void *arg)
{
	struct case_plan before = plan("before"), after = plan("after");
	int64_t end = clock_monotonic_us() + 20 * INT64_C(1000000);

	(void)arg;
	empty(t);
	make_case(t, &before);
	jobs_start(&cfg);
	while (played.clock_looks < 3 || played.schedule_looks == 0)
		task_sleep(t, 5);
	played.told = 0; /* of what other tests left behind the watcher's last look */
	make_case(t, &after);
	while (played.told == 0 && clock_monotonic_us() < end)
		task_sleep(t, 5);
	task_sleep(t, 100); /* several looks more: it is told once */
	end_loops(t);
	assert_int_equal(played.told, 1);
	assert_int_equal(played.last.case_id, after.c.id);
	assert_int_equal(played.last.version, 1);
	assert_int_equal(played.last.agency_count, 4); /* requester, owner, ict, office */
}

static void
the_commit_of_another_process_is_told_once(void **state)
{
	(void)state;
	db_test_run(watching);
}

static int
start(void **state)
{
	assert_non_null(mkdtemp(mail_dir));
	return province_start(state);
}

static int
stop(void **state)
{
	char text[64];

	snprintf(text, sizeof text, "rm -rf %s", mail_dir);
	return province_stop(state) || system(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mail_is_sent_and_a_bad_one_holds_up_nobody),
		cmocka_unit_test(mail_that_cannot_go_now_goes_later),
		cmocka_unit_test(a_timer_that_fails_waits_and_holds_up_nobody),
		cmocka_unit_test(a_slow_case_holds_up_no_other_and_its_timers_keep_their_order),
		cmocka_unit_test(the_commit_of_another_process_is_told_once),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
