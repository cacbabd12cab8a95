// My deadlines as iCalendar at a secret address: what it says, to whom, and how it ends.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { province } from "./harness.mjs";
import { readCalendar } from "./icalendar.mjs";

const at = province();

const pathOf = (url) => new URL(url).pathname;
const make = async (person) => {
  const answer = await person.post("/api/me/feed", {});
  assert.equal(answer.status, 200, answer.text);
  return pathOf(answer.body.url);
};
/** As a calendar program asks: without a sign-in. */
const ask = async (path, headers = {}) => {
  const answer = await fetch(at.p.url + path, { headers });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
};
const read = async (path) => {
  const answer = await ask(path);
  assert.equal(answer.status, 200);
  return readCalendar(answer.bytes);
};
const eventOf = (calendar, c) => calendar.components.find((e) => e.properties.SUMMARY.includes(`[${c.number}]`));

/** A task with this due time waits for the head of the ward. */
async function caseDue(due, changes) {
  const c = await at.lan.request(changes);
  at.p.sql(`UPDATE task SET due_at = ${due}, due_key = ${due} WHERE case_id = ${c.id}`);
  return c;
}

test("an address is made, shown once, renewed and revoked", async () => {
  assert.deepEqual((await at.lan.get("/api/me/feed")).body, { is_on: false, made_at: null });
  const answer = await at.lan.post("/api/me/feed", {});
  assert.match(answer.body.url, /^http:\/\/lienthong\.example\/feeds\/[A-Za-z0-9_-]{43}\.ics$/);
  const first = pathOf(answer.body.url);
  const view = (await at.lan.get("/api/me/feed")).body;
  assert.deepEqual(view, { is_on: true, made_at: answer.body.made_at });
  assert.equal((await ask(first)).status, 200);

  const second = await make(at.lan);
  assert.notEqual(second, first);
  assert.equal((await ask(first)).status, 404, "the old address ends with the new one");
  assert.equal((await ask(second)).status, 200);
  assert.equal((await at.lan.delete("/api/me/feed")).status, 204);
  assert.equal((await ask(second)).status, 404);
  assert.equal((await at.lan.get("/api/me/feed")).body.is_on, false);
  assert.equal((await at.lan.delete("/api/me/feed")).status, 204, "nothing to revoke");
});

test("nobody else finds it: only its hash is kept, and the log does not have it", async () => {
  const path = await make(at.lan);
  const secret = path.match(/feeds\/(.*)\.ics/)[1];
  const [[kept]] = at.p.sql(`SELECT secret_hash FROM feed`);
  assert.equal(kept, createHash("sha256").update(secret).digest("hex"));
  await ask(path);
  await fetch(at.p.url + path, { method: "POST" });
  assert.match(at.p.logText(), /GET \/feeds\/:name 200/);
  assert.match(at.p.logText(), /POST \/feeds\/:name 405/);
  assert.ok(!at.p.logText().includes(secret));
  for (const name of [secret, `${secret}.icsx`, `${kept}.ics`, ".ics", `${"A".repeat(43)}.ics`, `${secret.slice(0, 42)}.ics`])
    assert.equal((await ask(`/feeds/${name}`)).status, 404, name);
  assert.equal((await at.p.nobody().get("/api/me/feed")).status, 401);
});

test("each deadline is a day: of which case, in what state, with whom, and where to go", async () => {
  const c = await caseDue("'2027-03-15 17:00:00'", { purpose: "Mục đích: kiểm tra; dấu phẩy, chấm phẩy và \\ gạch chéo" });
  at.p.sql(`UPDATE task SET title_vi = 'Ký, đóng dấu; gửi \\\\ yêu cầu chia sẻ dữ liệu hộ nghèo, hộ cận nghèo của phường' WHERE case_id = ${c.id}`);
  const calendar = await read(await make(at.hung));
  assert.equal(calendar.properties.VERSION, "2.0");
  assert.ok(calendar.properties.PRODID);
  const { properties: p, params } = eventOf(calendar, c);
  assert.equal(p.SUMMARY, `[${c.number}] Ký, đóng dấu; gửi \\ yêu cầu chia sẻ dữ liệu hộ nghèo, hộ cận nghèo của phường`);
  // 24:00 of the 15th in the zone of the province is 17:00 UTC
  assert.deepEqual([p.DTSTART, params.DTSTART, p.DTEND, params.DTEND], ["20270315", "VALUE=DATE", "20270316", "VALUE=DATE"]);
  assert.equal(p.STATUS, "CONFIRMED");
  assert.equal(p.TRANSP, "TRANSPARENT");
  assert.match(p.DTSTAMP, /^\d{8}T\d{6}Z$/);
  const [[taskId]] = at.p.sql(`SELECT id FROM task WHERE case_id = ${c.id}`);
  assert.equal(p.UID, `task-${taskId}@lienthong.example`);
  assert.equal(p.URL, `http://lienthong.example/cases/${c.id}`);
  const view = (await at.hung.get(`/api/cases/${c.id}`)).body;
  assert.deepEqual(p.DESCRIPTION.split("\n"), [`Hồ sơ: ${view.title}`, `Trạng thái: ${view.state_title.vi}`,
    `Cơ quan thực hiện: ${view.requester.name.vi}`, "Hạn xử lý: 15/03/2027 24:00", p.URL]);
  assert.ok(!JSON.stringify(calendar).includes("Mục đích"), "nothing out of the form");
  assert.ok(calendar.components.every((event) => event.name === "VEVENT" && event.components.length === 0), "no alarms");
});

