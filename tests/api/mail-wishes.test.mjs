// Quiet hours, days off, digests: mail comes when its person wants it, and none is lost on the way.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Province, until } from "./harness.mjs";
import { MailServer } from "./smtp.mjs";

const smtp = await MailServer.start();
const p = await Province.start(smtp.config);
const { lan, hung } = await p.people();
const admin = await p.signIn("admin", "Thông tin");
after(async () => {
  await p.stop();
  await smtp.close();
});

const hour = 3600_000;
const day = 24 * hour;
const zone = 7 * hour;
const now = async () => Date.parse((await lan.get("/api/demo/clock")).body.now);
const clockFace = (at) => new Date(at + zone).toISOString().slice(11, 16);
const plain = { locale: "vi", digest_at: null, quiet_from: null, quiet_until: null, on_days_off: true };

async function wish(person, changes) {
  const answer = await person.put("/api/me/preferences", { ...plain, ...changes });
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.body, { ...plain, ...changes });
  assert.deepEqual((await person.get("/api/me/preferences")).body, answer.body);
}

const mailOf = async (c) => (await p.mails(c.id)).find((m) => m.to.name === hung.name);
/** Waits until the mailer has put it aside; answers until when. */
const heldUntil = async (c) => {
  const { id } = await mailOf(c);
  const [[next]] = await until("it is held", () => {
    const rows = p.sql(`SELECT CONCAT(REPLACE(next_at, ' ', 'T'), 'Z') FROM mail WHERE id = ${id} AND held IN ('quiet', 'digest')`);
    return rows.length && rows;
  });
  return Date.parse(next);
};
const sent = (c) => until("it is sent", async () => (await mailOf(c)).state === "sent");
const address = (await lan.request().then(async (c) => (await sent(c), mailOf(c)))).to.address;
const messages = () => smtp.to(address).length;

test("without a wish there is none", async () => {
  assert.deepEqual((await lan.get("/api/me/preferences")).body, plain);
});

test("mail waits for the end of quiet hours, or until they are given up", async () => {
  const at = await now();
  await wish(hung, { quiet_from: clockFace(at - hour), quiet_until: clockFace(at + 3 * hour) });
  const first = await lan.request();
  const end = await heldUntil(first);
  assert.equal(clockFace(end), clockFace(at + 3 * hour));
  assert.ok(end - at <= 3 * hour && end - at > 2.9 * hour);
  await wish(hung, {});
  await sent(first);
  await wish(hung, { quiet_from: clockFace(at - hour), quiet_until: clockFace(at + 3 * hour) });
  const second = await lan.request();
  await heldUntil(second);
  await p.moveClock({ hours: 4 });
  await sent(second);
});

test("who wants his days off free has his mail when the office opens", async () => {
  await wish(hung, { on_days_off: false });
  const at = await now();
  const today = Math.floor((at + zone) / day);
  const sunday = today + ((7 - new Date(at + zone).getUTCDay()) % 7 || 7);
  await p.moveClock({ hours: Math.round((sunday * day + 10 * hour - zone - at) / hour) });
  const c = await lan.request();
  const opens = await heldUntil(c);
  assert.ok(opens > (sunday + 1) * day - zone, "not on Sunday");
  assert.match(clockFace(opens), /^0[78]:/);
  await wish(hung, {});
  await sent(c);
});

