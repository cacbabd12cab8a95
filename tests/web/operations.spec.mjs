// What does not run by itself, as an operator sees and mends it in a browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Province, until } from "../api/harness.mjs";
import { MailServer } from "../api/smtp.mjs";
import { openBrowser, windowOf } from "./browser.mjs";

let smtp, province, browser;
before(async () => {
  smtp = await MailServer.start();
  province = await Province.start(smtp.config);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await province?.stop();
  await smtp?.close();
});

/** A request of the ward, whose head's mailbox there is not. */
async function requestToNobody() {
  const { lan, hung } = await province.people();
  const address = hung.session.person.email;
  smtp.refuse = (to) => (to === address ? "550 5.1.1 no such mailbox here" : null);
  const { id } = await lan.request();
  return id;
}

test("mail that was refused is shown with its reason, and sent again to another address", async () => {
  const id = await requestToNobody();
  await until("the mail is given up", () => province.sql(`SELECT 1 FROM mail WHERE case_id = ${id} AND state = 'failed'`).length);

  const focal = await windowOf(browser, province, province.account("focal", "Phường 3"));
  await focal.goto(`${province.url}/cases/${id}`);
  await focal.getByRole("region", { name: "Thư đã gửi" }).getByText(/không có hộp thư này/).waitFor();

  const operator = await windowOf(browser, province, province.account("admin", "Sở Thông tin"));
  await operator.goto(`${province.url}/operations`);
  await operator.getByRole("navigation", { name: "Chức năng chính" }).getByRole("link", { name: /Vận hành.*việc cần xử lý/ }).waitFor();
  await operator.getByRole("link", { name: /Thư không gửi được/ }).click();
  const row = operator.getByRole("row").filter({ hasText: "Không có hộp thư này" });
  await row.waitFor();
  await row.getByRole("button", { name: /Gửi đến địa chỉ khác/ }).click();
  const dialog = operator.getByRole("dialog");
  await dialog.getByLabel("Địa chỉ thư điện tử").fill("khong-phai-thu");
  await dialog.getByRole("button", { name: "Gửi lại" }).click();
  await dialog.getByText(/Chưa đúng địa chỉ thư điện tử/).waitFor();
  await dialog.getByLabel("Địa chỉ thư điện tử").fill("moi@phuong3.example");
  await dialog.getByRole("button", { name: "Gửi lại" }).click();
  await operator.getByText(/đã vào hàng chờ gửi lại/).waitFor();
  await until("the mail at its new address", () => smtp.to("moi@phuong3.example").length === 1);
  await row.waitFor({ state: "detached" });
  await operator.getByText("Không có thư nào bị kẹt").waitFor();
  for (const page of [focal, operator]) {
    assert.deepEqual(page.troubles, []);
    await page.context().close();
  }
});

test("a term that cannot be handled is said on the case and is tried again by the operator", async () => {
  smtp.refuse = () => null;
  const { lan, hung } = await province.people();
  const { id, number } = await lan.request();
  await hung.send(id, "SIGN");
  province.sql(`CREATE TRIGGER broken BEFORE INSERT ON event FOR EACH ROW SET NEW.case_id = NULLIF(NEW.case_id, ${id})`);
  province.sql(`UPDATE timer SET due_at = UTC_TIMESTAMP(6), next_at = UTC_TIMESTAMP(6), attempts = 2
    WHERE case_id = ${id} AND event LIKE 'xstate.after.request.receive.%'`);
  await until("the incident", () => province.sql(`SELECT 1 FROM timer WHERE case_id = ${id} AND attempts > 2`).length);

  const focal = await windowOf(browser, province, province.account("focal", "Phường 3"));
  await focal.goto(`${province.url}/cases/${id}`);
  await focal.getByText(/Hệ thống đang gặp lỗi khi xử lý thời hạn của hồ sơ này/).waitFor();
  const operator = await windowOf(browser, province, province.account("admin", "Sở Thông tin"));
  await operator.goto(`${province.url}/operations`);
  const row = operator.getByRole("row").filter({ hasText: number });
  await row.waitFor();
  province.sql("DROP TRIGGER broken");
  await row.getByRole("button", { name: /Thử lại ngay/ }).click();
  await operator.getByText(/Đã cho chạy lại/).waitFor();
  await row.waitFor({ state: "detached" });
  await focal.reload();
  await focal.getByRole("region", { name: "Quá trình xử lý" }).getByText("Đến hạn, hệ thống tự ghi").first().waitFor();
  assert.equal(await focal.getByText(/Hệ thống đang gặp lỗi/).count(), 0);
  for (const page of [focal, operator]) {
    assert.deepEqual(page.troubles, []);
    await page.context().close();
  }
});
