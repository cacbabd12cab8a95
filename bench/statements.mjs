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

/** What each statement of the log was prepared as, and with which values; "{id}" for the case's. */
function readerOf(rows, id) {
  const templates = [...new Set(rows.filter((row) => row.command === "Prepare").map((row) => row.text))]
    .map((sql) => ({ sql, pattern: patternOf(sql) }));
  return ({ command, text }) => {
    if (command === "Query") return { sql: text };
    const found = templates.filter((t) => t.pattern.test(text));
    if (found.length !== 1) throw new Error(`${found.length} prepared statements may have been: ${text.slice(0, 300)}`);
    return { sql: found[0].sql, params: found[0].pattern.exec(text).slice(1).map((value) => valueOf(value, id)) };
  };
}

const sessionOf = (rows) => [rows.find((row) => row.command === "Query" && row.text.startsWith("SET SESSION")).text];
const isStatement = (row) => ["Query", "Execute"].includes(row.command);

/** rows: {thread, command, text} of the whole log, in order; between begin and end: the decision on case id. */
export function statementsOf(rows, begin, end, id) {
  const at = (text) => rows.findIndex((row) => row.command === "Query" && row.text.includes(text));
  const [from, to] = [at(begin), at(end)];
  const outsiders = new Set([rows[from].thread, rows[to].thread]);
  const decision = rows.slice(from + 1, to).filter((row) => !outsiders.has(row.thread) && isStatement(row)).map(readerOf(rows, id));
  return { session: sessionOf(rows), decision };
}

/** The same of the transaction that wrote the last event of case id. */
export function transactionOf(rows, id) {
  const event = rows.findLast((row) => row.command === "Execute" && row.text.startsWith("INSERT INTO event") && row.text.includes(id));
  const own = rows.filter((row) => row.thread === event.thread && isStatement(row));
  const at = own.indexOf(event);
  const isBegin = (row) => row.command === "Query" && /^(BEGIN|START TRANSACTION)/.test(row.text);
  const from = own.findLastIndex((row, i) => i < at && isBegin(row));
  const to = own.findIndex((row, i) => i > at && row.command === "Query" && row.text === "COMMIT");
  return { session: sessionOf(rows), decision: own.slice(from, to + 1).map(readerOf(rows, id)) };
}
