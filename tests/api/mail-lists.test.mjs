// The Chairman's weekly list: what is in it, on which day it comes, and that it comes once.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { Province, province, root, until } from "./harness.mjs";

const at = province({ poll_ms: 20, workers: 2 });
const calendar = JSON.parse(fs.readFileSync(path.join(root, "calendars/vn.json")));
const lists = JSON.parse(fs.readFileSync(path.join(root, "workflows/notices/lists.json")));
const kinds = new Map(calendar.days.map((day) => [day.date, day.kind]));
const addDays = (date, n) => new Date(Date.parse(date) + n * 864e5).toISOString().slice(0, 10);
const isWorked = (date) => kinds.has(date) ? kinds.get(date) !== "off" : calendar.working_weekdays.includes(new Date(date).getUTCDay() || 7);

/** As its row says; the office's clock is 7 hours ahead of UTC. */
function row() {
  const [[due, next, local, sent]] = at.p.sql("SELECT due_on, next_at, next_at + INTERVAL 7 HOUR, sent_on FROM mail_list WHERE name = 'chair-weekly'");
  return { due, next: Date.parse(`${next.replace(" ", "T")}Z`), local, sent };
}
const letters = () => at.p.sql("SELECT name, subject, text FROM mail WHERE template_name = 'chair-weekly' ORDER BY id")
  .map(([name, subject, text]) => ({ name, subject, text: text.replace(/\\n/g, "\n") }));
const chairs = () => at.p.sql(`SELECT DISTINCT p.name FROM holding h JOIN person p ON p.id = h.person_id
  WHERE h.post = 'chair' AND h.valid_until IS NULL AND p.is_active = 1`).flat().sort();

/** The clock goes on until the office has opened on that day. */
async function opens(next) {
  const { now } = (await at.lan.get("/api/demo/clock")).body;
  for (let hours = Math.ceil((next - Date.parse(now)) / 36e5); hours > 0; hours -= 1000) await at.p.moveClock({ hours: Math.min(hours, 1000) });
}

/** What a run leaves behind it. */
async function runs(before) {
  await opens(before.next);
  await until(`the list of ${before.due}`, () => row().sent === before.due);
  return row();
}

/** A task of the Chairman, in a case of the province. */
function giveTask(title, due) {
  at.p.sql(`INSERT INTO task (case_id, agency_id, post, state_id, of_party, title_vi, title_en, opened_at, due_at, due_key, is_open)
    SELECT MIN(c.id), (SELECT id FROM agency WHERE role = 'office'), 'chair', 'x', 'office', '${title}', 'In English', UTC_TIMESTAMP(6), ${due}, ${due}, 1 FROM cases c`);
}
const clearTasks = () => at.p.sql("DELETE FROM task WHERE post = 'chair'; DELETE FROM timer; DELETE FROM schedule");

test("the shipped lists name workflows that there are", () => {
  for (const list of Object.values(lists))
    for (const { workflow } of list.tasks) assert.ok(!workflow || fs.existsSync(path.join(root, `workflows/${workflow}.json`)), workflow);
});

test("it comes as the office opens on Monday, to whoever is Chairman, with what is late", { timeout: 60000 }, async () => {
  await until("its row", () => at.p.sql("SELECT 1 FROM mail_list").length);
  clearTasks();
  giveTask("Xem xét, chỉ đạo", "'2026-01-02 17:00:00'");
  giveTask("Chưa đến hạn", "'2029-01-02 17:00:00'");
  const first = row();
  assert.equal(new Date(first.due).getUTCDay(), 1);
  assert.ok(first.next > Date.now());
  const next = await runs(first);
  const [letter, ...others] = letters();
  assert.deepEqual([letter, ...others].map((l) => l.name).sort(), chairs());
  assert.ok(letter.subject.startsWith("Danh sách việc quá hạn trong tuần, ngày ") && letter.subject.endsWith("(1 việc)"), letter.subject);
  const [[number, id, title]] = at.p.sql("SELECT number, id, title FROM cases ORDER BY id LIMIT 1");
  assert.ok(letter.text.includes(`- QUÁ HẠN: [${number}] Xem xét, chỉ đạo – ${title}. Hạn xử lý: 02/01/2026 24:00\n  http://lienthong.example/cases/${id}\n`), letter.text);
  assert.ok(!letter.text.includes("Chưa đến hạn"));
  const chair = await at.p.signIn("chair", "Văn phòng UBND");
  const { items } = (await chair.get("/api/inbox")).body;
  assert.equal(items[0].task.title.vi, "Xem xét, chỉ đạo", "his inbox shows the same");
  assert.equal(next.due, addDays(first.due, 7));
});

test("in a week whose Monday is off it comes on the next working day, Tết too", { timeout: 120000 }, async () => {
  const seen = [];
  for (let r = row(); r.due < "2027-02-09"; r = await runs(r)) {
    let day = r.due;
    while (!isWorked(day)) day = addDays(day, 1);
    assert.equal(r.local.slice(0, 19), `${day} 07:30:00`, `the list of ${r.due}`);
    clearTasks(); // as time goes on others come
    seen.push(day);
  }
  assert.ok(seen.includes("2027-02-12"), "the Friday after Tết");
});

test("nothing to tell: no mail; two at once and two servers: one mail", { timeout: 120000 }, async () => {
  const second = Object.assign(Object.create(Province.prototype), { folder: at.p.folder, config: at.p.config, log: `${at.p.log}.second` });
  await second.startServer();
  after(() => second.stopServer());
  clearTasks();
  let count = letters().length;
  let r = await runs(row());
  assert.equal(letters().length, count, "an empty list is not mailed");
  giveTask("Xem xét, chỉ đạo", "'2026-01-02 17:00:00'");
  for (let n = 0; n < 4; n++) {
    r = await runs(r);
    count += chairs().length;
    assert.equal(letters().length, count);
  }
});

test("who stands for the Chairman has the list too", { timeout: 60000 }, async () => {
  const chair = await at.p.signIn("chair", "Văn phòng UBND");
  await at.p.whileAway(chair, at.lan, async () => {
    const count = letters().length;
    await runs(row());
    assert.deepEqual(letters().slice(count).map((l) => l.name).sort(), [...chairs(), at.lan.name].sort());
  });
});

test("nothing comes at night: what a server missed waits for the morning", { timeout: 60000 }, async () => {
  const count = letters().length;
  await opens(row().next - 9 * 36e5); // in the night before
  at.p.sql("UPDATE mail_list SET next_at = '2026-01-01'");
  const r = await until("it is put off", () => (row().next > Date.parse("2026-12-01") ? row() : null));
  assert.equal(r.local.slice(11, 19), "07:30:00");
  assert.equal(letters().length, count);
});
