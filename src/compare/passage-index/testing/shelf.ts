/** An index with the texts it was made of, for tests. */
import { type CorpusNotice, makeCorpus } from '../../testing/corpus.js';
import { type Sketch, kernel } from '../../kernel/index.js';
import { type Inserted, type LookupOptions, type PassageIndexOptions, createPassageIndex } from '../index.js';
import type { Answer, PassageIndex } from '../passage-index.js';

/** Few sentences would recur so often that all of them were formulae. */
export const corpus = makeCorpus({
  seed: 11,
  pools: { sentences: { zh: 40_000, ru: 8_000 }, words: { zh: 10_000, ru: 8_000 }, statutes: 40 },
});

export interface Shelf {
  index: PassageIndex;
  texts: Sketch[];
  /** Its number. A source of its own, and a group of its own, unless said otherwise. */
  add: (text: string, of?: { source?: number; group?: number }) => number;
  last: () => Inserted;
  ask: (text: string, options?: LookupOptions) => Answer;
}

export function makeShelf(options: Partial<PassageIndexOptions> = {}, texts: Sketch[] = []): Shelf {
  const index = createPassageIndex({ textOf: (document) => texts[document]?.units, ...options });
  let last: Inserted | undefined;
  return {
    index,
    texts,
    add: (text, { source, group } = {}) => {
      const document = index.documents;
      const sketch = kernel().sketch(text);
      texts[document] = sketch;
      last = index.insert({ document, source: source ?? document, group: group ?? document, sketch });
      return document;
    },
    last: () => last!,
    ask: (text, asked) => index.lookup(kernel().sketch(text), asked),
  };
}

export function withBackground(shelf: Shelf, count: number): Shelf {
  for (let id = 0; id < count; id++) shelf.add(corpus.notice(id).text);
  return shelf;
}

/** A Chinese notice of middling length that quotes nothing. */
export const original: CorpusNotice = corpus.notice(3, { language: 'zh', stream: 9, quote: false });
