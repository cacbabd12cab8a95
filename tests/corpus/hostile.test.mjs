// Workflows made to hurt: refused, or taken within their bounds. None may crash the program or keep it busy.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { check, good, program } from './corpus.mjs';

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
after(() => rmSync(folder, { recursive: true }));

const limit = { timeout: 120_000, encoding: 'utf8', maxBuffer: 1 << 28 };
const asking = 'workflows/asking.json';
const meta = { title: { vi: 'X', en: 'X' }, law: 'DEFAULT' };
const by = [{ post: 'head', of: 'owner' }];
const asked = (change) => ({ patch: { [asking]: { states: { open: { states: { asked: change } } } } } });

/** Ends by itself as it does with any file: 0 good, 1 refused, 2 not to be read. */
function ends(r) {
  assert.equal(r.signal, null, `ended by ${r.signal}: ${r.stderr.slice(0, 2000)}`);
  assert.ok(r.status <= 2, `exit ${r.status}: ${r.stderr.slice(0, 2000)}`);
  assert.doesNotMatch(r.stderr, /Sanitizer|runtime error/);
  return r;
}
const checked = (change) => ends(check(change, limit));

function refused(change, expected) {
  const r = checked(change);
  assert.equal(r.status, 1);
  assert.match(r.mistakes[0], expected);
}

/** Runs a machine that only runs, and answers its lines or what is said of it. */
function simulated(machine, events) {
  const files = [['machine.json', machine], ['events.json', events]].map(([name, value]) => {
    writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
    return join(folder, name);
  });
  return ends(spawnSync(program, ['workflow', 'simulate', ...files], limit));
}

const nested = (depth, open, inside, close) => open.repeat(depth) + inside + close.repeat(depth);
const many = (n, make) => Object.fromEntries(Array.from({ length: n }, (_, i) => make(i)));

test('ten thousand levels of states', () => {
  const levels = nested(10_000, '{"initial":"s","states":{"s":', '{}', '}}');
  refused({ text: { [asking]: `{"id":"m","meta":{"title":1},${levels.slice(1)}` } }, /nested too deep|deeper than/i);
});

test('states as deep as they may be, and one deeper', () => {
  const machine = (depth) => `{"id":"m",${nested(depth, '"initial":"s","states":{"s":{', '"on":{"A":{}}', '}}')}}`;
  assert.equal(simulated(machine(30), { steps: [{ event: 'A' }] }).status, 0);
  assert.match(simulated(machine(40), { steps: [] }).stderr, /nested too deeply/);
});

test('ten thousand states', () => {
  const states = many(10_000, (i) => [`s${i}`, { meta: { ...meta, phase: 'ask' }, on: { NEXT: { target: `s${(i + 1) % 10_000}`, meta: { ...meta, by } }, END: { target: '#withdrawn', meta: { ...meta, by } } } }]);
  checked(asked({ initial: 's0', states, entry: null }));
  const r = simulated({ id: 'm', initial: 's0', states: many(10_000, (i) => [`s${i}`, { on: { NEXT: `s${(i + 1) % 10_000}` } }]) }, { steps: [{ event: 'NEXT' }, { event: 'NEXT' }] });
  assert.match(r.stdout, /m\.s2/);
});

test('a hundred thousand transitions', () => {
  const list = Array.from({ length: 100_000 }, () => ({ target: '#withdrawn', guard: { type: 'logic', params: { rule: { var: 'case.rounds' } } }, meta: { ...meta, by } }));
  checked(asked({ on: { MANY: list } }));
  const machine = { id: 'm', initial: 'a', states: { a: { on: { A: Array.from({ length: 100_000 }, () => ({ target: 'b', guard: 'never' })) } }, b: { on: { A: 'a' } } } };
  assert.equal(simulated(machine, { steps: [{ event: 'A' }] }).status, 0);
});

test('a thousand regions that all listen', () => {
  const states = many(1000, (i) => [`r${i}`, { initial: 'a', states: { a: { on: { A: 'b' } }, b: { on: { A: 'a' } } } }]);
  const r = simulated({ id: 'm', type: 'parallel', states }, { steps: [{ event: 'A' }, { event: 'A' }] });
  assert.equal(r.status, 0);
  assert.match(r.stdout, /m\.r999\.b/);
});

test('regions by regions, whose configurations nobody can count', () => {
  const region = { initial: 'a', meta, states: many(10, (i) => ['abcdefghij'[i], { meta, on: { [`E${i}`]: { target: 'abcdefghij'[(i + 1) % 10], meta: { ...meta, by } } } }]) };
  checked(asked({ type: 'parallel', states: many(30, (i) => [`r${i}`, region]) }));
});

test('an `always` that never rests', () => {
  const state = (next) => ({ meta, always: { target: next, meta } });
  refused(asked({ initial: 'x', states: { x: state('y'), y: state('x') } }), /never comes to rest/);
  const circle = { id: 'm', initial: 'a', states: { a: { always: { target: 'b', guard: 'g' } }, b: { always: { target: 'a', guard: 'g' } } } };
  assert.match(simulated(circle, { guards: { g: true }, steps: [] }).stderr, /endless|rest|1000/);
});

