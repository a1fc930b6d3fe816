/** Numbers with units, what they measure, and money. Read where they stand; missing is "not stated" (facts/goods §11). */
import type { Mention } from '../model/index.js';
import { longest, mention } from './mentions.js';
import { parameterBefore } from './parameters.js';

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

interface Unit {
  pattern: string;
  unit: string;
  factor: number;
  kind: 'range' | 'frequency' | 'quantity';
  /** Ordinary numbers (24 小时, 15 %): read only where the text says which parameter they are. */
  named?: true;
}

/** Where one begins like another, the longer stands first. */
const UNITS: readonly Unit[] = [
  { pattern: '公里|千米|km|км|kilomet(?:re|er)s?|километр\\p{L}{0,3}', unit: 'km', factor: 1, kind: 'range' },
  { pattern: 'GHz|ГГц|吉赫', unit: 'MHz', factor: 1000, kind: 'frequency' },
  { pattern: 'MHz|МГц|兆赫', unit: 'MHz', factor: 1, kind: 'frequency' },
  { pattern: 'kHz|кГц|千赫', unit: 'MHz', factor: 0.001, kind: 'frequency' },
  { pattern: '毫弧度|mrad|мрад', unit: 'mrad', factor: 1, kind: 'quantity' },
  { pattern: 'Wh/kg|Вт·ч/кг|瓦时/千克', unit: 'Wh/kg', factor: 1, kind: 'quantity', named: true },
  { pattern: '千瓦|kW|кВт', unit: 'kW', factor: 1, kind: 'quantity' },
  { pattern: '瓦|W|Вт', unit: 'W', factor: 1, kind: 'quantity' },
  { pattern: '毫秒|мс|ms', unit: 'ms', factor: 1, kind: 'quantity', named: true },
  { pattern: '毫焦耳?|мДж|mJ', unit: 'mJ', factor: 1, kind: 'quantity', named: true },
  { pattern: '毫米|мм|mm', unit: 'mm', factor: 1, kind: 'quantity', named: true },
  { pattern: '纳米|нм|nm', unit: 'nm', factor: 1, kind: 'quantity', named: true },
  { pattern: 'мК|mK', unit: 'mK', factor: 1, kind: 'quantity', named: true },
  { pattern: '千伏|кВ|kV', unit: 'kV', factor: 1, kind: 'quantity', named: true },
  { pattern: '公斤|千克|kg|кг|килограмм\\p{L}{0,3}', unit: 'kg', factor: 1, kind: 'quantity' },
  { pattern: '吨|тонн\\p{L}{0,2}|tonn?es?|tons?', unit: 'kg', factor: 1000, kind: 'quantity' },
  {
    pattern: '升|литр\\p{L}{0,3}|lit(?:re|er)s?|л(?![\\p{L}.])|L(?!\\p{L})',
    unit: 'L',
    factor: 1,
    kind: 'quantity',
    named: true,
  },
  {
    pattern: '个?小时|час\\p{L}{0,2}|годин\\p{L}?|hours?|ч(?!\\p{L})|h(?!\\p{L})',
    unit: 'h',
    factor: 1,
    kind: 'quantity',
    named: true,
  },
  {
    pattern: '分钟|минут\\p{L}?|хвилин\\p{L}?|minutes?|мин|хв|min',
    unit: 'min',
    factor: 1,
    kind: 'quantity',
    named: true,
  },
  { pattern: '摄氏度|℃|°\\s?C', unit: 'C', factor: 1, kind: 'quantity', named: true },
  { pattern: '%|％|процент\\p{L}{0,2}|percent', unit: '%', factor: 1, kind: 'quantity', named: true },
  { pattern: '度|°|градус\\p{L}{0,2}|degrees?', unit: 'deg', factor: 1, kind: 'quantity', named: true },
  {
    pattern: '个?(?:信道|通道)|канал\\p{L}{0,2}|channels?',
    unit: 'channels',
    factor: 1,
    kind: 'quantity',
    named: true,
  },
  {
    pattern:
      '台|套|架|部|个(?!工作|月|小时|自然|日|人|星期|季度|方面|年)|只|件|辆|枚|штук|шт\\.?|единиц|одиниц\\p{L}?|комплект\\p{L}{0,3}|pcs|pieces|units|sets',
    unit: 'pieces',
    factor: 1,
    kind: 'quantity',
  },
  {
    pattern: '米|metres?|meters?|метр\\p{L}{0,3}|м(?![\\p{L}²³/])|m(?![\\p{L}²³/])',
    unit: 'km',
    factor: 0.001,
    kind: 'range',
  },
];

