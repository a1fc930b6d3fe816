// What it costs to find 20,000 terms in 12 M characters: making the tables, and the scan of each engine; then a whole
// recognise() of a notice of 1,200 characters. One JSON line a claim.
// All engines must report the same hits, or it ends with an error. Ratios are against a plain sum over the same units in the
// same rounds (what memory allows JavaScript); against Hyperscan and daachorse, where cc with libhyperscan-dev and cargo are
// there to compile bench/peers, which scan the same text in UTF-8 in the same rounds; and against npm's automatons where they
// are installed beside, for the bench only.
// Run: npm run build
//      npm install --prefix peers fastscan@1.0.6 modern-ahocorasick@3.3.0 @monyone/aho-corasick@1.1.11
//      PEERS=peers node --import tsx bench/recognise.mjs
// Seen, two busy cores, two runs: WebAssembly 2.9 and 2.9 times as fast as Hyperscan 5.4, 2.2 and 2.0 times daachorse 1.0.1
// (2.3 and 2.3 in the rounds least disturbed), 48 and 45 times fastscan, 43 and 53 times @monyone, 0.35 of the plain sum.
// TERMS=100000, CHARACTERS=1000000: other sizes. ASPOSTED_SHARED=DIR: real notices (data/goods/corpus) to make the text of.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { loadCatalogue, recognise } from '../dist/recognise/index.js';
import { compileTerms, fold, skeleton, unitsOf } from '../dist/text/index.js';
import { makeScan } from '../dist/text/terms/scan.js';
import { buildTables } from '../dist/text/terms/tables.js';
import { SCAN_MODULE } from '../dist/text/terms/wasm-module.js';
import { makeAutomaton } from '../src/text/terms/testing/automaton.ts';
import { startNativePeers } from './peers/native.mjs';
import { makeInput, makeNotices } from './recognise-input.mjs';

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
    add: (place, term) => {
      count += 1;
      sum = (sum + Math.imul(Math.imul(place, 31) ^ term, 0x85ebca6b)) | 0;
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
/** The hits as a peer tells them, by their ends in bytes of UTF-8: outside of what is timed. */
function digestOfEnds() {
  const bytes = new Uint32Array(units.length + 1);
  // Half of a surrogate pair counts as half of its four bytes.
  for (let at = 0; at < units.length; at++) {
    const unit = units[at];
    bytes[at + 1] = bytes[at] + (unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3);
  }
  const seen = digest();
  compiled.scan(units, (start, term) => seen.add(bytes[start + terms[term].length], term));
  return seen.read();
}

const native = await startNativePeers(input);
for (const peer of native.missing) print('native', { peer, result: 'not installed' });
const names = [...Object.keys(engines), ...native.peers.map(({ peer }) => peer)];
const times = { sum: [], ...Object.fromEntries(names.map((name) => [name, []])) };
let hits;
const agree = (name, seen, wanted) => {
  if (seen !== wanted) throw new Error(`${name} found ${seen}, not ${wanted}`);
};
try {
  const ends = native.peers.length > 0 ? digestOfEnds() : undefined;
  for (let at = 0; at < ROUNDS; at++) {
    times.sum.push(timed(() => plainSum(units)).ms);
    for (const [name, scan] of Object.entries(engines)) {
      const seen = digest();
      times[name].push(timed(() => scan(seen.add)).ms);
      hits ??= seen;
      agree(name, seen.read(), hits.read());
    }
    for (const { peer, scan } of native.peers) {
      const { ms, count, sum } = await scan();
      times[peer].push(ms);
      agree(peer, `${count}/${sum}`, ends);
    }
  }
} finally {
  native.close();
}
const millions = (ms, length = units.length) => length / ms / 1_000;
/** How many times faster ours is: of the medians, and of the rounds least disturbed. */
const timesFaster = (own, theirs) => ({
  webAssemblyIsTimesFaster: round(median(theirs) / median(own), 2),
  ofTheBest: round(Math.min(...theirs) / Math.min(...own), 2),
});
for (const name of ['sum', ...Object.keys(engines)]) {
  const ms = median(times[name]);
  print('scan', {
    engine: name === 'sum' ? 'none, a plain sum' : name,
    millionCharactersPerSecond: round(millions(ms)),
    best: round(millions(Math.min(...times[name]))),
    ...(name === 'sum' ? {} : { hits: hits.count(), ratioToSum: round(median(times.sum) / ms, 3) }),
  });
}
for (const { peer, buildMs, bytes } of native.peers)
  print('native', {
    peer,
    buildMs,
    megabytes: round(bytes / 1e6, 2),
    millionCharactersPerSecond: round(millions(median(times[peer]))),
    best: round(millions(Math.min(...times[peer]))),
    sameHits: hits.count(),
    ...timesFaster(times.webAssembly, times[peer]),
  });

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
  const [theirs, own] = [rounds.map(({ theirs }) => theirs), rounds.map(({ own }) => own)];
  const named = (hits, name) => new Set(hits.flatMap((each, at) => each.map((hit) => `${at} ${name(hit)}`)));
  const ownHits = named(search.own(), ({ start, term }) => `${start} ${terms[term]}`);
  const theirHits = named(search.theirs(), matcher.name);
  print('peer', {
    peer: `${peer} ${version(peer)}`,
    buildMs: round(buildMs),
    millionCharactersPerSecond: round(millions(median(theirs), length), 2),
    webAssembly: round(millions(median(own), length)),
    ...timesFaster(own, theirs),
    hits: ownHits.size,
    hitsTheyLack: [...ownHits].filter((hit) => !theirHits.has(hit)).length,
    hitsTheyAdd: [...theirHits].filter((hit) => !ownHits.has(hit)).length,
  });
}

/** Calls of each kind of notice: enough that what V8 compiles is compiled, and that a few held up count for nothing. */
const CALLS = 1_800;
const catalogue = await loadCatalogue();
for (const [kind, texts] of Object.entries(await makeNotices(NOTICE))) {
  const whole = (text) => recognise({ text, language: 'zh', on: '2024-05-22' }, catalogue);
  const folding = (text) => [fold(text), skeleton(text)];
  const rounds = Array.from({ length: Math.ceil(CALLS / texts.length) });
  const microseconds = (work) => {
    const each = rounds.map(() => texts.map((text) => 1_000 * timed(() => work(text)).ms));
    return texts.map((_, at) => median(each.map((all) => all[at])));
  };
  const each = microseconds(whole);
  print('notice', {
    notices: kind,
    count: texts.length,
    characters: NOTICE,
    medianMicroseconds: round(median(each), 0),
    slowestNotice: round(Math.max(...each), 0),
    ofThatFolding: round(median(microseconds(folding)), 0),
    aim: 500,
  });
}
