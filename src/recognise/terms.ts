/** Terms of four languages in a text, each by its own way of matching (facts/goods §4): what goods, flags and the user's own words share. */
import { type Folded, fold, onWordBoundaries, originalSpan, skeleton } from '../text/index.js';
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
  pattern: LazyPattern;
  /** Beginning of the first word, folded: a text without it cannot match. */
  first: string;
  entry: Entry<Of>;
}

/** Finds every occurrence of its entries, overlapping ones too. */
export class TermFinder<Of> {
  private readonly han: { folded: string; entry: Entry<Of> }[] = [];
  private readonly hanPattern: RegExp | undefined;
  private readonly words: Patterned<Of>[] = [];
  private readonly acronyms: Patterned<Of>[] = [];

  constructor(entries: readonly Entry<Of>[]) {
    for (const entry of entries) this.add(entry);
    this.han.sort((a, b) => b.folded.length - a.folded.length);
    if (this.han.length > 0)
      this.hanPattern = new RegExp(this.han.map(({ folded }) => escapePattern(folded)).join('|'), 'gu');
  }

  private add(entry: Entry<Of>): void {
    const { term, match, language } = entry;
    if (match === 'acronym') {
      const pattern = lazyPattern(() => `${NO_WORD_BEFORE}${escapePattern(term)}${NO_WORD_AFTER}`);
      this.acronyms.push({ pattern, first: term, entry });
    } else if (language === 'zh') this.han.push({ folded: fold(term).text, entry });
    else {
      const words = term.split(/[\s-]+/);
      const first = skeleton(words[0]!).text.slice(0, 3);
      this.words.push({ pattern: lazyPattern(() => wordsPattern(words, language)), first, entry });
    }
  }

  find(given: FoldedText): TermHit<Of>[] {
    return [...this.findHan(given), ...this.findWords(given), ...this.findAcronyms(given)];
  }

  private findHan({ text, folded }: FoldedText): TermHit<Of>[] {
    const pattern = this.hanPattern;
    if (!pattern) return [];
    const hits: TermHit<Of>[] = [];
    pattern.lastIndex = 0;
    for (let match = pattern.exec(folded.text); match; match = pattern.exec(folded.text)) {
      const at = match.index;
      pattern.lastIndex = at + 1; // overlapping terms are all looked at; the longest wins later
      for (const { folded: wanted, entry } of this.han) {
        if (!folded.text.startsWith(wanted, at)) continue;
        const span = originalSpan(text, folded, at, at + wanted.length);
        if (isOneTerm(text, span, { wanted, match: entry.match })) hits.push({ ...span, entry });
      }
    }
    return hits;
  }

  private findWords({ text, bones }: FoldedText): TermHit<Of>[] {
    return this.words.flatMap(({ pattern, first, entry }) => {
      if (!bones.text.includes(first)) return [];
      return [...bones.text.matchAll(pattern())].map((match) => ({
        ...originalSpan(text, bones, match.index, match.index + match[0].length),
        entry,
      }));
    });
  }

  /** In their own case, in the text as it is: РЭБ is no рэб. */
  private findAcronyms({ text }: FoldedText): TermHit<Of>[] {
    return this.acronyms.flatMap(({ pattern, first, entry }) => {
      if (!text.includes(first)) return [];
      return [...text.matchAll(pattern())].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
        entry,
      }));
    });
  }
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

/** Nominative plural, genitive and instrumental must all hit: the stem plus up to four letters (facts/goods §4). Capitals (БПЛА, РЭБ) do not inflect. */
function stemPattern(word: string): string {
  if (/^[\p{Lu}\p{N}]{2,}$/u.test(word) || /^Бп?[ЛлПп]/u.test(word)) return escapePattern(skeleton(word).text);
  const stem =
    word.length < 4
      ? word
      : word.replace(
          /(?:ого|ему|ому|ыми|ими|ами|ями|ый|ий|ой|ая|яя|ое|ее|ые|ие|их|ых|ей|ов|ев|ів|їв|ам|ям|ах|ях|а|я|о|е|є|ы|и|і|ї|у|ю|ь|й)$/u,
          '',
        );
  return `${escapePattern(skeleton(stem.length >= 3 ? stem : word).text)}[\\p{L}]{0,4}`;
}
