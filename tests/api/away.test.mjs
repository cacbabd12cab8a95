// People away: substitutes, chains, what is refused, and posts that nobody holds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province, until } from "./harness.mjs";

const at = province();
const day = (n) => new Date(Date.now() + 7 * 3600e3 + n * 86400e3).toISOString().slice(0, 10);
const idOf = (person) => at.p.personId(person);
const stand = (asking, substitute, more = {}) =>
  asking.post("/api/substitutions", { substitute: idOf(substitute), from: day(0), until: day(5), reason: "Đi công tác", ...more });
const letters = (to, part) => at.p.sql(`SELECT subject FROM mail WHERE case_id IS NULL AND address = '${to}' AND subject LIKE '%${part}%'`);
const emailOf = (person) => person.session.person.email;

async function made(asking, substitute, more) {
  const answer = await stand(asking, substitute, more);
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}
async function ended(asking, s) {
  const answer = await asking.delete(`/api/substitutions/${s.id}`);
  assert.equal(answer.status, 204, answer.text);
}
async function refused(answer, pointer, code) {
  const { status, body, text } = await answer;
  assert.equal(status, 422, text);
  assert.deepEqual(body.errors.map((e) => [e.pointer, e.code]), [[pointer, code]]);
}
async function received() {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  return at.minh.send(c.id, "RECEIVE");
}
const last = (c) => c.history.at(-1);

test("the substitute approves on the absent head's behalf, and the record says so", async () => {
  const nam = await at.p.signIn("deputy", "Lao động");
  const post = nam.session.posts.find((p) => p.post === "head");
  assert.equal(post.on_behalf_of, at.tam.name, "the demo's head of Labour is away");
  assert.equal(post.is_vacant, false);
  const c = await received();
  assert.ok((await nam.can(c.id)).includes("APPROVE"));
  assert.ok((await nam.get("/api/cases?scope=agency&limit=50")).body.items.some((line) => line.id === c.id));
  const entry = last(await nam.send(c.id, "APPROVE"));
  assert.equal(entry.actor.name, nam.name);
  assert.equal(entry.on_behalf_of, at.tam.name);
  assert.equal(entry.actor.post_title.en, "Head of agency");
  assert.equal(entry.own_post_title, null);
});

test("a substitution begins at once, both are told, and it ends early", async () => {
  const c = await at.lan.request();
  assert.ok(!(await at.lan.inboxHas(c.id)));
  const s = await made(at.hung, at.lan);
  const holders = (await at.lan.get(`/api/cases/${c.id}`)).body.tasks.find((t) => t.post === "head").holders;
  assert.deepEqual(holders, [at.hung.name, at.lan.name]);
  const asked = await until("the mails that ask to sign", async () => {
    const list = (await at.p.mails((await at.lan.request()).id)).map((m) => m.to.address);
    return list.length > 1 && list;
  });
  assert.deepEqual(asked.sort(), [emailOf(at.hung), emailOf(at.lan)].sort(), "both get the mail of the post");
  assert.deepEqual([s.absent.name, s.substitute.name, s.from, s.until, s.state, s.can_end, s.made_by],
    [at.hung.name, at.lan.name, day(0), day(5), "running", true, at.hung.name]);
  for (const who of [at.hung, at.lan]) assert.equal(letters(emailOf(who), "đến hết ngày").length, 1);
  assert.ok(await at.lan.inboxHas(c.id));
  const listed = (person) => person.get("/api/substitutions").then((a) => a.body.items.find((x) => x.id === s.id));
  assert.deepEqual(await listed(at.hung), s);
  assert.equal((await listed(at.lan)).can_end, false);
  assert.equal(await listed(at.minh), undefined);
  assert.equal((await at.lan.delete(`/api/substitutions/${s.id}`)).status, 403);
  assert.equal((await at.minh.delete(`/api/substitutions/${s.id}`)).status, 404);
  await ended(at.hung, s);
  assert.ok(!(await at.lan.inboxHas(c.id)));
  for (const who of [at.hung, at.lan]) assert.equal(letters(emailOf(who), "không còn thay").length, 1);
  assert.equal((await at.hung.delete(`/api/substitutions/${s.id}`)).status, 409);
  assert.equal((await listed(at.hung)).state, "ended");
});

test("one that comes later gives nothing yet and may be called off", async () => {
  const c = await at.lan.request();
  const s = await made(at.hung, at.lan, { from: day(2), until: day(3) });
  assert.equal(s.state, "coming");
  assert.ok(!(await at.lan.inboxHas(c.id)));
  await ended(at.hung, s);
});

