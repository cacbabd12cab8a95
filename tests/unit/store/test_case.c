/* A case: written whole or not at all, listed to whom it concerns, found by its words. */
#include "store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail /* of cmocka; ours is meant */

#include "store_test.h"

static int64_t
count_of(struct task *t, const char *sql, int64_t case_id)
{
	struct db_rows *r;

	assert_ok(t, db_query(t, &r, sql, DB_INT(case_id)));
	assert_true(db_next(r));
	return db_int(r, 0);
}

/* ---- writing ---- */

static int
read_back(struct tx *tx, void *arg)
{
	struct case_plan *p = arg;
	struct event_row *events;
	struct task_row *tasks;
	struct timer_write *timers;
	struct mail_row *mails;
	struct case_line line;
	struct case_row c;
	int count;

	TRY(store_case_read(tx, p->c.id, &c));
	assert_int_equal(c.version, 1);
	assert_string_equal(c.title, p->title);
	assert_string_equal(c.head_hash, HASH);
	assert_int_equal(json_int(c.snapshot, "s", 0), 1);
	assert_int_equal(c.received_at, day_one);
	TRY(store_events(tx, p->c.id, &events, &count));
	assert_int_equal(count, 1);
	assert_string_equal(events[0].e.actor_name, "an");
	assert_int_equal(events[0].e.at, day_one);
	assert_null(events[0].e.data);
	TRY(store_tasks_open(tx, p->c.id, &tasks, &count));
	assert_int_equal(count, 1);
	assert_int_equal(tasks[0].due_at, p->due_at);
	TRY(store_timers_of_case(tx, p->c.id, &timers, &count));
	assert_int_equal(count, 1);
	TRY(store_mails_of_case(tx, p->c.id, &mails, &count));
	assert_int_equal(count, 1);
	assert_string_equal(mails[0].state, "waiting");
	assert_string_equal(mails[0].case_number, p->c.number);
	TRY(store_case_line(tx, p->c.id, &line));
	assert_string_equal(line.active_states, "review wait");
	assert_string_equal(line.requester_vi, "UBND Phường 3");
	assert_string_equal(line.service_code, "DV008");
	return OK;
}

static struct case_plan
plan(const char *title)
{
	return (struct case_plan){ .requester = &province.ward,
		.owner = &province.health,
		.creator = &province.an,
		.title = title,
		.is_received = true,
		.due_at = day_one + 24 * HOUR_US,
		.mails = 1,
		.timers = 1 };
}

static void
writing(struct task *t, void *arg)
{
	struct case_plan p = plan("Hộ nghèo của phường"), q = plan("Một hồ sơ khác");

	(void)arg;
	make_case(t, &p);
	assert_string_equal(p.c.number, "STG-YC-2026-00001");
	assert_ok(t, tx_run(t, read_back, &p));
	make_case(t, &q);
	assert_string_equal(q.c.number, "STG-YC-2026-00002");
}

static void
a_case_is_written_and_read_back(void **state)
{
	(void)state;
	db_test_run(writing);
}

/* Moves on: closes the task, cancels the timer, opens another task. */
static int
move_tx(struct tx *tx, void *arg)
{
	static const char *const states[] = { "review", NULL };
	static const char *const timers[] = { "remind", NULL };
	struct case_plan *p = arg, copy = *p;
	struct task_write task;
	struct write_set ws = write_set_of(&copy, &task);

	ws.closed_states = states;
	ws.cancelled_timers = timers;
	TRY(store_write(tx, &ws));
	p->c.version++;
	return OK;
}

static int
move_and_fail(struct tx *tx, void *arg)
{
	struct case_plan copy = *(struct case_plan *)arg;

	TRY(move_tx(tx, &copy));
	return fail(tx_task(tx), E_INVALID, "changed my mind");
}

static int
move_stale(struct tx *tx, void *arg)
{
	struct case_plan copy = *(struct case_plan *)arg;

	copy.c.version = 0;
	return move_tx(tx, &copy);
}

