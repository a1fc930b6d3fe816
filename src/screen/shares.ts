/** Shares as lists print them, and what they come to along a way. Never rounded up, never filled in. */

/** From `least` to `most` per cent: equal where the list says one number. */
export interface Share {
  least: number;
  most: number;
}

const NUMBER = String.raw`(\d{1,3}(?:[.,]\d{1,6})?)`;
const PERCENT = String.raw`(?:\s*(?:%|per ?cent|percent))?`;
const ONE = new RegExp(`^${NUMBER}${PERCENT}$`, 'i');
const RANGE = new RegExp(`^${NUMBER}${PERCENT}\\s*(?:-|–|to)\\s*${NUMBER}${PERCENT}$`, 'i');

/** `50`, `50 %`, `50,5`, `50-75`. Everything else (`majority`, `>50`) is a word, and no number: undefined. */
export function shareOf(printed: string | undefined): Share | undefined {
  const text = (printed ?? '').trim();
  const one = ONE.exec(text);
  const [, from = one?.[1], to = one?.[1]] = RANGE.exec(text) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const [least, most] = [from, to].map((each) => Number(each.replace(',', '.'))) as [number, number];
  return least <= most && most <= 100 ? { least, most } : undefined;
}

/** What a share of a share is. */
export function product(shares: readonly Share[]): Share {
  const of = (end: keyof Share): number => exact(shares.reduce((so, share) => (so * share[end]) / 100, 100));
  return { least: of('least'), most: of('most') };
}

export function sum(shares: readonly Share[]): Share {
  const of = (end: keyof Share): number => exact(shares.reduce((so, share) => so + share[end], 0));
  return { least: of('least'), most: of('most') };
}

/** Without the dust of binary fractions: 51 × 60 is 30.6 and not 30.599999999999998. */
const exact = (value: number): number => Number(value.toPrecision(12));

/** `30.6 %`, `30–45 %`; small ones keep two digits that count, so that none reads as nothing. */
export function inWords({ least, most }: Share): string {
  const digits = (value: number): string => {
    const plain = Number(value.toFixed(2));
    return String(plain === 0 && value !== 0 ? Number(value.toPrecision(2)) : plain);
  };
  return least === most ? `${digits(least)} %` : `${digits(least)}–${digits(most)} %`;
}
