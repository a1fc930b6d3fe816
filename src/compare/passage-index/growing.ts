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

/** Words by word, by open addressing. A word of 0 is "none", so nothing is kept under a key until it is not 0. */
export class WordTable {
  #keys = new Uint32Array(FIRST);
  #words = new Uint32Array(FIRST);
  size = 0;

  get(key: number): number {
    const mask = this.#keys.length - 1;
    for (let at = spread(key) & mask; ; at = (at + 1) & mask) {
      const word = this.#words[at]!;
      if (word === 0 || this.#keys[at] === key) return word;
    }
  }

  set(key: number, word: number): void {
    if (this.size * 2 >= this.#keys.length) this.#grow();
    const mask = this.#keys.length - 1;
    let at = spread(key) & mask;
    while (this.#words[at] !== 0 && this.#keys[at] !== key) at = (at + 1) & mask;
    if (this.#words[at] === 0) this.size += 1;
    this.#keys[at] = key;
    this.#words[at] = word;
  }

  /** In no order that means anything. */
  forEach(visit: (key: number, word: number) => void): void {
    for (let at = 0; at < this.#keys.length; at++) if (this.#words[at] !== 0) visit(this.#keys[at]!, this.#words[at]!);
  }

  #grow(): void {
    const [keys, words] = [this.#keys, this.#words];
    this.#keys = new Uint32Array(keys.length * 2);
    this.#words = new Uint32Array(keys.length * 2);
    this.size = 0;
    for (let at = 0; at < keys.length; at++) if (words[at] !== 0) this.set(keys[at]!, words[at]!);
  }
}

/** Fingerprints are spread already, document numbers are not. */
function spread(key: number): number {
  const h = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
