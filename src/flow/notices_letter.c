/*
 * What a letter is given for its placeholders: texts, texts in two languages, a list.
 */
#include "flow_priv.h"

static const char *
text_in(struct json_object *value, const char *lang)
{
	if (json_object_is_type(value, json_type_object))
		value = json_get(value, lang);
	return value ? json_object_get_string(value) : "";
}

const char *
letter_value(const struct notice_values *v, const char *name, const char *lang)
{
	return text_in(json_get(v->given, name), lang);
}

/* A line is a text, or {"text", "link"}. */
static void
add_line(struct json_object *line, const char *lang, bool is_html, struct str *out)
{
	const char *link = json_str(line, "link");
	const char *text = text_in(link ? json_get(line, "text") : line, lang);

	if (!is_html) {
		str_addf(out, "%s- %s", out->len ? "\n" : "", text);
		if (link)
			str_addf(out, "\n  %s", link);
		return;
	}
	str_add(out, "<li>");
	if (link) {
		str_add(out, "<a href=\"");
		notice_put_html(out, link);
		str_add(out, "\">");
	}
	notice_put_html(out, text);
	str_addf(out, "%s</li>", link ? "</a>" : "");
}

bool
letter_add_lines(const struct notice_values *v, const char *lang, bool is_html, struct str *out)
{
	struct json_object *lines = json_get(v->given, "lines");
	size_t count = lines ? json_object_array_length(lines) : 0;

	if (count && is_html)
		str_add(out, "<ul>");
	for (size_t i = 0; i < count; i++)
		add_line(json_object_array_get_idx(lines, i), lang, is_html, out);
	if (count && is_html)
		str_add(out, "</ul>");
	return count > 0;
}
