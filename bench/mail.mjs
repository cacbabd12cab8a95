// The outbox drained to a mail server that takes everything, beside a bare client that sends the same mail over as many
// kept connections. Alone: make bench-mail. MAILS and ROUNDS shorten it.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { until } from "../tests/api/harness.mjs";
import { BenchProvince, tool } from "./province.mjs";

const connections = 4; // of the mailer, src/jobs/mailer.c
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** A sink that says when each lot of mails is there. */
class Sink {
  static async start(count, file) {
    const sink = new Sink();
    sink.lines = [];
    sink.child = spawn(tool("sink"), [count, file], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    sink.child.stdout.setEncoding("utf8").on("data", (part) => {
      text += part;
      const lines = text.split("\n");
      text = lines.pop();
      sink.lines.push(...lines.map((line) => JSON.parse(line)));
    });
    sink.port = await until("the sink", () => sink.lines.shift());
    return sink;
  }

  lot() {
    return until("the mails", () => this.lines.shift(), 600000);
  }
}

class MailProvince extends BenchProvince {
  constructor(sink) {
    super();
    this.more = { smtp_url: `smtp://127.0.0.1:${sink.port}`, smtp_starttls: "no", poll_ms: 50 };
  }

  /** As many new mails, copies of what the demo has sent. */
  fill(count) {
    this.sql(`INSERT INTO mail (case_id, person_id, address, name, subject, text, html, template_name, state, created_at)
      SELECT m.case_id, m.person_id, m.address, m.name, m.subject, m.text, m.html, m.template_name, 'waiting', UTC_TIMESTAMP(6)
      FROM (SELECT * FROM mail WHERE case_id IS NOT NULL ORDER BY id LIMIT 200) m JOIN seq_1_to_${Math.ceil(count / 200)} LIMIT ${count}`);
  }

  release() {
    this.sql("UPDATE mail SET next_at = created_at WHERE state = 'waiting' AND next_at IS NULL");
  }
}

/** How long an answer takes at most while work goes on: the event loop is not blocked. */
async function worstAnswer(p, work) {
  let worst = 0, isOver = false;
  work.finally(() => (isOver = true)).catch(() => {});
  while (!isOver) {
    const began = performance.now();
    await fetch(`${p.url}/api/health`);
    worst = Math.max(worst, performance.now() - began);
    await sleep(5);
  }
  return worst;
}

async function drain(p, sink, count) {
  p.fill(count);
  p.release();
  const coming = sink.lot();
  const worst_ms = await worstAnswer(p, coming);
  const lot = { ...(await coming), worst_ms };
  await until("all are marked", () => p.sql("SELECT 1 FROM mail WHERE state = 'waiting' LIMIT 1").length === 0);
  return lot;
}

async function bare(sink, count, file) {
  const child = spawn(tool("source"), [sink.port, connections, count, file], { stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const lot = await sink.lot();
  if ((await ended) !== 0) throw new Error("the bare client failed");
  return lot;
}

export async function measureMail(mails, rounds) {
  const each = Math.ceil(mails / rounds);
  const file = path.join(fs.mkdtempSync("/tmp/lt-bench-mail-"), "mail.eml");
  const sink = await Sink.start(each, file);
  const p = new MailProvince(sink);
  const lots = { ours: [], other: [] };
  try {
    await p.begin();
    p.logStatements(false);
    p.durable(true);
    const logged = p.logText().length;
    for (let round = 0; round < rounds; round++) {
      lots.ours.push(await drain(p, sink, each));
      lots.other.push(await bare(sink, each, file));
    }
    const held = p.logText().slice(logged).match(/held the loop for \d+/g) ?? [];
    const [[wrong]] = p.sql("SELECT COUNT(*) FROM mail WHERE state <> 'sent' OR attempts > 1");
    if (Number(wrong)) throw new Error(`${wrong} mails were not sent, or not at the first attempt`);
    const rate = (lot) => lot.count / lot.seconds;
    return {
      mails: each * rounds, rounds, bytes: fs.statSync(file).size, connections: median(lots.ours.map((lot) => lot.connections)),
      held_ms: Math.max(0, ...held.map((line) => Number(line.match(/\d+/)[0]))),
      worst_ms: Math.max(...lots.ours.map((lot) => lot.worst_ms)), ours: median(lots.ours.map(rate)), other: median(lots.other.map(rate)),
      ratio: median(lots.ours.map((lot, i) => rate(lot) / rate(lots.other[i]))),
    };
  } finally {
    await p.stop();
    sink.child.kill();
    fs.rmSync(path.dirname(file), { recursive: true });
  }
}

export function printMail(r) {
  console.log(`Mail: ${r.mails} mails of about ${(r.bytes / 1024).toFixed(1)} KiB drained in ${r.rounds} lots, each claimed, sent and marked in the database:
${r.ours.toFixed(0)} a second over ${r.connections} connections a lot; a bare client, which only sends, over ${connections}: ${r.other.toFixed(0)}. Ratio ${r.ratio.toFixed(3)}.
Worst delay of the event loop meanwhile: ${r.held_ms ? `${r.held_ms} ms` : "none of 50 ms or more"}; slowest answer of /api/health: ${r.worst_ms.toFixed(1)} ms.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  printMail(await measureMail(Number(process.env.MAILS ?? 10000), Number(process.env.ROUNDS ?? 5)));
