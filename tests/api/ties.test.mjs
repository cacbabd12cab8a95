// Cases that belong together: opened by another, about another, told by another; on the small workflows
// of tests/unit/flow/definitions under the real law.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { fields, province, root, until } from "./harness.mjs";

function definitions() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lt-definitions-"));
  const copy = (...names) => {
    for (const name of names) {
      fs.mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    }
  };
  copy("calendars", ...["posts.json", "sides.json", "schema.json", "regimes", "common", "notices"].map((name) => `workflows/${name}`));
  const small = path.join(root, "tests/unit/flow/definitions");
  for (const name of fs.readdirSync(small)) fs.cpSync(path.join(small, name), path.join(folder, "workflows", name));
  return folder;
}

const folder = definitions();
after(() => fs.rmSync(folder, { recursive: true, force: true }));
const at = province({ definitions_dir: folder, workers: 2 });
const people = {};
const focal = async (agency) => (people[agency] ??= await at.p.signIn("focal", agency));
const theIct = () => focal("Thông tin");

const open = async (person, body) => {
  const answer = await person.post("/api/cases", { fields: {}, ...body });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
};
const campaign = async () => open(await theIct(), { workflow: "camp", fields: { year: "2026" } });
const see = async (person, id) => (await person.get(`/api/cases/${id}`)).body;
const pointers = (answer) => (answer.body.errors ?? []).map((error) => error.pointer);

test("one event opens a case for each agency, with its task, in one transaction", async () => {
  const c = await campaign();
  const count = Number(at.p.sql("SELECT COUNT(*) FROM agency WHERE role IS NULL")[0][0]);
  assert.equal(c.links.children.length, count);
  assert.ok(c.links.children.every((child) => child.is_open && child.agency.role === null && child.workflow.id === "answer"));
  const mine = c.links.children.find((child) => child.agency.code === "H51.5");
  assert.ok(await at.minh.inboxHas(mine.id));
  const child = await see(at.minh, mine.id);
  assert.equal(child.created_by, null);
  assert.deepEqual(child.fields, { year: "2026" });
  assert.deepEqual([child.links.parent, child.links.hidden.parent], [null, 1]);
  assert.equal((await at.lan.get(`/api/cases/${mine.id}`)).status, 403);
  const list = (await at.minh.get("/api/cases?workflow=answer,camp&limit=200")).body.items;
  assert.ok(list.some((line) => line.id === mine.id));
  assert.ok(list.every((line) => line.workflow.id === "answer"));
});

test("what cases tell survives kill -9 and comes once", async () => {
  const c = await campaign();
  const mine = c.links.children.find((child) => child.agency.code === "H51.5");
  const others = c.links.children.find((child) => child.agency.code === "H51.3");
  const tnmt = await focal("Sở Tài nguyên");
  await at.minh.send(mine.id, "ANSWER", { text: "Đủ" });
  await at.p.crashServer();
  await at.p.startServer();
  await tnmt.send(others.id, "ANSWER", {});
  await at.p.crashServer();
  await at.p.startServer();
  const heard = async () => (await see(await theIct(), c.id)).history.filter((event) => event.type === "ANSWERED");
  await until("both answers", async () => (await heard()).length >= 2);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const events = await heard();
  assert.deepEqual(events.map((event) => event.data.agency).sort(), ["H51.3", "H51.5"]);
  assert.ok(events.every((event) => event.kind === "system" && event.actor === null));
});

test("the end of a campaign is told to those who have not answered", async () => {
  const c = await campaign();
  const mine = c.links.children.find((child) => child.agency.code === "H51.5");
  await at.minh.send(mine.id, "ANSWER", {});
  const ict = await theIct();
  await ict.send(c.id, "END");
  const now = await until("all are closed", async () => {
    const view = await see(ict, c.id);
    return view.links.children.every((child) => !child.is_open) && view;
  });
  assert.deepEqual([...new Set(now.links.children.map((child) => child.outcome))].sort(), ["answered", "stopped"]);
  assert.equal((await see(at.minh, mine.id)).outcome, "answered");
});

test("a case about another: who may, what goes over, and who sees it", async () => {
  const first = await at.lan.request();
  await at.hung.send(first.id, "SIGN");
  const dispute = await open(at.lan, { workflow: "trouble", about: first.id });
  assert.equal(dispute.links.about.id, first.id);
  assert.equal(dispute.service.code, "DV008");
  assert.deepEqual([dispute.requester.code, dispute.owner.code], ["H51.19.3", "H51.5"]);
  assert.equal((await see(at.lan, first.id)).links.about_this[0].id, dispute.id);

  const [ict, office] = [await theIct(), await focal("Văn phòng UBND")];
  // restricted: the owner, though a side, and ICT are not told
  for (const person of [at.minh, ict]) {
    assert.equal((await person.get(`/api/cases/${dispute.id}`)).status, 403);
    const view = await see(person, first.id);
    assert.deepEqual([view.links.about_this, view.links.hidden.about_this], [[], 1]);
    const list = (await person.get(`/api/cases?q=${dispute.number}`)).body;
    assert.ok(!list.items.some((line) => line.id === dispute.id));
  }
  assert.equal((await office.get(`/api/cases/${dispute.id}`)).status, 200);

  const stranger = await focal("Sở Xây dựng");
  for (const [person, body, pointer] of [
    [stranger, { workflow: "trouble", about: first.id }, "/about"], [at.lan, { workflow: "trouble", about: 999999 }, "/about"],
    [at.lan, { workflow: "trouble" }, "/about"], [at.lan, { workflow: "trouble", about: first.id, service: "DV001" }, "/service"],
    [at.lan, { workflow: "many" }, "/party"], [at.lan, { workflow: "many", party: "H0" }, "/party"],
    [at.lan, { workflow: "trouble", about: first.id, party: "H51.7" }, "/party"], [at.lan, { workflow: "wf-01" }, "/service"]]) {
    const answer = await person.post("/api/cases", { fields: {}, ...body });
    assert.equal(answer.status, 422, answer.text);
    assert.deepEqual(pointers(answer), [pointer], JSON.stringify(body));
  }
});

