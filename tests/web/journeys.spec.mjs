// The main journeys in a browser against the real server: a request from draft to connection, a
// refusal, two windows on one draft, an ended session.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Province } from "../api/harness.mjs";
import { act, fill, openBrowser, openWindow, signIn, windowOf } from "./browser.mjs";

let province, browser;
before(async () => {
  province = await Province.start();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await province?.stop();
});

const ward = "UBND Phường 3";
const owner = "Sở Lao động";
const items = ["Số định danh cá nhân của chủ hộ", "Loại hộ", "Kỳ rà soát", "Địa chỉ"];
const request = {
  "Mục đích sử dụng dữ liệu": "Giải quyết thủ tục hỗ trợ học phí mà không yêu cầu người dân nộp lại giấy xác nhận.",
  "Giải pháp sử dụng dữ liệu": "Tra cứu ở bước thẩm định; công chức một cửa xem; không lưu giữ.",
  "Số lượng, phạm vi": "Khoảng 350 hộ trên địa bàn phường",
  "Tần suất khai thác": "40 lượt/ngày",
  "Căn cứ pháp lý của nhiệm vụ": "Nghị định 81/2021/NĐ-CP, Điều 15",
  "Người liên hệ": "Nguyễn Thị Kim Ngân",
  "Điện thoại liên hệ": "0299 3821 234",
  "Thư điện tử liên hệ": "phuong3@soctrang.example",
};
const state = (page, title) => page.locator(".page-head").getByText(title, { exact: true }).waitFor();
const saved = (page) => page.getByText(/^Đã lưu \d\d:\d\d$/).waitFor();

const visit = (page, name) => page.getByRole("navigation").getByRole("link", { name, exact: true }).click();

async function fillRequest(page) {
  for (const [label, value] of Object.entries(request)) await fill(page, label, value);
  for (const item of items) await page.getByLabel(item, { exact: true }).check();
  await page.getByRole("radiogroup", { name: /Yêu cầu có dữ liệu cá nhân/ }).getByLabel("Có", { exact: true }).check();
  await fill(page, "Biện pháp bảo vệ", "Chỉ công chức được phân công được xem.");
  await fill(page, "Cam kết yêu cầu không chứa", true);
}

async function openForm(page) {
  await page.goto(`${province.url}/services/DV008/request`);
  await page.getByLabel(/Mục đích sử dụng/).waitFor();
}

/** Signed and sent: what the owner finds in the inbox. Answers the address of the case. */
async function sentRequest() {
  const focal = await windowOf(browser, province, province.account("focal", ward));
  await openForm(focal);
  await fillRequest(focal);
  await focal.getByRole("button", { name: "Gửi trình thủ trưởng ký" }).click();
  await state(focal, "Chờ thủ trưởng ký");
  const head = await windowOf(browser, province, province.account("head", ward));
  await head.goto(focal.url());
  await act(head, "Ký và gửi");
  await head.context().close();
  return focal;
}

