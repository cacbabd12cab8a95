// More time for a request: asked for, granted on a telephone, and told on the page and on the note to print.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { province } from "../api/harness.mjs";
import { fill, isAccessible, openBrowser, phone, windowOf } from "./browser.mjs";

const at = province();
const reason = "Phải lấy ý kiến của UBND huyện";
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

const shot = (page, name) => process.env.SHOTS && page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });

async function opened(page, name) {
  await page.getByRole("button", { name, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Số ngày làm việc", { exact: false }).first().waitFor();
  return dialog;
}

const sent = (dialog, name) => dialog.getByRole("button", { name, exact: true }).click();

test("the focal point asks, the head grants what the law allows, and the date says why it is later", async () => {
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  await at.minh.send(c.id, "RECEIVE");
  const minh = await windowOf(browser, at.p, at.p.account("focal", "Lao động"));
  await minh.goto(`${at.p.url}/cases/${c.id}`);
  const asking = await opened(minh, "Đề nghị gia hạn");
  assert.equal(await asking.getByText("DEFAULT").count(), 0, "our own grounds cite no law");
  await sent(asking, "Đề nghị gia hạn");
  await asking.getByText("Còn 3 mục cần sửa").waitFor();
  await isAccessible(minh, "asking for more time");
  await fill(asking, "Số ngày làm việc", "2");
  await asking.getByText("Phải lấy ý kiến hoặc phối hợp với cơ quan khác").click();
  await fill(asking, "Lý do gia hạn", reason);
  await sent(asking, "Đề nghị gia hạn");
  await asking.getByText("Chỉ được gia hạn một lần, đề nghị trước khi hết hạn và không quá nửa thời hạn.").waitFor();
  await fill(asking, "Số ngày làm việc", "1");
  await sent(asking, "Đề nghị gia hạn");
  await minh.getByText("Đã ghi: Đề nghị gia hạn.").waitFor();

  const tam = await windowOf(browser, at.p, at.p.account("head", "Lao động"), { viewport: phone });
  await tam.goto(`${at.p.url}/cases/${c.id}`);
  const granting = await opened(tam, "Đồng ý gia hạn");
  assert.equal(await granting.getByLabel("Lý do gia hạn", { exact: false }).inputValue(), reason, "as it was asked for");
  await fill(granting, "Số ngày làm việc", "3");
  await sent(granting, "Đồng ý gia hạn");
  await granting.getByText("Vượt quá số ngày hoặc số lần được gia hạn.").first().waitFor();
  await isAccessible(tam, "granting more than there is");
  await shot(tam, "granting-too-much");
  await fill(granting, "Số ngày làm việc", "1");
  await sent(granting, "Đồng ý gia hạn");
  await tam.getByText("Đã ghi: Đồng ý gia hạn.").waitFor();

  const lan = await windowOf(browser, at.p, at.p.account("focal", "Phường 3"));
  await lan.goto(`${at.p.url}/cases/${c.id}`);
  await lan.getByText("Vì sao là ngày này?").first().click();
  await lan.getByText(/gia hạn thêm 1 ngày làm việc đến hết ngày .*căn cứ: Phải lấy ý kiến hoặc phối hợp với cơ quan khác; lý do: Phải lấy ý kiến của UBND huyện\./).waitFor();
  await lan.getByText("ngày thứ 1 – gia hạn").waitFor();
  await isAccessible(lan, "why it is later");
  await shot(lan, "why");
  await lan.goto(`${at.p.url}/cases/${c.id}/terms/request.account/note`);
  await lan.locator(".note li", { hasText: "gia hạn thêm 1 ngày làm việc" }).waitFor();
  await isAccessible(lan, "the note");
  await shot(lan, "note");
  for (const page of [minh, tam, lan]) assert.deepEqual(page.troubles, []);
});
