// Prints where the demo answers and who can sign in there.
//   node scripts/accounts.mjs ASK-ADDRESS SHOWN-ADDRESS
const [ask, shown] = process.argv.slice(2);

const columns = [
  ["login", (a) => a.login],
  ["password", (a) => a.password],
  ["name", (a) => a.name],
  ["post", (a) => a.post],
  ["agency", (a) => a.agency],
];

const plain = (value) => (typeof value === "object" && value ? (value.vi ?? value.name?.vi ?? "") : String(value ?? ""));
const width = (text) => [...text.normalize("NFC")].length;
const pad = (text, n) => text + " ".repeat(n - width(text));

function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => width(row[i]))));
  return rows.map((row) => "  " + row.map((text, i) => pad(text, widths[i])).join("  ").trimEnd());
}

const answer = await fetch(`${ask}/api/demo/accounts`);
if (!answer.ok) throw new Error(`the list of accounts: HTTP ${answer.status}`);
const { items } = await answer.json();
const rows = items.map((account) => columns.map(([, read]) => plain(read(account))));
console.log(table([columns.map(([title]) => title), ...rows]).join("\n"));
console.log(`\nLiên Thông: ${shown}   (Ctrl-C ends it)`);
