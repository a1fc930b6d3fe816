/**
 * A number of the text beside the number an entry asks for. Both are taken as the set of values they allow, and the sets are laid
 * over each other: strictness matters ("up to 5 km" has nothing in common with "more than 5 km", "at least 5 km" has), and no
 * conclusion is drawn (facts/goods §11).
 */
import type { Mention, ThresholdRelation } from '../model/index.js';
import type { RuleParameter } from './rule-entries.js';

type Value = NonNullable<Mention['value']>;

/** Values from `low` to `high`; an open end is not one of them. */
interface Span {
  low: number;
  high: number;
  lowOpen: boolean;
  highOpen: boolean;
}

export interface Comparison {
  threshold: string;
  relation: ThresholdRelation;
  says: string;
}

export function compareToThreshold(claim: Value, asked: RuleParameter): Comparison {
  const threshold = thresholdText(asked);
  const says = `claimed ${claimText(claim)}; the entry asks for ${threshold}`;
  return { threshold, relation: relationOf(claim, asked), says };
}

const ASKED_WORDS: Readonly<Record<string, string>> = {
  '>': 'more than ',
  '>=': 'at least ',
  '<': 'less than ',
  '<=': 'at most ',
  '=': '',
  within: 'a value within ',
  'better than': 'better than ',
};

export function thresholdText({ operator, value, unit }: RuleParameter): string {
  if (value === 'True' || value === 'False') return value === 'True' ? 'yes' : 'no';
  return `${ASKED_WORDS[operator] ?? `${operator} `}${value}${unit === '' ? '' : ` ${unit}`}`;
}

const CLAIM_WORDS: Readonly<Record<NonNullable<Value['operator']>, string>> = {
  '>': 'more than ',
  '>=': 'at least ',
  '<': 'less than ',
  '<=': 'up to ',
  '=': '',
  '~': 'about ',
};

function claimText({ number, low, high, unit, operator = '=' }: Value): string {
  const amount = number === undefined ? `${low ?? '?'} to ${high ?? '?'}` : String(number);
  return `${CLAIM_WORDS[operator]}${amount}${unit === undefined ? '' : ` ${unit}`}`;
}

function relationOf(claim: Value, asked: RuleParameter): ThresholdRelation {
  const factor = factorBetween(claim.unit ?? '', asked.unit);
  const claimed = claimSpan(claim);
  const wanted = thresholdSpan(asked);
  if (factor === undefined || !claimed || !wanted) return 'not-comparable';
  const scaled = { ...claimed, low: exact(claimed.low * factor), high: exact(claimed.high * factor) };
  if (apart(scaled, wanted)) return 'does-not-meet';
  return inside(scaled, wanted) ? 'meets' : 'may-meet';
}

/** 0.1 × 3 must not differ from 0.3. */
const exact = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(12)) : value);

/** "About 5 km" has no ends that could be compared. */
function claimSpan({ number, low, high, operator = '=' }: Value): Span | undefined {
  const ends = [number ?? low, number ?? high];
  if (operator === '~' || ends.some((each) => each === undefined || !Number.isFinite(each))) return undefined;
  const [least, most] = [Math.min(...(ends as number[])), Math.max(...(ends as number[]))];
  if (operator === '>' || operator === '>=')
    return { low: least, lowOpen: operator === '>', high: Infinity, highOpen: true };
  if (operator === '<' || operator === '<=')
    return { low: -Infinity, lowOpen: true, high: most, highOpen: operator === '<' };
  return { low: least, lowOpen: false, high: most, highOpen: false };
}

function thresholdSpan({ operator, value }: RuleParameter): Span | undefined {
  if (operator === 'within') {
    const [low, high] = value.split('-').map(Number);
    return low === undefined || high === undefined || !(low <= high)
      ? undefined
      : { low, high, lowOpen: false, highOpen: false };
  }
  const number = value.trim() === '' ? NaN : Number(value);
  if (!Number.isFinite(number)) return undefined;
  // A resolution, an accuracy or a stability is better where its number is smaller.
  return claimSpan({ number, operator: operator === 'better than' ? '<' : (operator as '>') });
}

const apart = (a: Span, b: Span): boolean =>
  a.high < b.low ||
  b.high < a.low ||
  (a.high === b.low && (a.highOpen || b.lowOpen)) ||
  (b.high === a.low && (b.highOpen || a.lowOpen));

const inside = (a: Span, b: Span): boolean =>
  (a.low > b.low || (a.low === b.low && (!b.lowOpen || a.lowOpen))) &&
  (a.high < b.high || (a.high === b.high && (!b.highOpen || a.highOpen)));

/** Units of one kind and how many of its smallest each is. What is not here compares with itself only. */
const UNITS: readonly Readonly<Record<string, number>>[] = [
  { nm: 1e-9, um: 1e-6, µm: 1e-6, mm: 1e-3, cm: 1e-2, m: 1, km: 1e3 },
  { mW: 1e-3, W: 1, kW: 1e3, MW: 1e6 },
  { Hz: 1, kHz: 1e3, MHz: 1e6, GHz: 1e9 },
  { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600 },
  { g: 1e-3, kg: 1, t: 1e3 },
  { mJ: 1e-3, J: 1, kJ: 1e3 },
  { mrad: 1e-3, rad: 1 },
  { mK: 1e-3, K: 1 },
  { V: 1, kV: 1e3 },
  { mL: 1e-3, L: 1 },
];

function factorBetween(from: string, to: string): number | undefined {
  if (from === to) return 1;
  const kind = UNITS.find((each) => Object.hasOwn(each, from) && Object.hasOwn(each, to));
  return kind && kind[from]! / kind[to]!;
}

const UNIT_AT_END = /_(?:km|m|mm|nm|kw|w|mhz|ghz|h|min|ms|kg|mj|mrad|mk|deg|percent|c|l|kv|gbps|wh_kg|n_m2)$/;

/** `output_power_w` and `output_power_kw` ask for one thing. */
export const quantityOf = (parameter: string): string => parameter.replace(UNIT_AT_END, '');
