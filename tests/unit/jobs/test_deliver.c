/*
 * Delivery to files and to a small SMTP server on a free port of this machine.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#undef fail /* of cmocka; ours is meant */

#include "../../../src/jobs/jobs_priv.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- a server for one connection: answers each command, keeps what it got ---- */

struct server {
	int fd, port;
	const char *rcpt_answer;
	pthread_t thread;
	char got[8192];
	size_t len;
};

static const char *
answer_to(const struct server *s, const char *line)
{
	if (strncmp(line, "RCPT", 4) == 0)
		return s->rcpt_answer;
	if (strncmp(line, "DATA", 4) == 0)
		return "354 go on\r\n";
	return "250 fine\r\n";
}

static void
talk(struct server *s, FILE *io)
{
	char line[1200];
	bool is_data = false;

	fputs("220 test\r\n", io);
	while (fflush(io) == 0 && fgets(line, sizeof line, io)) {
		size_t n = strlen(line);

		if (s->len + n < sizeof s->got) {
			memcpy(s->got + s->len, line, n);
			s->len += n;
		}
		if (is_data && strcmp(line, ".\r\n") != 0)
			continue;
		fputs(is_data ? "250 taken\r\n" : answer_to(s, line), io);
		is_data = strncmp(line, "DATA", 4) == 0;
	}
}

static void *
serve(void *arg)
{
	struct server *s = arg;
	int fd = accept(s->fd, NULL, NULL);
	FILE *io = fdopen(fd, "r+");

	talk(s, io);
	fclose(io);
	return NULL;
}

static void
server_start(struct server *s, const char *rcpt_answer)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof address;

	*s = (struct server){ .rcpt_answer = rcpt_answer };
	s->fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(s->fd, (struct sockaddr *)&address, len), 0);
	assert_int_equal(listen(s->fd, 1), 0);
	assert_int_equal(getsockname(s->fd, (struct sockaddr *)&address, &len), 0);
	s->port = ntohs(address.sin_port);
	assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
}

static struct smtp connection; /* kept from mail to mail */

static void
server_end(struct server *s)
{
	smtp_close(&connection);
	pthread_join(s->thread, NULL);
	close(s->fd);
}

static struct delivery
send_to(struct server *s, struct jobs_config *cfg, const char *to)
{
	static const char message[] = "Subject: x\r\n\r\n.dot\r\nend\r\n";
	static char url[64];
	struct delivery d = { .cfg = cfg,
		.from = "lienthong@soctrang.gov.vn",
		.to = to,
		.message = message,
		.len = sizeof message - 1,
		.file_name = "1.eml",
		.smtp = &connection };

	if (s) {
		snprintf(url, sizeof url, "smtp://127.0.0.1:%d", s->port);
		cfg->smtp_url = url;
	}
	cfg->mail_domain = "soctrang.gov.vn";
	deliver(&d);
	return d;
}

static void
smtp_takes_the_mail(void **state)
{
	struct server s;
	struct jobs_config cfg = { 0 };
	struct delivery d;

	(void)state;
	server_start(&s, "250 fine\r\n");
	d = send_to(&s, &cfg, "an@soctrang.gov.vn");
	server_end(&s);
	assert_true(d.is_done);
	assert_non_null(strstr(s.got, "EHLO soctrang.gov.vn\r\n"));
	assert_non_null(strstr(s.got, "MAIL FROM:<lienthong@soctrang.gov.vn>"));
	assert_non_null(strstr(s.got, "RCPT TO:<an@soctrang.gov.vn>"));
	assert_non_null(strstr(s.got, "\r\n..dot\r\nend\r\n.\r\n"));
}

static int
count_of(const char *text, const char *part)
{
	int n = 0;

	for (; (text = strstr(text, part)) != NULL; text++)
		n++;
	return n;
}

