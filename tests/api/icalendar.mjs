// A small reader of iCalendar (RFC 5545) that shares nothing with the writer: content lines, unfolding, TEXT values.
import assert from "node:assert/strict";

/** Checks what the RFC says of lines, and answers them unfolded. */
function contentLines(bytes) {
  const text = bytes.toString("utf8");
  assert.ok(text.endsWith("\r\n"), "the last line ends with CRLF");
  assert.doesNotMatch(text, /[^\r]\n|\r[^\n]/, "CR and LF only together");
  for (const line of text.split("\r\n")) {
    const octets = Buffer.from(line);
    assert.ok(octets.length <= 75, `a line of ${octets.length} octets: ${line}`);
    assert.doesNotMatch(line, /\uFFFD/, `a character cut in two: ${line}`);
  }
  return text.replace(/\r\n[ \t]/g, "").split("\r\n").slice(0, -1);
}

function property(line) {
  const [, name, params, value] = line.match(/^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/s) ?? assert.fail(`no content line: ${line}`);
  return { name: name.toUpperCase(), params: params.slice(1), value };
}

const texts = new Set(["SUMMARY", "DESCRIPTION", "UID"]);

/** TEXT: a comma, semicolon or backslash stands behind a backslash, and nothing else does but n. */
function textOf(value) {
  assert.match(value, /^(?:[^\\,;]|\\[\\,;nN])*$/, `not escaped: ${value}`);
  return value.replace(/\\(.)/g, (all, c) => (c === "n" || c === "N" ? "\n" : c));
}

/** {name, properties: {NAME: value}, components: [...]} */
export function readCalendar(bytes) {
  const root = { components: [] };
  const open = [root];
  for (const { name, params, value } of contentLines(bytes).map(property)) {
    const now = open.at(-1);
    if (name === "BEGIN") {
      const child = { name: value, properties: {}, params: {}, components: [] };
      now.components.push(child);
      open.push(child);
    } else if (name === "END") {
      assert.equal(open.pop().name, value);
    } else {
      assert.ok(!(name in now.properties), `${name} twice`);
      now.properties[name] = texts.has(name) ? textOf(value) : value;
      now.params[name] = params;
    }
  }
  assert.equal(open.length, 1, "everything that begins ends");
  assert.equal(root.components.length, 1);
  assert.equal(root.components[0].name, "VCALENDAR");
  return root.components[0];
}
