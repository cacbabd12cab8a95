/*
 * Notices: what people typed is shown, never obeyed.
 */
#include "fixture.h"

static struct case_row row = { .number = "STG-YC-2022-00001", .title = "Hộ nghèo" };
static struct event_in event = { .type = "REFUSE", .actor = &minh };

static struct workflow *w;

static int
open_all(void **state)
{
	w = open_workflow(state, "workflows/wf-01.json");
	return w ? 0 : -1;
}

static int
close_all(void **state)
{
	workflow_free(w);
	return close_law(state);
}

static struct mail_write
render_at(const char *now, const char *name, const char *data, const struct person *p)
{
	struct notice_values v = { .a = arena,
		.w = w,
		.law = law,
		.dir = &directory,
		.c = &row,
		.regime = law_regime(law, "VN-ND47-2020"),
		.calendar = law_calendar(law, "vn"),
		.ev = &event,
		.as = &holdings[2],
		.term = "request.account" };
	struct mail_write mail;

	row.context = json(
	    "{\"service\":{\"code\":\"DV008\",\"name\":\"Hộ nghèo, hộ cận nghèo\"}}");
	event.data = json(data);
	assert_true(instant_parse(now, &event.at));
	assert_true(instant_parse("2022-10-11T00:00:00+07:00", &v.due_at));
	notice_render(&v, name, p, &mail);
	return mail;
}

static struct mail_write
render(const char *name, const char *data, const struct person *p)
{
	return render_at("2022-10-04T09:00:00+07:00", name, data, p);
}

static void
each_person_reads_their_own_language(void **state)
{
	(void)state;
	assert_non_null(
	    strstr(render("refused", "{\"reason\":\"x\"}", &people[0]).subject, "bị từ chối"));
	assert_non_null(
	    strstr(render("refused", "{\"reason\":\"x\"}", &people[1]).subject, "refused"));
}

static void
html_escapes_what_people_typed(void **state)
{
	struct mail_write m = render(
	    "refused", "{\"reason\":\"<script>alert('1')</script>\\n& \\\"x\\\"\"}", &people[0]);

	(void)state;
	assert_null(strstr(m.html, "<script>"));
	assert_non_null(strstr(
	    m.html, "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;<br>&amp; &quot;x&quot;"));
	assert_non_null(strstr(m.text, "<script>alert('1')</script>\n& \"x\""));
}

static void
a_subject_is_one_line(void **state)
{
	struct mail_write m = render(
	    "account-made", "{\"account\":\"a\\r\\nBcc: x@example.vn\"}", &people[0]);

	(void)state;
	assert_null(strpbrk(m.subject, "\r\n"));
	assert_non_null(strstr(m.subject, "a  Bcc: x@example.vn"));
}

static void
a_paragraph_without_its_value_is_left_out(void **state)
{
	(void)state;
	assert_null(
	    strstr(render("refused", "{\"reason\":\"x\"}", &people[0]).text, "Phương án thay thế"));
	assert_non_null(strstr(
	    render("refused", "{\"reason\":\"x\",\"alternative\":\"DV024\"}", &people[0]).text,
	    "Phương án thay thế: DV024"));
}

static void
a_due_date_is_the_day_that_ends_then(void **state)
{
	struct mail_write m = render("deadline-near", "{}", &people[0]);

	(void)state;
	assert_non_null(strstr(m.text, "Thời hạn: hết ngày 10/10/2022"));
	assert_non_null(strstr(m.subject, "còn 04 ngày làm việc"));
}

static void
the_last_day_is_called_today(void **state)
{
	const char *last = "2022-10-10T09:00:00+07:00", *before = "2022-10-07T09:00:00+07:00";

	(void)state;
	assert_non_null(strstr(
	    render_at(last, "deadline-near", "{}", &people[0]).subject, "Nhắc hạn: hạn hôm nay,"));
	assert_non_null(
	    strstr(render_at(last, "deadline-near", "{}", &people[1]).subject, "due today"));
	assert_non_null(strstr(
	    render_at(before, "deadline-near", "{}", &people[1]).subject, "1 working day left"));
}

