/** Columns and tables of 32-bit words that grow: what the index holds until it is frozen. */
const FIRST = 1 << 8;

export class WordColumn {
  #words = new Uint32Array(FIRST);
  length = 0;

  push(word: number): number {
    if (this.length === this.#words.length) {
      const larger = new Uint32Array(this.#words.length * 2);
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words[this.length] = word;
    return this.length++;
  }

  at(index: number): number {
    return this.#words[index]!;
  }

  set(index: number, word: number): void {
    this.#words[index] = word;
  }

  toArray(): Uint32Array {
    return this.#words.slice(0, this.length);
  }
}

/** Two words at each place, read together. */
export class PairColumn {
  #words = new Uint32Array(2 * FIRST);
  length = 0;

  push(first: number, second: number): void {
    const at = 2 * this.length++;
    if (at === this.#words.length) {
      const larger = new Uint32Array(this.#words.length * 2);
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words[at] = first;
    this.#words[at + 1] = second;
  }

  first(index: number): number {
    return this.#words[2 * index]!;
  }

  second(index: number): number {
    return this.#words[2 * index + 1]!;
  }

  firsts(): Uint32Array {
    const firsts = new Uint32Array(this.length);
    for (let at = 0; at < firsts.length; at++) firsts[at] = this.#words[2 * at]!;
    return firsts;
  }
}

/**
 * Words by word, by open addressing; a key and its word lie side by side, as a look at either is a look into far memory. A word
 * of 0 is "none", so nothing is kept under a key until it is not 0.
 */
export class WordTable {
  #pairs = new Uint32Array(2 * FIRST);
  size = 0;

  get(key: number): number {
    const pairs = this.#pairs;
    const mask = pairs.length - 1;
    for (let at = placeOf(key) & mask; ; at = (at + 2) & mask) {
      const word = pairs[at + 1]!;
      if (word === 0 || pairs[at] === key) return word;
    }
  }

  set(key: number, word: number): void {
    if (this.size * 4 >= this.#pairs.length) this.#grow();
    const pairs = this.#pairs;
    const mask = pairs.length - 1;
    let at = placeOf(key) & mask;
    while (pairs[at + 1] !== 0 && pairs[at] !== key) at = (at + 2) & mask;
    if (pairs[at + 1] === 0) this.size += 1;
    pairs[at] = key;
    pairs[at + 1] = word;
  }

  #grow(): void {
    const pairs = this.#pairs;
    this.#pairs = new Uint32Array(pairs.length * 2);
    this.size = 0;
    for (let at = 0; at < pairs.length; at += 2) if (pairs[at + 1] !== 0) this.set(pairs[at]!, pairs[at + 1]!);
  }
}

/** An even place. Fingerprints are spread already, document numbers are not. */
function placeOf(key: number): number {
  const h = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) << 1;
}
