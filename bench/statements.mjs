// What one decision says to the database, out of MariaDB's general log: the texts as prepared, the values as
// executed, "{id}" where the case's id is. The bare client says the same for other cases, so it cannot drift away.

/** One literal as the log writes it. */
const literal = /(?:TIMESTAMP)?'(?:[^'\\]|\\.|'')*'|NULL|-?\d+(?:\.\d+)?/.source;

function patternOf(template) {
  const parts = template.split("?").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(`(${literal})`)}$`, "s");
}

const escapes = { n: "\n", r: "\r", t: "\t", 0: "\0", Z: "\x1a" };
const unquoted = (text) =>
  text.slice(1, -1).replace(/''|\\(.)/gs, (all, c) => (all === "''" ? "'" : (escapes[c] ?? c)));

function valueOf(text, id) {
  if (text === "NULL") return null;
  if (text === String(id)) return "{id}";
  if (!text.endsWith("'")) return Number(text);
  const value = unquoted(text.replace(/^TIMESTAMP/, ""));
  return value === `bench-${id}` ? "bench-{id}" : value;
}

/** rows: {thread, command, text} of the whole log, in order; between begin and end: the decision on case id. */
export function statementsOf(rows, begin, end, id) {
  const at = (text) => rows.findIndex((row) => row.command === "Query" && row.text.includes(text));
  const [from, to] = [at(begin), at(end)];
  const outsiders = new Set([rows[from].thread, rows[to].thread]);
  const templates = [...new Set(rows.filter((row) => row.command === "Prepare").map((row) => row.text))]
    .map((sql) => ({ sql, pattern: patternOf(sql) }));

  const statement = ({ command, text }) => {
    if (command === "Query") return { sql: text };
    const found = templates.filter((t) => t.pattern.test(text));
    if (found.length !== 1) throw new Error(`${found.length} prepared statements may have been: ${text.slice(0, 300)}`);
    return { sql: found[0].sql, params: found[0].pattern.exec(text).slice(1).map((value) => valueOf(value, id)) };
  };

  const decision = rows.slice(from + 1, to)
    .filter((row) => !outsiders.has(row.thread) && ["Query", "Execute"].includes(row.command)).map(statement);
  const session = [rows.find((row) => row.command === "Query" && row.text.startsWith("SET SESSION")).text];
  return { session, decision };
}
