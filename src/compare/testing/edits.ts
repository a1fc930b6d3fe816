/**
 * The 30 kinds of altered copies. A copy is a list of pieces, each taken from the original with its range or foreign; the
 * pieces with a range are the true spans, known to the unit.
 */
import { Converter } from 'opencc-js/cn2t';
import type { CorpusLanguage } from './pools.js';
import { type Random, below, between, pick, shuffled } from './random.js';

/** A stretch of the original (a) and of the copy (b); UTF-16 offsets, half open. Their lengths differ where words were changed for others. */
export interface PlantedSpan {
  aStart: number;
  aEnd: number;
  bStart: number;
  bEnd: number;
}

export interface Planted {
  text: string;
  spans: PlantedSpan[];
}

interface Kind {
  /** `copy`: most of the original is in it; `excerpt`: a part of the original on another page. */
  label: 'copy' | 'excerpt';
  only?: CorpusLanguage;
  /** Share of the text that is changed, and mean length of a change. */
  edit?: { share: number; run: number };
  /** Part of the original, and how many times as long as that part the whole page is. */
  part?: { share: number; times: number };
  /** So many units instead, in a page of 3,000. */
  units?: Readonly<Record<CorpusLanguage, number>>;
  then?: Manner | Readonly<Record<CorpusLanguage, Manner>>;
}

type Manner = 'toT' | 'toTaiwan' | 'toHongKong' | 'fullwidth' | 'punct' | 'spacing' | 'obfusc' | 'reorder' | 'tablecut';

const edit = (percent: number): Kind => ({ label: 'copy', edit: { share: percent / 100, run: 4 } });
const scatter = (percent: number): Kind => ({ label: 'copy', edit: { share: percent / 100, run: 1 } });
const changed = (then: Manner): Kind => ({ label: 'copy', then });
const script = (then: Manner): Kind => ({ label: 'copy', only: 'zh', then });
const excerpt = (share: number, times: number): Kind => ({ label: 'excerpt', part: { share, times } });

export const KINDS = {
  exact: { label: 'copy' },
  edit1: edit(1),
  edit2: edit(2),
  edit5: edit(5),
  edit10: edit(10),
  edit15: edit(15),
  edit20: edit(20),
  edit30: edit(30),
  scatter1: scatter(1),
  scatter5: scatter(5),
  scatter10: scatter(10),
  scatter20: scatter(20),
  excerpt50: excerpt(0.5, 2),
  excerpt25: excerpt(0.25, 6),
  excerpt120c: { label: 'excerpt', units: { zh: 120, ru: 240 } },
  excerpt60c: { label: 'excerpt', units: { zh: 60, ru: 120 } },
  trad: script('toT'),
  tradTW: script('toTaiwan'),
  tradHK: script('toHongKong'),
  fullwidth: changed('fullwidth'),
  punct: changed('punct'),
  spacing: changed('spacing'),
  obfusc: changed('obfusc'),
  reorder: changed('reorder'),
  tablecut: changed('tablecut'),
  trad_edit5: { ...edit(5), then: { zh: 'toTaiwan', ru: 'punct' } },
  trad_excerpt50: { ...excerpt(0.5, 3), only: 'zh', then: 'toT' },
  punct_edit10: { ...edit(10), then: 'punct' },
  excerpt25_edit5: { ...excerpt(0.25, 5), edit: { share: 0.05, run: 4 } },
  excerpt50_edit15: { ...excerpt(0.5, 3), edit: { share: 0.15, run: 4 } },
} as const satisfies Readonly<Record<string, Kind>>;

export type EditKind = keyof typeof KINDS;
export const EDIT_KINDS = Object.keys(KINDS) as EditKind[];

/** Traditional characters are for Chinese alone. */
export const suits = (kind: EditKind, language: CorpusLanguage): boolean => {
  const { only }: Kind = KINDS[kind];
  return only === undefined || only === language;
};

/** Where words come from that are not of the original. */
export interface Donors {
  sentence: (language: CorpusLanguage, random: Random) => string;
  /** Another notice: the page on which an excerpt stands. */
  other: (language: CorpusLanguage, random: Random) => string;
}

interface Piece {
  text: string;
  /** Where in the original it stands; foreign without. */
  from?: { start: number; end: number };
}