test("through a chain the last one has the first one's work", async () => {
  const [nam, tuan] = [await at.p.signIn("deputy", "Lao động"), await at.p.signIn("focal", "Thông tin")];
  const c = await at.lan.request();
  const [one, two] = [await made(at.hung, nam), await made(nam, tuan)];
  try {
    assert.ok(await nam.inboxHas(c.id) && await tuan.inboxHas(c.id));
    const entry = last(await tuan.send(c.id, "SIGN"));
    assert.deepEqual([entry.actor.name, entry.on_behalf_of], [tuan.name, at.hung.name]);
    await refused(stand(tuan, at.hung), "/substitute", "circle");
    await refused(stand(tuan, at.hung, { from: day(5), until: day(9) }), "/substitute", "circle");
    await ended(tuan, await made(tuan, at.hung, { from: day(6), until: day(9) }));
  } finally {
    for (const [who, s] of [[at.hung, one], [nam, two]]) await ended(who, s);
  }
});

test("what cannot be is refused with the field and why, and nothing is left of it", async () => {
  const { hung, lan, minh } = at;
  const before = at.p.sql("SELECT COUNT(*), MAX(id) FROM substitution");
  await refused(stand(hung, lan, { from: day(3), until: day(2) }), "/until", "order");
  await refused(stand(hung, lan, { from: day(-1) }), "/from", "past");
  await refused(stand(hung, lan, { until: day(400) }), "/until", "too-long");
  await refused(stand(hung, lan, { from: "2027-02-30" }), "/from", "day");
  await refused(stand(hung, hung), "/substitute", "self");
  await refused(stand(hung, lan, { substitute: 999999 }), "/substitute", "inactive");
  await refused(stand(hung, lan, { reason: "  " }), "/reason", "required");
  await refused(stand(hung, lan, { reason: "x".repeat(501) }), "/reason", "too-long");
  assert.equal((await stand(minh, lan, { absent: idOf(hung) })).status, 403);
  at.p.sql(`UPDATE person SET is_active = 0 WHERE id = ${idOf(lan)}`);
  await refused(stand(hung, lan), "/substitute", "inactive").finally(() => at.p.sql(`UPDATE person SET is_active = 1 WHERE id = ${idOf(lan)}`));
  assert.deepEqual(at.p.sql("SELECT COUNT(*), MAX(id) FROM substitution"), before);
  const nhung = at.p.accounts.find((a) => a.login === "bhxh.daumoi");
  const admin = await at.p.signIn("admin", "Thông tin");
  await refused(stand(admin, lan, { absent: idOf(nhung) }), "/absent", "no-posts");
  const s = await made(hung, lan);
  await refused(stand(hung, minh, { from: day(5), until: day(8) }), "/from", "overlap");
  await ended(hung, s);
});

test("of two requests that close a circle at once one is refused", async () => {
  for (let i = 0; i < 5; i++) {
    const answers = await Promise.all([stand(at.hung, at.lan), stand(at.lan, at.hung)]);
    assert.deepEqual(answers.map((a) => a.status).sort(), [201, 422], answers.map((a) => a.text).join());
    const won = answers.find((a) => a.status === 201).body;
    await ended(won.absent.name === at.hung.name ? at.hung : at.lan, won);
  }
});

test("the head of an agency and who operates the system say it for others", async () => {
  const admin = await at.p.signIn("admin", "Thông tin");
  assert.equal(admin.session.operates, true);
  for (const who of [at.hung, admin]) {
    const s = await made(who, at.hung, { absent: idOf(at.lan) });
    assert.equal(s.made_by, who.name);
    assert.ok((await who.get("/api/substitutions")).body.items.some((x) => x.id === s.id && x.can_end));
    await ended(who, s);
  }
  const people = (await at.hung.get("/api/people?agency=H51.19.3")).body.items;
  assert.deepEqual(people.find((p) => p.id === idOf(at.hung)).posts.map((p) => p.post), ["head"]);
  assert.equal((await at.hung.get("/api/people?agency=none")).status, 404);
});

test("who stands for somebody of the requester does not decide its case", async () => {
  const c = await received();
  const s = await made(at.hung, at.tam);
  try {
    const answer = await at.tam.trySend(c.id, "APPROVE");
    assert.equal(answer.status, 403);
    assert.equal(answer.body.code, "own-case");
  } finally {
    await ended(at.hung, s);
  }
  assert.equal((await at.tam.trySend(c.id, "APPROVE")).status, 200);
});

