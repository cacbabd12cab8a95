// A mourning day on short notice: which open cases move, counted by other means; moving them, though the run is killed;
// timers and mail at the new date; what has run out is left to a person.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { province, root, until } from "./harness.mjs";
import { tool } from "./tool.mjs";

const definitions = fs.mkdtempSync(path.join(os.tmpdir(), "lt-law-"));
after(() => fs.rmSync(definitions, { recursive: true }));
for (const name of ["workflows", "calendars"]) fs.cpSync(path.join(root, name), path.join(definitions, name), { recursive: true });
const shipped = path.join(definitions, "calendars/vn.json");
const vn = JSON.parse(fs.readFileSync(shipped));
const at = province({ definitions_dir: definitions });

// ---- the calendar, counted here ----

const dayMs = 86400e3;
const kinds = new Map(vn.days.map((day) => [day.date, day.kind]));
const after1 = (date) => new Date(Date.parse(`${date}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
const isWorked = (date) => (kinds.has(date) ? kinds.get(date) === "worked" : ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()));
function nextWorked(date) {
  do date = after1(date);
  while (!isWorked(date));
  return date;
}
/** The local day that an instant ends, or lies in. */
const dayOf = (instant) => new Date(Date.parse(instant) - 1 + 7 * 3600e3).toISOString().slice(0, 10);
const endOf = (date) => new Date(Date.parse(`${after1(date)}T00:00:00+07:00`)).getTime();
const now = async () => (await at.lan.get("/api/demo/clock")).body.now;

const units = {};
for (const folder of ["common", "regimes"])
  for (const file of fs.readdirSync(path.join(root, "workflows", folder)))
    for (const [name, term] of Object.entries(JSON.parse(fs.readFileSync(path.join(root, "workflows", folder, file))).terms ?? {})) units[name] = term.unit;

/** {case id: {term: instant it moves to}} when this future day is no longer worked; parts are left out. */
function expected(off) {
  const moved = {};
  for (const [id, context] of at.p.sql("SELECT id, TO_BASE64(context) FROM cases WHERE is_open = 1")) {
    const { terms = {} } = JSON.parse(Buffer.from(context.replaceAll("\\n", ""), "base64"));
    for (const [name, term] of Object.entries(terms)) {
      if (term.status !== "running" || !["working_days", "calendar_days", "months"].includes(units[name])) continue;
      const due = dayOf(term.due_at);
      if (units[name] === "working_days" ? due >= off : due === off) (moved[id] ??= {})[name] = endOf(nextWorked(due));
    }
  }
  return moved;
}

const wholes = (item) => item.terms.filter((term) => ["working_days", "calendar_days", "months"].includes(units[term.term]) && term.after);
function asExpected(items) {
  const moved = {};
  for (const item of items)
    for (const term of wholes(item)) (moved[item.case.id] ??= {})[term.term] = Date.parse(term.after);
  return moved;
}

function withDayOff(date, file = path.join(definitions, "draft.json")) {
  const days = [...vn.days.filter((day) => day.date !== date), { date, kind: "off", name: "Quốc tang", source: "Thông báo của Ban Chấp hành Trung ương" }];
  fs.writeFileSync(file, JSON.stringify({ ...vn, days }));
  return file;
}

const number = (text) => Number(at.p.sql(text)[0][0]);
const lines = (text) => text.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
const recompute = (...args) => tool(at.p, ["dates", "recompute", "--why", "Quốc tang", ...args]);
async function clean() {
  const check = await tool(at.p, ["flow", "rebuild", "--check"]);
  assert.equal(check.code, 0, check.out);
}

test("under the law that the cases were counted by nothing moves", async () => {
  const answer = await tool(at.p, ["dates", "preview"]);
  assert.match(answer.out, /^\d{3} open cases: the dates of 0 would move, 0 need a person\. Nothing was changed\.$/m, answer.err);
});

test("a preview under a draft lists the cases whose date would move, and changes nothing", async () => {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  at.case = await at.minh.send(c.id, "RECEIVE");
  at.off = nextWorked(dayOf(await now()));
  const before = at.p.sql("SELECT COUNT(*), MAX(id) FROM event");
  const answer = await tool(at.p, ["dates", "preview", "--calendar", withDayOff(at.off), "--json"]);
  assert.equal(answer.code, 0, answer.err);
  const will = expected(at.off);
  assert.ok(Object.keys(will).length > 20 && will[at.case.id]["request.account"]);
  assert.deepEqual(asExpected(lines(answer.out).filter((item) => !item.needs_person)), will);
  assert.deepEqual(at.p.sql("SELECT COUNT(*), MAX(id) FROM event"), before);
  at.will = will;
});

test("a draft with mistakes previews nothing", async () => {
  const twice = withDayOff(at.off, path.join(definitions, "twice.json"));
  const text = JSON.parse(fs.readFileSync(twice));
  text.days.push({ date: at.off, kind: "worked", source: "DEFAULT" });
  fs.writeFileSync(twice, JSON.stringify(text));
  const answer = await tool(at.p, ["dates", "preview", "--calendar", twice]);
  assert.equal(answer.code, 1);
  assert.match(answer.err, /twice\.json:\/days\/\d+:? .*stands above already/);
  const regime = JSON.parse(fs.readFileSync(path.join(definitions, "workflows/regimes/VN-ND47-2020.json")));
  regime.terms["request.account"].calendar = "nobody";
  const bad = path.join(definitions, "regime.json");
  fs.writeFileSync(bad, JSON.stringify(regime));
  const side = await tool(at.p, ["dates", "preview", "--regime", bad]);
  assert.equal(side.code, 1);
  assert.match(side.err, /\/terms\/request\.account\/calendar.*nobody/);
  assert.equal((await tool(at.p, ["dates", "recompute"])).code, 2, "why must be said");
  for (const why of [" ", "x".repeat(1001)]) {
    const answer = await tool(at.p, ["dates", "recompute", "--why", why]);
    assert.equal(answer.code, 2);
    assert.match(answer.err, /say why in a sentence of at most 1000 bytes/);
  }
});

test("a run that is killed goes on where it ended; each case moves once, and all agree with their events", async () => {
  withDayOff(at.off, shipped);
  const killed = await tool(at.p, ["dates", "recompute", "--why", "Quốc tang", "--as", at.hung.login], (out, child) => {
    if ((out.match(/^STG-/gm) ?? []).length >= 3) child.kill("SIGKILL");
  });
  assert.equal(killed.signal, "SIGKILL");
  const so_far = number("SELECT COUNT(*) FROM event WHERE type = 'dates.recomputed'");
  assert.ok(so_far >= 3 && so_far < Object.keys(at.will).length);
  assert.equal(number("SELECT COUNT(*) FROM recomputation WHERE finished_at IS NULL"), 1);
  const answer = await recompute();
  assert.equal(answer.code, 0, answer.err);
  for (const [id, terms] of Object.entries(at.will)) {
    const context = JSON.parse(Buffer.from(at.p.sql(`SELECT TO_BASE64(context) FROM cases WHERE id = ${id}`)[0][0].replaceAll("\\n", ""), "base64"));
    for (const [term, instant] of Object.entries(terms)) assert.equal(Date.parse(context.terms[term].due_at), instant, `${id} ${term}`);
  }
  assert.equal(number("SELECT COUNT(*) FROM recomputation"), 1, "the same run");
  assert.equal(number("SELECT moved FROM recomputation"), number("SELECT COUNT(*) FROM event WHERE type = 'dates.recomputed'"));
  assert.equal(number("SELECT COUNT(DISTINCT case_id) FROM event WHERE type = 'dates.recomputed'"), number("SELECT moved FROM recomputation"));
  assert.equal(number("SELECT COUNT(*) FROM recomputation WHERE finished_at IS NOT NULL AND starter IS NOT NULL"), 1);
  await clean();
});

test("a second run moves nothing", async () => {
  const answer = await recompute();
  assert.match(answer.out, /the dates of 0 moved/);
});

test("the page says what moved, who ordered it and why; tasks, timer and case have the new date", async () => {
  await at.p.stopServer();
  await at.p.startServer();
  const due = at.will[at.case.id]["request.account"];
  const c = (await at.minh.get(`/api/cases/${at.case.id}`)).body;
  assert.equal(Date.parse(c.due_at), due);
  assert.equal(Date.parse(c.tasks[0].due_at), due);
  const said = c.history.at(-1);
  assert.equal(said.type, "dates.recomputed");
  assert.match(said.title.vi, /Tính lại thời hạn/);
  assert.equal(said.actor.name, at.hung.name);
  assert.equal(said.data.reason, "Quốc tang");
  assert.ok(said.data.terms.some((term) => term.term === "request.account" && Date.parse(term.before) === Date.parse(at.case.due_at)));
  const [timer, next] = at.p.sql(`SELECT due_at, next_at FROM timer WHERE case_id = ${c.id} AND term = 'request.account'`)[0];
  assert.equal(Date.parse(`${timer.replace(" ", "T")}Z`), due);
  assert.equal(timer, next);
  const why = (await at.minh.get(`/api/cases/${at.case.id}/terms/request.account`)).body;
  assert.equal(why.days.find((day) => day.date === at.off).name, "Quốc tang");
  assert.equal(why.calendar_id, "vn");
});

test("somebody acts meanwhile: the chain stays whole", async () => {
  const days = JSON.parse(fs.readFileSync(shipped)).days.filter((day) => day.date !== at.off);
  fs.writeFileSync(shipped, JSON.stringify({ ...vn, days }));
  const [answer] = await Promise.all([recompute(), at.minh.trySend(at.case.id, "FORWARD")]);
  assert.equal(answer.code, 0, answer.err);
  await clean();
  withDayOff(at.off, shipped);
  assert.equal((await recompute()).code, 0);
  await clean();
});

test("nothing is late at the old date; at the new one the clock and its mail come", async () => {
  const due = at.will[at.case.id]["request.account"];
  const late = async () => ((await at.minh.get(`/api/cases/${at.case.id}`)).body.history.some((event) => /^xstate\.after\.request\.account\.on_time/.test(event.type)));
  const hours = (until) => Math.ceil((until - Date.parse(at.clock)) / 3600e3);
  at.clock = await now();
  await at.p.moveClock({ hours: hours(Date.parse(at.case.due_at) + 3600e3) });
  await until("all that is due has fired", async () => number("SELECT COUNT(*) FROM timer WHERE next_at <= UTC_TIMESTAMP(6) + INTERVAL (SELECT value FROM setting WHERE name = 'clock_offset_us') MICROSECOND") === 0, 60000);
  assert.equal(await late(), false);
  at.clock = await now();
  const mails = (await at.p.mails(at.case.id)).length;
  await at.p.moveClock({ hours: hours(due + 3600e3) });
  await until("it is late", late, 60000);
  assert.ok((await at.p.mails(at.case.id)).length > mails);
  await clean();
});

test("what has run out and would not have is left to a person", async () => {
  const due = dayOf(new Date(at.will[at.case.id]["request.account"]).toISOString());
  const before = at.p.sql("SELECT COUNT(*) FROM event");
  const days = [...JSON.parse(fs.readFileSync(shipped)).days, { date: due, kind: "off", name: "Quốc tang", source: "TB" }];
  const file = path.join(definitions, "late.json");
  fs.writeFileSync(file, JSON.stringify({ ...vn, days }));
  const answer = await tool(at.p, ["dates", "preview", "--calendar", file, "--json"]);
  assert.equal(answer.code, 0, answer.err);
  const item = lines(answer.out).find((line) => line.case.id === at.case.id);
  assert.match(item.needs_person, /^request\.account: it has run out, and by the law as it is now it would not have$/);
  assert.deepEqual(at.p.sql("SELECT COUNT(*) FROM event"), before);
});

test("operators see and order it, and nobody else", async () => {
  const admin = await at.p.signIn("admin", "Thông tin");
  assert.equal((await at.minh.get("/api/recomputation")).status, 403);
  assert.equal((await at.minh.post("/api/recomputation", { why: "x" })).status, 403);
  assert.equal((await admin.post("/api/recomputation", { why: " " })).status, 422);
  const preview = (await admin.get("/api/recomputation?limit=1")).body;
  assert.deepEqual([preview.items, preview.total, preview.next], [[], 0, null]);
  const ordered = await admin.post("/api/recomputation", { why: "Rà soát" });
  assert.equal(ordered.status, 202);
  const run = await until("the run ends", async () => {
    const { body } = await admin.get(`/api/recomputation/${ordered.body.id}`);
    return body.finished_at && body;
  });
  assert.deepEqual([run.why, run.by, run.moved, run.failed], ["Rà soát", admin.name, 0, 0]);
  assert.ok(run.cases > 100);
  assert.equal((await admin.get("/api/recomputation/999999")).status, 404);
});

test("calendars are for all to read, with where each day comes from", async () => {
  const [one] = (await at.lan.get("/api/calendars")).body.items;
  assert.deepEqual([one.id, one.is_default, one.agencies, one.first_year], ["vn", true, [], vn.first_year]);
  const year = (await at.lan.get("/api/calendars/vn?year=2026")).body;
  assert.equal(year.year, 2026);
  assert.ok(year.days.every((day) => day.date.startsWith("2026-") && day.from === "vn" && day.source));
  assert.deepEqual(year.days.map((day) => day.date), [...year.days.map((day) => day.date)].sort());
  assert.equal((await at.lan.get("/api/calendars/none")).status, 404);
});
