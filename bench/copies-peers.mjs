// Copies on one corpus, of ours and of every peer that is there, on the same folded text: what is found of each kind of planted copy,
// what is found of pairs that are no copies, what else is found, and how many notices are taken in and asked in a second, as ratios to
// ours. For a peer whatever it names counts as found, though it says neither what is shared nor where; for ours, what is shown by
// default (`called copy`: what is called one, on either side). Rates count all work on a folded text (signatures too) in processor time, datasketch's by the clock.
// Peers: datasketch and text-dedup (name a python that has them in PYTHON; `pip install datasketch text-dedup`), the npm package minhash
// (in a folder of its own, for the bench only, named in PEERS), and a stand-in of our own for the candidate stage of passim, which needs Spark.
// Run: npm run build && npm install --prefix peers minhash@0.0.9
//      PYTHON=venv/bin/python PEERS=peers node --import tsx bench/copies-peers.mjs       (DOCUMENTS=n PAIRS=n NEGATIVES=n SEED=n)
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernel } from '../dist/compare/kernel/index.js';
import { EDIT_KINDS, makeCorpus, makeRandom } from '../src/compare/testing/corpus.ts';
import { NEGATIVE_KINDS, negativePairs, plantedPairs } from './copies-planted.mjs';
import { makeShelves, ownTime, percent, printer, round } from './copies-shelves.mjs';

const DOCUMENTS = Number(process.env.DOCUMENTS ?? 10_000);
const PAIRS = Number(process.env.PAIRS ?? 10);
const NEGATIVES = Number(process.env.NEGATIVES ?? 300);
const SEED = Number(process.env.SEED ?? 1);
const { PYTHON = 'python3', PEERS = '' } = process.env;
const SOURCES = 2_000;
const SHOWN = 100;
const CALLED_COPY = 'As Posted, called copy';

const print = printer('copies-peers');
const corpus = makeCorpus({ seed: SEED });
const folder = mkdtempSync(join(tmpdir(), 'asposted-bench-'));
const script = (name) => fileURLToPath(new URL(`./peers/copies/${name}`, import.meta.url));

const documents = [];
const queries = [];
/** Places of the folded text at which a word of the original begins: behind what is neither letter nor digit. */
const wordsOf = (text, pos) =>
  Array.from(pos, (place, at) => (at === 0 || !/[\p{L}\p{N}]/u.test(text[place - 1] ?? '') ? at : -1)).filter(
    (at) => at >= 0,
  );
function put(rows, text, more = {}) {
  const { units, pos } = kernel().fold(text);
  rows.push({ id: rows.length, units, words: wordsOf(text, pos), ...more });
  return rows.length - 1;
}
for (let id = 0; id < DOCUMENTS; id++)
  put(documents, corpus.notice(id).text, { source: Math.floor(makeRandom(SEED, id)() * SOURCES) });
for (const { kind, id, planted } of plantedPairs({ corpus, documents: DOCUMENTS, pairs: PAIRS, seed: SEED })) {
  const copy = put(documents, planted.text, { source: SOURCES + documents.length });
  put(queries, corpus.notice(id).text, { kind, own: id, wanted: copy });
}
for (const kind of NEGATIVE_KINDS)
  for (const { a, b } of negativePairs({
    corpus,
    kind,
    pairs: Math.ceil(NEGATIVES / NEGATIVE_KINDS.length),
    seed: SEED,
  })) {
    const other = put(documents, b.text, { source: SOURCES + documents.length });
    put(queries, a.text, { kind, own: -1, wanted: other });
  }

const file = join(folder, 'rows.jsonl');
const out = createWriteStream(file);
for (const [kind, rows] of [
  ['document', documents],
  ['query', queries],
])
  for (const { id, units, words } of rows)
    if (
      !out.write(
        `${JSON.stringify({ kind, id, text: Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString('utf16le'), words })}\n`,
      )
    )
      await once(out, 'drain');
await new Promise((done) => out.end(done));

