// Officials who are malicious or careless between cases, on the workflows of the province: what they may not
// open, tell, agree to, see. And the moments at which two of them act at once.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Dice, Filler } from "./forms.mjs";
import { fields, province, root, Stream, until } from "./harness.mjs";

const at = province({ workers: 2 });
const who = {};
const person = async (post, agency) => (who[`${post} ${agency}`] ??= await at.p.signIn(post, agency));
const ict = () => person("focal", "Thông tin");
const office = () => person("focal", "Văn phòng UBND");
const stranger = () => person("focal", "Sở Xây dựng");

const forms = new Map();
async function form(id) {
  if (!forms.has(id)) forms.set(id, (await at.lan.get(`/api/workflows/${id}`)).body);
  return forms.get(id);
}
const day = (n) => new Date(Date.now() + n * 86400000).toISOString().slice(0, 10);

/** A good form for a case of this workflow, with what is given put over it. */
async function filled(id, more = {}, schema) {
  const w = await form(id);
  at.agencies ??= (await at.lan.get("/api/agencies")).body.items.map((agency) => agency.code);
  at.items ??= (await at.lan.get("/api/services/DV008")).body.items.map((item) => item.name);
  const grounds = Object.fromEntries(Object.entries(w.grounds).map(([kind, list]) => [kind, list.map((ground) => ground.code)]));
  const filler = new Filler(new Dice(1), { size: "min", today: day(0), agencies: at.agencies, items: at.items, grounds });
  filler.date = () => day(10);
  return { ...filler.form(schema ?? w.form), ...more };
}
const open = async (by, body, more) => by.post("/api/cases", { ...body, fields: await filled(body.workflow, more) });
const opened = async (by, body, more) => {
  const answer = await open(by, body, more);
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
};
const dispute = () => opened(at.lan, { workflow: "wf-08", party: "H51.5" });
const see = async (by, id) => (await by.get(`/api/cases/${id}`)).body;
/** Sends an event with a good form, changed as given. */
async function send(by, id, type, more) {
  const seen = await by.get(`/api/cases/${id}`);
  const option = seen.body.can?.find((one) => one.type === type);
  assert.ok(option, `${by.login} cannot ${type}: ${JSON.stringify(seen.body.can?.map((one) => one.type) ?? seen.body)} in ${seen.body.states}`);
  const data = option.form ? await filled(seen.body.workflow.id, more, option.form) : undefined;
  return by.post(`/api/cases/${id}/events`, { type, data }, { "if-match": seen.etag });
}
const sent = async (by, id, type, more) => {
  const answer = await send(by, id, type, more);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
};
const pointers = (answer) => (answer.body.errors ?? []).map((error) => error.pointer);
const count = (table) => at.p.sql(`SELECT COUNT(*) FROM ${table}`)[0][0];

test("nobody states the day of receipt of his own letter", async () => {
  const received_at = `${day(-300)}T03:00:00Z`;
  const before = count("cases");
  const vanthu = await person("clerk", "Phường 3");
  for (const by of [at.lan, at.hung, vanthu]) {
    const own = await by.post("/api/cases", { workflow: "wf-01", service: "DV008", fields: await fields(at.lan), received_at });
    assert.deepEqual([own.status, own.body.code], [403, "not-your-post"], own.text);
  }
  for (const [by, body] of [[at.lan, { workflow: "wf-08", party: "H51.5" }], [at.minh, { workflow: "wf-06", service: "DV008", party: "H51.19.3" }],
    [at.minh, { workflow: "wf-07", service: "DV008", party: "H51.19.3" }], [at.lan, { workflow: "wf-16", service: "DV008" }],
    [at.lan, { workflow: "wf-23" }]]) {
    const answer = await open(by, { ...body, received_at });
    assert.deepEqual([answer.status, pointers(answer)], [422, ["/received_at"]], `${body.workflow} ${answer.text}`);
  }
  const paper = { workflow: "wf-01", service: "DV008", agency: "H51.19.3", fields: await fields(at.lan) };
  for (const old of ["2020-05-24T03:00:00Z", "1900-01-01T00:00:00Z", "0001-01-01T00:00:00Z"]) {
    const answer = await at.minh.post("/api/cases", { ...paper, received_at: old });
    assert.deepEqual([answer.status, answer.body.code], [409, "no-due-date"], answer.text);
  }
  assert.equal(count("cases"), before);
  const old = await at.minh.post("/api/cases", { ...paper, received_at: "2025-09-01T03:00:00Z" });
  assert.deepEqual([old.status, old.body.regime.code], [201, "VN-ND47-194"]);
});

