/**
 * Which notices share rare anchors with a text: for a million notices in memory. Keys are kept as hashes; two that collide add a
 * little to a score, and whoever is found is compared by its own anchors afterwards. Made data: thrown away and made again.
 */
import type { Anchor } from './anchors.js';
import { mixA } from './kernel/hashes.js';
import { type AnchorFrequencies, anchorWeight, placesOf } from './translation.js';

export interface AnchorCandidate {
  id: string;
  language: string;
  /** Sum of the weights of shared anchors, one for each place of the text asked about. */
  score: number;
  shared: number;
}

export interface AnchorIndex {
  /** `language` as the caller knows it; a notice is added once. */
  add: (id: string, anchors: readonly Anchor[], language: string) => void;
  /** The best first. Notices in the language of the text are no translations of it. */
  lookup: (anchors: readonly Anchor[], asked: AnchorQuery) => AnchorCandidate[];
  /** For `translationScore` of two texts in these languages. */
  between: (a: string, b: string) => AnchorFrequencies[];
  readonly documents: number;
  readonly bytes: number;
}

export interface AnchorQuery {
  language: string;
  exclude?: string;
  most?: number;
  /** Fewer shared anchors are not looked at further. */
  least?: number;
}

/** An anchor of more notices of one language tells nothing, and holders beyond are not kept; they are counted. */
const HOLDERS = 1_000;
const MOST = 20;
const LEAST = 3;
const NONE = 0xffffffff;
/** As many as a count of 16 bits holds; no text of this size is asked about whole. */
const MOST_PLACES = 0xffff;

export function createAnchorIndex({ holders = HOLDERS }: { holders?: number } = {}): AnchorIndex {
  const ids: string[] = [];
  /** Languages in the order in which they came, each with its number of notices. */
  const languages = new Map<string, Language>();
  const table = new KeyTable();
  const postings = { document: new Numbers(Uint32Array), next: new Numbers(Uint32Array) };
  const sums = new Numbers(Float32Array);
  const counts = new Numbers(Uint16Array);
  const stamps = new Numbers(Uint16Array);
  const perDocument = [sums, counts, stamps];

  const languageOf = (name: string): Language => {
    const held = languages.get(name) ?? { code: languages.size + 1, documents: 0 };
    languages.set(name, held);
    return held;
  };
  const frequenciesOf = (name: string): AnchorFrequencies => {
    const { code, documents } = languageOf(name);
    return { documents, of: (key) => table.count(hashOf(key, code)) };
  };

  /** Adds to the sums of all notices of one language; gives those that share anything. */
  const weigh = (groups: readonly Weighed[][], code: number): number[] => {
    const touched: number[] = [];
    groups.forEach((group, at) => {
      for (const { key, weight } of group) {
        const place = table.find(hashOf(key, code));
        if (place < 0 || table.counts[place]! > holders) continue;
        for (let each = table.heads[place]!; each !== NONE; each = postings.next.at(each)) {
          const document = postings.document.at(each);
          if (stamps.at(document) === at + 1) continue;
          if (counts.at(document) === 0) touched.push(document);
          stamps.set(document, at + 1);
          counts.set(document, counts.at(document) + 1);
          sums.set(document, sums.at(document) + weight);
        }
      }
    });
    return touched;
  };

  return {
    add: (id, anchors, name) => {
      const document = ids.push(id) - 1;
      const language = languageOf(name);
      language.documents += 1;
      for (const numbers of perDocument) numbers.push(0);
      for (const hash of new Set(anchors.map(({ key }) => hashOf(key, language.code)))) {
        const at = table.place(hash);
        table.counts[at]! += 1;
        if (table.counts[at]! > holders) continue;
        postings.document.push(document);
        postings.next.push(table.heads[at]!);
        table.heads[at] = postings.next.length - 1;
      }
    },
    lookup: (anchors, { language: own, exclude, most = MOST, least = LEAST }) => {
      const found: AnchorCandidate[] = [];
      const places = placesOf(anchors);
      for (const [language, { code }] of languages) {
        if (language === own) continue;
        const touched = weigh(grouped(anchors, places, [frequenciesOf(own), frequenciesOf(language)]), code);
        for (const document of touched) {
          const [score, shared] = [sums.at(document), counts.at(document)];
          const id = ids[document]!;
          if (shared >= least && id !== exclude) found.push({ id, language, score, shared });
          for (const numbers of perDocument) numbers.set(document, 0);
        }
      }
      return found.sort((x, y) => y.score - x.score || (x.id < y.id ? -1 : 1)).slice(0, most);
    },
    between: (a, b) => [frequenciesOf(a), frequenciesOf(b)],
    get documents() {
      return ids.length;
    },
    get bytes() {
      const all = [...perDocument, postings.document, postings.next];
      return all.reduce((sum, { bytes }) => sum + bytes, table.bytes);
    },
  };
}