describe("a request", () => {
  test("goes from draft to connection, each person finding it in the inbox", async () => {
    const focal = await windowOf(browser, province, province.account("focal", ward));
    await visit(focal, "Dịch vụ dữ liệu");
    await focal.getByLabel("Tìm dịch vụ").fill("ho ngheo");
    await focal.getByRole("link", { name: "Hộ nghèo, hộ cận nghèo" }).click();
    await focal.getByRole("link", { name: "Gửi yêu cầu khai thác" }).click();
    await fill(focal, "Mục đích sử dụng dữ liệu", request["Mục đích sử dụng dữ liệu"]);
    await saved(focal);

    await visit(focal, "Bản nháp");
    await focal.getByRole("link", { name: /Soạn tiếp: .*DV008/ }).first().click();
    assert.equal(await focal.getByLabel("Mục đích sử dụng dữ liệu").inputValue(), request["Mục đích sử dụng dữ liệu"]);
    await focal.getByRole("button", { name: "Gửi trình thủ trưởng ký" }).click();
    await focal.getByText(/mục cần sửa/).waitFor();
    assert.match(await focal.evaluate(() => document.activeElement.id), /use_solution/);

    await fillRequest(focal);
    await focal.getByText("Đã chọn 4 trong").waitFor();
    await focal.getByRole("button", { name: "Gửi trình thủ trưởng ký" }).click();
    await state(focal, "Chờ thủ trưởng ký");
    const address = focal.url();
    const number = (await focal.getByText(/STG-YC-\d{4}-\d{5}/).first().textContent()).match(/STG-YC-\d{4}-\d{5}/)[0];

    const take = async (post, agency) => {
      const page = await windowOf(browser, province, province.account(post, agency));
      const row = page.getByRole("row").filter({ hasText: number });
      await row.waitFor();
      await row.getByRole("link").click();
      await page.waitForURL(address);
      return page;
    };
    const head = await take("head", ward);
    await act(head, "Ký và gửi", { "Số, ký hiệu văn bản": "125/UBND" });
    await state(focal, "Đã gửi, chờ xác nhận tiếp nhận"); // by itself: nobody pressed anything in this window

    const ownerFocal = await take("focal", owner);
    await act(ownerFocal, "Xác nhận tiếp nhận");
    await act(ownerFocal, "Yêu cầu bổ sung", { "Nội dung cần bổ sung": "Đề nghị nêu rõ thời gian lưu giữ dữ liệu." });
    await state(focal, "Chờ cơ quan yêu cầu bổ sung");
    await act(focal, "Gửi nội dung bổ sung", { "Nội dung bổ sung": "Không lưu giữ sau khi tra cứu." });
    await act(ownerFocal, "Trình thủ trưởng", { "Ý kiến thẩm tra": "Đủ điều kiện." });
    assert.equal(await ownerFocal.getByRole("button", { name: "Yêu cầu bổ sung" }).count(), 0, "more may be asked for once only");

    const ownerHead = await take("head", owner);
    await act(ownerHead, "Chấp thuận");
    await act(ownerFocal, "Thông báo đã tạo tài khoản", { "Định danh tài khoản": "p3-mot-cua" });
    await state(focal, "Đang kiểm thử");
    await act(focal, "Xác nhận đã kết nối");
    await state(focal, "Đã kết nối");
    await focal.getByText("Hồ sơ đã kết thúc.").waitFor();
    await focal.getByText("Đề nghị nêu rõ thời gian lưu giữ dữ liệu.").waitFor();
    const mails = focal.getByRole("region", { name: "Thư đã gửi" });
    assert.ok(await mails.getByRole("row").count() > 5, "a mail at each step");
    for (const page of [focal, head, ownerFocal, ownerHead]) {
      assert.deepEqual(page.troubles, []);
      await page.context().close();
    }
  });

  test("is refused with a legal ground, which its requester reads", async () => {
    const focal = await sentRequest();
    const ownerHead = await windowOf(browser, province, province.account("head", owner));
    await ownerHead.goto(focal.url());
    await act(ownerHead, "Xác nhận tiếp nhận");
    await ownerHead.getByRole("button", { name: "Từ chối", exact: true }).click();
    const dialog = ownerHead.getByRole("dialog");
    await dialog.getByRole("button", { name: "Từ chối", exact: true }).click();
    await dialog.getByText("2 mục cần sửa").waitFor();
    await dialog.getByRole("radio").first().check();
    await fill(dialog, "Lý do từ chối", "Mục đích chưa phù hợp quy chế khai thác, sử dụng của cơ sở dữ liệu.");
    await dialog.getByRole("button", { name: "Từ chối", exact: true }).click();
    await state(ownerHead, "Từ chối");
    await state(focal, "Từ chối");
    await focal.getByText("Mục đích chưa phù hợp quy chế").waitFor();
    await focal.context().close();
    await ownerHead.context().close();
  });

  test("returned for correction opens with what it holds and goes back to the head", async () => {
    const focal = await windowOf(browser, province, province.account("focal", ward));
    await openForm(focal);
    await fillRequest(focal);
    await focal.getByRole("button", { name: "Gửi trình thủ trưởng ký" }).click();
    await state(focal, "Chờ thủ trưởng ký");
    const head = await windowOf(browser, province, province.account("head", ward));
    await head.goto(focal.url());
    await act(head, "Trả lại để sửa", { "Nội dung cần sửa": "Giảm tần suất khai thác." });
    await focal.getByText("Giảm tần suất khai thác.").waitFor();
    await focal.getByRole("button", { name: "Trình ký lại" }).click();
    const dialog = focal.getByRole("dialog");
    assert.equal(await dialog.getByLabel("Tần suất khai thác").inputValue(), request["Tần suất khai thác"]);
    await fill(dialog, "Tần suất khai thác", "15 lượt/ngày");
    await dialog.getByRole("button", { name: "Trình ký lại" }).click();
    await state(focal, "Chờ thủ trưởng ký");
    await focal.getByRole("region", { name: "Nội dung hồ sơ" }).getByText("15 lượt/ngày").waitFor();
    for (const page of [focal, head]) await page.context().close();
  });

  test("that another has moved shows what happened and keeps what was typed", async () => {
    const focal = await sentRequest();
    const first = await windowOf(browser, province, province.account("focal", owner));
    const second = await windowOf(browser, province, province.account("head", owner));
    for (const page of [first, second]) await page.goto(focal.url());
    await first.getByRole("button", { name: "Xác nhận tiếp nhận", exact: true }).click();
    const dialog = first.getByRole("dialog");
    await fill(dialog, "Ghi chú", "Đủ thành phần hồ sơ.");
    await act(second, "Xác nhận tiếp nhận");
    await dialog.getByRole("button", { name: "Xác nhận tiếp nhận", exact: true }).click();
    await dialog.getByText("Hồ sơ vừa có thay đổi").waitFor();
    assert.equal(await dialog.getByLabel("Ghi chú").inputValue(), "Đủ thành phần hồ sơ.");
    for (const page of [focal, first, second]) await page.context().close();
  });
});

