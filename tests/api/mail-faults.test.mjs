// The mail server is slow, refuses, hangs up after a mail, is down, and our own server is killed: no mail is
// lost, and one comes twice only where the server had it already, as the same mail.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Province, until } from "./harness.mjs";
import { MailServer, header } from "./smtp.mjs";

const smtp = await MailServer.start();
const p = await Province.start(smtp.config);
const { lan, hung, minh } = await p.people();
const admin = await p.signIn("admin", "Thông tin");
after(async () => {
  smtp.speak();
  await p.stop();
  await smtp.close();
});

const idOf = (mail) => `<mail-${mail.id}.${mail.case.number}@lienthong.example>`;
const allSent = (id, count) => until(`${count} mails sent`, async () => {
  const all = await p.mails(id);
  return all.length >= count && all.every((m) => m.state === "sent") && all;
}, 60000);

/** Every mail of the case has come; `times`: how often each. */
function arrived(mails) {
  return mails.map((mail) => {
    const got = smtp.of(idOf(mail));
    assert.ok(got.length >= 1, `mail ${mail.id} is lost`);
    for (const one of got) assert.equal(one.text, got[0].text, "the same mail, to the byte");
    assert.equal(got[0].to, mail.to.address);
    return got.length;
  });
}

const once = (mails) => assert.deepEqual(arrived(mails), mails.map(() => 1));

/** Signs requests: each writes to the head, then to four more. */
async function requests(count) {
  const cases = [];
  for (let i = 0; i < count; i++) cases.push((await lan.request()).id);
  for (const id of cases) await hung.send(id, "SIGN");
  return cases;
}

test("mails of a case are a thread of each who gets them", async () => {
  const c = await lan.request();
  await hung.send(c.id, "SIGN");
  await minh.send(c.id, "RECEIVE");
  const mails = (await allSent(c.id, 6)).reverse();
  once(mails);
  const longest = [];
  for (const address of new Set(mails.map((m) => m.to.address))) {
    const messages = mails.filter((m) => m.to.address === address).map((m) => smtp.of(idOf(m))[0]);
    longest.push(messages.length);
    assert.equal(header(messages[0], "In-Reply-To"), null);
    for (const [i, message] of messages.entries()) {
      assert.equal(header(message, "Auto-Submitted"), "auto-generated");
      if (i === 0) continue;
      assert.equal(header(message, "In-Reply-To"), messages[i - 1].id);
      assert.equal(header(message, "References").split(" ")[0], messages[0].id);
    }
  }
  assert.ok(Math.max(...longest) >= 2, "somebody got two");
});

test("a server that is down gets all of it when it is back", async () => {
  await smtp.close();
  const cases = await requests(3);
  await until("an error is shown", async () => (await lan.get(`/api/cases/${cases[0]}`)).body.mails.some((m) => m.error));
  const waiting = (await admin.get("/api/mails?state=waiting")).body;
  assert.ok(waiting.items.some((m) => m.case.id === cases[0] && m.error && m.attempts === 0), "no attempt is counted");
  await smtp.open();
  for (const id of cases) once(await allSent(id, 5));
});

test("mail goes over few connections", async () => {
  const before = smtp.connections, got = smtp.messages.length;
  for (const id of await requests(4)) await allSent(id, 5);
  assert.ok(smtp.messages.length - got >= 20);
  assert.ok(smtp.connections - before < 20, `${smtp.connections - before} connections`);
});

test("a server that is busy gets it later", async () => {
  let refused = 0;
  smtp.refuse = () => (++refused, "451 try again later");
  const c = await lan.request();
  const line = await until("the error is shown", async () => (await lan.get(`/api/cases/${c.id}`)).body.mails.find((m) => /451/.test(m.error)));
  assert.equal(line.attempts, 1);
  assert.equal(line.state, "waiting");
  smtp.refuse = () => null;
  await p.moveClock({ hours: 1 });
  once(await allSent(c.id, 1));
  assert.equal(refused, 1);
});

