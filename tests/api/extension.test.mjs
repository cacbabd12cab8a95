// More time: asked for with a ground, granted by the head; dates, timers, tasks and mail follow, and beyond the limit nothing does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province } from "./harness.mjs";
import { tool } from "./tool.mjs";

const at = province();
const asked = { days: 1, ground: "consultation", reason: "Phải lấy ý kiến của UBND huyện" };
const dueOf = (c, term) => c.terms.find((one) => one.term === term).due_at;
const row = (text) => at.p.sql(text)[0];
const instant = (text) => new Date(`${text.replace(" ", "T")}Z`).getTime();

async function received() {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  return at.minh.send(c.id, "RECEIVE");
}

/** All that an extension could change, as the database has it. */
const rows = (id) => JSON.stringify(["SELECT version, due_at, context, paused, snapshot FROM cases WHERE id", "SELECT * FROM task WHERE case_id", "SELECT * FROM timer WHERE case_id",
  "SELECT COUNT(*) FROM mail WHERE case_id", "SELECT COUNT(*) FROM event WHERE case_id"].map((text) => at.p.sql(`${text} = ${id}`)));

test("the focal point asks, the head grants: dates, timer, task and mail follow, and the page says why", async () => {
  const before = await received();
  const was = dueOf(before, "request.account");
  const waiting = await at.minh.send(before.id, "ASK_EXTENSION", asked);
  assert.equal(dueOf(waiting, "request.account"), was, "asking moves nothing");
  const grant = (await at.tam.get(`/api/cases/${before.id}`)).body.can.find((action) => action.type === "GRANT_EXTENSION");
  assert.deepEqual(grant.values, asked, "the form begins with what was asked for");

  const after = await at.tam.send(before.id, "GRANT_EXTENSION", asked);
  const now = dueOf(after, "request.account");
  assert.ok(now > was, `${now} after ${was}`);
  assert.equal(after.due_at, now);
  assert.equal(after.terms.find((one) => one.term === "request.account").extensions, 1);
  assert.equal(after.tasks[0].due_at, now);
  const [timer, from] = row(`SELECT due_at, next_at FROM timer WHERE case_id = ${after.id} AND term = 'request.account'`);
  assert.equal(instant(timer), new Date(now).getTime());
  assert.equal(from, timer, "the clockwork looks at it then");
  const told = (await at.p.mails(after.id)).filter((mail) => mail.subject.includes("Gia hạn giải quyết")).map((mail) => JSON.stringify(mail.to));
  for (const person of [at.lan, at.hung, at.minh, await at.p.signIn("focal", "Thông tin")])
    assert.ok(told.some((to) => to.includes(person.name)), `${person.name} is told: ${told}`);

  const why = (await at.lan.get(`/api/cases/${after.id}/terms/request.account`)).body;
  const [one] = why.extensions;
  assert.equal(one.by, at.tam.name);
  assert.equal(one.ground.code, "consultation");
  assert.equal(one.reason, asked.reason);
  assert.deepEqual([one.kind, one.amount, one.unit, one.from], ["owner", 1, "working_days", "due"]);
  assert.deepEqual([new Date(one.before).getTime(), new Date(one.after).getTime()], [new Date(was).getTime(), new Date(now).getTime()]);
  assert.deepEqual([why.days.at(-1).why, why.days.at(-1).n], ["extended", 1]);

  assert.ok(!(await at.minh.can(after.id)).includes("ASK_EXTENSION"), "once only");
  assert.equal((await at.minh.trySend(after.id, "ASK_EXTENSION", asked)).status, 409);
});

test("beyond the limit, or without a ground, it is refused and nothing has changed", async () => {
  const c = await received();
  const first = rows(c.id);
  const tooMuch = await at.minh.trySend(c.id, "ASK_EXTENSION", { ...asked, days: 2 });
  assert.deepEqual([tooMuch.status, tooMuch.body.code], [409, "not-in-this-state"]);
  assert.match(tooMuch.body.detail, /once only, before it is over, by half of it at most/);
  for (const [data, pointer] of [[{ ...asked, ground: undefined }, "/data/ground"], [{ ...asked, ground: "privacy" }, "/data/ground"], [{ ...asked, days: 0 }, "/data/days"],
    [{ ...asked, days: -1 }, "/data/days"], [{ ...asked, days: 1.5 }, "/data/days"], [{ ...asked, reason: undefined }, "/data/reason"]]) {
    const answer = await at.minh.trySend(c.id, "ASK_EXTENSION", data);
    assert.equal(answer.status, 422, JSON.stringify(data));
    assert.ok(answer.body.errors.some((e) => e.pointer === pointer || pointer.startsWith(e.pointer)), answer.text);
  }
  assert.equal(rows(c.id), first);

  await at.minh.send(c.id, "ASK_EXTENSION", asked);
  const waiting = rows(c.id);
  const beyond = await at.tam.trySend(c.id, "GRANT_EXTENSION", { ...asked, days: 2 });
  assert.equal(beyond.status, 409);
  assert.equal(beyond.body.code, "extension-limit");
  assert.equal(beyond.body.detail, "this term may be extended by 1 more working day at most");
  assert.deepEqual(beyond.body.errors, [{ pointer: "/data/days", code: "extension-limit", detail: beyond.body.detail }]);
  assert.equal((await at.minh.trySend(c.id, "GRANT_EXTENSION", asked)).status, 403, "not by who asked");
  assert.equal(rows(c.id), waiting);

  const declined = await at.tam.send(c.id, "DECLINE_EXTENSION", { reason: "Đã có đủ thông tin" });
  assert.equal(declined.due_at, c.due_at);
});

test("a task that stays open gets the new date", async () => {
  const opened = await at.lan.post("/api/cases", { workflow: "wf-22", fields: {
    sender_kind: "person", sender_name: "Trần Thị Hoa", address: "Khóm 2, Phường 3", wanted: "Danh sách hộ nghèo được hỗ trợ năm 2022", reply_by: "paper" } });
  assert.equal(opened.status, 201, opened.text);
  const { id } = opened.body;
  const before = await at.lan.send(id, "NOTIFY_TIME", { reason: "Phải rà soát hồ sơ giấy nhiều năm" });
  const [[task]] = at.p.sql(`SELECT id FROM task WHERE case_id = ${id} AND is_open = 1`);
  const after = await at.hung.send(id, "EXTEND", { days: 15, ground: "tt-search", reason: "Hồ sơ đang chỉnh lý, đã báo người yêu cầu" });
  const [same, due, key] = row(`SELECT id, due_at, due_key FROM task WHERE case_id = ${id} AND is_open = 1`);
  assert.equal(same, task);
  assert.equal(instant(due), new Date(after.due_at).getTime());
  assert.equal(key, due, "and its place in the inbox");
  assert.ok(new Date(after.due_at) - new Date(before.due_at) >= 15 * 86400e3);
  const inbox = (await at.lan.get("/api/inbox?limit=200")).body.items.find((item) => item.case.id === id);
  assert.equal(inbox.task.due_at, after.due_at);
});

test("every case still agrees with its events", async () => {
  const answer = await tool(at.p, ["flow", "rebuild", "--check"]);
  assert.equal(answer.code, 0, answer.out);
});