function ours() {
  const shelf = makeShelves();
  const began = ownTime();
  for (const { id, units, source } of documents)
    shelf.addSketch({ units, ...kernel().sketchFolded(units) }, { source, group: id });
  const inserted = ownTime();
  const copies = {};
  const found = Object.fromEntries(
    queries.map(({ id, own, units }) => {
      const answer = shelf.index.lookup(
        { units, ...kernel().sketchFolded(units) },
        { limit: SHOWN, ...(own < 0 ? {} : { group: own }) },
      );
      copies[id] = answer.found
        .filter(({ relation }) => relation.ofThis === 'copy' || relation.ofOther === 'copy')
        .map(({ document }) => document);
      return [id, answer.found.map(({ document }) => document)];
    }),
  );
  const asked = ownTime();
  const rates = {
    insertsPerSecond: (1_000 * documents.length) / (inserted - began),
    queriesPerSecond: (1_000 * queries.length) / (asked - inserted),
  };
  return [
    { peer: 'As Posted', ...rates, found },
    { peer: CALLED_COPY, ...rates, found: copies },
  ];
}

/** Undefined, and a line that says why, where it is not there. */
function run(name, command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status === 0) {
    const answer = JSON.parse(stdout.trim().split('\n').at(-1));
    // datasketch tells signatures apart from the rest.
    if (answer.signaturesPerSecond !== undefined)
      for (const rate of ['insertsPerSecond', 'queriesPerSecond'])
        answer[rate] = 1 / (1 / answer.signaturesPerSecond + 1 / answer[rate]);
    return { ...answer, peer: name };
  }
  print('a peer is not there', {
    peer: name,
    why: error?.message ?? stderr.split('\n').find((line) => /Error/.test(line)),
  });
  return undefined;
}

try {
  const all = [
    ...ours(),
    run('datasketch, 32 bands of 4', PYTHON, [script('datasketch_lsh.py'), file]),
    run('datasketch, 16 bands of 8, J ≥ 0.5', PYTHON, [
      script('datasketch_lsh.py'),
      file,
      '--bands',
      '16',
      '--rows',
      '8',
      '--least-jaccard',
      '0.5',
    ]),
    run('text-dedup MinHash, t 0.7', PYTHON, [script('text_dedup_minhash.py'), file]),
    run('npm minhash', process.execPath, [script('npm_minhash.mjs'), file, PEERS === '' ? folder : resolve(PEERS)]),
    run('passim-like, floating (stand-in)', process.execPath, [
      '--max-old-space-size=8000',
      script('passim_windows.mjs'),
      file,
      'floating',
    ]),
    run('passim-like, word starts (stand-in)', process.execPath, [script('passim_windows.mjs'), file]),
  ].filter((each) => each !== undefined);
  const [own] = all;
  const shareOf = (found, kind) => {
    const asked = queries.filter((query) => query.kind === kind);
    return percent(asked.filter(({ id, wanted }) => found[id].includes(wanted)).length, asked.length);
  };
  const byPeer = (kind) => Object.fromEntries(all.map(({ peer, found }) => [peer, shareOf(found, kind)]));
  for (const kind of EDIT_KINDS) print('found, % of planted copies', { kind, pairs: PAIRS, ...byPeer(kind) });
  for (const kind of NEGATIVE_KINDS)
    print('found, % of pairs that are no copies', { kind, pairs: Math.ceil(NEGATIVES / 3), ...byPeer(kind) });
  const others = ({ found }) =>
    queries.reduce(
      (sum, { id, own: original, wanted }) =>
        sum + found[id].filter((each) => each !== original && each !== wanted).length,
      0,
    ) / queries.length;
  print('other documents a question', Object.fromEntries(all.map((each) => [each.peer, round(others(each), 2)])));
  for (const { peer, insertsPerSecond, queriesPerSecond } of all.filter(({ peer }) => peer !== CALLED_COPY))
    print('rates', {
      peer,
      documents: documents.length,
      insertsPerSecond: round(insertsPerSecond, 0),
      lookupsPerSecond: round(queriesPerSecond, 0),
      oursTimesInserts: round(own.insertsPerSecond / insertsPerSecond, 2),
      oursTimesLookups: round(own.queriesPerSecond / queriesPerSecond, 2),
    });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