test("a mailbox that is not there holds up nobody, is told once, and its mail can go elsewhere", async () => {
  const address = (await allSent((await lan.request()).id, 1))[0].to.address;
  smtp.refuse = (to) => (to === address ? "550 no such mailbox" : null);
  const [first, second] = await requests(2);
  const failed = await until("the dead list", async () => {
    const answer = (await admin.get("/api/mails?state=failed")).body;
    return answer.total === 2 && answer.items;
  });
  assert.ok(failed.every((m) => m.to.address === address && /550/.test(m.error) && m.next_at === null));
  const shown = (await lan.get(`/api/cases/${first}`)).body.mails.find((m) => m.state === "failed");
  assert.match(shown.error, /550/);
  const others = (await p.mails(second)).filter((m) => m.to.address !== address);
  await until("the others have theirs", () => others.every((m) => smtp.of(idOf(m)).length === 1));
  const letters = () => p.sql("SELECT id FROM mail WHERE template_name = 'mail-failed'");
  const alarms = () => letters().flatMap(([id]) => smtp.of(`<mail-${id}@lienthong.example>`));
  await until("the alarm", () => alarms().length > 0);
  assert.equal(alarms()[0].to, "quantri@soctrang.example");

  assert.equal((await lan.post(`/api/mails/${failed[0].id}/resend`, {})).status, 403);
  assert.equal((await lan.get("/api/mails")).status, 403);
  assert.equal((await admin.post(`/api/mails/${failed[0].id}/resend`, { address: "a@b.vn>\r\nRCPT TO:<c@d.vn" })).status, 422);
  assert.equal((await admin.post("/api/mails/999999/resend", {})).status, 404);
  const answer = await admin.post(`/api/mails/${failed[0].id}/resend`, { address: "thay@soctrang.example" });
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.to.address, "thay@soctrang.example");
  await until("it comes elsewhere", () => smtp.to("thay@soctrang.example").length === 1);
  assert.equal(smtp.to("thay@soctrang.example")[0].id, idOf(failed[0]));
  smtp.refuse = () => null;
  await admin.post(`/api/mails/${failed[1].id}/resend`, {});
  await until("it comes", () => smtp.of(idOf(failed[1])).length === 1);
  await until("the list is empty", async () => (await admin.get("/api/mails")).body.total === 0);
  assert.equal(alarms().length, 1, "told once");
  assert.deepEqual(p.sql("SELECT ended_at IS NOT NULL FROM alarm WHERE kind = 'mail-failed'"), [["1"]]);
  const kept = p.sql(`SELECT first_address, resent_by IS NOT NULL FROM mail WHERE id = ${failed[0].id}`);
  assert.deepEqual(kept, [[address, "1"]]);
});

test("a server that hangs up after a mail gets the same mail again", async () => {
  smtp.dropsAfterData = 1;
  const c = await lan.request();
  await until("it had the mail", () => smtp.dropsAfterData === 0);
  await until("the error is shown", async () => (await lan.get(`/api/cases/${c.id}`)).body.mails.some((m) => m.error));
  await p.moveClock({ hours: 1 });
  assert.deepEqual(arrived(await allSent(c.id, 1)), [2]);
});

test("while a server says nothing the pages answer, and then all of it comes", async (t) => {
  await smtp.close();
  await smtp.open(); // no connection is kept
  smtp.isMute = true;
  const cases = await requests(2);
  await until("the server is waited for", () => smtp.isWaitedFor);
  const ended = smtp.ended;
  let worst = 0;
  for (let i = 0; i < 100; i++) {
    const begin = performance.now();
    assert.equal((await lan.get("/api/health")).status, 200);
    worst = Math.max(worst, performance.now() - begin);
  }
  assert.equal((await p.signIn("focal", "Phường 3")).login, lan.login); // argon2 has threads left
  assert.equal(smtp.ended, ended, "and did not wait until mail gave up");
  t.diagnostic(`worst answer of 100 while the mail server hangs: ${worst.toFixed(1)} ms`);
  smtp.speak();
  for (const id of cases) once(await allSent(id, 5));
});

test("a server that is killed while it sends loses nothing", async () => {
  smtp.isSlow = true;
  const cases = await requests(2);
  await until("mails are under way", () => smtp.isWaitedFor);
  await p.crashServer();
  smtp.speak();
  await p.startServer();
  await p.moveClock({ hours: 1 }); // the lease of the dead is over
  const times = [];
  for (const id of cases) times.push(...arrived(await allSent(id, 5)));
  assert.ok(times.every((n) => n <= 2), times.join());
  assert.ok(times.filter((n) => n === 2).length <= 4, "only those that were under way");
});
