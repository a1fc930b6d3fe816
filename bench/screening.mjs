// How fast names are held against lists: the time to build the index, names a second on one core, and what one name takes.
// Names that meet nobody (invented people) and names of the lists themselves are measured apart. One JSON line a claim.
// Seen, two cores shared by several jobs (load 4 to 6): 2,900 names a second cold, 7,300 warm, p50 .07 ms, p99 1.4 ms; index 6 s.
// Run: npm run build && node bench/screening.mjs      (ENTRIES=n: only the first n entities; NAMES=n)
import { createScreener } from '../dist/screen/index.js';
import { entities, listEntries, negatives } from './screening-input.mjs';

const COUNT = Number(process.env.NAMES ?? 20_000);
const DAY = '2026-01-01';
const print = (claim, values) => console.log(JSON.stringify({ bench: 'screening', claim, ...values }));
const round = (value, digits = 1) => Number(value.toFixed(digits));

const all = entities().slice(0, Number(process.env.ENTRIES ?? Infinity));
const entries = listEntries(all);
const lists = [...new Set(entries.map(({ list }) => list))];
const versions = lists.map((list) => ({ list, publishedAt: '2020-01-01', sha256: '0'.repeat(64), entries: 1 }));
const names = entries.reduce((sum, { aliases }) => sum + 1 + aliases.length, 0);

const before = process.memoryUsage().rss;
const began = performance.now();
const screener = createScreener(entries, versions);
const ms = performance.now() - began;
print('index', {
  entities: entries.length,
  names,
  ms: round(ms, 0),
  megabytes: round((process.memoryUsage().rss - before) / 2 ** 20, 0),
});

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

const invented = negatives().slice(0, COUNT);
measure(
  'invented people, cold',
  invented.map((name) => ({ name, schema: 'Person' })),
);
measure(
  'invented people, warm',
  invented.map((name) => ({ name, schema: 'Person' })),
);
measure(
  'invented people, kind unsaid',
  invented.slice(0, COUNT / 4).map((name) => ({ name })),
);
const every = Math.max(1, Math.floor(entries.length / (COUNT / 4)));
const own = entries.filter((_, i) => i % every === 0);
measure(
  'names of the lists',
  own.map(({ name, schema }) => ({ name, schema: schema === 'Person' ? 'Person' : 'Company' })),
);
for (const [claim, name] of [
  ['10 MB', 'Иванов '.repeat(800_000)],
  ['100,000 words', 'a b '.repeat(50_000)],
  ['lone surrogates', '\ud800\udc00\udfff'.repeat(1_000)],
])
  measure(`hostile: ${claim}`, [{ name }]);
