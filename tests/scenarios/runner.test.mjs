// The runner of stories finds what is wrong in one: each of these lines must be told by its number.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
const runner = process.env.RUNNER ?? join(root, 'build/asan/run-scenario');
const folder = mkdtempSync(join(tmpdir(), 'story-'));
after(() => rmSync(folder, { recursive: true }));

function run(lines, ...options) {
  for (const name of ['cast.txt', 'request.txt']) copyFileSync(join(root, 'tests/scenarios', name), join(folder, name));
  const story = join(folder, 'wf01-story.scn');
  writeFileSync(story, `given cast cast.txt\n${lines.join('\n')}\n`);
  const r = spawnSync(runner, [...options, root, story], { encoding: 'utf8' });
  return { ...r, wrong: [...r.stdout.matchAll(/^\S+\.scn:(\d+): /gm)].map((m) => Number(m[1]) - 2) };
}

const begun = ['at 03/10/2022 09:00', 'lan starts', 'hung sends SIGN'];

test('a story in which all holds', () => {
  const r = run([...begun, 'expect state submitted on_time', 'expect task focal of owner due 04/10/2022', 'expect due 10/10/2022', 'expect due 10/10/2022 24:00',
    'expect grant none', 'expect offers lan nothing', 'expect can lan WITHDRAW', 'expect sees minh', 'expect opened wf-08 0']);
  assert.deepEqual(r.wrong, [], r.stdout);
  assert.match(r.stdout, /wf-01\.json: no story takes/);
  assert.equal(r.status, 1, 'ways that no story takes are a mistake');
});

const wrongLines = [
  'expect state draft', 'expect task head of owner due 04/10/2022', 'expect task focal of owner due 05/10/2022', 'expect task none', 'expect due 11/10/2022',
  'expect due 10/10/2022 09:00', 'expect outcome refused', 'expect regime VN-ND278-2025', 'expect can lan SIGN', 'expect can lan nothing', 'expect sees-not minh',
  'expect mail request-arrived to tam', 'expect mail-text Không ai viết thế', 'expect opened wf-08 1', 'expect grant account x', 'expect offers lan wf-08',
  'expect agreed submitted owner', 'expect no-case', 'expect nonsense', 'minh sends APPROVE', 'minh sends RECEIVE refused own-case', 'nobody sends RECEIVE',
  'lan dances', 'look at STG-YC-2022-00009', 'lan starts wf-99', 'lan starts about STG-YC-2022-00009', 'lan starts with H99', 'given agency king H1 Vua',
  'given person x focal of king', 'given workflow wf-99', 'at noon', 'clock opens wf-01', 'clock stops', 'lan sends ANSWER {broken',
];

test('every line that does not hold is told', () => {
  for (const line of wrongLines) {
    const r = run([...begun, line]);
    assert.deepEqual([...new Set(r.wrong)], [begun.length], `${line}: ${r.stdout}`);
    assert.equal(r.status, 1, line);
  }
});

test('all workflows are judged when all are asked for, and need stories', () => {
  const r = run(begun, '--all');
  assert.equal(r.status, 1);
  assert.match(r.stdout, /wf-08\.json: 0 stories/);
});
