// From a refusal to the end of the dispute about it (Điều 47 to 50 of the Decree): who acts, who is asked, and who
// sees what, with the real workflows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province, until } from "./harness.mjs";

const at = province();
const see = async (person, id) => (await person.get(`/api/cases/${id}`)).body;
const statusFor = async (person, id) => (await person.get(`/api/cases/${id}`)).status;
const inDays = (days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
const decision = { options: ["partial"], content: "Chia sẻ loại hộ và kỳ rà soát, không chia sẻ địa chỉ.",
  within_authority: true, confirm_law: true, confirm_agreement: true };

async function theOthers() {
  const [ict, ictHead, office, police, health] = await Promise.all([
    at.p.signIn("focal", "Thông tin"), at.p.signIn("head", "Thông tin"), at.p.signIn("focal", "Văn phòng UBND"),
    at.p.signIn("focal", "Công an tỉnh"), at.p.signIn("focal", "Sở Y tế")]);
  return { ict, ictHead, office, police, health };
}

async function refused() {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  await at.minh.send(c.id, "RECEIVE");
  return at.tam.send(c.id, "REFUSE", { ground: "privacy", reason: "Mục tin địa chỉ thuộc bí mật đời tư của chủ hộ" });
}

async function dispute(about) {
  const answer = await at.lan.post("/api/cases", { workflow: "wf-08", about: about.id, party: "H51.5", fields: {
    subject: "Bị từ chối cung cấp dữ liệu hộ nghèo", category: "1", scope: "province",
    facts: "Sở từ chối cung cấp dữ liệu hộ nghèo với lý do dữ liệu cá nhân.", tried: "Đã trao đổi lại, Sở giữ nguyên ý kiến.",
    proposal: "Đề nghị cung cấp loại hộ và kỳ rà soát.", no_state_secret: true } });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

/** The child of a case that this agency has to do, as somebody sees it. */
const childOf = (c, workflow, agency) =>
  c.links.children.findLast((child) => child.workflow.id === workflow && (!agency || child.agency.code === agency));

async function report(person, checker, parent, agency, text) {
  const { id } = childOf(await see(person, parent), "assignment", agency) ?? childOf(await see(checker, parent), "assignment", agency);
  await person.send(id, "REPORT", { result: "done", report: text });
  return checker.send(id, "CONFIRM", { note: "Đạt yêu cầu" });
}

test("a refusal is told to ICT and the Office as a case of its own, and a dispute is offered", async () => {
  const { ict, office, health } = await theOthers();
  const c = await refused();
  const notice = childOf(await see(ict, c.id), "refusal-notice");
  assert.ok(notice?.is_open);
  assert.ok((await ict.inboxHas(notice.id)) && (await office.inboxHas(notice.id)));
  const noted = await ict.send(notice.id, "TAKE_NOTE", {});
  assert.equal(noted.is_open, true, "the Office has not noted it");
  assert.equal((await office.send(notice.id, "TAKE_NOTE", {})).outcome, "noted");
  assert.equal(await statusFor(at.lan, notice.id), 403);

  const mine = await see(at.lan, c.id);
  assert.deepEqual(mine.links.children, []);
  assert.equal(mine.links.hidden.children, 1);
  assert.deepEqual(mine.offers.map((offer) => offer.workflow), ["wf-08"]);
  assert.deepEqual((await see(at.minh, c.id)).offers, []);
  assert.equal(await statusFor(health, c.id), 403);
});

test("a dispute goes from the owner to ICT, is decided, carried out, checked and closed", async () => {
  const { ict, ictHead, office, police, health } = await theOthers();
  const about = await refused();
  const d = await dispute(about);
  assert.equal(d.service.code, "DV008");
  assert.equal(d.links.about.id, about.id);
  assert.equal((await see(at.minh, about.id)).links.about_this[0].id, d.id);
  for (const person of [at.minh, at.tam, ict, office]) assert.equal(await statusFor(person, d.id), 200);
  for (const person of [police, health]) assert.equal(await statusFor(person, d.id), 403);

  // level 1: the owner answers
  await at.minh.send(d.id, "RECEIVE");
  assert.equal((await ictHead.trySend(d.id, "GUIDE", decision)).status, 409, "it is not ICT's yet");
  await at.tam.send(d.id, "ANSWER", { result: "unsolved", answer: "Giữ nguyên việc từ chối do là dữ liệu cá nhân." });
  assert.ok(await at.lan.inboxHas(d.id));
  const second = await at.hung.send(d.id, "ESCALATE", { reason: "Mục tin cần thiết cho thủ tục hỗ trợ học phí" });
  assert.ok(second.states.includes("l2_in_progress"));
  assert.ok(!(await at.tam.can(d.id)).includes("ANSWER"));

  // level 2: ICT asks, decides, gives tasks
  await ict.send(d.id, "ASK_OPINIONS", { agencies: ["H51.16"], due_on: inDays(10), question: "Có bảo đảm an ninh mạng không?" });
  assert.equal(await statusFor(police, d.id), 403, "who is asked sees what he is asked, not the dispute");
  const asked = childOf(await see(ict, d.id), "assignment", "H51.16");
  assert.ok(await police.inboxHas(asked.id));
  assert.equal((await see(police, asked.id)).links.hidden.parent, 1);
  await police.send(asked.id, "REPORT", { result: "done", report: "Không ảnh hưởng đến an ninh mạng." });
  await ict.send(asked.id, "CONFIRM");
  await until("the dispute is told", async () => (await see(ict, d.id)).history.some((e) => e.type === "ASSIGNMENT_DONE"));

  assert.equal((await ict.trySend(d.id, "GUIDE", decision)).status, 403, "only the head decides");
  const planned = await ictHead.send(d.id, "GUIDE", { ...decision, tasks: [
    { agency: "H51.5", text: "Cấp tài khoản khai thác hai mục tin", due_on: inDays(14) },
    { agency: "H51.19.3", text: "Ghi mục đích từng lượt tra cứu", due_on: inDays(21) }] });
  assert.ok(planned.states.includes("implementing"));
  assert.equal(planned.links.children.filter((child) => child.workflow.id === "assignment" && child.is_open).length, 2);
  assert.deepEqual(childOf(await see(at.minh, d.id), "assignment").agency.code, "H51.5", "the owner sees its own task alone");

  // the tasks are reported and told to the dispute
  await report(at.minh, ict, d.id, "H51.5", "Đã cấp tài khoản cho hai mục tin.");
  assert.ok((await see(ict, d.id)).states.includes("implementing"), "one is not done");
  await report(at.lan, ict, d.id, "H51.19.3", "Phần mềm một cửa đã ghi mục đích.");
  await until("the dispute to be checked", async () => (await see(ict, d.id)).states.includes("check_ict"));

  // compliance
  for (const person of [ict, at.hung, at.tam])
    assert.equal((await person.trySend(d.id, "COMPLIED", { finding: "Các bên đã thực hiện." })).status, 403);
  assert.ok(await ictHead.inboxHas(d.id));
  const closed = await ictHead.send(d.id, "COMPLIED", { finding: "Hai bên đã thực hiện đủ phương án." });
  assert.deepEqual([closed.is_open, closed.outcome, closed.tasks, closed.can], [false, "resolved", [], []]);
  const told = closed.history.filter((event) => event.type === "ASSIGNMENT_DONE");
  assert.deepEqual(told.map((event) => event.data.agency), ["H51.16", "H51.5", "H51.19.3"]);
  assert.ok(told.every((event) => event.kind === "system" && event.actor === null));
});

test("an open question is recalled when the dispute needs no answer any more", async () => {
  const { ict, ictHead, police } = await theOthers();
  const d = await dispute(await refused());
  await at.tam.send(d.id, "ANSWER", { result: "unsolved", answer: "Giữ nguyên việc từ chối do là dữ liệu cá nhân." });
  await at.hung.send(d.id, "ESCALATE", { reason: "Mục tin cần thiết cho thủ tục hỗ trợ học phí" });
  await ict.send(d.id, "ASK_OPINIONS", { agencies: ["H51.16"], due_on: inDays(10), question: "Có bảo đảm an ninh mạng không?" });
  const asked = childOf(await see(ict, d.id), "assignment", "H51.16");
  await ictHead.send(d.id, "GUIDE", { ...decision, tasks: [{ agency: "H51.5", text: "Cấp tài khoản khai thác", due_on: inDays(14) }] });
  await until("the question to be recalled", async () => (await see(police, asked.id)).outcome === "recalled");
  assert.ok(!(await police.inboxHas(asked.id)));
  assert.equal(childOf(await see(ict, d.id), "assignment", "H51.5").is_open, true);
});
