// Due timers: claimed in order, beside a client that says the same two statements; fired, each its own event and
// transaction, beside a bare client that says the same statements; with few pending and with many. Alone: make
// bench-timers. DUE and PENDING shorten it.
import fs from "node:fs";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { until } from "../tests/api/harness.mjs";
import { BenchProvince, tool } from "./province.mjs";
import { transactionOf } from "./statements.mjs";

const firstId = 1000000; // of the copied cases: above all ids of the demo
const batch = 128;       // of a claim, src/jobs/timers.c
const say = (text) => console.error(`bench: ${text}`);

class TimerProvince extends BenchProvince {
  more = { poll_ms: 50, log_level: "error" };
  next = firstId;

  /** What a timer sends waits for the office to open: the mailer has no part in this. */
  async sleepTillNight() {
    const hour = Number(this.sql("SELECT HOUR(UTC_TIMESTAMP() + INTERVAL 7 HOUR)")[0][0]);
    await this.moveClock({ hours: (22 - hour + 24) % 24 || 24 });
    this.offset = Number(this.sql("SELECT value FROM setting WHERE name = 'clock_offset_us'")[0][0]);
    this.now = `(UTC_TIMESTAMP(6) + INTERVAL ${this.offset} MICROSECOND)`;
  }

  /** Rows of one case again for each number from n on. */
  copy(table, condition, n, count, changes) {
    const columns = this.sql(`SELECT column_name FROM information_schema.columns WHERE table_schema = 'lienthong' AND table_name = '${table}'
      AND (extra <> 'auto_increment' OR ${"id" in changes})`).map(([name]) => name);
    const values = columns.map((name) => changes[name] ?? `t.${name}`);
    this.sql(`INSERT INTO ${table} (${columns}) SELECT ${values} FROM ${table} t JOIN seq_${n}_to_${n + count - 1} WHERE ${condition}`);
  }

  /** As many cases as the one that waits for its receipt to be confirmed; the reminder of each has the id of its case. */
  cases(count) {
    const first = this.next;
    this.next += count;
    const of = `t.case_id = ${this.model}`, seq = { case_id: "seq" };
    this.copy("cases", `t.id = ${this.model}`, first, count, { id: "seq", number: "CONCAT('BENCH-', seq)" });
    for (const table of ["event", "task", "case_party"]) this.copy(table, of, first, count, seq);
    this.copy("timer", `${of} AND t.term = 'request.receive'`, first, count, { ...seq, id: "seq" });
    return first;
  }

  /** So many that are due much later, on cases that are over. */
  pend(count, cases) {
    this.copy("timer", `t.case_id = ${this.model} AND t.term = 'request.account'`, 1, count,
      { case_id: `${firstId} + seq % ${cases}`, timer_id: "CONCAT('later:', seq)" });
  }

  release(first, count) {
    this.sql(`UPDATE timer SET due_at = ${this.now} - INTERVAL (${first + count} - id) * 10 MICROSECOND, next_at = due_at, fence = 0, attempts = 0
      WHERE id >= ${first} AND id < ${first + count}`);
  }

  /** Until all are events; how many in a second, by the times of the events. */
  async fired(first, count) {
    await until("all to be fired", () => this.sql(`SELECT 1 FROM timer WHERE next_at < ${this.now} + INTERVAL 1 HOUR LIMIT 1`).length === 0, 1200000);
    const [[events, seconds]] = this.sql(`SELECT COUNT(*), TIMESTAMPDIFF(MICROSECOND, MIN(happened_at), MAX(happened_at)) / 1e6 FROM event
      WHERE kind = 'timer' AND case_id >= ${first} AND case_id < ${first + count}`);
    if (Number(events) !== count) throw new Error(`${events} events of ${count} timers`);
    return count / Number(seconds);
  }

  async fire(count) {
    const first = this.cases(count);
    await this.stopServer();
    this.release(first, count);
    await this.startServer();
    return this.fired(first, count);
  }

  async bareFire(statements, count) {
    const first = this.cases(count);
    this.sql(`UPDATE timer SET fence = 1 WHERE id >= ${first} AND id < ${first + count}`);
    const m = await this.bare(statements, first, count);
    return m.count / m.seconds;
  }

  claims(who, count) {
    const at = Math.round(Number(this.sql(`SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ${this.now})`)[0][0]));
    const m = JSON.parse(execFileSync(tool("claims"), [who, this.socket, at, batch, count], { encoding: "utf8" }));
    return (m.count * batch) / m.seconds;
  }
}

/** One reminder fired by the server, watched. */
async function sample(p) {
  const { lan, hung } = await p.people();
  p.model = (await lan.request()).id;
  await hung.send(p.model, "SIGN");
  p.sql(`ALTER TABLE timer AUTO_INCREMENT = ${100 * firstId}`); // the ids below are for copies
  const id = p.cases(1);
  p.release(id, 1);
  await p.fired(id, 1).catch(() => {}); // one event takes no time
  return transactionOf(p.loggedStatements(), id);
}

export async function measureTimers(due, pending) {
  const p = new TimerProvince();
  try {
    await p.begin();
    await p.sleepTillNight();
    const statements = await sample(p);
    p.logStatements(false);
    p.durable(true);
    const lot = Math.ceil(due / 10);
    say(`a timer is ${statements.decision.length} statements; ${lot} of ${lot} pending`);
    const few = { bare: await p.bareFire(statements, lot), ours: await p.fire(lot) };
    say(`fired: ${few.ours.toFixed(0)} a second, bare ${few.bare.toFixed(0)}; now ${due} of ${pending} pending`);
    p.pend(pending - due, lot);
    const bareBefore = await p.bareFire(statements, lot);
    await p.stopServer();
    const first = p.cases(due);
    const claims = { ours: 0, bare: 0 };
    for (const who of ["ours", "bare", "bare", "ours"]) {
      p.release(first, due);
      claims[who] += p.claims(who, due - batch) / 2;
    }
    say(`claimed: ${claims.ours.toFixed(0)} a second, bare ${claims.bare.toFixed(0)}`);
    p.release(first, due);
    await p.startServer();
    const many = { ours: await p.fired(first, due), bare: (bareBefore + (await p.bareFire(statements, lot))) / 2 };
    return { due, pending, lot, statements: statements.decision.length, claims, few, many };
  } finally {
    await p.stop();
  }
}

export function printTimers(r) {
  const n = (value) => value.toFixed(0);
  console.log(`Timers: ${r.due} due of ${r.pending} pending. Claimed in order of due time, ${batch} at a time: ${n(r.claims.ours)} a second, the same statements
bare ${n(r.claims.bare)}; ratio ${(r.claims.ours / r.claims.bare).toFixed(2)}, wanted 0.5. Fired, each an event in a transaction of ${r.statements} statements: ${n(r.many.ours)} a second,
bare ${n(r.many.bare)}; ratio ${(r.many.ours / r.many.bare).toFixed(2)}, wanted 0.6. With only ${r.lot} pending: ${n(r.few.ours)} a second, bare ${n(r.few.bare)}; a timer costs
${(r.few.ours / r.many.ours).toFixed(2)} times as much when ${r.pending} are pending, wanted at most 1.5.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  printTimers(await measureTimers(Number(process.env.DUE ?? 100000), Number(process.env.PENDING ?? 1000000)));
