// An agreement on specific request (Điều 36 to 39 of the Decree): drafted, agreed, signed by all, joined by a third
// agency, in force with what it gives, amended no more after its end; with the real workflows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province, until } from "./harness.mjs";

const at = province();
const see = async (person, id) => (await person.get(`/api/cases/${id}`)).body;
const statusFor = async (person, id) => (await person.get(`/api/cases/${id}`)).status;
const grantsOf = async (person, id) => (await person.get("/api/grants?limit=200")).body.items.filter((grant) => grant.case.id === id);
const inDays = (days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
const until2 = inDays(300);
const items = ["Số định danh cá nhân", "Nhóm đối tượng"];
const draft = { agencies: "Sở LĐTBXH cung cấp; UBND Phường 3 khai thác", items, data: "Người hưởng trợ giúp xã hội của phường",
  place: "Trung tâm dữ liệu tỉnh", until: until2, method: "Tra cứu qua LGSP", processing: "Đối chiếu khi tiếp nhận hồ sơ",
  conditions: "Chỉ dùng xét hỗ trợ", commitments: "Hai bên bảo vệ dữ liệu cá nhân", security: "mTLS, nhật ký từng lượt", storage: "Không lưu quá 30 ngày",
  deletion: "Xóa không khôi phục được" };

const codesOf = (list) => list.map((one) => one.agency.code).sort();
const approvalOf = (c, state) => c.approvals.find((approval) => approval.state === state);

async function agreed() {
  const answer = await at.lan.post("/api/cases", { workflow: "wf-02", service: "DV009", fields: {
    purpose: "Rà soát người hưởng trợ giúp xã hội khi giải quyết thủ tục hỗ trợ học phí", use_solution: "Đối chiếu từng hồ sơ trên một cửa",
    why_specific: "Dữ liệu nhạy cảm, không có dịch vụ mặc định", items, quantity: "khoảng 200 người", frequency: "20 lượt/ngày",
    legal_ground: "Nghị định 20/2021/NĐ-CP", personal_data: true, personal_data_measures: "Phân công người xem, ghi nhật ký",
    contact_name: "Nguyễn Thị Kim Ngân", contact_phone: "0299 382 1234", contact_email: "ngan@example.vn", no_state_secret: true } });
  assert.equal(answer.status, 201, answer.text);
  const { id } = answer.body;
  await at.hung.send(id, "SIGN", { letter_number: "15/UBND" });
  await at.minh.send(id, "ADMIT", {});
  await at.minh.send(id, "REVIEWED", { needs: "Nhu cầu đúng chức năng", conditions: "Chỉ dùng xét hỗ trợ", ask_police: false });
  return at.lan.send(id, "DRAFT_AGREEMENT", draft);
}

test("a draft without one of the twelve contents is refused; comments send it back, agreement to it leads on", async () => {
  const c = await agreed();
  assert.ok(c.states.includes("comments"));
  assert.deepEqual(codesOf(approvalOf(c, "comments").waiting), ["H51.19.3", "H51.5"]);
  const back = await at.minh.send(c.id, "COMMENT", { reason: "Ghi rõ thời gian lưu giữ" });
  assert.ok(back.states.includes("drafting"));
  const without = await at.lan.trySend(c.id, "DRAFT_AGREEMENT", { ...draft, deletion: undefined });
  assert.deepEqual([without.status, without.body.errors.map((error) => error.pointer)], [422, ["/data/deletion"]]);
  await at.lan.send(c.id, "DRAFT_AGREEMENT", { ...draft, storage: "Không lưu quá 15 ngày" });
  await at.lan.send(c.id, "AGREE_DRAFT", {});
  assert.equal((await at.lan.trySend(c.id, "AGREE_DRAFT", {})).status, 403, "once is enough");
  assert.ok((await at.minh.send(c.id, "AGREE_DRAFT", {})).states.includes("signing"));
});

test("signed by all it is in force and gives; a third agency joins by consent of all; a termination ends it", async () => {
  const [ict, health, healthHead, transport] = await Promise.all([at.p.signIn("focal", "Thông tin"), at.p.signIn("focal", "Sở Xây dựng"),
    at.p.signIn("head", "Sở Xây dựng"), at.p.signIn("focal", "Giao thông")]);
  const { id, number } = await agreed();
  await at.lan.send(id, "AGREE_DRAFT", {});
  await at.minh.send(id, "AGREE_DRAFT", {});

  // signing
  assert.deepEqual((await at.minh.can(id)).includes("SIGN_AGREEMENT"), false, "heads sign");
  const half = await at.hung.send(id, "SIGN_AGREEMENT", { letter_number: "21/TT-P3" });
  assert.deepEqual([codesOf(approvalOf(half, "signing").agreed), codesOf(approvalOf(half, "signing").waiting)], [["H51.19.3"], ["H51.5"]]);
  assert.deepEqual(half.grants, []);
  const signed = await at.tam.send(id, "SIGN_AGREEMENT", {});
  assert.ok(signed.states.includes("implementing"));
  assert.deepEqual(signed.grants.map((grant) => [grant.kind, grant.reference, grant.until, grant.items, grant.ended_at]),
    [["agreement", "21/TT-P3", until2, items, null]]);
  for (const person of [at.lan, at.minh]) assert.equal((await grantsOf(person, id)).length, 1);
  assert.equal((await grantsOf(transport, id)).length, 0);

  // the account
  const running = await at.minh.send(id, "IMPLEMENTED", { account: "p3-baotro", handover: "Trao trực tiếp, có biên bản" });
  const account = running.links.children.find((child) => child.workflow.id === "wf-05");
  assert.equal((await see(at.lan, account.id)).grants[0].reference, "p3-baotro");
  assert.equal(await statusFor(health, account.id), 403);

  // a third agency
  assert.equal(await statusFor(health, id), 403);
  const asked = await ict.send(id, "JOIN_REQUEST", { agency: "H51.13", purpose: "Rà soát cấp thẻ bảo hiểm y tế" });
  assert.deepEqual(codesOf(approvalOf(asked, "join_answer").waiting), ["H51.19.3", "H51.5"]);
  assert.equal(await statusFor(health, id), 403, "asking is not joining");
  await at.hung.send(id, "AGREE_JOIN", {});
  await at.tam.send(id, "AGREE_JOIN", {});
  assert.equal(await statusFor(health, id), 200);
  assert.ok((await healthHead.can(id)).includes("AMEND"));
  assert.equal(await statusFor(transport, id), 403);
  await at.minh.send(id, "IMPLEMENTED", {});

  // the end
  const offers = (await see(at.lan, id)).offers.map((offer) => offer.workflow);
  assert.ok(offers.includes("wf-07"), offers.join());
  const ending = await at.lan.post("/api/cases", { workflow: "wf-07", about: id, party: "H51.19.3",
    fields: { ground: "no-need", reason: "Phường đã dùng dịch vụ mặc định, không còn nhu cầu" } });
  assert.equal(ending.status, 201, ending.text);
  const end = ending.body.id;
  await at.tam.send(end, "GIVE_NOTICE", {});
  await at.lan.send(end, "CERTIFY", { deleted_on: inDays(-1), method: "Xóa không khôi phục được", is_deleted: true });
  assert.equal((await grantsOf(at.lan, id)).length, 1, "until the owner ends it, it is in force");
  await at.tam.send(end, "TERMINATE", {});
  const over = await until(`${number} to end`, async () => {
    const now = await see(at.lan, id);
    return !now.is_open && now;
  });
  assert.equal(over.outcome, "terminated");
  assert.ok(over.grants.every((grant) => grant.ended_at));
  await until("the account to be revoked", async () => (await see(at.lan, account.id)).outcome === "revoked");
  for (const person of [at.lan, at.minh])
    for (const one of [id, account.id]) assert.equal((await grantsOf(person, one)).length, 0);
  assert.deepEqual(await at.hung.can(id), []);
});
