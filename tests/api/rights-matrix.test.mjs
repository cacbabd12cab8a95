// Each cell of the matrix of rights, held against the server: for every state of every workflow a case stands
// there, and everybody with one post on one side is asked what he may send.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Person, province, root } from "./harness.mjs";

const at = province();
const folder = path.join(root, "workflows");
const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name)));
const workflows = fs.readdirSync(folder).filter((name) => name.endsWith(".json")).map(read).filter((o) => o.initial && o.states);
const posts = read("posts.json");
const sides = Object.keys(read("sides.json"));
const text = (value) => `'${String(value).replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

// ---- for each post of each agency that takes a side a person of his own ----

let byRole, others, cast;

/** Signed in without a password: the session stands in the database. */
function addPerson(agency, post) {
  const login = `rights.${agency}.${post}`;
  const secret = createHash("sha256").update(login).digest("base64url");
  const hash = createHash("sha256").update(secret).digest("hex");
  at.p.sql(`
    INSERT INTO person (login, name, email, locale) VALUES ('${login}', '${login}', '${login}@example.vn', 'vi');
    INSERT INTO holding (person_id, agency_id, post, valid_from) SELECT id, ${agency}, '${post}', '2020-01-01' FROM person WHERE login = '${login}';
    INSERT INTO session (person_id, secret_hash, address, expires_at) SELECT id, '${hash}', 'test', '2100-01-01' FROM person WHERE login = '${login}'`);
  const person = new Person(at.p, { login, name: login });
  person.cookies.set("lt_session", secret);
  return Object.assign(person, { agency, post });
}

/** Once, by the first test: the province is there by then. */
function makeCast() {
  if (cast) return;
  byRole = Object.fromEntries(at.p.sql("SELECT role, id FROM agency WHERE role IS NOT NULL"));
  others = at.p.sql("SELECT id FROM agency WHERE role IS NULL ORDER BY id LIMIT 3").map(([id]) => id);
  const agencies = [...sides.map((side) => byRole[side]).filter(Boolean), ...others];
  cast = agencies.flatMap((agency) => Object.keys(posts).map((post) => addPerson(agency, post)));
}

/** Side -> agency: where the workflow says that a role opens or owns its cases, that agency takes both sides. */
function sidesOf({ meta: { start } }) {
  const [requester, owner, party] = others;
  return { ...byRole, requester: byRole[start.requester] ?? requester, owner: byRole[start.owner] ?? owner, party };
}

// ---- a case that stands where we want it ----

function addCase(workflow, agencies) {
  const context = { ...workflow.meta.context, fields: {}, people: [], terms: {}, parties: [Number(agencies.party)] };
  at.p.sql(`INSERT INTO cases (number, workflow, workflow_version_id, regime, calendar, requester_id, owner_id, title, snapshot, active_states,
      context, paused, version, head_hash, is_open, created_at, received_at)
    SELECT 'RIGHTS-${workflow.id}', '${workflow.id}', MAX(version_id), 'VN-ND278-2025', 'vn', ${agencies.requester}, ${agencies.owner}, 'Ma trận quyền',
      '{}', '', ${text(JSON.stringify(context))}, '{}', 1, REPEAT('0', 64), 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
    FROM workflow_publication WHERE workflow = '${workflow.id}'`);
  const [[id]] = at.p.sql(`SELECT id FROM cases WHERE number = 'RIGHTS-${workflow.id}'`);
  for (const { of } of workflow.meta.visibility.see) at.p.sql(`INSERT IGNORE INTO case_party (agency_id, case_id) VALUES (${agencies[of]}, ${id})`);
  return id;
}

const stand = (id, configuration) => at.p.sql(`UPDATE cases SET snapshot = ${text(JSON.stringify({ active: configuration }))},
  active_states = ${text(configuration.join(" "))} WHERE id = ${id}`);

// ---- what the matrix says ----

/** The cells of a configuration: of one event in several regions the one whose source lies deepest is asked. */
function cellsOf(matrix, configuration, depthOf) {
  const cells = new Map();
  for (const row of matrix.states.filter((one) => configuration.includes(one.state)))
    for (const cell of row.events) {
      const before = cells.get(cell.event);
      if (!before || depthOf.get(cell.choices[0].source) > depthOf.get(before.choices[0].source)) cells.set(cell.event, cell);
    }
  return cells;
}

/** A post of the province is of no party (posts.json). */
const forbids = (word, post) => ({ requester: ["requester"], party: posts[post].of_province ? [] : ["requester", "owner", "party"] })[word] ?? [];

/** true, false, or null where a rule over the case decides. Nobody has acted or agreed yet. */
function says(cell, post, own) {
  const may = cell.choices.map(({ by, not }) =>
    by.some((one) => one.post === post && own.includes(one.of)) && !not.some((word) => forbids(word, post).some((side) => own.includes(side))));
  if (!may.some(Boolean)) return false;
  return cell.is_certain ? may[0] : null;
}

function depths(workflow) {
  const found = new Map();
  const walk = (state, id, depth) => {
    found.set(state.id ?? id, depth);
    for (const [key, child] of Object.entries(state.states ?? {})) walk(child, `${id}.${key}`, depth + 1);
  };
  walk(workflow, workflow.id, 0);
  return found;
}

for (const workflow of workflows)
  test(`${workflow.id}: everybody may do just what the matrix says, in every state`, async (t) => {
    makeCast();
    const matrix = (await at.lan.get(`/api/workflows/${workflow.id}/rights`)).body;
    const agencies = sidesOf(workflow), id = addCase(workflow, agencies), depthOf = depths(workflow);
    const seeing = new Set(workflow.meta.visibility.see.map(({ of }) => of));
    const open = new Set();
    let held = 0;
    assert.ok(matrix.states.length > 0);
    for (const { state, configuration } of matrix.states) {
      stand(id, configuration);
      const cells = cellsOf(matrix, configuration, depthOf);
      await Promise.all(cast.map(async (person) => {
        const answer = await person.get(`/api/cases/${id}`);
        const own = Object.keys(agencies).filter((side) => agencies[side] === person.agency);
        const where = `${person.post} of ${own} in ${state}`;
        if (!own.some((side) => seeing.has(side))) {
          assert.equal(answer.status, 403, where);
          for (const cell of cells.values()) assert.equal(says(cell, person.post, own), false, `${where} may not see the case, yet may send ${cell.event}`);
          return;
        }
        assert.equal(answer.status, 200, `${where}: ${answer.text}`);
        const can = answer.body.can.map((one) => one.type);
        for (const [event, cell] of cells) {
          const expected = says(cell, person.post, own);
          if (expected === null) open.add(`${state} ${event}`);
          else assert.equal(can.includes(event), expected, `${where}: ${event}`);
          held += expected !== null;
        }
        assert.deepEqual(can.filter((event) => !cells.has(event)), [], where);
      }));
    }
    t.diagnostic(`${matrix.states.length} states, ${held} cells held`);
    if (open.size) t.diagnostic(`a rule over the case decides for the posts named: ${[...open].join(", ")}`);
  });
