// A real browser for the journeys: one window for each person, and what a person does in it.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { root } from "../api/harness.mjs";

const fromWeb = createRequire(path.join(root, "web/package.json"));
const { chromium } = fromWeb("playwright-core");
const axeSource = fs.readFileSync(fromWeb.resolve("axe-core/axe.min.js"), "utf8");

export const desktop = { width: 1366, height: 850 };
export const phone = { width: 390, height: 844 };

const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

export const openBrowser = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });

/** A window of its own: other cookies, other person. Errors of the page are kept in page.troubles. */
export async function openWindow(browser, { viewport = desktop, lang = "vi" } = {}) {
  const context = await browser.newContext({ viewport, timezoneId: "Asia/Ho_Chi_Minh", locale: "vi-VN" });
  context.setDefaultTimeout(20000);
  await context.addInitScript((value) => localStorage.setItem("lienthong-lang", value), lang);
  const page = await context.newPage();
  page.troubles = [];
  page.on("pageerror", (error) => page.troubles.push(error.message));
  page.on("console", (line) => {
    if (line.type() === "error" && !/status of 4\d\d/.test(line.text())) page.troubles.push(line.text());
  });
  return page;
}

export async function signIn(page, province, account) {
  await page.goto(province.url);
  await page.locator("input[name=login]").fill(account.login);
  await page.locator("input[name=password]").fill(account.password);
  await page.locator(".sign-in button[type=submit]").click();
  await page.getByRole("heading", { level: 1, name: /Việc của tôi|My work/ }).waitFor();
}

export async function windowOf(browser, province, account, options) {
  const page = await openWindow(browser, options);
  await signIn(page, province, account);
  return page;
}

/** Presses one of the case's actions, fills its form, sends it. */
export async function act(page, name, fields = {}) {
  await page.getByRole("button", { name, exact: true }).click();
  const dialog = page.getByRole("dialog");
  for (const [label, value] of Object.entries(fields)) await fill(dialog, label, value);
  await dialog.getByRole("button", { name, exact: true }).click();
  await page.getByText(`Đã ghi: ${name}.`).waitFor();
}

export async function fill(where, label, value) {
  const field = where.getByLabel(label, { exact: false }).first();
  if (value === true) await field.check();
  else if (await field.evaluate((node) => node.tagName === "SELECT")) await field.selectOption(value);
  else await field.fill(value);
}

/** No finding of axe by the rules of WCAG 2.2 AA, and nothing to scroll sideways. */
export async function isAccessible(page, where) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  const found = violations.map((v) => `${v.id}: ${v.help}\n    ${v.nodes.map((n) => `${n.target} ${n.html.slice(0, 160)}`).slice(0, 4).join("\n    ")}`);
  assert.deepEqual(found, [], `${where}\n${found.join("\n")}`);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wider <= 0, `${where} is ${wider} pixels wider than the window`);
}
