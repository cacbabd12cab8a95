// After the build: writes .br and .gz beside each file, prints what the first screen costs, and
// fails when that is more than the budget.
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url).pathname;
const budget = 250 * 1024;
const firstPages = ['src/app/routes/inbox-page.tsx', 'src/app/routes/sign-in-page.tsx'];
const compressible = /\.(js|css|html|svg|json|txt)$/;

function filesBelow(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

function compress(path) {
  const raw = readFileSync(path);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length };
  writeFileSync(`${path}.br`, brotliCompressSync(raw, { params: quality }));
  writeFileSync(`${path}.gz`, gzipSync(raw, { level: 9 }));
}

function collect(manifest, key, into) {
  const chunk = manifest[key];
  if (!chunk || into.has(chunk.file)) return;
  into.add(chunk.file);
  chunk.css?.forEach((file) => into.add(file));
  chunk.imports?.forEach((next) => collect(manifest, next, into));
}

function firstLoad() {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
  const files = new Set(['index.html']);
  collect(manifest, 'index.html', files);
  firstPages.forEach((key) => collect(manifest, key, files));
  return [...files];
}

filesBelow(dist).filter((path) => compressible.test(path) && !path.includes('/.vite/')).forEach(compress);
const first = firstLoad();
rmSync(join(dist, '.vite'), { recursive: true }); // only for the measure; not to be served
let total = 0;
for (const file of first) {
  const gz = statSync(join(dist, `${file}.gz`)).size;
  total += gz;
  console.log(`${(gz / 1024).toFixed(1).padStart(7)} KiB  ${file}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(7)} KiB  first load, gzip (at most ${budget / 1024})`);
if (total > budget) process.exit(1);
