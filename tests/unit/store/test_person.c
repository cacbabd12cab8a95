/* People's own things: sign-in, sessions, drafts, keys of requests, settings. */
#include "store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail /* of cmocka; ours is meant */

#include "store_test.h"

/* ---- people ---- */

struct holders {
	struct holding *holdings;
	struct person *people;
	int count;
};

static int
holders_tx(struct tx *tx, void *arg)
{
	struct holders *h = arg;
	int64_t ids[] = { province.ward.id, province.health.id, province.ict.id };

	return store_holdings_of_agencies(
	    tx, ids, LEN(ids), day_one, &h->holdings, &h->people, &h->count);
}

static int
agencies_tx(struct tx *tx, void *arg)
{
	struct agency a;

	(void)arg;
	TRY(store_agency_by_code(tx, "H51.1", &a));
	assert_int_equal(a.id, province.ward.id);
	return store_agency_by_code(tx, "none", &a);
}

static void
people(struct task *t, void *arg)
{
	struct holders h;
	struct person p, *accounts;
	struct holding *posts;
	struct agency *agencies;
	int count;

	(void)arg;
	assert_ok(t, store_person_by_login(t, "an", &p));
	assert_string_equal(p.password_hash, "$argon2id$");
	assert_true(p.is_active);
	assert_ok(t, store_person_by_id(t, p.id, &p));
	assert_null(p.password_hash);
	assert_int_equal(store_person_by_login(t, "AN", &p), E_NOT_FOUND);
	assert_ok(t, tx_run(t, holders_tx, &h));
	assert_int_equal(h.count, 3); /* requester, owner, ict */
	assert_string_equal(h.people[2].login, "chi");
	assert_string_equal(h.holdings[2].agency_role, "ict");
	assert_ok(t, store_account_list(t, &accounts, &posts, &count));
	assert_int_equal(count, 3);
	assert_string_equal(posts[1].agency_code, "H51.2");
	assert_ok(t, store_agency_list(t, &agencies, &count));
	assert_int_equal(count, 4);
	assert_true(agencies[1].has_services);
	assert_false(agencies[0].has_services);
	assert_int_equal(tx_run(t, agencies_tx, NULL), E_NOT_FOUND);
}

static void
people_and_their_posts_are_found(void **state)
{
	(void)state;
	db_test_run(people);
}

/* ---- sessions ---- */

static void
sessions(struct task *t, void *arg)
{
	int64_t id, found, person, first_at, deleted;
	bool is_live;
	int count;

	(void)arg;
	assert_ok(
	    t, store_session_add(t, province.an.id, HASH, "127.0.0.1", day_one + HOUR_US, &id));
	assert_ok(t, store_session_by_secret(t, HASH, day_one, &found, &person));
	assert_int_equal(found, id);
	assert_int_equal(person, province.an.id);
	assert_int_equal(
	    store_session_by_secret(t, HASH, day_one + HOUR_US, &found, &person), E_NOT_FOUND);
	assert_ok(t, store_session_is_live(t, id, province.an.id, day_one, &is_live));
	assert_true(is_live);
	assert_ok(t, store_session_revoke(t, id, day_one));
	assert_ok(t, store_session_is_live(t, id, province.an.id, day_one, &is_live));
	assert_false(is_live);
	assert_int_equal(store_session_by_secret(t, HASH, day_one, &found, &person), E_NOT_FOUND);

	for (int i = 0; i < 3; i++)
		assert_ok(t, store_sign_in_failure_add(t, "login:an", day_one + i));
	assert_ok(t, store_sign_in_failures(t, "login:an", day_one + 1, &count, &first_at));
	assert_int_equal(count, 2);
	assert_int_equal(first_at, day_one + 1);
	assert_ok(t, store_sign_in_failures_clear(t, "login:an"));
	assert_ok(t, store_sign_in_failures(t, "login:an", day_one, &count, &first_at));
	assert_int_equal(count, 0);
	assert_int_equal(first_at, 0);
	assert_ok(t, store_clean(t, day_one + 2 * HOUR_US, &deleted));
	assert_int_equal(deleted, 1);
}

static void
a_session_lives_until_revoked_or_expired(void **state)
{
	(void)state;
	db_test_run(sessions);
}

/* ---- drafts ---- */

static void
drafts(struct task *t, void *arg)
{
	struct draft d = { .person_id = province.an.id,
		.workflow = "wf-01",
		.service_id = province.poor.id,
		.updated_at = day_one };
	struct draft mine, other_window, *list;
	int count;

	(void)arg;
	d.fields = json_keep(task_arena(t), json_tokener_parse("{\"purpose\": \"Xét hộ nghèo\"}"));
	assert_ok(t, store_draft_add(t, &d));
	assert_int_equal(d.version, 1);
	assert_ok(t, store_draft_read(t, province.an.id, d.id, &mine));
	assert_string_equal(json_str(mine.fields, "purpose"), "Xét hộ nghèo");
	assert_string_equal(mine.service_code, "DV008");
	assert_null(mine.agency_code);
	other_window = mine;
	assert_ok(t, store_draft_save(t, &mine));
	assert_int_equal(mine.version, 2);
	assert_int_equal(store_draft_save(t, &other_window), E_STALE);
	assert_int_equal(other_window.version, 1);
	assert_int_equal(store_draft_read(t, province.binh.id, d.id, &mine), E_NOT_FOUND);
	other_window.person_id = province.binh.id;
	assert_int_equal(store_draft_save(t, &other_window), E_NOT_FOUND);
	assert_int_equal(store_draft_delete(t, province.binh.id, d.id), E_NOT_FOUND);
	assert_ok(t, store_draft_list(t, province.an.id, &list, &count));
	assert_int_equal(count, 1);
	assert_ok(t, store_draft_delete(t, province.an.id, d.id));
	assert_int_equal(store_draft_delete(t, province.an.id, d.id), E_NOT_FOUND);
}