test("what only cases and the calendar open is opened by no person", async () => {
  const before = count("cases WHERE parent_id IS NULL"); // what is very late opens others meanwhile
  const people = [at.lan, at.hung, at.minh, at.tam, await ict(), await office(), await person("head", "Thông tin"), await person("chair", "Văn phòng UBND")];
  for (const workflow of ["assignment", "escalation", "refusal-notice", "wf-10-proposal", "wf-13-self", "wf-19-report"])
    for (const by of people) {
      const party = (await form(workflow)).start.party === "required" ? { party: "H51.13" } : {};
      const answer = await open(by, { workflow, ...party });
      assert.deepEqual([answer.status, answer.body.code], [403, "not-your-post"], `${by.login} ${workflow} ${answer.text}`);
    }
  assert.equal(count("cases WHERE parent_id IS NULL"), before);
});

test("about and party are what they have to be, or the field is named", async () => {
  const theirs = await at.lan.request();
  const restricted = await opened(at.lan, { workflow: "wf-17", party: "H51.5" });
  const own = await dispute();
  const nobody = "H51.999";
  for (const [by, body, pointer] of [
    [await stranger(), { workflow: "wf-08", party: "H51.5", about: theirs.id }, "/about"],
    [at.minh, { workflow: "wf-08", party: "H51.19.3", about: theirs.id }, "/about"], // not sent yet: the owner knows nothing of it
    [await stranger(), { workflow: "wf-20", about: restricted.id }, "/about"],
    [at.lan, { workflow: "wf-08", party: "H51.5", about: own.id + 100000 }, "/about"],
    [at.lan, { workflow: "wf-16", service: "DV008", about: own.id }, "/about"],
    [at.lan, { workflow: "wf-08", party: "H51.5", about: restricted.id }, "/about"],
    [at.lan, { workflow: "wf-22", about: own.id }, "/about"],
    [at.lan, { workflow: "wf-08" }, "/party"], [at.lan, { workflow: "wf-08", party: nobody }, "/party"],
    [at.lan, { workflow: "wf-08", party: "h51.5" }, "/party"], [at.lan, { workflow: "wf-08", party: "ict" }, "/party"],
    [at.lan, { workflow: "wf-08", party: "H51.5' OR '1'='1" }, "/party"], [at.lan, { workflow: "wf-22", party: "H51.5" }, "/party"]]) {
    const answer = await open(by, body);
    assert.deepEqual([answer.status, pointers(answer)], [422, [pointer]], `${JSON.stringify(body)} ${answer.text}`);
    assert.doesNotMatch(answer.text, new RegExp(`${theirs.number}|${restricted.number}`));
  }
  const self = await open(at.lan, { workflow: "wf-08", party: "H51.19.3" });
  assert.deepEqual([self.status, self.body.code], [409, "own-agency"]);
});

test("the same key opens one case; another party or another case under it is refused", async () => {
  const first = await at.lan.request();
  const body = { workflow: "wf-08", party: "H51.5", about: first.id, fields: await filled("wf-08") };
  const key = { "idempotency-key": randomUUID() };
  const before = Number(count("cases"));
  const answers = await Promise.all(Array.from({ length: 6 }, () => at.lan.post("/api/cases", body, key)));
  const ids = new Set(answers.filter((answer) => answer.status === 201).map((answer) => answer.body.id));
  assert.equal(ids.size, 1, answers.map((answer) => answer.status).join());
  assert.ok(answers.every((answer) => [201, 503].includes(answer.status)));
  assert.equal(Number(count("cases")), before + 1);
  const second = await at.lan.request();
  for (const change of [{ party: "H51.7" }, { about: second.id }, { about: undefined }]) {
    const answer = await at.lan.post("/api/cases", { ...body, ...change }, key);
    assert.deepEqual([answer.status, answer.body.code], [422, "key-reused"], answer.text);
  }
});

