import type { SoughtTerm } from '../tables.js';

/** What `compileTerms` must find, looked for one by one. */
export function findOneByOne(terms: readonly (string | SoughtTerm)[], text: string): [start: number, term: number][] {
  const all = terms.map((term) => (typeof term === 'string' ? { text: term, wordStart: false } : term));
  const hits: [number, number][] = [];
  for (const [index, { text: term, wordStart }] of all.entries()) {
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
      const before = text.charAt(at - 1);
      if (!(wordStart && before < '\u2e80' && /[\p{L}\p{N}]/u.test(before))) hits.push([at, index]);
    }
  }
  return hits.sort((a, b) => a[0] - b[0] || all[a[1]]!.text.length - all[b[1]]!.text.length);
}
