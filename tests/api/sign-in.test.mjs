// Signing in and out: cookies, renewal, revocation, limits, and tokens that are not ours.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Person, province } from "./harness.mjs";

const at = province();

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const secondsNow = () => Math.floor(Date.now() / 1000);

/** A token as somebody would make it: with our key or another, any head and claims. */
function token(claims, { alg = "HS256", key } = {}) {
  const ours = fs.readFileSync(path.join(at.p.folder, "token.key"));
  const text = `${part({ alg, typ: "JWT" })}.${part(claims)}`;
  const hash = { HS256: "sha256", HS384: "sha384", HS512: "sha512" }[alg];
  return `${text}.${hash ? createHmac(hash, key ?? ours).update(text).digest("base64url") : ""}`;
}

const claimsOf = (person) => JSON.parse(Buffer.from(person.cookies.get("lt_token").split(".")[1], "base64url"));
const withToken = (text) => at.p.nobody().get("/api/session", { cookie: `lt_token=${text}` });

test("a person signs in, sees who they are, and signs out", async () => {
  const person = await at.p.signIn("focal", "Phường 3");
  const session = await person.get("/api/session");
  assert.equal(session.status, 200);
  assert.equal(session.body.person.login, person.login);
  assert.equal(session.body.is_demo, true);
  assert.equal(session.body.zone, "Asia/Ho_Chi_Minh");
  assert.ok(session.body.posts.some((post) => post.post === "focal" && post.agency.name.vi.includes("Phường 3")));
  assert.equal((await person.delete("/api/session")).status, 204);
  assert.equal(person.cookies.size, 0);
  assert.equal((await person.get("/api/session")).status, 401);
});

test("the cookies are out of reach of scripts and other sites", async () => {
  const { login, password } = at.p.account("head", "Phường 3");
  const answer = await at.p.nobody().post("/api/session", { login, password });
  const lines = answer.headers.getSetCookie();
  assert.equal(lines.length, 2);
  for (const line of lines) assert.match(line, /HttpOnly; SameSite=Strict$/);
  assert.doesNotMatch(answer.text, new RegExp(lines[1].split(/[=;]/)[1]));
});

test("wrong password and unknown login answer alike", async () => {
  const wrong = await at.p.nobody().post("/api/session", { login: at.lan.login, password: "không phải" });
  const unknown = await at.p.nobody().post("/api/session", { login: "ai-do", password: "không phải" });
  for (const answer of [wrong, unknown]) {
    assert.equal(answer.status, 401);
    assert.equal(answer.body.code, "wrong-credentials");
    assert.equal(answer.headers.getSetCookie().length, 0);
  }
  assert.equal(wrong.body.detail, unknown.body.detail);
});

test("after some failures a login must wait, though the password is right", async () => {
  const { login, password } = at.p.account("head", "Lao động");
  let answer;
  for (let i = 0; i < 8; i++) answer = await at.p.nobody().post("/api/session", { login, password: `sai ${i}` });
  assert.equal(answer.status, 429);
  const wait = Number(answer.headers.get("retry-after"));
  assert.ok(wait > 800 && wait <= 901, `the quarter of an hour that is left: ${wait}`);
  assert.equal((await at.p.nobody().post("/api/session", { login, password })).status, 429);
});

test("an expired token is renewed by its session, unseen", async () => {
  const person = await at.p.signIn("focal", "Phường 3");
  person.cookies.set("lt_token", token({ ...claimsOf(person), iat: secondsNow() - 1000, exp: secondsNow() - 100 }));
  assert.equal((await person.get("/api/session")).status, 200);
  assert.ok(claimsOf(person).exp > secondsNow() + 600);
  person.cookies.delete("lt_token");
  assert.equal((await person.get("/api/inbox")).status, 200);
  assert.ok(person.cookies.has("lt_token"));
});

test("a session that was ended renews nothing, and its token dies within seconds", async () => {
  const person = await at.p.signIn("focal", "Phường 3");
  const thief = new Person(at.p, person);
  thief.cookies = new Map(person.cookies);
  await person.delete("/api/session");
  assert.equal((await thief.get("/api/session")).status, 401);
  thief.cookies.delete("lt_token");
  assert.equal((await thief.get("/api/session")).status, 401);
});

test("a good token is good by itself", async () => {
  assert.equal((await withToken(token(claimsOf(at.lan)))).status, 200);
});

test("a token expired, forged, of another algorithm or of another user is refused", async () => {
  const claims = claimsOf(at.lan);
  const refused = {
    expired: token({ ...claims, iat: secondsNow() - 2000, exp: secondsNow() - 1 }),
    "signed with another key": token(claims, { key: Buffer.alloc(32, 7) }),
    "alg none": token(claims, { alg: "none" }),
    "alg none with a signature": token(claims, { alg: "none" }) + token(claims).split(".")[2],
    HS512: token(claims, { alg: "HS512" }),
    RS256: token(claims, { alg: "RS256" }),
    "claims changed": token(claims).replace(/\.[^.]+\./, `.${part({ ...claims, sub: claims.sub + 1 })}.`),
    "session of another user": token({ ...claims, sub: claimsOf(at.hung).sub }),
    "no such session": token({ ...claims, sid: 999999 }),
    "no such person": token({ ...claims, sub: 999999 }),
    "not a token": "x",
    empty: "",
    huge: "a".repeat(5000),
  };
  for (const [what, text] of Object.entries(refused)) {
    const answer = await withToken(text);
    assert.equal(answer.status, 401, what);
    assert.equal(answer.headers.get("content-type"), "application/problem+json", what);
  }
});

test("moving the demo's clock signs nobody out", async () => {
  await at.p.moveClock({ working_days: 3 });
  assert.equal((await at.lan.get("/api/session")).status, 200);
});

test("every private route asks for a sign-in", async () => {
  for (const url of ["/api/session", "/api/inbox", "/api/services", "/api/services/DV008", "/api/agencies",
    "/api/workflows", "/api/workflows/wf-01", "/api/grants", "/api/drafts", "/api/cases", "/api/cases/1", "/api/stream", "/api/demo/clock", "/api/demo/mails"]) {
    const answer = await at.p.nobody().get(url);
    assert.equal(answer.status, 401, url);
    assert.equal(answer.body.type, "https://lienthong.vn/problems/sign-in-required");
  }
});
