/** A map for what can be made again: at its bound it begins anew, so that hostile input fills no memory. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #most: number;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(key: Key, value: Value): this {
    if (this.size >= this.#most && !this.has(key)) this.clear();
    return super.set(key, value);
  }

  /** What is held, else what `make` gives, held from now on. */
  getOrMake(key: Key, make: (key: Key) => Value): Value {
    const held = this.get(key);
    if (held !== undefined) return held;
    const made = make(key);
    this.set(key, made);
    return made;
  }
}
