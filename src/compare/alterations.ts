/**
 * What was changed on the way from one posting to the other: what stands between the shared passages, on each side, with what it
 * names. Another telephone, another country, a name left out: these are what a reader must see first (facts/copies §11).
 */
import type { Passage } from '../model/index.js';
import { fold } from '../text/index.js';
import { readDates, readNumbers } from './figures.js';

/** In the order in which they are shown. */
export const ALTERED = ['name', 'contact', 'place', 'goods', 'date', 'number', 'text'] as const;
export type Altered = (typeof ALTERED)[number];

export interface AlteredSpan {
  start: number;
  end: number;
  text: string;
}

export interface Named {
  kind: string;
  id: string;
  text: string;
  start: number;
  end: number;
}

export interface Alteration {
  /** The gravest of what it names; `text` where it names nothing. */
  what: Altered;
  /** Where it stands: between shared passages, or before the first or after the last of them, where pages have words of their own. */
  at: 'inside' | 'before' | 'after';
  /** UTF-16 offsets of either original; empty where there is nothing, undefined where the order of the passages does not tell the place. */
  before: AlteredSpan | undefined;
  after: AlteredSpan | undefined;
  /** What is named on one side and not on the other. */
  named: { what: Altered; before?: Named; after?: Named }[];
}

export interface AlteredSide {
  text: string;
  /** Mentions of the whole text; without them only dates, numbers and foreign names are told from the rest. */
  mentions?: readonly Named[];
}

const KINDS: Readonly<Record<string, Altered>> = {
  organisation: 'name', person: 'name', tradeName: 'name', identifier: 'name', phone: 'contact', email: 'contact', address: 'contact', place: 'place',
  goods: 'goods', code: 'goods', date: 'date', quantity: 'number', price: 'number', frequency: 'number', range: 'number', number: 'number',
}; // prettier-ignore

/** More are not listed: two such texts have little to do with each other. */
const MOST = 200;
/** Bounds the work on two long texts that share only scraps. */
const MOST_GAPS = 2_000;
/** A figure is read with what stands around the gap: of 6月7日 and 6月5日 only one digit is outside the passages. */
const AROUND = 24;

interface Gap {
  at: Alteration['at'];
  before: { start: number; end: number } | undefined;
  after: { start: number; end: number } | undefined;
}

/** `passages` from the side of the earlier text (`this`). The gravest first. */
export function alterationsBetween(
  before: AlteredSide,
  after: AlteredSide,
  passages: readonly Passage[],
): Alteration[] {
  return gapsOf(before.text, after.text, passages)
    .filter((gap) => saysSomething(before.text, gap.before, after.text, gap.after))
    .slice(0, MOST_GAPS)
    .map((gap): Alteration => {
      const named = difference(namedIn(before, gap.before), namedIn(after, gap.after));
      const what = named[0]?.what ?? 'text';
      return { what, at: gap.at, before: spanOf(before.text, gap.before), after: spanOf(after.text, gap.after), named };
    })
    .sort(
      (a, b) =>
        rank(a.what) - rank(b.what) || Number(a.at !== 'inside') - Number(b.at !== 'inside') || placeOf(a) - placeOf(b),
    ) // prettier-ignore
    .slice(0, MOST);
}

const rank = (what: Altered): number => ALTERED.indexOf(what);
const placeOf = ({ before, after }: Alteration): number => before?.start ?? after?.start ?? 0;
const spanOf = (text: string, span: { start: number; end: number } | undefined): AlteredSpan | undefined =>
  span && { ...span, text: text.slice(span.start, span.end) };

/** Marks and spaces are no change, nor are words that are the same once folded but too short for a passage. */
function saysSomething(a: string, ofA: Gap['before'], b: string, ofB: Gap['after']): boolean {
  const folded = (text: string, span: Gap['before']): string =>
    span ? fold(text.slice(span.start, span.end)).text : '';
  return folded(a, ofA) !== folded(b, ofB);
}

