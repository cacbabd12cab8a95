// Clients that hang up, connections that are killed, a database that dies under load: no crash, no lost and
// no doubled event, and service resumes by itself.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import net from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fields, province, until } from "./harness.mjs";

const at = province({ database_pool_size: 6, database_statement_timeout_s: 5, request_timeout_s: 10 });

/** Sends again with the same key until there is a clear answer, as a careful client does. */
async function surely(ask) {
  for (let tries = 0; tries < 400; tries++) {
    const answer = await ask().catch((error) => ({ status: 0, text: String(error) }));
    if (answer.status && answer.status < 500) return answer;
    assert.ok([0, 503].includes(answer.status), `${answer.status} ${answer.text}`);
    if (answer.status === 503) assert.ok(answer.headers.get("retry-after"));
    await sleep(100);
  }
  throw new Error("no answer");
}

/** Cases begun and signed by people who never stop, until told; answers what they were told. */
async function load(people, isOver) {
  const good = await fields(at.lan);
  const told = [];
  await Promise.all(Array.from({ length: people }, async () => {
    while (!isOver()) {
      const key = randomUUID();
      const made = await surely(() => at.lan.post("/api/cases", { workflow: "wf-01", service: "DV008", fields: good }, { "idempotency-key": key }));
      assert.equal(made.status, 201, made.text);
      const signKey = randomUUID();
      const signed = await surely(() => at.hung.post(`/api/cases/${made.body.id}/events`, { type: "SIGN" },
        { "idempotency-key": signKey, "if-match": `"${made.body.version}"` }));
      assert.equal(signed.status, 200, signed.text);
      told.push({ id: made.body.id, version: signed.body.version, key, signKey });
    }
  }));
  return told;
}

function assertNothingLostOrDoubled(told) {
  assert.ok(told.length > 0);
  const ids = told.map((c) => c.id).join(",");
  const signed = new Map(at.p.sql(`SELECT case_id, COUNT(*) FROM event WHERE case_id IN (${ids}) AND type = 'SIGN' GROUP BY case_id`));
  for (const c of told) assert.equal(signed.get(String(c.id)), "1", `case ${c.id} signed once`);
  assert.equal(new Set(told.map((c) => c.id)).size, told.length);
  const [[broken]] = at.p.sql(`SELECT COUNT(*) FROM cases c WHERE c.version <>
    (SELECT COUNT(*) FROM event e WHERE e.case_id = c.id)`);
  assert.equal(broken, "0", "each case has as many events as its version says");
  const [[torn]] = at.p.sql(`SELECT COUNT(*) FROM event e JOIN event b ON b.case_id = e.case_id AND b.version = e.version - 1
    WHERE e.prev_hash <> b.hash`);
  assert.equal(torn, "0", "the chain of hashes holds");
  const keys = told.flatMap((c) => [c.key, c.signKey]).map((k) => `'${k}'`).join(",");
  const [[kept]] = at.p.sql(`SELECT COUNT(*) FROM idempotency WHERE idem_key IN (${keys}) AND case_id IS NOT NULL`);
  assert.equal(kept, String(told.length * 2));
}

const isHealthy = async () => (await at.lan.get("/api/health").catch(() => null))?.status === 200;

function hangUp(text, afterMs) {
  return new Promise((resolve) => {
    const { port } = new URL(at.p.url);
    const socket = net.connect(Number(port), "127.0.0.1", () => {
      socket.write(text);
      setTimeout(() => (socket.resetAndDestroy(), resolve()), afterMs);
    });
    socket.on("error", resolve);
  });
}

test("clients that hang up in the middle of a request harm nothing", async () => {
  const body = JSON.stringify({ workflow: "wf-01", service: "DV008", fields: await fields(at.lan) });
  const head = `POST /api/cases HTTP/1.1\r\nHost: x\r\nCookie: ${at.lan.cookieHeader()}\r\nContent-Type: application/json\r\n`;
  const whole = `${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const [[before]] = at.p.sql("SELECT COUNT(*) FROM cases");
  const cuts = [10, 100, head.length + 20, whole.length - 5];
  await Promise.all(cuts.flatMap((n) => [0, 2].map((ms) => hangUp(whole.slice(0, n), ms))));
  assert.deepEqual(at.p.sql("SELECT COUNT(*) FROM cases")[0], [before], "half a request does nothing");
  await Promise.all(Array.from({ length: 40 }, (_, i) => hangUp(whole, i % 20)));
  await Promise.all(Array.from({ length: 20 }, (_, i) => hangUp(`GET /api/stream HTTP/1.1\r\nHost: x\r\nCookie: ${at.lan.cookieHeader()}\r\n\r\n`, i * 3)));
  await until("health", isHealthy);
  const [[broken]] = at.p.sql("SELECT COUNT(*) FROM cases c WHERE c.version <> (SELECT COUNT(*) FROM event e WHERE e.case_id = c.id)");
  assert.equal(broken, "0");
});

test("database connections killed under load lose nothing", async () => {
  let isOver = false;
  const working = load(6, () => isOver);
  for (let round = 0; round < 15; round++) {
    const [[me]] = at.p.sql("SELECT CONNECTION_ID()");
    const others = at.p.sql(`SELECT id FROM information_schema.processlist WHERE id <> ${me} AND user = 'root' AND db = 'lienthong'`);
    for (const [id] of others)
      try {
        at.p.sql(`KILL ${id}`);
      } catch {
        // it has ended already
      }
    await sleep(100);
  }
  isOver = true;
  assertNothingLostOrDoubled(await working);
  await until("health", isHealthy);
});

test("mariadbd killed with -9 and restarted under load: service resumes by itself", { timeout: 120000 }, async () => {
  let isOver = false;
  const working = load(6, () => isOver);
  for (let round = 0; round < 3; round++) {
    await sleep(700);
    at.p.restartDatabase();
  }
  await until("health", isHealthy, 30000);
  await sleep(500);
  isOver = true;
  assertNothingLostOrDoubled(await working);
});

test("without a database the answer is 503 with Retry-After, and the health page says so", async () => {
  const { execFileSync } = await import("node:child_process");
  const { root } = await import("./harness.mjs");
  const { join } = await import("node:path");
  execFileSync(join(root, "tests/lib/private-mariadb"), ["stop", join(at.p.folder, "db")]);
  const answer = await at.lan.get("/api/inbox");
  assert.equal(answer.status, 503);
  assert.ok(answer.headers.get("retry-after"));
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  assert.doesNotMatch(answer.text, /socket|mysql|maria/i);
  const health = await at.p.nobody().get("/api/health");
  assert.equal(health.status, 503);
  assert.equal(health.body.database, "unreachable");
  at.p.restartDatabase();
  await until("health", isHealthy);
  assert.equal((await at.lan.get("/api/inbox")).status, 200);
});

test("more requests than the pool can hold are all answered", async () => {
  const answers = await Promise.all(Array.from({ length: 300 }, () => at.lan.get("/api/inbox")));
  assert.ok(answers.every((a) => a.status === 200 || (a.status === 503 && a.headers.get("retry-after"))));
  assert.ok(answers.some((a) => a.status === 200));
});
