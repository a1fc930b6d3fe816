/** Words of four languages in a text, each by its own way of matching (facts/goods §4): one pass over each form of the text finds them all. */
import {
  type Folded,
  type Terms,
  compileTerms,
  fold,
  foldedWord,
  isWordUnit,
  onWordBoundaries,
  originalSpan,
  skeleton,
  skeletonWord,
} from '../text/index.js';
import type { MatchWay, TextLanguage } from './catalogue.js';
import { collect } from './collect.js';

/**
 * How a word of the catalogue is met: as its entry says; a `name` as it is spelt, Cyrillic ones in their cases; a `place` with a
 * capital, in its cases.
 */
export type Way = MatchWay | 'name' | 'place';

/** What is looked for, and what it stands for. */
export interface Entry<Of> {
  term: string;
  match: Way;
  language: TextLanguage;
  of: Of;
}

export interface TermHit<Of> {
  start: number;
  end: number;
  entry: Entry<Of>;
}

/** A text in its two folded forms, with the way back. */
export interface FoldedText {
  text: string;
  folded: Folded;
  bones: Folded;
}

export const foldedText = (text: string): FoldedText => ({ text, folded: fold(text), bones: skeleton(text) });

/** A word of a term: its letters, and what may come behind them. */
interface Part {
  stem: string;
  /** None, an English plural, or one of these. */
  endings: 'none' | 'plural' | ReadonlySet<string>;
}

interface Spelt<Of> {
  entry: Entry<Of>;
  parts: readonly Part[];
}

/** Spelt apart ("B o r i s T o n e") only what is so long that other words do not make it by chance (facts/copies §23). */
const SPELT_APART = 8;

/** Finds every occurrence of its entries, overlapping ones too. Time grows with the text and with what is found in it. */
export class TermFinder<Of> {
  /** On the letters alone: Chinese, and what may be spelt apart. */
  private readonly letters: Index<Spelt<Of>>;
  /** On letters with their gaps. */
  private readonly words: Index<Spelt<Of>>;
  /** On the text as it is: РЭБ is no рэб. */
  private readonly acronyms: Index<Entry<Of>>;

  constructor(entries: readonly Entry<Of>[]) {
    const letters = new Map<string, Spelt<Of>[]>();
    const words = new Map<string, Spelt<Of>[]>();
    const acronyms = new Map<string, Entry<Of>[]>();
    for (const entry of entries) {
      if (entry.match === 'acronym') collect(acronyms, entry.term, entry);
      else if (isHan(entry.term)) collect(letters, foldedWord(entry.term), { entry, parts: [] });
      else {
        const parts = partsOf(entry);
        collect(words, parts[0]!.stem, { entry, parts });
        const joined = joinedOf(parts);
        if (joined !== undefined) collect(letters, joined, { entry, parts });
      }
    }
    this.letters = new Index(letters, false);
    this.words = new Index(words, true);
    this.acronyms = new Index(acronyms, true);
  }

  find(given: FoldedText): TermHit<Of>[] {
    const words = this.findWords(given);
    const hits = [...words, ...this.findLetters(given, words)];
    this.findAcronyms(given, hits);
    return hits;
  }

  private findWords({ text, bones }: FoldedText): TermHit<Of>[] {
    const hits: TermHit<Of>[] = [];
    /** Where the last hit of an entry ends: it does not begin again within itself. */
    const ends = new Map<Entry<Of>, number>();
    this.words.scan(bones.text, (at, spelt) => {
      for (const { entry, parts } of spelt) {
        if (at < (ends.get(entry) ?? 0)) continue;
        const end = endOfWords(bones.text, at, parts);
        if (end === 0) continue;
        const span = originalSpan(text, bones, at, end);
        if (!isOwnScript(text, span, entry)) continue;
        ends.set(entry, end);
        hits.push({ ...span, entry });
      }
    });
    return hits;
  }

  private findLetters({ text, folded }: FoldedText, words: readonly TermHit<Of>[]): TermHit<Of>[] {
    const hits: TermHit<Of>[] = [];
    const met = new Map<Entry<Of>, Set<number>>();
    for (const { entry, start } of words) {
      const known = met.get(entry);
      if (known) known.add(start);
      else met.set(entry, new Set([start]));
    }
    this.letters.scan(folded.text, (at, spelt, length) => {
      const span = originalSpan(text, folded, at, at + length);
      for (const { entry, parts } of spelt) {
        if (parts.length === 0) {
          if (isOneTerm(text, span, { length, match: entry.match })) hits.push({ ...span, entry });
          continue;
        }
        if (met.get(entry)?.has(span.start)) continue;
        const whole = speltApart(text, span, parts);
        if (whole && isOwnScript(text, whole, entry)) hits.push({ ...whole, entry });
      }
    });
    return hits;
  }

