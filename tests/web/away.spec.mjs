// Somebody is away: names a substitute, who does the work, and the case shows who did it for whom.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Province } from "../api/harness.mjs";
import { act, openBrowser, windowOf } from "./browser.mjs";

const owner = "Sở Lao động";
let province, browser;
before(async () => {
  province = await Province.start();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await province?.stop();
});

/** Days from now in the province, as they are typed. */
const inDays = (n) => new Date(Date.now() + n * 864e5).toLocaleDateString("en-GB", { timeZone: "Asia/Ho_Chi_Minh" });

async function openForm(page) {
  await page.goto(`${province.url}/settings`);
  await page.getByRole("button", { name: "Giao người làm thay" }).click();
  return page.getByRole("form", { name: "Giao người làm thay" });
}

async function pick(form, name) {
  const people = form.getByLabel("Người làm thay *");
  const option = people.locator("option").filter({ hasText: name });
  await option.waitFor({ state: "attached" });
  await people.selectOption({ label: await option.textContent() });
}

async function name(page, substitute, from, until) {
  const form = await openForm(page);
  await pick(form, substitute);
  await form.getByLabel("Từ ngày *").fill(from);
  await form.getByLabel("Đến hết ngày *").fill(until);
  await form.getByLabel("Lý do *").fill("Nghỉ phép năm");
  return form;
}

const send = (form) => form.getByRole("button", { name: "Giao làm thay" }).click();

test("the substitute acts on behalf of the absent, until that is ended", async () => {
  const { lan, hung } = await province.people();
  const { id, number } = await lan.request();
  await hung.send(id, "SIGN");
  const absent = province.account("focal", owner), standsIn = province.account("clerk", owner);
  const away = await windowOf(browser, province, absent);

  const form = await name(away, standsIn.name, inDays(0), inDays(-1));
  await send(form);
  await form.getByText("Ngày kết thúc phải từ ngày bắt đầu trở đi.").waitFor();
  await form.getByLabel("Đến hết ngày *").fill(inDays(5));
  await form.getByText(`${standsIn.name} thấy và làm thay mọi việc của tôi`).waitFor();
  await send(form);
  await away.getByText(`Đã giao. ${standsIn.name} được thư báo.`).waitFor();
  await away.getByText(`${standsIn.name} làm thay tôi`).waitFor();

  const clerk = await windowOf(browser, province, standsIn);
  await clerk.getByRole("button", { name: `Tài khoản: ${standsIn.name}` }).click();
  await clerk.getByRole("menu").getByText(`thay mặt ${absent.name}`).waitFor();
  await clerk.keyboard.press("Escape");
  const circle = await name(clerk, absent.name, inDays(0), inDays(1));
  await send(circle);
  await circle.getByText(/thành vòng tròn/).waitFor();

  await clerk.goto(`${province.url}/inbox`);
  await clerk.getByRole("row").filter({ hasText: number }).getByRole("link").first().click();
  await clerk.getByRole("button", { name: "Xác nhận tiếp nhận", exact: true }).click();
  await clerk.getByRole("dialog").getByText(`Ông/Bà đang thay mặt ${absent.name}.`).waitFor();
  await clerk.getByRole("dialog").getByRole("button", { name: "Hủy" }).click();
  await act(clerk, "Xác nhận tiếp nhận");
  await clerk.getByRole("region", { name: "Quá trình xử lý" }).getByText(new RegExp(`${standsIn.name}.*, thay mặt ${absent.name}`)).waitFor();

  await away.getByRole("button", { name: `Kết thúc sớm việc làm thay của ${standsIn.name}` }).click();
  await away.getByRole("dialog").getByRole("button", { name: "Kết thúc", exact: true }).click();
  await away.getByText("Đã kết thúc việc làm thay.").waitFor();
  await clerk.goto(`${province.url}/cases/${id}`);
  await clerk.getByText("Bạn không có việc nào phải làm ở bước này.").waitFor();
  for (const page of [away, clerk]) {
    assert.deepEqual(page.troubles, []);
    await page.context().close();
  }
});

test("a head names a substitute for one of the agency", async () => {
  const absent = province.account("focal", owner), standsIn = province.account("clerk", owner);
  const head = await windowOf(browser, province, province.account("head", owner));
  const form = await openForm(head);
  await form.getByLabel("Người vắng mặt *").selectOption({ label: absent.name });
  await pick(form, standsIn.name);
  await form.getByLabel("Đến hết ngày *").fill(inDays(3));
  await form.getByLabel("Lý do *").fill("Nghỉ ốm, không tự lập được");
  await form.getByText(`${standsIn.name} thấy và làm thay mọi việc của ${absent.name}`).waitFor();
  await send(form);
  await head.getByText(`${standsIn.name} làm thay ${absent.name}`).first().waitFor();
  assert.deepEqual(head.troubles, []);
  await head.context().close();
});
