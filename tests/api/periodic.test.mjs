// The yearly inspection (Điều 16 of the Decree) from its day in the calendar to its end: it opens itself, fans out to the
// owners of services, shows who is late, is concluded and closed by what the owners do; with the real workflows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province, until } from "./harness.mjs";

const at = province();
const see = async (person, id) => (await person.get(`/api/cases/${id}`)).body;
const databases = [{ name: "Cơ sở dữ liệu giảm nghèo", inventory: "12 mục tin", inventory_score: 9, standards: "Đúng quy chuẩn",
  standards_score: 8, quality: "12 % số định danh sai", quality_score: 6, upkeep: "Cập nhật hằng quý", upkeep_score: 8,
  sharing: "14 cơ quan dùng", sharing_score: 9 }];

/** The day of the schedule comes; it opens once. */
async function opensItself(workflow) {
  await until("its day is known", () => at.p.sql(`SELECT 1 FROM schedule WHERE workflow = '${workflow}'`).length);
  const newest = () => at.p.sql(`SELECT id FROM cases WHERE workflow = '${workflow}' AND created_by IS NULL ORDER BY id`).flat().map(Number);
  assert.deepEqual(newest(), []);
  at.p.sql(`UPDATE schedule SET next_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE workflow = '${workflow}'`);
  const [id] = await until(`${workflow} to open itself`, () => newest().length && newest());
  const [[isAhead]] = at.p.sql(`SELECT MIN(next_at > UTC_TIMESTAMP(6)) FROM schedule WHERE workflow = '${workflow}'`);
  assert.equal(isAhead, "1", "next year again");
  return id;
}

/** Only these cases hear the clock: the province has thousands of other timers. */
function hushOthers(parent) {
  at.p.sql(`DELETE FROM timer WHERE case_id NOT IN (SELECT id FROM cases WHERE id = ${parent} OR parent_id = ${parent})`);
}

