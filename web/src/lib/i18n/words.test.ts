import { expect, it } from 'vitest';
import { calendar, note } from './calendar';
import { en } from './en';
import { feedWords } from './feed';
import { operations } from './operations';
import { settings } from './settings';
import { vi } from './vi';

type Tree = { [key: string]: unknown };
const keysOf = (tree: Tree, path = ''): string[] => Object.entries(tree).flatMap(([key, value]) =>
  typeof value === 'object' && value !== null ? keysOf(value as Tree, `${path}${key}.`) : [path + key]);

const inVietnamese: Tree = { vi, settings: settings.vi, operations: operations.vi, calendar: calendar.vi, note: note.vi, feed: feedWords.vi };
const inEnglish: Tree = { vi: en, settings: settings.en, operations: operations.en, calendar: calendar.en, note: note.en, feed: feedWords.en };

it('both languages have the same words, the open lists of field names too', () => {
  expect(keysOf(inEnglish).sort()).toEqual(keysOf(inVietnamese).sort());
});

it('no English stands in the Vietnamese', () => {
  const texts = (tree: Tree): string[] => Object.values(tree).flatMap((v) =>
    typeof v === 'string' ? [v] : typeof v === 'object' && v !== null ? texts(v as Tree) : []);
  expect(texts(inVietnamese).filter((text) => /\b(the|of|is|and|draft|case|request|click|submit)\b/i.test(text))).toEqual([]);
});
