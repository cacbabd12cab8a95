// The server dies between the commit of an event and the sending of its mail.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { province, until } from "./harness.mjs";

const at = province();

test("kill -9 between commit and send loses no mail", async () => {
  const ids = [];
  for (let i = 0; i < 4; i++) {
    ids.push((await at.lan.request()).id);
    await at.p.crashServer();
    await at.p.startServer();
  }
  // What a server had taken when it died is offered again when its lease is over.
  at.p.sql("UPDATE mail SET next_at = UTC_TIMESTAMP(6) WHERE state = 'waiting'");
  const of = `FROM mail WHERE case_id IN (${ids.join()})`;
  await until("every mail is sent", () => {
    const [[all, sent]] = at.p.sql(`SELECT COUNT(*), COALESCE(SUM(state = 'sent'), 0) ${of}`);
    return Number(all) >= ids.length && all === sent;
  }, 60000);
  // A crash after the sending and before its note sends a mail again, under the same name: never fewer.
  const files = fs.readdirSync(path.join(at.p.folder, "mail"));
  assert.ok(files.length >= Number(at.p.sql(`SELECT COUNT(*) ${of}`)[0][0]));
});
