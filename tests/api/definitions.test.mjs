// The server's own definitions: it does not start with a bad one, and says which file, where and why.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { Province, root } from "./harness.mjs";

/** The definitions with one workflow changed; the server must end with the text. */
async function refuses(change, expected) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lt-definitions-"));
  try {
    for (const name of ["workflows", "calendars"]) fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    const file = path.join(folder, "workflows/wf-01.json");
    const machine = JSON.parse(fs.readFileSync(file));
    change(machine);
    fs.writeFileSync(file, JSON.stringify(machine));
    await assert.rejects(Province.start({ definitions_dir: folder }).then((p) => p.stop()), (error) => {
      assert.ok(error.message.includes(`${file}:${expected}`), error.message);
      return true;
    });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

test("a chart that leads nowhere", () => refuses(
  (m) => { m.states.trial.states.fixing.on.FIXED.target = "#nowhere"; },
  "/states/trial/states/fixing/on/FIXED"));

test("a refusal without a ground, which only the search finds", () => refuses(
  (m) => { m.states.handling.states.work.states.review.on.REFUSE.meta.form.required = ["reason"]; },
  "/states/refused: the outcome is \"refused\", but a path leads here on which nobody states a ground"));

test("a workflow that offers what is not there", () => refuses(
  (m) => {
    m.states.connected.meta.offers = [{ workflow: "wf-99", title: { vi: "Mở", en: "Open" }, law: "DEFAULT", by: [{ post: "head", of: "owner" }] }];
  },
  "/states/connected/meta/offers/0: there is no workflow \"wf-99\""));
