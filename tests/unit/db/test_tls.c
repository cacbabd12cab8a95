/* tls: the database over TCP, verified against a certificate authority, without stopping the loop.
 */
#include "db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail /* of cmocka; ours is meant */

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../lib/db_test.h"

static char folder[64];
static unsigned port;

static unsigned
free_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&at, len) < 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &len) < 0)
		abort();
	close(fd);
	return ntohs(at.sin_port);
}

/* An authority, a certificate of 127.0.0.1 signed by it, and an authority that signed nothing. */
static void
make_certificates(void)
{
	char text[2048];

	strcpy(folder, "/tmp/lienthong-tls-XXXXXX");
	if (!mkdtemp(folder))
		abort();
	snprintf(text, sizeof(text),
	    "cd %s && chmod 755 . && exec 2>/dev/null && for ca in ca other; do "
	    "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=$ca -keyout $ca.key "
	    "-out $ca.pem; done && "
	    "openssl req -newkey rsa:2048 -nodes -subj /CN=db -keyout db.key -out db.csr && "
	    "echo subjectAltName=IP:127.0.0.1 >ext && "
	    "openssl x509 -req -in db.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 "
	    "-extfile ext -out db.pem && chmod 644 *",
	    folder);
	if (system(text) != 0)
		abort();
}

static int
server_start(void **state)
{
	char options[512];

	(void)state;
	make_certificates();
	port = free_port();
	snprintf(options, sizeof(options),
	    "--skip-networking=0 --bind-address=127.0.0.1 --port=%u --ssl-ca=%s/ca.pem "
	    "--ssl-cert=%s/db.pem --ssl-key=%s/db.key --require-secure-transport=1",
	    port, folder, folder, folder);
	db_test_server_start(options);
	db_test_sql("CREATE USER tls@\"127.0.0.1\" IDENTIFIED BY \"secret\" REQUIRE SSL; "
		    "GRANT ALL ON lienthong.* TO tls@\"127.0.0.1\"");
	return 0;
}

static int
server_stop(void **state)
{
	char text[128];

	(void)state;
	db_test_server_stop();
	snprintf(text, sizeof(text), "rm -rf %s", folder);
	return system(text);
}

static struct db_config
tls_config(char *ca_file, size_t size, const char *ca)
{
	struct db_config cfg = db_test_config();

	snprintf(ca_file, size, "%s/%s.pem", folder, ca);
	cfg.socket = NULL;
	cfg.host = "127.0.0.1";
	cfg.port = port;
	cfg.user = "tls";
	cfg.password = "secret";
	cfg.tls = true;
	cfg.ca_file = ca_file;
	return cfg;
}

static void
encrypted(struct task *t, void *arg)
{
	struct db_rows *r;
	int64_t id;

	(void)arg;
	assert_ok(t, db_query(t, &r,
			 "SELECT variable_value, CONNECTION_ID() FROM "
			 "information_schema.session_status WHERE variable_name = 'Ssl_version'"));
	assert_true(db_next(r));
	assert_non_null(strstr(db_text(r, 0), "TLS"));
	id = db_int(r, 1);
	assert_ok(t, db_query(t, &r, "SELECT CONNECTION_ID()"));
	assert_true(db_next(r));
	assert_int_equal(db_int(r, 0), id); /* the idle one was not taken for dead */
}

static void
the_connection_is_encrypted_and_kept(void **state)
{
	char ca[128];
	struct db_config cfg = tls_config(ca, sizeof(ca), "ca");

	(void)state;
	db_test_run_with(&cfg, encrypted, NULL);
}

/* ---- the loop goes on ---- */

struct blob_job {
	struct task *waiter;
	bool is_done;
	int code;
	size_t size;
};

static void
blob_task(struct task *t, void *arg)
{
	struct blob_job *job = arg;
	char *bytes = arena_alloc(task_arena(t), job->size);
	struct db_rows *r;

	memset(bytes, 'x', job->size);
	job->code = db_query(t, &r, "SELECT ?, SLEEP(0.3)", DB_BLOB(bytes, job->size));
	if (job->code == OK && db_next(r) && db_len(r, 0) != job->size)
		job->code = E_INTERNAL;
	job->is_done = true;
	task_wake(job->waiter);
}

static void
large(struct task *t, void *arg)
{
	struct blob_job job = { .waiter = t, .size = 8 << 20 };
	int turns = 0;

	(void)arg;
	task_start("blob", blob_task, &job);
	while (!job.is_done) {
		task_sleep(t, 5);
		turns++;
	}
	assert_int_equal(job.code, OK);
	assert_true(turns > 20);
}

static void
large_values_both_ways_let_others_run(void **state)
{
	char ca[128];
	struct db_config cfg = tls_config(ca, sizeof(ca), "ca");

	(void)state;
	db_test_run_with(&cfg, large, NULL);
}

/* ---- what must not work ---- */

static void
refused(struct task *t, void *arg)
{
	(void)arg;
	assert_int_equal(db_ping(t), E_BUSY);
	assert_non_null(strstr(task_error_text(t), "cannot be reached"));
}

static void
a_server_of_another_authority_is_refused(void **state)
{
	char ca[128];
	struct db_config cfg = tls_config(ca, sizeof(ca), "other");

	(void)state;
	db_test_run_with(&cfg, refused, NULL);
}

static void
silent(struct task *t, void *arg)
{
	int64_t begin = clock_monotonic_us();

	refused(t, arg);
	assert_true(clock_monotonic_us() - begin < 3000000);
}

/* It accepts and says nothing. */
static void
a_silent_server_is_given_up_in_time(void **state)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char ca[128];
	struct db_config cfg = tls_config(ca, sizeof(ca), "ca");

	(void)state;
	cfg.port = free_port();
	cfg.connect_timeout_s = 1;
	at.sin_port = htons((uint16_t)cfg.port);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(fd, 5), 0);
	db_test_run_with(&cfg, silent, NULL);
	cfg.tls = false;
	db_test_run_with(&cfg, silent, NULL);
	close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_connection_is_encrypted_and_kept),
		cmocka_unit_test(large_values_both_ways_let_others_run),
		cmocka_unit_test(a_server_of_another_authority_is_refused),
		cmocka_unit_test(a_silent_server_is_given_up_in_time),
	};

	return cmocka_run_group_tests(tests, server_start, server_stop);
}
