// The same Idempotency-Key does a thing once, whatever the network does.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { fields, province } from "./harness.mjs";

const at = province();
const casesOf = () => Number(at.p.sql("SELECT COUNT(*) FROM cases")[0][0]);
const newCase = async () => ({ workflow: "wf-01", service: "DV008", fields: await fields(at.lan) });

test("a case sent twice is one case, and the answer is the same", async () => {
  const key = { "idempotency-key": randomUUID() };
  const body = await newCase();
  const count = casesOf();
  const first = await at.lan.post("/api/cases", body, key);
  const second = await at.lan.post("/api/cases", body, key);
  assert.equal(first.status, 201);
  assert.equal(second.status, 201);
  assert.equal(first.headers.get("idempotent-replay"), null);
  assert.equal(second.headers.get("idempotent-replay"), "true");
  assert.equal(second.body.id, first.body.id);
  assert.equal(casesOf(), count + 1);
});

test("ten at once are one", async () => {
  const key = { "idempotency-key": randomUUID() };
  const body = await newCase();
  const count = casesOf();
  const answers = await Promise.all(Array.from({ length: 10 }, () => at.lan.post("/api/cases", body, key)));
  assert.deepEqual([...new Set(answers.map((a) => a.status))], [201]);
  assert.equal(new Set(answers.map((a) => a.body.id)).size, 1);
  assert.equal(answers.filter((a) => !a.headers.get("idempotent-replay")).length, 1);
  assert.equal(casesOf(), count + 1);
});

test("an event sent twice happens once, though its version is old by then", async () => {
  const c = await at.lan.request();
  const headers = { "idempotency-key": randomUUID(), "if-match": `"${c.version}"` };
  const first = await at.hung.post(`/api/cases/${c.id}/events`, { type: "SIGN" }, headers);
  const second = await at.hung.post(`/api/cases/${c.id}/events`, { type: "SIGN" }, headers);
  assert.equal(first.status, 200);
  assert.equal(second.status, 200);
  assert.equal(second.headers.get("idempotent-replay"), "true");
  assert.equal(second.body.version, first.body.version);
  assert.equal(second.body.history.filter((e) => e.type === "SIGN").length, 1);
});

test("the order of members in the body is no difference", async () => {
  const key = { "idempotency-key": randomUUID() };
  const body = await newCase();
  const first = await at.lan.post("/api/cases", body, key);
  const turned = Object.fromEntries(Object.entries(body).reverse());
  assert.equal((await at.lan.post("/api/cases", turned, key)).body.id, first.body.id);
});

test("the same key with another body or for another thing is refused and changes nothing", async () => {
  const key = { "idempotency-key": randomUUID() };
  const body = await newCase();
  const first = await at.lan.post("/api/cases", body, key);
  const count = casesOf();
  const other = await at.lan.post("/api/cases", { ...body, fields: { ...body.fields, frequency: "50 lượt/ngày" } }, key);
  assert.equal(other.status, 422);
  assert.equal(other.body.code, "key-reused");
  const event = await at.lan.post(`/api/cases/${first.body.id}/events`, { type: "WITHDRAW" }, { ...key, "if-match": first.etag });
  assert.equal(event.status, 422);
  assert.equal(event.body.code, "key-reused");
  assert.equal(casesOf(), count);
});

test("keys of two people are two keys", async () => {
  const key = { "idempotency-key": randomUUID() };
  const body = await newCase();
  const mine = await at.lan.post("/api/cases", body, key);
  const theirs = await at.hung.post("/api/cases", body, key);
  assert.notEqual(mine.body.id, theirs.body.id);
});

test("a refused request does not use its key up", async () => {
  const key = { "idempotency-key": randomUUID() };
  const body = await newCase();
  assert.equal((await at.lan.post("/api/cases", { ...body, fields: {} }, key)).status, 422);
  assert.equal((await at.lan.post("/api/cases", body, key)).status, 201);
});

test("a key is 1 to 64 visible ASCII characters", async () => {
  const body = await newCase();
  for (const bad of ["a".repeat(65), "a b", "kh\u00f3a"]) {
    const answer = await at.lan.post("/api/cases", body, { "idempotency-key": bad });
    assert.equal(answer.status, 400, bad);
  }
});
