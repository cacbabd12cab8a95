// Steps of our engine and of XState's on the same walks through workflows, side by side. Alone: make bench-engine.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { initialTransition, machineOf, transition } from "../tests/differential/oracle.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const machines = ["wf-01", "wf-02", "wf-03", "wf-08"];
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// ---- XState, by its pure functions: nothing is executed there either ----

function xstateOf(machine) {
  const answers = { now: false };
  const answer = () => answers.now;
  const names = ["notify", "set", "receive", "agree", "join", "open", "tell", "grant", "end-grants", "extend"];
  const delays = Object.fromEntries(machine.meta.terms.map((term) => [term, 1000]));
  const logic = machineOf(machine, {
    guards: { logic: answer, agreed: answer, "can-extend": answer }, delays, actions: Object.fromEntries(names.map((name) => [name, () => {}])),
  });
  const take = (events) => {
    answers.now = false;
    let [snapshot] = initialTransition(logic);
    for (const [type, value] of events) {
      answers.now = value;
      [snapshot] = transition(logic, snapshot, { type });
    }
    return snapshot;
  };
  const active = (snapshot) => snapshot._nodes.filter((n) => n.type === "atomic" || n.type === "final").map((n) => n.id);
  return { take, active };
}

function runXState({ take }, walks, seconds) {
  const began = performance.now();
  let count = 0;
  do
    for (const events of walks) {
      take(events);
      count += events.length + 1;
    }
  while (performance.now() - began < seconds * 1000);
  return { count, seconds: (performance.now() - began) / 1000 };
}

/** Both end each walk in the same states, or nothing was compared. */
function check(name, xstate, { walks, last }) {
  walks.forEach((events, i) => {
    const ends = JSON.stringify(xstate.active(xstate.take(events)).sort());
    if (ends !== JSON.stringify([...last[i]].sort())) throw new Error(`${name}: walk ${i} ends in ${ends}, ours in ${last[i]}`);
  });
}

// ---- both in turn ----

function measureOne(tool, name, folder, rounds, seconds) {
  const file = path.join(root, "workflows", `${name}.json`);
  const walksFile = path.join(folder, `${name}.json`);
  fs.writeFileSync(walksFile, execFileSync(tool, [file, "walks"], { maxBuffer: 1 << 28 }));
  const walks = JSON.parse(fs.readFileSync(walksFile, "utf8"));
  const xstate = xstateOf(JSON.parse(fs.readFileSync(file, "utf8")));
  check(name, xstate, walks);
  const perSecond = (m) => m.count / m.seconds;
  const measured = Array.from({ length: rounds }, () => {
    const ours = perSecond(JSON.parse(execFileSync(tool, [file, "run", walksFile, String(seconds)])));
    const other = perSecond(runXState(xstate, walks.walks, seconds));
    return { ours, other, ratio: ours / other };
  });
  const of = (key) => median(measured.map((m) => m[key]));
  return { name, steps: walks.walks.reduce((n, w) => n + w.length + 1, 0), ours: of("ours"), xstate: of("other"), ratio: of("ratio") };
}

export function measureEngine(tool, rounds, seconds) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lienthong-bench-"));
  try {
    return machines.map((name) => measureOne(tool, name, folder, rounds, seconds));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

export function printEngine(results) {
  const cells = [["engine", "steps a second", "us a step", "XState", "us a step", "ratio"]];
  for (const r of results)
    cells.push([r.name, r.ours.toFixed(0), (1e6 / r.ours).toFixed(2), r.xstate.toFixed(0), (1e6 / r.xstate).toFixed(1), r.ratio.toFixed(1)]);
  for (const row of cells) console.log(row.map((cell, i) => (i ? cell.padStart(15) : cell.padEnd(8))).join(""));
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  printEngine(measureEngine(path.join(process.env.BENCH_TOOLS, "steps"), Number(process.env.ROUNDS ?? 3), Number(process.env.SECONDS ?? 1)));