test("what cases tell each other no person can say", async () => {
  const names = new Set();
  const gather = (node) => {
    if (Array.isArray(node)) node.forEach(gather);
    else if (node && typeof node === "object") {
      for (const [event, transitions] of Object.entries(node.on ?? {}))
        if ([transitions].flat().some((t) => t.meta?.told)) names.add(event);
      Object.values(node).forEach(gather);
    }
  };
  for (const name of fs.readdirSync(path.join(root, "workflows")).filter((file) => file.endsWith(".json")))
    gather(JSON.parse(fs.readFileSync(path.join(root, "workflows", name))));
  assert.ok(names.size >= 10, [...names].join());
  const c = await dispute();
  const account = await opened(at.minh, { workflow: "wf-05", service: "DV008", party: "H51.19.3" }, { account: "phuong3" });
  for (const one of [c, account]) {
    const before = await see(at.lan, one.id);
    for (const type of [...names, "xstate.init", "xstate.stop", "*", "", "START"])
      for (const by of [at.lan, at.minh, at.hung, at.tam]) {
        const answer = await by.trySend(one.id, type, { case: one.number });
        assert.ok([400, 403, 409, 422].includes(answer.status), `${type} by ${by.login}: ${answer.status} ${answer.text}`);
        const bare = await by.trySend(one.id, type);
        assert.ok([400, 403, 409, 422].includes(bare.status), `${type} by ${by.login}: ${bare.status} ${bare.text}`);
      }
    assert.equal((await see(at.lan, one.id)).version, before.version);
  }
});

test("two who agree at once: both count, once each", async () => {
  const ictHead = await person("head", "Thông tin");
  const asked = await opened(await ict(), { workflow: "wf-03", service: "DV008", party: "G11" });
  const c = await sent(await ict(), asked.id, "ASK_OWNER");
  const seen = await at.tam.get(`/api/cases/${c.id}`);
  const body = { type: "AGREE", data: await filled("wf-03", {}, seen.body.can.find((one) => one.type === "AGREE").form) };
  const agree = (by) => by.post(`/api/cases/${c.id}/events`, body, { "if-match": seen.etag });
  const answers = await Promise.all([at.tam, at.tam, ictHead].map(agree));
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 412, 412], answers.map((answer) => answer.text.slice(0, 300)).join("\n"));
  const [first, other] = answers[2].status === 200 ? [ictHead, at.tam] : [at.tam, ictHead];
  const again = await first.trySend(c.id, "AGREE", body.data);
  assert.deepEqual([again.status, again.body.code], [403, "own-case"], again.text);
  assert.equal((await see(first, c.id)).approvals[0].agreed.length, 1);
  const done = await other.trySend(c.id, "AGREE", body.data);
  assert.equal(done.status, 200, done.text);
  assert.ok(!done.body.states.includes("consensus"), done.body.states.join());
  const late = await other.trySend(c.id, "AGREE", body.data);
  assert.deepEqual([late.status, late.body.code], [409, "not-in-this-state"], late.text);
});

test("an agency that takes two sides agrees once for both", async () => {
  const ictHead = await person("head", "Thông tin");
  const [[service]] = at.p.sql("SELECT s.code FROM service s JOIN agency g ON g.id = s.owner_id WHERE g.role = 'ict' LIMIT 1");
  const items = (await at.lan.get(`/api/services/${service}`)).body.items.slice(0, 1).map((item) => item.name);
  const asked = await opened(await ict(), { workflow: "wf-03", service, party: "G11" }, { items });
  const c = await sent(await ict(), asked.id, "ASK_OWNER");
  assert.deepEqual(c.approvals[0].waiting.map((one) => one.agency.code), ["H51.2"]);
  const done = await sent(ictHead, c.id, "AGREE", { items });
  assert.ok(!done.states.includes("consensus"), done.states.join());
});

test("a signature is for the text that was signed: after a return it counts no more", async () => {
  const [[code, owner]] = at.p.sql("SELECT s.code, g.name_vi FROM service s JOIN agency g ON g.id = s.owner_id WHERE s.workflow = 'wf-02' AND g.code <> 'H51.19.3' LIMIT 1");
  const [focal, head] = [await person("focal", owner), await person("head", owner)];
  const items = (await at.lan.get(`/api/services/${code}`)).body.items.slice(0, 1).map((item) => item.name);
  const c = await opened(at.lan, { workflow: "wf-02", service: code }, { items });
  await sent(at.hung, c.id, "SIGN");
  await sent(focal, c.id, "ADMIT");
  await sent(focal, c.id, "REVIEWED", { ask_police: false });
  for (let n = 0; n < 2; n++) await send(focal, c.id, "ADD_PARTY", { agency: "H51.13" });
  assert.equal(at.p.sql(`SELECT JSON_LENGTH(context, '$.parties') FROM cases WHERE id = ${c.id}`)[0][0], "1");
  await sent(focal, c.id, "DRAFT_AGREEMENT", { items });
  for (const by of [at.lan, focal, await stranger()]) await sent(by, c.id, "AGREE_DRAFT");
  const signed = await sent(at.hung, c.id, "SIGN_AGREEMENT");
  const etag = `"${signed.version}"`;
  const racing = await Promise.all([head.post(`/api/cases/${c.id}/events`, { type: "RETURN", data: { reason: "Cần sửa điều khoản bảo mật" } }, { "if-match": etag }),
    (await person("head", "Sở Xây dựng")).post(`/api/cases/${c.id}/events`, { type: "SIGN_AGREEMENT", data: {} }, { "if-match": etag })]);
  assert.equal(racing.filter((answer) => answer.status === 412).length, 1, racing.map((answer) => answer.text.slice(0, 200)).join("\n"));
  if (racing[0].status === 412) await sent(head, c.id, "RETURN");
  const back = await see(head, c.id);
  assert.ok(back.states.includes("drafting"), back.states.join());
  const late = await at.hung.trySend(c.id, "SIGN_AGREEMENT", {});
  assert.deepEqual([late.status, late.body.code], [409, "not-in-this-state"], late.text);
  assert.deepEqual(back.approvals.filter((one) => one.state === "signing").flatMap((one) => one.agreed), []);
});

