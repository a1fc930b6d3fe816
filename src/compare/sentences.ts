/** Texts cut into sentences and words, and what of two lists of sentences differs: in time and memory that grow with the texts. */
import { diffArrays } from 'diff';

/** A line without any end of a sentence is cut: `Intl.Segmenter` keeps the whole of what it was given with every word (facts/watching §12). */
const LONGEST = 2_000;

/** At the ends of sentences in any of our languages, and at line ends; each with what follows it up to the next. Nothing is lost. */
export function sentences(text: string): string[] {
  const found: string[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    for (const sentence of line.split(/(?<=[。！？；][”’」』）]?)(?![”’」』）])|(?<=[.!?…;]["'»)]?\s)/u)) {
      for (let at = 0; at < sentence.length; at += LONGEST) {
        const part = sentence.slice(at, at + LONGEST);
        if (part.trim() !== '') found.push(part);
      }
    }
  }
  return found;
}

export function words(text: string, locale: string): string[] {
  const segmenter = new Intl.Segmenter(locale, { granularity: 'word' });
  return sentencesWhole(text).flatMap((part) => Array.from(segmenter.segment(part), ({ segment }) => segment));
}

/** As `sentences`, with the parts that are only space. */
function sentencesWhole(text: string): string[] {
  const parts: string[] = [];
  for (const line of text.split(/(?<=[\n。！？；])/u))
    for (let at = 0; at < line.length; at += LONGEST) parts.push(line.slice(at, at + LONGEST));
  return parts;
}

/** Spaces and line breaks are layout. */
export const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A sentence with `#` for every number: what counts by itself keeps its shape. */
export const shapeOf = (sentence: string): string => squeeze(sentence).replace(/\d+/g, '#');

/**
 * What two looks at one page within a minute differ in. Only numbers count by themselves (visitors, clocks); a page that says
 * other words from one look to the next is not one text, and nothing is learnt from it (facts/watching §12).
 */
export function countingSentences(first: string, again: string): { alike: boolean; counting: string[] } {
  const runs = changedRuns(sentences(first), sentences(again), squeeze);
  const counting = new Set<string>();
  for (const { gone, come } of runs) {
    const [before, after] = [gone.map(shapeOf), come.map(shapeOf)];
    if (before.length !== after.length || before.some((shape, at) => shape !== after[at]))
      return { alike: false, counting: [] };
    for (const shape of before) counting.add(shape);
  }
  return { alike: true, counting: [...counting] };
}

export interface Run {
  gone: string[];
  come: string[];
}

/** More edits than this between two places that agree are told as one. */
export const MOST_EDITS = 1_000;

/**
 * Runs of sentences that differ. What stands once in each text and in the same order in both is what they agree on (the idea of
 * "patience" differences); only the stretches between are held against each other one by one, so that two long texts that have
 * nothing in common cost no more than two that are alike.
 */
export function changedRuns(
  before: readonly string[],
  after: readonly string[],
  keyOf: (text: string) => string,
): Run[] {
  const [a, b] = [before.map(keyOf), after.map(keyOf)];
  const runs: Run[] = [];
  let [i, j] = [0, 0];
  for (const [p, q] of [...anchors(a, b), [a.length, b.length] as const]) {
    runs.push(...stretch({ a, b, before, after }, { from: [i, j], to: [p, q] }));
    [i, j] = [p + 1, q + 1];
  }
  return runs;
}

interface Texts {
  a: readonly string[];
  b: readonly string[];
  before: readonly string[];
  after: readonly string[];
}

function stretch(
  { a, b, before, after }: Texts,
  { from: [i, j], to: [p, q] }: { from: readonly [number, number]; to: readonly [number, number] },
): Run[] {
  while (i < p && j < q && a[i] === b[j]) [i, j] = [i + 1, j + 1];
  while (i < p && j < q && a[p - 1] === b[q - 1]) [p, q] = [p - 1, q - 1];
  if (i === p && j === q) return [];
  const whole = [{ gone: before.slice(i, p), come: after.slice(j, q) }];
  if (i === p || j === q) return whole;
  const parts = diffArrays(a.slice(i, p), b.slice(j, q), { maxEditLength: MOST_EDITS });
  if (!parts) return whole;
  const runs: Run[] = [];
  let open: Run | undefined;
  for (const { added, removed, value } of parts) {
    if (!added && !removed) {
      [i, j, open] = [i + value.length, j + value.length, undefined];
      continue;
    }
    if (!open) runs.push((open = { gone: [], come: [] }));
    if (removed) open.gone.push(...before.slice(i, (i += value.length)));
    else open.come.push(...after.slice(j, (j += value.length)));
  }
  return runs;
}

/** Places of what stands exactly once in each, in an order that rises in both: as many as can be. */
function anchors(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const place = once(b);
  const pairs = [...once(a)].flatMap(([key, at]): [number, number][] => {
    const other = place.get(key);
    return other === undefined ? [] : [[at, other]];
  });
  return rising(pairs.sort(([x], [y]) => x - y));
}

function once(list: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  const twice = new Set<string>();
  for (const [at, key] of list.entries()) {
    if (found.has(key)) twice.add(key);
    else found.set(key, at);
  }
  for (const key of twice) found.delete(key);
  return found;
}

/** The longest run of pairs whose second numbers rise. */
function rising(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const ends: number[] = []; // the last pair of the best run of each length
  const before: number[] = [];
  for (const [at, [, second]] of pairs.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]![1] < second) low = middle + 1;
      else high = middle;
    }
    before[at] = low === 0 ? -1 : ends[low - 1]!;
    ends[low] = at;
  }
  const found: (readonly [number, number])[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]!) found.push(pairs[at]!);
  return found.reverse();
}
