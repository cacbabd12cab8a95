// Late work before the Chairman: he opens it on a telephone, directs the late agency, and both sides see it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { province } from "../api/harness.mjs";
import { fill, isAccessible, openBrowser, phone, windowOf } from "./browser.mjs";

const at = province();
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

const shot = (page, name) => process.env.SHOTS && page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
const order = "Chỉ đạo cơ quan quá hạn hoàn thành trước một ngày";

test("the Chairman directs what is late from a telephone", async () => {
  const [[id, parent]] = at.p.sql("SELECT id, parent_id FROM cases WHERE workflow = 'escalation' AND active_states = 'considering' ORDER BY id LIMIT 1");
  const chair = await windowOf(browser, at.p, at.p.account("chair", "Văn phòng UBND"), { viewport: phone });
  await chair.getByText("Xử lý việc quá hạn").first().waitFor();
  await chair.goto(`${at.p.url}/cases/${id}`);
  await chair.getByRole("button", { name: order, exact: true }).waitFor();
  await isAccessible(chair, "late work on a telephone");
  await shot(chair, "escalation-phone");
  await chair.getByRole("button", { name: order, exact: true }).click();
  const dialog = chair.getByRole("dialog");
  await dialog.getByRole("button", { name: order, exact: true }).click();
  await dialog.getByText("Còn 2 mục cần sửa").waitFor();
  await isAccessible(chair, "directing without a reason");
  await shot(chair, "escalation-dialog");
  await fill(dialog, "Ý kiến chỉ đạo, lý do", "Giải quyết dứt điểm, báo cáo nguyên nhân chậm trễ");
  await fill(dialog, "Thi hành trước hết ngày", new Date(Date.now() + 7 * 864e5).toISOString().slice(0, 10));
  await dialog.getByRole("button", { name: order, exact: true }).click();
  await chair.getByText(`Đã ghi: ${order}.`).waitFor();
  await shot(chair, "escalation-directed-phone");

  const late = await windowOf(browser, at.p, at.p.account("focal", "Văn phòng UBND"));
  await late.goto(`${at.p.url}/cases/${parent}`);
  await late.getByText("-CT-", { exact: false }).first().waitFor();
  await isAccessible(late, "the late case");
  await shot(late, "escalation-parent");
  await late.goto(`${at.p.url}/cases/${id}`);
  await late.getByText("Giải quyết dứt điểm, báo cáo nguyên nhân chậm trễ").first().waitFor();
  await shot(late, "escalation-desktop");
  for (const page of [chair, late]) assert.deepEqual(page.troubles, []);
});
