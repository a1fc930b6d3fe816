/** Word boundaries of Chinese, by clause: one segmenter call on a whole document takes 100 times as long (facts/goods §4). */
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const CUT = /[。；;，,、：:\n]/;
const REACH = 40;

/** Whether [start, end) begins and ends on word boundaries of its clause. Segmenters cut technical words too finely, so only the two outer ends count. */
export function onWordBoundaries(text: string, start: number, end: number): boolean {
  let from = start;
  while (from > 0 && start - from < REACH && !CUT.test(text[from - 1]!)) from -= 1;
  let to = end;
  while (to < text.length && to - end < REACH && !CUT.test(text[to]!)) to += 1;
  const borders = new Set<number>([from, to]);
  for (const { index } of segmenter.segment(text.slice(from, to))) borders.add(from + index);
  return borders.has(start) && borders.has(end);
}
