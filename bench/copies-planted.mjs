// What the benches of copies plant among the background, the same for every method that is asked.
import { EDIT_KINDS, makeRandom, suits } from '../src/compare/testing/corpus.ts';

/** So many pairs of each kind, one in five Russian where the kind has Russian; originals are documents of the background, each once. */
export function* plantedPairs({ corpus, documents, pairs, seed }) {
  const used = new Set();
  let count = 0;
  for (const kind of EDIT_KINDS)
    for (let pair = 0; pair < pairs; pair++) {
      const random = makeRandom(seed, 77, count++);
      const language = pair % 5 === 4 && suits(kind, 'ru') ? 'ru' : 'zh';
      let id = Math.floor(random() * documents);
      while (used.has(id) || corpus.notice(id).language !== language) id = (id + 1) % documents;
      used.add(id);
      yield { kind, language, id, planted: corpus.plant(kind, corpus.notice(id), random) };
    }
}

export const NEGATIVE_KINDS = ['same_template', 'shared_sentence', 'unrelated'];

/** Pairs that are no copies. */
export function* negativePairs({ corpus, kind, pairs, seed }) {
  const random = makeRandom(seed, 99);
  for (let pair = 0; pair < pairs; pair++) yield corpus.negative(kind, pair % 5 === 4 ? 'ru' : 'zh', random);
}
