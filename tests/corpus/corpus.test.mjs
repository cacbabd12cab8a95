// Bad workflows are refused with just the mistakes they have, each at its place.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { check } from './corpus.mjs';

const folder = new URL('bad-workflows/', import.meta.url);

test('the good definitions that the others are changes of are good', () => {
  assert.deepEqual(check({}).mistakes, []);
  assert.equal(check({}).status, 0);
});

test('every bad workflow is refused with its mistakes and no others', () => {
  const names = readdirSync(folder).sort();
  assert.ok(names.length >= 60);
  for (const name of names) {
    const bad = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
    const r = check(bad);
    assert.deepEqual(r.mistakes, bad.mistakes, name);
    assert.equal(r.status, 1, name);
  }
});
