/**
 * What the tail knows of each fingerprint, by open addressing: the newest posting, how many there are, and the bits of
 * sources. They lie side by side, as each look is a look into far memory; many are looked for at once, so that the looks
 * overlap.
 */
const FIRST = 1 << 8;
/** Key, head of the chain of postings, how many there are, bits of sources. */
const SLOT = 4;
const HEAD = 1;
const COUNT = 2;
const BITS = 3;

export class TailKeys {
  #slots = new Uint32Array(SLOT * FIRST);
  #there = new Uint32Array(FIRST);
  size = 0;
  /** Least keys for the next growth, so that half of the slots stay free. */
  #most = FIRST / 2;

  /** For each of the first `count` keys its slot, which serves until a key is put in; a slot with no head is no answer. */
  placeAll(keys: Uint32Array, count: number, into: Uint32Array): void {
    const slots = this.#slots;
    const mask = slots.length - SLOT;
    if (this.#there.length < count) this.#there = new Uint32Array(2 * count);
    const there = this.#there;
    for (let at = 0; at < count; at++) {
      const slot = placeOf(keys[at]!) & mask;
      into[at] = slot;
      there[at] = slots[slot]!;
    }
    for (let at = 0; at < count; at++) if (there[at] !== keys[at]) into[at] = this.#from(into[at]!, keys[at]!);
  }

  headAt(slot: number): number {
    return this.#slots[slot + HEAD]!;
  }

  countAt(slot: number): number {
    return this.#slots[slot + COUNT]!;
  }

  bitsAt(slot: number): number {
    return this.#slots[slot + BITS]!;
  }

  bitsOf(key: number): number {
    return this.#slots[this.#placeOf(key) + BITS]!;
  }

  /** Makes `head` the newest posting of a key; the one before it, or 0. */
  push(key: number, head: number): number {
    const at = this.#take(key);
    const before = this.#slots[at + HEAD]!;
    this.#slots[at + HEAD] = head;
    this.#slots[at + COUNT]! += 1;
    return before;
  }

  addBits(key: number, bits: number): void {
    const at = this.#take(key); // first, as it may make room elsewhere
    this.#slots[at + BITS]! |= bits;
  }

  /** In no order that means anything. */
  forEachCounted(visit: (key: number, bits: number) => void): void {
    const slots = this.#slots;
    for (let at = 0; at < slots.length; at += SLOT) if (slots[at + BITS] !== 0) visit(slots[at]!, slots[at + BITS]!);
  }

  #placeOf(key: number): number {
    return this.#from(placeOf(key) & (this.#slots.length - SLOT), key);
  }

  /** A slot with neither posting nor bits is free. */
  #from(slot: number, key: number): number {
    const slots = this.#slots;
    const mask = slots.length - SLOT;
    let at = slot;
    while (slots[at] !== key && (slots[at + HEAD] !== 0 || slots[at + BITS] !== 0)) at = (at + SLOT) & mask;
    return at;
  }

  #take(key: number): number {
    if (this.size >= this.#most) this.#grow();
    const at = this.#placeOf(key);
    if (this.#slots[at + HEAD] === 0 && this.#slots[at + BITS] === 0) {
      this.size += 1;
      this.#slots[at] = key;
    }
    return at;
  }

  #grow(): void {
    const slots = this.#slots;
    this.#slots = new Uint32Array(slots.length * 2);
    this.#most *= 2;
    for (let from = 0; from < slots.length; from += SLOT) {
      if (slots[from + HEAD] === 0 && slots[from + BITS] === 0) continue;
      const to = this.#placeOf(slots[from]!);
      for (let word = 0; word < SLOT; word++) this.#slots[to + word] = slots[from + word]!;
    }
  }
}

/** The first word of a slot. */
function placeOf(key: number): number {
  const h = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) << 2;
}
