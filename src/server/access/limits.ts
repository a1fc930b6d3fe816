/** How often somebody may try, and how fast they may ask. In memory: a restart begins anew. */

/** Beyond it the oldest is forgotten, so that many addresses cannot fill the memory. */
const MOST_KEYS = 20_000;

class Kept<V> {
  readonly #by = new Map<string, V>();
  get = (key: string): V | undefined => this.#by.get(key);
  delete = (key: string): boolean => this.#by.delete(key);
  /** Puts it last in the order of forgetting. */
  set(key: string, value: V): void {
    this.#by.delete(key);
    this.#by.set(key, value);
    if (this.#by.size > MOST_KEYS) this.#by.delete(this.#by.keys().next().value!);
  }
}

export interface Tries {
  /** Milliseconds to wait before the next try; 0 takes one. Taken before the password is looked at, so that many at once are counted too. */
  take(name: string, address: string): number;
  /** It was the right one. */
  forget(name: string, address: string): void;
}

/** One name from many places, and many names from one place, get so many times what one name from one place gets. */
const ACROSS = 6;

/** So many tries within a time, of one name from one address; six times that of one name or from one address. */
export function createTries({ most, withinMs }: { most: number; withinMs: number }, now: () => number): Tries {
  const kept = new Kept<{ since: number; count: number }>();
  const keys = (name: string, address: string): [string, number][] => [
    [JSON.stringify(['both', name, address]), most],
    [JSON.stringify(['name', name]), most * ACROSS],
    [JSON.stringify(['address', address]), most * ACROSS],
  ];
  return {
    take: (name, address) => {
      const at = now();
      const counted = keys(name, address).map(([key, limit]) => {
        const before = kept.get(key);
        const lasts = before && at - before.since < withinMs ? before : { since: at, count: 0 };
        return { key, limit, ...lasts };
      });
      const full = counted.filter(({ count, limit }) => count >= limit);
      if (full.length > 0) return Math.max(...full.map(({ since }) => since + withinMs - at));
      for (const { key, since, count } of counted) kept.set(key, { since, count: count + 1 });
      return 0;
    },
    forget: (name, address) => {
      for (const [key] of keys(name, address).slice(0, 1)) kept.delete(key);
    },
  };
}

export interface Pace {
  /** Milliseconds to wait; 0 goes ahead and is counted. */
  take(key: string): number;
}

/** A bucket for each key: `perMinute` at once, refilled evenly. 0: no limit. */
export function createPace(perMinute: number, now: () => number): Pace {
  const kept = new Kept<{ left: number; at: number }>();
  const perMs = perMinute / 60_000;
  return {
    take: (key) => {
      if (perMinute <= 0) return 0;
      const at = now();
      const before = kept.get(key) ?? { left: perMinute, at };
      const left = Math.min(perMinute, before.left + Math.max(0, at - before.at) * perMs);
      const goes = left >= 1;
      kept.set(key, { left: goes ? left - 1 : left, at });
      return goes ? 0 : (1 - left) / perMs;
    },
  };
}