test("a digest is one mail with a line for each, and none when there is nothing", async () => {
  const at = await now();
  await wish(hung, { digest_at: clockFace(at + 2 * hour) });
  const before = messages();
  const cases = [await lan.request(), await lan.request(), await lan.request()];
  for (const c of cases) assert.equal(clockFace(await heldUntil(c)), clockFace(at + 2 * hour));
  assert.equal(messages(), before);
  await p.moveClock({ hours: 3 });
  for (const c of cases) await sent(c);
  assert.equal(messages(), before + 1);
  const all = (await lan.get("/api/demo/mails?limit=200")).body.items;
  const digest = (await lan.get(`/api/demo/mails/${all.find((m) => m.case === null && m.to.name === hung.name).id}`)).body;
  assert.match(digest.subject, /^Tổng hợp thông báo ngày \d\d\/\d\d\/\d{4} \(03 thông báo\)$/);
  for (const c of cases) {
    assert.ok(digest.text.includes(`[${c.number}]`), digest.text);
    assert.ok(digest.text.includes(`/cases/${c.id}\n`));
    assert.ok(digest.html.includes(`/cases/${c.id}"`));
  }
  await p.moveClock({ hours: 24 });
  const later = await lan.request(); // the mailer has been at work since
  await heldUntil(later);
  assert.equal(messages(), before + 1);
  await wish(hung, {});
  await sent(later);
});

test("a digest that was made survives a dead mail server and a kill", async () => {
  await wish(hung, { digest_at: clockFace((await now()) + 2 * hour) });
  const before = messages();
  const cases = [await lan.request(), await lan.request()];
  for (const c of cases) await heldUntil(c);
  await smtp.close();
  await p.moveClock({ hours: 3 });
  await until("the digest is made", () => p.sql("SELECT 1 FROM mail WHERE template_name = 'digest' AND state = 'waiting'").length);
  for (const c of cases) assert.equal((await mailOf(c)).state, "waiting");
  await p.crashServer();
  await smtp.open();
  await p.startServer();
  await p.moveClock({ hours: 1 });
  for (const c of cases) await sent(c);
  assert.equal(messages(), before + 1);
  await wish(hung, {});
});

test("what is urgent does not wait for a digest", async () => {
  await wish(admin, { locale: "en", digest_at: clockFace((await now()) + 12 * hour) });
  smtp.refuse = (to) => (to === address ? "550 no such mailbox" : null);
  await lan.request();
  await until("the alarm", () => p.sql("SELECT 1 FROM mail WHERE template_name = 'mail-failed' AND state = 'sent'").length === 1);
  smtp.refuse = () => null;
});

test("a server that is away for long is an alarm, which ends when it is back", async () => {
  await smtp.close();
  const c = await lan.request();
  const lasts = () => p.sql("SELECT 1 FROM alarm WHERE kind = 'mail-server' AND ended_at IS NULL").length === 1;
  await until("it is seen", async () => (await lan.get(`/api/cases/${c.id}`)).body.mails.some((m) => /SMTP/.test(m.error)));
  assert.equal((await admin.get("/api/mails")).body.server_away_since, null);
  await p.moveClock({ hours: 1 });
  await until("the alarm", lasts);
  assert.ok((await admin.get("/api/mails")).body.server_away_since);
  await smtp.open();
  await p.moveClock({ hours: 1 });
  await sent(c);
  await until("it is over", () => !lasts());
});

test("wishes that do not hold together are refused", async () => {
  const refused = async (changes, pointer, code) => {
    const answer = await lan.put("/api/me/preferences", { ...plain, ...changes });
    assert.equal(answer.status, 422, JSON.stringify(changes));
    assert.deepEqual(answer.body.errors.map((e) => [e.pointer, e.code]), [[pointer, code]]);
  };
  await refused({ quiet_from: "18:00" }, "/quiet_until", "required");
  await refused({ quiet_until: "07:00" }, "/quiet_from", "required");
  await refused({ quiet_from: "18:00", quiet_until: "18:00" }, "/quiet_until", "empty");
  await refused({ quiet_from: "18:00", quiet_until: "07:00", digest_at: "06:30" }, "/digest_at", "quiet");
  await refused({ digest_at: "25:00" }, "/digest_at", "format");
  await refused({ locale: "fr" }, "/locale", "enum");
  await refused({ on_days_off: "yes" }, "/on_days_off", "type");
  await refused({ more: 1 }, "/more", "unknown");
  assert.deepEqual((await lan.get("/api/me/preferences")).body, plain);
});
