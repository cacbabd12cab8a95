// SQL and HTML in every text field come back as they went in, and in a mail as text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province, until } from "./harness.mjs";

const at = province();
const nasty = `'; DROP TABLE cases; -- "\\ %s %n \${x} {{y}} <script>alert(1)</script> <img src=x onerror=alert(1)> &amp; 🙂 Điều`;

test("nasty texts are kept letter for letter, and are no HTML in a mail", async () => {
  const texts = { purpose: nasty, use_solution: nasty, quantity: nasty, frequency: nasty, application_id: nasty.slice(0, 90),
    application_name: nasty, legal_ground: nasty, personal_data_measures: nasty, network: nasty, contact_name: nasty, other: nasty };
  const c = await at.lan.request(texts);
  for (const [name, text] of Object.entries(texts)) assert.equal(c.fields[name], text, name);
  await at.hung.send(c.id, "SIGN", { letter_number: nasty.slice(0, 90), note: nasty });
  await at.minh.send(c.id, "RECEIVE", { note: nasty });
  await at.minh.send(c.id, "ASK_INFO", { question: nasty });
  await at.lan.send(c.id, "ANSWER", { answer: nasty });
  await at.minh.send(c.id, "FORWARD", { proposal: "approve", opinion: nasty });
  const closed = await at.tam.send(c.id, "REFUSE", { ground: "privacy", reason: nasty, alternative: nasty });
  assert.equal(closed.history.find((e) => e.type === "REFUSE").data.reason, nasty);
  const mails = await until("the mails", async () => {
    const all = await at.p.mails(c.id);
    return all.length > 6 && all.every((m) => m.state === "sent") && all;
  });
  for (const line of mails) {
    assert.doesNotMatch(line.subject, /[\r\n]/);
    const mail = (await at.lan.get(`/api/demo/mails/${line.id}`)).body;
    assert.doesNotMatch(mail.html, /<script|<img/i);
  }
  assert.ok(at.p.sql("SELECT COUNT(*) FROM cases")[0][0] > 0);
});

test("nasty texts find nothing and break nothing in lists", async () => {
  for (const url of ["/api/cases?q=", "/api/services?q=", "/api/services?owner="])
    assert.equal((await at.lan.get(url + encodeURIComponent(nasty))).status, 200, url);
  assert.equal((await at.p.nobody().post("/api/session", { login: nasty, password: nasty })).status, 401);
});
