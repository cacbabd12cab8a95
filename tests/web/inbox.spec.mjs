// The inbox as people use it: whose work is shown, watching a case, and the address of one's deadlines.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Province, until } from "../api/harness.mjs";
import { isAccessible, openBrowser, windowOf } from "./browser.mjs";

let province, browser;
before(async () => {
  province = await Province.start();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await province?.stop();
});

const rows = (page) => page.locator("tbody tr");

test("the tabs show whose work it is, with numbers, and the address keeps which", async () => {
  const page = await windowOf(browser, province, province.account("head", "Sở Lao động"));
  const numbers = await page.evaluate(() => Promise.all(["mine", "agency"].map((scope) =>
    fetch(`/api/inbox?scope=${scope}`).then((r) => r.json()).then((list) => [list.total, list.items.filter((i) => i.task.is_overdue).length]))));
  assert.ok(numbers[1][0] > numbers[0][0] && numbers[1][1] > 0);
  await page.getByRole("tab", { name: new RegExp(`^Việc của cơ quan.*${numbers[1][0]} việc`) }).click();
  await page.getByRole("heading", { level: 1, name: "Việc của cơ quan" }).waitFor();
  await until("the rows", async () => (await rows(page).count()) === Math.min(50, numbers[1][0]));
  assert.equal(await page.locator("tr.row-late .due-late").count(), numbers[1][1], "what is late is red, nothing else is");
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Việc của cơ quan" }).waitFor();
  await page.keyboard.press("Tab");
  await page.getByRole("tab", { selected: true }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByText("Chưa theo dõi hồ sơ nào").waitFor();
  assert.match(page.url(), /tab=watched/);
  await isAccessible(page, "nothing watched");
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test("a case is watched from its page and is then in the inbox, until it is no more", async () => {
  const page = await windowOf(browser, province, province.account("focal", "Phường 3"));
  await page.goto(`${province.url}/cases`);
  await page.locator("main a[href^='/cases/']").first().click();
  await page.getByRole("button", { name: "Theo dõi", exact: true }).click();
  await page.getByRole("button", { name: "Thôi theo dõi" }).waitFor();
  const title = await page.getByRole("heading", { level: 1 }).textContent();
  await page.goto(`${province.url}/inbox?tab=watched`);
  await page.getByRole("tab", { name: /^Đang theo dõi.*1 hồ sơ/ }).waitFor();
  await rows(page).getByRole("link", { name: title }).click();
  await page.getByRole("button", { name: "Thôi theo dõi" }).click();
  await page.getByRole("button", { name: "Theo dõi", exact: true }).waitFor();
  await page.goto(`${province.url}/inbox?tab=watched`);
  await page.getByText("Chưa theo dõi hồ sơ nào").waitFor();
  await page.context().close();
});

test("the address of my deadlines is shown once, works, and ends when it is revoked", async () => {
  const page = await windowOf(browser, province, province.account("head", "Sở Lao động"));
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto(`${province.url}/settings`);
  await page.getByRole("button", { name: "Tạo địa chỉ" }).click();
  const field = page.getByLabel("Địa chỉ lịch của tôi");
  const read = async () => fetch(province.url + new URL(address).pathname);
  const address = await field.inputValue();
  assert.match(await (await read()).text(), /^BEGIN:VCALENDAR\r\n[^]*SUMMARY:/);
  await page.reload();
  await page.getByText(/^Đang có một địa chỉ, tạo lúc/).waitFor();
  assert.equal(await field.count(), 0);
  assert.ok(!(await page.content()).includes(address));
  await page.getByRole("button", { name: "Hủy địa chỉ" }).click();
  await page.getByText("Đã hủy địa chỉ.").waitFor();
  assert.equal((await read()).status, 404);
  await page.context().close();
});
