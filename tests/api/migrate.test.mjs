// Open cases move to another version by a plan: told before, cut off and gone on with, put back.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { province } from "./harness.mjs";
import { draft, tool } from "./tool.mjs";

const at = province();
const renamed = (text) => text.replaceAll("under_review", "assessing").replaceAll("internal_sign", "to_sign");
const number = (sql) => Number(at.p.sql(sql)[0][0]);
const open = (version) => number(`SELECT COUNT(*) FROM cases WHERE is_open = 1 AND workflow_version_id = ${version}`);

function plan(more) {
  const file = path.join(at.p.folder, "plan.json");
  fs.writeFileSync(file, JSON.stringify({ workflow: "wf-01", from: at.from, to: at.to, why: "đổi tên bước", ...more }));
  return file;
}

test("a plan that says nothing of a state is refused, with the states", async () => {
  const published = await tool(at.p, ["workflow", "publish", draft(at.p, "wf-01", renamed), "--why", "đổi tên bước"]);
  assert.equal(published.code, 0, published.err);
  at.to = Number(published.out.match(/version (\d+) is published/)[1]);
  at.from = Number(published.out.match(/before: version (\d+)/)[1]);
  at.count = open(at.from);
  assert.ok(at.count > 20);
  const answer = await tool(at.p, ["workflow", "migrate", "--plan", plan({}), "--dry-run"]);
  assert.equal(answer.code, 1);
  assert.match(answer.err, /states that the plan does not map: .*under_review \(\d+\)/);
  assert.equal((await tool(at.p, ["workflow", "migrate", "--plan", plan({})])).code, 1);
  assert.equal(open(at.from), at.count);
});

test("a dry run lists every open case and changes nothing", async () => {
  at.plan = plan({ states: { under_review: "assessing", internal_sign: "to_sign" }, terms: "keep" });
  const answer = await tool(at.p, ["workflow", "migrate", "--plan", at.plan, "--dry-run"]);
  assert.equal(answer.code, 0, answer.err);
  assert.equal(answer.out.match(/^STG-YC-/gm).length, at.count);
  assert.match(answer.out, /under_review on_time -> assessing on_time/);
  assert.match(answer.out, /timer {6}kept: xstate\.after\.request\.account\.on_time, due \d{4}-/);
  assert.equal(open(at.from), at.count);
});

test("a run that is killed goes on where it ended; each case moves once", async () => {
  const killed = await tool(at.p, ["workflow", "migrate", "--plan", at.plan], (out, child) => {
    if ((out.match(/^STG-YC-/gm) ?? []).length >= 3) child.kill("SIGKILL");
  });
  assert.equal(killed.signal, "SIGKILL");
  assert.ok(open(at.to) >= 2);
  const answer = await tool(at.p, ["workflow", "migrate", "--plan", at.plan, "--by", at.hung.login]);
  assert.equal(answer.code, 0, answer.err);
  assert.equal(open(at.from), 0);
  assert.equal(open(at.to), at.count);
  assert.equal(number("SELECT COUNT(*) FROM event WHERE type = 'workflow.migrated'"), at.count);
  assert.equal(number("SELECT COUNT(*) FROM workflow_migration"), 1);
  const check = await tool(at.p, ["flow", "rebuild", "--check"]);
  assert.equal(check.code, 0, check.out);
});

test("people go on in the new version, and see the move in the history", async () => {
  const id = at.p.sql("SELECT c.id FROM cases c JOIN agency g ON g.id = c.owner_id WHERE c.active_states LIKE 'assessing%' AND g.code = " +
    "(SELECT g2.code FROM service s JOIN agency g2 ON g2.id = s.owner_id WHERE s.code = 'DV008') LIMIT 1")[0]?.[0];
  assert.ok(id, "the demo has a request for DV008 under review");
  const c = (await at.tam.get(`/api/cases/${id}`)).body;
  assert.deepEqual(c.states.includes("assessing"), true);
  const move = c.history.find((e) => e.type === "workflow.migrated");
  assert.equal(move.kind, "system");
  assert.equal(move.title.en, "Moved to another version of the process");
  assert.deepEqual(move.data, { reason: "đổi tên bước" });
  await at.tam.send(id, "APPROVE");
  at.movedOn = id;
});

test("undo puts back what has not moved on, and says the rest", async () => {
  const answer = await tool(at.p, ["workflow", "migrate", "--plan", at.plan, "--undo"]);
  assert.equal(answer.code, 0, answer.err);
  assert.match(answer.out, new RegExp(`${at.count - 1} cases put back, 1 stay`));
  assert.equal(open(at.from), at.count - 1);
  const check = await tool(at.p, ["flow", "rebuild", "--check"]);
  assert.equal(check.code, 0, check.out);
});
