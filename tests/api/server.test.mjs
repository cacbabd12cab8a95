// The server as a whole: health, pages, headers, several workers, a quiet end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Province, province, Stream, until } from "./harness.mjs";

const at = province({ workers: 2 });

test("health is public and says the version", async () => {
  const answer = await at.p.nobody().get("/api/health");
  assert.equal(answer.status, 200);
  assert.deepEqual(Object.keys(answer.body).sort(), ["database", "status", "timers_late_s", "version"]);
});

test("health tells for how long nobody has taken a timer that is due", async () => {
  const p = await Province.start({ poll_ms: 3600000 });
  try {
    const late = async () => (await p.nobody().get("/api/health")).body.timers_late_s;
    assert.equal(await late(), 0);
    p.sql(`UPDATE timer SET next_at = UTC_TIMESTAMP(6) - INTERVAL 90 SECOND + INTERVAL
      (SELECT COALESCE(MAX(CAST(value AS SIGNED)), 0) FROM setting WHERE name = 'clock_offset_us') MICROSECOND ORDER BY id LIMIT 1`);
    assert.ok((await late()) >= 90);
  } finally {
    await p.stop();
  }
});

test("answers carry the security headers", async () => {
  for (const url of ["/api/health", "/api/nothing", "/api/inbox"]) {
    const { headers } = await at.p.nobody().get(url);
    assert.match(headers.get("content-security-policy"), /default-src 'self'.*frame-ancestors 'none'/);
    assert.doesNotMatch(headers.get("content-security-policy"), /script-src[^;]*unsafe|unsafe-eval/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("cache-control"), "no-store");
    assert.ok(headers.get("referrer-policy"));
    assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
    assert.ok(headers.get("x-request-id"));
  }
});

test("the inbox is ordered by what is due first, page by page", async () => {
  const c = await at.lan.request();
  await until("the inbox", () => at.hung.inboxHas(c.id));
  const whole = (await at.hung.get("/api/inbox?limit=200")).body;
  assert.ok(whole.items.length <= whole.total);
  const due = whole.items.map((i) => i.task.due_at).filter(Boolean);
  assert.deepEqual(due, [...due].sort());
  let ids = [], after = "";
  for (let page = 0; page < 200; page++) {
    const { items, next } = (await at.hung.get(`/api/inbox?limit=2${after && `&after=${encodeURIComponent(after)}`}`)).body;
    ids = ids.concat(items.map((i) => i.task.id));
    if (!(after = next)) break;
  }
  assert.deepEqual(ids, whole.items.map((i) => i.task.id));
});

test("cases are listed by scope, state and words", async () => {
  const c = await at.lan.request();
  const list = async (query) => (await at.lan.get(`/api/cases?${new URLSearchParams({ limit: 200, ...query })}`)).body;
  assert.ok((await list({ scope: "mine" })).items.some((line) => line.id === c.id));
  assert.ok((await list({ scope: "agency", state: "open" })).items.some((line) => line.id === c.id));
  assert.ok((await list({ q: c.number })).items.some((line) => line.id === c.id));
  assert.ok(!(await list({ state: "closed" })).items.some((line) => line.id === c.id));
  for (const line of (await list({ state: "overdue" })).items) assert.equal(line.is_overdue, true);
  const first = (await at.lan.get("/api/cases?limit=1")).body;
  assert.equal(first.items.length, 1);
  const second = (await at.lan.get(`/api/cases?limit=1&after=${encodeURIComponent(first.next)}`)).body;
  assert.notEqual(second.items[0].id, first.items[0].id);
});

test("with two workers a change made in one is told by the other within seconds", async () => {
  const c = await at.lan.request();
  const streams = await Promise.all(Array.from({ length: 6 }, () => Stream.open(at.lan, `?case=${c.id}`)));
  await Promise.all(streams.map((s) => s.next("hello")));
  const signed = await at.hung.send(c.id, "SIGN");
  await Promise.all(streams.map((s) => s.next("case", (data) => data.version === signed.version)));
  streams.forEach((s) => s.close());
});

test("SIGTERM ends the server with 0 while streams are open, and it starts again on the same data", async () => {
  const c = await at.lan.request();
  const stream = await Stream.open(at.lan);
  await stream.next("hello");
  await at.p.stopServer();
  await until("the stream to end", () => stream.isOver);
  await at.p.startServer();
  assert.equal((await at.lan.get(`/api/cases/${c.id}`)).body.version, c.version);
});
