// The conformance data of the statechart engine through the command line, as others test it. JSONLogic and JSON Schema
// run their data in tests/unit.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const program = process.env.LIENTHONG ?? new URL('../../build/asan/lienthong', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
after(() => rmSync(folder, { recursive: true }));

const data = (name) =>
  readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const file = (name, value) => {
  writeFileSync(join(folder, name), JSON.stringify(value));
  return join(folder, name);
};

test('every machine of statecharts.jsonl is where it should be after each step', () => {
  const cases = data('statecharts.jsonl');
  const batch = join(folder, 'cases.jsonl');
  writeFileSync(
    batch,
    cases.map((c) => JSON.stringify({ machine: c.machine, events: { guards: c.guards, steps: c.steps } })).join('\n') + '\n',
  );
  const blocks = execFileSync(program, ['workflow', 'simulate', '--batch', batch], { encoding: 'utf8' }).split('\n\n');
  cases.forEach((c, i) => {
    const got = blocks[i].split('\n').map((line) => JSON.parse(line).active.sort());
    [c.initial, ...c.expect].forEach((expected, step) => {
      if (expected) assert.deepEqual(got[step], expected.sort(), `${c.id}, step ${step}`);
    });
  });
});

test('the batch says the same as one machine at a time', () => {
  const c = data('statecharts.jsonl')[5];
  const out = execFileSync(program, ['workflow', 'simulate', file('m.json', c.machine), file('e.json', { steps: c.steps })], { encoding: 'utf8' });
  const lines = out.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(lines.length, c.steps.length + 1);
  assert.deepEqual(lines.at(-1).active.sort(), c.expect.at(-1).sort());
});

for (const c of data('invalid.jsonl'))
  test(`refused: ${c.why}`, () => {
    const path = file('bad.json', c.machine);
    const run = spawnSync(program, ['workflow', 'check', path], { encoding: 'utf8' });
    assert.equal(run.status, 1);
    assert.match(run.stderr, /^.*bad\.json:\/.*: .+/);
  });

test('the example workflow is good', () => {
  const path = new URL('data/example-workflow.json', import.meta.url).pathname;
  execFileSync(program, ['workflow', 'check', path]);
});
