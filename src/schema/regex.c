/*
 * Patterns: ECMA-262 expressions with the u flag, translated to what PCRE2 means by the same, and
 * run within limits.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "schema_priv.h"

#include <stdlib.h>
#include <string.h>

enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 5000 };

struct regex {
	const char *pattern;
	pcre2_code *code;
	struct regex *next;
};

/* ---- translation ---- */

struct translation {
	struct str out;
	const char *p;
	bool is_in_class;
	const char *why;
};

/* The long names of general categories, which PCRE2 does not know. */
static const char *
short_category(const char *name, size_t len)
{
	static const char *const names[][2] = { { "Letter", "L" }, { "Cased_Letter", "L&" },
		{ "Uppercase_Letter", "Lu" }, { "Lowercase_Letter", "Ll" },
		{ "Titlecase_Letter", "Lt" }, { "Modifier_Letter", "Lm" }, { "Other_Letter", "Lo" },
		{ "Mark", "M" }, { "Combining_Mark", "M" }, { "Nonspacing_Mark", "Mn" },
		{ "Spacing_Mark", "Mc" }, { "Enclosing_Mark", "Me" }, { "Number", "N" },
		{ "Decimal_Number", "Nd" }, { "digit", "Nd" }, { "Letter_Number", "Nl" },
		{ "Other_Number", "No" }, { "Punctuation", "P" }, { "punct", "P" },
		{ "Connector_Punctuation", "Pc" }, { "Dash_Punctuation", "Pd" },
		{ "Open_Punctuation", "Ps" }, { "Close_Punctuation", "Pe" },
		{ "Initial_Punctuation", "Pi" }, { "Final_Punctuation", "Pf" },
		{ "Other_Punctuation", "Po" }, { "Symbol", "S" }, { "Math_Symbol", "Sm" },
		{ "Currency_Symbol", "Sc" }, { "Modifier_Symbol", "Sk" }, { "Other_Symbol", "So" },
		{ "Separator", "Z" }, { "Space_Separator", "Zs" }, { "Line_Separator", "Zl" },
		{ "Paragraph_Separator", "Zp" }, { "Other", "C" }, { "Control", "Cc" },
		{ "cntrl", "Cc" }, { "Format", "Cf" }, { "Surrogate", "Cs" },
		{ "Private_Use", "Co" }, { "Unassigned", "Cn" } };

	for (size_t i = 0; i < LEN(names); i++)
		if (strlen(names[i][0]) == len && memcmp(names[i][0], name, len) == 0)
			return names[i][1];
	return NULL;
}

/* "\p{Letter}", "\p{gc=L}": at the backslash */
static void
take_property(struct translation *t)
{
	const char *name = t->p + 3, *end = t->p[2] == '{' ? strchr(t->p, '}') : NULL, *category;

	if (!end) {
		t->why = "\\p needs a name in braces";
		return;
	}
	if (str_starts(name, "gc="))
		name += strlen("gc=");
	else if (str_starts(name, "General_Category="))
		name += strlen("General_Category=");
	category = short_category(name, (size_t)(end - name));
	str_addf(&t->out, "\\%c{%.*s}", t->p[1],
	    category ? (int)strlen(category) : (int)(end - name), category ? category : name);
	t->p = end + 1;
}

/* The four hex digits of "\uD83D" at p, or -1. */
static long
unit_at(const char *p)
{
	char digits[5] = "", *end;
	long unit;

	if (p[0] != '\\' || p[1] != 'u' || strspn(p + 2, "0123456789abcdefABCDEF") < 4)
		return -1;
	memcpy(digits, p + 2, 4);
	unit = strtol(digits, &end, 16);
	return unit;
}

/* One above U+FFFF stands for itself, as PCRE2 has no escape for it that keeps JavaScript's \u. */
static void
add_character(struct translation *t, long cp)
{
	if (cp > 0xFFFF)
		str_addf(&t->out, "%c%c%c%c", (int)(0xF0 | cp >> 18),
		    (int)(0x80 | (cp >> 12 & 0x3F)), (int)(0x80 | (cp >> 6 & 0x3F)),
		    (int)(0x80 | (cp & 0x3F)));
	else
		str_addf(&t->out, "\\u%04lx", cp);
}

/* "\u0041", "\u{1F432}", or a surrogate pair: one character */
static void
take_unicode(struct translation *t)
{
	long high = unit_at(t->p), low = high < 0 ? -1 : unit_at(t->p + 6), cp = high;
	size_t n = t->p[2] == '{' ? strspn(t->p + 3, "0123456789abcdefABCDEF") : 0;
	size_t len = 6;

	if (n > 0 && n <= 6 && t->p[3 + n] == '}') {
		cp = strtol(t->p + 3, NULL, 16);
		len = n + 4;
	} else if (high >= 0xD800 && high <= 0xDBFF && low >= 0xDC00 && low <= 0xDFFF) {
		cp = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
		len = 12;
	}
	if (cp < 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) {
		t->why = "\\u needs the four hex digits of a character";
		return;
	}
	add_character(t, cp);
	t->p += len;
}