test("a restricted case leaves no trace with those who may not see it", async () => {
  const secret = "Zxqvwk bí mật lộ lọt";
  const listener = await Stream.open(await stranger());
  await listener.next("hello");
  const found = await opened(at.lan, { workflow: "wf-17", party: "H51.5", service: "DV008" }, { where: secret });
  const breach = await opened(at.lan, { workflow: "wf-23", service: "DV008" });
  for (const by of [await stranger(), await person("head", "Sở Xây dựng"), await person("focal", "Sở Tài chính")]) {
    for (const one of [found, breach]) {
      for (const answer of [await by.get(`/api/cases/${one.id}`), await by.trySend(one.id, "CONTAIN", {}),
        await by.get(`/api/stream?case=${one.id}`)]) {
        assert.equal(answer.status, 403, answer.text);
        assert.doesNotMatch(answer.text, new RegExp(`${one.number}|${secret}`));
      }
      for (const query of [one.number, "zxqvwk", one.title, `?workflow=wf-17,wf-23`, "?scope=all", "?scope=agency&state=open", "?state=overdue"]) {
        const url = query.startsWith("?") ? `/api/cases${query}&limit=200` : `/api/cases?q=${encodeURIComponent(query)}&limit=200`;
        const list = (await by.get(url)).body;
        assert.ok(!list.items.some((line) => line.id === one.id), `${by.login} finds ${one.number} by ${query}`);
        if (!query.startsWith("?")) assert.equal(list.items.filter((line) => line.workflow.id === one.workflow.id).length, 0);
      }
      assert.equal((await by.post("/api/drafts", { workflow: "wf-20", about: one.id, fields: {} })).status, 422);
    }
    assert.doesNotMatch((await by.get("/api/grants?limit=200")).text, new RegExp(`${found.number}|${breach.number}`));
    assert.equal(await by.inboxHas(found.id), false);
  }
  const breachSeen = await at.minh.get(`/api/cases/${breach.id}`);
  assert.equal(breachSeen.status, 403, "the owner of the data is no side of the breach");
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.ok(!listener.events.some((event) => [found.id, breach.id].includes(event.data.case)));
  listener.close();
});

test("who leaves an agency sees nothing more of the cases that he opened for it", async () => {
  const lam = await person("focal", "Sở Giáo dục");
  const found = await opened(lam, { workflow: "wf-17", party: "H51.5" });
  const lists = async () => {
    const urls = ["/api/cases?workflow=wf-17", "/api/cases?scope=mine", `/api/cases?q=${found.number}`, `/api/cases?scope=mine&q=${found.number}`];
    return Promise.all(urls.map(async (url) => (await lam.get(`${url}&limit=200`)).body.items.some((line) => line.id === found.id)));
  };
  assert.deepEqual(await lists(), [true, true, true, true]);
  const move = (from, to) => at.p.sql(`UPDATE holding SET agency_id = (SELECT id FROM agency WHERE code = '${to}')
    WHERE agency_id = (SELECT id FROM agency WHERE code = '${from}') AND person_id = (SELECT id FROM person WHERE login = '${lam.login}')`);
  move("H51.11", "H51.12");
  assert.equal((await lam.get(`/api/cases/${found.id}`)).status, 403);
  assert.deepEqual(await lists(), [false, false, false, false]);
  move("H51.12", "H51.11");
});

