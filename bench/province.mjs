// The release server and a MariaDB with room, both private, with the demo province and as many cases as asked for,
// each made by real requests: sent, signed, received, and waiting for the owner's head.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fields, Province, root } from "../tests/api/harness.mjs";

const program = path.join(root, process.env.LIENTHONG);
export const tool = (name) => path.join(root, process.env.BENCH_TOOLS, name);
const privateMariadb = path.join(root, "tests/lib/private-mariadb");
const databaseOptions = ["--innodb-buffer-pool-size=1G", "--innodb-log-file-size=512M", "--innodb-log-buffer-size=16M",
  "--innodb-flush-log-at-trx-commit=1", "--innodb-flush-method=O_DIRECT", "--max-connections=200"];
export const poolSize = 16;

export class BenchProvince extends Province {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "lt-bench-"));
  children = new Set();
  more = {}; // of the configuration

  async begin() {
    fs.chmodSync(this.folder, 0o755); // mariadbd runs as somebody else
    this.startDatabase();
    await this.startOnDemo();
  }

  startDatabase() {
    const folder = path.join(this.folder, "db");
    this.socket = execFileSync(privateMariadb, ["start", folder, ...databaseOptions], { encoding: "utf8" }).trim();
    this.databasePid = Number(fs.readFileSync(path.join(folder, "pid"), "utf8"));
  }

  async startOnDemo() {
    this.log = path.join(this.folder, "server.log");
    this.config = this.writeConfig();
    this.durable(false);
    for (const command of [["init"], ["demo", "load"]])
      execFileSync(program, [...command, "--config", this.config], { stdio: ["ignore", "ignore", "inherit"] });
    this.logStatements(true); // before anything is prepared
    await this.startServer();
    this.serverPid = Number(fs.readFileSync(`/proc/${this.server.pid}/task/${this.server.pid}/children`, "utf8"));
    this.accounts = (await this.nobody().get("/api/demo/accounts")).body.items;
  }

  /** Timers and mail rest while it is measured: they look for work once in an hour. */
  writeConfig() {
    const config = {
      listen_port: 0, database_socket: this.socket, database_user: "root", database_name: "lienthong", demo: "yes",
      database_pool_size: poolSize, migrations_dir: path.join(root, "db/migrations"), definitions_dir: root,
      token_key_file: path.join(this.folder, "token.key"), mail_dir: path.join(this.folder, "mail"), poll_ms: 3600000,
      log_level: "warn", base_url: "http://lienthong.example", ...this.more,
    };
    const file = path.join(this.folder, "lienthong.conf");
    fs.writeFileSync(file, Object.entries(config).map(([key, value]) => `${key} = ${value}\n`).join(""));
    return file;
  }

  /** Whether a commit waits for the disk: what is measured does. */
  durable(is) {
    this.sql(`SET GLOBAL innodb_flush_log_at_trx_commit = ${is ? 1 : 2}`);
  }

  /** Into a table, whose rows loggedStatements answers. */
  logStatements(is) {
    this.sql(`SET GLOBAL log_output = 'TABLE', GLOBAL general_log = ${is ? 1 : 0}`);
  }

  loggedStatements() {
    return this.sql("SELECT thread_id, command_type, HEX(argument) FROM mysql.general_log").map(([thread, command, hex]) => ({
      thread, command, text: Buffer.from(hex ?? "", "hex").toString() }));
  }

  // ---- requests as they go over the wire ----

  wire(person, method, url, { body, headers = {} } = {}) {
    const text = body === undefined ? "" : JSON.stringify(body);
    const lines = [`${method} ${url} HTTP/1.1`, `Host: ${new URL(this.url).host}`, `Cookie: ${person.cookieHeader()}`];
    if (body !== undefined) lines.push("Content-Type: application/json", `Content-Length: ${Buffer.byteLength(text)}`);
    for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
    return `${lines.join("\r\n")}\r\n\r\n${text}`;
  }

  event(person, id, version, type, data) {
    return this.wire(person, "POST", `/api/cases/${id}/events`, {
      body: { type, data }, headers: { "If-Match": `"${version}"`, "Idempotency-Key": `bench-${id}` } });
  }

  // ---- tools ----

  async output(child) {
    let text = "";
    this.children.add(child);
    child.stdout.setEncoding("utf8").on("data", (part) => (text += part));
    const code = await new Promise((resolve) => child.on("close", resolve));
    this.children.delete(child);
    if (code !== 0) throw new Error(`${child.spawnfile} ended with ${code}`);
    return JSON.parse(text);
  }

  /** Sends the requests, each once, or over and over for some seconds; what the load client measured. */
  load(port, connections, requests, seconds = 0) {
    const file = path.join(this.folder, "requests");
    fs.writeFileSync(file, requests.map((rq) => `${Buffer.byteLength(rq)}\n${rq}`).join(""));
    return this.output(spawn(tool("load"), [port, connections, file, seconds], { stdio: ["ignore", "pipe", "inherit"] }));
  }

  bare(statements, first, count) {
    const file = path.join(this.folder, "statements.json");
    fs.writeFileSync(file, JSON.stringify(statements));
    return this.output(spawn(tool("bare"), [this.socket, poolSize, file, first, count], { stdio: ["ignore", "pipe", "inherit"] }));
  }

  async constant(size) {
    const child = spawn(tool("constant"), [size], { stdio: ["ignore", "pipe", "inherit"] });
    this.children.add(child);
    const port = await new Promise((resolve) => child.stdout.once("data", (part) => resolve(Number(part))));
    return { port, pid: child.pid, stop: () => child.kill() };
  }

  get port() {
    return Number(new URL(this.url).port);
  }

  /** CPU seconds of a process and of nobody else. */
  cpu(pid) {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    const [user, system] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(11, 13).map(Number);
    return (user + system) / 100;
  }

  /** CPU seconds of the whole machine that were not idle. */
  cpuOfAll() {
    const [user, nice, system, , , irq, softirq] = fs.readFileSync("/proc/stat", "utf8").split(/\s+/).slice(1, 8).map(Number);
    return (user + nice + system + irq + softirq) / 100;
  }

  memory(pid) {
    const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
    const mib = (name) => Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]) / 1024;
    return { rss_mib: mib("VmRSS"), peak_mib: mib("VmHWM") };
  }

  // ---- the cases ----

  /** One decision by hand, watched: its statements, for the bare client. */
  async sample(people, version, decision) {
    const c = await people.lan.request();
    await people.hung.send(c.id, "SIGN");
    await people.minh.send(c.id, "RECEIVE");
    await people.tam.get(`/api/cases/${c.id}`);
    this.sql("SELECT 'the decision begins'");
    const answer = await people.tam.post(`/api/cases/${c.id}/events`, decision, {
      "if-match": `"${version}"`, "idempotency-key": `bench-${c.id}` });
    this.sql("SELECT 'the decision ends'");
    if (answer.status !== 200) throw new Error(`the sample is refused: ${answer.text}`);
    return { id: c.id, rows: this.loggedStatements() };
  }

  /** Answers the first id; they follow each other. */
  async makeCases(people, count, connections) {
    const body = { workflow: "wf-01", service: "DV008", fields: await fields(people.lan) };
    const before = Number(this.sql("SELECT MAX(id) FROM cases")[0][0]);
    await this.sure(this.load(this.port, connections, Array(count).fill(this.wire(people.lan, "POST", "/api/cases", { body }))));
    const [[first, last, made]] = this.sql(`SELECT MIN(id), MAX(id), COUNT(*) FROM cases WHERE id > ${before}`);
    if (Number(made) !== count || last - first + 1 !== count) throw new Error(`${made} cases, ${first} to ${last}`);
    const ids = Array.from({ length: count }, (_, i) => Number(first) + i);
    await this.sure(this.load(this.port, connections, ids.map((id) => this.event(people.hung, id, 1, "SIGN"))));
    await this.sure(this.load(this.port, connections, ids.map((id) => this.event(people.minh, id, 2, "RECEIVE"))));
    return Number(first);
  }

  async sure(running) {
    const result = await running;
    if (result.failures) throw new Error(`${result.failures} of ${result.count} requests failed`);
    return result;
  }

  async stop() {
    for (const child of this.children) child.kill();
    if (this.server) return super.stop();
    execFileSync(privateMariadb, ["stop", path.join(this.folder, "db")]);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
