/*
 * Mails as bytes: headers that cannot be forged, words that survive, one thread a case.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sodium.h>
#include <cmocka.h>
#undef fail /* of cmocka; ours is meant */

#include "../../../src/jobs/jobs_priv.h"

#include "flow.h"

static const struct jobs_config cfg = { .mail_from = "Liên Thông <lienthong@soctrang.gov.vn>",
	.mail_domain = "soctrang.gov.vn" };

static struct mail_row
row(void)
{
	return (struct mail_row){ .id = 7,
		.case_number = "STG-YC-2026-00001",
		.address = "an@soctrang.gov.vn",
		.name = "Nguyễn Văn An",
		.subject =
		    "Yêu cầu STG-YC-2026-00001 đã quá hạn xử lý, đề nghị thủ trưởng xem xét ngay",
		.text = "Kính gửi ông/bà,\nDòng hai = hết. \n",
		.html = "<p>Kính gửi</p>",
		.created_at = INT64_C(1795489200000000) };
}

static bool
has_line(const char *message, const char *line)
{
	const char *at = strstr(message, line);

	return at && (at == message || at[-1] == '\n') &&
	       strncmp(at + strlen(line), "\r\n", 2) == 0;
}

/* Puts the words of a header together again. */
static char *
decode_words(struct arena *a, const char *header)
{
	struct str s;
	const char *p = header;

	str_init(&s, a);
	while ((p = strstr(p, "=?UTF-8?B?"))) {
		const char *end = strstr(p + 10, "?=");
		unsigned char bytes[80];
		size_t n = 0;

		assert_non_null(end);
		assert_in_range(end + 2 - p, 1, 75);
		assert_int_equal(
		    sodium_base642bin(bytes, sizeof bytes, p + 10, (size_t)(end - p - 10), NULL, &n,
			NULL, sodium_base64_VARIANT_ORIGINAL),
		    0);
		assert_true(utf8_is_valid((char *)bytes, n));
		str_add_n(&s, (char *)bytes, n);
		p = end;
	}
	return s.text;
}

static void
a_subject_in_vietnamese_is_folded_and_comes_back_whole(void **state)
{
	struct arena *a = arena_new();
	struct mail_row m = row();
	char *message = mail_message(a, &cfg, &m).text, *start, *end;

	(void)state;
	start = strstr(message, "Subject: ");
	end = strstr(start, "Date:");
	*end = '\0';
	assert_string_equal(decode_words(a, start), m.subject);
	arena_free(a);
}

static void
no_line_is_too_long_and_each_ends_with_crlf(void **state)
{
	struct arena *a = arena_new();
	struct mail_row m = row();
	struct str s;
	int column = 0;

	(void)state;
	m.text = arena_printf(a, "%0500d đ%0500d\n", 1, 2);
	s = mail_message(a, &cfg, &m);
	for (size_t i = 0; i < s.len; i++) {
		assert_true((unsigned char)s.text[i] < 0x80);
		if (s.text[i] == '\n') {
			assert_int_equal(s.text[i - 1], '\r');
			assert_in_range(column, 0, 77); /* 76 and the CR */
			column = -1;
		}
		column++;
	}
	arena_free(a);
}

static void
a_person_cannot_add_a_header(void **state)
{
	struct arena *a = arena_new();
	struct mail_row m = row();
	const char *message;

	(void)state;
	m.subject = "x\r\nBcc: spy@example.com";
	m.name = "y\nBcc: spy@example.com";
	message = mail_message(a, &cfg, &m).text;
	assert_null(strstr(message, "Bcc"));
	assert_false(mail_address_is_safe("a@b.vn>\r\nRCPT TO:<c@d.vn"));
	assert_false(mail_address_is_safe("a b@c.vn"));
	assert_false(mail_address_is_safe("@b.vn"));
	assert_false(mail_address_is_safe(""));
	assert_true(mail_address_is_safe("an.nguyen+1@soctrang.gov.vn"));
	arena_free(a);
}

