// Finding a service, with and without accents.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province } from "./harness.mjs";

const at = province();
const find = async (query) => (await at.lan.get(`/api/services?${new URLSearchParams(query)}`)).body;
const codes = async (query) => (await find(query)).items.map((s) => s.code);

test("all services are listed, and their number", async () => {
  const list = await find({ limit: 200 });
  assert.equal(list.items.length, list.total);
  assert.ok(list.total >= 20);
});

test("accents, case and order of letters typed do not matter", async () => {
  for (const q of ["hộ nghèo", "ho ngheo", "HỘ NGHÈO", "Ho Ngheo", "hộ nghèo".normalize("NFD"), "  hộ   nghèo ", "cận nghèo", "can ngheo"])
    assert.ok((await codes({ q })).includes("DV008"), q);
});

test("đ is found as d", async () => {
  const withBar = await codes({ q: "đất" });
  assert.ok(withBar.length > 0);
  assert.deepEqual(await codes({ q: "dat" }), withBar);
});

test("a code finds its service; what is nowhere finds nothing", async () => {
  assert.ok((await codes({ q: "DV008" })).includes("DV008"));
  assert.deepEqual(await find({ q: "khủng long bạo chúa" }), { items: [], total: 0 });
});

test("form and owner narrow the list", async () => {
  const service = (await at.lan.get("/api/services/DV008")).body;
  const byOwner = (await find({ owner: service.owner.code, limit: 200 })).items;
  assert.ok(byOwner.length > 0 && byOwner.every((s) => s.owner.code === service.owner.code));
  const byForm = (await find({ form: "open", limit: 200 })).items;
  assert.ok(byForm.every((s) => s.form === "open"));
  assert.equal((await at.lan.get("/api/services?form=secret")).status, 400);
  assert.equal((await find({ limit: 3 })).items.length, 3);
});

test("whatever is typed into the search box harms nothing", async () => {
  for (const q of ["'; DROP TABLE service; --", "%", "_", "\\", "\"", "*", "+", "🙂", "a".repeat(2000), "<script>", "()", "ơ"]) {
    const answer = await at.lan.get(`/api/services?${new URLSearchParams({ q })}`);
    assert.equal(answer.status, 200, q.slice(0, 20));
  }
  assert.ok((await find({ limit: 200 })).total >= 20);
});

test("a service that is not there is not found", async () => {
  assert.equal((await at.lan.get("/api/services/DV999")).status, 404);
  assert.equal((await at.lan.get("/api/workflows/wf-99")).status, 404);
});

test("signs alone find nothing, blanks find all", async () => {
  assert.deepEqual(await find({ q: "%_%" }), { items: [], total: 0 });
  assert.ok((await find({ q: "  " })).total >= 20);
});

test("nobody is offered a request to the own agency", async () => {
  const asked = async (person) => (await person.get("/api/services/DV008")).body.can_request;
  assert.equal(await asked(at.lan), true);
  assert.equal(await asked(at.minh), false);
});
