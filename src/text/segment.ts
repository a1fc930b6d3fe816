/** Word boundaries of Chinese, by clause: one segmenter call on a whole document takes 100 times as long (facts/goods §4). */
let segmenter: Intl.Segmenter | undefined;
const CUT = /[。；;，,、：:\n]/;
const REACH = 40;

/** Of the clause asked about last: several terms stand in one. */
let last: { clause: string; borders: ReadonlySet<number> } = { clause: '', borders: new Set() };

/** Whether [start, end) begins and ends on word boundaries of its clause. Segmenters cut technical words too finely, so only the two outer ends count. */
export function onWordBoundaries(text: string, start: number, end: number): boolean {
  let from = start;
  while (from > 0 && start - from < REACH && !CUT.test(text[from - 1]!)) from -= 1;
  let to = end;
  while (to < text.length && to - end < REACH && !CUT.test(text[to]!)) to += 1;
  const clause = text.slice(from, to);
  if (clause !== last.clause) last = { clause, borders: bordersOf(clause) };
  return last.borders.has(start - from) && last.borders.has(end - from);
}

function bordersOf(clause: string): ReadonlySet<number> {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  const borders = new Set<number>([0, clause.length]);
  for (const { index } of segmenter.segment(clause)) borders.add(index);
  return borders;
}
