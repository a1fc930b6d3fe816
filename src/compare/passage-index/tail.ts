/** What was inserted since the last freeze; chains of rows under their keys, newest first. */
import type { FingerprintParameters } from '../kernel/index.js';
import { WordColumn, WordTable } from './growing.js';
import { inOrder, sortedOrder } from './key-table.js';
import { type Reference, ReferenceRows } from './references.js';
import { type Segment, makeSegment } from './segment.js';

export class Tail {
  readonly first: number;
  readonly sources = new WordColumn();
  readonly groups = new WordColumn();
  readonly #heads = new WordTable();
  readonly #keys = new WordColumn();
  readonly #holders = new WordColumn();
  readonly #next = new WordColumn();
  readonly #counters = new WordTable();
  readonly #references = new ReferenceRows();
  readonly #referencesNext = new WordColumn();
  readonly #referenceHeads = new WordTable();
  readonly #removed: number[] = [];

  constructor(first: number) {
    this.first = first;
  }

  get documents(): number {
    return this.sources.length;
  }

  get postings(): number {
    return this.#holders.length;
  }

  get isEmpty(): boolean {
    return this.documents + this.postings + this.#references.length + this.#removed.length === 0;
  }

  addPosting(key: number, document: number): void {
    this.#keys.push(key);
    this.#next.push(this.#heads.get(key));
    this.#heads.set(key, this.#holders.push(document) + 1);
  }

  /** One more than the row of the newest posting; 0: none. */
  headOf(key: number): number {
    return this.#heads.get(key);
  }

  holderAt(head: number): number {
    return this.#holders.at(head - 1);
  }

  nextOf(head: number): number {
    return this.#next.at(head - 1);
  }

  counterOf(key: number): number {
    return this.#counters.get(key);
  }

  count(key: number, bits: number): void {
    this.#counters.set(key, (this.#counters.get(key) | bits) >>> 0);
  }

  addReference(reference: Reference): void {
    const { representative } = reference;
    this.#referencesNext.push(this.#referenceHeads.get(representative));
    this.#referenceHeads.set(representative, this.#references.push(reference) + 1);
  }

  hasReferences(representative: number): boolean {
    return this.#referenceHeads.get(representative) !== 0;
  }

  forEachOverlap(
    { representative, from, to }: { representative: number; from: number; to: number },
    visit: (reference: Reference) => boolean,
  ): boolean {
    for (let head = this.#referenceHeads.get(representative); head !== 0; head = this.#referencesNext.at(head - 1)) {
      const reference = this.#references.at(head - 1);
      if (reference.start >= to || reference.start + reference.length <= from) continue;
      if (!visit(reference)) return false;
    }
    return true;
  }

  remove(document: number): void {
    this.#removed.push(document);
  }

  freeze(parameters: FingerprintParameters): Segment {
    const unsorted = this.#keys.toArray();
    const order = sortedOrder(unsorted);
    const counted: [number, number][] = [];
    this.#counters.forEach((key, word) => counted.push([key, word]));
    counted.sort(([a], [b]) => a - b);
    return makeSegment(parameters, {
      first: this.first,
      sources: this.sources.toArray(),
      groups: this.groups.toArray(),
      postings: {
        keys: inOrder(unsorted, order),
        documents: inOrder(this.#holders.toArray(), order),
      },
      counters: {
        keys: Uint32Array.from(counted, ([key]) => key),
        words: Uint32Array.from(counted, ([, word]) => word),
      },
      references: this.#references.toArray(),
      removed: Uint32Array.from(this.#removed).sort(),
    });
  }
}
