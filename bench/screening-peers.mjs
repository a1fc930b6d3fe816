// The same names of the same lists asked of this product and of its two peers, one after the other on one core each:
//  - moov-io/watchman in memory. Its search is internal to its module: clone it, put bench/peers/watchman/main.go into it as
//    cmd/names, `go build ./cmd/names`, and name the result in WATCHMAN.
//  - nomenklatura's logic-v2 (`pip install nomenklatura`); name its python in LOGIC_V2. It scores pairs and finds nothing by
//    itself: it is given the 50 nearest names of each query, found by us, and only its scoring is counted (yente scores 20 to
//    500 a query after its search).
// Ours is measured in a warm process, after some thousand other names; theirs after the first names have loaded their tables.
// Run: npm run build && WATCHMAN=… LOGIC_V2=… node --max-old-space-size=8000 --import tsx bench/screening-peers.mjs   (NAMES_HELD=n QUERIES=n)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openScreener, packScreener } from '../dist/screen/index.js';
import { nameIndexOf } from '../dist/screen/name-index.js';
import { dealtOut, entities, listEntries, negatives } from './screening-input.mjs';

const HELD = Number(process.env.NAMES_HELD ?? 110_000);
const QUERIES = Number(process.env.QUERIES ?? 100);
const WARM = 10_000;
const CANDIDATES = 50;
const DAY = '2026-01-01';
const print = (claim, values) => console.log(JSON.stringify({ bench: 'screening-peers', claim, ...values }));
const round = (value, digits = 1) => Number(value.toFixed(digits));

const entries = dealtOut(listEntries(entities()), HELD);
const lists = [...new Set(entries.map(({ list }) => list))];
const versions = lists.map((list) => ({ list, publishedAt: '2020-01-01', sha256: '0'.repeat(64), entries: 1 }));
const invented = negatives();
const every = Math.floor(entries.length / QUERIES);
// Half invented people, half names that stand in the lists, of people and of bodies.
const queries = [
  ...invented.slice(WARM, WARM + QUERIES).map((name) => ({ name, person: true, kind: 'invented people' })),
  ...entries
    .filter((_, i) => i % every === 0)
    .slice(0, QUERIES)
    .map(({ name, schema }) => ({ name, person: schema === 'Person', kind: 'names of the lists' })),
];

const shared = packScreener(entries, versions);
const screener = openScreener(shared);
for (const name of invented.slice(0, WARM)) screener.screen({ name, schema: 'Person' }, DAY);
for (const { name, schema } of entries.filter((_, i) => i % 23 === 1))
  screener.screen({ name, schema: schema === 'Person' ? 'Person' : 'Company' }, DAY);
const ours = queries.map(({ name, person }) => {
  const began = performance.now();
  screener.screen({ name, schema: person ? 'Person' : 'Company' }, DAY);
  return performance.now() - began;
});

const folder = mkdtempSync(join(tmpdir(), 'asposted-bench-'));
const ask = (command, args, input) => {
  const file = join(folder, 'input.json');
  writeFileSync(file, JSON.stringify(input));
  const { status, stdout, stderr } = spawnSync(command, [...args, file], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, GOMAXPROCS: '1' },
  });
  if (status !== 0) throw new Error(stderr.slice(-2_000));
  return JSON.parse(stdout.trim().split('\n').at(-1));
};
try {
  report('this product', ours);
  if (process.env.WATCHMAN) {
    const all = entries.map(({ entry, schema, name, aliases }) => ({
      id: entry,
      person: schema === 'Person',
      names: namesOf({ name, aliases }),
    }));
    const { ms, madeMs } = ask(process.env.WATCHMAN, [], { entities: all, queries });
    report('moov-io/watchman', ms, { madeMs });
  } else print('moov-io/watchman', { result: 'not installed' });
  if (process.env.LOGIC_V2) {
    const script = join(import.meta.dirname, 'peers', 'logic_v2.py');
    const { ms, pairs } = ask(process.env.LOGIC_V2, [script], withCandidates());
    report('logic-v2, scoring alone', ms, { pairs });
  } else print('logic-v2', { result: 'not installed' });
} finally {
  rmSync(folder, { recursive: true });
}

/** The entities of the 50 nearest names, each with all its names, as a list has them. */
function withCandidates() {
  const [people, bodies] = [true, false].map((person) => {
    const holders = new Map();
    for (const entry of entries.filter(({ schema }) => (schema === 'Person') === person))
      for (const name of namesOf(entry)) if (!holders.has(name)) holders.set(name, entry);
    const names = [...holders.keys()];
    return { names, holders, index: nameIndexOf(names, person) };
  });
  return queries.map(({ name, person }) => {
    const { names, holders, index } = person ? people : bodies;
    const found = index.search(name, 0.1, CANDIDATES).map((each) => holders.get(names[each.name]));
    return { name, person, candidates: [...new Set(found)].map(namesOf) };
  });
}

function namesOf({ name, aliases }) {
  return [name, ...aliases.map((each) => each.name)];
}

function report(peer, ms, more = {}) {
  for (const kind of ['invented people', 'names of the lists']) {
    const of = (all) => all.filter((_, at) => queries[at].kind === kind);
    const [theirs, mine] = [of(ms), of(ours)];
    const sum = (all) => all.reduce((a, b) => a + b, 0);
    theirs.sort((a, b) => a - b);
    print(`${peer}: ${kind}`, {
      names: theirs.length,
      perSecond: round((theirs.length / sum(theirs)) * 1_000),
      p50: round(theirs[theirs.length >> 1], 3),
      p99: round(theirs[Math.floor(theirs.length * 0.99)], 3),
      ...more,
      ...(peer === 'this product' ? {} : { oursTimesFaster: round(sum(theirs) / sum(mine), 0) }),
    });
  }
}
