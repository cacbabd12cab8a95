// Each bad input gets its problem answer and changes nothing.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { fields, province } from "./harness.mjs";

const at = province();
let c, before;

/** Everything that an event could change. */
const state = () => at.p.sql(`
  SELECT (SELECT COUNT(*) FROM cases), (SELECT SUM(version) FROM cases), (SELECT COUNT(*) FROM event),
         (SELECT COUNT(*) FROM task), (SELECT COUNT(*) FROM timer), (SELECT COUNT(*) FROM mail)`);

beforeEach(async () => {
  c ??= await at.lan.request();
  before ??= state();
});
afterEach(() => assert.deepEqual(state(), before, "something was changed"));

function assertProblem(answer, status, code) {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  assert.equal(answer.body.status, status);
  assert.match(answer.body.type, /^https:\/\/lienthong\.vn\/problems\/[a-z-]+$/);
  assert.ok(answer.body.title && answer.body.detail && answer.body.request_id);
  if (code) assert.equal(answer.body.code, code);
}

const events = () => `/api/cases/${c.id}/events`;
const match = () => ({ "if-match": `"${c.version}"` });
const hungRaw = (raw, headers = {}) => at.hung.ask("POST", events(), { raw, headers: { ...match(), ...headers } });

test("malformed JSON", async () => {
  for (const raw of ["{", "{\"type\":}", "{'type':'SIGN'}", "{\"type\":\"SIGN\",}", "nul", "{\"type\":\"SIGN\"}{}", "{\"a\":NaN}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\u0001\"}"])
    assertProblem(await hungRaw(raw), 400, "not-json");
  assertProblem(await hungRaw("[".repeat(20000)), 400, "not-json");
});

test("no object, no body, no JSON type", async () => {
  assertProblem(await hungRaw("[]"), 400, "not-an-object");
  assertProblem(await hungRaw("\"SIGN\""), 400, "not-an-object");
  assertProblem(await hungRaw(undefined), 400);
  assertProblem(await hungRaw("type=SIGN", { "content-type": "application/x-www-form-urlencoded" }), 415);
  assertProblem(await hungRaw("{\"type\":\"SIGN\"}", { "content-type": "text/plain" }), 415);
});

test("wrong types, missing and unknown members", async () => {
  const wrong = [[{ type: 5 }, "/type", "type"], [{ type: null }, "/type", "type"], [{}, "/type", "required"],
    [{ type: "SIGN", data: [] }, "/data", "type"], [{ type: "SIGN", version: 1 }, "/version", "unknown"]];
  for (const [body, pointer, code] of wrong) {
    const answer = await at.hung.post(events(), body, match());
    assertProblem(answer, 422, "invalid");
    assert.deepEqual(answer.body.errors.map((e) => [e.pointer, e.code]), [[pointer, code]]);
  }
});

test("fields of the request that break the form", async () => {
  const good = await fields(at.lan);
  const wrong = [[{ purpose: undefined }, "/fields/purpose"], [{ purpose: "ngắn" }, "/fields/purpose"], [{ purpose: 5 }, "/fields/purpose"],
    [{ items: [] }, "/fields/items"], [{ items: ["không có"] }, "/fields/items"], [{ no_state_secret: false }, "/fields/no_state_secret"],
    [{ contact_email: "không phải thư" }, "/fields/contact_email"], [{ letter_date: "2022-02-30" }, "/fields/letter_date"],
    [{ unknown: 1 }, "/fields/unknown"], [{ personal_data_measures: undefined }, "/fields/personal_data_measures"]];
  for (const [change, pointer] of wrong) {
    const answer = await at.lan.post("/api/cases", { workflow: "wf-01", service: "DV008", fields: { ...good, ...change } });
    assertProblem(answer, 422);
    assert.ok(answer.body.errors.some((e) => e.pointer.startsWith(pointer)), `${pointer}: ${answer.text}`);
  }
});

test("a workflow, service, agency or draft that is not there", async () => {
  const good = { workflow: "wf-01", service: "DV008", fields: await fields(at.lan) };
  for (const change of [{ workflow: "wf-99" }, { service: "DV999" }, { agency: "H99" }, { draft: 999999 }, { workflow: "../etc" }]) {
    const answer = await at.lan.post("/api/cases", { ...good, ...change });
    assert.ok(answer.status >= 400 && answer.status < 500, answer.text);
    assertProblem(answer, answer.status);
  }
});

test("unknown event, event not allowed in this state, not by this person", async () => {
  assertProblem(await at.hung.post(events(), { type: "NOPE" }, match()), 409, "not-in-this-state");
  assertProblem(await at.hung.post(events(), { type: "xstate.done.state.x" }, match()), 409);
  assertProblem(await at.hung.post(events(), { type: "clock.pause" }, match()), 409);
  assertProblem(await at.hung.post(events(), { type: "xstate.after.request.sign.internal_sign" }, match()), 409);
  assertProblem(await at.hung.post(events(), { type: "START" }, match()), 409);
  assertProblem(await at.hung.post(events(), { type: "APPROVE" }, match()), 409, "not-in-this-state");
  assertProblem(await at.lan.post(events(), { type: "SIGN" }, match()), 403, "not-your-post");
  assertProblem(await at.minh.post(events(), { type: "SIGN" }, match()), 403);
  assertProblem(await at.hung.post(events(), { type: "SIGN", data: { x: 1 } }, match()), 422);
});

test("a case that is not there, or no number", async () => {
  for (const id of ["999999", "abc", "0", "-1", "1e3", "99999999999999999999", "%27"])
    assertProblem(await at.hung.get(`/api/cases/${id}`), 404);
  assertProblem(await at.hung.get("/api/cases/%ff"), 400);
});

test("a body of 2 MiB", async () => {
  const answer = await hungRaw(JSON.stringify({ type: "SIGN", data: { note: "a".repeat(2 << 20) } }));
  assertProblem(answer, 413, "too-large");
  assertProblem(await hungRaw("a".repeat(6 << 20)), 413, "too-large");
});

test("headers of 64 KiB", async () => {
  assert.equal((await at.hung.get("/api/inbox", { "x-long": "a".repeat(65536) })).status, 431);
});

test("invalid UTF-8", async () => {
  for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80]]) {
    const raw = Buffer.concat([Buffer.from("{\"type\":\"SIGN\",\"data\":{\"note\":\""), Buffer.from(bytes), Buffer.from("\"}}")]);
    assertProblem(await hungRaw(raw), 400, "not-utf8");
  }
});

test("bad cursors, limits and words in a query", async () => {
  for (const url of ["/api/inbox?limit=0", "/api/inbox?limit=201", "/api/inbox?limit=x", "/api/inbox?after=%27", "/api/cases?state=x",
    "/api/cases?scope=theirs", "/api/cases?after=zz", "/api/services?form=x", "/api/inbox?limit=%zz", "/api/demo/mails?case=-1"])
    assertProblem(await at.lan.get(url), 400);
});

test("requests of other sites", async () => {
  assertProblem(await hungRaw("{\"type\":\"SIGN\"}", { origin: "https://evil.example" }), 403, "cross-site");
  assertProblem(await hungRaw("{\"type\":\"SIGN\"}", { "sec-fetch-site": "cross-site" }), 403, "cross-site");
});

test("unknown paths and methods", async () => {
  assertProblem(await at.lan.get("/api/nothing"), 404);
  const answer = await at.lan.delete(`/api/cases/${c.id}`);
  assertProblem(answer, 405);
  assert.equal(answer.headers.get("allow"), "GET, HEAD");
});