/* The server takes but one connection. */
static void
mails_go_one_after_the_other_over_a_connection(void **state)
{
	struct server s;
	struct jobs_config cfg = { 0 };

	(void)state;
	server_start(&s, "250 fine\r\n");
	for (int i = 0; i < 3; i++)
		assert_true(send_to(&s, &cfg, "an@soctrang.gov.vn").is_done);
	server_end(&s);
	assert_int_equal(count_of(s.got, "EHLO"), 1);
	assert_int_equal(count_of(s.got, "RCPT TO:<an@soctrang.gov.vn>"), 3);
	assert_int_equal(count_of(s.got, "QUIT"), 1);
}

static void
an_unknown_mailbox_is_hopeless_a_busy_one_is_not(void **state)
{
	struct server s;
	struct jobs_config cfg = { 0 };
	struct delivery d;

	(void)state;
	server_start(&s, "550 no such user\r\n");
	d = send_to(&s, &cfg, "an@soctrang.gov.vn");
	server_end(&s);
	assert_false(d.is_done);
	assert_true(d.is_hopeless);
	assert_false(d.is_away);
	assert_non_null(strstr(d.why, "550"));
	server_start(&s, "450 busy\r\n");
	d = send_to(&s, &cfg, "an@soctrang.gov.vn");
	server_end(&s);
	assert_false(d.is_done);
	assert_false(d.is_hopeless);
	assert_false(d.is_away); /* it has an opinion of this mail */
}

static void
without_starttls_nothing_is_sent_when_it_is_required(void **state)
{
	struct server s;
	struct jobs_config cfg = {
		.smtp_starttls = true, .smtp_user = "u", .smtp_password = "secret"
	};
	struct delivery d;

	(void)state;
	server_start(&s, "250 fine\r\n");
	d = send_to(&s, &cfg, "an@soctrang.gov.vn");
	server_end(&s);
	assert_false(d.is_done);
	assert_false(d.is_hopeless);
	assert_true(d.is_away);
	assert_null(strstr(s.got, "MAIL FROM"));
	assert_null(strstr(s.got, "AUTH"));
}

static void
a_server_that_is_not_there_is_tried_again(void **state)
{
	struct jobs_config cfg = { .smtp_url = "smtp://127.0.0.1:1" };
	struct delivery d = send_to(NULL, &cfg, "an@soctrang.gov.vn");

	(void)state;
	assert_false(d.is_done);
	assert_false(d.is_hopeless);
	assert_true(d.is_away);
	assert_true(strlen(d.why) > 0);
	smtp_close(&connection);
}

static void
an_address_that_would_forge_a_command_is_refused(void **state)
{
	struct jobs_config cfg = { .smtp_url = "smtp://127.0.0.1:1" };
	struct delivery d = send_to(NULL, &cfg, "a@b.vn>\r\nRCPT TO:<c@d.vn");

	(void)state;
	assert_true(d.is_hopeless);
}

static int
count_files(const char *dir)
{
	DIR *d = opendir(dir);
	int n = 0;

	for (struct dirent *e; (e = readdir(d));)
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	closedir(d);
	return n;
}

static void
a_mail_sent_twice_is_one_file(void **state)
{
	char dir[] = "/tmp/lienthong-mail-XXXXXX", path[64];
	struct jobs_config cfg = { 0 };

	(void)state;
	assert_non_null(mkdtemp(dir));
	cfg.mail_dir = dir;
	assert_true(send_to(NULL, &cfg, "an@soctrang.gov.vn").is_done);
	assert_true(send_to(NULL, &cfg, "an@soctrang.gov.vn").is_done);
	assert_int_equal(count_files(dir), 1);
	snprintf(path, sizeof path, "%s/1.eml", dir);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
	cfg.mail_dir = "/proc/no-such-folder";
	assert_false(send_to(NULL, &cfg, "an@soctrang.gov.vn").is_done);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(smtp_takes_the_mail),
		cmocka_unit_test(mails_go_one_after_the_other_over_a_connection),
		cmocka_unit_test(an_unknown_mailbox_is_hopeless_a_busy_one_is_not),
		cmocka_unit_test(without_starttls_nothing_is_sent_when_it_is_required),
		cmocka_unit_test(a_server_that_is_not_there_is_tried_again),
		cmocka_unit_test(an_address_that_would_forge_a_command_is_refused),
		cmocka_unit_test(a_mail_sent_twice_is_one_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