interface Original {
  text: string;
  language: CorpusLanguage;
}

export interface Edits {
  plant: (kind: EditKind, original: Original, random: Random) => Planted;
  /** So many units of sentences of nobody's. */
  donor: (language: CorpusLanguage, units: number, random: Random) => string;
}

const SHORT_PAGE = 3_000;

export function makeEdits(donors: Donors): Edits {
  const donor = (language: CorpusLanguage, units: number, random: Random): string => {
    let text = '';
    while (text.length < units) {
      const sentence = donors.sentence(language, random);
      const left = units - text.length;
      const at = sentence.length > left ? below(random, sentence.length - left + 1) : 0;
      text += sentence.slice(at, at + left);
    }
    return text;
  };
  const edited = (pieces: Piece[], { language }: Original, { share, run }: NonNullable<Kind['edit']>, random: Random) =>
    pieces.flatMap((piece) =>
      editPiece(piece, { share, run, random, donor: (units) => donor(language, units, random) }),
    );
  const quoted = (pieces: Piece[], { language, text }: Original, kind: Kind, random: Random): Piece[] => {
    const whole = lengthOf(pieces);
    const units = Math.min(whole, kind.units?.[language] ?? Math.round(text.length * kind.part!.share));
    const part = cut(pieces, below(random, whole - units + 1), units);
    const room = kind.units ? SHORT_PAGE - units : Math.round(units * (kind.part!.times - 1));
    let host = '';
    while (host.length < room) host += (host === '' ? '' : '\n') + donors.other(language, random);
    const at = below(random, room + 1);
    return [{ text: `${host.slice(0, at)}\n` }, ...part, { text: `\n${host.slice(at, room)}` }];
  };
  return {
    donor,
    plant: (name, original, random) => {
      const kind: Kind = KINDS[name];
      if (!suits(name, original.language)) throw new Error(`${name} is not for ${original.language}`);
      let pieces: Piece[] = [{ text: original.text, from: { start: 0, end: original.text.length } }];
      if (kind.edit) pieces = edited(pieces, original, kind.edit, random);
      if (kind.part || kind.units) pieces = quoted(pieces, original, kind, random);
      const then = typeof kind.then === 'object' ? kind.then[original.language] : kind.then;
      if (then !== undefined) pieces = altered(pieces, then, { language: original.language, random });
      return joined(pieces);
    },
  };
}

const lengthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { text }) => sum + text.length, 0);

interface Editing {
  share: number;
  run: number;
  random: Random;
  donor: (units: number) => string;
}

/** Half of the changes put other words in the place of some, a quarter takes some away, a quarter puts some in (for one unit of the original). */
function editPiece({ text, from }: Piece, { share, run, random, donor }: Editing): Piece[] {
  const pieces: Piece[] = [];
  let kept = 0;
  const start = from!.start;
  const keep = (until: number): void => {
    if (until > kept) pieces.push({ text: text.slice(kept, until), from: { start: start + kept, end: start + until } });
  };
  for (let at = 0; at < text.length; at++) {
    if (random() >= share / run) continue;
    const length = 1 + Math.floor(-Math.log(1 - random()) * (run - 1));
    const kind = random();
    keep(at);
    if (kind < 0.5 || kind >= 0.75) pieces.push({ text: donor(length) });
    kept = Math.min(text.length, at + (kind < 0.75 ? length : 1));
    at = kept - 1;
  }
  keep(text.length);
  return pieces;
}

/** So many units from a place on; pieces keep the range of what is left of them. */
function cut(pieces: readonly Piece[], from: number, units: number): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const low = Math.max(0, from - at);
    const high = Math.min(piece.text.length, from + units - at);
    if (low < high) found.push(part(piece, low, high));
    at += piece.text.length;
  }
  return found;
}

function part({ text, from }: Piece, low: number, high: number): Piece {
  return { text: text.slice(low, high), ...(from && { from: { start: from.start + low, end: from.start + high } }) };
}

interface Altering {
  language: CorpusLanguage;
  random: Random;
}