const OPERATORS: readonly [Value['operator'] & string, RegExp][] = [
  ['>=', /(?:不小于|不少于|不低于|不短于|至少|не менее|не менше|від|от|at least|≥|＞=|>=)\s*$/iu],
  ['<=', /(?:不大于|不超过|不高于|至多|не более|не більше|до|up to|at most|≤|<=|最大)\s*$/iu],
  ['>', /(?:大于|超过|高于|优于|более|понад|більше|свыше|over|more than|greater than|[>＞])\s*$/iu],
  ['<', /(?:小于|低于|менее|менше|less than|under|[<＜])\s*$/iu],
  ['~', /(?:约|大约|около|близько|about|approximately)\s*$/iu],
];

const NUMBERS = new RegExp(NUMBER, 'gu');
const TO = `(?:\\s?[-–~～至]\\s?(${NUMBER}))?\\s{0,2}`;
/** What may stand behind a number: up to another one, and its unit. */
const UNIT_BEHIND = new RegExp(
  `${TO}(?:${UNITS.map(({ pattern }) => `(${pattern})`).join('|')})(?![A-Za-zа-яё])`,
  'iuy',
);

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
  UNIT_BEHIND.lastIndex = end;
  const behind = UNIT_BEHIND.exec(text);
  if (!behind) return [];
  const { unit, factor, kind, named } = UNITS[behind.findIndex((part, at) => at > 1 && part !== undefined) - 2]!;
  // The 5 of "IP65 м" and of a version is no length.
  if (
    factor === 0.001 &&
    kind === 'range' &&
    /^[0-9]/.test(digits) &&
    /[A-Za-zА-я0-9.,]$/u.test(text.slice(Math.max(0, start - 1), start))
  )
    return [];
  const low = parseNumber(digits) * factor;
  const high = behind[1] === undefined ? undefined : parseNumber(behind[1]) * factor;
  if (!Number.isFinite(low)) return [];
  const parameter = parameterBefore(text, start, unit);
  if (named && parameter === undefined) return [];
  const length = end + behind[0].length - start;
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

const FACTORS: Readonly<Record<string, number>> = {
  ...{ 万: 1e4, 亿: 1e8, тыс: 1e3, тис: 1e3, млн: 1e6, млрд: 1e9, thousand: 1e3, million: 1e6, billion: 1e9 },
};
const FACTOR = `\\s?(${Object.keys(FACTORS).join('|')})?\\.?\\s?`;

const BEHIND: readonly (readonly [currency: string, pattern: string])[] = [
  ['USD', '美元|USD|долл\\p{L}*|US dollars?|dollars?'],
  ['EUR', '欧元|EUR|€|евро|євро|euros?'],
  ['HKD', '港元|港币|HKD'],
  ['RUB', '卢布|руб(?:лей|ля|ль|\\.)?|₽|RUB|rubles?|roubles?'],
  ['KZT', '坚戈|тенге|KZT|₸'],
  ['UAH', '格里夫纳|грн|гривен\\p{L}?|гривень|UAH|₴'],
  ['CNY', '元|人民币|RMB|CNY|юан\\p{L}{1,2}|yuan'],
];
const CURRENCY_BEHIND = new RegExp(`${FACTOR}(?:${BEHIND.map(([, pattern]) => `(${pattern})`).join('|')})`, 'iuy');
const CURRENCY_BEFORE: readonly (readonly [currency: string, pattern: RegExp])[] = [
  ['USD', /(?:USD|US\$|\$)[^\S\n]?$/iu],
  ['CNY', /(?:CNY|RMB|人民币|[¥￥])[^\S\n]?$/iu],
  ['EUR', /(?:EUR|€)[^\S\n]?$/iu],
  ['HKD', /(?:HKD|HK\$)[^\S\n]?$/iu],
];
const FACTOR_BEHIND = new RegExp(FACTOR, 'iuy');

function priceAt(text: string, { start, end, text: digits }: Figure): Mention | undefined {
  const before = text.slice(Math.max(0, start - 5), start);
  const ahead = /[$€¥￥YBDR民币]\s?$/iu.test(before)
    ? CURRENCY_BEFORE.findLast(([, pattern]) => pattern.test(before))
    : undefined;
  const after = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = end;
    return pattern.exec(text);
  };
  const named = after(CURRENCY_BEHIND);
  const behind = named ?? (ahead && after(FACTOR_BEHIND));
  const currency = ahead?.[0] ?? (named && BEHIND[named.findIndex((part, at) => at > 1 && part !== undefined) - 2]![0]);
  if (!currency) return undefined;
  const factor = behind?.[1];
  const number = round(amountOf(digits) * (factor === undefined ? 1 : FACTORS[factor.toLowerCase()]!));
  const from = ahead ? start - ahead[1].exec(before)![0].length : start;
  // A blank behind the amount is none of it.
  const length = end + (behind?.[0].trimEnd().length ?? 0) - from;
  return mention('price', `${number} ${currency}`, text, from, length, { number, unit: currency });
}

/** Money has two decimals: a comma before three digits parts thousands. */
const amountOf = (text: string): number =>
  /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? Number(text.replaceAll(',', '')) : parseNumber(text);
