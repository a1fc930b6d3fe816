/** What was inserted since the last freeze; chains of rows under their keys, newest first. */
import type { FingerprintParameters } from '../kernel/index.js';
import { PairColumn, WordColumn, WordTable } from './growing.js';
import { inOrder, sortedOrder } from './key-table.js';
import { type Reference, ReferenceRows } from './references.js';
import { type Segment, makeSegment } from './segment.js';
import { TailKeys } from './tail-keys.js';

export class Tail {
  readonly first: number;
  readonly sources = new WordColumn();
  readonly groups = new WordColumn();
  readonly keys = new TailKeys();
  /** Of each posting in turn. */
  readonly #keys = new WordColumn();
  /** Who holds it, and the posting of the same key before it. */
  readonly #postings = new PairColumn();
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
    return this.#postings.length;
  }

  get isEmpty(): boolean {
    return this.documents + this.postings + this.#references.length + this.#removed.length === 0;
  }

  addPosting(key: number, document: number): void {
    this.#keys.push(key);
    this.#postings.push(document, this.keys.push(key, this.postings + 1));
  }

  /** `head` is one more than the row of a posting; 0: none. */
  holderAt(head: number): number {
    return this.#postings.first(head - 1);
  }

  nextOf(head: number): number {
    return this.#postings.second(head - 1);
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
      if (!this.#references.overlaps(head - 1, from, to)) continue;
      if (!visit(this.#references.at(head - 1))) return false;
    }
    return true;
  }

  remove(document: number): void {
    this.#removed.push(document);
  }

  freeze(parameters: FingerprintParameters): Segment {
    const unsorted = this.#keys.toArray();
    const order = sortedOrder(unsorted);
    const counted = new WordColumn();
    const bits = new WordColumn();
    this.keys.forEachCounted((key, word) => {
      counted.push(key);
      bits.push(word);
    });
    const countedOrder = sortedOrder(counted.toArray());
    return makeSegment(parameters, {
      first: this.first,
      sources: this.sources.toArray(),
      groups: this.groups.toArray(),
      postings: {
        keys: inOrder(unsorted, order),
        documents: inOrder(this.#postings.firsts(), order),
      },
      counters: {
        keys: inOrder(counted.toArray(), countedOrder),
        words: inOrder(bits.toArray(), countedOrder),
      },
      references: this.#references.toArray(),
      removed: Uint32Array.from(this.#removed).sort(),
    });
  }
}
