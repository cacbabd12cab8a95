// A random walk, four at once: random people open cases of every workflow and send them random events with random forms,
// while the clock moves on. Nobody is ever answered 500, no timer gets stuck, and the books agree at the end.
//   SEED=7 STEPS=5000 node --test tests/api/walk.test.mjs
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Dice, Filler } from "./forms.mjs";
import { Person, province, until } from "./harness.mjs";
import { tool } from "./tool.mjs";

const seed = Number(process.env.SEED ?? 1);
const steps = Number(process.env.STEPS ?? 1200);
const seconds = Number(process.env.SECONDS ?? (process.env.STEPS ? 3600 : 15));
const at = province({ workers: 2 });
const dice = new Dice(seed);

/** Everybody of the province, signed in without a password: sessions stand in the database. */
function everybody(p) {
  return p.sql(`SELECT p.id, p.login, GROUP_CONCAT(CONCAT(h.post, ' ', g.code)) FROM person p JOIN holding h ON h.person_id = p.id
      JOIN agency g ON g.id = h.agency_id GROUP BY p.id`).map(([id, login, posts]) => {
    const secret = createHash("sha256").update(`walk ${login}`).digest("base64url");
    const hash = createHash("sha256").update(secret).digest("hex");
    p.sql(`INSERT INTO session (person_id, secret_hash, address, expires_at) VALUES (${id}, '${hash}', 'test', '2100-01-01')`);
    const person = new Person(p, { login, name: login });
    person.cookies.set("lt_session", secret);
    return Object.assign(person, { posts: posts.split(","), agencies: posts.split(",").map((held) => held.split(" ")[1]) });
  });
}

class Walk {
  constructor(p) {
    Object.assign(this, { p, people: everybody(p), cases: [], known: new Map(), counts: {}, taken: new Set(), days: 0, log: [] });
  }

  async prepare() {
    const reader = this.people[0];
    const { items } = (await reader.get("/api/workflows")).body;
    this.workflows = await Promise.all(items.map(async (w) => (await reader.get(`/api/workflows/${w.id}`)).body));
    this.byId = new Map(this.workflows.map((w) => [w.id, w]));
    this.agencies = (await reader.get("/api/agencies")).body.items.map((a) => a.code);
    this.services = await Promise.all((await reader.get("/api/services?limit=50")).body.items.map(
      async (s) => (await reader.get(`/api/services/${s.code}`)).body));
    this.events = [...new Set((await Promise.all(this.workflows.map((w) => reader.get(`/api/workflows/${w.id}/rights`))))
      .flatMap((answer) => answer.body.states.flatMap((state) => state.events.map((event) => event.event))))];
    this.today = this.p.sql("SELECT CURRENT_DATE")[0][0];
    for (const [id, workflow] of this.p.sql("SELECT id, workflow FROM cases WHERE is_open = 1")) this.remember({ id: Number(id), workflow, isOpen: true });
  }

  filler(size, workflow, service, view) {
    const grounds = Object.fromEntries(Object.entries(this.byId.get(workflow).grounds ?? {}).map(([kind, list]) => [kind, list.map((g) => g.code)]));
    return new Filler(dice, { size, today: this.today, grounds, agencies: this.agencies, within: view?.fields,
      items: this.services.find((s) => s.code === service)?.items.map((item) => item.name), most: 8 });
  }

  /** Counts an answer by its status and word; a 500 is the end. */
  note(what, answer) {
    const key = `${answer.status} ${answer.body?.code ?? "ok"}`;
    this.counts[key] = (this.counts[key] ?? 0) + 1;
    this.log.push(`${what}: ${key}`);
    assert.ok(answer.status < 500, `seed ${seed}, ${what}: ${answer.status} ${answer.text}\n${this.log.slice(-8).join("\n")}\n${this.p.logText().slice(-1500)}`);
    return answer;
  }

