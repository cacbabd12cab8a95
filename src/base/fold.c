/*
 * Folds text for search: Vietnamese and other Latin letters, composed or with combining marks,
 * become a-z and 0-9; everything else becomes one space.
 */
#include "base.h"

#include "utf8.h"

#include <string.h>

/* The bare letter of each code point of a block: ' ' for what is no letter, '*' for two letters
 * (see pairs). */
static const char latin_1_and_extended_a[] = /* U+00C0 .. U+017F */
    "aaaaaa*ceeeeiiiidnooooo ouuuuy**aaaaaa*ceeeeiiiidnooooo ouuuuy*y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
    "lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static const char extended_b[] = /* U+0180 .. U+024F */
    "                  f             oo             uu               "
    "    *********aaiioouuuuuuuuuu aaaa    ggkkoooo  j***gg  nnaa    "
    "aaaaeeeeiiiioooorrrruuuusstt  hh      aaeeooooooooyy            "
    "                ";
static const char extended_additional[] = /* U+1E00 .. U+1EFF */
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwyasss*daaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy    yy";

static const struct {
	uint32_t first, last;
	const char *letters;
} pairs[] = {
	{ 0xC6, 0xC6, "ae" },
	{ 0xDE, 0xDE, "th" },
	{ 0xDF, 0xDF, "ss" },
	{ 0xE6, 0xE6, "ae" },
	{ 0xFE, 0xFE, "th" },
	{ 0x132, 0x133, "ij" },
	{ 0x152, 0x153, "oe" },
	{ 0x1C4, 0x1C6, "dz" },
	{ 0x1C7, 0x1C9, "lj" },
	{ 0x1CA, 0x1CC, "nj" },
	{ 0x1F1, 0x1F3, "dz" },
	{ 0x1E9E, 0x1E9E, "ss" },
};

static char
letter_of(uint32_t cp)
{
	if ((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9'))
		return (char)cp;
	if (cp >= 'A' && cp <= 'Z')
		return (char)(cp + 'a' - 'A');
	if (cp >= 0xC0 && cp <= 0x17F)
		return latin_1_and_extended_a[cp - 0xC0];
	if (cp >= 0x180 && cp <= 0x24F)
		return extended_b[cp - 0x180];
	if (cp >= 0x1E00 && cp <= 0x1EFF)
		return extended_additional[cp - 0x1E00];
	return ' ';
}

static const char *
pair_of(uint32_t cp)
{
	for (size_t i = 0; i < LEN(pairs); i++)
		if (cp >= pairs[i].first && cp <= pairs[i].last)
			return pairs[i].letters;
	return "";
}

static void
add_folded(struct str *s, uint32_t cp)
{
	char letter = letter_of(cp);

	if (letter == '*')
		str_add(s, pair_of(cp));
	else if (letter != ' ')
		str_add_n(s, &letter, 1);
	else if (s->len && s->text[s->len - 1] != ' ')
		str_add(s, " ");
}

static bool
is_combining_mark(uint32_t cp)
{
	return cp >= 0x300 && cp <= 0x36F;
}

char *
text_fold(struct arena *a, const char *utf8)
{
	size_t n = strlen(utf8);
	struct str s;

	str_init(&s, a);
	for (size_t i = 0; i < n;) {
		uint32_t cp = ' ';
		size_t len = utf8_next(utf8 + i, n - i, &cp);

		if (!is_combining_mark(cp))
			add_folded(&s, cp);
		i += len ? len : 1; /* a byte that is no text separates words */
	}
	if (s.len && s.text[s.len - 1] == ' ')
		s.text[--s.len] = '\0';
	return s.text;
}
