/** Names of products and of other firms that stand in the text of listings: remarks and reasons, word by word. */
import type { ListEntry } from '../model/index.js';
import { hashOf } from './names/keys.js';
import { type Table, TableMaker, forEach } from './names/table.js';
import { wordsOf } from './names/tokens.js';
import { readingsOf, skeletonOf } from './names/transliterate.js';

/** Words shorter than this are not looked for in remarks. */
const LEAST = 4;
/** Remarks are longer than names may be, and are cut in pieces that overlap by a word. */
const PIECE = 390;
const MOST_TEXTS = 2_000;

export class MentionIndex {
  readonly #entries: readonly ListEntry[];
  readonly #byWord: Table;
  /** Texts already cut: few are asked for, and those again and again. */
  readonly #texts = new Map<number, string[][]>();

  constructor(entries: readonly ListEntry[]) {
    this.#entries = entries;
    const maker = new TableMaker();
    for (const [at, entry] of entries.entries())
      for (const key of new Set(textWords(entry).flatMap(keysOf))) maker.add(hashOf('w', key), at);
    this.#byWord = maker.make();
  }

  /** Entries whose remarks hold these words next to each other, in any alphabet. */
  find(name: string): { entry: ListEntry; words: string }[] {
    const wanted = wordsOf(name).map(keysOf);
    if (wanted.length === 0 || wordsOf(name).join(' ').length < LEAST) return [];
    let found: Set<number> | undefined;
    for (const keys of wanted) {
      const here = new Set<number>();
      for (const key of keys)
        forEach(this.#byWord, hashOf('w', key), (at) => {
          if (found === undefined || found.has(at)) here.add(at);
        });
      if (here.size === 0) return [];
      found = here;
    }
    return [...found!]
      .sort((a, b) => a - b)
      .filter((at) => holds(this.#textAt(at), wanted))
      .map((at) => ({ entry: this.#entries[at]!, words: name }));
  }

  #textAt(at: number): string[][] {
    const held = this.#texts.get(at);
    if (held) return held;
    const made = textWords(this.#entries[at]!).map(keysOf);
    if (this.#texts.size >= MOST_TEXTS) this.#texts.clear();
    this.#texts.set(at, made);
    return made;
  }
}

/** The word and how it sounds, which is one for all alphabets. */
function keysOf(word: string): string[] {
  const sounds = [
    skeletonOf(word),
    ...readingsOf(word)
      .slice(1)
      .map(({ key }) => key),
  ];
  return [...new Set([word, ...sounds.filter((sound) => sound !== undefined).map((sound) => `~${sound}`)])];
}

function holds(text: readonly (readonly string[])[], wanted: readonly (readonly string[])[]): boolean {
  const last = text.length - wanted.length;
  for (let at = 0; at <= last; at++)
    if (wanted.every((keys, i) => keys.some((key) => text[at + i]!.includes(key)))) return true;
  return false;
}

function textWords(entry: ListEntry): string[] {
  const text = freeText(entry);
  const words: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = at + PIECE >= text.length ? text.length : Math.max(text.lastIndexOf(' ', at + PIECE), at + 1);
    words.push(...pieceWords(text.slice(at, end)));
    at = end;
  }
  return words;
}

/** `wordsOf` keeps the first words of a name only; a text is taken whole. */
function pieceWords(piece: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < piece.length;) {
    const end = at + 70 >= piece.length ? piece.length : Math.max(piece.lastIndexOf(' ', at + 70), at + 1);
    words.push(...wordsOf(piece.slice(at, end)));
    at = end;
  }
  return words;
}

/** Parts of the remarks that tell of others: links to other parties, reasons, long sentences. */
function freeText({ remarks }: ListEntry): string {
  return remarks
    .split(';')
    .map((part) => part.trim())
    .filter(
      (part) =>
        /^(?:Linked To: |Title: )/.test(part) || (part.length > 80 && !part.startsWith('Secondary sanctions risk')),
    )
    .join('; ');
}