interface Language {
  code: number;
  documents: number;
}

interface Weighed {
  key: string;
  weight: number;
}

/** By place in the text, the weightiest first; a notice gets the first of a place that it shares. */
function grouped(
  anchors: readonly Anchor[],
  places: ReadonlyMap<string, number>,
  frequencies: readonly AnchorFrequencies[],
): Weighed[][] {
  const groups: Weighed[][] = [];
  for (const each of anchors)
    (groups[places.get(each.key)!] ??= []).push({ key: each.key, weight: anchorWeight(each, frequencies) });
  for (const group of groups) group.sort((a, b) => b.weight - a.weight);
  return groups.slice(0, MOST_PLACES);
}

/** Each language has keys of its own: the copies of a notice must not crowd out its translation. */
function hashOf(key: string, language: number): number {
  let hash = 0x811c9dc5 ^ language;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return mixA(hash);
}

type Kind = typeof Uint8Array | typeof Uint16Array | typeof Uint32Array | typeof Float32Array;

/** A typed array that grows. */
class Numbers {
  length = 0;
  readonly #kind: Kind;
  #held: InstanceType<Kind>;

  constructor(kind: Kind) {
    this.#kind = kind;
    this.#held = new kind(1_024);
  }

  at(place: number): number {
    return this.#held[place]!;
  }

  set(place: number, value: number): void {
    this.#held[place] = value;
  }

  push(value: number): void {
    if (this.length === this.#held.length) {
      const larger = new this.#kind(this.length + (this.length >> 1));
      larger.set(this.#held);
      this.#held = larger;
    }
    this.#held[this.length++] = value;
  }

  get bytes(): number {
    return this.#held.byteLength;
  }
}

/** Open addressing over hashes: how many notices hold a key, and the first of its postings. */
class KeyTable {
  counts = new Uint32Array(1 << 12);
  heads = new Uint32Array(1 << 12);
  #keys = new Uint32Array(1 << 12);
  #used = 0;

  /** Where the key is; below zero where it is not. A place is used when its count is not zero. */
  find(hash: number): number {
    const at = this.#slot(hash);
    return this.counts[at] === 0 ? -1 : at;
  }

  /** Where the key is from now on. Its count is the caller's to raise. */
  place(hash: number): number {
    if (this.#used * 3 > this.#keys.length * 2) this.#grow();
    const at = this.#slot(hash);
    if (this.counts[at] !== 0) return at;
    this.#used += 1;
    this.#keys[at] = hash;
    this.heads[at] = NONE;
    return at;
  }

  count(hash: number): number {
    return this.counts[this.#slot(hash)]!;
  }

  get bytes(): number {
    return this.#keys.byteLength * 3;
  }

  #slot(hash: number): number {
    const mask = this.#keys.length - 1;
    let at = hash & mask;
    while (this.counts[at] !== 0 && this.#keys[at] !== hash) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const [keys, counts, heads] = [this.#keys, this.counts, this.heads];
    this.#keys = new Uint32Array(keys.length * 2);
    this.counts = new Uint32Array(keys.length * 2);
    this.heads = new Uint32Array(keys.length * 2);
    for (let at = 0; at < keys.length; at++) {
      if (counts[at] === 0) continue;
      const to = this.#slot(keys[at]!);
      [this.#keys[to], this.counts[to], this.heads[to]] = [keys[at]!, counts[at]!, heads[at]!];
    }
  }
}
