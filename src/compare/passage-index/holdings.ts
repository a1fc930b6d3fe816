/** Segments and the tail, read as one. */
import type { FingerprintParameters } from '../kernel/index.js';
import { endOfRows, firstRow } from './key-table.js';
import { type Reference, forEachOverlap, hasReferences } from './references.js';
import { type Segment, holderAt, mergeSegments } from './segment.js';
import { Tail } from './tail.js';

/** Postings of one key beyond this are only a pathology, as passages are indexed once: the key says nothing then (facts/copies §7). */
export const MOST_HOLDERS = 400;

/** Where the rows of a window's key stand in each part. */
export interface Placed {
  /** Per window and part: first row and the row behind the last; of the tail, the head of its chain. */
  rows: Uint32Array;
}

export class Holdings {
  readonly parameters: FingerprintParameters;
  #segments: Segment[];
  #tail: Tail;
  readonly #removed = new Set<number>();

  constructor(segments: readonly Segment[], parameters: FingerprintParameters) {
    this.parameters = parameters;
    this.#segments = [...segments];
    for (const { removed } of segments) for (const document of removed) this.#removed.add(document);
    this.#tail = new Tail(this.documents);
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  /** For what is written; reading goes through the rest of this class. */
  get tail(): Tail {
    return this.#tail;
  }

  get documents(): number {
    const last = this.#segments.at(-1);
    return this.#tail ? this.#tail.first + this.#tail.documents : last ? last.first + last.documents : 0;
  }

  sourceOf(document: number): number {
    if (document >= this.#tail.first) return this.#tail.sources.at(document - this.#tail.first);
    const segment = this.#segmentOf(document);
    return segment.sources[document - segment.first]!;
  }

  groupOf(document: number): number {
    if (document >= this.#tail.first) return this.#tail.groups.at(document - this.#tail.first);
    const segment = this.#segmentOf(document);
    return segment.groups[document - segment.first]!;
  }

  #segmentOf(document: number): Segment {
    let at = this.#segments.length - 1;
    while (document < this.#segments[at]!.first) at -= 1;
    return this.#segments[at]!;
  }

  isRemoved(document: number): boolean {
    return this.#removed.has(document);
  }

  remove(document: number): void {
    this.#removed.add(document);
    this.#tail.remove(document);
  }

  /** Words a window takes in `rows`. */
  get stride(): number {
    return this.#segments.length * 2 + 1;
  }

  /** Notes where the key's rows are; how many there are, counted no further than to `MOST_HOLDERS` and one. */
  place(key: number, window: number, rows: Uint32Array): number {
    let found = 0;
    let to = window * this.stride;
    for (const { postings } of this.#segments) {
      const first = firstRow(postings, key);
      const end = first < 0 ? 0 : endOfRows(postings, key, first, MOST_HOLDERS + 1);
      rows[to++] = first < 0 ? 0 : first;
      rows[to++] = end;
      if (end > 0) found += end - first;
    }
    const head = this.#tail.headOf(key);
    rows[to] = head;
    for (let at = head; at !== 0 && found <= MOST_HOLDERS; at = this.#tail.nextOf(at)) found += 1;
    return found;
  }

  forEachHolder({ rows }: Placed, window: number, visit: (document: number) => void): void {
    let at = window * this.stride;
    for (const segment of this.#segments) {
      const end = rows[at + 1]!;
      for (let row = rows[at]!; row < end; row++) this.#visitKept(holderAt(segment, row), visit);
      at += 2;
    }
    const tail = this.#tail;
    for (let head = rows[at]!; head !== 0; head = tail.nextOf(head)) this.#visitKept(tail.holderAt(head), visit);
  }

  #visitKept(document: number, visit: (document: number) => void): void {
    if (this.#removed.size === 0 || !this.#removed.has(document)) visit(document);
  }

  /** Bits of the sources that hold a key and are otherwise different. */
  counterOf(key: number): number {
    let bits = this.#tail.counterOf(key);
    for (const { counted, counters } of this.#segments) {
      const row = firstRow(counted, key);
      if (row >= 0) bits |= counters[row]!;
    }
    return bits >>> 0;
  }

  hasReferences(representative: number): boolean {
    return (
      this.#tail.hasReferences(representative) ||
      this.#segments.some(({ references }) => hasReferences(references, representative))
    );
  }

  /** References to what is removed are not shown. */
  forEachOverlap(
    stretch: { representative: number; from: number; to: number },
    visit: (reference: Reference) => boolean,
  ): boolean {
    const visitKept = (reference: Reference): boolean => this.#removed.has(reference.document) || visit(reference);
    return (
      this.#tail.forEachOverlap(stretch, visitKept) &&
      this.#segments.every(({ references }) => forEachOverlap(references, stretch, visitKept))
    );
  }

  /** The tail becomes a segment, and neighbours become one while the older is not more than twice as large. */
  freeze(): void {
    if (this.#tail.isEmpty) return;
    this.#push(this.#tail.freeze(this.parameters));
    const sizeOf = (segment: Segment): number => segment.bytes.byteLength;
    while (this.#segments.length > 1 && sizeOf(this.#segments.at(-2)!) <= 2 * sizeOf(this.#segments.at(-1)!))
      this.#push(mergeSegments(this.#segments.splice(-2), this.parameters));
  }

  compact(): void {
    this.freeze();
    if (this.#segments.length > 1) this.#push(mergeSegments(this.#segments.splice(0), this.parameters));
  }

  #push(segment: Segment): void {
    this.#segments.push(segment);
    this.#tail = new Tail(segment.first + segment.documents);
  }
}
