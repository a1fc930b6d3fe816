// A stand-in for passim, which needs Spark: its documented candidate stage alone (README: character n-grams of 25, in 2 to 100
// documents, at least 5 shared), in a short implementation of our own. It is generous: no alignment follows, so whatever has 5
// n-grams in common counts as found. With `floating`, n-grams begin at every character (`--floating-ngrams`), else at the starts of
// words, which the caller names, as folded text shows none. Reads and prints what datasketch_lsh.py does.
//   node passim_windows.mjs FILE [floating]
import { answer } from './asked.mjs';

const GRAM = 25;
const [LEAST_HOLDERS, MOST_HOLDERS, LEAST_SHARED] = [2, 100, 5];
const [file, manner] = process.argv.slice(2);

function grams({ text, words }) {
  const found = new Set();
  if (manner === 'floating') for (let at = 0; at + GRAM <= text.length; at++) found.add(text.slice(at, at + GRAM));
  else for (const at of words) if (at + GRAM <= text.length) found.add(text.slice(at, at + GRAM));
  return found;
}

const holders = new Map();
answer(file, {
  peer: `passim-like windows, ${manner === 'floating' ? 'floating' : 'word starts'} (stand-in)`,
  version: null,
  insert: (row) => {
    for (const gram of grams(row)) {
      const held = holders.get(gram);
      if (!held) holders.set(gram, [row.id]);
      // One more than the limit says that it is beyond.
      else if (held.length <= MOST_HOLDERS) held.push(row.id);
    }
  },
  query: (row) => {
    const shared = new Map();
    for (const gram of grams(row)) {
      const held = holders.get(gram);
      if (!held || held.length < LEAST_HOLDERS || held.length > MOST_HOLDERS) continue;
      for (const id of held) shared.set(id, (shared.get(id) ?? 0) + 1);
    }
    return [...shared].filter(([, many]) => many >= LEAST_SHARED).map(([id]) => id);
  },
});
