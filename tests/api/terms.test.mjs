// How a due date came about: each day of a term, its pauses, and who may ask.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province } from "./harness.mjs";
import { tool } from "./tool.mjs";

const at = province();
const termOf = async (who, id, term) => who.get(`/api/cases/${id}/terms/${term}`);

/** The days that count are numbered 1.. up to the due day. */
function assertCounted(term, amount) {
  const numbers = term.days.filter((day) => day.n !== null).map((day) => day.n);
  assert.deepEqual(numbers, Array.from({ length: amount }, (_, i) => i + 1));
  assert.equal(term.days.at(-1).n, amount);
  assert.equal(new Date(`${term.days.at(-1).date}T24:00:00+07:00`).getTime(), new Date(term.due_at).getTime());
  assert.equal(term.days.find((day) => day.why === "day-of-event").date, term.counted_from);
}

test("a due date is explained day by day, over a pause too, to who may see the case", async () => {
  const c = await at.lan.request();
  assert.equal((await termOf(at.lan, c.id, "request.account")).status, 404, "not begun yet");
  await at.hung.send(c.id, "SIGN");
  const signed = await at.minh.send(c.id, "RECEIVE");
  const { status, body: first } = await termOf(at.lan, c.id, "request.account");
  assert.equal(status, 200);
  assert.equal(first.unit, "working_days");
  assert.equal(first.due_at, signed.terms.find((term) => term.term === "request.account").due_at);
  assert.ok(first.calendar.vi && first.law && first.title.vi);
  assertCounted(first, first.amount);

  await at.minh.send(c.id, "ASK_INFO", { question: "Đề nghị nêu rõ thời gian lưu giữ dữ liệu" });
  const { body: paused } = await termOf(at.lan, c.id, "request.account");
  assert.deepEqual([paused.status, paused.due_at, paused.days.length], ["paused", null, 0]);
  assert.equal(paused.pauses[0].until, null);
  await at.p.moveClock({ working_days: 1 });
  await at.lan.send(c.id, "ANSWER", { answer: "Không lưu giữ sau khi giải quyết" });
  const { body: resumed } = await termOf(at.lan, c.id, "request.account");
  assert.equal(resumed.started_at, first.started_at);
  assert.ok(resumed.pauses[0].until > resumed.pauses[0].from);
  assertCounted(resumed, resumed.pauses[0].left);

  assert.equal((await termOf(at.lan, c.id, "no.such.term")).status, 404);
  assert.equal((await termOf(at.lan, 99999999, "request.account")).status, 404);
  const answer = await tool(at.p, ["flow", "rebuild", "--check"]);
  assert.equal(answer.code, 0, answer.out);
});

test("who may not see the case is not told its dates", async () => {
  const c = await at.lan.request();
  const stranger = await at.minh.get(`/api/cases/${c.id}`);
  assert.equal(stranger.status, 403, "not sent yet");
  assert.equal((await termOf(at.minh, c.id, "request.sign")).status, 403);
});