static void
headers_are_what_mail_programs_expect(void **state)
{
	struct arena *a = arena_new();
	struct mail_row m = row();
	const char *message = mail_message(a, &cfg, &m).text;

	(void)state;
	assert_true(has_line(message, "Date: Tue, 24 Nov 2026 03:00:00 +0000"));
	assert_true(has_line(message, "Message-ID: <mail-7.STG-YC-2026-00001@soctrang.gov.vn>"));
	assert_null(strstr(message, "References"));
	assert_null(strstr(message, "In-Reply-To"));
	assert_true(has_line(message, "Auto-Submitted: auto-generated"));
	assert_true(has_line(message, "--=_mail-7--"));
	assert_string_equal(message, mail_message(a, &cfg, &m).text); /* the same bytes each time */
	arena_free(a);
}

static void
later_mails_of_a_case_answer_the_one_before(void **state)
{
	struct arena *a = arena_new();
	struct mail_row m = row();
	const char *message;

	(void)state;
	m.first_id = m.previous_id = 3;
	message = mail_message(a, &cfg, &m).text;
	assert_true(has_line(message, "In-Reply-To: <mail-3.STG-YC-2026-00001@soctrang.gov.vn>"));
	assert_true(has_line(message, "References: <mail-3.STG-YC-2026-00001@soctrang.gov.vn>"));
	m.previous_id = 5;
	message = mail_message(a, &cfg, &m).text;
	assert_true(has_line(message, "In-Reply-To: <mail-5.STG-YC-2026-00001@soctrang.gov.vn>"));
	assert_non_null(strstr(message, "References: <mail-3.STG-YC-2026-00001@soctrang.gov.vn>\r\n"
					" <mail-5.STG-YC-2026-00001@soctrang.gov.vn>\r\n"));
	arena_free(a);
}

static void
a_letter_is_of_no_case(void **state)
{
	struct arena *a = arena_new();
	struct mail_row m = row();

	(void)state;
	m.case_number = NULL;
	assert_true(
	    has_line(mail_message(a, &cfg, &m).text, "Message-ID: <mail-7@soctrang.gov.vn>"));
	assert_string_equal(mail_file_name(a, &m), "00000007.eml");
	arena_free(a);
}

static void
a_plain_name_is_quoted(void **state)
{
	struct arena *a = arena_new();
	struct mail_row m = row();

	(void)state;
	m.name = "An, Nguyen (UBND)";
	assert_non_null(strstr(
	    mail_message(a, &cfg, &m).text, "To: \"An, Nguyen (UBND)\"\r\n <an@soctrang.gov.vn>"));
	m.name = "";
	assert_non_null(strstr(mail_message(a, &cfg, &m).text, "To: <an@soctrang.gov.vn>\r\n"));
	arena_free(a);
}

static const char *
quoted(struct arena *a, const char *text)
{
	struct str s;

	str_init(&s, a);
	mime_add_quoted(&s, text);
	return s.text;
}

static void
quoted_printable_keeps_text_and_lines(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(quoted(a, "a=b\n"), "a=3Db\r\n");
	assert_string_equal(quoted(a, "cuối \nx"), "cu=E1=BB=91i=20\r\nx\r\n");
	assert_string_equal(quoted(a, "a\r\nb"), "a\r\nb\r\n");
	assert_string_equal(quoted(a, ""), "");
	arena_free(a);
}

static void
a_later_attempt_waits_longer_and_never_for_ever(void **state)
{
	(void)state;
	assert_in_range(backoff_us(1, 1000, 60000), 800000, 1200000);
	assert_in_range(backoff_us(3, 1000, 60000), 3200000, 4800000);
	assert_in_range(backoff_us(100, 1000, 60000), 48000000, 72000000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_subject_in_vietnamese_is_folded_and_comes_back_whole),
		cmocka_unit_test(no_line_is_too_long_and_each_ends_with_crlf),
		cmocka_unit_test(a_person_cannot_add_a_header),
		cmocka_unit_test(headers_are_what_mail_programs_expect),
		cmocka_unit_test(later_mails_of_a_case_answer_the_one_before),
		cmocka_unit_test(a_letter_is_of_no_case),
		cmocka_unit_test(a_plain_name_is_quoted),
		cmocka_unit_test(quoted_printable_keeps_text_and_lines),
		cmocka_unit_test(a_later_attempt_waits_longer_and_never_for_ever),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
