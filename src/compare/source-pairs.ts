/** How often one source posts what another has posted, and how much later. Counts, and no verdict: both may take from a third. */
import type { CopyRelation, NoticeId } from '../model/index.js';
import { type Moment, type Posting, orderOf, publishedMoment } from './posting-time.js';

export interface SourcePair {
  /** The pair in alphabetical order. */
  a: string;
  b: string;
  /** What b posted after a had, and the other way round. */
  bAfterA: Follows;
  aAfterB: Follows;
  /** Copies of each other within what the days tell apart: one day holds both. */
  sameTime: number;
  /** Copies of each other of which one or both claim no time. */
  unknown: number;
}

export interface Follows {
  /** Notices of the later source; each is counted once, against the nearest copy before it. */
  notices: number;
  /** Of all notices of the later source that were handed in. */
  share: number;
  /** Of those; the middle of what the pages allow. Undefined where there is none. */
  medianLagMs: number | undefined;
  /** By month of the later posting, `2024-05`, in order. */
  months: { month: string; notices: number }[];
}

interface Event {
  later: Posting;
  lagMs: number;
}

/** Relations may be given from either side, or both. Passages alone do not count: a common sentence is no copy. */
export function sourcePairs(postings: readonly Posting[], relations: readonly CopyRelation[]): SourcePair[] {
  const byNotice = new Map(postings.map((posting) => [posting.notice, posting]));
  const totals = countBy(postings, ({ source }) => source);
  const pairs = new Map<string, Counting>();
  const seen = new Set<string>();
  for (const relation of relations) {
    if (!isCopy(relation.relation) && !isCopy(relation.relationOfOther)) continue;
    const [x, y] = [byNotice.get(relation.notice), byNotice.get(relation.other)];
    if (!x || !y || x.source === y.source) continue;
    const key = [x.notice, y.notice].sort().join(' ');
    if (seen.has(key)) continue;
    seen.add(key);
    count(pairs, x.source < y.source ? [x, y] : [y, x]);
  }
  return [...pairs.values()]
    .map(({ a, b, events, sameTime, unknown }) => ({
      a,
      b,
      bAfterA: follows(events, b, totals),
      aAfterB: follows(events, a, totals),
      sameTime,
      unknown,
    }))
    .sort((p, q) => most(q) - most(p) || (p.a + p.b < q.a + q.b ? -1 : 1));
}

const isCopy = (relation: CopyRelation['relation']): boolean => relation !== 'shared-passage';
const most = ({ bAfterA, aAfterB }: SourcePair): number => Math.max(bAfterA.notices, aAfterB.notices);

interface Counting {
  a: string;
  b: string;
  /** By the later notice: the nearest copy before it. */
  events: Map<NoticeId, Event>;
  sameTime: number;
  unknown: number;
}

function count(pairs: Map<string, Counting>, [x, y]: [Posting, Posting]): void {
  const key = JSON.stringify([x.source, y.source]);
  const pair: Counting = pairs.get(key) ?? { a: x.source, b: y.source, events: new Map(), sameTime: 0, unknown: 0 };
  pairs.set(key, pair);
  const [ofX, ofY] = [publishedMoment(x), publishedMoment(y)];
  const order = orderOf(ofX, ofY);
  if (order === 'unknown') pair.unknown += 1;
  else if (order === 'same') pair.sameTime += 1;
  else {
    const [later, lagMs] = order === 'before' ? [y, middle(ofX!, ofY!)] : [x, middle(ofY!, ofX!)];
    const held = pair.events.get(later.notice);
    if (!held || lagMs < held.lagMs) pair.events.set(later.notice, { later, lagMs });
  }
}

const middle = (before: Moment, after: Moment): number => (after.from + after.to - before.from - before.to) / 2;

function follows(events: ReadonlyMap<NoticeId, Event>, source: string, totals: ReadonlyMap<string, number>): Follows {
  const own = [...events.values()].filter(({ later }) => later.source === source);
  const months = countBy(own, ({ later }) => later.published!.slice(0, 7));
  return {
    notices: own.length,
    share: own.length === 0 ? 0 : own.length / totals.get(source)!,
    medianLagMs: median(own.map(({ lagMs }) => lagMs)),
    months: [...months].sort(([x], [y]) => (x < y ? -1 : 1)).map(([month, notices]) => ({ month, notices })),
  };
}

function countBy<T>(all: readonly T[], keyOf: (each: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of all) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  return counts;
}

function median(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[half]
    : sorted.length === 0
      ? undefined
      : (sorted[half - 1]! + sorted[half]!) / 2;
}
