// What nobody does climbs to the Chairman, who has powers; automatic mail comes in office hours; done work ends it all.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province, until } from "./harness.mjs";
import { tool } from "./tool.mjs";

const at = province();
const HOUR_MS = 3600e3;
const reason = "Cơ quan cung cấp dữ liệu chậm nhiều ngày, người dân đang chờ";
let chair, ict, justice, justiceHead, office;
const cases = {}; // name -> {id, escalation}

const look = async (id) => (await chair.get(`/api/cases/${id}`)).body;
const localNow = async () => new Date(Date.parse((await chair.get("/api/demo/clock")).body.now) + 7 * HOUR_MS);
const dayIn = async (days) => new Date((await localNow()).getTime() + days * 24 * HOUR_MS).toISOString().slice(0, 10);

/** No timer of any case is due any more, and nothing told is on its way. */
const quiet = () => until("timers to be quiet", async () => {
  const [[due]] = at.p.sql(`SELECT COUNT(*) FROM timer WHERE due_at <= UTC_TIMESTAMP(6) + INTERVAL
    (SELECT COALESCE(MAX(CAST(value AS SIGNED)), 0) FROM setting WHERE name = 'clock_offset_us') MICROSECOND`);
  return due === "0";
});

async function passDays(n) {
  for (let day = 0; day < n; day++) {
    await at.p.moveClock({ working_days: 1 });
    await quiet();
  }
}

async function becomes(id, state) {
  await quiet();
  const c = await look(id);
  assert.ok(c.states.includes(state), `${c.number} is in ${c.states}, not in ${state}`);
  return c;
}

test("requests that nobody answers climb to the Chairman", async () => {
  [chair, ict, office, justice, justiceHead] = await Promise.all([at.p.signIn("chair", "Văn phòng UBND"), at.p.signIn("focal", "Thông tin"),
    at.p.signIn("focal", "Văn phòng UBND"), at.p.signIn("focal", "Tư pháp"), at.p.signIn("head", "Tư pháp")]);
  await at.p.moveClock({ hours: ((32 - (await localNow()).getUTCHours()) % 24) || 24 }); // about 08:00
  for (const name of ["approve", "refuse", "direct", "reassign", "extend", "nothing", "done"]) {
    const c = await at.lan.request();
    await at.hung.send(c.id, "SIGN");
    await at.minh.send(c.id, "RECEIVE");
    cases[name] = { id: c.id };
  }
  await at.p.moveClock({ hours: 15 }); // it is 23:00 now: every timer is noticed at night
  await passDays(12);
  for (const one of Object.values(cases)) {
    const c = await becomes(one.id, "at_chair");
    const [escalation, ...more] = c.links.children.filter((link) => link.number.includes("-CT-"));
    assert.ok(escalation && more.length === 0, JSON.stringify(c.links.children));
    one.escalation = escalation.id;
  }
});

test("the ladder has opened one case before the Chairman, which all sides see", async () => {
  const c = await look(cases.approve.escalation);
  assert.deepEqual(c.states, ["considering"]);
  assert.ok(await chair.inboxHas(c.id));
  assert.deepEqual(await chair.can(c.id), ["APPROVE", "DIRECT", "EXTEND", "NO_ACTION", "REASSIGN", "REFUSE"]);
  for (const person of [at.lan, at.minh, ict, office]) assert.equal((await person.get(`/api/cases/${c.id}`)).status, 200);
  assert.equal((await justice.get(`/api/cases/${c.id}`)).status, 403);
  for (const person of [at.lan, at.minh, at.tam, ict, office]) assert.deepEqual(await person.can(c.id), []);
});

test("nothing automatic is mailed at night or on a day off", () => {
  const rows = at.p.sql(`SELECT m.template_name, DATE_FORMAT(COALESCE(m.not_before, m.created_at) + INTERVAL 7 HOUR, '%w %H:%i'), c.workflow
    FROM mail m JOIN cases c ON c.id = m.case_id WHERE m.template_name IN
    ('deadline-near', 'overdue', 'overdue-requester', 'overdue-ict', 'escalated', 'escalation-arrived')`);
  assert.ok(rows.length > 100, `${rows.length} mails`);
  assert.ok(rows.some(([name]) => name === "escalation-arrived"));
  for (const [name, when] of rows) {
    const [day, time] = when.split(" ");
    assert.ok(day >= "1" && day <= "5" && time >= "07:00" && time < "17:00", `${name}: ${when}`);
  }
});

test("bad orders change nothing", async () => {
  const { escalation: id } = cases.direct;
  const [yesterday, tomorrow] = [await dayIn(-1), await dayIn(3)];
  const tooLate = `${(await localNow()).getUTCFullYear() + 2}-01-01`;
  const status = async (who, type, data) => (await who.trySend(id, type, data)).status;
  for (const [type, data] of [["DIRECT", {}], ["DIRECT", { due_on: tomorrow }], ["DIRECT", { reason: "ngay", due_on: tomorrow }], ["DIRECT", { reason }],
    ["APPROVE", { due_on: tomorrow }], ["REFUSE", { reason }], ["REFUSE", { ground: "none-such", reason }], ["EXTEND", { days: 3 }],
    ["EXTEND", { days: 0, reason }], ["EXTEND", { days: 21, reason }], ["EXTEND", { days: 1.5, reason }], ["NO_ACTION", {}],
    ["REASSIGN", { reason, due_on: tomorrow }], ["REASSIGN", { agency: "H51.99", reason, due_on: tomorrow }]])
    assert.equal(await status(chair, type, data), 422, `${type} ${JSON.stringify(data)}`);
  for (const [type, data] of [["DIRECT", { reason, due_on: yesterday }], ["APPROVE", { reason, due_on: yesterday }], ["TAKE_OVER", { reason }],
    ["DIRECT", { reason, due_on: "9999-12-31" }], ["APPROVE", { reason, due_on: tooLate }], ["REASSIGN", { agency: "H51.8", reason, due_on: tooLate }],
    ["REASSIGN", { agency: "H51.5", reason, due_on: tomorrow }], ["REASSIGN", { agency: "H51.8", reason, due_on: yesterday }]])
    assert.equal(await status(chair, type, data), 409, `${type} ${JSON.stringify(data)}`);
  for (const person of [at.lan, at.tam, ict, office])
    assert.equal(await status(person, "DIRECT", { reason, due_on: tomorrow }), 403);
  assert.deepEqual((await look(id)).states, ["considering"]);
});

