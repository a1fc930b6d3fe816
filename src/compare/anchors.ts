/**
 * What of a text survives its translation: numbers, dates, measures, Latin strings, names by their consonants, and ids of what is
 * mentioned (facts/copies §17). An anchor is the same word in every language; two texts that share rare ones may be one.
 */
import { type Figure, readDates, readNumbers } from './figures.js';
import { hanNames, skeletonOfCyrillic, skeletonOfLatin } from './name-skeletons.js';

/** In the order of trust. */
export const ANCHOR_KINDS = ['number', 'measure', 'latin', 'mention', 'name', 'date'] as const;
export type AnchorKind = (typeof ANCHOR_KINDS)[number];

export interface Anchor {
  kind: AnchorKind;
  /** The same in every language: `number:45`, `measure:5800 MHz`, `latin:halden q7`, `name:hldn`, `date:2023-05-22`, `goods:drone_detector`. */
  key: string;
  /** As the text writes it; UTF-16 offsets of the first time it does. */
  text: string;
  start: number;
  end: number;
}

/** A mention handed in: recognising is another stage's work. */
export interface AnchorMention {
  kind: string;
  id: string;
  text: string;
  start: number;
  end: number;
}

/** Kinds whose ids are the catalogue's or a normal form, hence the same in every language. */
const MENTIONED: ReadonlySet<string> = new Set([
  'goods', 'tradeName', 'organisation', 'place', 'code', 'identifier', 'email', 'phone', 'price',
]); // prettier-ignore
/** An organisation that the catalogue does not know has its own words for an id. */
const NEUTRAL = /^[\w:.+@ -]+$/;
/** Kinds of mentions that may be names in Chinese characters, to be read aloud. */
const NAMED: ReadonlySet<string> = new Set(['organisation', 'person', 'place', 'tradeName']);

/** Texts are read so far: a translation of 500 pages shows in the first of them. */
const LONGEST = 200_000;

/** Each anchor once, where it first stands, the most trusted kinds first. */
export function anchorsOf(whole: string, mentions: readonly AnchorMention[] = []): Anchor[] {
  const text = whole.slice(0, LONGEST);
  const dates = readDates(text);
  const numbers = readNumbers(text, dates);
  const found = [
    ...numbers.flatMap((figure) => figureAnchors(figure)),
    ...latinAnchors(text, [...dates, ...numbers]),
    ...mentions.flatMap(mentionAnchors),
    ...cyrillicNames(text),
    ...hanNames(text, mentions.filter(({ kind }) => NAMED.has(kind))).map(({ skeleton, ...span }) => anchor('name', skeleton, span)), // prettier-ignore
    ...dates.flatMap(({ values, ...span }) => values.map((value) => anchor('date', value, span))),
  ];
  const first = new Map<string, Anchor>();
  for (const each of found) {
    const held = first.get(each.key);
    if (!held || each.start < held.start) first.set(each.key, each);
  }
  const trust = (each: Anchor): number => ANCHOR_KINDS.indexOf(each.kind);
  return [...first.values()].sort((a, b) => trust(a) - trust(b) || a.start - b.start);
}

interface Span {
  text: string;
  start: number;
  end: number;
}

function anchor(kind: AnchorKind, value: string, { text, start, end }: Span, prefix: string = kind): Anchor {
  return { kind, key: `${prefix}:${value}`, text, start, end };
}

/** One digit says nothing unless it has a unit. */
function figureAnchors({ value, measure, ...span }: Figure): Anchor[] {
  return [
    ...(value.replace(/\D/g, '').length >= 2 ? [anchor('number', value, span)] : []),
    ...(measure === undefined ? [] : [anchor('measure', measure, span)]),
  ];
}

function mentionAnchors({ kind, id, ...span }: AnchorMention): Anchor[] {
  return MENTIONED.has(kind) && NEUTRAL.test(id) ? [anchor('mention', id, span, kind)] : [];
}

const LATIN_WORD = /[A-Za-zＡ-Ｚａ-ｚ][A-Za-z0-9Ａ-Ｚａ-ｚ０-９]*(?:['’.&_-][A-Za-z0-9Ａ-Ｚａ-ｚ０-９]+)*/gu;

/** Whether words in Latin letters are the text itself, and not foreign in it. */
function isLatin(text: string): boolean {
  let [latin, other] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at) | 0x20;
    if (unit >= 0x61 && unit <= 0x7a) latin += 1;
    else if (unit >= 0x400 && unit < 0xe000) other += 1;
  }
  return latin > 3 * other;
}

/** Words of three letters, and marks of letters and digits; in a Latin text only what begins with a capital. What has a digit is joined to the word before it. */
function latinAnchors(text: string, taken: readonly Span[]): Anchor[] {
  const own = isLatin(text);
  const isTaken = spanTest(taken);
  const found: Anchor[] = [];
  let before: Span | undefined;
  for (const match of text.matchAll(LATIN_WORD)) {
    const span = { text: match[0], start: match.index, end: match.index + match[0].length };
    const word = plain(match[0]);
    const letters = word.replace(/\d/g, '').length;
    const hasDigit = letters < word.length;
    if ((letters < 3 && !hasDigit) || (own && !hasDigit && !/^[A-Z]/.test(match[0])) || isTaken(span)) {
      before = undefined;
      continue;
    }
    found.push(anchor('latin', word, span));
    const gap = before ? text.slice(before.end, span.start) : '';
    if (before && hasDigit && /^[ \u00a0-]$/.test(gap))
      found.push(anchor('latin', `${plain(before.text)} ${word}`, { ...span, text: before.text + gap + match[0], start: before.start })); // prettier-ignore
    const skeleton = !hasDigit && /^\p{Lu}/u.test(match[0]) ? skeletonOfLatin(word) : undefined;
    if (skeleton !== undefined) found.push(anchor('name', skeleton, span));
    before = span;
  }
  return found;
}

const plain = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** Spans come in order; asked in order as well. */
function spanTest(spans: readonly Span[]): (span: Span) => boolean {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  let at = 0;
  return ({ start, end }) => {
    while (at < sorted.length && sorted[at]!.end <= start) at += 1;
    return at < sorted.length && sorted[at]!.start < end;
  };
}

/** A capital and small letters: words all in capitals are headings. */
const CYRILLIC_NAME = /[А-ЯІЇЄҐЁ][а-яіїєґё'’ʼ]{2,}/g;

function cyrillicNames(text: string): Anchor[] {
  const ukrainian = /[іїєґ]/iu.test(text);
  return [...text.matchAll(CYRILLIC_NAME)].flatMap((match) => {
    const skeleton = skeletonOfCyrillic(match[0], ukrainian);
    const span = { text: match[0], start: match.index, end: match.index + match[0].length };
    return skeleton === undefined ? [] : [anchor('name', skeleton, span)];
  });
}
