/**
 * Who posted it first, who after, who still has it, and what was changed on the way. Facts side by side and no verdict: that one
 * posted later does not say from whom it took the words, and what is not known is said to be unknown (facts/copies §11).
 */
import type { CopyRelation, NoticeId, Presence } from '../model/index.js';
import { type Alteration, type AlteredSide, alterationsBetween } from './alterations.js';
import { type Lag, type Order, type Posting, lagBetween, orderOf, publishedMoment } from './posting-time.js';

export type { Posting } from './posting-time.js';

export interface LineageEntry extends Posting {
  /** What it is to the notice asked about; left out for that notice itself. */
  relation?: CopyRelation['relation'];
  /** Behind the first poster by what the pages claim. Left out where a page claims nothing. */
  publishedLag?: Lag;
  /** Behind the one that we saw first; says as much of our watching as of their posting. */
  seenLagMs: number;
  stands: 'yes' | 'no' | 'unknown';
  /** The page claims a later time than we saw it at: its date was changed, or its clock is wrong. */
  claimsLaterThanSeen: boolean;
  /** Against the notice asked about, from the earlier to the later of the two; undefined without texts. */
  altered?: { from: NoticeId; to: NoticeId; order: Order; changes: Alteration[] };
}

export interface Lineage {
  notice: NoticeId;
  /** In the order of what the pages claim; those that claim nothing last, in the order in which they were seen. */
  entries: LineageEntry[];
  first: {
    /** All that may be the first: several where the days do not tell them apart. Empty where no page claims a time. */
    byPublished: NoticeId[];
    bySeen: NoticeId[];
    /** Whether the two name one notice in common. Unknown where no page, or not every page, claims a time. */
    agree: 'yes' | 'no' | 'unknown';
    /** These claim no time: any of them may have been the first. */
    undated: NoticeId[];
  };
  standing: NoticeId[];
}

export interface LineageFacts {
  /** The notice itself and every notice that it is related to. */
  postings: readonly Posting[];
  /** Of this notice, from its side. */
  relations: readonly CopyRelation[];
  /** Texts with what they name; where one is missing nothing is said of changes. */
  sideOf?: (notice: NoticeId) => AlteredSide | undefined;
}

export function lineageOf(notice: NoticeId, { postings, relations, sideOf }: LineageFacts): Lineage {
  const relationTo = new Map(relations.filter((each) => each.notice === notice).map((each) => [each.other, each]));
  const family = postings.filter((each) => each.notice === notice || relationTo.has(each.notice)).sort(inTime);
  const own = family.find((each) => each.notice === notice);
  const first = firstOf(family);
  const start = family.find((each) => first.byPublished.includes(each.notice));
  const earliest = Math.min(...family.map(({ firstSeen }) => Date.parse(firstSeen)));
  const entries = family.map((posting): LineageEntry => {
    const relation = relationTo.get(posting.notice);
    const [moment, startMoment] = [publishedMoment(posting), start && publishedMoment(start)];
    const altered = relation && own ? alteredOn(own, posting, { relation, sideOf }) : undefined;
    return {
      ...posting,
      ...(relation && { relation: relation.relation }),
      ...(moment && startMoment && { publishedLag: posting === start ? { leastMs: 0, mostMs: 0 } : lagBetween(startMoment, moment) }),
      seenLagMs: Date.parse(posting.firstSeen) - earliest,
      stands: STANDS[posting.presence],
      claimsLaterThanSeen: moment !== undefined && moment.from > Date.parse(posting.firstSeen),
      ...(altered && { altered }),
    }; // prettier-ignore
  });
  const standing = entries.filter(({ stands }) => stands === 'yes').map((each) => each.notice);
  return { notice, entries, first, standing };
}

/** Being down or suspected is no absence, and moved is no presence at this address. */
const STANDS: Readonly<Record<Presence, LineageEntry['stands']>> = {
  standing: 'yes',
  removed: 'no',
  moved: 'unknown',
  suspected: 'unknown',
  unreachable: 'unknown',
};

function inTime(a: Posting, b: Posting): number {
  const [x, y] = [publishedMoment(a)?.from ?? Infinity, publishedMoment(b)?.from ?? Infinity];
  if (x !== y) return x < y ? -1 : 1;
  return compare(a.firstSeen, b.firstSeen) || compare(a.notice, b.notice);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function firstOf(family: readonly Posting[]): Lineage['first'] {
  const dated = family.flatMap((each) => {
    const moment = publishedMoment(each);
    return moment ? [{ notice: each.notice, moment }] : [];
  });
  const byPublished = dated
    .filter(({ moment }) => !dated.some((other) => orderOf(other.moment, moment) === 'before'))
    .map(({ notice }) => notice);
  const earliest = family.map(({ firstSeen }) => firstSeen).sort()[0];
  const bySeen = family.filter(({ firstSeen }) => firstSeen === earliest).map(({ notice }) => notice);
  const undated = family.filter((each) => !publishedMoment(each)).map(({ notice }) => notice);
  const common = byPublished.some((each) => bySeen.includes(each));
  const agree = byPublished.length === 0 || undated.length > 0 ? 'unknown' : common ? 'yes' : 'no';
  return { byPublished, bySeen, agree, undated };
}

/** Passages come from the notice's side; what was changed is told from the earlier text to the later. */
function alteredOn(
  own: Posting,
  other: Posting,
  { relation, sideOf }: { relation: CopyRelation; sideOf: LineageFacts['sideOf'] },
): LineageEntry['altered'] {
  const [ofOwn, ofOther] = [sideOf?.(own.notice), sideOf?.(other.notice)];
  if (!ofOwn || !ofOther) return undefined;
  const order = orderOf(publishedMoment(own), publishedMoment(other));
  if (order !== 'after') {
    const changes = alterationsBetween(ofOwn, ofOther, relation.passages);
    return { from: own.notice, to: other.notice, order, changes };
  }
  const turned = relation.passages.map(({ thisStart, thisEnd, otherStart, otherEnd }) => ({
    thisStart: otherStart,
    thisEnd: otherEnd,
    otherStart: thisStart,
    otherEnd: thisEnd,
  }));
  return { from: other.notice, to: own.notice, order: 'before', changes: alterationsBetween(ofOther, ofOwn, turned) };
}
