// The program as an administrator calls it, on the database of a province.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { root } from "./harness.mjs";

const program = path.join(root, process.env.LIENTHONG ?? "build/asan/lienthong");
const asan = { ASAN_OPTIONS: "detect_leaks=1", UBSAN_OPTIONS: "print_stacktrace=1" };

/** Runs a command with the province's configuration; `onLine` may kill it. */
export function tool(province, args, onOutput = () => {}) {
  return new Promise((resolve) => {
    const child = spawn(program, [...args, "--config", province.config], { env: { ...process.env, ...asan } });
    const answer = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text) => {
      answer.out += text;
      onOutput(answer.out, child);
    });
    child.stderr.setEncoding("utf8").on("data", (text) => (answer.err += text));
    child.on("close", (code, signal) => resolve({ ...answer, code, signal }));
  });
}

/** A workflow of the product after a change of its text, as a file beside the province. */
export function draft(province, name, change, file = `${name}-draft.json`) {
  const text = fs.readFileSync(path.join(root, "workflows", `${name}.json`), "utf8");
  const to = path.join(province.folder, file);
  fs.writeFileSync(to, change(text));
  return to;
}