/* White space is wider in ECMA-262 than in PCRE2. */
static void
take_space(struct translation *t)
{
	static const char spaces[] = "\\s\\u00a0\\ufeff\\p{Z}";

	if (t->is_in_class)
		str_add(&t->out, t->p[1] == 's' ? spaces : "\\S");
	else
		str_addf(&t->out, "[%s%s]", t->p[1] == 's' ? "" : "^", spaces);
	t->p += 2;
}

static void
take_escape(struct translation *t)
{
	char c = t->p[1];

	if (c == 'p' || c == 'P') {
		take_property(t);
	} else if (c == 'u') {
		take_unicode(t);
	} else if (c == 's' || c == 'S') {
		take_space(t);
	} else if (c == 'v') {
		str_add(&t->out, "\\x0b"); /* to PCRE2 every vertical space */
		t->p += 2;
	} else if (c && (strchr("dDwWbBfnrtcxk0123456789", c) || strchr("^$\\.*+?()[]{}|/-", c))) {
		str_add_n(&t->out, t->p, 2);
		t->p += 2;
	} else {
		t->why = "an escape that ECMA-262 does not know";
	}
}

static void
take_plain(struct translation *t)
{
	char c = *t->p;

	if (t->is_in_class && c == '[')
		str_add(&t->out, "\\["); /* PCRE2 would look for [:alpha:] */
	else if (!t->is_in_class && c == '.')
		str_add(&t->out, "[^\\n\\r\\u2028\\u2029]");
	else
		str_add_n(&t->out, t->p, 1);
	if (c == '[')
		t->is_in_class = true;
	else if (c == ']')
		t->is_in_class = false;
	t->p++;
}

/* NULL, with why, for what ECMA-262 has not but PCRE2 would take. */
static const char *
translate(struct arena *a, const char *pattern, const char **why)
{
	struct translation t = { .p = pattern };

	str_init(&t.out, a);
	while (*t.p && !t.why) {
		if (!t.is_in_class && t.p[0] == '(' && t.p[1] == '*')
			t.why = "nothing to repeat";
		else if (*t.p == '\\')
			take_escape(&t);
		else
			take_plain(&t);
	}
	*why = t.why;
	return t.why ? NULL : t.out.text;
}

/* ---- compiled ---- */

static pcre2_code *
compile(struct arena *a, const char *text, const char **why)
{
	pcre2_code *code;
	size_t offset;
	int error;

	code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
	    PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_BSUX | PCRE2_MATCH_UNSET_BACKREF |
		PCRE2_ALLOW_EMPTY_CLASS | PCRE2_NEVER_BACKSLASH_C,
	    &error, &offset, NULL);
	if (!code) {
		char message[120];

		pcre2_get_error_message(error, (PCRE2_UCHAR *)message, sizeof(message));
		*why = arena_strdup(a, message);
	}
	return code;
}

static const struct regex *
find(const struct schema *s, const char *pattern)
{
	const struct regex *r = s->regexes;

	while (r && strcmp(r->pattern, pattern) != 0)
		r = r->next;
	return r;
}

bool
regex_add(struct schema *s, const char *pattern, const char **why)
{
	const char *text = translate(s->arena, pattern, why);
	pcre2_code *code;
	struct regex *r;

	if (find(s, pattern))
		return true;
	code = text ? compile(s->arena, text, why) : NULL;
	if (!code)
		return false;
	r = arena_new_of(s->arena, struct regex);
	*r = (struct regex){ .pattern = pattern, .code = code, .next = s->regexes };
	s->regexes = r;
	return true;
}

/* Past the limits counts as no match: a pattern cannot hold the server up. */
bool
regex_matches(const struct schema *s, const char *pattern, const char *text, size_t len)
{
	const struct regex *r = find(s, pattern);
	pcre2_match_context *limits = pcre2_match_context_create(NULL);
	pcre2_match_data *match = pcre2_match_data_create_from_pattern(r->code, NULL);
	int found;

	pcre2_set_match_limit(limits, MATCH_LIMIT);
	pcre2_set_depth_limit(limits, DEPTH_LIMIT);
	found = pcre2_match(r->code, (PCRE2_SPTR)text, len, 0, 0, match, limits);
	pcre2_match_data_free(match);
	pcre2_match_context_free(limits);
	return found >= 0;
}

void
regex_free_all(struct schema *s)
{
	for (struct regex *r = s->regexes; r; r = r->next)
		pcre2_code_free(r->code);
}