test("the yearly inspection: opened by the calendar, answered by some, late for others, concluded", { timeout: 180000 }, async () => {
  const [ict, ictHead, chair, office, land, transport] = await Promise.all([
    at.p.signIn("focal", "Thông tin"), at.p.signIn("head", "Thông tin"), at.p.signIn("chair", "Văn phòng UBND"),
    at.p.signIn("focal", "Văn phòng UBND"), at.p.signIn("focal", "Tài nguyên"), at.p.signIn("focal", "Giao thông")]);
  const id = await opensItself("wf-13");
  const opened = await see(ict, id);
  assert.equal(opened.created_by, null);
  assert.equal(opened.fields.year, opened.created_at.slice(0, 4));
  assert.ok(await ict.inboxHas(id));
  assert.equal((await at.minh.get(`/api/cases/${id}`)).status, 403, "owners see their own part");

  // the plan, and one evaluation for each owner of services
  await ict.send(id, "SUBMIT_PLAN", { scope: "Mọi cơ sở dữ liệu có dịch vụ chia sẻ của tỉnh",
    method: "Chấm điểm theo khoản 2 Điều 16, thang 10", letter_number: "15/TTr-STTTT" });
  const approved = await chair.send(id, "APPROVE_PLAN", { decision_number: "300/QĐ-UBND", decision_date: opened.created_at.slice(0, 10) });
  assert.ok(approved.states.includes("self_assessing"));
  const owners = at.p.sql("SELECT DISTINCT a.code FROM service s JOIN agency a ON a.id = s.owner_id ORDER BY a.code").flat();
  const parts = (await see(ict, id)).links.children;
  assert.deepEqual(parts.map((part) => part.agency.code).sort(), [...owners].sort());
  const partOf = (code) => parts.find((part) => part.agency.code === code).id;
  assert.ok(await at.minh.inboxHas(partOf("H51.5")));
  assert.equal((await transport.get(`/api/cases/${partOf("H51.5")}`)).status, 403);
  assert.equal((await see(at.minh, partOf("H51.5"))).links.hidden.parent, 1);

  // one answers in time
  const half = { databases, conclusion: "Dữ liệu đạt yêu cầu", measures: "Đối chiếu số định danh với dữ liệu dân cư" };
  const bad = await at.minh.trySend(partOf("H51.5"), "SUBMIT", { ...half, databases: [{ ...databases[0], quality_score: 11 }] });
  assert.deepEqual([bad.status, bad.body.errors[0].pointer], [422, "/data/databases/0/quality_score"]);
  await at.minh.send(partOf("H51.5"), "SUBMIT", half);
  await at.tam.send(partOf("H51.5"), "SIGN", { letter_number: "250/BC-SLĐTBXH" });
  const heard = () => see(ict, id).then((c) => c.history.filter((event) => event.type === "SELF_REPORTED").map((event) => event.data.agency));
  await until("the report to be heard", async () => (await heard()).length === 1);
  assert.deepEqual(await heard(), ["H51.5"]);
  assert.ok((await see(ict, id)).states.includes("self_assessing"), "the others have not reported");

  // the last day passes
  hushOthers(id);
  const due = Date.parse((await see(land, partOf("H51.3"))).due_at);
  for (let hours = Math.ceil((due - Date.now()) / 36e5) + 1; hours > 0; hours -= 1440)
    await at.p.moveClock({ hours: Math.min(hours, 1440) });
  const late = await until("the inspection to go on", async () => {
    const c = await see(ict, id);
    return c.states.includes("checking") && c.links.children.filter((part) => part.is_overdue).length === owners.length - 1 && c;
  });
  assert.equal(late.links.children.find((part) => part.agency.code === "H51.5").is_overdue, false);
  assert.ok((await land.get("/api/inbox?limit=200")).body.items.find((item) => item.case.id === partOf("H51.3")).task.is_overdue);

  // one reports late, the conclusion ends what nobody answered
  const landHead = await at.p.signIn("head", "Tài nguyên");
  await land.send(partOf("H51.3"), "SUBMIT", half);
  await landHead.send(partOf("H51.3"), "SIGN", {});
  await until("the late report to be heard", async () => (await heard()).length === 2);
  const today = (await at.lan.get("/api/demo/clock")).body.now;
  const soon = new Date(Date.parse(today) + 30 * 864e5).toISOString().slice(0, 10);
  await ict.send(id, "SUBMIT_CONCLUSION", { findings: "Hai chủ quản đã tự đánh giá, các cơ quan khác chưa báo cáo",
    measures: [{ agency: "H51.5", title: "Làm sạch số định danh", task: "Đối chiếu số định danh chủ hộ với dữ liệu dân cư", due_on: soon }] });
  const concluded = await ictHead.send(id, "CONCLUDE", { letter_number: "05/KL-STTTT", letter_date: today.slice(0, 10) });
  assert.ok(concluded.states.includes("maintaining"));
  const ended = await until("what is not answered to end", async () => {
    const children = (await see(ict, id)).links.children.filter((part) => part.workflow.id === "wf-13-self");
    return children.every((part) => !part.is_open) && children;
  });
  const outcomes = Object.fromEntries(ended.map((part) => [part.agency.code, part.outcome]));
  assert.deepEqual([outcomes["H51.5"], outcomes["H51.3"], outcomes["H51.12"] ?? "missed"], ["reported", "reported", "missed"]);
  assert.equal(ended.filter((part) => part.outcome === "missed").length, owners.length - 2);

  // the measure is a task; done, the inspection is done
  const measure = concluded.links.children.find((child) => child.workflow.id === "assignment")
    ?? (await see(ict, id)).links.children.find((child) => child.workflow.id === "assignment");
  await at.minh.send(measure.id, "REPORT", { result: "done", report: "Đã đối chiếu, sửa 1.240 số định danh" });
  await ict.send(measure.id, "CONFIRM");
  const done = await until("the inspection to end", async () => {
    const c = await see(ict, id);
    return !c.is_open && c;
  });
  assert.equal(done.outcome, "done");
  assert.equal((await see(office, id)).outcome, "done");
});
