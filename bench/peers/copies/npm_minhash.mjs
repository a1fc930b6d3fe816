// Copies by the npm package `minhash` with its own defaults (128 permutations, its LSH index), over character 5-grams of text that
// the caller has folded. Any candidate counts as found, at its 32 bands of 4. Version 0.0.9 throws when a question has a band that no
// document has; such bands are put there empty. Reads and prints what datasketch_lsh.py does.
//   npm install --prefix peers minhash@0.0.9;  node npm_minhash.mjs FILE peers
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { answer } from './asked.mjs';

const [file, peers] = process.argv.slice(2);
const require = createRequire(join(resolve(peers), 'x.js'));
const { Minhash, LshIndex } = require('minhash');
const GRAM = 5;

function signature(text) {
  const minhash = new Minhash();
  const grams = new Set();
  for (let at = 0; at + GRAM <= Math.max(GRAM, text.length); at++) grams.add(text.slice(at, at + GRAM));
  for (const gram of grams) minhash.update(gram);
  return minhash;
}

const index = new LshIndex();
answer(file, {
  peer: 'npm minhash',
  version: require('minhash/package.json').version,
  insert: ({ id, text }) => index.insert(id, signature(text)),
  query: ({ text }) => {
    const signed = signature(text);
    for (const band of index.getHashbands(signed)) index.index[band] ??= [];
    return [...new Set(index.query(signed))].map(Number);
  },
});