/** Gaps of both sides that stand between the same two passages are one; others have one side only. */
function gapsOf(before: string, after: string, passages: readonly Passage[]): Gap[] {
  const inA = [...passages].sort((x, y) => x.thisStart - y.thisStart || x.thisEnd - y.thisEnd);
  const inB = [...passages].sort((x, y) => x.otherStart - y.otherStart || x.otherEnd - y.otherEnd);
  if (inA.length === 0) return [];
  const followerInB = new Map(inB.map((passage, at) => [passage, inB[at + 1]]));
  const gaps: Gap[] = [];
  const paired = new Set<Passage>();
  let reached = 0;
  inA.forEach((passage, at) => {
    reached = Math.max(reached, passage.thisEnd);
    const next = inA[at + 1];
    if (!next) return;
    const ofA = { start: reached, end: Math.max(reached, next.thisStart) };
    const follows = followerInB.get(passage) === next;
    if (follows) paired.add(passage);
    const ofB = follows ? { start: passage.otherEnd, end: Math.max(passage.otherEnd, next.otherStart) } : undefined;
    gaps.push({ at: 'inside', before: ofA, after: ofB });
  });
  let reachedInB = 0;
  inB.forEach((passage, at) => {
    reachedInB = Math.max(reachedInB, passage.otherEnd);
    const next = inB[at + 1];
    if (!next || paired.has(passage)) return;
    gaps.push({
      at: 'inside',
      before: undefined,
      after: { start: reachedInB, end: Math.max(reachedInB, next.otherStart) },
    });
  });
  const sameFirst = inA[0] === inB[0];
  const sameLast = inA.at(-1) === inB.at(-1);
  const head = { a: { start: 0, end: inA[0]!.thisStart }, b: { start: 0, end: inB[0]!.otherStart } };
  const tail = { a: { start: reached, end: before.length }, b: { start: reachedInB, end: after.length } };
  return [...ends('before', head, sameFirst), ...gaps, ...ends('after', tail, sameLast)];
}

function ends(
  at: 'before' | 'after',
  { a, b }: { a: NonNullable<Gap['before']>; b: NonNullable<Gap['after']> },
  together: boolean,
): Gap[] {
  // prettier-ignore
  if (together) return [{ at, before: a, after: b }];
  return [{ at, before: a, after: undefined }, { at, before: undefined, after: b }]; // prettier-ignore
}

type NamedAs = Named & { what: Altered };

/** What touches the gap: of mentions handed in, else what this stage can read itself. */
function namedIn({ text, mentions }: AlteredSide, gap: Gap['before']): NamedAs[] {
  if (!gap || gap.start === gap.end) return [];
  const touches = ({ start, end }: { start: number; end: number }): boolean => start < gap.end && gap.start < end;
  const known = mentions ?? figuresAround(text, gap);
  return known.flatMap((each) => {
    const what = KINDS[each.kind];
    return what !== undefined && touches(each) ? [{ ...each, what }] : [];
  });
}

const FOREIGN = /\p{Script=Latin}[\p{Script=Latin}\d]{2,}/gu;

function figuresAround(text: string, gap: { start: number; end: number }): Named[] {
  const from = Math.max(0, gap.start - AROUND);
  const part = text.slice(from, gap.end + AROUND);
  const dates = readDates(part);
  const moved = <T extends { start: number; end: number }>(each: T): T => ({ ...each, start: each.start + from, end: each.end + from }); // prettier-ignore
  return [
    ...dates.map(({ values, ...span }) => moved({ ...span, kind: 'date', id: values[0]! })),
    ...readNumbers(part, dates).map(({ value, measure, ...span }) => moved({ ...span, kind: 'number', id: measure ?? value })),
    // In a text of another script; in a Latin text every word would be one.
    ...(/[\p{Script=Han}\p{Script=Cyrillic}]/u.test(part)
      ? Array.from(part.matchAll(FOREIGN), (match) => moved({ kind: 'tradeName', id: match[0].toLowerCase(), text: match[0], start: match.index, end: match.index + match[0].length }))
      : []),
  ]; // prettier-ignore
}

/** What stands on both sides is no change; of the rest, the first of a kind on one side stands against the first on the other. */
function difference(before: readonly NamedAs[], after: readonly NamedAs[]): Alteration['named'] {
  const keyOf = ({ kind, id }: Named): string => `${kind} ${id}`;
  const [inBefore, inAfter] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  return ALTERED.flatMap((what) => {
    const gone = before.filter((each) => each.what === what && !inAfter.has(keyOf(each)));
    const come = after.filter((each) => each.what === what && !inBefore.has(keyOf(each)));
    return Array.from({ length: Math.max(gone.length, come.length) }, (_, at) => ({
      what,
      ...(gone[at] && { before: bare(gone[at]) }),
      ...(come[at] && { after: bare(come[at]) }),
    }));
  });
}

const bare = ({ kind, id, text, start, end }: Named): Named => ({ kind, id, text, start, end });