test('events that raise each other', () => {
  const raise = (type) => [{ type: 'xstate.raise', params: { event: { type } } }];
  const machine = { id: 'm', initial: 'a', states: { a: { on: { A: { actions: raise('B') }, B: { actions: raise('A') } } } } };
  assert.match(simulated(machine, { steps: [{ event: 'A' }] }).stderr, /endless|rest|1000/);
  const twice = { id: 'm', initial: 'a', states: { a: { on: { A: { actions: [...raise('A'), ...raise('A')] } } } } };
  assert.match(simulated(twice, { steps: [{ event: 'A' }] }).stderr, /endless|rest|1000/);
});

test('rules ten thousand operations deep and a hundred thousand wide', () => {
  const deep = (n) => nested(n, '{"!":[', 'true', ']}');
  const machine = (rule) => JSON.stringify({ id: 'm', initial: 'a', states: { a: { on: { A: { guard: { type: 'logic', params: { rule: 0 } } } } } } }).replace('"rule":0', `"rule":${rule}`);
  for (const rule of [deep(200), deep(10_000), `{"+":[${'1,'.repeat(99_999)}1]}`, `{"cat":[${'{"var":"x"},'.repeat(99_999)}1]}`])
    simulated(machine(rule), { steps: [{ event: 'A' }] });
  const wide = { or: Array.from({ length: 100_000 }, () => ({ '==': [{ var: 'case.rounds' }, 1] })) };
  checked(asked({ on: { ANSWER: { guard: { params: { rule: wide } } } } }));
  const tower = Array.from({ length: 500 }).reduce((rule) => ({ '!': [rule] }), true);
  refused(asked({ on: { ANSWER: { guard: { params: { rule: { '<': null, ...tower } } } } } }), /nested too deeply/);
  const within = Array.from({ length: 70 }).reduce((rule, _, i) => (i % 2 ? [rule] : { merge: rule }), true);
  writeFileSync(join(folder, 'rule.json'), JSON.stringify(within));
  ends(spawnSync(program, ['logic', join(folder, 'rule.json'), join(folder, 'rule.json')], limit));
});

test('rules whose results double with every element', () => {
  const each = Array.from({ length: 40 }, (_, i) => i);
  const accumulator = { var: 'accumulator' };
  for (const [step, first] of [[{ cat: [accumulator, accumulator] }, 'aaaa'], [{ merge: [accumulator, accumulator] }, [1]], [[accumulator, accumulator], 1]]) {
    writeFileSync(join(folder, 'rule.json'), JSON.stringify({ reduce: [each, step, first] }));
    writeFileSync(join(folder, 'data.json'), '{}');
    const r = ends(spawnSync(program, ['logic', join(folder, 'rule.json'), join(folder, 'data.json')], limit));
    assert.match(r.stderr, /too many steps|deep/);
  }
  const grown = Array.from({ length: 12 }).reduce((list) => ({ map: [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], list] }), 1);
  simulated({ id: 'm', initial: 'a', states: { a: { on: { A: { guard: { type: 'logic', params: { rule: grown } } } } } } }, { steps: [{ event: 'A' }] });
});

test('strings of megabytes, and keys of control signs', () => {
  const huge = 'ă'.repeat(4_000_000);
  checked(asked({ on: { [huge]: { target: '#withdrawn', meta: { ...meta, by } } } }));
  checked(asked({ meta: { title: { vi: huge } } }));
  refused({ patch: { [asking]: { initial: huge } } }, /no state/);
  checked({ patch: { [asking]: { states: { 'a\u0001\u001b[31m\n': { meta } } } } });
  refused({ text: { [asking]: '{"id":"\ud800"}' } }, /./);
  refused({ text: { [asking]: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) } }, /./);
});

test('schemas that refer to themselves, and patterns that backtrack', () => {
  const form = (properties) => ({ patch: { [asking]: { meta: { form: { properties: { what: properties } } } } } });
  checked(form({ $ref: '#/properties/what', 'x-title': meta.title }));
  checked(form({ pattern: '^(a+)+$', 'x-title': meta.title }));
  const schema = join(folder, 'schema.json');
  const value = join(folder, 'value.json');
  writeFileSync(schema, JSON.stringify({ pattern: '^(([a-z])+.)+[A-Z]([a-z])+$' }));
  writeFileSync(value, JSON.stringify('a'.repeat(100_000)));
  ends(spawnSync(program, ['schema', schema, value], limit));
  writeFileSync(schema, nested(10_000, '{"not":', '{}', '}'));
  ends(spawnSync(program, ['schema', schema, value], limit));
});

function* paths(value, path = []) {
  yield path;
  if (value && typeof value === 'object') for (const key of Object.keys(value)) yield* paths(value[key], [...path, key]);
}

function replaced(value, path, by) {
  if (path.length === 0) return by;
  const last = path.slice(0, -1).reduce((o, key) => o[key], value);
  last[path.at(-1)] = by;
  return value;
}

test('a value of a wrong kind at each place of the law', () => {
  const files = ['regimes/one', 'common/asking', 'notices/asking', 'notices/layout', 'notices/letters', 'posts', 'sides', '../calendars/vn'].map((name) => `workflows/${name}.json`);
  const kinds = ['', [], {}, 5, null, true];
  let turn = 0;
  for (const file of files) {
    const text = readFileSync(join(good, file), 'utf8');
    for (const path of paths(JSON.parse(text))) checked({ text: { [file]: JSON.stringify(replaced(JSON.parse(text), path, kinds[turn++ % kinds.length])) } });
  }
});