test("what is late says so, and what has no due date is not in it", async () => {
  const late = await caseDue("UTC_TIMESTAMP(6) - INTERVAL 40 DAY");
  const never = await caseDue("'9999-12-31'");
  at.p.sql(`UPDATE task SET due_at = NULL WHERE case_id = ${never.id}`);
  const path = await make(at.hung);
  const calendar = await read(path);
  const event = eventOf(calendar, late);
  assert.match(event.properties.SUMMARY, /^QUÁ HẠN: \[STG-/);
  assert.equal(event.properties.PRIORITY, "1");
  assert.equal(eventOf(calendar, never), undefined);
  at.p.sql(`UPDATE person SET locale = 'en' WHERE login = '${at.hung.login}'`);
  try {
    assert.match(eventOf(await read(path), late).properties.SUMMARY, /^OVERDUE: \[STG-/);
  } finally {
    at.p.sql(`UPDATE person SET locale = 'vi' WHERE login = '${at.hung.login}'`);
  }
});

test("it follows the work: others' tasks are not in it, done ones leave, a substitute's come", async () => {
  const c = await caseDue("'2027-03-15 17:00:00'");
  const [hung, lan] = [await make(at.hung), await make(at.lan)];
  const uid = eventOf(await read(hung), c).properties.UID;
  assert.equal(eventOf(await read(hung), c).properties.UID, uid, "the same event each time");
  assert.equal(eventOf(await read(lan), c), undefined);
  await at.p.whileAway(at.hung, at.lan, async () => assert.equal(eventOf(await read(lan), c).properties.UID, uid));
  assert.equal(eventOf(await read(lan), c), undefined);
  await at.hung.send(c.id, "SIGN");
  assert.equal(eventOf(await read(hung), c), undefined);
});

test("a reader that has it already is told so", async () => {
  const c = await caseDue("'2027-03-15 17:00:00'");
  const path = await make(at.hung);
  const first = await ask(path);
  assert.match(first.headers.get("content-type"), /^text\/calendar; charset=utf-8/);
  assert.equal(first.headers.get("cache-control"), "private, no-cache");
  const etag = first.headers.get("etag");
  const again = await ask(path, { "if-none-match": etag });
  assert.deepEqual([again.status, again.bytes.length, again.headers.get("etag")], [304, 0, etag]);
  await at.hung.send(c.id, "SIGN");
  const changed = await ask(path, { "if-none-match": etag });
  assert.equal(changed.status, 200);
  assert.notEqual(changed.headers.get("etag"), etag);
});

test("who has left has no feed any more", async () => {
  const path = await make(at.tam);
  at.p.sql(`UPDATE person SET is_active = 0 WHERE login = '${at.tam.login}'`);
  try {
    assert.equal((await ask(path)).status, 404);
  } finally {
    at.p.sql(`UPDATE person SET is_active = 1 WHERE login = '${at.tam.login}'`);
  }
  assert.equal((await ask(path)).status, 200);
});

test("a feed of thousands has the thousand most urgent", { timeout: 60000 }, async () => {
  const c = await caseDue("'2027-03-15 17:00:00'");
  at.p.sql(`INSERT INTO task (case_id, agency_id, post, state_id, of_party, title_vi, title_en, opened_at, due_at, due_key, is_open)
    SELECT case_id, agency_id, post, state_id, of_party, title_vi, title_en, opened_at, d, d, 1
    FROM (SELECT k.*, '2028-01-01' + INTERVAL seq HOUR AS d FROM task k JOIN seq_1_to_3000 WHERE k.case_id = ${c.id}) many`);
  const { components } = await read(await make(at.hung));
  assert.equal(components.length, 1000);
  assert.ok(components.some((event) => event.properties.DTSTART === "20270315"), "the urgent ones are among them");
  assert.equal(new Set(components.map((event) => event.properties.UID)).size, 1000);
});
