// Drafts: one's own, saved often, guarded against two windows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province } from "./harness.mjs";

const at = province();
const body = (fields = {}) => ({ workflow: "wf-01", service: "DV008", fields });

test("a draft may be incomplete, is saved again, listed and deleted", async () => {
  const made = await at.lan.post("/api/drafts", body({ purpose: "Hỗ" }));
  assert.equal(made.status, 201);
  assert.equal(made.etag, `"${made.body.version}"`);
  assert.equal(made.headers.get("location"), `/api/drafts/${made.body.id}`);
  const url = `/api/drafts/${made.body.id}`;
  const saved = await at.lan.put(url, body({ purpose: "Hỗ trợ học phí" }), { "if-match": made.etag });
  assert.equal(saved.status, 200);
  assert.ok(saved.body.version > made.body.version);
  assert.deepEqual((await at.lan.get(url)).body.fields, { purpose: "Hỗ trợ học phí" });
  const list = (await at.lan.get("/api/drafts")).body.items;
  assert.ok(list.some((d) => d.id === made.body.id && d.service_name));
  assert.equal((await at.lan.delete(url)).status, 204);
  assert.equal((await at.lan.get(url)).status, 404);
});

test("the second of two windows hears that it is behind, and of the version", async () => {
  const made = await at.lan.post("/api/drafts", body());
  const url = `/api/drafts/${made.body.id}`;
  const first = await at.lan.put(url, body({ other: "một" }), { "if-match": made.etag });
  const second = await at.lan.put(url, body({ other: "hai" }), { "if-match": made.etag });
  assert.equal(second.status, 412);
  assert.equal(second.body.code, "stale");
  assert.equal(second.etag, first.etag);
  assert.equal((await at.lan.get(url)).body.fields.other, "một");
  assert.equal((await at.lan.put(url, body())).status, 428);
});

test("nobody else sees, changes or deletes a draft", async () => {
  const made = await at.lan.post("/api/drafts", body());
  const url = `/api/drafts/${made.body.id}`;
  assert.equal((await at.hung.get(url)).status, 404);
  assert.equal((await at.hung.put(url, body(), { "if-match": made.etag })).status, 404);
  assert.equal((await at.hung.delete(url)).status, 404);
  assert.ok(!(await at.hung.get("/api/drafts")).body.items.some((d) => d.id === made.body.id));
  assert.equal((await at.lan.get(url)).status, 200);
});

test("a draft of nothing we know is refused with pointers", async () => {
  const cases = [[{ workflow: "wf-01", service: "DV008" }, "/fields"], [{ ...body(), x: 1 }, "/x"],
    [{ ...body(), service: "DV999" }, "/service"], [{ ...body(), workflow: "wf-99" }, "/workflow"],
    [{ ...body(), fields: [] }, "/fields"], [{ ...body(), service: 8 }, "/service"]];
  for (const [wrong, pointer] of cases) {
    const answer = await at.lan.post("/api/drafts", wrong);
    assert.equal(answer.status, 422, JSON.stringify(wrong));
    assert.ok(answer.body.errors.some((e) => e.pointer === pointer), answer.text);
  }
});
