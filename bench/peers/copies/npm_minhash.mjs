// Copies by the npm package `minhash` with its own defaults (128 permutations, its LSH index), over character 5-grams of text that
// the caller has folded. Any candidate counts as found, at its 32 bands of 4. Version 0.0.9 throws when a question has a band that no
// document has; such bands are put there empty. Reads and prints what datasketch_lsh.py does.
//   npm install --prefix peers minhash@0.0.9;  node npm_minhash.mjs FILE peers
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [file, peers] = process.argv.slice(2);
const require = createRequire(join(resolve(peers), 'x.js'));
const { Minhash, LshIndex } = require('minhash');
const GRAM = 5;
const ownTime = () => process.cpuUsage().user + process.cpuUsage().system;

function signature(text) {
  const minhash = new Minhash();
  const grams = new Set();
  for (let at = 0; at + GRAM <= Math.max(GRAM, text.length); at++) grams.add(text.slice(at, at + GRAM));
  for (const gram of grams) minhash.update(gram);
  return minhash;
}

const index = new LshIndex();
const count = { document: 0, query: 0 };
const time = { document: 0, query: 0 };
const found = {};
let candidates = 0;
for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
  const { kind, id, text } = JSON.parse(line);
  const began = ownTime();
  const signed = signature(text);
  if (kind === 'document') index.insert(id, signed);
  else {
    for (const band of index.getHashbands(signed)) index.index[band] ??= [];
    found[id] = [...new Set(index.query(signed))].map(Number);
    candidates += found[id].length;
  }
  time[kind] += ownTime() - began;
  count[kind] += 1;
}
console.log(
  JSON.stringify({
    peer: 'npm minhash',
    version: require('minhash/package.json').version,
    candidatesPerQuery: candidates / Math.max(1, count.query),
    insertsPerSecond: (1e6 * count.document) / time.document,
    queriesPerSecond: (1e6 * count.query) / time.query,
    found,
  }),
);