static void
atomic(struct task *t, void *arg)
{
	struct case_plan p = plan("Nguyên tử");

	(void)arg;
	make_case(t, &p);
	assert_int_equal(tx_run(t, move_and_fail, &p), E_INVALID);
	assert_int_equal(tx_run(t, move_stale, &p), E_STALE);
	assert_int_equal(count_of(t, "SELECT version FROM cases WHERE id = ?", p.c.id), 1);
	assert_int_equal(count_of(t, "SELECT COUNT(*) FROM event WHERE case_id = ?", p.c.id), 1);
	assert_int_equal(count_of(t, "SELECT COUNT(*) FROM timer WHERE case_id = ?", p.c.id), 1);
	assert_ok(t, tx_run(t, move_tx, &p));
	assert_int_equal(count_of(t, "SELECT COUNT(*) FROM event WHERE case_id = ?", p.c.id), 2);
	assert_int_equal(count_of(t, "SELECT COUNT(*) FROM timer WHERE case_id = ?", p.c.id), 0);
	assert_int_equal(
	    count_of(t, "SELECT COUNT(*) FROM task WHERE case_id = ? AND is_open = 1", p.c.id), 1);
	assert_int_equal(
	    count_of(
		t, "SELECT COUNT(*) FROM task WHERE case_id = ? AND closed_at IS NOT NULL", p.c.id),
	    1);
}

static void
an_event_is_written_whole_or_not_at_all(void **state)
{
	(void)state;
	db_test_run(atomic);
}

/* ---- lists ---- */

static int64_t
listed(struct task *t, struct case_query q, int64_t *first)
{
	struct case_line *list;
	struct holding *posts;
	int64_t total, agencies[8];
	int count;

	q.at = day_one + 48 * HOUR_US;
	q.limit = q.limit ? q.limit : 50;
	assert_ok(t, store_holdings_of_person(t, q.person_id, q.at, NULL, &posts, &q.agency_count));
	assert_in_range(q.agency_count, 0, LEN(agencies));
	for (int i = 0; i < q.agency_count; i++)
		agencies[i] = posts[i].agency_id;
	q.agency_ids = agencies;
	assert_ok(t, store_case_list(t, &q, &list, &count, &total));
	if (first)
		*first = count > 0 ? list[0].c.id : 0;
	for (int i = 1; i < count; i++)
		assert_true(list[i - 1].c.id > list[i].c.id);
	assert_int_equal(count, total < q.limit ? total : q.limit);
	return total;
}

static void
lists(struct task *t, void *arg)
{
	struct case_plan seen = plan("Xin dữ liệu đất đai Thới An"), unsent = plan("Chưa gửi");
	struct case_plan other = plan("Của người khác");
	int64_t before = listed(t, (struct case_query){ .person_id = province.an.id }, NULL);
	int64_t ict = listed(t, (struct case_query){ .person_id = province.chi.id }, NULL);
	int64_t first, mine;

	(void)arg;
	mine = listed(t, (struct case_query){ .person_id = province.binh.id }, NULL);
	make_case(t, &seen);
	unsent.is_received = false;
	unsent.due_at = 0;
	make_case(t, &unsent);
	other.requester = &province.ict;
	other.owner = &province.ward;
	other.creator = &province.chi;
	make_case(t, &other);
	/* the owner sees what was received, not what the requester still prepares */
	assert_int_equal(
	    listed(t, (struct case_query){ .person_id = province.binh.id }, &first), mine + 1);
	assert_int_equal(first, seen.c.id);
	assert_int_equal(
	    listed(t, (struct case_query){ .person_id = province.an.id }, &first), before + 3);
	assert_int_equal(first, other.c.id);
	assert_int_equal(
	    listed(t, (struct case_query){ .person_id = province.an.id, .only_mine = true }, NULL),
	    before + 2);
	assert_int_equal(
	    listed(t, (struct case_query){ .person_id = province.chi.id }, NULL), ict + 2);
	assert_int_equal(
	    listed(t, (struct case_query){ .person_id = province.an.id, .state = "closed" }, NULL),
	    0);
	assert_int_equal(
	    listed(t, (struct case_query){ .person_id = province.an.id, .state = "open" }, NULL),
	    before + 3);
	assert_int_equal(
	    listed(t, (struct case_query){ .person_id = province.an.id, .state = "overdue" }, NULL),
	    before + 2);
	listed(t,
	    (struct case_query){ .person_id = province.an.id, .limit = 1, .before_id = other.c.id },
	    &first);
}

