/** Folded texts by number, in memory that threads share: for the benches of copies. */
const CHUNK_UNITS = 1 << 25;
/** Chunk, first unit, units. */
const PLACE = 3;

export class Texts {
  #chunks;
  #places;
  #count;

  constructor({ chunks = [], places = new Uint32Array(new SharedArrayBuffer(4 * PLACE * 1024)), count = 0 } = {}) {
    this.#chunks = chunks;
    this.#places = places;
    this.#count = count;
    this.used = CHUNK_UNITS;
  }

  get count() {
    return this.#count;
  }

  add(units) {
    if (this.used + units.length > CHUNK_UNITS) {
      this.#chunks.push(new Uint16Array(new SharedArrayBuffer(2 * CHUNK_UNITS)));
      this.used = 0;
    }
    if (PLACE * (this.#count + 1) > this.#places.length) {
      const larger = new Uint32Array(new SharedArrayBuffer(this.#places.byteLength * 2));
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#chunks.at(-1).set(units, this.used);
    this.#places.set([this.#chunks.length - 1, this.used, units.length], PLACE * this.#count);
    this.used += units.length;
    return this.#count++;
  }

  at(document) {
    if (document >= this.#count) return undefined;
    const [chunk, first, units] = this.#places.subarray(PLACE * document, PLACE * document + PLACE);
    return this.#chunks[chunk].subarray(first, first + units);
  }

  /** What another thread makes its own `Texts` of. */
  shared() {
    return { chunks: this.#chunks, places: this.#places, count: this.#count };
  }
}
