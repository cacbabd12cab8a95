// make bench: how fast the server is, as ratios to the least that could do the same on this machine, side by side in
// one run. Prints a table and writes build/bench.json. ROUNDS, CASES and SECONDS shorten it for a quick look.
import fs from "node:fs";
import path from "node:path";
import { root } from "../tests/api/harness.mjs";
import { measureEngine, printEngine } from "./engine.mjs";
import { measureMail, printMail } from "./mail.mjs";
import { BenchProvince, poolSize } from "./province.mjs";
import { statementsOf } from "./statements.mjs";
import { measureTimers, printTimers } from "./timers.mjs";

const number = (name, otherwise) => Number(process.env[name] ?? otherwise);
const [rounds, cases, seconds, connections] = [number("ROUNDS", 5), number("CASES", 10000), number("SECONDS", 2), 64];
const decision = { type: "APPROVE", data: { conditions: "Không lưu giữ sau khi giải quyết hồ sơ" } };
const versionBefore = 3; // sent, signed, received
const warmUp = 256;

const say = (text) => console.error(`bench: ${text}`);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const medianOf = (list, pick) => median(list.map(pick));

// ---- measuring ----

/** Runs work; what it measured, with the CPU seconds of the processes beside it and of all others. */
async function watched(p, pids, work) {
  const names = Object.keys(pids);
  const look = () => ({ machine: p.cpuOfAll(), each: names.map((name) => p.cpu(pids[name])) });
  const before = look();
  const m = await p.sure(work());
  const after = look();
  const cpu = { client: m.cpu_s };
  names.forEach((name, i) => (cpu[name] = after.each[i] - before.each[i]));
  const ours = Object.values(cpu).reduce((sum, used) => sum + used, 0);
  return { ...m, per_second: m.count / m.seconds, cpu: { ...cpu, others: Math.max(0, after.machine - before.machine - ours) } };
}

/** Both sides in turn, who begins changes; the ratio is of each round. */
async function interleave(name, sides) {
  const measured = { ours: [], other: [] };
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 ? ["other", "ours"] : ["ours", "other"]) measured[side].push(await sides[side](round));
    const [ours, other] = [measured.ours.at(-1).per_second, measured.other.at(-1).per_second];
    say(`${name}, round ${round + 1}: ${ours.toFixed(0)} and ${other.toFixed(0)} a second, ${(ours / other).toFixed(2)}`);
  }
  return measured;
}

/** CPU in cores and in microseconds for each unit of work. */
function summary(list) {
  const processes = Object.keys(list[0].cpu);
  const each = (value) => Object.fromEntries(processes.map((name) => [name, medianOf(list, (m) => value(m.cpu[name], m))]));
  return {
    per_second: medianOf(list, (m) => m.per_second), p50_ms: medianOf(list, (m) => m.p50_ms), p99_ms: medianOf(list, (m) => m.p99_ms),
    bytes: medianOf(list, (m) => m.bytes / m.count), count: list.reduce((sum, m) => sum + m.count, 0),
    cores: each((cpu, m) => cpu / m.seconds), us_each: each((cpu, m) => (cpu / m.count) * 1e6),
    rounds: list.map((m) => m.per_second),
  };
}

const compared = ({ ours, other }) => ({
  ratio: median(ours.map((m, i) => m.per_second / other[i].per_second)), ours: summary(ours), other: summary(other) });

// ---- what is measured ----

async function decisions(p, people, statements, first) {
  const each = Math.floor((cases - 2 * warmUp) / (2 * rounds));
  const database = p.databasePid;
  let next = first;
  const take = (count) => (next += count) - count;
  const ours = (count) => {
    const from = take(count);
    const requests = Array.from({ length: count }, (_, i) => p.event(people.tam, from + i, versionBefore, decision.type, decision.data));
    return watched(p, { server: p.serverPid, database }, () => p.load(p.port, connections, requests));
  };
  const other = (count) => watched(p, { database }, () => p.bare(statements, take(count), count));
  await ours(warmUp);
  await other(warmUp);
  return compared(await interleave("decisions", { ours: () => ours(each), other: () => other(each) }));
}

/** Against evhttp that answers as many bytes of nothing. */
async function reading(p, name, requests) {
  const { bytes, count } = await p.sure(p.load(p.port, connections, requests, 0.5));
  const constant = await p.constant(Math.round(bytes / count));
  try {
    return compared(await interleave(name, {
      ours: () => watched(p, { server: p.serverPid, database: p.databasePid }, () => p.load(p.port, connections, requests, seconds)),
      other: () => watched(p, { server: constant.pid }, () => p.load(constant.port, connections, requests, seconds)),
    }));
  } finally {
    constant.stop();
  }
}

