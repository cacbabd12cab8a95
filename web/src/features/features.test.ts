import { expect, it } from 'vitest';

const sources = import.meta.glob<string>('./**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });

it('features never import each other', () => {
  const wrong = Object.entries(sources).flatMap(([file, text]) => {
    const own = file.split('/')[1];
    const others = [...text.matchAll(/from '@\/(features\/([\w-]+)|app)/g)].filter((m) => m[2] !== own);
    return others.map((m) => `${file}: ${m[0]}`);
  });
  expect(wrong).toEqual([]);
});