  private findAcronyms({ text }: FoldedText, hits: TermHit<Of>[]): void {
    this.acronyms.scan(text, (start, entries, length) => {
      const end = start + length;
      if (isWordUnit(text.charCodeAt(end))) return;
      for (const entry of entries) hits.push({ start, end, entry });
    });
  }
}

/** What stands under each key, and all keys in one scan. */
class Index<Each> {
  private readonly entries: readonly (readonly [string, readonly Each[]])[];
  private readonly terms: Terms;

  constructor(byKey: ReadonlyMap<string, readonly Each[]>, wordStart: boolean) {
    this.entries = [...byKey];
    this.terms = compileTerms(this.entries.map(([text]) => ({ text, wordStart })));
  }

  scan(text: string, found: (at: number, each: readonly Each[], length: number) => void): void {
    this.terms.scan(text, (at, term) => {
      const [key, each] = this.entries[term]!;
      found(at, each, key.length);
    });
  }
}

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

// --- Chinese ---------------------------------------------------------------

const MARK = /[，。；、：！？,;:!?《》〈〉【】]/u;
const MARK_OR_LINE = /[，。；、：！？,;:!?《》〈〉【】\n]/u;

/** Folding drops marks: a term must not be put together across a comma or a full stop, nor be a part of two words. */
function isOneTerm(
  text: string,
  { start, end }: { start: number; end: number },
  { length, match }: { length: number; match: Way },
): boolean {
  const isWhole = end - start === length;
  if (!isWhole) {
    // What is no secret is not written in pieces: 法》（国 is no 法国.
    if (match === 'place') return false;
    // Each letter by itself, be it one a line, is one word.
    const isSpeltApart = end - start >= 2 * length - 1;
    if ((isSpeltApart ? MARK : MARK_OR_LINE).test(text.slice(start, end - 1))) return false;
  }
  // Spelt with gaps, its words are not where a dictionary sees them.
  return match !== 'segment' || !isWhole || onWordBoundaries(text, start, end);
}

// --- words of letters ------------------------------------------------------

function partsOf<Of>({ term, match, language }: Entry<Of>): Part[] {
  const words = term.split(/[\s-]+/).filter((word) => word !== '');
  return words.map((word, at) => {
    const isLast = at === words.length - 1;
    const isCyrillic = /\p{Script=Cyrillic}/u.test(word);
    if (match === 'lemma') return inflects(word) ? { stem: stemOf(word), endings: ENDINGS } : whole(word);
    // Firms and products are named in their cases; what they are spelt with before that stays.
    if (match === 'name')
      return isLast && isCyrillic && word.length > 3 && inflects(word)
        ? { ...whole(word), endings: NAME_ENDINGS }
        : whole(word);
    if (match === 'place') return isCyrillic && word.length > 3 && inflects(word) ? placePart(word) : whole(word);
    return isLast && language === 'en' ? { ...whole(word), endings: 'plural' } : whole(word);
  });
}

const whole = (word: string): Part => ({ stem: skeletonWord(word), endings: 'none' });

/** Capitals (БПЛА, РЭБ) do not inflect. */
const inflects = (word: string): boolean => !/^[\p{Lu}\p{N}]{2,}$/u.test(word) && !/^Бп?[ЛлПп]/u.test(word);

const endings = (words: string): ReadonlySet<string> => new Set(words.split(' ').map((each) => skeletonWord(each)));

/** Of nouns and adjectives, Russian and Ukrainian. Exact, as any four letters make рацион of рация. */
const ENDINGS = endings(
  ' а я о е є ё ы и і ї у ю ь й ая яя ое ее ые ие ий ый ой ей ою ею єю ью ом ем ём єм ам ям ами ями ах ях ов ев ёв ів їв ого его ому ему ым им ых их ыми ими ую юю ' +
    'ії ія ію ією іям іями іях ія ия ии ию ией ием иям иями иях ові еві єві ій ії ього ьому ої ою іх їх ія ці ку ка ки кам ками ках ко ок ек',
);
const NAME_ENDINGS = endings(' а я у ю е ом ем ой ей ы и і ові ою');

/** What all cases and numbers of a word begin with (facts/goods §4: plural, genitive and instrumental must all hit). */
function stemOf(word: string): string {
  if (word.length < 4) return skeletonWord(word);
  const stem = word.replace(
    /(?:ого|ему|ому|ыми|ими|ами|ями|ый|ий|ой|ая|яя|ое|ее|ые|ие|их|ых|ей|ов|ев|ів|їв|ам|ям|ах|ях|а|я|о|е|є|ы|и|і|ї|у|ю|ь|й)$/u,
    '',
  );
  return skeletonWord(stem.length >= 3 ? stem : word);
}

/**
 * The cases of names of places, by how they end: Россия, Украина, Беларусь, Казахстан, Сараево, Филиппины, Южная, Новый. Exact, as a stem
 * and any three letters make Россети a part of Russia and Грузы of Georgia.
 */
