// The inbox: what waits for me, for my agency, and what I watch.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province } from "./harness.mjs";

const at = province();

const ask = async (person, scope, more = "") => {
  const answer = await person.get(`/api/inbox?limit=200${scope ? `&scope=${scope}` : ""}${more}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
};
const of = (list, c) => list.items.filter((item) => item.case.id === c.id);
const watch = (person, c) => person.put(`/api/cases/${c.id}/watch`);
const unwatch = (person, c) => person.delete(`/api/cases/${c.id}/watch`);

/** The posts of a person, given and taken away again by hand. */
async function whileHolding(person, agencyId, post, work) {
  const [[id]] = at.p.sql(`SELECT id FROM person WHERE login = '${person.login}'`);
  at.p.sql(`INSERT INTO holding (person_id, agency_id, post, valid_from) VALUES (${id}, ${agencyId}, '${post}', '2020-01-01')`);
  try {
    await work();
  } finally {
    at.p.sql(`DELETE FROM holding WHERE person_id = ${id} AND agency_id = ${agencyId} AND post = '${post}'`);
  }
}

test("my work is that of my post; my agency's is that of all its posts", async () => {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  const [mine] = of(await ask(at.minh), c);
  assert.equal(mine.task.post, "focal");
  assert.deepEqual([mine.task.is_mine, mine.task.on_behalf_of, mine.task.is_vacant], [true, null, false]);
  assert.deepEqual(of(await ask(at.minh, "mine"), c), [mine]);
  assert.deepEqual(of(await ask(at.tam, "mine"), c), [], "the head has nothing to do yet");
  const [theirs] = of(await ask(at.tam, "agency"), c);
  assert.equal(theirs.task.id, mine.task.id);
  assert.equal(theirs.task.is_mine, false);
  for (const scope of ["mine", "agency", "watched"]) assert.deepEqual(of(await ask(at.lan, scope), c), [], scope);
});

test("a substitute has the work of whom he stands in for, and both posts make one list", async () => {
  const c = await at.lan.request();
  assert.equal(of(await ask(at.hung), c).length, 1, "the head has to sign it");
  const before = await ask(at.lan);
  assert.deepEqual(of(before, c), []);
  await at.p.whileAway(at.hung, at.lan, async () => {
    const list = await ask(at.lan);
    const [item] = of(list, c);
    assert.deepEqual([item.task.post, item.task.on_behalf_of, item.task.is_vacant], ["head", at.hung.name, false]);
    assert.equal(list.total, before.total + (await ask(at.hung)).total);
    const due = list.items.map((i) => i.task.due_at ?? "9999");
    assert.deepEqual(due, [...due].sort(), "most urgent first");
  });
  assert.deepEqual(of(await ask(at.lan), c), [], "and no longer than that");
});

test("pages of every scope hold each line once", async () => {
  const ict = await at.p.signIn("focal", "Thông tin");
  const some = (await ask(ict, "agency")).items;
  for (const line of (await ict.get("/api/cases?scope=agency&limit=7")).body.items) assert.equal((await watch(ict, line)).status, 204);
  for (const scope of ["mine", "agency", "watched"]) {
    const whole = (await ask(ict, scope)).items.slice(0, 40).map((i) => `${i.task?.id} ${i.case.id}`);
    const pages = [];
    for (let after = ""; pages.length < whole.length; ) {
      const page = (await ict.get(`/api/inbox?scope=${scope}&limit=3${after}`)).body;
      pages.push(...page.items.map((i) => `${i.task?.id} ${i.case.id}`));
      if (!page.next) break;
      after = `&after=${page.next}`;
    }
    assert.deepEqual(pages.slice(0, whole.length), whole, scope);
  }
  assert.ok(some.length > 3 && (await ask(ict, "watched")).total === 7);
});

test("what I watch is in my inbox, with my task where there is one", async () => {
  const c = await at.lan.request();
  assert.equal((await at.lan.get(`/api/cases/${c.id}`)).body.is_watched, false);
  for (let twice = 0; twice < 2; twice++) assert.equal((await watch(at.lan, c)).status, 204);
  const seen = await at.lan.get(`/api/cases/${c.id}`);
  assert.equal(seen.body.is_watched, true);
  assert.equal(seen.etag, '"1"', "watching changes no case");
  assert.equal((await at.hung.get(`/api/cases/${c.id}`)).body.is_watched, false, "each watches for himself");

  const list = await ask(at.lan, "watched");
  assert.deepEqual([list.total, list.overdue, list.items.length], [1, 0, 1]);
  assert.equal(list.items[0].task, null, "the head has to sign it");
  await watch(at.hung, c);
  assert.equal((await ask(at.hung, "watched")).items[0].task.post, "head");

  await at.hung.send(c.id, "SIGN");
  assert.equal((await ask(at.lan, "watched")).items[0].case.version, 2);
  for (let twice = 0; twice < 2; twice++) assert.equal((await unwatch(at.lan, c)).status, 204);
  assert.equal((await ask(at.lan, "watched")).total, 0);
  assert.equal((await ask(at.hung, "watched")).total, 1);
});

test("nobody watches what he may not see, and it is hidden once he may not any more", async () => {
  const c = await at.lan.request();
  const refused = await watch(at.minh, c);
  assert.equal(refused.status, 403);
  assert.doesNotMatch(refused.text, new RegExp(c.number));
  assert.equal((await at.minh.put("/api/cases/99999999/watch")).status, 404);
  assert.equal((await at.p.nobody().put(`/api/cases/${c.id}/watch`)).status, 401);
  assert.equal((await ask(at.minh, "watched")).total, 0);

  const other = await at.p.signIn("focal", "Giao thông");
  const [[wardId]] = at.p.sql(`SELECT requester_id FROM cases WHERE id = ${c.id}`);
  await whileHolding(other, wardId, "focal", async () => {
    assert.equal((await watch(other, c)).status, 204);
    assert.equal((await ask(other, "watched")).total, 1);
  });
  assert.deepEqual(await ask(other, "watched"), { items: [], total: 0, overdue: 0, next: null });
  assert.equal((await unwatch(other, c)).status, 204, "ending it is always allowed");
});

test("watched cases come by due date, then those without one, then closed ones", async () => {
  const cases = [];
  for (let i = 0; i < 4; i++) {
    cases.push(await at.lan.request());
    await watch(at.lan, cases[i]);
  }
  const [closed, undated, later, late] = cases;
  at.p.sql(`UPDATE cases SET due_at = NULL WHERE id = ${undated.id};
    UPDATE cases SET due_at = UTC_TIMESTAMP(6) + INTERVAL 9 DAY WHERE id = ${later.id};
    UPDATE cases SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1 DAY WHERE id = ${late.id};
    UPDATE cases SET is_open = 0, due_at = '2020-01-01' WHERE id = ${closed.id}`);
  const list = await ask(at.lan, "watched");
  assert.deepEqual(list.items.map((i) => i.case.id), [late, later, undated, closed].map((c) => c.id));
  assert.equal(list.overdue, 1);
});

test("an unknown scope and a cursor of elsewhere are refused", async () => {
  assert.equal((await at.lan.get("/api/inbox?scope=all")).status, 400);
  for (const after of ["7", "x", "1.2.3", "1.-2"]) assert.equal((await at.lan.get(`/api/inbox?scope=watched&after=${after}`)).status, 400, after);
});

test("somebody who watches a thousand cases is told to end some", async () => {
  const c = await at.lan.request();
  const [[id]] = at.p.sql(`SELECT id FROM person WHERE login = '${at.lan.login}'`);
  at.p.sql(`SET foreign_key_checks = 0; DELETE FROM case_watch WHERE person_id = ${id};
    INSERT INTO case_watch SELECT ${id}, 1000000 + seq, UTC_TIMESTAMP(6) FROM seq_1_to_1000`);
  const refused = await watch(at.lan, c);
  assert.deepEqual([refused.status, refused.body.code], [409, "too-many-watched"]);
});
