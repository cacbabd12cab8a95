/*
 * Sends one mail: by SMTP, or to a file. Runs in a thread of the offload and touches nothing but
 * its struct delivery and its connection.
 */
#include "jobs_priv.h"

#include "flow.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A kept connection that was idle for longer is opened anew: servers close such. */
enum { CONNECT_TIMEOUT_S = 15, IDLE_MAX_S = 60 };

/* ---- to a file: written aside and renamed, so nobody reads half a mail ---- */

static bool
write_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		text += n;
		len -= (size_t)n;
	}
	return fsync(fd) == 0;
}

static bool
write_file(const char *path, const char *text, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool is_written = fd >= 0 && write_all(fd, text, len);

	if (fd >= 0 && close(fd) < 0)
		return false;
	return is_written;
}

static void
deliver_to_file(struct delivery *d)
{
	char *temporary, *path;

	if (asprintf(&temporary, "%s/.%s.%d", d->cfg->mail_dir, d->file_name, (int)getpid()) < 0)
		return;
	if (asprintf(&path, "%s/%s", d->cfg->mail_dir, d->file_name) >= 0) {
		mkdir(d->cfg->mail_dir, 0700);
		d->is_done = write_file(temporary, d->message, d->len) &&
			     rename(temporary, path) == 0;
		if (!d->is_done)
			snprintf(d->why, sizeof d->why, "%s: %s", path, strerror(errno));
		free(path);
	}
	free(temporary);
}

/* ---- SMTP ---- */

struct reading {
	const char *text;
	size_t left;
};

static size_t
give(char *to, size_t size, size_t n, void *arg)
{
	struct reading *r = arg;
	size_t len = size * n < r->left ? size * n : r->left;

	memcpy(to, r->text, len);
	r->text += len;
	r->left -= len;
	return len;
}

/* Ends what hangs as the process ends; but not once the server has it all and may have taken it. */
static int
give_up(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct reading *r = arg;

	(void)a, (void)b, (void)c, (void)d;
	return r->left > 0 && jobs_is_stopping();
}

/* The path of an SMTP URL is the name we greet with. */
static void
set_url(CURL *curl, const struct jobs_config *cfg)
{
	const char *host = strstr(cfg->smtp_url, "://");
	char *url = NULL;

	if (host && !strchr(host + 3, '/') &&
	    asprintf(&url, "%s/%s", cfg->smtp_url, cfg->mail_domain) >= 0)
		curl_easy_setopt(curl, CURLOPT_URL, url);
	else
		curl_easy_setopt(curl, CURLOPT_URL, cfg->smtp_url);
	free(url);
}

static void
set_security(CURL *curl, const struct jobs_config *cfg)
{
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(
	    curl, CURLOPT_USE_SSL, (long)(cfg->smtp_starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (cfg->smtp_ca_file && *cfg->smtp_ca_file)
		curl_easy_setopt(curl, CURLOPT_CAINFO, cfg->smtp_ca_file);
	if (cfg->smtp_user && *cfg->smtp_user) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, cfg->smtp_user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, cfg->smtp_password);
	}
}

static void
set_message(CURL *curl, const struct delivery *d, struct reading *r, struct curl_slist *to)
{
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, d->from);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, r);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, give_up);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, r);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIMEOUT_S);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SEND_TIMEOUT_S);
	curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, (long)IDLE_MAX_S);
}

/* Did it fail before the server had a word about this mail? A name or port that does not answer, no
 * greeting, no agreement on security or who we are, or "421 not now". */
static bool
is_away(CURLcode code, long answer)
{
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_USE_SSL_FAILED:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_LOGIN_DENIED:
		return true;
	default:
		return answer == 0 || answer == 421;
	}
}

/* Only that there is no such mailbox is for ever; all else may be a server that is set up wrongly,
 * or busy. */
static void
note_result(CURL *curl, CURLcode code, const char *text, struct delivery *d)
{
	long answer = 0;

	d->is_done = code == CURLE_OK;
	if (d->is_done)
		return;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
	d->is_away = is_away(code, answer);
	d->is_hopeless = code == CURLE_SEND_ERROR &&
			 (answer == 550 || answer == 551 || answer == 553);
	snprintf(d->why, sizeof d->why, "SMTP: %s (%ld)", *text ? text : curl_easy_strerror(code),
	    answer);
}

/* A reset handle forgets what it was told, but keeps its connection. */
static CURL *
handle_of(struct smtp *smtp)
{
	if (smtp->curl)
		curl_easy_reset(smtp->curl);
	else
		smtp->curl = curl_easy_init();
	return smtp->curl;
}

static void
deliver_by_smtp(struct delivery *d)
{
	CURL *curl = handle_of(d->smtp);
	struct reading r = { d->message, d->len };
	struct curl_slist *to = curl_slist_append(NULL, d->to);
	char text[CURL_ERROR_SIZE] = "";

	if (curl && to) {
		curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, text);
		set_url(curl, d->cfg);
		set_security(curl, d->cfg);
		set_message(curl, d, &r, to);
		note_result(curl, curl_easy_perform(curl), text, d);
		curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
	}
	curl_slist_free_all(to);
}

/* Says QUIT, and waits for the answer. */
void
smtp_close(void *smtp)
{
	struct smtp *s = smtp;

	curl_easy_cleanup(s->curl);
	s->curl = NULL;
}

void
deliver(void *delivery)
{
	struct delivery *d = delivery;

	snprintf(d->why, sizeof d->why, "out of memory");
	if (!mail_address_is_safe(d->to)) {
		d->is_hopeless = true;
		snprintf(d->why, sizeof d->why, "not an address that mail can go to");
	} else if (d->cfg->smtp_url && *d->cfg->smtp_url) {
		deliver_by_smtp(d);
	} else {
		deliver_to_file(d);
	}
}
