// A folder of good definitions and what is put over it: JSON merge patches (RFC 7396), or whole texts.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const program = process.env.LIENTHONG ?? new URL('../../build/asan/lienthong', import.meta.url).pathname;
export const good = new URL('good/', import.meta.url).pathname;

const isObject = (v) => v !== null && typeof v === 'object' && !Array.isArray(v);

export function merge(value, patch) {
  if (!isObject(patch)) return patch;
  const result = isObject(value) ? { ...value } : {};
  for (const [key, change] of Object.entries(patch))
    if (change === null) delete result[key];
    else result[key] = merge(result[key], change);
  return result;
}

/** What `lienthong workflow check` says of the good folder with these changes; paths are within the folder. */
export function check({ patch = {}, text = {} }, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  try {
    cpSync(good, folder, { recursive: true });
    for (const [file, change] of Object.entries(patch)) {
      const before = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      writeFileSync(join(folder, file), JSON.stringify(merge(before, change)));
    }
    for (const [file, content] of Object.entries(text)) writeFileSync(join(folder, file), content);
    const r = spawnSync(program, ['workflow', 'check', '--quiet', join(folder, 'workflows')], { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
    return { ...r, mistakes: r.stderr.replaceAll(`${folder}/`, '').split('\n').filter(Boolean) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
