import type { Mention } from '../model/index.js';

interface Span {
  start: number;
  end: number;
}

/** What stands at a place of the text. */
export const mention = (
  kind: Mention['kind'],
  id: string,
  text: string,
  start: number,
  length: number,
  value?: Mention['value'],
): Mention => ({
  kind,
  id,
  text: text.slice(start, start + length),
  start,
  end: start + length,
  ...(value ? { value } : {}),
});

/** In the order of the text; of those that begin at one place, the longest first. */
export const byPlace = (a: Span, b: Span): number => a.start - b.start || b.end - a.end;

/** Of those that overlap, the longest; in the order of the text. */
export function longest<S extends Span>(spans: readonly S[]): S[] {
  if (spans.length < 2) return [...spans];
  const taken = new Uint8Array(spans.reduce((end, span) => Math.max(end, span.end), 0));
  const kept: S[] = [];
  for (const each of [...spans].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    // Those kept are at least as long: one that overlaps holds an end of this one.
    if (taken[each.start] === 1 || taken[each.end - 1] === 1) continue;
    taken.fill(1, each.start, each.end);
    kept.push(each);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/**
 * Whether one of the spans of `sorted` (by place) that begin from `from` on and before `to` passes. Time grows with the logarithm of the
 * list, and with how many are tried.
 */
export function anyStartingIn<S extends Span>(
  sorted: readonly S[],
  from: number,
  to: number,
  passes: (span: S) => boolean,
): boolean {
  for (let at = firstFrom(sorted, from); at < sorted.length && sorted[at]!.start < to; at++)
    if (passes(sorted[at]!)) return true;
  return false;
}

/** The place in `sorted` of the first that begins at `from` or behind. */
export function firstFrom(sorted: readonly Span[], from: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.start < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
