// Who may see and do what: by post, by agency, and never one's own case.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province } from "./harness.mjs";

const at = province();

async function received() {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  return at.minh.send(c.id, "RECEIVE");
}

test("only the posts that the workflow names may act, and only they see the button", async () => {
  const c = await received();
  for (const [person, type] of [[at.minh, "APPROVE"], [at.lan, "APPROVE"], [at.hung, "APPROVE"], [at.lan, "RECEIVE"]]) {
    const answer = await person.trySend(c.id, type);
    assert.ok([403, 409].includes(answer.status), `${person.login} ${type}: ${answer.text}`);
  }
  assert.deepEqual(await at.tam.can(c.id), ["APPROVE", "ASK_INFO", "REFUSE"]);
  assert.deepEqual(await at.lan.can(c.id), ["WITHDRAW"]);
  assert.equal((await at.minh.trySend(c.id, "APPROVE")).body.code, "not-your-post");
});

test("an agency that has no part in a case sees nothing of it", async () => {
  const other = await at.p.signIn("focal", "Phường 1").catch(() => at.p.signIn("focal", "Sở Tài chính"));
  const c = await received();
  const view = await other.get(`/api/cases/${c.id}`);
  assert.equal(view.status, 403);
  assert.doesNotMatch(view.text, new RegExp(c.number));
  const list = (await other.get("/api/cases?scope=all&limit=200")).body;
  assert.ok(!list.items.some((line) => line.id === c.id));
  assert.equal((await other.get(`/api/stream?case=${c.id}`)).status, 403);
});

test("before it is signed only the ward sees it", async () => {
  const c = await at.lan.request();
  for (const person of [at.lan, at.hung]) assert.equal((await person.get(`/api/cases/${c.id}`)).status, 200);
  for (const person of [at.minh, at.tam]) assert.equal((await person.get(`/api/cases/${c.id}`)).status, 403);
});

test("who sent a request does not decide it, whatever other post they hold", async () => {
  const c = await received();
  const [[personId]] = at.p.sql(`SELECT id FROM person WHERE login = '${at.lan.login}'`);
  const [[agencyId]] = at.p.sql(`SELECT owner_id FROM cases WHERE id = ${c.id}`);
  at.p.sql(`INSERT INTO holding (person_id, agency_id, post, valid_from) VALUES (${personId}, ${agencyId}, 'head', '2020-01-01')`);
  try {
    for (const [type, data] of [["APPROVE", undefined], ["REFUSE", { ground: "privacy", reason: "Mục tin thuộc bí mật đời tư" }]]) {
      const answer = await at.lan.trySend(c.id, type, data);
      assert.equal(answer.status, 403, answer.text);
      assert.equal(answer.body.code, "own-case");
    }
    assert.ok(!(await at.lan.can(c.id)).includes("APPROVE"));
    assert.equal((await at.tam.send(c.id, "APPROVE")).states.includes("provisioning"), true);
  } finally {
    at.p.sql(`DELETE FROM holding WHERE person_id = ${personId} AND agency_id = ${agencyId}`);
  }
});

test("a post that ended yesterday gives no right today", async () => {
  const c = await at.lan.request();
  const [[holding]] = at.p.sql(`SELECT h.id FROM holding h JOIN person p ON p.id = h.person_id WHERE p.login = '${at.hung.login}' AND h.post = 'head'`);
  const [[until]] = at.p.sql(`SELECT COALESCE(valid_until, 'NULL') FROM holding WHERE id = ${holding}`);
  at.p.sql(`UPDATE holding SET valid_until = UTC_TIMESTAMP(6) - INTERVAL 1 DAY WHERE id = ${holding}`);
  try {
    const answer = await at.hung.trySend(c.id, "SIGN");
    assert.equal(answer.status, 403);
  } finally {
    at.p.sql(`UPDATE holding SET valid_until = ${until === "NULL" ? "NULL" : `'${until}'`} WHERE id = ${holding}`);
  }
  assert.equal((await at.hung.trySend(c.id, "SIGN")).status, 200);
});

test("the owner does not ask itself for its own service", async () => {
  const answer = await at.minh.request().then(() => "started", (error) => error.message);
  assert.match(answer, /"code":"own-agency"/);
});
