// A workflow is published on the command line; the running server takes it, and open cases stay.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province, until } from "./harness.mjs";
import { draft, tool } from "./tool.mjs";

const at = province();
const title = (words) => (text) => text.replace("Waiting for the head's signature", words);
const why = ["--why", "Rút ngắn thời hạn theo Quyết định 12/QĐ-UBND"];

test("a running server takes what is published; an open case stays with its version", async () => {
  const old = await at.lan.request();
  const answer = await tool(at.p, ["workflow", "publish", draft(at.p, "wf-01", title("Head, please sign")), ...why,
    "--by", at.hung.login]);
  assert.equal(answer.code, 0, answer.err);
  assert.match(answer.out, /version \d+ is published, hash [0-9a-f]{64}/);
  await until("the server to take it", async () => (await at.lan.request()).state_title.en === "Head, please sign", 15000);
  assert.equal((await at.lan.get(`/api/cases/${old.id}`)).body.state_title.en, "Waiting for the head's signature");
  await at.hung.send(old.id, "SIGN");
});

test("the same content again is the same version; versions lists who and why", async () => {
  const again = await tool(at.p, ["workflow", "publish", draft(at.p, "wf-01", title("Head, please sign")), ...why]);
  assert.equal(again.code, 0, again.err);
  assert.match(again.out, /this content is version \d+ already/);
  const list = await tool(at.p, ["workflow", "versions", "wf-01"]);
  assert.equal(list.code, 0, list.err);
  const lines = list.out.trim().split("\n");
  assert.equal(lines.length, 3);
  assert.match(lines[1], /^ .*shipped with the program/);
  assert.match(lines[2], /^\*.*Quyết định 12/);
  assert.ok(lines[2].includes(at.hung.session.person.name));
});

test("after a restart the published version stands, though the file differs", async () => {
  await at.p.stopServer();
  await at.p.startServer();
  assert.match(at.p.logText(), /differs from the published version of wf-01, which stands; to take the file: lienthong workflow publish/);
  assert.equal((await at.lan.request()).state_title.en, "Head, please sign");
});

test("a bad file is refused with its places, and nobody unknown publishes", async () => {
  const bad = await tool(at.p, ["workflow", "publish", draft(at.p, "wf-01", (t) => t.replace('"#expired"', '"#nowhere"')), ...why]);
  assert.equal(bad.code, 1);
  assert.match(bad.err, /wf-01-draft\.json:\/states\/trial/);
  const nobody = await tool(at.p, ["workflow", "publish", draft(at.p, "wf-01", title("x")), ...why, "--by", "nobody"]);
  assert.equal(nobody.code, 1);
  assert.match(nobody.err, /there is no account "nobody"/);
  for (const args of [["workflow", "publish"], ["workflow", "publish", "x.json"], ["workflow", "versions"]])
    assert.equal((await tool(at.p, args)).code, 2, args.join(" "));
  assert.equal((await tool(at.p, ["workflow", "versions", "wf-99"])).code, 1);
});
