/** Names of products and of other firms that stand in the text of listings: remarks and reasons, word by word. */
import { BoundedMap } from './bounded-map.js';
import type { ListEntry } from '../model/index.js';
import type { Allows, EntryStore } from './entry-store.js';
import { hashOf } from './names/keys.js';
import { type Table, TableMaker, forEach } from './names/table.js';
import { wordsOf } from './names/tokens.js';
import { readingsOf, skeletonOf } from './names/transliterate.js';

/** Words shorter than this are not looked for in remarks. */
const LEAST = 4;
/** Remarks are longer than names may be, and are cut in pieces that overlap by a word. */
const PIECE = 390;
const MOST_TEXTS = 2_000;

export function mentionTable(entries: readonly ListEntry[]): Table {
  const maker = new TableMaker();
  for (const [at, entry] of entries.entries())
    for (const key of new Set(textWords(entry).flatMap(keysOf))) maker.add(hashOf('w', key), at);
  return maker.make();
}

export class MentionIndex {
  readonly #entries: EntryStore;
  readonly #byWord: Table;
  /** Texts already cut: few are asked for, and those again and again. */
  readonly #texts = new BoundedMap<number, string[][]>(MOST_TEXTS);

  constructor(byWord: Table, entries: EntryStore) {
    this.#byWord = byWord;
    this.#entries = entries;
  }

  /** Entries whose remarks hold these words next to each other, in any alphabet. */
  find(name: string, allows: Allows): number[] {
    const words = wordsOf(name);
    if (words.length === 0 || words.reduce((sum, { length }) => sum + length, words.length - 1) < LEAST) return [];
    const wanted: string[][] = [];
    let found: Set<number> | undefined;
    for (const word of words) {
      const keys = keysOf(word);
      const here = new Set<number>();
      for (const key of keys)
        forEach(this.#byWord, hashOf('w', key), (at) => {
          if (found === undefined ? allows(at) : found.has(at)) here.add(at);
        });
      if (here.size === 0) return [];
      wanted.push(keys);
      found = here;
    }
    return [...found!].sort((a, b) => a - b).filter((at) => holds(this.#textAt(at), wanted));
  }

  #textAt(at: number): string[][] {
    return this.#texts.getOrMake(at, () => textWords(this.#entries.at(at)).map(keysOf));
  }
}

const MOST_KEYS = 50_000;
const keysHeld = new BoundedMap<string, string[]>(MOST_KEYS);

/** The word and how it sounds, which is one for all alphabets. */
const keysOf = (word: string): string[] => keysHeld.getOrMake(word, makeKeys);

function makeKeys(word: string): string[] {
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
