/** Segments and the tail, read as one. */
import type { FingerprintParameters } from '../kernel/index.js';
import { PlacingRoom, placeAll } from './key-table.js';
import { type Reference, forEachOverlap, hasReferences } from './references.js';
import { numberAt } from './segment-bytes.js';
import { type Segment, holderAt, mergeSegments } from './segment.js';
import { Tail } from './tail.js';

/** Postings of one key beyond this are only a pathology, as passages are indexed once: the key says nothing then (facts/copies §7). */
export const MOST_HOLDERS = 400;

/** The keys asked about, and what is said of each. */
export interface Placed {
  keys: Uint32Array;
  windows: number;
  /** Postings, counted no further than to `MOST_HOLDERS` and one in each part. */
  found: Uint32Array;
  /** Bits of the sources that hold it and are otherwise different. */
  counters: Uint32Array;
  /** Per window and part: first row and the row behind the last; of the tail, the head of its chain. */
  rows: Uint32Array;
}

export class Holdings {
  readonly parameters: FingerprintParameters;
  #segments: Segment[];
  #tail: Tail;
  readonly #removed = new Set<number>();
  readonly #room = new PlacingRoom();
  #slots = new Uint32Array(0);
  #counted = new Uint32Array(0);
  #held = new Uint32Array(0);
  #bits = new Uint32Array(0);

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
    return numberAt(segment.groups, document - segment.first);
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

  /** Says of all keys where their rows are, how many there are, and who counted. */
  placeAll(placed: Placed): void {
    const { keys, windows, found, counters, rows } = placed;
    const { stride } = this;
    this.#growTo(windows);
    const asked = { keys, count: windows, most: MOST_HOLDERS + 1, room: this.#room };
    found.fill(0, 0, windows);
    for (const [part, { postings }] of this.#segments.entries()) {
      placeAll(postings, asked, { rows, from: 2 * part, step: stride });
      for (let window = 0, at = 2 * part; window < windows; window++, at += stride)
        found[window]! += rows[at + 1]! - rows[at]!;
    }
    const tail = this.#tail.keys;
    tail.placeAll(keys, windows, this.#slots);
    for (let window = 0, at = stride - 1; window < windows; window++, at += stride) {
      const slot = this.#slots[window]!;
      rows[at] = tail.headAt(slot);
      found[window]! += tail.countAt(slot);
      counters[window] = tail.bitsAt(slot);
    }
    this.#countHeld(placed);
  }

  /** Counters of keys that are held: of another one nothing is counted. */
  #countHeld({ keys, windows, found, counters }: Placed): void {
    let count = 0;
    for (let window = 0; window < windows; window++) {
      if (found[window] === 0) counters[window] = 0;
      else {
        this.#held[count] = keys[window]!;
        this.#slots[count++] = window;
      }
    }
    this.#bits.fill(0, 0, count);
    this.#countAll({ keys: this.#held, count, room: this.#room }, this.#bits);
    for (let at = 0; at < count; at++) counters[this.#slots[at]!]! |= this.#bits[at]!;
  }

  #growTo(count: number): void {
    if (this.#slots.length >= count) return;
    this.#slots = new Uint32Array(2 * count);
    this.#counted = new Uint32Array(4 * count);
    this.#held = new Uint32Array(2 * count);
    this.#bits = new Uint32Array(2 * count);
  }

  #countAll(asked: { keys: Uint32Array; count: number; room: PlacingRoom }, counters: Uint32Array): void {
    const rows = this.#counted;
    for (const segment of this.#segments) {
      placeAll(segment.counted, { ...asked, most: 1 }, { rows, from: 0, step: 2 });
      for (let at = 0; at < asked.count; at++)
        if (rows[2 * at + 1] !== 0) counters[at]! |= segment.counters[rows[2 * at]!]!;
    }
  }

  /** Who holds the key of a window, to the front of `into` as far as there is room; how many. */
  holders({ rows }: Pick<Placed, 'rows'>, window: number, into: Uint32Array): number {
    let count = 0;
    let at = window * this.stride;
    for (const segment of this.#segments) {
      const end = Math.min(rows[at + 1]!, rows[at]! + into.length - count);
      for (let row = rows[at]!; row < end; row++) into[count++] = holderAt(segment, row);
      at += 2;
    }
    const tail = this.#tail;
    for (let head = rows[at]!; head !== 0 && count < into.length; head = tail.nextOf(head))
      into[count++] = tail.holderAt(head);
    return this.#removed.size === 0 ? count : this.#withoutRemoved(into, count);
  }

  #withoutRemoved(documents: Uint32Array, count: number): number {
    let kept = 0;
    for (let at = 0; at < count; at++) if (!this.#removed.has(documents[at]!)) documents[kept++] = documents[at]!;
    return kept;
  }

  /** Bits of the sources that hold each of the first `count` keys and are otherwise different. */
  countersOf(keys: Uint32Array, count: number, into: Uint32Array): void {
    this.#growTo(count);
    const tail = this.#tail.keys;
    tail.placeAll(keys, count, this.#slots);
    for (let at = 0; at < count; at++) into[at] = tail.bitsAt(this.#slots[at]!);
    this.#countAll({ keys, count, room: this.#room }, into);
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