static void
a_ground_is_named_with_its_article(void **state)
{
	struct mail_write m = render(
	    "refused", "{\"reason\":\"x\",\"ground\":\"state-secret\"}", &people[0]);

	(void)state;
	assert_non_null(strstr(m.text, "(Điều 1.2 Nghị định 47/2020/NĐ-CP)"));
}

static void
the_link_is_filled_when_the_case_has_an_id(void **state)
{
	struct mail_write m = render("received", "{}", &people[0]);
	char *text = notice_with_link(arena, m.text, "https://lt.vn/cases/7?a=1&b=2", false);
	char *html = notice_with_link(arena, m.html, "https://lt.vn/cases/7?a=1&b=2", true);

	(void)state;
	assert_non_null(strstr(text, "https://lt.vn/cases/7?a=1&b=2"));
	assert_null(strstr(text, "{{"));
	assert_non_null(strstr(html, "href=\"https://lt.vn/cases/7?a=1&amp;b=2\""));
	assert_null(strstr(html, "{{"));
}

static void
an_unknown_placeholder_is_refused(void **state)
{
	struct law copy = *law;
	struct error_list errors;

	(void)state;
	error_list_init(&errors, arena);
	copy.notices = json("{\"x\":{\"vi\":{\"subject\":\"{{nubmer}}\",\"body\":[\"a\"]},"
			    "\"en\":{\"subject\":\"{{number}}\",\"body\":[\"a\"]}}}");
	notices_check(&copy, "notices:", &errors);
	assert_int_equal(errors.count, 1);
	assert_string_equal(errors.first->pointer, "notices:/x/vi");
}

static void
a_notice_needs_both_languages(void **state)
{
	struct law copy = *law;
	struct error_list errors;

	(void)state;
	error_list_init(&errors, arena);
	copy.notices = json("{\"x\":{\"vi\":{\"subject\":\"a\",\"body\":[\"a\",null]}}}");
	notices_check(&copy, "notices:", &errors);
	assert_int_equal(errors.count, 2);
}

static void
a_field_reads_as_people_write_it(void **state)
{
	struct notice_values v = { .a = arena, .w = w, .dir = &directory, .c = &row, .ev = &event };

	(void)state;
	row.context = json("{\"fields\":{\"channel\":\"direct\",\"until\":\"2026-12-31\","
			   "\"items\":[\"a\",\"b\"]},\"at\":\"H51.5\"}");
	assert_string_equal(notice_field(&v, "case.fields.channel", "vi"), "Kết nối trực tiếp");
	assert_string_equal(notice_field(&v, "case.fields.until", "en"), "31/12/2026");
	assert_string_equal(notice_field(&v, "case.fields.items", "vi"), "a, b");
	assert_string_equal(notice_field(&v, "case.at", "vi"), "Sở LĐTBXH");
	assert_string_equal(notice_field(&v, "case.none", "vi"), "");
	v.law = law;
	v.regime = law_regime(law, "VN-ND47-2020");
	assert_string_equal(notice_value(&v, "label.ict", "en", NULL),
	    "Department of Information and Communications");
	v.regime = law_regime(law, "VN-ND47-194");
	assert_string_equal(
	    notice_value(&v, "label.ict", "en", NULL), "Department of Science and Technology");
}

/* ---- letters ---- */

static struct mail_write
letter(const char *name, const char *values, const struct person *p)
{
	struct notice_values v = { .a = arena, .law = law, .given = json(values) };
	struct mail_write mail;

	notice_render(&v, name, p, &mail);
	return mail;
}

