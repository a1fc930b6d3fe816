/** Where to look first: entries by every reading of every word of their names, by number, and by words of their remarks. */
import { distance } from 'fastest-levenshtein';
import type { ListEntry } from '../model/index.js';
import { normaliseIdentifier } from './identifiers.js';
import { comparable } from './names/align.js';
import { type NamePart, type NameParts, partsOf } from './names/parts.js';
import { wordsOf as tokensOf } from './names/tokens.js';

export interface IndexedName extends NameParts {
  entry: ListEntry;
  /** As the list prints it. */
  name: string;
  weak: boolean;
}

const MOST_CANDIDATES = 400;
/** A word that stands in more names than this finds nobody by itself. */
const TOO_COMMON = 1_500;
/** Words shorter than this are not looked for in remarks. */
const MENTION_LEAST = 4;
const EDIT_LEAST = 5;

export class EntryIndex {
  readonly #names: IndexedName[] = [];
  readonly #byKey = new Map<string, number[]>();
  readonly #identifiers = new Map<string, ListEntry[]>();
  #vocabulary: Map<string, string[]> | undefined;
  #mentions: Map<string, ListEntry[]> | undefined;
  readonly #near = new Map<string, string[]>();
  readonly #entries: readonly ListEntry[];

  constructor(entries: readonly ListEntry[]) {
    this.#entries = entries;
    // States of one entry differ in a remark or an address; equal names are cut once.
    const cut = new Map<string, NameParts>();
    for (const entry of entries) {
      this.#addName(entry, displayName(entry), false, cut);
      for (const { name, weak } of entry.aliases)
        this.#addName(entry, entry.schema === 'Person' ? swapped(name) : name, weak, cut);
      for (const { value } of entry.identifiers) push(this.#identifiers, normaliseIdentifier(value), entry);
    }
  }

  #addName(entry: ListEntry, name: string, weak: boolean, cut: Map<string, NameParts>): void {
    const person = entry.schema === 'Person';
    const key = `${person ? 'p' : 'o'} ${name}`;
    const parts = cut.get(key) ?? partsOf(name, { person });
    cut.set(key, parts);
    const at = this.#names.push({ entry, name, weak, ...parts }) - 1;
    const keys = new Set(parts.parts.flatMap(({ readings }) => readings.map((reading) => reading.key)));
    for (const each of keys) push(this.#byKey, each, at);
  }

  withIdentifier(value: string): ListEntry[] {
    return this.#identifiers.get(value) ?? [];
  }

  /** 1 for a word of one name, falling with how many names hold it. */
  rarity(part: NamePart): number {
    if (part.class === 'form') return 0;
    const held = Math.max(1, ...part.readings.map(({ key }) => this.#byKey.get(key)?.length ?? 0));
    return Math.max(0.35, 1 - Math.log10(held) / 5);
  }

  /** Names that share a rare word, in any reading or nearly. */
  candidates(parts: readonly NamePart[]): IndexedName[] {
    const points = new Map<number, number>();
    for (const part of parts) {
      if (part.class === 'form' || part.class === 'country') continue;
      const keys = new Set([...part.readings.map(({ key }) => key), ...this.#nearKeys(part)]);
      for (const key of keys) {
        const names = this.#byKey.get(key);
        if (!names || (names.length > TOO_COMMON && parts.length > 1)) continue;
        const worth = this.rarity(part);
        for (const at of names) points.set(at, (points.get(at) ?? 0) + worth);
      }
    }
    return [...points]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, MOST_CANDIDATES)
      .map(([at]) => this.#names[at]!);
  }

  /** Keys one or two letters away, among those that begin with the same letter and are about as long. */
  #nearKeys(part: NamePart): string[] {
    const word = comparable(part);
    if (part.class === 'number' || word.length < EDIT_LEAST || /\d|\p{Script=Han}/u.test(word)) return [];
    const known = this.#near.get(word);
    if (known) return known;
    const vocabulary = (this.#vocabulary ??= this.#makeVocabulary());
    const most = Math.max(1, Math.floor(word.length * 0.2));
    const near: string[] = [];
    for (let length = word.length - most; length <= word.length + most; length++) {
      for (const key of vocabulary.get(`${word[0]!}${length}`) ?? []) {
        if (key !== word && distance(key, word) <= most) near.push(key);
      }
    }
    this.#near.set(word, near);
    return near;
  }

  #makeVocabulary(): Map<string, string[]> {
    const vocabulary = new Map<string, string[]>();
    for (const key of this.#byKey.keys()) if (/^[a-z]{4,}$/.test(key)) push(vocabulary, `${key[0]!}${key.length}`, key);
    return vocabulary;
  }

  /** Entries whose remarks hold these words next to each other, apart from numbers and the entry's own aliases. */
  mentioning(name: string): { entry: ListEntry; words: string }[] {
    const wanted = tokensOf(name).join(' ');
    if (wanted.length < MENTION_LEAST) return [];
    this.#mentions ??= this.#makeMentions();
    const first = wanted.split(' ')[0]!;
    return (this.#mentions.get(first) ?? []).flatMap((entry) => {
      const text = ` ${remarkTokens(freeText(entry)).join(' ')} `;
      return text.includes(` ${wanted} `) ? [{ entry, words: name }] : [];
    });
  }

  #makeMentions(): Map<string, ListEntry[]> {
    const mentions = new Map<string, ListEntry[]>();
    for (const entry of this.#entries) {
      for (const token of new Set(remarkTokens(freeText(entry)))) push(mentions, token, entry);
    }
    return mentions;
  }
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

/** Remarks are longer than names may be. */
function remarkTokens(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; at += 400) tokens.push(...tokensOf(text.slice(at, at + 400)));
  return tokens;
}

/** `FAMILY, Given` for people; companies keep their commas. */
function displayName({ schema, name }: ListEntry): string {
  return schema === 'Person' ? swapped(name) : name;
}

function swapped(name: string): string {
  const comma = name.indexOf(',');
  return comma < 0 ? name : `${name.slice(comma + 1).trim()} ${name.slice(0, comma).trim()}`;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}
