// Cases run on under the version they began with: what former versions name stays in workflows/common,
// regimes and notices, or a server that has such cases does not start. former/ has the names that were ever
// used, and one whole workflow, whose notices fill in what its forms had then.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { program } from './corpus.mjs';

const root = new URL('../../', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const all = (folder) => readdirSync(new URL(`workflows/${folder}`, root)).map((name) => read(`workflows/${folder}/${name}`));
const former = read('tests/corpus/former/names.json');

test('terms, kinds of grounds and notices of former versions are there', () => {
  const law = [...all('common'), ...all('regimes')];
  const there = {
    terms: law.flatMap((file) => Object.keys(file.terms ?? {})),
    grounds: law.flatMap((file) => Object.keys(file.grounds ?? {})),
    notices: all('notices').flatMap((file) => Object.keys(file)),
  };
  for (const [kind, names] of Object.entries(former)) {
    assert.ok(names.length > 0);
    const known = new Set(there[kind]);
    assert.deepEqual(names.filter((name) => !known.has(name)), [], kind);
  }
});

test('a former version holds under the law of today', () => {
  const file = new URL('former/wf-22.json', import.meta.url).pathname;
  const r = spawnSync(program, ['workflow', 'check', '--quiet', '--definitions', root.pathname, file],
    { encoding: 'utf8', cwd: root.pathname });
  assert.equal(r.status, 0, r.stderr);
});
