// workflows/schema.json: every workflow is valid, and none that lacks what it must have.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { good, program } from './corpus.mjs';

const workflows = new URL('../../workflows/', import.meta.url).pathname;
const schema = join(workflows, 'schema.json');
const folder = mkdtempSync(join(tmpdir(), 'schema-'));
after(() => rmSync(folder, { recursive: true }));

const isWorkflow = (name) => name.endsWith('.json') && !['posts.json', 'sides.json', 'schema.json'].includes(name);
const validate = (file) => spawnSync(program, ['schema', schema, file], { encoding: 'utf8' });

function validateValue(value) {
  const file = join(folder, 'workflow.json');
  writeFileSync(file, JSON.stringify(value));
  return validate(file);
}

test('every workflow is valid', () => {
  const files = [workflows, join(good, 'workflows')].flatMap((dir) => readdirSync(dir).filter(isWorkflow).map((name) => join(dir, name)));
  for (const file of files) {
    const r = validate(file);
    assert.equal(r.status, 0, `${file}: ${r.stdout}${r.stderr}`);
  }
});

const asking = () => JSON.parse(readFileSync(join(good, 'workflows/asking.json'), 'utf8'));
const at = (value, path) => path.reduce((o, key) => o[key], value);
const changed = (path, change) => {
  const value = asking();
  const keys = path.split('/');
  change(at(value, keys.slice(0, -1)), keys.at(-1));
  return value;
};
const mustFail = (path, change) => assert.equal(validateValue(changed(path, change)).status, 1, path);

const required = [
  'id', 'states', 'initial', 'meta', 'meta/title', 'meta/title/vi', 'meta/law', 'meta/kind', 'meta/prefix', 'meta/terms', 'meta/start', 'meta/start/by',
  'meta/start/title', 'meta/visibility', 'meta/visibility/see', 'meta/phases', 'meta/phases/0/title', 'meta/form/additionalProperties', 'meta/form/properties/what/x-title',
  'states/open/meta', 'states/open/meta/title', 'states/open/meta/law', 'states/open/initial', 'states/open/after/answer/meta', 'states/open/after/answer/meta/law',
  'states/open/states/drafting/meta/task', 'states/open/states/drafting/meta/approval/rule', 'states/open/states/drafting/always/guard/params/state',
  'states/open/states/asked/meta/task/post', 'states/open/states/asked/on/ANSWER/meta/title', 'states/open/states/asked/on/ANSWER/guard/params',
  'states/open/states/asked/on/ANSWER/actions/0/params/kind', 'states/open/states/asked/on/ANSWER/actions/1/params/to',
  'states/open/states/asked/entry/1/params/workflow', 'states/answered/meta/offers/0/by',
];

test('a workflow that lacks what it must have is not valid', () => {
  for (const path of required) mustFail(path, (o, key) => delete o[key]);
});

test('what no workflow has is not valid', () => {
  const unknown = ['titel', 'meta/titel', 'states/open/meta/duration', 'states/open/on/WITHDRAW/meta/to', 'states/open/on/WITHDRAW/goto', 'meta/start/who'];
  for (const path of unknown) mustFail(path, (o, key) => (o[key] = 'x'));
  mustFail('states/open/on/SIDE_DONE/meta/by', (o, key) => (o[key] = [{ post: 'head', of: 'owner' }]));
  mustFail('states/open/states/drafting/meta/task/post', (o, key) => (o[key] = 'head'));
  mustFail('states/refused/on', (o, key) => (o[key] = {}));
});
