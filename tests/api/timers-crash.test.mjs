// Two servers on one database, one of them killed again and again: each due timer fires once, none is lost.
// ROUNDS and SEED (printed) choose how often and when.
import assert from "node:assert/strict";
import path from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { crash, province, serve, until } from "./harness.mjs";

const at = province();
const [rounds, seed] = [Number(process.env.ROUNDS ?? 12), Number(process.env.SEED ?? Date.now() % 1e6)];
const servers = [];
after(() => servers.forEach((s) => s.server.kill("SIGKILL"))); // those that a failed test has left

function* random(state) {
  for (;;) yield (state = (state * 48271) % 2147483647) / 2147483647;
}

const now = `(UTC_TIMESTAMP(6) + INTERVAL (SELECT COALESCE(MAX(CAST(value AS SIGNED)), 0) FROM setting WHERE name = 'clock_offset_us') MICROSECOND)`;
const log = () => path.join(at.p.folder, "server.log");
const due = (ids) => Number(at.p.sql(`SELECT COUNT(*) FROM timer WHERE id IN (${ids}) AND due_at <= ${now}`)[0][0]);

const fired = (cases) => Number(at.p.sql(`SELECT COUNT(*) FROM event WHERE kind = 'timer' AND case_id IN (${cases})`)[0][0]);

/** One timer of each of some open cases is due at once; which, and how many timer events these cases had. */
function makeDue(from) {
  const rows = at.p.sql(`SELECT MIN(t.id), t.case_id FROM timer t JOIN cases c ON c.id = t.case_id AND c.is_open = 1
    WHERE t.case_id > ${from} AND t.due_at > ${now} GROUP BY t.case_id ORDER BY t.case_id LIMIT 12`);
  const [ids, cases] = [rows.map(([id]) => id).join(), rows.map(([, id]) => id).join()];
  const before = fired(cases);
  at.p.sql(`UPDATE timer SET due_at = ${now}, next_at = ${now} WHERE id IN (${ids})`);
  return { ids, cases, before, count: rows.length, last: rows.at(-1)?.[1] };
}

/** What the killed one had taken is offered again at once, and so is what the other holds: the fence decides. */
const endLeases = () => at.p.sql(`UPDATE timer SET next_at = ${now} WHERE due_at <= ${now}`);

test(`${rounds} times: nothing is lost and nothing fires twice (SEED=${seed})`, async () => {
  const next = random(seed + 1);
  await at.p.stopServer();
  servers.push(await serve(at.p.config, log()), await serve(at.p.config, log()));
  let from = 0, all = 0;
  for (let round = 0; round < rounds; round++) {
    if (at.p.sql(`SELECT 1 FROM timer WHERE case_id > ${from} AND due_at > ${now} LIMIT 12`).length < 12) from = 0;
    const known = makeDue(from);
    const dying = next.next().value < 0.5 ? 0 : 1;
    await sleep(next.next().value * 150);
    await crash(servers[dying]);
    endLeases();
    servers[dying] = await serve(at.p.config, log());
    await until("all of them to be over", () => due(known.ids) === 0, 60000);
    assert.equal(fired(known.cases) - known.before, known.count, `round ${round}: cases ${known.cases}`);
    all += known.count;
    from = known.last;
  }
  assert.ok(all >= rounds * 6, `${all} timers`);
  const [[broken]] = at.p.sql(`SELECT COUNT(*) FROM cases c WHERE c.version <> (SELECT COUNT(*) FROM event e WHERE e.case_id = c.id)`);
  assert.equal(broken, "0", "each case has as many events as its version says");
  const [[torn]] = at.p.sql(`SELECT COUNT(*) FROM event e JOIN event b ON b.case_id = e.case_id AND b.version = e.version - 1
    WHERE e.prev_hash <> b.hash`);
  assert.equal(torn, "0", "the chain of hashes holds");
  servers[0].server.kill("SIGTERM");
  assert.equal(await servers.shift().ended, 0);
  Object.assign(at.p, servers.shift()); // the harness ends it, and looks into the log of all
}, { timeout: 300000 });