test("each approver is asked, what was agreed is shown, and what it gives is listed", async () => {
  const first = await at.lan.request();
  const dispute = await open(at.lan, { workflow: "trouble", about: first.id });
  assert.deepEqual(dispute.approvals[0].waiting.map((one) => one.post).sort(), ["focal", "head"]);
  const half = await at.hung.send(dispute.id, "SIGN");
  assert.equal(half.approvals[0].agreed[0].name, at.hung.name);
  assert.deepEqual(half.tasks.map((task) => task.post), ["focal"]);
  const whole = await at.lan.send(dispute.id, "SIGN");
  assert.equal(whole.approvals[0].holds, true);
  assert.equal(whole.grants[0].reference, dispute.number);
  const grants = (await at.lan.get("/api/grants")).body;
  assert.ok(grants.items.some((grant) => grant.case.id === dispute.id && grant.until === "2030-01-31"));
  assert.equal((await at.lan.get("/api/grants?limit=1")).body.items.length, 1);
  assert.equal((await at.lan.get("/api/grants?after=x")).status, 400);
  await at.hung.send(dispute.id, "END");
  assert.ok(!(await at.lan.get("/api/grants")).body.items.some((grant) => grant.case.id === dispute.id));
});

test("what may be opened is offered on a closed case too", async () => {
  const c = await campaign();
  const mine = c.links.children.find((child) => child.agency.code === "H51.5");
  const done = await at.minh.send(mine.id, "ANSWER", {});
  assert.equal(done.is_open, false);
  assert.deepEqual(done.offers.map((offer) => offer.workflow), ["trouble"]);
  assert.deepEqual((await see(await theIct(), mine.id)).offers, []);
});

test("the page is told which kinds of cases a person may open, and what they need", async () => {
  const kinds = async (person) => Object.fromEntries((await person.get("/api/workflows")).body.items.map((w) => [w.id, w]));
  const mine = await kinds(at.lan);
  assert.deepEqual(Object.keys(mine), Object.keys(mine).sort());
  assert.deepEqual([mine.camp.can_start, (await kinds(await theIct())).camp.can_start, mine.answer.can_start], [false, true, false]);
  assert.deepEqual(mine.trouble.start.about, { workflows: ["answer", "wf-01"], required: true });
  assert.equal(mine.many.start.party_as, "owner");
  const whole = (await at.lan.get("/api/workflows/wf-01")).body;
  assert.equal(whole.can_start, true);
  assert.equal(whole.start.service, "required");
  assert.deepEqual(whole.form.required.includes("purpose"), true);
});

test("a draft keeps what it is about", async () => {
  const first = await at.lan.request();
  const made = await at.lan.post("/api/drafts", { workflow: "trouble", about: first.id, fields: {} });
  assert.equal(made.status, 201, made.text);
  assert.deepEqual([made.body.about, made.body.about_number, made.body.service], [first.id, first.number, null]);
  const kept = (await at.lan.get(`/api/drafts/${made.body.id}`)).body;
  assert.deepEqual([kept.about, kept.about_number], [first.id, first.number]);
  const stranger = await focal("Sở Xây dựng");
  const wrong = await stranger.post("/api/drafts", { workflow: "trouble", about: first.id, fields: {} });
  assert.deepEqual([wrong.status, pointers(wrong)], [422, ["/about"]]);
  const party = await at.lan.post("/api/drafts", { workflow: "many", party: "H51.7", fields: {} });
  assert.equal(party.body.party, "H51.7");
});

test("a request on paper is entered by the owner with its true date", async () => {
  const body = { workflow: "wf-01", service: "DV008", agency: "H51.19.3", fields: await fields(at.minh) };
  const day = new Date(Date.now() - 3 * 86400000).toISOString();
  const paper = await open(at.minh, { ...body, received_at: day });
  assert.equal(paper.received_at.slice(0, 19), day.slice(0, 19));
  assert.equal(paper.states[0], "received");
  assert.equal((await at.minh.post("/api/cases", body)).status, 403);
  for (const received_at of ["yesterday", "2026-02-30T00:00:00Z", new Date(Date.now() + 864e5).toISOString()]) {
    const answer = await at.minh.post("/api/cases", { ...body, received_at });
    assert.deepEqual([answer.status, pointers(answer)], [422, ["/received_at"]], answer.text);
  }
});

test("a campaign opens itself once, however many servers look", async () => {
  await until("its day is known", () => at.p.sql("SELECT 1 FROM schedule WHERE workflow = 'camp'").length);
  const own = () => Number(at.p.sql("SELECT COUNT(*) FROM cases WHERE workflow = 'camp' AND created_by IS NULL")[0][0]);
  assert.equal(own(), 0);
  at.p.sql("UPDATE schedule SET next_at = UTC_TIMESTAMP(6) - INTERVAL 5 YEAR WHERE workflow = 'camp'");
  await until("it opened", () => own() > 0);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  assert.equal(own(), 1);
  const [[due]] = at.p.sql("SELECT due_on > CURRENT_DATE FROM schedule WHERE workflow = 'camp'");
  assert.equal(due, "1");
});
