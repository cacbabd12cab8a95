// Time passes: reminders, overdue, the ladder to ICT and the Chairman; never an approval by silence.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province, until } from "./harness.mjs";

const at = province();
const stateOf = async (id) => (await at.tam.get(`/api/cases/${id}`)).body;

/** Moves the clock on until the case shows it, by working days; a timer needs a moment after each. */
async function passDays(id, fits, daysMax) {
  for (let day = 0; day <= daysMax; day++) {
    const c = await until("timers to be quiet", async () => {
      const [[due]] = at.p.sql(`SELECT COUNT(*) FROM timer WHERE case_id = ${id} AND due_at <= UTC_TIMESTAMP(6) + INTERVAL
        (SELECT COALESCE(MAX(CAST(value AS SIGNED)), 0) FROM setting WHERE name = 'clock_offset_us') MICROSECOND`);
      return due === "0" && stateOf(id);
    });
    if (fits(c)) return c;
    await at.p.moveClock({ working_days: 1 });
  }
  throw new Error(`not within ${daysMax} working days: ${JSON.stringify((await stateOf(id)).states)}`);
}

test("a request nobody answers climbs the ladder and is never approved by silence", async () => {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  await at.minh.send(c.id, "RECEIVE");
  const opened = await stateOf(c.id);
  assert.ok(opened.due_at);

  const late = await passDays(c.id, (now) => now.states.includes("at_head"), 6);
  assert.equal(late.is_overdue, true);
  assert.equal(late.due_at, opened.due_at);
  assert.ok(late.states.includes("received"));

  await passDays(c.id, (now) => now.states.includes("at_ict"), 4);
  const ict = await at.p.signIn("focal", "Khoa học").catch(() => at.p.signIn("focal", "Thông tin"));
  assert.ok(await ict.inboxHas(c.id));
  assert.ok((await ict.can(c.id)).includes("URGE"));

  const chair = await passDays(c.id, (now) => now.states.includes("at_chair"), 10);
  assert.ok(chair.states.includes("received"), "still not approved");
  assert.equal(chair.is_open, true);
  assert.equal(chair.outcome, null);
  const [[postOfChair]] = at.p.sql(`SELECT COUNT(*) FROM task t JOIN cases c ON c.id = t.case_id
    WHERE c.parent_id = ${c.id} AND t.post = 'chair' AND t.closed_at IS NULL`);
  assert.equal(postOfChair, "1");

  const events = chair.history.filter((e) => e.kind === "timer");
  assert.ok(events.length >= 5, "reminders and steps are in the history");
  assert.ok(events.every((e) => e.actor === null));
  const mails = (await at.p.mails(c.id)).length;
  assert.ok(mails >= 10, `${mails} mails`);

  const done = await at.tam.send(c.id, "APPROVE");
  assert.ok(done.states.includes("provisioning"));
});

test("a timer waits for one of its case that was due before, which another server holds", async () => {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  await at.minh.send(c.id, "RECEIVE");
  const [first, second] = at.p.sql(`SELECT id, event FROM timer WHERE case_id = ${c.id} ORDER BY due_at, id LIMIT 2`);
  const due = (id, ago, lease) => `UPDATE timer SET due_at = UTC_TIMESTAMP(6) - INTERVAL ${ago} MINUTE,
    next_at = UTC_TIMESTAMP(6) + INTERVAL ${lease} SECOND, fence = fence + 1 WHERE id = ${id}`;
  at.p.sql(`START TRANSACTION; ${due(first[0], 120, 2)}; ${due(second[0], 60, -1)}; COMMIT`);
  const fired = await until("both", async () => {
    const types = at.p.sql(`SELECT type FROM event WHERE case_id = ${c.id} AND kind = 'timer' ORDER BY version`).flat();
    return types.length >= 2 && types;
  });
  assert.deepEqual(fired.slice(0, 2), [first[1], second[1]]);
  const [[failed]] = at.p.sql(`SELECT COUNT(*) FROM timer WHERE case_id = ${c.id} AND (attempts > 0 OR last_error IS NOT NULL)`);
  assert.equal(failed, "0", "to wait is no failure");
});

test("the clock stands still while more is asked", async () => {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  await at.minh.send(c.id, "RECEIVE");
  const before = await stateOf(c.id);
  await at.minh.send(c.id, "ASK_INFO", { question: "Đề nghị nêu rõ thời gian lưu giữ dữ liệu" });
  await at.p.moveClock({ working_days: 1 });
  const after = await at.lan.send(c.id, "ANSWER", { answer: "Không lưu giữ sau khi giải quyết" });
  assert.ok(after.due_at > before.due_at, `${after.due_at} after ${before.due_at}`);
});

test("a request nobody signs reminds and stays", async () => {
  const c = await at.lan.request();
  await at.p.moveClock({ working_days: 4 });
  await until("the reminder", async () => (await at.p.mails(c.id)).length >= 2);
  const now = (await at.lan.get(`/api/cases/${c.id}`)).body;
  assert.deepEqual(now.states, ["internal_sign"]);
  assert.equal(now.is_open, true);
});

test("the clock only goes forward, by working days or hours", async () => {
  for (const body of [{}, { hours: -1 }, { working_days: 0 }, { hours: 1, working_days: 1 }, { hours: 1.5 }, { days: 1 }, { working_days: 100000 }])
    assert.equal((await at.lan.post("/api/demo/clock", body)).status, 422, JSON.stringify(body));
  const before = (await at.lan.get("/api/demo/clock")).body;
  const after = await at.p.moveClock({ hours: 2 });
  assert.equal(after.offset_s - before.offset_s, 7200);
});
