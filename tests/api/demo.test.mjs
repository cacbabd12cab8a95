// The demo province: it shows every process, at different steps, and is loaded once.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { province, root } from "./harness.mjs";

const at = province();
const workflows = fs.readdirSync(path.join(root, "workflows")).filter((name) => /^(wf-|assignment|refusal-notice)/.test(name))
  .map((name) => path.basename(name, ".json"));
const OPENED_BY_THE_CALENDAR_ALONE = ["wf-10-proposal"];

test("there are cases of every process", () => {
  const shown = at.p.sql("SELECT DISTINCT workflow FROM cases").flat();
  assert.deepEqual(workflows.filter((id) => !shown.includes(id)), OPENED_BY_THE_CALENDAR_ALONE);
});

test("disputes stand at each level, and some are over", () => {
  const states = at.p.sql("SELECT active_states FROM cases WHERE workflow = 'wf-08'").flat().join(" ");
  for (const state of ["l1_deciding", "l2_in_progress", "chair_deciding", "l3_ministry", "implementing", "settled", "self_settled", "closed"])
    assert.match(states, new RegExp(`\\b${state}\\b`));
});

test("a task of a decided dispute is late, some agencies have not reported, an agreement waits to be signed", () => {
  const [[tasks, reports, signing]] = at.p.sql(`SELECT SUM(workflow = 'assignment' AND active_states LIKE '%late%'),
    SUM(workflow = 'wf-19-report' AND is_open AND due_at < UTC_TIMESTAMP(6)), SUM(workflow = 'wf-02' AND active_states = 'signing')
    FROM cases`);
  for (const count of [tasks, reports, signing]) assert.ok(Number(count) > 0, `${tasks} ${reports} ${signing}`);
});

test("more time is asked for in one request, and was granted in another", () => {
  const [[asked, granted]] = at.p.sql(`SELECT SUM(active_states LIKE 'extension_asked %'), SUM(is_open AND JSON_LENGTH(context, '$.terms."request.account".extensions') = 1)
    FROM cases WHERE workflow = 'wf-01'`);
  assert.deepEqual([asked, granted], ["1", "1"]);
});

test("every text is filled in", () => {
  assert.deepEqual(at.p.sql("SELECT data FROM event WHERE data REGEXP '[{][a-z_+0-9-]+[}]' LIMIT 1"), []);
});

test("a second load does nothing", () => {
  const count = () => at.p.sql("SELECT COUNT(*) FROM person")[0][0];
  const before = count();
  const said = execFileSync(path.join(root, process.env.LIENTHONG ?? "build/asan/lienthong"), ["demo", "load", "--config", at.p.config],
    { encoding: "utf8" });
  assert.match(said, /already loaded/);
  assert.equal(count(), before);
});