test("the head of the late agency does not decide on it as the Chairman's substitute", async () => {
  const { id, escalation } = cases.direct;
  await at.p.whileAway({ login: chair.login }, { login: at.tam.login }, async () => {
    for (const [type, data] of [["EXTEND", { days: 20, reason }], ["NO_ACTION", { reason }], ["DIRECT", { reason, due_on: await dayIn(3) }],
      ["APPROVE", { reason, due_on: await dayIn(3) }], ["REASSIGN", { agency: "H51.8", reason, due_on: await dayIn(3) }]])
      assert.equal((await at.tam.trySend(escalation, type, data)).body.code, "own-case", type);
  });
  assert.equal((await look(id)).states.includes("at_chair"), true);
});

test("he approves in the late agency's place", async () => {
  const { id, escalation } = cases.approve;
  const due = await dayIn(3);
  await chair.send(escalation, "APPROVE", { reason, due_on: due });
  const c = await becomes(id, "provisioning");
  const event = c.history.find((e) => e.type === "CHAIR_APPROVED");
  assert.equal(event.data.reason, reason);
  assert.equal(event.data.by, chair.name);
  assert.ok((await at.p.mails(id)).some((mail) => mail.subject.includes("Chủ tịch UBND tỉnh chấp thuận thay")));
  await becomes(escalation, "decided");
  await at.minh.send(id, "ACCOUNT_MADE", { account: "lgsp-h51-dv008" });
  assert.equal((await becomes(escalation, "decided_done")).outcome, "decided");
});

test("he refuses in its place, with a legal ground", async () => {
  const { id, escalation } = cases.refuse;
  await chair.send(escalation, "REFUSE", { ground: "privacy", reason });
  const c = await becomes(id, "refused");
  assert.equal(c.outcome, "refused");
  assert.equal((await becomes(escalation, "decided_done")).outcome, "decided");
});

test("he directs it by a date, and it comes back when that has passed", async () => {
  const { id, escalation } = cases.direct;
  await chair.send(escalation, "DIRECT", { reason, due_on: await dayIn(2) });
  const c = await becomes(escalation, "directed");
  assert.ok(await at.minh.inboxHas(c.id));
  assert.ok(!(await chair.inboxHas(c.id)));
  await passDays(4);
  await becomes(escalation, "considering");
  assert.ok(await chair.inboxHas(c.id));
  assert.ok(!(await at.minh.inboxHas(c.id)));
  await becomes(id, "at_chair");
});

test("he gives the work to another agency, whose result comes back to him", async () => {
  const { escalation } = cases.reassign;
  await chair.send(escalation, "REASSIGN", { agency: "H51.8", reason, due_on: await dayIn(10) });
  const [task] = (await becomes(escalation, "reassigned")).links.children;
  assert.ok(await justice.inboxHas(task.id));
  await justiceHead.send(task.id, "REPORT", { result: "done", report: "Đã thẩm tra, đủ căn cứ chia sẻ" });
  await office.send(task.id, "CONFIRM", {});
  const c = await becomes(escalation, "considering");
  assert.ok(c.history.some((e) => e.type === "ASSIGNMENT_DONE" && e.data.report.includes("đủ căn cứ")));
});

test("he extends the time, and the clock of the case runs again", async () => {
  const { id, escalation } = cases.extend;
  const before = await look(id);
  await chair.send(escalation, "EXTEND", { days: 3, reason });
  const c = await becomes(id, "on_time");
  assert.ok(c.due_at > before.due_at && !c.is_overdue);
  assert.equal((await look(escalation)).outcome, "extended");
  const why = (await chair.get(`/api/cases/${id}/terms/request.account`)).body;
  assert.deepEqual(why.extensions.map((e) => [e.kind, e.amount, e.by, e.reason]), [["chair", 3, chair.name, reason]]);
});

test("he takes no action, and says why", async () => {
  const { id, escalation } = cases.nothing;
  const c = await chair.send(escalation, "NO_ACTION", { reason });
  assert.equal(c.outcome, "no_action");
  await becomes(id, "at_chair");
});

test("done work ends the ladder", async () => {
  const { id, escalation } = cases.done;
  await at.tam.send(id, "APPROVE", {});
  await at.minh.send(id, "ACCOUNT_MADE", { account: "lgsp-h51-dv008-b" });
  assert.equal((await becomes(escalation, "done")).outcome, "done");
  assert.ok(!(await chair.inboxHas(escalation)));
  const [[timers]] = at.p.sql(`SELECT COUNT(*) FROM timer WHERE case_id = ${escalation}`);
  assert.equal(timers, "0");
});

test("all of it is made anew out of its events", async () => {
  const answer = await tool(at.p, ["flow", "rebuild", "--check"]);
  assert.equal(answer.code, 0, answer.out);
});
