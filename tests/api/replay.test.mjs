// Past cases through a draft: the workflow as it is changes nothing, a draft's differences are told.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { province, root } from "./harness.mjs";
import { draft, tool } from "./tool.mjs";

const at = province();
const replay = (...args) => tool(at.p, ["workflow", "replay", ...args]);
const total = (answer, words) => Number(answer.out.match(new RegExp(`(\\d+) ${words}`))[1]);

test("through the workflow as it is nothing would have gone otherwise", async () => {
  const answer = await replay(path.join(root, "workflows/wf-01.json"));
  assert.equal(answer.code, 0, answer.err);
  assert.ok(total(answer, "cases; 0 would have gone otherwise") > 100);
});

test("a right that a draft takes away is told as a refusal, case by case", async () => {
  const before = at.p.sql("SELECT COUNT(*), MAX(id) FROM event");
  const answer = await replay(draft(at.p, "wf-01", (text) => text.replaceAll('"CONFIRM_CONNECTED"', '"CONFIRM"')));
  assert.equal(answer.code, 0, answer.err);
  assert.match(answer.out, /CONFIRM_CONNECTED would have been refused: .*Testing/);
  assert.match(answer.out, /outcome: expired; was connected/);
  assert.ok(total(answer, "with something refused") > 10);
  assert.deepEqual(at.p.sql("SELECT COUNT(*), MAX(id) FROM event"), before);
});

test("a draft calendar moves due dates; a span of days bounds the cases", async () => {
  const calendar = JSON.parse(fs.readFileSync(path.join(root, "calendars/vn.json")));
  calendar.working_weekdays = [1, 2, 3, 4, 5, 6];
  const file = path.join(at.p.folder, "six-days.json");
  fs.writeFileSync(file, JSON.stringify(calendar));
  const all = await replay(path.join(root, "workflows/wf-01.json"), "--calendar", file);
  assert.equal(all.code, 0, all.err);
  assert.match(all.out, /request\.account due \d{4}-\d\d-\d\d 24:00; was \d{4}-\d\d-\d\d 24:00/);
  const none = await replay(path.join(root, "workflows/wf-01.json"), "--since", "2019-01-01", "--until", "2019-12-31");
  assert.match(none.out, /^0 cases/);
  assert.equal((await replay(path.join(root, "workflows/wf-01.json"), "--since", "yesterday")).code, 1);
});