static void
a_letter_has_what_it_is_given_in_its_readers_language(void **state)
{
	const char *values = "{\"date\":\"25/11/2026\",\"count\":\"02\",\"lines\":[\"một\"]}";

	(void)state;
	assert_string_equal(letter("digest", values, &people[0]).subject,
	    "Tổng hợp thông báo ngày 25/11/2026 (02 thông báo)");
	assert_string_equal(
	    letter("digest", values, &people[1]).subject, "Notices of 25/11/2026 (02)");
	assert_non_null(strstr(letter("mail-failed",
				   "{\"to\":\"An\",\"address\":\"a@b.vn\",\"error\":{\"vi\":\"hộp "
				   "thư đầy\",\"en\":\"full\"}}",
				   &people[0])
				   .text,
	    "(a@b.vn) không gửi được: hộp thư đầy"));
}

static void
lines_of_a_letter_are_a_list_with_links(void **state)
{
	struct mail_write m = letter("digest",
	    "{\"lines\":[{\"text\":\"a < b\",\"link\":\"https://lt.vn/cases/1?x&y\"},"
	    "{\"vi\":\"hai\",\"en\":\"two\"}]}",
	    &people[1]);

	(void)state;
	assert_non_null(strstr(m.text, "- a < b\n  https://lt.vn/cases/1?x&y\n- two\n"));
	assert_non_null(
	    strstr(m.html, "<ul><li><a href=\"https://lt.vn/cases/1?x&amp;y\">a &lt; b</a>"
			   "</li><li>two</li></ul>"));
	assert_null(strstr(letter("digest", "{\"lines\":[]}", &people[1]).html, "<ul>"));
}

static void
a_letter_that_is_not_whole_is_refused(void **state)
{
	struct law copy = *law;
	struct error_list errors;

	(void)state;
	error_list_init(&errors, arena);
	copy.letters = json_copy(arena, law->letters);
	json_set(copy.letters, "x",
	    json_object_get(json("{\"vi\":{\"subject\":\"a\",\"body\":[\"xem {{lines}}\"]}}")));
	json_set(copy.letters, "y",
	    json_object_get(json("{\"vi\":{\"subject\":\"{{case.x}}\",\"body\":[\"{{lines}}\"]},"
				 "\"en\":{\"subject\":\"a\",\"body\":[\"b\"]}}")));
	notices_check(&copy, "notices:", &errors);
	assert_int_equal(errors.count, 3);
	assert_string_equal(errors.first->pointer, "notices:/letters/x/vi");
	assert_string_equal(errors.first->next->pointer, "notices:/letters/x/en");
	assert_string_equal(errors.last->pointer, "notices:/letters/y/vi");
}

static void
an_alarm_is_urgent_and_a_digest_is_not(void **state)
{
	(void)state;
	assert_true(letter("mail-failed", "{}", &people[0]).is_urgent);
	assert_false(letter("digest", "{}", &people[0]).is_urgent);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_field_reads_as_people_write_it),
		cmocka_unit_test(each_person_reads_their_own_language),
		cmocka_unit_test(html_escapes_what_people_typed),
		cmocka_unit_test(a_subject_is_one_line),
		cmocka_unit_test(a_paragraph_without_its_value_is_left_out),
		cmocka_unit_test(a_due_date_is_the_day_that_ends_then),
		cmocka_unit_test(the_last_day_is_called_today),
		cmocka_unit_test(a_ground_is_named_with_its_article),
		cmocka_unit_test(the_link_is_filled_when_the_case_has_an_id),
		cmocka_unit_test(an_unknown_placeholder_is_refused),
		cmocka_unit_test(a_notice_needs_both_languages),
		cmocka_unit_test(a_letter_has_what_it_is_given_in_its_readers_language),
		cmocka_unit_test(lines_of_a_letter_are_a_list_with_links),
		cmocka_unit_test(a_letter_that_is_not_whole_is_refused),
		cmocka_unit_test(an_alarm_is_urgent_and_a_digest_is_not),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
