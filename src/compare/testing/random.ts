/** Numbers from a seed, the same on every machine: what is planted must be there again when a test fails. */

/** A number in [0, 1). */
export type Random = () => number;

/** sfc32; any number of words make the seed, so that each notice of each stream has a generator of its own. */
export function makeRandom(...seed: readonly number[]): Random {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1];
  for (const word of seed) {
    a = Math.imul(a ^ word, 0x85ebca6b) ^ (b >>> 13);
    b = Math.imul(b + word, 0xc2b2ae35) ^ (c >>> 16);
    c = Math.imul(c ^ (word + 0x165667b1), 0x27d4eb2f) ^ (a >>> 15);
  }
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let warm = 0; warm < 10; warm++) next();
  return next;
}

/** A whole number in [0, end). */
export const below = (random: Random, end: number): number => Math.floor(random() * end);

/** A whole number in [low, high], both included. */
export const between = (random: Random, low: number, high: number): number => low + below(random, high - low + 1);

export const pick = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)]!;

/** Normal, mean 0, deviation 1. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function shuffled<T>(random: Random, from: readonly T[]): T[] {
  const all = [...from];
  for (let at = all.length - 1; at > 0; at--) {
    const other = below(random, at + 1);
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  return all;
}

/** Ranks drawn with weight 1/(rank + 2.7)^power, in constant time (Walker's alias table). */
export function zipf(count: number, power: number): (random: Random) => number {
  const share = new Float64Array(count);
  let total = 0;
  for (let rank = 0; rank < count; rank++) total += share[rank] = 1 / (rank + 2.7) ** power;
  for (let rank = 0; rank < count; rank++) share[rank]! *= count / total;
  const other = Uint32Array.from({ length: count }, (_, rank) => rank);
  const [small, large]: [number[], number[]] = [[], []];
  for (let rank = 0; rank < count; rank++) (share[rank]! < 1 ? small : large).push(rank);
  while (small.length > 0 && large.length > 0) {
    const [less, more] = [small.pop()!, large.at(-1)!];
    other[less] = more;
    share[more]! -= 1 - share[less]!;
    if (share[more]! < 1) small.push(large.pop()!);
  }
  return (random) => {
    const at = random() * count;
    const rank = Math.floor(at);
    return at - rank < share[rank]! ? rank : other[rank]!;
  };
}
