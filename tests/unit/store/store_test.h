/* store_test: a small province in a private database, for the tests of store. Include after
 * cmocka.h. */
#ifndef LT_STORE_TEST_H
#define LT_STORE_TEST_H

#include "../../lib/db_test.h"
#include "store.h"

#define HOUR_US ((int64_t)3600 * 1000000)

static const int64_t day_one = 1793853045123456; /* 2026-11-05 */

struct province {
	struct agency ward, health, ict, office;
	struct person an, binh, chi; /* focal points of ward, health, ict */
	struct service poor;
	int64_t version_id;
};

static struct province province;

static inline int
add_agency(struct tx *tx, struct agency *a, const char *code, const char *name, const char *role)
{
	*a = (struct agency){
		.code = code, .name_vi = name, .name_en = name, .kind = "so", .role = role
	};
	return store_agency_add(tx, a);
}

static inline int
add_person(struct tx *tx, struct person *p, const char *login, const struct agency *at)
{
	struct holding h = { .agency_id = at->id, .post = "focal" };

	*p = (struct person){ .login = login,
		.name = login,
		.email = "x@example.vn",
		.locale = "vi",
		.password_hash = "$argon2id$",
		.is_active = true };
	TRY(store_person_add(tx, p));
	h.person_id = p->id;
	return store_holding_add(tx, &h, day_one - HOUR_US, 0);
}

static inline int
add_service(struct tx *tx, struct service *s, int64_t owner_id, const char *code, const char *name)
{
	*s = (struct service){ .owner_id = owner_id,
		.code = code,
		.name = name,
		.database = "CSDL",
		.form = "default",
		.items = json_keep(tx_arena(tx),
		    json_tokener_parse("[{\"key\": \"ten\", \"name\": \"Tên chủ hộ\"}]")),
		.method = "API",
		.protocol = "REST",
		.authentication = "OAuth2",
		.limit = "",
		.update_frequency = "",
		.use_period = "",
		.personal_data = "có",
		.workflow = "wf-01" };
	return store_service_add(tx, s);
}

static inline int
province_tx(struct tx *tx, void *arg)
{
	struct province *p = arg;

	TRY(add_agency(tx, &p->ward, "H51.1", "UBND Phường 3", NULL));
	TRY(add_agency(tx, &p->health, "H51.2", "Sở Lao động", NULL));
	TRY(add_agency(tx, &p->ict, "H51.3", "Sở TTTT", "ict"));
	TRY(add_agency(tx, &p->office, "H51.4", "Văn phòng UBND", "office"));
	TRY(add_person(tx, &p->an, "an", &p->ward));
	TRY(add_person(tx, &p->binh, "binh", &p->health));
	TRY(add_person(tx, &p->chi, "chi", &p->ict));
	TRY(add_service(tx, &p->poor, p->health.id, "DV008", "Hộ nghèo, hộ cận nghèo"));
	return store_workflow_version_keep(tx, "wf-01",
	    "0123456789012345678901234567890123456789012345678901234567890123", "{}", day_one,
	    &p->version_id);
}

static inline void
province_make(struct task *t, void *arg)
{
	int applied;

	(void)arg;
	assert_ok(t, db_migrate(t, "db/migrations", &applied));
	assert_true(applied >= 1);
	assert_ok(t, tx_run(t, province_tx, &province));
}

static inline int
province_start(void **state)
{
	(void)state;
	db_test_server_start("");
	db_test_run(province_make);
	return 0;
}

static inline int
province_stop(void **state)
{
	(void)state;
	db_test_server_stop();
	return 0;
}

/* ---- a case, made and moved on in one call each ---- */

#define HASH "abcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcd"

struct case_plan {
	const struct agency *requester, *owner;
	const struct person *creator;
	const char *title;
	bool is_received;
	int64_t due_at; /* of its task */
	int mails, timers;
	struct case_row c; /* out */
};

static inline struct write_set
write_set_of(struct case_plan *p, struct task_write *task)
{
	*task = (struct task_write){ .state_id = "review",
		.post = "focal",
		.of = "owner",
		.agency_id = p->owner->id,
		.title_vi = "Xem",
		.title_en = "Review",
		.term = "request.answer",
		.due_at = p->due_at };
	p->c.version++;
	p->c.head_hash = HASH;
	return (struct write_set){ .c = p->c,
		.expected_version = p->c.version - 1,
		.event = { .type = "START",
		    .kind = "person",
		    .actor_id = p->creator->id,
		    .actor_name = p->creator->name,
		    .from_states = "",
		    .to_states = "review wait",
		    .at = day_one,
		    .prev_hash = HASH,
		    .hash = HASH },
		.tasks = task,
		.task_count = 1 };
}

static inline int
case_tx(struct tx *tx, void *arg)
{
	struct case_plan *p = arg;
	struct task_write task;
	struct timer_write timer = { .timer_id = "remind",
		.event = "REMIND",
		.started_at = day_one,
		.due_at = day_one + HOUR_US };
	struct mail_write mail = { .person_id = province.binh.id,
		.address = "b@example.vn",
		.name = "Bình",
		.subject = "Hồ sơ mới",
		.text = "…",
		.html = "<p>…</p>",
		.template_name = "new" };
	/* who sees it: the requester at once, the others from receipt on */
	int64_t viewers[] = { p->requester->id, p->owner->id, province.ict.id, province.office.id };
	struct write_set ws;

	p->c = (struct case_row){ .workflow = "wf-01",
		.workflow_version_id = province.version_id,
		.regime = "VN-ND47-2020",
		.calendar = "vn",
		.requester_id = p->requester->id,
		.owner_id = p->owner->id,
		.service_id = province.poor.id,
		.created_by = p->creator->id,
		.title = p->title,
		.snapshot = json_keep(tx_arena(tx), json_tokener_parse("{\"s\": 1}")),
		.context = json_keep(tx_arena(tx), json_tokener_parse("{\"fields\": {}}")),
		.is_open = true,
		.created_at = day_one,
		.received_at = p->is_received ? day_one : 0,
		.due_at = p->due_at };
	TRY(store_case_create(tx, "STG", "YC", 2026, &p->c));
	TRY(store_case_index(
	    tx, p->c.id, arena_printf(tx_arena(tx), "%s %s", p->c.number, p->title)));
	ws = write_set_of(p, &task);
	ws.viewers = viewers;
	ws.viewer_count = p->is_received ? LEN(viewers) : 1;
	ws.timers = &timer;
	ws.timer_count = p->timers;
	ws.mails = &mail;
	ws.mail_count = p->mails;
	return store_write(tx, &ws);
}

static inline void
make_case(struct task *t, struct case_plan *p)
{
	assert_ok(t, tx_run(t, case_tx, p));
}

#endif