static void
a_list_shows_what_concerns_a_person(void **state)
{
	(void)state;
	db_test_run(lists);
}

static int64_t
found(struct task *t, const char *text, const struct person *who)
{
	return listed(t, (struct case_query){ .person_id = who->id, .text = text }, NULL);
}

static void
search(struct task *t, void *arg)
{
	struct case_plan p = plan("Bản đồ Quy hoạch thủy lợi huyện Kế Sách");

	(void)arg;
	make_case(t, &p);
	assert_int_equal(found(t, "quy hoach", &province.an), 1);
	assert_int_equal(found(t, "QUY HOẠCH THỦY", &province.an), 1);
	assert_int_equal(found(t, "sách kế huyện lợi thủy hoạch quy đồ", &province.an), 1);
	assert_int_equal(found(t, "hoach tau", &province.an), 0);
	assert_int_equal(found(t, "ke sa", &province.an), 1);
	assert_int_equal(found(t, p.c.number, &province.an), 1);
	assert_true(found(t, strrchr(p.c.number, '-') + 1, &province.an) >= 1);
	assert_int_equal(found(t, "quy hoach", &province.chi), 1);
	assert_int_equal(found(t, "%' OR 1=1 --", &province.an), 0);
}

static void
a_case_is_found_by_its_words_without_accents(void **state)
{
	(void)state;
	db_test_run(search);
}

/* ---- services ---- */

static void
services(struct task *t, void *arg)
{
	struct service *list;
	int64_t total;
	int count;

	(void)arg;
	assert_ok(t, store_service_search(t, "ho ngheo", NULL, NULL, 10, &list, &count, &total));
	assert_int_equal(count, 1);
	assert_int_equal(total, 1);
	assert_string_equal(list[0].name, "Hộ nghèo, hộ cận nghèo");
	assert_int_equal(json_object_array_length(list[0].items), 1);
	assert_ok(t,
	    store_service_search(t, "nghèo lao độ", "default", "H51.2", 10, &list, &count, &total));
	assert_int_equal(count, 1);
	assert_ok(t, store_service_search(t, "tên chủ hộ", NULL, NULL, 10, &list, &count, &total));
	assert_int_equal(count, 1);
	assert_ok(t, store_service_search(t, NULL, "open", NULL, 10, &list, &count, &total));
	assert_int_equal(count, 0);
	assert_ok(t, store_service_search(t, "ngheo xe", NULL, NULL, 10, &list, &count, &total));
	assert_int_equal(count, 0);
	assert_ok(t, store_service_search(t, "  ", NULL, NULL, 10, &list, &count, &total));
	assert_int_equal(count, 1);
}

static void
a_service_is_found_by_name_owner_and_items(void **state)
{
	(void)state;
	db_test_run(services);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_case_is_written_and_read_back),
		cmocka_unit_test(an_event_is_written_whole_or_not_at_all),
		cmocka_unit_test(a_list_shows_what_concerns_a_person),
		cmocka_unit_test(a_case_is_found_by_its_words_without_accents),
		cmocka_unit_test(a_service_is_found_by_name_owner_and_items),
	};

	return cmocka_run_group_tests(tests, province_start, province_stop);
}
