// What it costs to find 20,000 terms in 12 M characters: making the tables, and the scan of each engine. One JSON line a claim.
// All engines must report the same hits, or it ends with an error. Ratios are against a plain sum over the same units in the
// same rounds (what memory allows JavaScript), and against npm's automatons where they are installed beside, for the bench only.
// Run: npm run build
//      npm install --prefix peers fastscan@1.0.6 modern-ahocorasick@3.3.0 @monyone/aho-corasick@1.1.11
//      PEERS=peers node --import tsx bench/recognise.mjs
// TERMS=100000, CHARACTERS=1000000: other sizes. ASPOSTED_SHARED=DIR: real notices (data/goods/corpus) to make the text of.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { compileTerms, unitsOf } from '../dist/text/index.js';
import { makeScan } from '../dist/text/terms/scan.js';
import { buildTables } from '../dist/text/terms/tables.js';
import { SCAN_MODULE } from '../dist/text/terms/wasm-module.js';
import { makeAutomaton } from '../src/text/terms/testing/automaton.ts';
import { makeInput } from './recognise-input.mjs';

const ROUNDS = 9;
/** Peers get the head of the text, as strings, and both sides make a list of hits: the slowest needs a quarter of a minute for all of it. */
const PEER_CHARACTERS = 600_000;
/** In pieces as long as a notice: modern-ahocorasick cuts graphemes, which takes minutes in one long string. */
const NOTICE = 1_200;

const print = (claim, values) => console.log(JSON.stringify({ bench: 'recognise', claim, ...values }));
const round = (value, digits = 1) => Number(value.toFixed(digits));
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const timed = (work) => {
  const began = performance.now();
  const result = work();
  return { result, ms: performance.now() - began };
};

/** The hits as a number of them and a sum that does not depend on their order. */
const digest = () => {
  let [count, sum] = [0, 0];
  return {
    add: (start, term) => {
      count += 1;
      sum = (sum + Math.imul(Math.imul(start, 31) ^ term, 0x85ebca6b)) | 0;
    },
    read: () => `${count}/${sum}`,
    count: () => count,
  };
};

function plainSum(units) {
  let sum = 0;
  for (let at = 0; at < units.length; at++) sum = (sum + units[at]) | 0;
  return sum;
}

if (SCAN_MODULE === undefined) throw new Error('dist/ holds no WebAssembly: npm run build');
const input = makeInput({
  terms: Number(process.env.TERMS ?? 20_000),
  characters: Number(process.env.CHARACTERS ?? 12e6),
});
const { terms, text } = input;
const units = unitsOf(text);
print('input', {
  terms: terms.length,
  unitsOfTerms: terms.join('').length,
  characters: units.length,
  made: input.made ? 'of drawn syllables and characters' : 'of real notices',
});

const builds = Array.from({ length: ROUNDS }, () => timed(() => buildTables(terms)));
const tables = builds[0].result;
const bytes = Object.values(tables).reduce((sum, table) => sum + (table.byteLength ?? 0), 0);
print('build', {
  terms: terms.length,
  medianMs: round(median(builds.map(({ ms }) => ms))),
  firstMs: round(builds[0].ms),
  megabytes: round(bytes / 1e6, 2),
  cells: tables.cells.length / 2,
});

const compiled = compileTerms(terms);
const engines = {
  webAssembly: (found) => compiled.scan(units, found),
  javascript: (
    (scan) => (found) =>
      scan(units, found)
  )(makeScan(tables)),
  automaton: (
    (scan) => (found) =>
      scan(units, found)
  )(makeAutomaton(terms)),
};
const times = { sum: [], ...Object.fromEntries(Object.keys(engines).map((name) => [name, []])) };
let hits;
for (let at = 0; at < ROUNDS; at++) {
  times.sum.push(timed(() => plainSum(units)).ms);
  for (const [name, scan] of Object.entries(engines)) {
    const seen = digest();
    times[name].push(timed(() => scan(seen.add)).ms);
    hits ??= seen;
    if (seen.read() !== hits.read()) throw new Error(`${name} found ${seen.read()}, not ${hits.read()}`);
  }
}
const millions = (ms, length = units.length) => length / ms / 1_000;
for (const [name, all] of Object.entries(times)) {
  const ms = median(all);
  print('scan', {
    engine: name === 'sum' ? 'none, a plain sum' : name,
    millionCharactersPerSecond: round(millions(ms)),
    best: round(millions(Math.min(...all))),
    ...(name === 'sum' ? {} : { hits: hits.count(), ratioToSum: round(median(times.sum) / ms, 3) }),
  });
}

const PEERS = {
  fastscan: (Scanner) => {
    const scanner = new Scanner(terms);
    return { search: (part) => scanner.search(part), name: ([start, word]) => `${start} ${word}` };
  },
  'modern-ahocorasick': (Matcher) => {
    const matcher = new Matcher(terms);
    return { search: (part) => matcher.search(part), name: ({ start, pattern }) => `${start} ${pattern}` };
  },
  '@monyone/aho-corasick': ({ AhoCorasick }) => {
    const matcher = new AhoCorasick(terms);
    return { search: (part) => matcher.matchInText(part), name: ({ begin, keyword }) => `${begin} ${keyword}` };
  },
};
const folder = resolve(process.env.PEERS ?? '.');
const require = createRequire(join(folder, 'peers.cjs'));
const version = (peer) => JSON.parse(readFileSync(join(folder, 'node_modules', peer, 'package.json'), 'utf8')).version;
const notices = Array.from({ length: PEER_CHARACTERS / NOTICE }, (_, at) => text.slice(at * NOTICE, (at + 1) * NOTICE));
const length = notices.join('').length;
for (const [peer, make] of Object.entries(PEERS)) {
  let library;
  try {
    library = require(peer);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    print('peer', { peer, result: 'not installed' });
    continue;
  }
  const { result: matcher, ms: buildMs } = timed(() => make(library.default ?? library));
  const search = {
    own: () =>
      notices.map((notice) => {
        const hits = [];
        compiled.scan(notice, (start, term) => hits.push({ start, term }));
        return hits;
      }),
    theirs: () => notices.map((notice) => matcher.search(notice)),
  };
  const rounds = Array.from({ length: ROUNDS }, () => ({ own: timed(search.own).ms, theirs: timed(search.theirs).ms }));
  const [theirs, own] = [median(rounds.map(({ theirs }) => theirs)), median(rounds.map(({ own }) => own))];
  const named = (hits, name) => new Set(hits.flatMap((each, at) => each.map((hit) => `${at} ${name(hit)}`)));
  const ownHits = named(search.own(), ({ start, term }) => `${start} ${terms[term]}`);
  const theirHits = named(search.theirs(), matcher.name);
  print('peer', {
    peer: `${peer} ${version(peer)}`,
    buildMs: round(buildMs),
    millionCharactersPerSecond: round(millions(theirs, length), 2),
    webAssembly: round(millions(own, length)),
    webAssemblyIsTimesFaster: round(theirs / own),
    hits: ownHits.size,
    hitsTheyLack: [...ownHits].filter((hit) => !theirHits.has(hit)).length,
    hitsTheyAdd: [...theirHits].filter((hit) => !ownHits.has(hit)).length,
  });
}
