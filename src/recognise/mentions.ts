import type { Mention } from '../model/index.js';

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

/** Of those that overlap, the longest; in the order of the text. */
export function longest<M extends Mention>(mentions: readonly M[]): M[] {
  const kept: M[] = [];
  for (const each of [...mentions].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    if (!kept.some((other) => each.start < other.end && other.start < each.end)) kept.push(each);
  }
  return kept.sort((a, b) => a.start - b.start);
}
