// A timer that keeps failing holds up no other, is seen by those who operate the system, and is tried again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province, until } from "./harness.mjs";
import { tool } from "./tool.mjs";

const at = province();
const operates = () => at.p.signIn("admin", "Thông tin");

/** Events of the case cannot be written until mend(). */
function breakCase(id) {
  at.p.sql(`CREATE TRIGGER broken BEFORE INSERT ON event FOR EACH ROW SET NEW.case_id = NULLIF(NEW.case_id, ${id})`);
}
const mend = () => at.p.sql("DROP TRIGGER broken");

async function waiting() {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  return c;
}

/** Its reminder is due now, and has failed twice already. */
const remind = (id, attempts) => at.p.sql(`UPDATE timer SET due_at = UTC_TIMESTAMP(6), next_at = UTC_TIMESTAMP(6), attempts = ${attempts}
  WHERE case_id = ${id} AND event LIKE 'xstate.after.request.receive.%'`);
const reminded = async (id) => (await at.minh.get(`/api/cases/${id}`)).body.history.some((e) => e.kind === "timer");
const letters = () => at.p.sql("SELECT COUNT(*) FROM mail WHERE template_name = 'incident'")[0][0];

test("it is an incident, the others go on, and a retry ends it once the cause is gone", async () => {
  const operator = await operates();
  const bad = await waiting(), good = await waiting();
  breakCase(bad.id);
  remind(bad.id, 2);
  remind(good.id, 0);
  await until("the good one", () => reminded(good.id));
  const incident = await until("the incident", async () => (await operator.get("/api/incidents")).body.items[0]);
  assert.equal(incident.case.id, bad.id);
  assert.equal(incident.attempts, 3);
  assert.match(incident.what.vi, /Nhắc/);
  assert.match(incident.event, /^xstate.after/);
  assert.ok(incident.next_at > incident.since);
  const { incidents, vacancies } = (await operator.get("/api/operations")).body;
  assert.equal(incidents, 1);
  assert.equal(vacancies, (await operator.get("/api/vacancies")).body.items.length);
  assert.equal((await at.minh.get(`/api/cases/${bad.id}`)).body.incidents, 1);
  assert.equal(await reminded(bad.id), false);
  assert.equal(letters(), "1", "the operator is told");

  assert.equal((await operator.post(`/api/incidents/${incident.id}/retry`, {})).status, 204);
  const again = await until("one more attempt", async () => (await operator.get("/api/incidents")).body.items.find((i) => i.attempts > 3));
  assert.equal(again.id, incident.id);
  assert.equal(letters(), "1", "once");

  mend();
  assert.equal((await operator.post(`/api/incidents/${incident.id}/retry`, {})).status, 204);
  await until("the reminder", () => reminded(bad.id));
  await until("no incident", async () => (await operator.get("/api/incidents")).body.total === 0);
  assert.equal((await at.minh.get(`/api/cases/${bad.id}`)).body.incidents, 0);
  assert.equal((await operator.post(`/api/incidents/${incident.id}/retry`, {})).status, 404);
});

test("a case that goes on without it has no incident, and the next one is told anew", async () => {
  const operator = await operates();
  const c = await waiting();
  breakCase(c.id);
  remind(c.id, 2);
  await until("the incident", async () => (await operator.get("/api/operations")).body.incidents === 1);
  mend();
  await at.minh.send(c.id, "RECEIVE");
  assert.equal((await operator.get("/api/operations")).body.incidents, 0);

  const told = Number(letters()), next = await waiting();
  breakCase(next.id);
  remind(next.id, 2);
  await until("the next incident", async () => (await operator.get("/api/operations")).body.incidents === 1);
  mend();
  assert.equal(Number(letters()), told + 1);
  await at.minh.send(next.id, "RECEIVE");
});

test("nobody else sees or touches them", async () => {
  const operator = await operates();
  for (const path of ["/api/incidents", "/api/operations"]) assert.equal((await at.tam.get(path)).status, 403);
  assert.equal((await at.tam.post("/api/incidents/1/retry", {})).status, 403);
  assert.equal((await operator.post("/api/incidents/999999999/retry", {})).status, 404);
});

test("an administrator without a browser sees them and has them tried again", async () => {
  const c = await waiting();
  breakCase(c.id);
  remind(c.id, 2);
  const [id] = await until("the incident", () => at.p.sql(`SELECT timer_id FROM incident WHERE case_id = ${c.id}`)[0]);
  const listed = await tool(at.p, ["incident", "list"]);
  assert.equal(listed.code, 0, listed.err);
  assert.match(listed.out, new RegExp(`^${id}  ${c.number}  .*\\n.*failed 3 times.*\\n.*\\n1 incidents\\n$`));
  const [line] = (await tool(at.p, ["incident", "list", "--json"])).out.trim().split("\n").map((text) => JSON.parse(text));
  assert.equal(line.case.number, c.number);
  for (const wrong of [["x"], ["0"], ["999999999"]]) assert.equal((await tool(at.p, ["incident", "retry", ...wrong])).code, 1);
  for (const wrong of [[], [id, "--all"]]) assert.equal((await tool(at.p, ["incident", "retry", ...wrong])).code, 2);
  mend();
  const retried = await tool(at.p, ["incident", "retry", "--all"]);
  assert.equal(retried.code, 0, retried.err);
  assert.match(retried.out, /^1 incidents are due now/);
  await until("the reminder", () => reminded(c.id));
  assert.equal((await tool(at.p, ["incident", "list"])).out, "0 incidents\n");
});
