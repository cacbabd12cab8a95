/*
 * word: text to folded words, the same way for what is found and for what is asked. Numbers lose
 * their leading zeros, so that "1", "001" and the end of a case's number are one word.
 */
#include "store_priv.h"

#include <ctype.h>
#include <string.h>

enum { WORD_MAX = 39 }; /* two and '_' fit the column */

struct words {
	char **list;
	int count;
};

static char *
normal_form(struct arena *a, const char *word, size_t len)
{
	size_t digits = 0;

	while (digits < len && isdigit((unsigned char)word[digits]))
		digits++;
	if (digits == len) {
		while (len > 1 && *word == '0') {
			word++;
			len--;
		}
	}
	return arena_strndup(a, word, len < WORD_MAX ? len : WORD_MAX);
}

static struct words
split(struct arena *a, const char *text)
{
	const char *at = text_fold(a, text);
	struct words w = { .list = arena_array(a, char *, strlen(at) / 2 + 1) };

	while (*at) {
		size_t len = strcspn(at, " ");

		w.list[w.count++] = normal_form(a, at, len);
		at += len + (at[len] == ' ');
	}
	return w;
}

static char *
pair_of(struct arena *a, const struct words *w, int i)
{
	return arena_printf(a, "%s_%s", w->list[i], w->list[i + 1]);
}

/* Words need no escape: they hold a-z, 0-9 and '_' only. */
static void
add_quoted(struct str *s, const char *word)
{
	str_addf(s, "%s\"%s\"", s->len > 1 ? "," : "", word);
}

static const char *
words_json(struct arena *a, const struct words *w, int count)
{
	struct str s;

	str_init(&s, a);
	str_add(&s, "[");
	for (int i = 0; i < count; i++)
		add_quoted(&s, w->list[i]);
	str_add(&s, "]");
	return s.text;
}

static const char *
pairs_json(struct arena *a, const struct words *w)
{
	struct str s;

	str_init(&s, a);
	str_add(&s, "[");
	for (int i = 0; i + 1 < w->count; i++)
		add_quoted(&s, pair_of(a, w, i));
	str_add(&s, "]");
	return s.text;
}

static bool
is_blank(const char *text)
{
	return !text || text[strspn(text, " \t\r\n")] == '\0';
}

void
query_words(struct arena *a, const char *text, struct query_words *q)
{
	struct words w = split(a, text ? text : "");
	int whole = w.count - 1;

	memset(q, 0, sizeof(*q));
	if (w.count == 0 && is_blank(text))
		return;
	if (w.count == 0) { /* only signs: "~" is in no word, so nothing is found */
		q->prefix_from = "~";
		q->prefix_to = "~~";
		q->whole_json = q->pairs_json = "[]";
		return;
	}
	for (int i = 0; i < whole && i < QUERY_WORDS; i++)
		q->whole[i] = w.list[i];
	q->prefix_from = w.list[whole];
	q->prefix_to = arena_printf(a, "%s~", w.list[whole]); /* '~' comes after all a word holds */
	q->whole_json = words_json(a, &w, whole);
	q->pairs_json = pairs_json(a, &w);
}

const char *
index_words(struct arena *a, const char *text, bool with_pairs)
{
	struct words w = split(a, text);
	struct words all = { .list = arena_array(a, char *, w.count * 2 + 1) };

	for (int i = 0; i < w.count; i++) {
		all.list[all.count++] = w.list[i];
		if (with_pairs && i + 1 < w.count)
			all.list[all.count++] = pair_of(a, &w, i);
	}
	return words_json(a, &all, all.count);
}
