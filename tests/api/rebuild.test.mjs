// Every case of the province agrees with its events; who changes a row is found.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province } from "./harness.mjs";
import { tool } from "./tool.mjs";

const at = province();
const check = () => tool(at.p, ["flow", "rebuild", "--check"]);

test("all cases of the province agree with their events", async () => {
  const answer = await check();
  assert.equal(answer.code, 0, answer.out);
  assert.match(answer.out, /\d{3,} cases with \d+ events: 0 differ/);
});

test("a row that was changed is found, and so is an event", async () => {
  const [[open], [number]] = [at.p.sql("SELECT MAX(id) FROM cases WHERE is_open = 1 AND due_at IS NOT NULL")[0],
    at.p.sql("SELECT number FROM cases WHERE id = (SELECT MAX(id) FROM cases WHERE is_open = 1 AND due_at IS NOT NULL)")[0]];
  at.p.sql(`UPDATE cases SET due_at = due_at + INTERVAL 3 DAY WHERE id = ${open}`);
  const row = await check();
  assert.equal(row.code, 1);
  assert.match(row.out, new RegExp(`${number}: the due date is .*; its events give`));
  assert.match(row.out, /: 1 differ/);
  at.p.sql(`UPDATE cases SET due_at = due_at - INTERVAL 3 DAY WHERE id = ${open}`);
  at.p.sql(`UPDATE event SET actor_post = 'head' WHERE case_id = ${open} AND version = 1`);
  const event = await check();
  assert.equal(event.code, 1);
  assert.match(event.out, new RegExp(`${number}: event 1 \\(START\\) was changed: its hash does not fit it`));
});

test("what it is for must be said", async () => {
  assert.equal((await tool(at.p, ["flow", "rebuild"])).code, 2);
  assert.equal((await tool(at.p, ["flow"])).code, 2);
});