// ---- vacant posts ----

const holdingOf = (person, post) => at.p.sql(`SELECT id FROM holding WHERE person_id = ${idOf(person)} AND post = '${post}'`)[0][0];
async function whileNotHolding(person, post, work) {
  const id = holdingOf(person, post);
  at.p.sql(`UPDATE holding SET valid_until = UTC_TIMESTAMP(6) - INTERVAL 1 DAY WHERE id = ${id}`);
  try {
    await work();
  } finally {
    at.p.sql(`UPDATE holding SET valid_until = NULL WHERE id = ${id}`);
  }
}

test("a vacant post falls to the deputy, then to the head, and the record says which post was his", async () => {
  const nam = await at.p.signIn("deputy", "Lao động");
  const [first, second] = [await at.lan.request(), await at.lan.request()];
  for (const c of [first, second]) await at.hung.send(c.id, "SIGN");
  await whileNotHolding(at.minh, "focal", async () => {
    assert.ok(await nam.inboxHas(first.id));
    const task = (await nam.get(`/api/cases/${first.id}`)).body.tasks.find((t) => t.post === "focal");
    assert.deepEqual([task.falls_to, task.holders, task.is_mine], [true, [nam.name], true]);
    const post = (await nam.get("/api/session")).body.posts.find((p) => p.post === "focal");
    assert.equal(post.is_vacant, true);
    const entry = last(await nam.send(first.id, "RECEIVE"));
    assert.deepEqual([entry.actor.name, entry.actor.post_title.en, entry.own_post_title.en, entry.on_behalf_of],
      [nam.name, "Focal point", "Deputy head of agency", null]);
    const [vacancy] = (await at.tam.get("/api/vacancies")).body.items.filter((v) => v.agency.code === "H51.5");
    assert.deepEqual([vacancy.post, vacancy.falls_to.name, vacancy.open_tasks > 0, vacancy.since !== null], ["focal", nam.name, true, true]);
    await whileNotHolding(nam, "deputy", async () => {
      assert.ok(await at.tam.inboxHas(second.id));
      const taken = last(await at.tam.send(second.id, "RECEIVE"));
      assert.deepEqual([taken.actor.name, taken.own_post_title.en], [at.tam.name, "Head of agency"]);
    });
  });
  assert.ok(!(await nam.inboxHas(second.id)) || (await nam.get(`/api/cases/${second.id}`)).body.tasks.every((t) => t.post !== "focal"));
  assert.deepEqual((await at.tam.get("/api/vacancies")).body.items, []);
});

test("the alarm of a vacancy is told once to those whom it concerns, and again only when it comes again", async () => {
  const [admin, ictFocal] = [await at.p.signIn("admin", "Thông tin"), await at.p.signIn("focal", "Thông tin")];
  const alarm = () => at.p.sql("SELECT subject, ended_at IS NULL FROM alarm WHERE kind = 'vacancy' AND subject = 'H51.5 focal'")[0];
  const told = (person) => at.p.sql(`SELECT id FROM mail WHERE address = '${emailOf(person)}' AND template_name = 'vacancy' AND text LIKE '%Lao động%'`).length
    + at.p.sql(`SELECT id FROM mail WHERE address = '${emailOf(person)}' AND template_name = 'vacancy' AND text LIKE '%Labour%'`).length;
  const nam = await at.p.signIn("deputy", "Lao động");
  const hour = () => at.p.moveClock({ hours: 2 });
  for (const count of [1, 2]) {
    await whileNotHolding(at.minh, "focal", async () => {
      await hour();
      await until("the alarm", () => alarm()?.[1] === "1");
      await until("the letters", () => told(nam) === count);
      for (const who of [nam, at.tam, admin, ictFocal]) assert.equal(told(who), count, who.login);
      assert.equal(told(at.lan), 0);
      await hour();
    });
    await hour();
    await until("its end", () => alarm()?.[1] === "0");
    for (const who of [nam, at.tam, admin]) assert.equal(told(who), count, who.login);
  }
});

test("agencies without people raise no alarm, and the demo's one vacancy is seen by ICT", async () => {
  const admin = await at.p.signIn("admin", "Thông tin");
  const { items } = (await admin.get("/api/vacancies")).body;
  assert.deepEqual(items.map((v) => [v.agency.code, v.post, v.falls_to.post_title.en]), [["H51.17", "focal", "Deputy head of agency"]]);
  assert.ok(items[0].open_tasks > 0);
  assert.equal((await at.lan.get("/api/vacancies")).body.items.length, 0);
});
