// A refusal and what the law lets follow: the dispute, its levels, the plan and its tasks, in a browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Province } from "../api/harness.mjs";
import { act, fill, isAccessible, openBrowser, windowOf } from "./browser.mjs";

let province, browser;
before(async () => {
  province = await Province.start();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await province?.stop();
});

const state = (page, title) => page.locator(".page-head").getByText(title, { exact: true }).waitFor();
const caseNumber = async (page) => /STG-VM-\d+-\d+/.exec(await page.title())[0];

const facts = {
  "Trích yếu": "Mục tin bị từ chối cần cho thẩm định hồ sơ",
  "Nội dung vướng mắc": "Cơ quan cung cấp từ chối với lý do dữ liệu cá nhân; mục tin này cần cho thẩm định hồ sơ.",
  "Việc đã làm để tự giải quyết": "Đã trao đổi qua điện thoại và văn bản nhưng chưa thống nhất.",
  "Đề nghị giải quyết": "Đề nghị hướng dẫn chia sẻ một phần, ghi rõ mục đích sử dụng.",
};

/** The newest refused request, as the person who may dispute it sees it. */
async function openRefused(page) {
  const { items } = await page.evaluate(() => fetch("/api/cases?state=closed&workflow=wf-01&limit=100").then((r) => r.json()));
  const refused = items.find((c) => c.outcome === "refused");
  assert.ok(refused, "the demo province has a refused request");
  await page.goto(`${province.url}/cases/${refused.id}`);
  return refused;
}

async function raise(page) {
  await page.getByRole("link", { name: "Gửi vướng mắc" }).click();
  await page.getByLabel("Gửi đến cơ quan").waitFor();
  await isAccessible(page, "a dispute being written");
  for (const [label, value] of Object.entries(facts)) await fill(page, label, value);
  await fill(page, "Loại vướng mắc", "1");
  await fill(page, "Cam kết nội dung gửi không chứa", true);
  await page.getByText(/^Đã lưu \d\d:\d\d$/).waitFor();
  await page.getByRole("button", { name: "Gửi vướng mắc" }).click();
  await state(page, "Đã gửi cơ quan cung cấp dữ liệu");
}

async function guide(page, agency, due) {
  await page.getByRole("button", { name: "Hướng dẫn thực hiện phương án", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "Chia sẻ một phần" }).check();
  await fill(dialog, "Nội dung phương án", "Cung cấp mục tin cho mục đích thẩm định; không lưu giữ sau thẩm định.");
  await dialog.getByRole("button", { name: /^Thêm: Nhiệm vụ/ }).click();
  await dialog.getByLabel("Cơ quan thực hiện").selectOption({ label: agency });
  await fill(dialog, "Nhiệm vụ *", "Mở mục tin cho cơ quan yêu cầu");
  await dialog.getByRole("button", { name: "Hướng dẫn thực hiện phương án", exact: true }).click();
  await dialog.getByText(/Mục 1 trong danh sách chưa đúng/).first().waitFor(); // the date is missing
  await dialog.getByPlaceholder("dd/MM/yyyy").first().fill(due);
  for (const name of [/thuộc thẩm quyền/, /tuân thủ quy định/, /tôn trọng nội dung/]) await dialog.getByRole("checkbox", { name }).check();
  await dialog.getByRole("button", { name: "Hướng dẫn thực hiện phương án", exact: true }).click();
  await page.getByText("Đã ghi: Hướng dẫn thực hiện phương án.").waitFor();
}

test("a refused request becomes a dispute, is guided by the ICT department and ends as a task of the owner", async () => {
  const focal = await windowOf(browser, province, province.account("focal", "UBND Phường 3"));
  const refused = await openRefused(focal);
  await raise(focal);
  const dispute = new URL(focal.url()).pathname;
  const number = await caseNumber(focal);
  await focal.getByRole("region", { name: "Hồ sơ liên quan" }).getByRole("link", { name: new RegExp(refused.number) }).waitFor();

  const owner = await windowOf(browser, province, province.account("head", refused.owner.name.vi));
  await owner.goto(province.url + dispute);
  await act(owner, "Trả lời, hướng dẫn", { "Kết quả": "unsolved", "Nội dung giải đáp, hướng dẫn": "Giữ nguyên từ chối do mục tin thuộc bí mật đời tư." });
  await act(focal, "Gửi đơn vị chuyên trách CNTT", { "Nội dung chưa giải quyết được": "Vẫn cần mục tin để thẩm định hồ sơ." });
  await state(focal, "Đơn vị chuyên trách CNTT đang xem xét");

  const ict = await windowOf(browser, province, province.account("head", "Sở Thông tin"));
  await ict.goto(province.url + dispute);
  await guide(ict, refused.owner.name.vi, "31/12/2026");
  const children = ict.getByRole("region", { name: "Hồ sơ liên quan" }).getByRole("table");
  await children.getByText(refused.owner.name.vi).first().waitFor();
  await isAccessible(ict, "a dispute with its tasks");

  await owner.goto(`${province.url}/cases?workflow=assignment`);
  await owner.getByRole("table").getByRole("link").first().waitFor();
  await focal.goto(`${province.url}/cases?q=${number}`);
  await focal.getByRole("link", { name: facts["Trích yếu"] }).waitFor();
  for (const page of [focal, owner, ict]) assert.deepEqual(page.troubles, []);
});

test("who may do what is said on a page, the same as the buttons", async () => {
  const page = await windowOf(browser, province, province.account("focal", "UBND Phường 3"));
  await page.getByRole("navigation").getByRole("link", { name: "Lập hồ sơ mới" }).click();
  await page.getByRole("link", { name: "Ai được làm gì: Giải quyết vướng mắc" }).click();
  const row = page.getByRole("row", { name: /Chờ Chủ tịch UBND tỉnh quyết định/ }).first();
  await row.waitFor();
  await page.getByText(/Chủ tịch UBND tỉnh, Văn phòng UBND tỉnh/).first().waitFor();
});
