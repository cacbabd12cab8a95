// Each page, in both languages, wide and narrow: nothing that axe finds, nothing wider than the window.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Province } from "../api/harness.mjs";
import { desktop, isAccessible, openBrowser, openWindow, phone, windowOf } from "./browser.mjs";

let province, browser, caseId, mailId, term;
before(async () => {
  province = await Province.start();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await province?.stop();
});

async function learnIds(page) {
  const ask = (path) => page.evaluate((url) => fetch(url).then((r) => r.json()), path);
  caseId ??= (await ask("/api/inbox")).items[0].case.id;
  term ??= (await ask(`/api/cases/${caseId}`)).terms[0].term;
  mailId ??= (await ask("/api/demo/mails")).items[0].id;
}

const paths = () => ["/inbox", "/inbox?tab=agency", "/inbox?tab=watched", "/cases", "/cases?state=overdue&q=khong-co-gi", `/cases/${caseId}`, "/services", "/services/DV008",
  "/services/DV008/request", "/open", "/open/wf-08", "/open/wf-13", "/workflows/wf-08", "/grants", "/drafts", `/mails?mail=${mailId}`, "/clock", "/settings", "/calendar", `/cases/${caseId}/terms/${term}/note`, "/operations", "/cases/999999", "/khong-co"];
const operatorPaths = ["/operations", "/operations?view=mails", "/operations?view=vacancies", "/operations?view=dates"];

const settled = (page) => page.waitForFunction(() => document.querySelector("h1, [role=alert]") && !document.querySelector(".mantine-Skeleton-root"));

async function areAccessible(page, paths, size, lang) {
  for (const path of paths) {
    await page.goto(province.url + path);
    await settled(page);
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
    assert.match(await page.title(), / – Liên Thông$/);
    await isAccessible(page, `${path}, ${size}, ${lang}`);
  }
}

for (const [size, viewport] of Object.entries({ desktop, phone }))
  for (const lang of ["vi", "en"])
    test(`every page is accessible: ${size}, ${lang}`, async () => {
      const outside = await openWindow(browser, { viewport, lang });
      await outside.goto(province.url);
      await outside.getByRole("table").waitFor();
      await isAccessible(outside, `sign-in, ${size}, ${lang}`);
      await outside.context().close();

      const page = await windowOf(browser, province, province.account("head", "Sở Lao động"), { viewport, lang });
      await learnIds(page);
      await areAccessible(page, paths(), size, lang);
      await page.goto(`${province.url}/cases/${caseId}`);
      await page.locator(".section-now button").first().click();
      await page.getByRole("dialog").waitFor();
      await isAccessible(page, `dialog of an action, ${size}, ${lang}`);
      await page.goto(`${province.url}/settings`);
      await page.getByRole("button", { name: /^(Giao người làm thay|Name a substitute)$/ }).click();
      await isAccessible(page, `form of a substitution, ${size}, ${lang}`);
      assert.deepEqual(page.troubles, []);
      await page.context().close();

      const operator = await windowOf(browser, province, province.account("admin", "Sở Thông tin"), { viewport, lang });
      await areAccessible(operator, operatorPaths, size, lang);
      assert.deepEqual(operator.troubles, []);
      await operator.context().close();
    });
