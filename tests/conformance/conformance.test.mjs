// The program against the conformance data, on its command line: what data/README.md lists.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const program = process.env.LIENTHONG ?? new URL('../../build/asan/lienthong', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
after(() => rmSync(folder, { recursive: true }));

const dataFile = (name) => new URL(`data/${name}`, import.meta.url);
const lines = (name) =>
  readFileSync(dataFile(name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

function file(name, value) {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

function run(...args) {
  const r = spawnSync(program, args, { encoding: 'utf8' });
  assert.equal(r.signal, null, `${args.join(' ')} ended by ${r.signal}: ${r.stderr}`);
  return r;
}

const parsed = (text) => text.trim().split('\n').map((line) => JSON.parse(line));

// null stands for "not looked at"
function assertActive(got, expected, where) {
  if (expected) assert.deepEqual([...got.active].sort(), [...expected].sort(), where);
}

test('every machine of statecharts.jsonl goes where it must', () => {
  const cases = lines('statecharts.jsonl');
  assert.equal(cases.length, 125);
  for (const { id, machine, guards, delays, steps, initial, expect } of cases) {
    const r = run('workflow', 'simulate', file('machine.json', machine), file('events.json', { guards, delays, steps }));
    assert.equal(r.status, 0, `${id}: ${r.stderr}`);
    const [first, ...rest] = parsed(r.stdout);
    assert.equal(rest.length, steps.length, id);
    assertActive(first, initial, `${id}, at first`);
    rest.forEach((got, i) => assertActive(got, expect[i], `${id}, step ${i}`));
  }
});

test('check refuses every machine of invalid.jsonl with its place, simulate those that cannot run', () => {
  for (const { id, machine, lint } of lines('invalid.jsonl')) {
    const path = file('machine.json', machine);
    const check = run('workflow', 'check', path);
    assert.equal(check.status, 1, id);
    for (const line of check.stderr.trim().split('\n')) assert.ok(line.startsWith(`${path}:/`), `${id}: ${line}`);
    if (lint) continue;
    const simulate = run('workflow', 'simulate', path, file('events.json', { steps: [] }));
    assert.equal(simulate.status, 1, id);
    assert.ok(simulate.stderr.startsWith(`${path}:`), `${id}: ${simulate.stderr}`);
  }
});

test('the example workflow is taken as it stands', () => {
  const r = run('workflow', 'check', dataFile('example-workflow.json').pathname);
  assert.equal(r.status, 0, r.stderr);
});

test('files that are away or no JSON end with 2', () => {
  const machine = file('machine.json', { id: 'm', initial: 'a', states: { a: {} } });
  writeFileSync(join(folder, 'broken.json'), '{"id": ');
  for (const other of [join(folder, 'away.json'), join(folder, 'broken.json')]) {
    assert.equal(run('workflow', 'simulate', machine, other).status, 2);
    assert.equal(run('workflow', 'simulate', other, machine).status, 2);
  }
});

test('every rule of logic.jsonl has its result', () => {
  for (const { id, rule, data, result } of lines('logic.jsonl')) {
    const r = run('logic', file('rule.json', rule), file('data.json', data ?? null));
    assert.equal(r.status, 0, `${id}: ${r.stderr}`);
    assert.deepEqual(JSON.parse(r.stdout), result, id);
  }
});

test('every schema of schema.jsonl judges as it must', () => {
  for (const { id, schema, tests } of lines('schema.jsonl'))
    for (const { description, data, valid } of tests) {
      const r = run('schema', file('schema.json', schema), file('instance.json', data));
      assert.equal(r.status, valid ? 0 : 1, `${id}, ${description}: ${r.stdout}${r.stderr}`);
    }
});
