/** Words of texts for search, and what each is found by: the folded stem, so that every inflection is one token. */
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as ukrainian } from '@orama/stemmers/ukrainian';
import { foldedWord } from '../fold.js';

export interface Word {
  /** As written. */
  text: string;
  /** UTF-16 offsets. */
  start: number;
  end: number;
}

/** Letters and digits that are no Chinese characters, with marks and the apostrophe of в’язень inside. */
const WORD =
  /(?:[^\P{L}\p{sc=Han}]|\p{N})[\p{M}\u00ad\u200b]*(?:['’ʼ]?(?:[^\P{L}\p{sc=Han}]|\p{N})[\p{M}\u00ad\u200b]*)*/gu;

/** A longer one is no word: of it only the beginning is looked at. */
const LONGEST_WORD = 64;

export function* wordsOf(text: string): Generator<Word> {
  for (const { 0: found, index } of text.matchAll(WORD)) yield { text: found, start: index, end: index + found.length };
}

const CYRILLIC = /\p{sc=Cyrillic}/u;
const UKRAINIAN_ONLY = /[іїєґ]/;
const RUSSIAN_ONLY = /[ыэёъ]/;

/**
 * What a word is found by. A Cyrillic word whose letters do not say which language it is has a stem in either, both in texts and in what
 * is asked: the two cut alike words differently, and a text may quote the other language.
 */
export function stemsOf(word: string): readonly string[] {
  const held = known.get(word);
  if (held !== undefined) return held;
  if (word.length > LONGEST_KNOWN) return newStems(word);
  if (known.size >= MOST_KNOWN) known.clear();
  // A copy: a piece of a text, kept as it is, would keep the whole text in memory.
  const own = Buffer.from(word).toString();
  const stems = newStems(own);
  known.set(own, stems);
  return stems;
}

/** Texts say the same words over and over, and a stemmer takes a hundred times as long as looking one up. Text is hostile: long words are not kept. */
const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 50_000;
const LONGEST_KNOWN = 40;

function newStems(word: string): string[] {
  const plain = word
    .slice(0, LONGEST_WORD)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u00ad\u200b'’ʼ]/g, '');
  const stems: string[] = [];
  if (CYRILLIC.test(plain)) {
    if (!UKRAINIAN_ONLY.test(plain)) stems.push(russian(plain));
    if (!RUSSIAN_ONLY.test(plain)) stems.push(ukrainian(plain));
  } else stems.push(english(plain));
  const folded = stems.map(foldedWord).filter((stem) => stem !== '');
  return [...new Set(folded.length > 0 ? folded : [foldedWord(plain)].filter((stem) => stem !== ''))];
}