  async open() {
    const w = dice.pick(this.workflows);
    const person = dice.pick(this.people);
    const size = dice.pick(["min", "max", "any", "any"]);
    const fit = this.services.filter((s) => w.kind !== "request" || s.workflow === w.id);
    const service = w.start.service === "none" || (w.start.service === "optional" && dice.chance(0.5)) ? null : dice.pick(fit.length ? fit : this.services).code;
    const about = w.start.about && (w.start.about.required || dice.chance(0.5)) ? dice.pick(this.cases.filter((c) => w.start.about.workflows.includes(c.workflow)))?.id : null;
    const body = { workflow: w.id, fields: this.filler(size, w.id, service).form(w.form) };
    if (service && !about) body.service = service;
    if (about) body.about = about;
    if (w.start.party === "required") body.party = dice.pick(this.agencies);
    if (new Set(person.agencies).size > 1) body.agency = dice.pick(person.agencies);
    if (dice.chance(0.03)) body.received_at = dice.pick(["2020-05-24T10:00:00Z", "2026-10-01T03:00:00Z", "2025-09-01T00:00:00Z", "2099-01-01T00:00:00Z"]);
    const answer = this.note(`${person.login} opens ${w.id} ${size}`, await person.post("/api/cases", body));
    if (answer.status === 201) this.keep(answer.body);
  }

  remember(one) {
    this.known.set(one.id, one);
    this.cases.push(one);
  }

  keep(view) {
    this.taken.add(`${view.workflow.id} ${view.states.join(" ")}`);
    for (const c of [view, ...view.links.children, ...view.links.about_this]) {
      const known = this.known.get(c.id);
      if (known) known.isOpen = c.is_open;
      else this.remember({ id: c.id, workflow: c.workflow.id, isOpen: c.is_open });
    }
  }

  /** Mostly somebody who has something to do there; at times anybody. */
  async act() {
    const open = dice.chance(0.03) ? this.cases : this.cases.filter((c) => c.isOpen);
    const one = dice.pick(dice.chance(0.5) ? open.slice(-30) : open);
    if (!one.sides || dice.chance(0.1))
      one.sides = this.p.sql(`SELECT g.code FROM agency g JOIN case_party p ON p.agency_id = g.id WHERE p.case_id = ${one.id}`).flat();
    const concerned = this.people.filter((person) => person.agencies.some((code) => one.sides.includes(code)));
    const people = dice.chance(0.05) || !concerned.length ? this.people : concerned;
    for (let tries = 0, person = dice.pick(people); tries < 5; tries++) {
      const seen = this.note(`${person.login} looks at ${one.id}`, await person.get(`/api/cases/${one.id}`));
      const option = dice.pick(seen.body.can ?? []);
      if (seen.status === 200) this.keep(seen.body);
      if (seen.status === 200 && (option || tries === 4)) return this.send(person, one, seen, option);
      const task = dice.pick(seen.body.tasks ?? []);
      const holders = this.people.filter((other) => other.posts.includes(`${task?.post} ${task?.agency.code}`));
      person = dice.pick(holders.length ? holders : people);
    }
  }

  async send(person, one, seen, option) {
    const isWild = !option || dice.chance(0.05);
    const type = isWild ? dice.pick(this.events) : option.type;
    const service = seen.body.service?.code;
    const size = dice.pick(["min", "max", "any", "any", "any"]);
    const form = option?.form && !dice.chance(0.03) ? this.filler(size, one.workflow, service, seen.body).form(option.form) : undefined;
    const answer = this.note(`${person.login} sends ${type} ${size} to ${one.id} (${one.workflow} ${seen.body.states})`,
      await person.post(`/api/cases/${one.id}/events`, form === undefined ? { type } : { type, data: form }, { "if-match": seen.etag }));
    if (answer.status === 200) this.keep(answer.body);
    assert.ok(isWild || answer.status !== 403, `${person.login} was offered ${type}: ${answer.text}`);
    if (answer.status === 422 && process.env.SHOW) console.log(one.workflow, type, size, JSON.stringify(answer.body.errors));
  }

  async moveClock() {
    const by = dice.chance(0.4) ? { hours: 1 + dice.below(30) } : { working_days: 1 + dice.below(8) };
    this.days += by.working_days ?? 2;
    if (this.days > 200) return;
    const answer = this.note("the clock moves", await this.people[0].post("/api/demo/clock", by));
    this.today = answer.body.now.slice(0, 10);
  }