/** What the bare client sent is in the tables as the server's is, or nothing was compared. */
function check(p, first) {
  const [[wrong]] = p.sql(`SELECT COUNT(*) FROM cases c WHERE c.id >= ${first} AND NOT (c.version IN (3, 4) AND
    (SELECT COUNT(*) FROM event e WHERE e.case_id = c.id) = c.version AND
    (SELECT COUNT(*) FROM task k WHERE k.case_id = c.id AND k.is_open = 1) = 1)`);
  const mails = p.sql(`SELECT COUNT(m.id) / COUNT(DISTINCT c.id) FROM cases c JOIN mail m ON m.case_id = c.id
    WHERE c.id >= ${first} AND c.version = 4`);
  if (Number(wrong)) throw new Error(`${wrong} cases are not as decisions leave them`);
  return Number(mails[0][0]);
}

async function measure(p) {
  const people = await p.people();
  const sample = await p.sample(people, versionBefore, decision);
  const statements = statementsOf(sample.rows, "the decision begins", "the decision ends", sample.id);
  p.logStatements(false);
  say(`a decision is ${statements.decision.length} statements; making ${cases} cases`);
  const first = await p.makeCases(people, cases, connections);
  p.durable(true);
  const pages = Array.from({ length: cases }, (_, i) => p.wire(people.tam, "GET", `/api/cases/${first + i}`));
  const inbox = (person) => [p.wire(person, "GET", "/api/inbox")];
  const result = {
    rounds, cases, connections, pool: poolSize, statements: statements.decision.map((s) => s.sql),
    case_page: await reading(p, "case page", pages),
    inbox: await reading(p, "inbox", inbox(people.hung)),
    inbox_full: await reading(p, "inbox of thousands", inbox(people.minh)),
    decisions: await decisions(p, people, statements, first),
    memory: p.memory(p.serverPid),
  };
  result.mails_of_a_case = check(p, first);
  return result;
}

// ---- the table ----

const head = [
  ["", "", "", "", "cores:", "", "", "", "us each:", "", ""],
  ["", "a second", "p50 ms", "p99 ms", "server", "database", "client", "others", "server", "database", "ratio"],
];

function line(title, s, ratio) {
  const fixed = (n, digits) => (n === undefined ? "-" : n.toFixed(digits));
  const cores = ["server", "database", "client", "others"].map((name) => fixed(s.cores[name], 2));
  const each = ["server", "database"].map((name) => fixed(s.us_each[name], 0));
  return [title, fixed(s.per_second, 0), fixed(s.p50_ms, 1), fixed(s.p99_ms, 1), ...cores, ...each, fixed(ratio, 3)];
}

function printTable(r) {
  const rows = [...head, ...[
    ["decisions", r.decisions, "bare client"], ["case page", r.case_page, "evhttp"],
    ["inbox, short", r.inbox, "evhttp"], ["inbox of thousands", r.inbox_full, "evhttp"],
  ].flatMap(([title, c, other]) => [line(title, c.ours, c.ratio), line(`  ${other}`, c.other)])];
  const widths = head[0].map((_, i) => Math.max(...rows.map((cells) => cells[i].length)));
  for (const cells of rows)
    console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[i]))).join("  ").trimEnd());
}

function printNotes(r) {
  const kib = (c) => (c.ours.bytes / 1024).toFixed(1);
  const mib = (name) => r.memory[name].toFixed(0);
  console.log(`
Medians of ${r.rounds} rounds, interleaved. ${r.cases} cases; the server has ${r.connections} clients and ${r.pool} connections to the
database, the bare client ${r.pool} threads. A decision is ${r.statements.length} statements. A case page has ${kib(r.case_page)} KiB, the
inboxes ${kib(r.inbox)} and ${kib(r.inbox_full)} KiB. The server has ${mib("rss_mib")} MiB, and had ${mib("peak_mib")} when several signed in at once.
Decisions: ${r.decisions.ratio.toFixed(2)} of the bare client; wanted: 0.6.`);
}

const p = new BenchProvince();
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => p.stop().catch(() => {}).finally(() => process.exit(1)));
try {
  await p.begin();
  const result = await measure(p);
  result.timers = await measureTimers(number("DUE", 100000), number("PENDING", 1000000));
  result.mail = await measureMail(cases, rounds);
  result.engine = measureEngine(path.join(process.env.BENCH_TOOLS, "steps"), rounds, 1);
  fs.writeFileSync(path.join(root, "build/bench.json"), JSON.stringify(result, null, 2) + "\n");
  printTable(result);
  printNotes(result);
  console.log();
  printEngine(result.engine);
  console.log();
  printTimers(result.timers);
  console.log();
  printMail(result.mail);
} finally {
  await p.stop();
}
