// lienthong calendar: days go out as iCalendar and CSV and come back; what is broken is told with its line.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { root } from "./harness.mjs";

const program = path.join(root, process.env.LIENTHONG ?? "build/asan/lienthong");
const vn = path.join(root, "calendars/vn.json");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "calendar-files-"));
after(() => fs.rmSync(folder, { recursive: true }));

const calendar = (...args) => spawnSync(program, ["calendar", ...args], { encoding: "utf8", maxBuffer: 1 << 26 });
const file = (name, text) => {
  fs.writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
const place = (at, line) => `${at}:${line}: `;
const csv = (...lines) => ["date,kind,name,source,hours", ...lines, ""].join("\r\n");
const ics = (...lines) => ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
const event = (...lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"];
const off = ["SUMMARY:Quốc tang", "DESCRIPTION:QĐ 1", "CATEGORIES:off"];

function imported(from, ...more) {
  const answer = calendar("import", vn, "--from", from, ...more);
  assert.equal(answer.stderr, "");
  assert.equal(answer.status, 0);
  return JSON.parse(answer.stdout);
}

/** The lines of the mistakes; nothing is printed besides. */
function refused(from, ...more) {
  const answer = calendar("import", vn, "--from", from, ...more);
  assert.equal(answer.status, 1, answer.stderr);
  assert.equal(answer.stdout, "");
  return answer.stderr.trimEnd().split("\n");
}

// Names that need quotes, escapes and folded lines, and hours of a half day.
const hard = JSON.parse(fs.readFileSync(vn, "utf8"));
hard.days = [
  { date: "2026-02-16", kind: "worked", name: 'Nửa "ngày", 29 Tết; \\ và\nmột dòng nữa', source: "QĐ 7, ".repeat(40).trim(),
    hours: [{ from: "07:30", to: "09:00" }, { from: "09:30", to: "11:30" }] },
  { date: "2026-02-17", kind: "off", source: "DEFAULT" },
];

for (const format of ["ics", "csv"])
  test(`the days of a calendar come back from ${format} as they were`, () => {
    for (const [name, text] of [["vn", fs.readFileSync(vn, "utf8")], ["hard", JSON.stringify(hard)]]) {
      const whole = file(`${name}.json`, text);
      const out = calendar("export", whole, "--format", format);
      assert.equal(out.status, 0, out.stderr);
      const bare = file("bare.json", JSON.stringify({ ...JSON.parse(text), days: [] }));
      const back = calendar("import", bare, "--from", file(`${name}.${format}`, out.stdout));
      assert.equal(back.stderr, "");
      assert.deepEqual(JSON.parse(back.stdout), JSON.parse(text));
      assert.equal(calendar("check", file("back.json", back.stdout)).status, 0);
      if (name === "vn") assert.equal(calendar("import", vn, "--from", file(`vn.${format}`, out.stdout)).stdout, text);
    }
  });

test("a day of the file replaces the same day, the others stay", () => {
  const before = JSON.parse(fs.readFileSync(vn, "utf8")).days;
  const { days } = imported(file("a.csv", csv("2026-01-10,worked,Làm bù,QĐ 9,07:30-11:30", "2026-11-23,off,Quốc tang,QĐ 1,")));
  assert.equal(days.length, before.length + 1);
  assert.deepEqual(days.find((day) => day.date === "2026-01-10"),
    { date: "2026-01-10", kind: "worked", name: "Làm bù", source: "QĐ 9", hours: [{ from: "07:30", to: "11:30" }] });
  assert.deepEqual(days.map((day) => day.date), days.map((day) => day.date).sort());
});

test("a calendar without a list of days takes those of a file", () => {
  for (const days of [undefined, {}]) {
    const bare = file("none.json", JSON.stringify({ ...hard, days }));
    for (const format of ["ics", "csv"]) assert.equal(calendar("export", bare, "--format", format).status, 0);
    assert.equal(calendar("check", bare).status, 0);
    const { stdout } = calendar("import", bare, "--from", file("one.csv", csv("2026-11-23,off,a,QĐ 1,")));
    assert.equal(JSON.parse(stdout).days.length, 1);
  }
});

test("--year takes the days of that year alone", () => {
  const from = file("years.csv", csv("2026-11-23,off,a,QĐ 1,", "2027-11-23,off,b,QĐ 1,"));
  const dates = imported(from, "--year", "2027").days.map((day) => day.date);
  assert.ok(dates.includes("2027-11-23") && !dates.includes("2026-11-23"));
  assert.deepEqual(refused(from, "--year", "2025"), [`${from}: no day of 2025 in it`]);
});

test("an event of several days ends before its DTEND", () => {
  const from = file("days.ics", ics(...event("DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261126", ...off),
    ...event("DTSTART;VALUE=DATE:20261128", "X-LT-KIND:worked", "SUMMARY:Bù", "DESCRIPTION:", "DESCRIPTION:QĐ 2"),
    ...event("DTSTART;VALUE=DATE:20261130", "CATEGORIES:Nghỉ lễ,off", "DESCRIPTION:QĐ 3", "BEGIN:VALARM", "DESCRIPTION:x", "END:VALARM")));
  const days = imported(from).days.filter((day) => day.date.startsWith("2026-11"));
  assert.deepEqual(days.map((day) => [day.date, day.kind, day.source]), [["2026-11-23", "off", "QĐ 1"],
    ["2026-11-24", "off", "QĐ 1"], ["2026-11-25", "off", "QĐ 1"], ["2026-11-28", "worked", "QĐ 2"], ["2026-11-30", "off", "QĐ 3"]]);
});

test("every mistake of a CSV file is told with its line", () => {
  const from = file("bad.csv", csv("2026-11-23,holiday,a,QĐ 1,", '2026-11-24,off,"two', 'lines",QĐ 1,', "2026-02-30,off,a,QĐ 1,",
    "2026-11-25,off,a,,", "2026-11-26,off,a,QĐ 1,07:30-11:30", "2026-11-27,off,a,QĐ 1,", "2026-11-27,worked,a,QĐ 1,", "2031-01-01,off,a,QĐ 1,"));
  const lines = refused(from);
  for (const [line, reason] of [[2, /off" or "worked/], [5, /YYYY-MM-DD/], [6, /source/], [7, /no "hours"/], [9, /stands above/], [10, /years/]])
    assert.ok(lines.some((text) => text.startsWith(place(from, line)) && reason.test(text)), `${line}\n${lines.join("\n")}`);
  assert.equal(lines.length, 6);
});

test("a CSV file that is broken is told with its line", () => {
  for (const [text, line, reason] of [["", 1, /header/], ["date;kind\n", 1, /header/], [csv("2026-11-23,off"), 2, /2 fields/],
    [csv("", '2026-11-23,off,"a,QĐ 1,'), 3, /not closed/], [csv('2026-11-23,off,"a"b,QĐ 1,'), 2, /closing quote/],
    [csv('2026-11-23,off,a"b,QĐ 1,'), 2, /quote/], [csv("2026-11-23,worked,a,QĐ 1,7h30-11h30"), 2, /hours/]]) {
    const from = file("broken.csv", text);
    const lines = refused(from);
    assert.ok(lines.length === 1 && lines[0].startsWith(place(from, line)) && reason.test(lines[0]), lines.join("\n"));
  }
});

test("an iCalendar file that is broken is told with its line", () => {
  const day = "DTSTART;VALUE=DATE:20261123";
  for (const [text, line, reason] of [
    ["", 1, /nothing/], ["hello\n", 1, /NAME:VALUE/], ["BEGIN:VEVENT\nEND:VEVENT\n", 1, /VCALENDAR/],
    ["BEGIN:VCALENDAR\nBEGIN:VEVENT\n", 3, /ends within VEVENT/], [ics("BEGIN:VEVENT", "END:VTODO"), 4, /without its BEGIN/],
    [ics("", ...event(day, "nonsense", ...off)), 6, /NAME:VALUE/], [ics(...event(...off)), 3, /whole days/],
    [ics(...event("DTSTART:20261123T010000Z", ...off)), 3, /whole days/], [ics(...event("DTSTART;VALUE=DATE:20260230", ...off)), 3, /exist/],
    [ics(...event("DTSTART;VALUE=DATE:soon", ...off)), 3, /DTSTART|whole days/],
    [ics(...event(day, "DTEND;VALUE=DATE:20261123", ...off)), 3, /DTEND/],
    [ics(...event(day, "RRULE:FREQ=YEARLY", ...off)), 3, /repeats/], [ics(...event(day, "DURATION:P2D", ...off)), 3, /DURATION/],
    [ics(...event(day, day, ...off)), 3, /twice/], [ics(...event(day, ...off, "CATEGORIES:worked")), 3, /off" or "worked/],
    [ics(...event(day, "STATUS:CANCELLED", ...off)), 3, /cancelled/], [ics(...event(day, "CATEGORIES:party", "DESCRIPTION:QĐ 1")), 3, /off" or "worked/],
    [ics(...event(day, "SUMMARY:a", "DESCRIPTION:QĐ 1")), 3, /off" or "worked/], [ics(...event(day, "CATEGORIES:off")), 3, /source/],
    [ics(...event(day, ...off), ...event(day, ...off)), 9, /stands above/], [ics("BEGIN:X-A\r\n".repeat(5000)), 10, /too deep/]]) {
    const from = file("broken.ics", text);
    const lines = refused(from);
    assert.ok(lines.length === 1 && lines[0].startsWith(place(from, line)) && reason.test(lines[0]), `${text}\n${lines.join("\n")}`);
  }
});

test("a file that is huge, endless or no text is refused", () => {
  assert.match(refused(file("huge.ics", Buffer.alloc(50 << 20, "x"))).join(), /larger than 4 MB/);
  assert.match(refused(file("many.csv", csv(...Array(20000).fill("2026-11-23,off,a,QĐ 1,")))).join(), /more than 10000 days/);
  assert.match(refused(file("long.ics", ics(...event("DTSTART;VALUE=DATE:20200101", "DTEND;VALUE=DATE:99991231", ...off)))).join(), /more than 366/);
  assert.equal(refused(file("wrong.csv", csv(...Array(20000).fill("x,y")))).length, 101);
  assert.match(refused(file("latin.csv", Buffer.from([0x64, 0xe9]))).join(), /UTF-8/);
  assert.match(refused(path.join(folder, "none.ics")).join(), /No such file/);
});

test("a calendar with mistakes is neither exported nor added to", () => {
  const bad = file("bad.json", JSON.stringify({ ...hard, days: [...hard.days, { date: "2026-02-17", kind: "worked", source: "x" }] }));
  for (const args of [["check", vn, bad], ["export", bad, "--format", "csv"], ["import", bad, "--from", file("ok.csv", csv("2026-11-23,off,a,QĐ 1,"))]]) {
    const answer = calendar(...args);
    assert.equal(answer.status, 1);
    assert.match(answer.stderr, /bad\.json:\/days\/2: 2026-02-17 stands above/);
    assert.doesNotMatch(answer.stdout, /BEGIN|date|bad/);
  }
  assert.equal(calendar("check", file("cut.json", '{"id": ')).status, 1);
  assert.equal(calendar("import", vn, "--from", "days.txt").status, 2);
});

const agency = path.join(root, "tests/unit/terms/agency.json");
const ofAgency = (changes, name = "agency.json") => file(name, JSON.stringify({ ...JSON.parse(fs.readFileSync(agency)), ...changes }));

test("the calendar of an agency is read beside its base; only its own days go out and come back", () => {
  file("vn.json", fs.readFileSync(vn, "utf8"));
  const mine = file("agency.json", fs.readFileSync(agency, "utf8"));
  const answer = calendar("check", mine);
  assert.equal(answer.status, 0, answer.stderr);
  assert.match(answer.stdout, /agency\.json: good, based on vn, 5 days of its own/);
  const out = calendar("export", mine, "--format", "csv");
  assert.equal(out.stdout.trim().split("\r\n").length, 1 + 5);
  const back = calendar("import", ofAgency({ days: [] }, "bare-agency.json"), "--from", file("own.csv", out.stdout));
  assert.deepEqual(JSON.parse(back.stdout), JSON.parse(fs.readFileSync(agency)));
});

test("a calendar of agencies that cannot be is refused with its reason", () => {
  file("vn.json", fs.readFileSync(vn, "utf8"));
  const why = (...files) => calendar("check", ...files).stderr;
  assert.match(why(ofAgency({ based_on: "nowhere" })), /agency\.json:\/based_on: .*nowhere\.json/);
  assert.match(why(ofAgency({ utc_offset_minutes: 480 })), /\/utc_offset_minutes: the zone is that of "vn", 420 minutes/);
  ofAgency({}, "h51-15.json");
  assert.match(why(ofAgency({ based_on: "h51-15", id: "x" }, "third.json")), /\/based_on: .*h51-15\.json: it is itself based on "vn": name that one/);
  const day = { date: "2026-06-01", source: "DEFAULT" };
  assert.match(why(ofAgency({ days: [{ ...day, kind: "off" }, { ...day, kind: "worked" }] })), /\/days\/1: 2026-06-01 stands above already, as a day off/);
  assert.match(why(ofAgency({}), ofAgency({ id: "other" }, "other.json")), /other\.json:\/agencies\/0: H51\.15 has the calendar of .*agency\.json already: an agency has one/);
});
