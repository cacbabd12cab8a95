// Two people see one case move.
import assert from "node:assert/strict";
import { test } from "node:test";
import { province, Stream, until } from "./harness.mjs";

const at = province();

test("who looks at a case is told of each change, with its version", async () => {
  const c = await at.lan.request();
  const looking = await Stream.open(at.lan, `?case=${c.id}`);
  assert.equal(looking.response.headers.get("content-type"), "text/event-stream");
  await looking.next("hello");
  const signed = await at.hung.send(c.id, "SIGN");
  await looking.next("case", (data) => data.case === c.id && data.version === signed.version);
  await looking.next("inbox");
  looking.close();
});

test("the next person's inbox hears of it; a stranger hears nothing", async () => {
  const stranger = await at.p.signIn("focal", "Phường 1").catch(() => at.p.signIn("focal", "Sở Tài chính"));
  const theirs = await Stream.open(stranger);
  const owner = await Stream.open(at.minh);
  await theirs.next("hello");
  await owner.next("hello");
  const c = await at.lan.request();
  await at.hung.send(c.id, "SIGN");
  await owner.next("inbox", (data) => data.case === c.id);
  assert.deepEqual(theirs.events.map((e) => e.name), ["hello"]);
  theirs.close();
  owner.close();
});

test("what a timer does is told too", async () => {
  const c = await at.lan.request();
  const looking = await Stream.open(at.lan, `?case=${c.id}`);
  await looking.next("hello");
  await at.p.moveClock({ working_days: 4 });
  await looking.next("case", (data) => data.case === c.id && data.version > c.version);
  looking.close();
});

test("signing out ends the streams of that session", async () => {
  const person = await at.p.signIn("focal", "Phường 3");
  const stream = await Stream.open(person);
  await stream.next("hello");
  await person.delete("/api/session");
  await until("the stream to end", () => stream.isOver);
});

test("a stream of a case that is not there is refused", async () => {
  for (const [query, status] of [["?case=999999", 404], ["?case=x", 400]])
    assert.equal((await Stream.open(at.lan, query)).response.status, status);
});