  async step() {
    const n = dice.next();
    if (n < 0.02) await this.moveClock();
    else if (n < 0.15) await this.open();
    else await this.act();
  }
}

/** What is due has been done, or failed and waits to be tried again: that is a timer that is stuck. */
async function assertNoTimerIsStuck(p) {
  const offset = Number((await p.nobody().get("/api/demo/clock")).body?.offset_s ?? 0);
  await until("everything due is done", () => p.sql(`SELECT COUNT(*) FROM timer t WHERE attempts = 0 AND
    next_at <= UTC_TIMESTAMP(6) + INTERVAL ${offset} SECOND`)[0][0] === "0", 60000);
  const stuck = p.sql(`SELECT c.workflow, c.number, c.active_states, t.timer_id, t.event, t.attempts, t.last_error FROM timer t
    JOIN cases c ON c.id = t.case_id WHERE t.last_error IS NOT NULL OR t.attempts > 1 LIMIT 20`);
  assert.deepEqual(stuck, []);
}

function assertBooksAgree(p) {
  const none = (what, query) => assert.deepEqual(p.sql(`${query} LIMIT 10`), [], what);
  none("as many events as the version says", "SELECT c.id FROM cases c WHERE c.version <> (SELECT COUNT(*) FROM event e WHERE e.case_id = c.id)");
  none("the chain of hashes", `SELECT e.case_id, e.version FROM event e JOIN event b ON b.case_id = e.case_id AND b.version = e.version - 1
    WHERE e.prev_hash <> b.hash`);
  none("the head of the chain", "SELECT c.id FROM cases c JOIN event e ON e.case_id = c.id AND e.version = c.version WHERE e.hash <> c.head_hash");
  none("a closed case asks nothing", "SELECT k.case_id FROM task k JOIN cases c ON c.id = k.case_id WHERE k.is_open = 1 AND c.is_open = 0");
  none("a closed case waits for nothing", `SELECT t.case_id, t.timer_id FROM timer t JOIN cases c ON c.id = t.case_id WHERE c.is_open = 0
    AND t.timer_id NOT LIKE 'told%'`);
  none("a closed case has an outcome", "SELECT number FROM cases WHERE is_open = 0 AND (outcome IS NULL OR closed_at IS NULL)");
}

/** What nobody has to do and no clock ends rests until somebody wants to do something. */
async function assertNoCaseIsLost(walk) {
  const resting = walk.p.sql(`SELECT c.id, c.workflow, c.number, c.active_states FROM cases c WHERE c.is_open = 1
    AND NOT EXISTS (SELECT 1 FROM task k WHERE k.case_id = c.id AND k.is_open = 1) AND NOT EXISTS (SELECT 1 FROM timer t WHERE t.case_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM cases k WHERE k.parent_id = c.id AND k.is_open = 1)`);
  for (const [id, ...what] of resting) {
    const views = await Promise.all(walk.people.map((person) => person.get(`/api/cases/${id}`)));
    assert.ok(views.some((view) => view.body.can?.length), `nobody can do anything: ${what.join(" ")}`);
  }
}

test(`a random walk over all workflows (seed ${seed})`, { timeout: (seconds + 120) * 1000 }, async () => {
  const walk = new Walk(at.p);
  await walk.prepare();
  const end = Date.now() + seconds * 1000;
  let n = 0;
  await Promise.all(Array.from({ length: 4 }, async () => {
    while (n++ < steps && Date.now() < end) await walk.step();
  }));
  if (process.env.SHOW) console.log(n, walk.cases.length, walk.counts, [...walk.taken].length);
  assert.ok(walk.cases.length > 20 && walk.counts["200 ok"] > n / 4, `too little happened: ${JSON.stringify(walk.counts)}`);
  await assertNoTimerIsStuck(at.p);
  assertBooksAgree(at.p);
  await assertNoCaseIsLost(walk);
  await at.p.stopServer();
  assert.doesNotMatch(at.p.logText(), / error /);
  const check = await tool(at.p, ["flow", "rebuild", "--check"]);
  assert.equal(check.code, 0, `${check.out.slice(-3000)}${check.err.slice(-2000)}`);
});
