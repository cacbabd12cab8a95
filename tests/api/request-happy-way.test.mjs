// One request from the ward to the connection, through every step a person takes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fields, province, until } from "./harness.mjs";

const at = province();
const mailed = (id, part) => until(`a mail with "${part}"`, async () => (await at.p.mails(id)).find((m) => m.subject.includes(part)));

test("the ward asks for DV008, is asked for more once, and is connected", async (t) => {
  const { p, lan, hung, minh, tam } = at;
  let c;

  await t.test("the focal point finds the service and the form", async () => {
    const list = (await lan.get(`/api/services?q=${encodeURIComponent("hộ nghèo")}`)).body;
    assert.ok(list.items.some((s) => s.code === "DV008"));
    const service = (await lan.get("/api/services/DV008")).body;
    assert.equal(service.can_request, true);
    assert.equal(service.workflow, "wf-01");
    const workflow = (await lan.get("/api/workflows/wf-01")).body;
    assert.ok(workflow.form.required.includes("purpose"));
    assert.ok(workflow.grounds.refusal.length > 3);
  });

  await t.test("saves a draft, and starts the case from it", async () => {
    const body = { workflow: "wf-01", service: "DV008", fields: await fields(lan) };
    const draft = (await lan.post("/api/drafts", body)).body;
    const answer = await lan.post("/api/cases", { ...body, draft: draft.id });
    assert.equal(answer.status, 201);
    c = answer.body;
    assert.equal(answer.headers.get("location"), `/api/cases/${c.id}`);
    assert.equal(answer.etag, `"${c.version}"`);
    assert.match(c.number, /^STG-YC-\d{4}-\d{5}$/);
    assert.deepEqual(c.states, ["internal_sign"]);
    assert.equal(c.service.code, "DV008");
    assert.deepEqual(c.fields, body.fields);
    assert.equal((await lan.get(`/api/drafts/${draft.id}`)).status, 404);
  });

  await t.test("the head finds it in the inbox, gets a mail, and signs", async () => {
    assert.ok(await hung.inboxHas(c.id));
    assert.ok(!(await minh.inboxHas(c.id)));
    assert.equal((await minh.get(`/api/cases/${c.id}`)).status, 403);
    await mailed(c.id, c.number);
    c = await hung.send(c.id, "SIGN", { letter_number: "112/UBND" });
    assert.equal(c.received_at !== null, true);
    assert.ok(!(await hung.inboxHas(c.id)));
  });

  await t.test("the owner's focal point confirms receipt and asks for more; the clock stands still", async () => {
    assert.ok(await minh.inboxHas(c.id));
    assert.deepEqual(await minh.can(c.id), ["RECEIVE"]);
    c = await minh.send(c.id, "RECEIVE");
    c = await minh.send(c.id, "ASK_INFO", { question: "Đề nghị nêu rõ thời gian lưu giữ dữ liệu" });
    assert.equal(c.clock, "paused");
    assert.ok(await lan.inboxHas(c.id));
  });

  await t.test("the ward answers; asking a second time is refused", async () => {
    c = await lan.send(c.id, "ANSWER", { answer: "Không lưu giữ sau khi giải quyết xong hồ sơ" });
    assert.equal(c.clock, "running");
    const again = await minh.trySend(c.id, "ASK_INFO", { question: "Đề nghị bổ sung thêm căn cứ pháp lý" });
    assert.equal(again.status, 409);
    assert.equal(again.body.code, "not-in-this-state");
  });

  await t.test("the owner's head approves", async () => {
    c = await minh.send(c.id, "FORWARD", { proposal: "approve", opinion: "Đúng chức năng, dữ liệu sẵn có" });
    assert.ok(await tam.inboxHas(c.id));
    c = await tam.send(c.id, "APPROVE", { conditions: "Không lưu giữ sau khi giải quyết hồ sơ" });
    assert.ok(c.states.includes("provisioning"));
    assert.equal(c.phases.find((phase) => phase.id === "account").status, "current");
  });

  await t.test("the account is made, tested and connected", async () => {
    c = await minh.send(c.id, "ACCOUNT_MADE", { account: "p3-motcua", handover: "Trao trực tiếp, niêm phong" });
    assert.deepEqual(c.states.includes("testing"), true);
    c = await lan.send(c.id, "CONFIRM_CONNECTED", { note: "Gọi thử 20 lượt, kết quả đúng" });
    assert.equal(c.is_open, false);
    assert.equal(c.outcome, "connected");
    assert.ok(c.closed_at);
    assert.deepEqual(c.can, []);
    assert.deepEqual(c.tasks, []);
  });

  await t.test("the connection opens an account, which gives access to what was asked for", async () => {
    const [account] = c.links.children;
    assert.equal(account.workflow.id, "wf-05");
    assert.equal((await lan.get(`/api/cases/${account.id}`)).body.links.parent.id, c.id);
    const grant = (await lan.get("/api/grants")).body.items.find((one) => [c.id, account.id].includes(one.case.id));
    assert.equal(grant.kind, "account");
    assert.deepEqual(grant.items, c.fields.items);
    assert.deepEqual([grant.requester.code, grant.owner.code, grant.service.code], ["H51.19.3", "H51.5", "DV008"]);
  });

  await t.test("the page tells who did what, and the way on the diagram", async () => {
    c = (await lan.get(`/api/cases/${c.id}`)).body;
    const types = c.history.map((event) => event.type).sort();
    for (const type of ["START", "SIGN", "RECEIVE", "ASK_INFO", "ANSWER", "FORWARD", "APPROVE", "ACCOUNT_MADE", "CONFIRM_CONNECTED"])
      assert.ok(types.includes(type), type);
    const approval = c.history.find((event) => event.type === "APPROVE");
    assert.equal(approval.kind, "person");
    assert.equal(approval.actor.name, tam.name);
    assert.match(approval.hash, /^[0-9a-f]{64}$/);
    assert.ok(c.diagram.states.some((s) => s.id === "connected" && s.is_active));
    assert.ok(c.diagram.transitions.some((x) => x.event === "APPROVE" && x.was_taken));
    assert.ok(!c.diagram.transitions.some((x) => x.event === "REFUSE" && x.was_taken));
  });

  await t.test("each step's mail went out, in Vietnamese", async () => {
    const mails = await until("all mails sent", async () => {
      const all = await p.mails(c.id);
      return all.length >= 8 && all.every((m) => m.state === "sent") && all;
    });
    const text = (await lan.get(`/api/demo/mails/${mails[0].id}`)).body;
    assert.match(text.subject, new RegExp(c.number));
    assert.match(text.text, /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/);
    assert.match(text.html, /<a href="http:\/\/lienthong\.example\//);
    assert.ok(c.history.every((event) => event.title.vi && event.title.en));
  });
});
