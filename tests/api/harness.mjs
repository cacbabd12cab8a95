// A real server (ASan build) on a real MariaDB of its own, for one test file: the demo province in a
// temporary folder, on free ports, ended by pid. It fails the tests when the server printed a report of
// a sanitizer or did not end with 0.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const program = path.join(root, process.env.LIENTHONG ?? "build/asan/lienthong");
const database = path.join(root, "tests/lib/private-mariadb");
const posts = JSON.parse(fs.readFileSync(path.join(root, "workflows/posts.json")));
const asan = { ASAN_OPTIONS: "detect_leaks=1:abort_on_error=0", UBSAN_OPTIONS: "print_stacktrace=1" };

const run = (file, ...args) => execFileSync(file, args, { encoding: "utf8", env: { ...process.env, ...asan } });

// ---- the loaded province, kept in build/ and copied ----

function* filesOf(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesOf(at);
    else yield at;
  }
}

/** Changes when anything does that the loaded data depend on, and each day. */
function provinceKey() {
  const hash = createHash("sha256").update(new Date().toISOString().slice(0, 10));
  const sources = ["workflows", "calendars", "db", "demo"].map((name) => path.join(root, name));
  for (const file of [program, ...sources.filter(fs.existsSync).flatMap((folder) => [...filesOf(folder)]).sort()])
    hash.update(`${file} ${fs.statSync(file).mtimeMs}\n`);
  return hash.digest("hex").slice(0, 16);
}

function writeConfig(folder, socket, more = {}) {
  const config = {
    listen_port: 0, database_socket: socket, database_user: "root", database_name: "lienthong", demo: "yes",
    migrations_dir: path.join(root, "db/migrations"), definitions_dir: root, static_dir: path.join(root, "web/dist"),
    token_key_file: path.join(folder, "token.key"), mail_dir: path.join(folder, "mail"), poll_ms: 100,
    base_url: "http://lienthong.example", ...more,
  };
  const file = path.join(folder, "lienthong.conf");
  fs.writeFileSync(file, Object.entries(config).map(([key, value]) => `${key} = ${value}\n`).join(""));
  return file;
}

function makeTemplate(template) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lt-province-"));
  fs.chmodSync(folder, 0o755);
  try {
    const socket = run(database, "start", path.join(folder, "db")).trim();
    const config = writeConfig(folder, socket);
    run(program, "init", "--config", config);
    run(program, "demo", "load", "--config", config);
    run(database, "stop", path.join(folder, "db"));
    fs.rmSync(template + ".new", { recursive: true, force: true });
    fs.mkdirSync(template + ".new", { recursive: true });
    execFileSync("cp", ["-a", path.join(folder, "db"), path.join(folder, "token.key"), template + ".new"]);
    fs.renameSync(template + ".new", template);
  } finally {
    run(database, "stop", path.join(folder, "db"));
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Test files run beside each other: the first one makes the template, the others wait for it. */
async function provinceTemplate() {
  const home = path.join(root, "build/asan");
  const template = path.join(home, `province-${provinceKey()}`);
  const lock = path.join(home, "province.lock");
  const makes = () => {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: "wx" });
      return true;
    } catch {
      return false;
    }
  };
  const isStale = () => {
    try {
      process.kill(Number(fs.readFileSync(lock, "utf8")), 0);
      return false;
    } catch (error) {
      return error.code === "ESRCH";
    }
  };
  while (!fs.existsSync(template)) {
    if (isStale()) fs.rmSync(lock, { force: true });
    if (!makes()) {
      await sleep(200);
      continue;
    }
    try {
      if (fs.existsSync(template)) break;
      for (const name of fs.readdirSync(home))
        if (name.startsWith("province-")) fs.rmSync(path.join(home, name), { recursive: true });
      makeTemplate(template);
    } finally {
      fs.rmSync(lock, { force: true });
    }
  }
  return template;
}

// ---- one province for one test file ----

/** Waits for a fact: asks until the answer is truthy. */
export async function until(what, ask, timeoutMs = 20000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await sleep(50);
  }
}

/** A server of this configuration that listens; its process, the promise of its end, and its address. */
export async function serve(config, logFile) {
  const log = fs.openSync(logFile, "a");
  const server = spawn(program, ["serve", "--config", config], { stdio: ["ignore", "pipe", log], env: { ...process.env, ...asan } });
  fs.closeSync(log);
  const ended = new Promise((resolve) => server.on("exit", (code, signal) => resolve(signal ?? code)));
  const line = await new Promise((resolve, reject) => {
    let text = "";
    const early = (code) => reject(new Error(`the server ended with ${code}:\n${fs.readFileSync(logFile, "utf8")}`));
    server.on("exit", early);
    server.stdout.setEncoding("utf8").on("data", (part) => {
      text += part;
      if (!text.includes("listening on")) return;
      server.off("exit", early);
      resolve(text);
    });
  });
  return { server, ended, url: line.match(/listening on (\S+)/)[1] };
}

