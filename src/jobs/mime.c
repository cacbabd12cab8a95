/*
 * A row of the outbox as a mail (RFC 5322, 2045): text and HTML of the same words. What one person
 * gets of one case refers to the first and to the one before, so that mail programs show a thread.
 */
#include "jobs_priv.h"

#include <string.h>

char *
mail_address_of(struct arena *a, const char *mailbox)
{
	const char *open = strrchr(mailbox, '<'), *close = open ? strchr(open, '>') : NULL;

	return close ? arena_strndup(a, open + 1, (size_t)(close - open - 1))
		     : arena_strdup(a, mailbox);
}

/* ---- headers ---- */

/* "Tue, 24 Nov 2026 03:00:00 +0000", in English whatever the locale */
static void
add_date(struct str *s, int64_t at_us)
{
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	time_t at = at_us / 1000000;
	struct tm tm;

	gmtime_r(&at, &tm);
	str_addf(s, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n", days[tm.tm_wday], tm.tm_mday,
	    months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* "Tên Người <a@b>"; a plain name is quoted, as it may hold commas and dots. */
static void
add_mailbox(struct str *s, const char *header, const char *name, const char *address)
{
	struct str words;

	str_init(&words, s->arena);
	mime_add_words(&words, name, (int)strlen(header) + 4);
	str_addf(s, "%s: ", header);
	if (strstr(words.text, "=?UTF-8?B?"))
		str_addf(s, "%s\r\n ", words.text);
	else if (words.len && !strpbrk(name, "\"\\"))
		str_addf(s, "\"%s\"\r\n ", words.text);
	str_addf(s, "<%s>\r\n", address);
}

/* "Liên Thông <a@b>" in the configuration */
static void
add_from(struct str *s, const char *mailbox)
{
	size_t n = strcspn(mailbox, "<");
	char *name;

	while (n > 0 && mailbox[n - 1] == ' ')
		n--;
	name = arena_strndup(s->arena, mailbox, strchr(mailbox, '<') ? n : 0);
	add_mailbox(s, "From", name, mail_address_of(s->arena, mailbox));
}

static char *
message_id(struct arena *a, const struct jobs_config *cfg, const struct mail_row *m, int64_t id)
{
	return arena_printf(a, "<mail-%lld%s%s@%s>", (long long)id, m->case_number ? "." : "",
	    m->case_number ? m->case_number : "", cfg->mail_domain);
}

static void
add_thread(struct str *s, const struct jobs_config *cfg, const struct mail_row *m)
{
	if (m->previous_id == 0)
		return;
	str_addf(s, "In-Reply-To: %s\r\n", message_id(s->arena, cfg, m, m->previous_id));
	str_addf(s, "References: %s", message_id(s->arena, cfg, m, m->first_id));
	if (m->first_id != m->previous_id)
		str_addf(s, "\r\n %s", message_id(s->arena, cfg, m, m->previous_id));
	str_add(s, "\r\n");
}

static void
add_headers(struct str *s, const struct jobs_config *cfg, const struct mail_row *m)
{
	add_from(s, cfg->mail_from);
	add_mailbox(s, "To", m->name ? m->name : "", m->address);
	str_add(s, "Subject: ");
	mime_add_words(s, m->subject, (int)strlen("Subject: "));
	str_add(s, "\r\n");
	add_date(s, m->created_at);
	str_addf(s, "Message-ID: %s\r\n", message_id(s->arena, cfg, m, m->id));
	add_thread(s, cfg, m);
	str_add(s, "Auto-Submitted: auto-generated\r\n");
	str_add(s, "MIME-Version: 1.0\r\n");
}

/* ---- body ---- */

static void
add_part(struct str *s, const char *boundary, const char *type, const char *text)
{
	str_addf(s, "--%s\r\n", boundary);
	str_addf(s, "Content-Type: %s; charset=utf-8\r\n", type);
	str_add(s, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	mime_add_quoted(s, text);
	str_add(s, "\r\n");
}

/* "=_" cannot occur in quoted-printable, so no text can hold the boundary. */
struct str
mail_message(struct arena *a, const struct jobs_config *cfg, const struct mail_row *m)
{
	char *boundary = arena_printf(a, "=_mail-%lld", (long long)m->id);
	struct str s;

	str_init(&s, a);
	add_headers(&s, cfg, m);
	str_addf(&s, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n", boundary);
	add_part(&s, boundary, "text/plain", m->text);
	add_part(&s, boundary, "text/html", m->html);
	str_addf(&s, "--%s--\r\n", boundary);
	return s;
}

char *
mail_file_name(struct arena *a, const struct mail_row *m)
{
	return m->case_number ? arena_printf(a, "%08lld-%s.eml", (long long)m->id, m->case_number)
			      : arena_printf(a, "%08lld.eml", (long long)m->id);
}
