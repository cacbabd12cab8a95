/*
 * The sentences of a difference, in both languages.
 */
#include "diff.h"

#include <stdarg.h>

static const struct {
	const char *en, *vi;
} phrases[P_COUNT] = {
	[P_TITLE] = { "The process is now called \"{1}\" (was \"{2}\")",
	    "Quy trình nay mang tên \"{1}\" (trước: \"{2}\")" },
	[P_PREFIX] = { "Numbers now begin with {1} (was {2})",
	    "Số hồ sơ nay bắt đầu bằng {1} (trước: {2})" },
	[P_KIND] = { "The kind of case is now {1} (was {2})",
	    "Loại hồ sơ nay là {1} (trước: {2})" },
	[P_START_BY] = { "A case is now opened by: {1} (was: {2})",
	    "Hồ sơ nay do: {1} lập (trước: {2})" },
	[P_START] = { "How a case begins has changed: {1} is now {2} (was {3})",
	    "Cách lập hồ sơ đã đổi: {1} nay là {2} (trước: {3})" },
	[P_NOT_OWNER] = { "An agency may no longer ask itself",
	    "Cơ quan không còn được tự yêu cầu chính mình" },
	[P_MAY_OWNER] = { "An agency may now ask itself",
	    "Cơ quan nay được tự yêu cầu chính mình" },
	[P_VISIBILITY] = { "Who may see a case is now {1} (was {2})",
	    "Người được xem hồ sơ nay là {1} (trước: {2})" },
	[P_SCHEDULE] = { "The days on which it opens itself are now {1} (was {2})",
	    "Ngày tự mở hồ sơ nay là {1} (trước: {2})" },
	[P_CONTEXT] = { "What a case keeps at its start is now {1} (was {2})",
	    "Giá trị ban đầu của hồ sơ nay là {1} (trước: {2})" },
	[P_PHASES] = { "The phases are now: {1} (was: {2})",
	    "Các giai đoạn nay là: {1} (trước: {2})" },
	[P_TERM_USED] = { "The term {1} is used now", "Nay dùng thời hạn {1}" },
	[P_TERM_UNUSED] = { "The term {1} is no longer used", "Không còn dùng thời hạn {1}" },
	[P_CITES] = { "{1} now cites {2} (was {3})", "{1} nay viện dẫn {2} (trước: {3})" },
	[P_STATE_NEW] = { "State {1} is new", "Thêm trạng thái {1}" },
	[P_STATE_GONE] = { "State {1} is gone", "Bỏ trạng thái {1}" },
	[P_STATE_RENAMED] = { "State {1} is now {2}", "Trạng thái {1} nay là {2}" },
	[P_STATE_MOVED] = { "State {1} is now inside of {2} (was {3})",
	    "Trạng thái {1} nay nằm trong {2} (trước: {3})" },
	[P_STATE_TITLE] = { "State {1} was called \"{2}\"",
	    "Trạng thái {1} trước đây mang tên \"{2}\"" },
	[P_STATE_TYPE] = { "State {1} is now of the type {2} (was {3})",
	    "Trạng thái {1} nay thuộc loại {2} (trước: {3})" },
	[P_STATE_INITIAL] = { "{1} now begins with {2} (was {3})",
	    "{1} nay bắt đầu từ {2} (trước: {3})" },
	[P_TASK_NEW] = { "{1} now has a task: \"{2}\", for {3}, due after {4}",
	    "{1} nay có công việc: \"{2}\", giao {3}, thời hạn {4}" },
	[P_TASK_GONE] = { "{1} no longer has a task (was \"{2}\")",
	    "{1} không còn công việc (trước: \"{2}\")" },
	[P_TASK_WHO] = { "The task of {1} is now for {2} (was {3})",
	    "Công việc của {1} nay giao {2} (trước: {3})" },
	[P_TASK_DUE] = { "The task of {1} is now due after {2} (was {3})",
	    "Công việc của {1} nay có thời hạn {2} (trước: {3})" },
	[P_TASK_TITLE] = { "The task of {1} is now called \"{2}\" (was \"{3}\")",
	    "Công việc của {1} nay là \"{2}\" (trước: \"{3}\")" },
	[P_DUE] = { "The date of the case in {1} is now that of {2} (was {3})",
	    "Hạn của hồ sơ tại {1} nay theo {2} (trước: {3})" },
	[P_CLOCK_STOPS] = { "In {1} the clock now stands still",
	    "Tại {1} nay tạm dừng tính thời hạn" },
	[P_CLOCK_RUNS] = { "In {1} the clock now runs", "Tại {1} nay tính thời hạn" },
	[P_OUTCOME] = { "The outcome of {1} is now {2} (was {3})",
	    "Kết quả của {1} nay là {2} (trước: {3})" },
	[P_PHASE] = { "{1} now belongs to the phase {2} (was {3})",
	    "{1} nay thuộc giai đoạn {2} (trước: {3})" },
	[P_OFFER_NEW] = { "{1} now offers \"{2}\"", "{1} nay cho phép \"{2}\"" },
	[P_OFFER_GONE] = { "{1} no longer offers \"{2}\"", "{1} không còn cho phép \"{2}\"" },
	[P_AGREE_WHO] = { "In {1} these have to agree now: {2} (was: {3})",
	    "Tại {1} nay cần sự đồng ý của: {2} (trước: {3})" },
	[P_AGREE_RULE] = { "In {1} {2} of them have to agree now (was {3})",
	    "Tại {1} nay cần đồng ý theo: {2} (trước: {3})" },
	[P_ENTERING] = { "Entering {1}", "Khi vào {1}" },
	[P_LEAVING] = { "Leaving {1}", "Khi rời {1}" },
	[P_EVENT_NEW] = { "{1} is new: by {2}; it leads to {3}",
	    "Thêm {1}: do {2}; chuyển tới {3}" },
	[P_EVENT_GONE] = { "{1} is gone", "Bỏ {1}" },
	[P_WAY_NEW] = { "{1} has another way, to {2}", "{1} có thêm hướng tới {2}" },
	[P_WAY_GONE] = { "{1} has lost its way to {2}", "{1} không còn hướng tới {2}" },
	[P_EVENT_TITLE] = { "{1} was called \"{2}\"", "{1} trước đây mang tên \"{2}\"" },
	[P_MAY] = { "{1} may now be sent by {2}", "{1} nay được thực hiện bởi {2}" },
	[P_MAY_NOT] = { "{1} may no longer be sent by {2}",
	    "{1} không còn được thực hiện bởi {2}" },
	[P_NEVER] = { "{1} may never be sent by {2} now", "{1} nay không được thực hiện bởi {2}" },
	[P_NO_LONGER_NEVER] = { "{1} is no longer closed to {2}", "{1} không còn cấm đối với {2}" },
	[P_GUARD_NEW] = { "{1} now has a condition: {2}", "{1} nay có điều kiện: {2}" },
	[P_GUARD_GONE] = { "{1} no longer has a condition (was {2})",
	    "{1} không còn điều kiện (trước: {2})" },
	[P_GUARD] = { "{1} has another condition: {2} (was {3})",
	    "{1} có điều kiện khác: {2} (trước: {3})" },
	[P_TARGET] = { "{1} now leads to {2} (was {3})", "{1} nay chuyển tới {2} (trước: {3})" },
	[P_REFUSAL] = { "{1} now says when it is not possible: \"{2}\" (was \"{3}\")",
	    "{1} nay báo khi không thực hiện được: \"{2}\" (trước: \"{3}\")" },
	[P_TONE] = { "{1} is now shown as {2} (was {3})",
	    "{1} nay hiển thị kiểu {2} (trước: {3})" },
	[P_TOLD] = { "{1} is now told by other cases", "{1} nay do hồ sơ khác báo sang" },
	[P_UNTOLD] = { "{1} is no longer told by other cases",
	    "{1} không còn do hồ sơ khác báo sang" },
	[P_FIELD_NEW] = { "{1} now asks for \"{2}\"", "{1} nay hỏi thêm \"{2}\"" },
	[P_FIELD_NEW_NEEDED] = { "{1} now asks for \"{2}\" and needs it",
	    "{1} nay hỏi thêm \"{2}\", bắt buộc" },
	[P_FIELD_GONE] = { "{1} no longer asks for \"{2}\"", "{1} không còn hỏi \"{2}\"" },
	[P_NEEDS] = { "{1} now needs \"{2}\"", "{1} nay bắt buộc nhập \"{2}\"" },
	[P_NEEDS_GROUND] = { "{1} now needs a ground (\"{2}\")",
	    "{1} nay bắt buộc nêu căn cứ (\"{2}\")" },
	[P_NEEDS_NOT] = { "{1} no longer needs \"{2}\"", "{1} không còn bắt buộc nhập \"{2}\"" },
	[P_FIELD] = { "{1}: \"{2}\" is checked differently, {3} is now {4}",
	    "{1}: \"{2}\" được kiểm tra khác, {3} nay là {4}" },
	[P_FIELD_TITLE] = { "{1}: \"{2}\" was called \"{3}\"",
	    "{1}: \"{2}\" trước đây mang tên \"{3}\"" },
	[P_FORM_NEW] = { "{1} now has a form", "{1} nay có biểu mẫu" },
	[P_FORM_GONE] = { "{1} no longer has a form", "{1} không còn biểu mẫu" },
	[P_FORM_RULES] = { "{1} has other rules between its fields",
	    "{1} có quy tắc khác giữa các trường" },
	[P_NOTICE_NEW] = { "{1} now sends the notice \"{2}\" to {3}",
	    "{1} nay gửi thông báo \"{2}\" tới {3}" },
	[P_NOTICE_GONE] = { "{1} no longer sends the notice \"{2}\" to {3}",
	    "{1} không còn gửi thông báo \"{2}\" tới {3}" },
	[P_NOTICE_TO] = { "{1} sends the notice \"{2}\" now to {3} (was {4})",
	    "{1} gửi thông báo \"{2}\" nay tới {3} (trước: {4})" },
	[P_ACTION_NEW] = { "{1} now does \"{2}\": {3}", "{1} nay thực hiện \"{2}\": {3}" },
	[P_ACTION_GONE] = { "{1} no longer does \"{2}\": {3}",
	    "{1} không còn thực hiện \"{2}\": {3}" },
	[P_EXTENDS_NEW] = { "{1} now extends the term {2} ({3})",
	    "{1} nay gia hạn thời hạn {2} ({3})" },
	[P_EXTENDS_GONE] = { "{1} no longer extends the term {2} ({3})",
	    "{1} không còn gia hạn thời hạn {2} ({3})" },
	[P_REST] = { "{1}: {2} is now {3} (was {4})", "{1}: {2} nay là {3} (trước: {4})" },
	[P_REST_ONLY] = { "Nothing changes for people: the files differ in descriptions, the order "
			  "of things or the version",
	    "Không đổi đối với người dùng: hai tệp chỉ khác về mô tả, thứ tự hoặc số phiên bản" },
	[P_NOTICE_TERM] = { "{1} sends the notice \"{2}\" now with the date of {3} (was {4})",
	    "{1} gửi thông báo \"{2}\" nay theo hạn của {3} (trước: {4})" },
	[P_NOTHING] = { "nothing", "không có" },
	[P_EVENT_IN] = { "{1} in {2}", "{1} tại {2}" },
	[P_TIMER_IN] = { "The end of {1} in {2}", "Hết hạn {1} tại {2}" },
	[P_BY_ITSELF] = { "What happens by itself in {1}", "Bước tự động tại {1}" },
	[P_DONE_IN] = { "The end of {1}", "Việc hoàn tất {1}" },
	[P_CASE_FORM] = { "The form of the case", "Biểu mẫu hồ sơ" },
	[P_STAYS] = { "no other state", "trạng thái hiện tại" },
	[P_PEOPLE] = { "the people of the requester", "người của cơ quan yêu cầu" },
	[P_PARTIES] = { "the people of a party", "người của một bên liên quan" },
	[P_PREVIOUS] = { "who took the step before", "người thực hiện bước liền trước" },
	[P_AGREED] = { "a post that has agreed already", "chức danh đã đồng ý" },
	[P_OTHER_CASES] = { "other cases or the chart itself", "hồ sơ khác hoặc chính quy trình" },
};

