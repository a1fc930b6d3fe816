/**
 * Which documents may share a passage with the one asked about: those that hold two of its fingerprints. What a document does
 * not hold says nothing of it: what stands in an older one is held by that one alone.
 */
import type { Asked } from './asked.js';
import { type Holdings, MOST_HOLDERS } from './holdings.js';

/** So few windows that one shared fingerprint must do (facts/copies §5.3). */
export const FEW_WINDOWS = 10;
/** What common formulae count beside other windows when candidates are ranked. */
const BOILERPLATE_WEIGHT = 0.01;
const FEW_HOLDERS = 128;
const ENOUGH_RARE = 16;
/** So many shared windows can be looked at one by one. */
export const FEW_SHARED = 3;

/** Slots are candidates; columns grow with the most that were ever met at once. */
export class Candidates {
  count = 0;
  documents = new Uint32Array(1 << 10);
  /** Shared fingerprints. */
  shared = new Uint32Array(1 << 10);
  /** Those of them that are no formula. */
  plain = new Uint32Array(1 << 10);
  #firsts = new Uint32Array(FEW_SHARED << 10);
  scores = new Float64Array(1 << 10);
  /** Which candidates met which window: those of window n are `metBy[starts[n]]` to `metBy[starts[n + 1]]`. */
  metBy = new Uint32Array(1 << 12);
  starts = new Uint32Array(1 << 8);
  #meetings = 0;
  #table = new Uint32Array(1 << 12);
  #stamps = new Uint32Array(1 << 12);
  #stamp = 0;
  readonly #holders = new Uint32Array(MOST_HOLDERS);

  /** All documents that share a fingerprint with what is asked. */
  collect(asked: Asked, holdings: Holdings): void {
    this.#clear(asked.windows);
    const most = mostHolders(asked);
    for (let window = 0; window < asked.windows; window++) {
      this.starts[window] = this.#meetings;
      const found = asked.found[window]!;
      if (found === 0 || found > most) continue;
      const isCommon = asked.isBoilerplate[window]!;
      const weight = Math.log((holdings.documents + 1) / found) * (isCommon ? BOILERPLATE_WEIGHT : 1);
      const count = holdings.holders(asked, window, this.#holders);
      if (this.#meetings + count > this.metBy.length) this.metBy = twice(this.metBy);
      for (let at = 0; at < count; at++) {
        const slot = this.#slotOf(this.#holders[at]!);
        this.metBy[this.#meetings++] = slot;
        if (this.shared[slot]! < FEW_SHARED) this.#firsts[slot * FEW_SHARED + this.shared[slot]!] = window;
        this.shared[slot]! += 1;
        if (!isCommon) this.plain[slot]! += 1;
        this.scores[slot]! += weight;
      }
    }
    this.starts[asked.windows] = this.#meetings;
  }

  /** Windows that a candidate shares, which are few. */
  windowsOf(slot: number): Uint32Array {
    return this.#firsts.subarray(slot * FEW_SHARED, slot * FEW_SHARED + Math.min(FEW_SHARED, this.shared[slot]!));
  }

  /** Those that a candidate shares and that are not covered yet, if they are few. */
  windowsLeft(slot: number, isCovered: Uint8Array): Uint32Array {
    if (this.shared[slot]! <= FEW_SHARED) return this.windowsOf(slot).filter((window) => !isCovered[window]);
    const windows = new Uint32Array(FEW_SHARED);
    let count = 0;
    for (let window = 0; window < isCovered.length && count < FEW_SHARED; window++) {
      if (isCovered[window]) continue;
      for (let at = this.starts[window]!; at < this.starts[window + 1]!; at++)
        if (this.metBy[at] === slot) windows[count++] = window;
    }
    return windows.subarray(0, count);
  }

  /** Those that share enough. */
  those(asked: Asked): number[] {
    const least = asked.windows <= FEW_WINDOWS ? 1 : 2;
    const slots: number[] = [];
    for (let slot = 0; slot < this.count; slot++) if (this.shared[slot]! >= least) slots.push(slot);
    return slots;
  }

  /** Best first. */
  ranked(slots: number[]): number[] {
    return slots.sort((a, b) => this.scores[b]! - this.scores[a]! || this.documents[a]! - this.documents[b]!);
  }

  #clear(windows: number): void {
    this.count = 0;
    this.#meetings = 0;
    this.#stamp += 1;
    if (this.starts.length > windows) return;
    this.starts = new Uint32Array(2 * windows + 2);
  }

  #slotOf(document: number): number {
    const mask = this.#table.length - 1;
    for (let at = Math.imul(document, 0x9e3779b1) >>> 8; ; at += 1) {
      at &= mask;
      if (this.#stamps[at] !== this.#stamp) return this.#newSlot(document, at);
      const slot = this.#table[at]!;
      if (this.documents[slot] === document) return slot;
    }
  }

  #newSlot(document: number, at: number): number {
    if (this.count === this.documents.length) this.#growSlots();
    const slot = this.count++;
    this.documents[slot] = document;
    this.shared[slot] = 0;
    this.plain[slot] = 0;
    this.scores[slot] = 0;
    this.#table[at] = slot;
    this.#stamps[at] = this.#stamp;
    if (this.count * 2 > this.#table.length) this.#growTable();
    return slot;
  }

  #growSlots(): void {
    this.documents = twice(this.documents);
    this.shared = twice(this.shared);
    this.plain = twice(this.plain);
    this.#firsts = twice(this.#firsts);
    const scores = new Float64Array(this.scores.length * 2);
    scores.set(this.scores);
    this.scores = scores;
  }

  #growTable(): void {
    const length = this.#table.length * 2;
    this.#table = new Uint32Array(length);
    this.#stamps = new Uint32Array(length);
    this.#stamp = 1;
    for (let slot = 0; slot < this.count; slot++) {
      let at = (Math.imul(this.documents[slot]!, 0x9e3779b1) >>> 8) & (length - 1);
      while (this.#stamps[at] === 1) at = (at + 1) & (length - 1);
      this.#table[at] = slot;
      this.#stamps[at] = 1;
    }
  }
}

/**
 * What many hold says little where a text has enough that few do. Where it has not, all are asked for: else whoever published
 * a notice in pieces a few hundred times would hide it.
 */
function mostHolders({ windows, found }: Asked): number {
  let rare = 0;
  for (let window = 0; window < windows; window++) if (found[window]! > 0 && found[window]! <= FEW_HOLDERS) rare += 1;
  return rare >= ENOUGH_RARE ? FEW_HOLDERS : MOST_HOLDERS;
}

function twice(words: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(words.length * 2);
  larger.set(words);
  return larger;
}
