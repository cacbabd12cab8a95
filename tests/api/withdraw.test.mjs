// The ward withdraws its request: at any time before the connection, and only the ward.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province } from "./harness.mjs";

const at = province();

const steps = [
  ["before signing", async () => {}],
  ["after sending", (id) => at.hung.send(id, "SIGN")],
  ["in review", (id) => at.minh.send(id, "RECEIVE")],
  ["while more is asked", (id) => at.minh.send(id, "ASK_INFO", { question: "Đề nghị nêu rõ thời gian lưu giữ" })],
];

for (let n = 0; n < steps.length; n++)
  test(`a request is withdrawn ${steps[n][0]}`, async () => {
    const c = await at.lan.request();
    for (const [, take] of steps.slice(0, n + 1)) await take(c.id);
    const closed = await at.lan.send(c.id, "WITHDRAW", { reason: "Không còn nhu cầu" });
    assert.equal(closed.outcome, "withdrawn");
    assert.equal(closed.is_open, false);
    assert.equal(closed.due_at, null);
    assert.ok(!(await at.minh.inboxHas(c.id)));
  });

test("the owner cannot withdraw what is not its own", async () => {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  const answer = await at.minh.trySend(c.id, "WITHDRAW");
  assert.equal(answer.status, 403);
  assert.equal(answer.body.code, "not-your-post");
});

test("what is connected cannot be withdrawn", async () => {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  await at.minh.send(c.id, "RECEIVE");
  await at.tam.send(c.id, "APPROVE");
  await at.minh.send(c.id, "ACCOUNT_MADE", { account: "p3-motcua" });
  await at.lan.send(c.id, "CONFIRM_CONNECTED");
  const answer = await at.lan.trySend(c.id, "WITHDRAW");
  assert.equal(answer.status, 409);
  assert.equal(answer.body.code, "case-closed");
});
