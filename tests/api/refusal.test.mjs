// A refusal needs a listed ground and a reason, and tells ICT and the Office by itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province, until } from "./harness.mjs";

const at = province();
const good = { ground: "privacy", reason: "Mục tin địa chỉ thuộc bí mật đời tư của chủ hộ" };

async function received() {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  return at.minh.send(c.id, "RECEIVE");
}

test("a refusal without ground, with a short reason or an unknown ground is refused itself", async () => {
  const c = await received();
  const bad = [[undefined, null], [{}, "/data/ground"], [{ ground: good.ground }, "/data/reason"],
    [{ ...good, reason: "Không" }, "/data/reason"], [{ ...good, ground: "because-i-say-so" }, "/data/ground"],
    [{ ...good, extra: 1 }, "/data/extra"]];
  for (const [data, pointer] of bad) {
    const answer = await at.tam.trySend(c.id, "REFUSE", data);
    assert.equal(answer.status, 422, JSON.stringify(data));
    if (pointer) assert.ok(answer.body.errors.some((e) => e.pointer === pointer), `${pointer} in ${answer.text}`);
  }
  assert.equal((await at.tam.get(`/api/cases/${c.id}`)).body.version, c.version);
});

test("a good refusal closes the case and tells the requester, ICT and the Office", async () => {
  const c = await received();
  const closed = await at.tam.send(c.id, "REFUSE", good);
  assert.equal(closed.is_open, false);
  assert.equal(closed.outcome, "refused");
  const mails = await until("the mails of the refusal", async () => {
    const all = await at.p.mails(c.id);
    return all.length >= 6 && all.every((m) => m.state === "sent") && all;
  });
  const posts = at.p.accounts;
  const agencyOf = (mail) => posts.find((a) => a.name === mail.to.name)?.agency.vi ?? "";
  const told = mails.map(agencyOf);
  assert.ok(told.some((name) => name.includes("Phường 3")));
  assert.ok(told.some((name) => /Văn phòng/.test(name)), `the Office among ${told}`);
  assert.ok(told.some((name) => /Khoa học|Thông tin/.test(name)), `ICT among ${told}`);
});

test("a refusal is noted by the authority for disputes, and the requester is offered one", async () => {
  const c = await received();
  const closed = await at.tam.send(c.id, "REFUSE", good);
  assert.deepEqual(closed.links.children.map((child) => child.workflow.id), ["refusal-notice"]);
  const [notice] = closed.links.children;
  assert.equal(notice.service.code, "DV008");
  const office = await at.p.signIn("focal", "Văn phòng UBND");
  assert.ok(await office.inboxHas(notice.id));
  assert.equal((await office.get(`/api/cases/${notice.id}`)).body.links.parent.id, c.id);
  const offers = (await at.lan.get(`/api/cases/${c.id}`)).body.offers;
  assert.deepEqual(offers.map((offer) => offer.workflow), ["wf-08"]);
  assert.deepEqual(closed.offers, [], "not to those who refused");
});

test("nobody changes a closed case", async () => {
  const c = await received();
  await at.tam.send(c.id, "REFUSE", good);
  const answer = await at.tam.trySend(c.id, "APPROVE");
  assert.equal(answer.status, 409);
  assert.equal(answer.body.code, "case-closed");
});