static const char *
filled_in(const struct diff *d, enum phrase p, va_list ap)
{
	const char *text = str_eq(d->lang, "vi") ? phrases[p].vi : phrases[p].en;
	const char *parts[4] = { "", "", "", "" }, *part;
	struct str out;

	for (size_t n = 0; (part = va_arg(ap, const char *)) != NULL; n++)
		if (n < LEN(parts))
			parts[n] = part;
	str_init(&out, d->a);
	for (; *text; text++) {
		if (text[0] == '{' && text[1] >= '1' && text[1] <= '4' && text[2] == '}') {
			str_add(&out, parts[text[1] - '1']);
			text += 2;
		} else
			str_add_n(&out, text, 1);
	}
	return out.text;
}

const char *
diff_phrase(const struct diff *d, enum phrase p, ...)
{
	va_list ap;
	const char *text;

	va_start(ap, p);
	text = filled_in(d, p, ap);
	va_end(ap);
	return text;
}

void
diff_say(struct diff *d, enum phrase p, ...)
{
	va_list ap;
	const char *text;

	va_start(ap, p);
	text = filled_in(d, p, ap);
	va_end(ap);
	ARENA_PUSH(d->a, d->lines, d->count, d->size) = text;
}

const char *
diff_state_name(const struct diff *d, const struct sc_state *s)
{
	if (s == NULL)
		return diff_phrase(d, P_NOTHING, NULL);
	return arena_printf(d->a, "\"%s\" (%s)", title_in(s->meta, d->lang, s->key), s->id);
}

const char *
diff_text(const struct diff *d, struct json_object *o)
{
	if (o == NULL)
		return diff_phrase(d, P_NOTHING, NULL);
	if (json_object_is_type(o, json_type_string))
		return arena_strdup(d->a, json_object_get_string(o));
	return json_canonical(d->a, o);
}

const char *
diff_rights(const struct diff *d, struct json_object *list)
{
	struct str out;

	str_init(&out, d->a);
	for (size_t i = 0;
	     json_object_is_type(list, json_type_array) && i < json_object_array_length(list); i++)
		str_addf(&out, "%s%s", i ? "; " : "",
		    right_words(d->law, json_object_array_get_idx(list, i), d->lang, d->a));
	return out.len ? out.text : diff_phrase(d, P_NOTHING, NULL);
}

bool
diff_has(struct json_object *list, struct json_object *one)
{
	for (size_t i = 0;
	     json_object_is_type(list, json_type_array) && i < json_object_array_length(list); i++)
		if (json_equal(json_object_array_get_idx(list, i), one))
			return true;
	return false;
}
