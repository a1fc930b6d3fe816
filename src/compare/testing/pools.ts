/**
 * Words, sentences and statutes that nobody wrote: only their statistics are those of a language (facts/copies §19). Sentences
 * are made when first asked for, each from its own number, so that a pool of 400,000 costs nothing until it is used.
 */
import { type Random, below, between, makeRandom, shuffled, zipf } from './random.js';

export type CorpusLanguage = 'zh' | 'ru';

export interface PoolSizes {
  sentences: Readonly<Record<CorpusLanguage, number>>;
  words: Readonly<Record<CorpusLanguage, number>>;
  statutes: number;
}

export const POOL_SIZES: PoolSizes = {
  sentences: { zh: 400_000, ru: 40_000 },
  words: { zh: 40_000, ru: 30_000 },
  statutes: 500,
};

export interface Pool {
  sentence(random: Random): string;
  /** One of the fixed words: for names and titles. */
  word(at: number): string;
  /** At least 3,000 units of sentences. */
  statute(at: number): string;
}

/** Streams of numbers within one seed. */
const STREAM = { zh: 11, ru: 12, sentence: 13, statute: 14 } as const;
const STATUTE_LEAST = 3_000;

interface Kind {
  words: string[];
  make: (random: Random) => string;
  shortest: number;
  longest: number;
}

export function makePool(language: CorpusLanguage, seed: number, sizes: PoolSizes): Pool {
  const { words, make, shortest, longest } = (language === 'zh' ? chinese : russian)(seed, sizes.words[language]);
  const stream = STREAM[language];
  const sentences: string[] = [];
  const statutes: string[] = [];
  const sentenceAt = (at: number): string => {
    const held = sentences[at];
    if (held !== undefined) return held;
    const random = makeRandom(seed, stream, STREAM.sentence, at);
    for (;;) {
      const made = make(random);
      if (made.length >= shortest && made.length <= longest) return (sentences[at] = made);
    }
  };
  const sentence = (random: Random): string => sentenceAt(below(random, sizes.sentences[language]));
  return {
    sentence,
    word: (at) => words[at % words.length]!,
    statute: (at) => {
      const random = makeRandom(seed, stream, STREAM.statute, at);
      const parts: string[] = [];
      let length = 0;
      if (statutes[at] === undefined) {
        while (length < STATUTE_LEAST) length += parts[parts.push(sentence(random)) - 1]!.length;
        statutes[at] = parts.join(language === 'zh' ? '' : ' ');
      }
      return statutes[at];
    },
  };
}

/** The 3,755 characters of level 1 of GB 2312: rows B0 to D7, of which the last ends early. */
function levelOne(): string[] {
  const bytes: number[] = [];
  for (let row = 0xb0; row <= 0xd7; row++)
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell++) bytes.push(row, cell);
  return Array.from(new TextDecoder('gb2312').decode(Uint8Array.from(bytes)));
}

/** Distinct words in the order in which they came, which is their rank. */
function distinct(count: number, make: () => string): string[] {
  const words = new Set<string>();
  while (words.size < count) words.add(make());
  return [...words];
}

function chinese(seed: number, count: number): Kind {
  const random = makeRandom(seed, STREAM.zh);
  const characters = shuffled(random, levelOne());
  const rank = zipf(characters.length, 0.9);
  const lengthOf = (share: number): number => (share < 0.04 ? 1 : share < 0.8 ? 2 : share < 0.93 ? 3 : 4);
  const words = distinct(count, () => {
    let word = '';
    for (let left = lengthOf(random()); left > 0; left--) word += characters[rank(random)]!;
    return word;
  });
  const wordRank = zipf(count, 1);
  const make = (from: Random): string => {
    let text = '';
    for (let clauses = between(from, 1, 4); clauses > 0; clauses--) {
      for (let left = between(from, 3, 10); left > 0; left--)
        text += from() < 0.03 ? digits(from) : words[wordRank(from)]!;
      text += clauses > 1 ? (from() < 0.8 ? '，' : '、') : from() < 0.8 ? '。' : '；';
    }
    return text;
  };
  return { words, make, shortest: 8, longest: 160 };
}

const digits = (random: Random): string => String(below(random, 10 ** between(random, 1, 4)));

const CONSONANTS = 'бвгджзклмнпрстфхцчшщ';
const VOWELS = 'аеиоуыэюя';

function russian(seed: number, count: number): Kind {
  const random = makeRandom(seed, STREAM.ru);
  const letter = (of: string): string => of[below(random, of.length)]!;
  const syllable = (): string => letter(CONSONANTS) + letter(VOWELS) + (random() < 0.35 ? letter(CONSONANTS) : '');
  const words = distinct(count, () => Array.from({ length: between(random, 1, 4) }, syllable).join(''));
  const rank = zipf(count, 1);
  const make = (from: Random): string => {
    let text = '';
    for (let left = between(from, 5, 22); left > 0; left--) {
      text += from() < 0.03 ? digits(from) : words[rank(from)]!;
      text += left === 1 ? '.' : from() < 0.1 ? ', ' : ' ';
    }
    return text[0]!.toUpperCase() + text.slice(1);
  };
  return { words, make, shortest: 25, longest: 400 };
}