/** kill -9 of a server and its workers. */
export async function crash({ server, ended }) {
  const workers = spawnSync("pgrep", ["-P", String(server.pid)], { encoding: "utf8" }).stdout.split("\n").filter(Boolean);
  for (const pid of [server.pid, ...workers.map(Number)]) process.kill(pid, "SIGKILL");
  await ended;
}

export class Province {
  static async start(more = {}) {
    const p = new Province();
    const template = await provinceTemplate();
    p.folder = fs.mkdtempSync(path.join(os.tmpdir(), "lt-api-"));
    fs.chmodSync(p.folder, 0o755);
    execFileSync("cp", ["-a", `${template}/.`, p.folder]);
    p.socket = run(database, "start", path.join(p.folder, "db")).trim();
    p.config = writeConfig(p.folder, p.socket, more);
    p.log = path.join(p.folder, "server.log");
    try {
      await p.startServer();
      p.accounts = (await p.nobody().get("/api/demo/accounts")).body.items;
    } catch (error) {
      await p.stop().catch(() => {});
      throw error;
    }
    return p;
  }

  async startServer() {
    Object.assign(this, await serve(this.config, this.log));
  }

  logText() {
    return fs.existsSync(this.log) ? fs.readFileSync(this.log, "utf8") : "";
  }

  async stopServer() {
    if (this.server.exitCode === null && this.server.signalCode === null) this.server.kill("SIGTERM");
    const how = await Promise.race([this.ended, sleep(20000, "nothing", { ref: false })]);
    if (how === "nothing") this.server.kill("SIGKILL");
    if (how !== 0) throw new Error(`the server ended with ${how}:\n${this.logText().slice(-6000)}`);
    const report = this.logText().match(/(ERROR: \w+Sanitizer|runtime error:|worker \d+ ended with)[^]*/);
    if (report) throw new Error(`the server's log:\n${report[0].slice(0, 6000)}`);
  }

  crashServer() {
    return crash(this);
  }

  async stop() {
    try {
      await this.stopServer();
    } finally {
      run(database, "stop", path.join(this.folder, "db"));
      if (!process.env.KEEP) fs.rmSync(this.folder, { recursive: true, force: true });
    }
  }

  /** One statement; rows as arrays of texts. */
  sql(text) {
    const out = run("mariadb", "--no-defaults", "-S", this.socket, "-u", "root", "-N", "-B", "lienthong", "-e", text);
    return out.split("\n").filter(Boolean).map((line) => line.split("\t"));
  }

  personId(person) {
    return Number(this.sql(`SELECT id FROM person WHERE login = '${person.login}'`)[0][0]);
  }

  /** While the one is away and the other stands for him. */
  async whileAway(absent, substitute, work) {
    this.sql(`INSERT INTO substitution (absent_id, substitute_id, valid_from, valid_until, reason, made_at)
      VALUES (${this.personId(absent)}, ${this.personId(substitute)}, '2020-01-01', '2099-01-01', '', '2020-01-01')`);
    try {
      await work();
    } finally {
      this.sql(`DELETE FROM substitution WHERE valid_until = '2099-01-01' AND absent_id = ${this.personId(absent)}`);
    }
  }

  restartDatabase() {
    run(database, "restart", path.join(this.folder, "db"));
  }

  nobody() {
    return new Person(this, { login: "nobody", name: "nobody" });
  }

  /** The account that holds a post (its id in workflows/posts.json) of an agency. */
  account(post, agency) {
    const title = posts[post].vi ?? posts[post].title?.vi;
    const found = this.accounts.find((a) => a.post.vi === title && a.agency.vi.includes(agency));
    if (!found) throw new Error(`nobody is ${title} of ${agency}`);
    return found;
  }

  async signIn(post, agency) {
    const account = this.account(post, agency);
    const person = new Person(this, account);
    const answer = await person.post("/api/session", { login: account.login, password: account.password });
    if (answer.status !== 200) throw new Error(`${account.login} cannot sign in: ${answer.status} ${answer.text}`);
    person.session = answer.body;
    return person;
  }

  /** The people of one request: UBND Phường 3 asks the Department of Labour for DV008. */
  async people() {
    const [lan, hung, minh, tam] = await Promise.all([
      this.signIn("focal", "Phường 3"), this.signIn("head", "Phường 3"),
      this.signIn("focal", "Lao động"), this.signIn("head", "Lao động")]);
    return { lan, hung, minh, tam };
  }

  async moveClock(by) {
    const admin = (this.clockHand ??= await this.signIn("focal", "Phường 3"));
    const answer = await admin.post("/api/demo/clock", by);
    if (answer.status !== 200) throw new Error(`the clock does not move: ${answer.text}`);
    return answer.body;
  }

  async mails(caseId) {
    const reader = (this.clockHand ??= await this.signIn("focal", "Phường 3"));
    return (await reader.get(`/api/demo/mails?case=${caseId}&limit=200`)).body.items;
  }
}

