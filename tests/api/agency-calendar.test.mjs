// Agencies with days off of their own: whose calendar counts, what people are shown, and what becomes of the cases when the file is gone.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { province, root } from "./harness.mjs";
import { tool } from "./tool.mjs";

const definitions = fs.mkdtempSync(path.join(os.tmpdir(), "lt-law-"));
after(() => fs.rmSync(definitions, { recursive: true }));
for (const name of ["workflows", "calendars"]) fs.cpSync(path.join(root, name), path.join(definitions, name), { recursive: true });
const at = province({ definitions_dir: definitions });

const vn = JSON.parse(fs.readFileSync(path.join(root, "calendars/vn.json")));
const kinds = new Map(vn.days.map((day) => [day.date, day.kind]));
const next = (date) => new Date(Date.parse(`${date}T00:00:00Z`) + 86400e3).toISOString().slice(0, 10);
const isWorked = (date) => (kinds.has(date) ? kinds.get(date) === "worked" : ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()));
/** The n-th working day after a date, but for the days given. */
function workingDay(date, n, off = []) {
  while (n > 0) if (isWorked((date = next(date))) && !off.includes(date)) n--;
  return date;
}
function daysLeft(today, due, off) {
  let n = 0;
  for (let date = next(today); date <= dayOf(due); date = next(date)) n += isWorked(date) && date !== off;
  return n;
}
const dayOf = (instant) => new Date(Date.parse(instant) - 1 + 7 * 3600e3).toISOString().slice(0, 10);
const file = (id) => path.join(definitions, "calendars", `${id}.json`);
const agencyCalendar = (id, agency, date) =>
  fs.writeFileSync(file(id), JSON.stringify({ id, based_on: "vn", agencies: [agency], title: { vi: `Lịch ${id}`, en: `Calendar ${id}` }, source: "TB 1",
    days: [{ date, kind: "off", name: "Ngày truyền thống", source: "TB 1" }] }));
async function restart() {
  await at.p.stopServer();
  await at.p.startServer();
}
const why = async (person, id, term) => (await person.get(`/api/cases/${id}/terms/${term}`)).body;
async function clean() {
  const check = await tool(at.p, ["flow", "rebuild", "--check"]);
  assert.equal(check.code, 0, check.out);
}

test("the owner's term counts by the owner's calendar, what the requester does by the requester's", async () => {
  const today = dayOf((await at.lan.get("/api/demo/clock")).body.now);
  const off = (at.off = { so: workingDay(today, 2), phuong: workingDay(today, 1) });
  agencyCalendar("so", "H51.5", off.so);
  agencyCalendar("phuong", "H51.19.3", off.phuong);
  await restart();

  const c = await at.lan.request();
  const signing = await why(at.lan, c.id, "request.sign");
  assert.equal(signing.calendar_id, "phuong");
  assert.equal(signing.calendar.en, "Calendar phuong");
  assert.equal(signing.days.find((day) => day.date === off.phuong).name, "Ngày truyền thống");
  assert.equal(dayOf(signing.due_at), workingDay(signing.counted_from, 2, [off.phuong]));
  const mine = (await at.hung.get("/api/inbox?limit=200")).body.items.find((item) => item.case.id === c.id);
  assert.equal(mine.task.days_left, daysLeft(today, signing.due_at, off.phuong));

  await at.hung.send(c.id, "SIGN");
  at.case = await at.minh.send(c.id, "RECEIVE");
  const account = await why(at.minh, c.id, "request.account");
  assert.equal(account.calendar_id, "so");
  assert.equal(dayOf(account.due_at), workingDay(account.counted_from, account.amount, [off.so]));
  const shown = at.case.terms.find((term) => term.term === "request.account").days_left;
  assert.equal(shown, daysLeft(today, account.due_at, off.so));
  await clean();
});

test("the calendars tell whose they are, and the days of their base beside their own", async () => {
  const items = (await at.lan.get("/api/calendars")).body.items;
  assert.deepEqual(items.map((one) => [one.id, one.based_on, one.is_default, one.agencies.map((agency) => agency.code)]),
    [["vn", null, true, []], ["phuong", "vn", false, ["H51.19.3"]], ["so", "vn", false, ["H51.5"]]]);
  const year = at.off.so.slice(0, 4);
  const mine = (await at.lan.get(`/api/calendars/so?year=${year}`)).body;
  assert.equal(mine.days.filter((day) => day.from === "so").length, 1);
  assert.ok(mine.days.some((day) => day.from === "vn"));
  assert.deepEqual(mine.office_hours, vn.office_hours);
});

test("an agency in two calendars, or a base that is not there, stops the start", async () => {
  agencyCalendar("zwei", "H51.5", at.off.so);
  const twice = await tool(at.p, ["dates", "preview"]);
  assert.match(twice.err, /zwei\.json:\/agencies\/0: H51\.5 has the calendar "so" already: an agency has one/);
  fs.writeFileSync(file("zwei"), JSON.stringify({ id: "zwei", based_on: "nowhere" }));
  assert.match((await tool(at.p, ["dates", "preview"])).err, /zwei\.json:\/based_on: there is no calendar "nowhere"/);
  fs.rmSync(file("zwei"));
});

test("without the file the case goes on; counted again it has the dates of the province", async () => {
  fs.rmSync(file("so"));
  fs.rmSync(file("phuong"));
  await restart();
  await at.minh.send(at.case.id, "FORWARD");
  assert.equal((await at.minh.get(`/api/cases/${at.case.id}`)).body.due_at, at.case.due_at, "it keeps its date");
  const answer = await tool(at.p, ["dates", "recompute", "--why", "Bỏ lịch riêng"]);
  assert.equal(answer.code, 0, answer.err);
  assert.match(answer.out, /calendar +so -> vn/);
  const account = await why(at.minh, at.case.id, "request.account");
  assert.equal(account.calendar_id, "vn");
  assert.equal(dayOf(account.due_at), workingDay(account.counted_from, account.amount));
  assert.equal(at.p.sql(`SELECT calendar FROM cases WHERE id = ${at.case.id}`)[0][0], "vn");
  await clean();
});