const CASES: readonly (readonly [ending: RegExp, cases: ReadonlySet<string>])[] = [
  [/(?:ая|яя)$/u, endings('ая яя ой ей ую юю')],
  [/(?:ий|ый|ой)$/u, endings('ий ый ой его ого ему ому им ым ем ом')],
  [/(?:ое|ее)$/u, endings('ое ее ого его ому ему ым им ом ем')],
  [/(?:ые|ие)$/u, endings('ые ие ых их ым им ыми ими')],
  [/ия$/u, endings('ия ии ию ией')],
  [/ія$/u, endings('ія ії ію ією')],
  [/я$/u, endings('я и і ї ю ей ею єю е')],
  [/а$/u, endings('а ы и і е у ой ою ей ею')],
  [/ь$/u, endings('ь я ю и і ем ём ью єм ю')],
  [/й$/u, endings('й я ю е ем єм ї')],
  [/[ое]$/u, endings('о е а у ю я ом ем і')],
  [/(?:ы|и)$/u, endings('ы и ах ях ам ям ами ями ов ев')],
  [/$/u, endings(' а у е ом ем і ові ом')],
];

function placePart(word: string): Part {
  const [ending, cases] = CASES.find(([pattern]) => pattern.test(word))!;
  return { stem: skeletonWord(word.replace(ending, '')), endings: cases };
}

/** What is spelt without its gaps, if only its last word inflects and it is long enough. */
function joinedOf(parts: readonly Part[]): string | undefined {
  const joined = parts.map(({ stem }) => foldedWord(stem)).join('');
  return joined.length >= SPELT_APART && parts.slice(0, -1).every(({ endings }) => endings === 'none')
    ? joined
    : undefined;
}

const GAP = /[\s"«»()\u2010-\u2015-]/;
const WIDEST_GAP = 3;

/** Where the words end that begin at `at` (their first stem stands there), or 0. */
function endOfWords(text: string, at: number, parts: readonly Part[]): number {
  let end = at;
  for (const [index, part] of parts.entries()) {
    if (index > 0) {
      const gap = end;
      while (end - gap < WIDEST_GAP && end < text.length && GAP.test(text[end]!)) end += 1;
      if (end === gap) return 0;
      if (!text.startsWith(part.stem, end)) return 0;
    }
    end = endOfWord(text, end + part.stem.length, part);
    if (end === 0) return 0;
  }
  return end;
}

const LONGEST_ENDING = 4;

/** Behind the stem: its endings, then no further letter. */
function endOfWord(text: string, from: number, { endings }: Part): number {
  let end = from;
  if (endings === 'plural') {
    if (text.startsWith('es', end) && !isWordUnit(text.charCodeAt(end + 2))) end += 2;
    else if (text.startsWith('s', end)) end += 1;
  } else if (endings !== 'none') {
    while (end - from < LONGEST_ENDING && isWordUnit(text.charCodeAt(end))) end += 1;
    if (!endings.has(text.slice(from, end))) return 0;
  }
  return isWordUnit(text.charCodeAt(end)) ? 0 : end;
}

const BREAK = /[，。；、：！？,;:!?\n]|\.\s/u;
/** Letters apart have at most so many units between them, on the whole. */
const MOST_APART = 3;

/** The whole of what is spelt apart: from the start of a word to the end of one. */
function speltApart(
  text: string,
  { start, end: last }: { start: number; end: number },
  parts: readonly Part[],
): { start: number; end: number } | undefined {
  if (start > 0 && isWordUnit(text.charCodeAt(start - 1))) return undefined;
  const letters = parts.reduce((sum, { stem }) => sum + stem.length, 0);
  if (last - start > letters * MOST_APART || BREAK.test(text.slice(start, last - 1))) return undefined;
  const end = endOfWord(text, last, parts.at(-1)!);
  return end === 0 ? undefined : { start, end };
}

const OWN_SCRIPT: Readonly<Record<TextLanguage, RegExp>> = {
  zh: /./u,
  ru: /\p{Script=Cyrillic}/u,
  uk: /\p{Script=Cyrillic}/u,
  en: /\p{Script=Latin}/u,
};

/** Look-alike letters fold to one (рос and poc): a word wholly in another script is another word; names go by either. A place has a capital. */
function isOwnScript<Of>(
  text: string,
  { start, end }: { start: number; end: number },
  { term, match, language }: Entry<Of>,
): boolean {
  if (match === 'name') return true;
  const raw = text.slice(start, end);
  if (!OWN_SCRIPT[language].test(raw)) return false;
  if (match !== 'place') return true;
  // РФ, US and their like are capitals throughout.
  return /^[\p{Lu}.]{2,4}$/u.test(term) ? raw === raw.toUpperCase() : !/^\p{Ll}/u.test(raw);
}