describe("a draft", () => {
  test("saved in another window shows both versions and keeps the chosen one", async () => {
    const account = province.account("focal", "Sở Tư pháp");
    const here = await windowOf(browser, province, account);
    await openForm(here);
    await fill(here, "Tần suất khai thác", "10 lượt/ngày");
    await saved(here);
    await here.waitForURL(/draft=\d+/);
    const there = await here.context().newPage();
    await there.goto(here.url());
    await fill(there, "Tần suất khai thác", "20 lượt/ngày");
    await saved(there);
    await fill(here, "Tần suất khai thác", "30 lượt/ngày");
    const conflict = here.getByRole("alert").filter({ hasText: "Bản nháp đã được lưu ở cửa sổ khác" });
    await conflict.getByRole("row").filter({ hasText: "20 lượt/ngày" }).filter({ hasText: "30 lượt/ngày" }).waitFor();
    await here.getByRole("button", { name: "Giữ bản đang nhập ở đây" }).click();
    await saved(here);
    await here.reload();
    assert.equal(await here.getByLabel("Tần suất khai thác").inputValue(), "30 lượt/ngày");
    await here.context().close();
  });
});

describe("a session", () => {
  test("with a wrong password says so and clears when typing begins", async () => {
    const page = await openWindow(browser);
    await page.goto(province.url);
    await page.locator("input[name=login]").fill("nguoi.la");
    await page.locator("input[name=password]").fill("sai");
    await page.getByRole("button", { name: "Đăng nhập", exact: true }).click();
    await page.getByText("Tên đăng nhập hoặc mật khẩu không đúng.").waitFor();
    await page.locator("input[name=password]").fill("khác");
    await page.getByText("Tên đăng nhập hoặc mật khẩu không đúng.").waitFor({ state: "detached" });
    await page.context().close();
  });

  test("of a demo person begins with two presses", async () => {
    const page = await openWindow(browser);
    await page.goto(province.url);
    const account = province.account("head", "Sở Y tế");
    await page.getByLabel("Tìm người").fill(account.name);
    await page.getByRole("button", { name: `Chọn tài khoản của ${account.name}` }).click();
    await page.getByRole("button", { name: "Đăng nhập", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Việc của tôi" }).waitFor();
    await page.context().close();
  });

  test("that ends asks again and keeps what was typed", async () => {
    const account = province.account("focal", "Sở Xây dựng");
    const page = await windowOf(browser, province, account);
    await openForm(page);
    await fill(page, "Tần suất khai thác", "5 lượt/ngày");
    await saved(page);
    await page.context().clearCookies();
    await fill(page, "Tần suất khai thác", "6 lượt/ngày");
    const dialog = page.getByRole("dialog", { name: "Phiên làm việc đã hết hạn" });
    await dialog.locator("input[name=password]").fill(account.password);
    await dialog.getByRole("button", { name: "Đăng nhập" }).click();
    await dialog.waitFor({ state: "hidden" });
    await saved(page);
    assert.equal(await page.getByLabel("Tần suất khai thác").inputValue(), "6 lượt/ngày");
    await page.context().close();
  });
});

test("the demo's clock moves and the inbox counts again", async () => {
  const page = await openWindow(browser);
  await signIn(page, province, province.account("focal", owner));
  await visit(page, "Đồng hồ");
  await page.getByRole("button", { name: "Thêm 1 ngày làm việc" }).click();
  await page.getByText(/Đồng hồ đã chuyển đến/).waitFor();
  await page.context().close();
});
