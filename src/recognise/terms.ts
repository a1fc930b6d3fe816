/** Terms of four languages in a text, each by its own way of matching (facts/goods §4): what goods, flags and the user's own words share. */
import {
  type Folded,
  type Terms,
  compileTerms,
  fold,
  onWordBoundaries,
  originalSpan,
  skeleton,
} from '../text/index.js';
import type { MatchWay, TextLanguage } from './catalogue.js';
import { type LazyPattern, lazyPattern } from './lazy-pattern.js';

/** What is looked for, and what it stands for. */
export interface Entry<Of> {
  term: string;
  match: MatchWay;
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

export const NO_LETTER_BEFORE = '(?<![\\p{L}\\p{N}])';
export const NO_LETTER_AFTER = '(?![\\p{L}\\p{N}])';
/** Han beside a Latin name is a border; a Latin or Cyrillic letter or a digit is not. */
export const NO_WORD_BEFORE = '(?<![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}])';
export const NO_WORD_AFTER = '(?![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}])';
/** Between the words of a term. */
export const GAP = '[\\s"«»()\\u2010-\\u2015-]{1,3}';

export const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

interface Patterned<Of> {
  /** Tried where its beginning was met. */
  pattern: LazyPattern;
  entry: Entry<Of>;
}

/** Finds every occurrence of its entries, overlapping ones too: one pass over each folded form says where something may begin. */
export class TermFinder<Of> {
  private readonly han: { folded: string; entries: Entry<Of>[] }[];
  private readonly words: Patterned<Of>[][];
  private readonly acronyms: { text: string; pattern: LazyPattern; entry: Entry<Of> }[] = [];
  private readonly hanTerms: Terms;
  private readonly wordTerms: Terms;

  constructor(entries: readonly Entry<Of>[]) {
    const han = new Map<string, Entry<Of>[]>();
    const words = new Map<string, Patterned<Of>[]>();
    for (const entry of entries) {
      const { term, match, language } = entry;
      if (match === 'acronym') {
        const pattern = lazyPattern(() => `${NO_WORD_BEFORE}${escapePattern(term)}${NO_WORD_AFTER}`);
        this.acronyms.push({ text: term, pattern, entry });
      } else if (language === 'zh') collect(han, fold(term).text, entry);
      else {
        const parts = term.split(/[\s-]+/);
        const begins = language === 'en' ? skeleton(parts[0]!).text : stemOf(parts[0]!);
        collect(words, begins, { pattern: lazyPattern(() => wordsPattern(parts, language), 'yu'), entry });
      }
    }
    this.han = [...han].map(([folded, each]) => ({ folded, entries: each }));
    this.words = [...words.values()];
    this.hanTerms = compileTerms([...han.keys()]);
    this.wordTerms = compileTerms([...words.keys()].map((text) => ({ text, wordStart: true })));
  }

  find(given: FoldedText): TermHit<Of>[] {
    return [...this.findHan(given), ...this.findWords(given), ...this.findAcronyms(given)];
  }

  private findHan({ text, folded }: FoldedText): TermHit<Of>[] {
    const hits: TermHit<Of>[] = [];
    this.hanTerms.scan(folded.text, (at, term) => {
      const { folded: wanted, entries } = this.han[term]!;
      const span = originalSpan(text, folded, at, at + wanted.length);
      for (const entry of entries)
        if (isOneTerm(text, span, { wanted, match: entry.match })) hits.push({ ...span, entry });
    });
    return hits;
  }

  private findWords({ text, bones }: FoldedText): TermHit<Of>[] {
    const hits: TermHit<Of>[] = [];
    /** Where the last hit of an entry ends: it does not begin again within itself. */
    const ends = new Map<Entry<Of>, number>();
    this.wordTerms.scan(bones.text, (at, term) => {
      for (const { pattern, entry } of this.words[term]!) {
        if (at < (ends.get(entry) ?? 0)) continue;
        const found = matchAt(pattern(), bones.text, at);
        if (found === 0) continue;
        ends.set(entry, at + found);
        hits.push({ ...originalSpan(text, bones, at, at + found), entry });
      }
    });
    return hits;
  }

  /** In their own case, in the text as it is: РЭБ is no рэб. */
  private findAcronyms({ text }: FoldedText): TermHit<Of>[] {
    return this.acronyms.flatMap(({ text: wanted, pattern, entry }) => {
      if (!text.includes(wanted)) return [];
      return [...text.matchAll(pattern())].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
        entry,
      }));
    });
  }
}

function collect<Key, Each>(into: Map<Key, Each[]>, key: Key, each: Each): void {
  const known = into.get(key);
  if (known) known.push(each);
  else into.set(key, [each]);
}

/** How many units a sticky pattern matches at a place. */
function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

const MARK = /[，。；、：！？,;:!?\n]/u;

/** Folding drops marks: a term must not be put together across a comma or a full stop, nor be a part of two words. */
function isOneTerm(
  text: string,
  { start, end }: { start: number; end: number },
  { wanted, match }: { wanted: string; match: MatchWay },
): boolean {
  if (MARK.test(text.slice(start, end - 1))) return false;
  // Spelt with gaps, its words are not where a dictionary sees them.
  return match !== 'segment' || end - start !== wanted.length || onWordBoundaries(text, start, end);
}

function wordsPattern(words: readonly string[], language: TextLanguage): string {
  const isEnglish = language === 'en';
  const parts = words.map((word) => (isEnglish ? escapePattern(skeleton(word).text) : stemPattern(word)));
  return `${NO_LETTER_BEFORE}${parts.join(GAP)}${isEnglish ? '(?:e?s)?' : ''}${NO_LETTER_AFTER}`;
}

/** Nominative plural, genitive and instrumental must all hit: the stem plus up to four letters (facts/goods §4). */
function stemPattern(word: string): string {
  return `${escapePattern(stemOf(word))}${inflects(word) ? '[\\p{L}]{0,4}' : ''}`;
}

/** Capitals (БПЛА, РЭБ) do not inflect. */
const inflects = (word: string): boolean => !/^[\p{Lu}\p{N}]{2,}$/u.test(word) && !/^Бп?[ЛлПп]/u.test(word);

function stemOf(word: string): string {
  if (!inflects(word) || word.length < 4) return skeleton(word).text;
  const stem = word.replace(
    /(?:ого|ему|ому|ыми|ими|ами|ями|ый|ий|ой|ая|яя|ое|ее|ые|ие|их|ых|ей|ов|ев|ів|їв|ам|ям|ах|ях|а|я|о|е|є|ы|и|і|ї|у|ю|ь|й)$/u,
    '',
  );
  return skeleton(stem.length >= 3 ? stem : word).text;
}
