// Mail: sent once, to the right people, written in the same transaction; readable in the demo.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { province, until } from "./harness.mjs";

const at = province();

const sentMails = (id, count) => until(`${count} mails sent`, async () => {
  const all = await at.p.mails(id);
  return all.length >= count && all.every((m) => m.state === "sent") && all;
});

test("the head is asked to sign by one mail, which is a file with both texts", async () => {
  const c = await at.lan.request();
  const [line] = await sentMails(c.id, 1);
  assert.equal(line.to.name, at.hung.name);
  assert.equal(line.case.number, c.number);
  assert.ok(line.sent_at);
  const mail = (await at.lan.get(`/api/demo/mails/${line.id}`)).body;
  assert.match(mail.text, new RegExp(c.number));
  assert.match(mail.html, /<html/i);
  const eml = await until("the file", () => {
    const files = fs.existsSync(path.join(at.p.folder, "mail")) ? fs.readdirSync(path.join(at.p.folder, "mail")) : [];
    return files.map((name) => fs.readFileSync(path.join(at.p.folder, "mail", name), "utf8")).find((text) => text.includes(line.to.address));
  });
  assert.match(eml, /^Message-I[Dd]: <.+>/m);
  assert.match(eml, /^Content-Type: multipart\/alternative/m);
});

test("mails are listed newest first, by case and page by page", async () => {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  const all = await sentMails(c.id, 4);
  const ids = all.map((m) => m.id);
  assert.deepEqual(ids, [...ids].sort((a, b) => b - a));
  const page = (await at.lan.get(`/api/demo/mails?case=${c.id}&limit=2`)).body.items;
  assert.deepEqual(page.map((m) => m.id), ids.slice(0, 2));
  const rest = (await at.lan.get(`/api/demo/mails?case=${c.id}&before=${ids[1]}`)).body.items;
  assert.deepEqual(rest.map((m) => m.id), ids.slice(2));
  const view = (await at.lan.get(`/api/cases/${c.id}`)).body;
  assert.equal(view.mails.length, all.length);
});

test("nobody is written to twice for one event", async () => {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  const all = await sentMails(c.id, 4);
  const seen = all.map((m) => `${m.to.address} ${m.subject}`);
  assert.equal(new Set(seen).size, seen.length, seen.join("\n"));
});

test("a mail that is not there is not found", async () => {
  assert.equal((await at.lan.get("/api/demo/mails/999999")).status, 404);
});
