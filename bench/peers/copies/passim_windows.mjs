// A stand-in for passim, which needs Spark: its documented candidate stage alone (README: character n-grams of 25, in 2 to 100
// documents, at least 5 shared), in a short implementation of our own. It is generous: no alignment follows, so whatever has 5
// n-grams in common counts as found. With `floating`, n-grams begin at every character (`--floating-ngrams`), else at the starts of
// words, which the caller names, as folded text shows none. Reads and prints what datasketch_lsh.py does.
//   node passim_windows.mjs FILE [floating]
import { readFileSync } from 'node:fs';

const GRAM = 25;
const [LEAST_HOLDERS, MOST_HOLDERS, LEAST_SHARED] = [2, 100, 5];
const [file, manner] = process.argv.slice(2);
const ownTime = () => process.cpuUsage().user + process.cpuUsage().system;

function grams({ text, words }) {
  const found = new Set();
  if (manner === 'floating') for (let at = 0; at + GRAM <= text.length; at++) found.add(text.slice(at, at + GRAM));
  else for (const at of words) if (at + GRAM <= text.length) found.add(text.slice(at, at + GRAM));
  return found;
}

const holders = new Map();
const count = { document: 0, query: 0 };
const time = { document: 0, query: 0 };
const found = {};
let candidates = 0;
for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
  const row = JSON.parse(line);
  const began = ownTime();
  const shared = new Map();
  for (const gram of grams(row)) {
    const held = holders.get(gram);
    if (row.kind === 'query') {
      if (!held || held.length < LEAST_HOLDERS || held.length > MOST_HOLDERS) continue;
      for (const id of held) shared.set(id, (shared.get(id) ?? 0) + 1);
    } else if (!held) holders.set(gram, [row.id]);
    // One more than the limit says that it is beyond.
    else if (held.length <= MOST_HOLDERS) held.push(row.id);
  }
  if (row.kind === 'query') {
    found[row.id] = [...shared].filter(([, many]) => many >= LEAST_SHARED).map(([id]) => id);
    candidates += found[row.id].length;
  }
  time[row.kind] += ownTime() - began;
  count[row.kind] += 1;
}
console.log(
  JSON.stringify({
    peer: `passim-like windows, ${manner === 'floating' ? 'floating' : 'word starts'} (stand-in)`,
    version: null,
    candidatesPerQuery: candidates / Math.max(1, count.query),
    insertsPerSecond: (1e6 * count.document) / time.document,
    queriesPerSecond: (1e6 * count.query) / time.query,
    found,
  }),
);
