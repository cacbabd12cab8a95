// If-Match: nobody acts on a case that is no longer as they saw it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province } from "./harness.mjs";

const at = province();

test("an event without If-Match is refused", async () => {
  const c = await at.lan.request();
  const answer = await at.hung.post(`/api/cases/${c.id}/events`, { type: "SIGN" });
  assert.equal(answer.status, 428);
  assert.equal(answer.body.code, "precondition-required");
});

test("the second of two who act at once hears of the version of now", async () => {
  const c = await at.lan.request();
  const seen = { "if-match": `"${c.version}"` };
  const [sign, withdraw] = await Promise.all([
    at.hung.post(`/api/cases/${c.id}/events`, { type: "SIGN" }, seen),
    at.lan.post(`/api/cases/${c.id}/events`, { type: "WITHDRAW" }, seen)]);
  const [winner, loser] = sign.status === 200 ? [sign, withdraw] : [withdraw, sign];
  assert.equal(winner.status, 200);
  assert.equal(loser.status, 412);
  assert.equal(loser.body.code, "stale");
  assert.equal(loser.etag, winner.etag);
  const now = (await at.lan.get(`/api/cases/${c.id}`)).body;
  assert.equal(now.version, winner.body.version);
  assert.equal(now.history.filter((e) => ["SIGN", "WITHDRAW"].includes(e.type)).length, 1);
});

test("twenty at once: one acts", async () => {
  const c = await at.lan.request();
  const answers = await Promise.all(Array.from({ length: 20 }, () =>
    at.hung.post(`/api/cases/${c.id}/events`, { type: "SIGN" }, { "if-match": `"${c.version}"` })));
  assert.equal(answers.filter((a) => a.status === 200).length, 1);
  assert.ok(answers.every((a) => [200, 412].includes(a.status)));
});

test("a version that is not ours is stale; a weak tag counts", async () => {
  const c = await at.lan.request();
  for (const tag of ["x", "\"x\"", "\"0\"", "\"99\"", `"${c.version}", "99"`, ""]) {
    const answer = await at.hung.post(`/api/cases/${c.id}/events`, { type: "SIGN" }, { "if-match": tag });
    assert.equal(answer.status, 412, tag);
  }
  const any = await at.hung.post(`/api/cases/${c.id}/events`, { type: "SIGN" }, { "if-match": "*" });
  assert.equal(any.status, 400, "a version must be named");
  const weak = await at.hung.post(`/api/cases/${c.id}/events`, { type: "SIGN" }, { "if-match": `W/"${c.version}"` });
  assert.equal(weak.status, 200);
});

test("a stranger does not learn the version", async () => {
  const c = await at.lan.request();
  const answer = await at.minh.post(`/api/cases/${c.id}/events`, { type: "SIGN" }, { "if-match": "\"99\"" });
  assert.equal(answer.status, 403);
  assert.equal(answer.etag, null);
});
