import { expect, it } from 'vitest';
import { en } from './en';
import { vi } from './vi';

type Tree = { [key: string]: unknown };
const keysOf = (tree: Tree, path = ''): string[] => Object.entries(tree).flatMap(([key, value]) =>
  typeof value === 'object' && value !== null ? keysOf(value as Tree, `${path}${key}.`) : [path + key]);

it('both languages have the same words, the open lists of field names too', () => {
  expect(keysOf(en as unknown as Tree).sort()).toEqual(keysOf(vi as unknown as Tree).sort());
});

it('no English stands in the Vietnamese', () => {
  const texts = (tree: Tree): string[] => Object.values(tree).flatMap((v) =>
    typeof v === 'string' ? [v] : typeof v === 'object' && v !== null ? texts(v as Tree) : []);
  expect(texts(vi as unknown as Tree).filter((text) => /\b(the|of|is|and|draft|case|request|click|submit)\b/i.test(text))).toEqual([]);
});