// ---- somebody with a browser ----

export class Person {
  constructor(province, account) {
    this.province = province;
    this.login = account.login;
    this.name = account.name;
    this.cookies = new Map();
  }

  cookieHeader() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  takeCookies(response) {
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (/Max-Age=0(;|$)/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  async ask(method, url, { body, headers = {}, raw } = {}) {
    const all = { ...headers };
    if (method !== "GET" && !("content-type" in all)) all["content-type"] = "application/json";
    if (this.cookies.size && !("cookie" in all)) all.cookie = this.cookieHeader();
    const response = await fetch(this.province.url + url, {
      method, headers: all, body: raw ?? (body === undefined ? undefined : JSON.stringify(body)), redirect: "manual" });
    this.takeCookies(response);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    return { status: response.status, headers: response.headers, text, etag: response.headers.get("etag"),
      body: isJson ? JSON.parse(text) : null };
  }

  get(url, headers) {
    return this.ask("GET", url, { headers });
  }
  post(url, body, headers) {
    return this.ask("POST", url, { body, headers });
  }
  put(url, body, headers) {
    return this.ask("PUT", url, { body, headers });
  }
  delete(url, headers) {
    return this.ask("DELETE", url, { headers });
  }

  /** Starts a request for DV008; answers the case. */
  async request(changes = {}, more = {}) {
    const answer = await this.post("/api/cases", {
      workflow: "wf-01", service: "DV008", fields: { ...(await fields(this)), ...changes }, ...more });
    if (answer.status !== 201) throw new Error(`${this.login} cannot start: ${answer.text}`);
    return answer.body;
  }

  /** Sends an event to a case as it stands now; the whole answer. */
  async trySend(id, type, data, headers = {}) {
    const etag = headers["if-match"] ?? (await this.get(`/api/cases/${id}`)).etag ?? '"1"';
    return this.post(`/api/cases/${id}/events`, data === undefined ? { type } : { type, data }, { "if-match": etag, ...headers });
  }

  /** The same, where it must be taken; answers the case. */
  async send(id, type, data) {
    const answer = await this.trySend(id, type, data);
    if (answer.status !== 200) throw new Error(`${this.login} cannot ${type}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  async can(id) {
    return (await this.get(`/api/cases/${id}`)).body.can.map((option) => option.type).sort();
  }

  async inboxHas(id) {
    const { items } = (await this.get("/api/inbox?limit=200")).body;
    return items.some((item) => item.case.id === id);
  }
}

/** The form of a good request: four items of DV008 (Điều 35.2). */
export async function fields(person) {
  const service = (await person.get("/api/services/DV008")).body;
  return {
    purpose: "Giải quyết thủ tục hỗ trợ học phí năm học 2022–2023 mà không yêu cầu người dân nộp lại giấy xác nhận",
    use_solution: "Phần mềm một cửa điện tử đối chiếu khi tiếp nhận hồ sơ, không lưu giữ",
    items: service.items.slice(0, 4).map((item) => item.name),
    quantity: "khoảng 350 hộ trên địa bàn phường", frequency: "40 lượt/ngày",
    application_name: "Phần mềm một cửa điện tử", legal_ground: "Nghị quyết 04/2022/NQ-HĐND", personal_data: true,
    personal_data_measures: "Chỉ công chức một cửa được xem, ghi nhật ký truy cập",
    contact_name: "Nguyễn Thị Lan", contact_phone: "0299 382 1234", contact_email: "lan@example.vn", no_state_secret: true,
  };
}

/** For the top of a test file: `const at = province();` then `at.p` inside the tests. */
export function province(more) {
  const at = {};
  before(async () => {
    at.p = await Province.start(more);
    Object.assign(at, await at.p.people());
  }, { timeout: 180000 });
  after(async () => at.p?.stop(), { timeout: 60000 });
  return at;
}

/** Server-sent events as they come: `next(name)` waits for one. */
export class Stream {
  static async open(person, query = "") {
    const stream = new Stream();
    stream.abort = new AbortController();
    stream.response = await fetch(`${person.province.url}/api/stream${query}`, {
      headers: { cookie: person.cookieHeader() }, signal: stream.abort.signal });
    stream.events = [];
    if (stream.response.ok) stream.reading = stream.read().catch(() => {});
    return stream;
  }
  async read() {
    let text = "";
    for await (const part of this.response.body.pipeThrough(new TextDecoderStream())) {
      text += part;
      for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
        const event = Object.fromEntries(text.slice(0, end).split("\n").map((line) => line.split(/: (.*)/s)));
        if (event.event) this.events.push({ name: event.event, data: JSON.parse(event.data) });
      }
    }
    this.isOver = true;
  }
  next(name, fits = () => true) {
    return until(`the event ${name}`, () => this.events.find((e) => e.name === name && fits(e.data)));
  }
  close() {
    this.abort.abort();
  }
}
