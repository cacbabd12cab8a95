/*
 * Notices: a template, the values of one case and one event, a person -> a mail in their language.
 */
#include "flow_priv.h"

#include <string.h>

typedef void (*put_fn)(struct str *out, const char *value);

static void
put_plain(struct str *out, const char *value)
{
	str_add(out, value);
}

void
notice_put_html(struct str *out, const char *value)
{
	for (const char *p = value; *p; p++) {
		switch (*p) {
		case '&':
			str_add(out, "&amp;");
			break;
		case '<':
			str_add(out, "&lt;");
			break;
		case '>':
			str_add(out, "&gt;");
			break;
		case '"':
			str_add(out, "&quot;");
			break;
		case '\'':
			str_add(out, "&#39;");
			break;
		case '\n':
			str_add(out, "<br>");
			break;
		default:
			str_add_n(out, p, 1);
		}
	}
}

/* A header is one line: whatever a person typed, it cannot begin another. */
static void
put_header(struct str *out, const char *value)
{
	for (const char *p = value; *p; p++)
		str_add_n(out, (unsigned char)*p < 0x20 || *p == 0x7f ? " " : p, 1);
}

/* The next {{name}} at or after text: its name in the arena, *start and *end around the braces. */
static char *
next_placeholder(struct arena *a, const char *text, const char **start, const char **end)
{
	const char *close;

	*start = strstr(text, "{{");
	close = *start ? strstr(*start, "}}") : NULL;
	if (close == NULL)
		return NULL;
	*end = close + 2;
	return arena_strndup(a, *start + 2, (size_t)(close - *start - 2));
}

void
notice_each_placeholder(
    struct arena *a, const char *text, void (*fn)(void *arg, const char *name), void *arg)
{
	const char *start, *end;
	char *name;

	for (; (name = next_placeholder(a, text, &start, &end)) != NULL; text = end)
		fn(arg, name[0] == '?' ? name + 1 : name);
}

struct fill {
	const struct notice_values *v;
	const struct person *p;
	const char *lang;
	put_fn put;
};

/* Writes text with its placeholders filled to out; the fixed words of a template are not escaped
 * when they are HTML themselves (is_markup). false: a placeholder marked {{?name}} has no value. */
static bool
fill(const struct fill *f, const char *text, bool is_markup, struct str *out)
{
	const char *start, *end;
	put_fn put_own = is_markup ? put_plain : f->put;
	char *name;

	for (; (name = next_placeholder(f->v->a, text, &start, &end)) != NULL; text = end) {
		bool optional = name[0] == '?';
		const char *value = notice_value(f->v, name + optional, f->lang, f->p);

		if (optional && *value == '\0')
			return false;
		put_own(out, arena_strndup(f->v->a, text, (size_t)(start - text)));
		f->put(out, value);
	}
	put_own(out, text);
	return true;
}

/* false: it is left out, as an optional value is missing or a list is empty. */
static bool
add_paragraph(
    const struct fill *f, const char *text, const char *open, const char *close, struct str *body)
{
	struct str one;

	str_init(&one, f->v->a);
	if (f->v->given && str_eq(text, LETTER_LINES)) {
		if (!letter_add_lines(f->v, f->lang, *open != '\0', &one))
			return false;
		open = close = "";
	} else if (!fill(f, text, false, &one)) {
		return false;
	}
	str_addf(body, "%s%s%s", open, one.text, close);
	return true;
}

static char *
body_of(const struct fill *f, struct json_object *paragraphs, const char *open, const char *close)
{
	struct str body, one;

	str_init(&body, f->v->a);
	for (size_t i = 0; i < json_object_array_length(paragraphs); i++) {
		str_init(&one, f->v->a);
		if (!add_paragraph(f,
			json_object_get_string(json_object_array_get_idx(paragraphs, i)), open,
			close, &one))
			continue;
		str_addf(&body, "%s%s", body.len && *open == '\0' ? "\n\n" : "", one.text);
	}
	return body.text;
}

/* The layout around a body. */
static char *
framed(const struct fill *f, const char *layout, const char *body)
{
	const char *place = strstr(layout, "{{body}}");
	struct str out;

	str_init(&out, f->v->a);
	fill(f, arena_strndup(f->v->a, layout, (size_t)(place - layout)), true, &out);
	str_add(&out, body);
	fill(f, place + strlen("{{body}}"), true, &out);
	return out.text;
}

static const char *
subject_of(const struct fill *f, const char *template)
{
	struct fill header = *f;
	struct str out;

	str_init(&out, f->v->a);
	header.put = put_header;
	fill(&header, template, false, &out);
	return out.text;
}

void
notice_render(const struct notice_values *v, const char *name, const struct person *p,
    struct mail_write *mail)
{
	const char *lang = str_eq(p->locale, "en") ? "en" : "vi";
	struct json_object *notice = json_get(v->given ? v->law->letters : v->law->notices, name);
	struct json_object *template = json_get(notice, lang);
	struct json_object *layout = json_get(v->law->layout, lang);
	struct fill plain = { v, p, lang, put_plain }, html = { v, p, lang, notice_put_html };

	if (v->given)
		layout = json_get(layout, "letter");
	*mail = (struct mail_write){
		.person_id = p->id,
		.address = p->email,
		.name = p->name,
		.template_name = name,
		.is_urgent = json_truth(notice, "urgent", false),
		.subject = subject_of(&plain, json_str(template, "subject")),
		.text = framed(&plain, json_str(layout, "text"),
		    body_of(&plain, json_get(template, "body"), "", "")),
		.html = framed(&html, json_str(layout, "html"),
		    body_of(&html, json_get(template, "body"), "<p>", "</p>")),
	};
}

char *
notice_with_link(struct arena *a, const char *text, const char *url, bool is_html)
{
	const char *mark;
	struct str out;

	str_init(&out, a);
	for (; (mark = strstr(text, "{{link}}")) != NULL; text = mark + strlen("{{link}}")) {
		str_add_n(&out, text, (size_t)(mark - text));
		(is_html ? notice_put_html : put_plain)(&out, url);
	}
	str_add(&out, text);
	return out.text;
}
