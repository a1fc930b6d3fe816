/** Numbers with units, what they measure, and money. Read where they stand; missing is "not stated" (facts/goods §11). */
import type { Mention } from '../model/index.js';
import { longest, mention } from './mentions.js';
import { parameterBefore } from './parameters.js';
import { CURRENCIES_BEHIND, FACTORS_BEHIND, METRE, UNITS } from './units.js';

type Value = NonNullable<Mention['value']>;

/** Decimal comma, blanks and thin blanks as thousands separators, full-width digits. */
const NUMBER = String.raw`[0-9０-９]{1,3}(?:[  ,，][0-9]{3})+(?:[.,][0-9]+)?|[0-9０-９]+(?:[.,．][0-9]+)?`;

export function parseNumber(text: string): number {
  const plain = text.normalize('NFKC');
  const grouped = /^\d{1,3}(?:[  ,]\d{3})+(?:[.,]\d+)?$/.test(plain) && !/^\d+,\d{3}$/.test(plain.replace(/ /g, ''));
  const bare = plain.replace(/[  ]/g, '');
  return Number(
    grouped && /,\d{3}/.test(bare) && !/,\d{1,2}$/.test(bare) ? bare.replace(/,/g, '') : bare.replace(',', '.'),
  );
}

const OPERATORS: readonly [Value['operator'] & string, RegExp][] = [
  ['>=', /(?:不小于|不少于|不低于|不短于|至少|не менее|не менше|від|от|at least|≥|＞=|>=)\s*$/iu],
  ['<=', /(?:不大于|不超过|不高于|至多|не более|не більше|до|up to|at most|≤|<=|最大)\s*$/iu],
  ['>', /(?:大于|超过|高于|优于|более|понад|більше|свыше|over|more than|greater than|[>＞])\s*$/iu],
  ['<', /(?:小于|低于|менее|менше|less than|under|[<＜])\s*$/iu],
  ['~', /(?:约|大约|около|близько|about|approximately)\s*$/iu],
];

const NUMBERS = new RegExp(NUMBER, 'gu');
const TO = new RegExp(`\\s?[-–~～至]\\s?(${NUMBER})`, 'uy');

/** Units, bands and money: each number is looked at once, with what stands around it. */
export function findMeasures(text: string): { measures: Mention[]; prices: Mention[] } {
  const [measures, prices]: Mention[][] = [[], []];
  for (const match of text.matchAll(NUMBERS)) {
    const number = { start: match.index, end: match.index + match[0].length, text: match[0] };
    measures!.push(...measureAt(text, number));
    const price = priceAt(text, number);
    if (price) prices!.push(price);
  }
  return { measures: longest(measures!), prices: longest(prices!) };
}

interface Figure {
  start: number;
  end: number;
  text: string;
}

function measureAt(text: string, { start, end, text: digits }: Figure): Mention[] {
  TO.lastIndex = end;
  const to = TO.exec(text);
  const found = UNITS.at(text, pastBlanks(text, end + (to?.[0].length ?? 0)));
  if (!found) return [];
  const { unit, factor, kind, named } = found.of;
  if (found.of === METRE && !isMetres(text, found.end, start)) return [];
  const low = parseNumber(digits) * factor;
  const high = to ? parseNumber(to[1]!) * factor : undefined;
  if (!Number.isFinite(low)) return [];
  const parameter = parameterBefore(text, start, unit);
  if (named && parameter === undefined) return [];
  const length = found.end - start;
  const operator = operatorAround(text, start, start + length);
  const scale = parameter?.factor ?? 1;
  const value: Value = {
    unit: parameter?.unit ?? unit,
    operator,
    ...(high === undefined ? { number: round(low * scale) } : { low: round(low * scale), high: round(high * scale) }),
    ...(parameter === undefined ? {} : { parameter: parameter.id }),
  };
  const amount = high === undefined ? String(round(low)) : `${round(low)}-${round(high)}`;
  return [
    ...(kind === 'frequency' ? listedBefore(text, start, { unit, factor }) : []),
    mention(kind, `${operator}${amount} ${unit}`, text, start, length, value),
  ];
}

const MOST_BLANKS = 2;

function pastBlanks(text: string, from: number): number {
  let at = from;
  while (at - from < MOST_BLANKS && /\s/.test(text[at] ?? '')) at += 1;
  return at;
}

/** Not square metres, nor a speed; and the 5 of "IP65 м" and of a version is no length. */
const isMetres = (text: string, end: number, start: number): boolean =>
  !/[²³/]/.test(text[end] ?? '') && !/[A-Za-zА-я0-9.,]/u.test(text[start - 1] ?? '');

function operatorAround(text: string, start: number, end: number): NonNullable<Value['operator']> {
  const after = text.slice(end, end + 3);
  if (/^(?:及|\()?以上/u.test(after)) return '>=';
  if (/^(?:及|\()?以[下内]/u.test(after)) return '<=';
  const before = text.slice(Math.max(0, start - 24), start);
  return OPERATORS.find(([, word]) => word.test(before))?.[0] ?? '=';
}

/** 433/868/915 МГц, 2.4、5.8 GHz: one unit for the numbers before it too. */
function listedBefore(text: string, at: number, { unit, factor }: { unit: string; factor: number }): Mention[] {
  const list = LISTED.exec(text.slice(Math.max(0, at - 60), at))?.[0];
  if (list === undefined) return [];
  return [...list.matchAll(NUMBERS)].map((match) => {
    const number = round(parseNumber(match[0]) * factor);
    const start = at - list.length + match.index;
    return mention('frequency', `=${number} ${unit}`, text, start, match[0].length, { unit, operator: '=', number });
  });
}

const LISTED = /(?<![0-9０-９.,])(?:[0-9]{1,5}(?:[.,][0-9]{1,3})?\s?[/、／]\s?){1,8}$/u;

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

// --- money -----------------------------------------------------------------

const CURRENCY_BEFORE: readonly (readonly [currency: string, pattern: RegExp])[] = [
  ['USD', /(?:USD|US\$|\$)[^\S\n]?$/iu],
  ['CNY', /(?:CNY|RMB|人民币|[¥￥])[^\S\n]?$/iu],
  ['EUR', /(?:EUR|€)[^\S\n]?$/iu],
  ['HKD', /(?:HKD|HK\$)[^\S\n]?$/iu],
];

function priceAt(text: string, { start, end, text: digits }: Figure): Mention | undefined {
  const before = text.slice(Math.max(0, start - 5), start);
  const ahead = /[$€¥￥YBDR民币]\s?$/iu.test(before)
    ? CURRENCY_BEFORE.findLast(([, pattern]) => pattern.test(before))
    : undefined;
  const factor = FACTORS_BEHIND.at(text, pastBlank(text, end));
  const named = CURRENCIES_BEHIND.at(text, pastBlank(text, factor?.end ?? end));
  const currency = ahead?.[0] ?? named?.of;
  if (!currency) return undefined;
  const number = round(amountOf(digits) * (factor?.of ?? 1));
  const from = ahead ? start - ahead[1].exec(before)![0].length : start;
  const to = named?.end ?? factor?.end ?? end;
  return mention('price', `${number} ${currency}`, text, from, to - from, { number, unit: currency });
}

const pastBlank = (text: string, at: number): number => (/\s/.test(text[at] ?? '') ? at + 1 : at);

/** Money has two decimals: a comma before three digits parts thousands. */
const amountOf = (text: string): number =>
  /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? Number(text.replaceAll(',', '')) : parseNumber(text);