static void
a_draft_is_ones_own_and_its_version_guards_it(void **state)
{
	(void)state;
	db_test_run(drafts);
}

/* ---- idempotency ---- */

struct keyed {
	struct task *waiter;
	int *left;
	int done; /* times the work was done */
	bool give_up;
	bool is_new;
	int64_t found_case;
};

static int
keyed_tx(struct tx *tx, void *arg)
{
	struct keyed *k = arg;
	struct idempotency key = { .person_id = province.an.id,
		.key = "key-1",
		.request_hash = HASH,
		.case_id = 77,
		.version = 3 };
	struct idempotency found;

	TRY(store_idempotency_claim(tx, &key, day_one, &k->is_new, &found));
	if (!k->is_new) {
		k->found_case = found.case_id;
		return OK;
	}
	task_sleep(tx_task(tx), 30); /* the other meets the key in flight */
	if (k->give_up)
		return fail(tx_task(tx), E_INVALID, "not done");
	k->done++;
	return store_idempotency_finish(tx, &key);
}

static void
keyed_task(struct task *t, void *arg)
{
	struct keyed *k = arg;
	int code = tx_run(t, keyed_tx, k);

	/* whoever gets its connection first is new: on a busy machine not always the one that gives
	 * up */
	assert_int_equal(code, k->give_up && k->is_new ? E_INVALID : OK);
	if (--*k->left == 0)
		task_wake(k->waiter);
}

static void
keys(struct task *t, void *arg)
{
	int left = 3;
	struct keyed k[3] = { { .waiter = t, .left = &left, .give_up = true },
		{ .waiter = t, .left = &left }, { .waiter = t, .left = &left } };

	(void)arg;
	for (int i = 0; i < 3; i++)
		task_start("keyed", keyed_task, &k[i]);
	while (left > 0)
		task_park(t, -1);
	assert_int_equal(k[1].done + k[2].done, 1);
	assert_int_equal(k[1].is_new + k[2].is_new, 1);
	assert_int_equal(k[1].is_new ? k[2].found_case : k[1].found_case, 77);
}

static void
a_key_in_flight_is_waited_for_and_used_once(void **state)
{
	(void)state;
	db_test_run(keys);
}

/* ---- the rest ---- */

static int
keep_version(struct tx *tx, void *arg)
{
	return store_workflow_version_keep(tx, "wf-02", HASH, "{\"id\": \"wf-02\"}", day_one, arg);
}

static int
publish_version(struct tx *tx, void *id)
{
	struct publication p = { .version_id = *(int64_t *)id, .is_shipped = true, .at = day_one };
	bool only_shipped;

	TRY(store_publication_add(tx, "wf-02", &p));
	p.is_shipped = false;
	TRY(store_publication_add(tx, "wf-02", &p));
	TRY(store_publication_lock(tx, "wf-02", &p, &only_shipped));
	assert_string_equal(p.hash, HASH);
	assert_false(p.is_shipped || only_shipped);
	return store_publication_lock(tx, "wf-03", &p, &only_shipped);
}

static void
rest(struct task *t, void *arg)
{
	struct workflow_version *versions;
	struct workflow_current *current;
	int64_t first, again;
	const char *value;
	int count;

	(void)arg;
	assert_ok(t, store_setting(t, "clock", &value));
	assert_null(value);
	assert_ok(t, store_setting_set(t, "clock", "1"));
	assert_ok(t, store_setting_set(t, "clock", "2"));
	assert_ok(t, store_setting(t, "clock", &value));
	assert_string_equal(value, "2");
	assert_ok(t, tx_run(t, keep_version, &first));
	assert_ok(t, tx_run(t, keep_version, &again));
	assert_int_equal(first, again);
	assert_ok(t, tx_run(t, publish_version, &first));
	assert_ok(t, store_workflow_current(t, &current, &count));
	assert_int_equal(count, 1);
	assert_int_equal(current[0].version_id, first);
	assert_ok(t, store_workflow_versions(t, &versions, &count));
	assert_int_equal(versions[count - 1].id, first);
	assert_string_equal(versions[count - 1].machine, "{\"id\": \"wf-02\"}");
}

static void
settings_and_workflow_versions_are_kept(void **state)
{
	(void)state;
	db_test_run(rest);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_and_their_posts_are_found),
		cmocka_unit_test(a_session_lives_until_revoked_or_expired),
		cmocka_unit_test(a_draft_is_ones_own_and_its_version_guards_it),
		cmocka_unit_test(a_key_in_flight_is_waited_for_and_used_once),
		cmocka_unit_test(settings_and_workflow_versions_are_kept),
	};

	return cmocka_run_group_tests(tests, province_start, province_stop);
}
