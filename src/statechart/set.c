/*
 * Sets of states as bit sets in document order, so that a state's descendants are one range;
 * and lists that grow in an arena.
 */
#include "statechart_priv.h"

void *
list_grow(struct arena *a, void *items, int count, int *size, size_t item_size)
{
	void *bigger;

	if (count < *size)
		return items;
	*size = *size ? *size * 2 : 4;
	bigger = arena_alloc(a, (size_t)*size * item_size);
	if (count)
		memcpy(bigger, items, (size_t)count * item_size);
	return bigger;
}

struct set
set_new(struct arena *a, int size)
{
	struct set s = { .word_count = (size + 63) / 64 };

	s.words = arena_array(a, uint64_t, s.word_count);
	return s;
}

struct set
set_copy(struct arena *a, struct set s)
{
	struct set copy = set_new(a, s.word_count * 64);

	memcpy(copy.words, s.words, (size_t)s.word_count * sizeof *s.words);
	return copy;
}

int
set_next(struct set s, int from)
{
	int w = from >> 6;
	uint64_t rest;

	if (w >= s.word_count)
		return -1;
	rest = s.words[w] & (~UINT64_C(0) << (from & 63));
	while (!rest) {
		if (++w == s.word_count)
			return -1;
		rest = s.words[w];
	}
	return w * 64 + __builtin_ctzll(rest);
}

int
set_previous(struct set s, int from)
{
	int w = from >> 6;
	uint64_t rest;

	if (from < 0)
		return -1;
	rest = s.words[w] & (~UINT64_C(0) >> (63 - (from & 63)));
	while (!rest) {
		if (w-- == 0)
			return -1;
		rest = s.words[w];
	}
	return w * 64 + 63 - __builtin_clzll(rest);
}

bool
set_any_in(struct set s, int first, int last)
{
	int found = first <= last ? set_next(s, first) : -1;

	return found != -1 && found <= last;
}
