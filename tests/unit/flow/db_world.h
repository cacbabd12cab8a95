/*
 * What the tests of flow with a database share: four agencies, their people, one service, the real
 * definitions, and a clock that stands where the test puts it. Include first.
 */
#ifndef LT_FLOW_DB_WORLD_H
#define LT_FLOW_DB_WORLD_H

#include "flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <sodium.h>

#include <cmocka.h>
#undef fail /* of cmocka; ours is meant */

#include "../../lib/db_test.h"

#define PASSWORD "mật khẩu đúng"
#define DAY_US INT64_C(86400000000)

static const int64_t wednesday = 1793755800000000; /* 2026-11-04, 8.30 in the province */

static const char *world_definitions = "."; /* the real ones, unless a test has its own */

static struct {
	struct agency ward, labour, ict, office, other;
	struct service poor;
} world;

static inline int
add_agency(struct tx *tx, struct agency *a, const char *code, const char *name, const char *role)
{
	*a = (struct agency){
		.code = code, .name_vi = name, .name_en = name, .kind = "so", .role = role
	};
	return store_agency_add(tx, a);
}

static inline int
add_post(struct tx *tx, int64_t person_id, int64_t agency_id, const char *post)
{
	struct holding h = { .person_id = person_id, .agency_id = agency_id, .post = post };

	return store_holding_add(tx, &h, DAY_US, 0);
}

