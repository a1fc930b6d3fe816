// How fast names are held against lists: to make the index, to open it as a command does, names a second on one core and on
// all, and what one name takes. Names that meet nobody (invented people) and names of the lists themselves are measured apart;
// of the invented, the first ten thousand warm the process up and are told apart from the others, all of which are different.
// With NAMES_HELD=1000000 words of real names are dealt out anew until there are so many. One JSON line a claim.
// Run: npm run build && node --max-old-space-size=8000 bench/screening.mjs      (NAMES_HELD=n)
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fstatSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openScreener, packScreener } from '../dist/screen/index.js';
import { openScreeningThreads } from '../dist/watch/index.js';
import { dealtOut, entities, listEntries, negatives } from './screening-input.mjs';

const HELD = Number(process.env.NAMES_HELD ?? 110_000);
const DAY = '2026-01-01';
const print = (claim, values) => console.log(JSON.stringify({ bench: 'screening', claim, ...values }));
const round = (value, digits = 1) => Number(value.toFixed(digits));
const megabytes = () => round(process.memoryUsage().rss / 2 ** 20, 0);

/** In a process of its own when asked so: what the index takes to make must not count as what it takes to use. */
const [folder, own] =
  process.argv[2] === 'made' ? [process.argv[3], false] : [mkdtempSync(join(tmpdir(), 'asposted-bench-')), true];
const path = join(folder, 'index');
if (own) {
  const entries = dealtOut(listEntries(entities()), HELD);
  const lists = [...new Set(entries.map(({ list }) => list))];
  const versions = lists.map((list) => ({ list, publishedAt: '2020-01-01', sha256: '0'.repeat(64), entries: 1 }));
  const began = performance.now();
  const shared = packScreener(entries, versions);
  print('made', {
    entities: entries.length,
    names: entries.reduce((sum, { aliases }) => sum + 1 + aliases.length, 0),
    ms: round(performance.now() - began, 0),
    megabytes: round(shared.byteLength / 2 ** 20, 0),
  });
  writeFileSync(path, Buffer.from(shared));
  writeFileSync(
    join(folder, 'own.json'),
    JSON.stringify(entries.filter((_, i) => i % Math.ceil(entries.length / 5_000) === 0)),
  );
  spawnSync(process.execPath, [import.meta.filename, 'made', folder], { stdio: 'inherit' });
  rmSync(folder, { recursive: true });
  process.exit(0);
}

const began = performance.now();
const file = openSync(path);
const size = fstatSync(file).size;
const shared = new SharedArrayBuffer(size);
for (let at = 0; at < size;) at += readSync(file, Buffer.from(shared), at, Math.min(size - at, 1 << 26), at);
createHash('sha256').update(Buffer.from(shared)).digest();
const screener = openScreener(shared);
screener.screen({ name: 'Trimix' }, DAY);
print('opened, hash checked, first name answered', { ms: round(performance.now() - began, 0), megabytes: megabytes() });

function measure(claim, queries) {
  const took = new Float64Array(queries.length);
  let matched = 0;
  const start = performance.now();
  for (const [i, query] of queries.entries()) {
    const from = performance.now();
    if (screener.screen(query, DAY).matches.length > 0) matched += 1;
    took[i] = performance.now() - from;
  }
  const seconds = (performance.now() - start) / 1_000;
  took.sort();
  const at = (share) => round(took[Math.floor(share * (took.length - 1))], 3);
  print(claim, {
    names: queries.length,
    matched,
    perSecond: round(queries.length / seconds, 0),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
  });
}

const invented = negatives();
const asked = invented.map((name) => ({ name, schema: 'Person' }));
measure('invented people, the first', asked.slice(0, 10_000));
measure('invented people, others', asked.slice(10_000));
measure(
  'invented people, kind unsaid',
  invented.slice(0, 10_000).map((name) => ({ name })),
);
const listed = JSON.parse(readFileSync(join(folder, 'own.json'), 'utf8')).map(({ name, schema }) => ({
  name,
  schema: schema === 'Person' ? 'Person' : 'Company',
}));
measure('names of the lists', listed);
for (const [claim, name] of [
  ['10 MB', 'Иванов '.repeat(800_000)],
  ['100,000 words', 'a b '.repeat(50_000)],
  ['lone surrogates', '\ud800\udc00\udfff'.repeat(1_000)],
])
  measure(`hostile: ${claim}`, [{ name }]);
print('after all of it', { megabytes: megabytes() });
const threads = openScreeningThreads(shared);
const start = performance.now();
let answers = 0;
for await (const answer of threads.screen(asked.map((query) => ({ query, on: DAY }))))
  answers += answer.on === DAY ? 1 : 0;
print('invented people, all processors, from a cold start', {
  threads: threads.count,
  cores: availableParallelism(),
  perSecond: round(answers / ((performance.now() - start) / 1_000), 0),
});
await threads.close();