function altered(pieces: readonly Piece[], manner: Manner, of: Altering): Piece[] {
  const split = pieces.flatMap((piece) => bySentence(piece, of.language));
  const each = (map: (text: string) => string): Piece[] => split.map((piece) => ({ ...piece, text: map(piece.text) }));
  switch (manner) {
    case 'toT':
    case 'toTaiwan':
    case 'toHongKong':
      return each(converter(manner));
    case 'fullwidth':
      return each((text) => text.replace(/[!-~]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0)));
    case 'punct':
      return each((text) =>
        text.replace(/[，。；：、（）？！“”«»—–ёЁ"-]/gu, (mark) => MARKS[of.language][mark] ?? mark),
      );
    case 'spacing':
      return of.language === 'zh' ? spaced(split) : each((text) => text.toUpperCase().replaceAll(' ', '\n\u00a0 '));
    case 'obfusc':
      return each((text) => obfuscated(text, of));
    case 'reorder':
      return shuffled(of.random, split);
    case 'tablecut':
      return rows(pieces, of.random);
  }
}

/** Marks stay with the sentence before them, so that a text is its sentences joined. */
function bySentence(piece: Piece, language: CorpusLanguage): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const sentence of piece.text.split(language === 'zh' ? /(?<=[。；\n])/u : /(?<=[.\n]\s?)(?=[^\s.])/u)) {
    if (sentence !== '') found.push(part(piece, at, at + sentence.length));
    at += sentence.length;
  }
  return found;
}

const SCRIPTS = { toT: 't', toTaiwan: 'twp', toHongKong: 'hk' } as const;
const converters: Partial<Record<keyof typeof SCRIPTS, (text: string) => string>> = {};
const converter = (manner: keyof typeof SCRIPTS): ((text: string) => string) =>
  (converters[manner] ??= Converter({ from: 'cn', to: SCRIPTS[manner] }));

const MARKS: Readonly<Record<CorpusLanguage, Readonly<Record<string, string>>>> = {
  zh: {
    '，': ',',
    '。': '.',
    '；': ';',
    '：': ':',
    '、': ',',
    '（': '(',
    '）': ')',
    '？': '?',
    '！': '!',
    '“': '「',
    '”': '」',
  },
  ru: { '«': '“', '»': '”', '"': '„', '—': '-', '–': '-', '-': '–', ё: 'е', Ё: 'Е' },
};

/** A blank after each character, a line end after every 40 of the whole text. */
function spaced(pieces: readonly Piece[]): Piece[] {
  let count = 0;
  return pieces.map((piece) => ({
    ...piece,
    text: Array.from(piece.text, (character) => `${character} ${++count % 40 === 0 ? '\n' : ''}`).join(''),
  }));
}

const PUSHED_IN = ['\u200b', '*', '\u00b7', '-', '|', '\u00ad', '~'];
const LATIN: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  Х: 'X',
};

/** Marks pushed in behind 8 % of the characters; of Russian letters that look like Latin ones, half become these. */
function obfuscated(text: string, { language, random }: Altering): string {
  return Array.from(text, (character) => {
    const latin = language === 'ru' ? LATIN[character] : undefined;
    const shown = latin !== undefined && random() < 0.5 ? latin : character;
    return random() < 0.08 ? shown + pick(random, PUSHED_IN) : shown;
  }).join('');
}

/** A table: before each 25 to 60 units the number of a row. */
function rows(pieces: readonly Piece[], random: Random): Piece[] {
  const found: Piece[] = [];
  let row = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.text.length;) {
      const end = Math.min(piece.text.length, at + between(random, 25, 60));
      found.push({ text: `\n${++row}. | ` }, part(piece, at, end));
      at = end;
    }
  }
  return found;
}

/** The text, and its spans; one goes on where the one before it stopped on both sides. */
function joined(pieces: readonly Piece[]): Planted {
  const spans: PlantedSpan[] = [];
  let text = '';
  for (const { text: words, from } of pieces) {
    const bStart = text.length;
    text += words;
    if (!from || words === '') continue;
    const last = spans.at(-1);
    const goesOn = last?.aEnd === from.start && last.bEnd === bStart;
    const even = words.length === from.end - from.start && last !== undefined && isEven(last);
    if (goesOn && even) [last.aEnd, last.bEnd] = [from.end, text.length];
    else spans.push({ aStart: from.start, aEnd: from.end, bStart, bEnd: text.length });
  }
  return { text, spans };
}

const isEven = ({ aStart, aEnd, bStart, bEnd }: PlantedSpan): boolean => aEnd - aStart === bEnd - bStart;