test("a draft is its owner's, and opens nothing that he could not open", async () => {
  const first = await at.lan.request();
  const draft = (await at.lan.post("/api/drafts", { workflow: "wf-08", party: "H51.5", about: first.id, fields: {} })).body;
  for (const by of [at.minh, at.hung, await stranger()]) {
    assert.equal((await by.get(`/api/drafts/${draft.id}`)).status, 404);
    assert.equal((await by.put(`/api/drafts/${draft.id}`, { workflow: "wf-08", fields: {} }, { "if-match": '"1"' })).status, 404);
    assert.equal((await by.delete(`/api/drafts/${draft.id}`)).status, 404);
    assert.ok(!(await by.get("/api/drafts")).text.includes(first.number));
  }
  const stolen = await at.minh.post("/api/cases", { workflow: "wf-08", party: "H51.19.3", fields: await filled("wf-08"), draft: draft.id });
  assert.deepEqual([stolen.status, stolen.body.code], [409, "draft-gone"], stolen.text);
  assert.equal((await at.lan.get(`/api/drafts/${draft.id}`)).status, 200);
  for (const [body, pointer] of [[{ party: "H51.999" }, "/party"], [{ agency: "H51.999" }, "/agency"], [{ about: 9999999 }, "/about"], [{ about: -1 }, "/about"]]) {
    const answer = await at.lan.post("/api/drafts", { workflow: "wf-08", fields: {}, ...body });
    assert.deepEqual([answer.status, pointers(answer)], [422, [pointer]], answer.text);
  }
});

test("an agency in a form is one of the province, wherever it stands; no plan is due before today", async () => {
  const head = await person("head", "Thông tin");
  const c = await opened(at.lan, { workflow: "wf-08", party: "H51.5" }, { scope: "province", level: "ict", earlier_answer: "Đã trả lời từ chối tại công văn số 12." });
  const task = (agency, due_on) => ({ agency, text: "Thực hiện việc được giao", due_on });
  for (const [type, more, pointer] of [
    ["ASK_OPINIONS", { agencies: ["H51.7", "H51.99"] }, "/data/agencies/1"],
    ["GUIDE", { tasks: [task("H51.7", day(20)), task("<b>Sở</b>", day(20))] }, "/data/tasks/1/agency"],
    ["GUIDE", { tasks: Array.from({ length: 201 }, () => task("H51.7", day(20))) }, "/data/tasks"]]) {
    const answer = await send(head, c.id, type, more);
    assert.deepEqual([answer.status, pointers(answer)], [422, [pointer]], answer.text);
  }
  const past = await send(head, c.id, "GUIDE", { tasks: [task("H51.7", day(20)), task("H51.7", "2020-01-01")] });
  assert.deepEqual([past.status, past.body.code], [409, "not-in-this-state"], past.text);
  assert.equal((await see(head, c.id)).links.children.length, 0);
  const plan = [...Array.from({ length: 47 }, () => task("H51.7", day(20))), task("H51.7", "2090-01-01"), task("G11", day(3)), task("H51.2", day(0))];
  const done = await sent(head, c.id, "GUIDE", { tasks: plan });
  assert.equal(done.links.children.length, 50);
});

test("all who were given a task report at the same moment: each is heard once", async () => {
  const [head, focal, finance] = [await person("head", "Thông tin"), await ict(), await person("focal", "Sở Tài chính")];
  const c = await opened(at.lan, { workflow: "wf-08", party: "H51.5" }, { scope: "province", level: "ict", earlier_answer: "Đã trả lời từ chối tại công văn số 12." });
  const tasks = Array.from({ length: 12 }, () => ({ agency: "H51.7", text: "Thực hiện việc được giao", due_on: day(20) }));
  const { children } = (await sent(head, c.id, "GUIDE", { tasks })).links;
  await Promise.all(children.map((child) => sent(finance, child.id, "REPORT")));
  await Promise.all(children.map((child) => sent(focal, child.id, "CONFIRM")));
  const now = await until("all are heard", async () => {
    const view = await see(head, c.id);
    return view.states.includes("check_ict") && view;
  });
  assert.equal(now.history.filter((event) => event.type === "ASSIGNMENT_DONE").length, tasks.length);
});

test("what an agreement gave is listed to its sides alone", async () => {
  const account = await opened(at.minh, { workflow: "wf-05", service: "DV008", party: "H51.19.3" }, { account: "phuong3" });
  const has = async (by) => (await by.get("/api/grants?limit=200")).body.items.some((grant) => grant.case.id === account.id);
  const given = (await see(at.lan, account.id)).grants.length > 0;
  assert.deepEqual([await has(at.lan), await has(at.minh), await has(await stranger()), await has(await office())], [given, given, false, false]);
  assert.equal((await (await stranger()).get(`/api/cases/${account.id}`)).status, 403);
});