static inline int
add_person(struct tx *tx, const char *login, const struct agency *at, const char *post)
{
	static char hash[crypto_pwhash_STRBYTES];
	struct person p = { .login = login,
		.name = login,
		.email = "x@example.vn",
		.locale = "vi",
		.password_hash = hash,
		.is_active = true };

	if (hash[0] == '\0' &&
	    crypto_pwhash_str(hash, PASSWORD, strlen(PASSWORD), crypto_pwhash_OPSLIMIT_INTERACTIVE,
		crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		abort();
	TRY(store_person_add(tx, &p));
	return add_post(tx, p.id, at->id, post);
}

static inline int
add_service(struct tx *tx)
{
	world.poor = (struct service){ .owner_id = world.labour.id,
		.code = "DV008",
		.name = "Hộ nghèo, hộ cận nghèo",
		.database = "CSDL",
		.form = "default",
		.items = json_keep(tx_arena(tx),
		    json_tokener_parse("[{\"key\": \"loai\", \"name\": \"Loại hộ\"},"
				       "{\"key\": \"ky\", \"name\": \"Kỳ rà soát\"}]")),
		.method = "a",
		.protocol = "REST",
		.authentication = "OAuth2",
		.limit = "60",
		.update_frequency = "quý",
		.use_period = "-",
		.personal_data = "có",
		.workflow = "wf-01" };
	return store_service_add(tx, &world.poor);
}

static inline int
world_tx(struct tx *tx, void *arg)
{
	(void)arg;
	TRY(add_agency(tx, &world.ward, "H51.19.3", "UBND Phường 3", NULL));
	TRY(add_agency(tx, &world.labour, "H51.5", "Sở LĐTBXH", NULL));
	TRY(add_agency(tx, &world.ict, "H51.2", "Sở TTTT", "ict"));
	TRY(add_agency(tx, &world.office, "H51.1", "Văn phòng UBND tỉnh", "office"));
	TRY(add_agency(tx, &world.other, "H51.7", "Sở Tài chính", NULL));
	TRY(add_person(tx, "lan", &world.ward, "focal"));
	TRY(add_person(tx, "hung", &world.ward, "head"));
	TRY(add_person(tx, "minh", &world.labour, "focal"));
	TRY(add_person(tx, "tam", &world.labour, "head"));
	TRY(add_person(tx, "ict", &world.ict, "focal"));
	TRY(add_person(tx, "stranger", &world.other, "focal"));
	return add_service(tx);
}

/* ---- clock and people ---- */

static inline void
clock_set(int64_t at)
{
	clock_set_offset(at - (clock_now() - clock_offset()));
}

static inline struct actor
actor(struct task *t, const char *login)
{
	struct person p;
	struct actor who;

	assert_ok(t, store_person_by_login(t, login, &p));
	assert_ok(t, flow_actor(t, p.id, &who));
	return who;
}

static inline struct json_object *
json(struct task *t, const char *text)
{
	return json_keep(task_arena(t), json_tokener_parse(text));
}

/* ---- one request ---- */

static inline struct json_object *
form(struct task *t)
{
	return json(t,
	    "{\"purpose\": \"Giải quyết thủ tục hỗ trợ học phí cho hộ nghèo của phường\","
	    "\"use_solution\": \"Công chức một cửa tra cứu, không lưu giữ\","
	    "\"items\": [\"Loại hộ\"], \"quantity\": \"350 hộ\", \"frequency\": \"40 lượt/ngày\","
	    "\"legal_ground\": \"Nghị định 81/2021/NĐ-CP\", \"personal_data\": false,"
	    "\"contact_name\": \"Lan\", \"contact_phone\": \"0299 3800100\","
	    "\"contact_email\": \"lan@example.vn\", \"no_state_secret\": true}");
}

static inline struct flow_start
request(struct task *t)
{
	return (struct flow_start){ .workflow = "wf-01", .service = "DV008", .fields = form(t) };
}

static inline int
try_start(struct task *t, const char *login, const struct flow_start *in, struct flow_result *out)
{
	struct actor who = actor(t, login);

	return flow_start(t, &who, in, out);
}

static inline int
try_send(struct task *t, const char *login, int64_t case_id, const char *type, const char *data,
    struct flow_result *out)
{
	struct actor who = actor(t, login);
	struct flow_event ev = {
		.case_id = case_id, .type = type, .data = data ? json(t, data) : NULL
	};

	return flow_send(t, &who, &ev, out);
}

static inline int64_t
started(struct task *t)
{
	struct flow_start in = request(t);
	struct flow_result out;

	assert_ok(t, try_start(t, "lan", &in, &out));
	return out.case_id;
}

static inline int64_t
received(struct task *t)
{
	int64_t id = started(t);
	struct flow_result out;

	assert_ok(t, try_send(t, "hung", id, "SIGN", NULL, &out));
	assert_ok(t, try_send(t, "minh", id, "RECEIVE", NULL, &out));
	return id;
}

/* ---- set-up: server once a file; a fresh flow for each body ---- */

static inline void
make_world(struct task *t, void *arg)
{
	int applied;

	(void)arg;
	assert_ok(t, db_migrate(t, "db/migrations", &applied));
	assert_ok(t, tx_run(t, world_tx, NULL));
}

static inline int
world_start(void **state)
{
	(void)state;
	if (sodium_init() < 0)
		return -1;
	db_test_server_start("");
	db_test_run(make_world);
	return 0;
}

static inline int
world_stop(void **state)
{
	(void)state;
	db_test_server_stop();
	return 0;
}

static inline void
in_world_task(struct task *t, void *body)
{
	struct flow_config cfg = { .definitions_dir = world_definitions,
		.province = "STG",
		.calendar = "vn",
		.base_url = "http://lienthong.example",
		.is_demo = true };
	const struct error_list *errors;

	if (flow_open(t, &cfg) != OK) {
		errors = task_error_list(t);
		print_error("%s\n", task_error_text(t));
		for (const struct error_item *e = errors ? errors->first : NULL; e; e = e->next)
			print_error("  %s %s\n", e->pointer, e->message);
		abort();
	}
	clock_set(wednesday);
	(*(void (**)(struct task *))body)(t);
	clock_set_offset(0);
}

static inline void
in_world(void (*body)(struct task *t))
{
	struct db_config cfg = db_test_config();

	db_test_run_with(&cfg, in_world_task, &body);
	flow_close();
}

#define WORLD_TEST(name)                                                                           \
	static void name##_(struct task *t);                                                       \
	static void name(void **state)                                                             \
	{                                                                                          \
		(void)state;                                                                       \
		in_world(name##_);                                                                 \
	}                                                                                          \
	static void name##_(struct task *t)

#endif
