/** Dates in four languages, as days. What has no year, and what is said from the day of writing, is resolved against publication, or not at all. */
import type { Day, Mention } from '../model/index.js';
import { longest, mention } from './mentions.js';

const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'янв|січ|jan',
    'фев|лют|feb',
    'мар|бер|mar',
    'апр|кві|apr',
    'мая|май|тра|may',
    'июн|чер|jun',
    'июл|лип|jul',
    'авг|сер|aug',
    'сен|вер|sep',
    'окт|жов|oct',
    'ноя|лис|nov',
    'дек|гру|dec',
  ].flatMap((names, month) => names.split('|').map((name) => [name, month + 1] as const)),
);

const HAN_DIGITS = '〇一二三四五六七八九';
const HAN = '[〇零一二三四五六七八九十]';

/** 二〇二四 by its digits, 二十二 by its tens. */
function hanNumber(text: string): number {
  const plain = text.replaceAll('零', '〇');
  if (/^\d+$/.test(plain)) return Number(plain);
  if (!plain.includes('十')) return Number(Array.from(plain, (letter) => HAN_DIGITS.indexOf(letter)).join(''));
  const [tens = '', ones = ''] = plain.split('十');
  return (tens === '' ? 1 : HAN_DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : HAN_DIGITS.indexOf(ones));
}

interface Found {
  match: RegExpMatchArray;
  /** Undefined where nobody stated one. */
  year: number | undefined;
  month: number;
  day: number;
}

function dayOf({ year, month, day }: Omit<Found, 'match'>): Day | undefined {
  const two = (number: number): string => String(number).padStart(2, '0');
  const monthAndDay = `${two(month)}-${two(day)}`;
  // Of a year that nobody stated the 29th of February may be.
  const iso = `${String(year ?? 2024).padStart(4, '0')}-${monthAndDay}`;
  const time = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(iso)) return undefined;
  return year === undefined ? `--${monthAndDay}` : iso;
}

/** `published`: the day of the notice; without it a date without a year stays one (`--06-07`), and "yesterday" is no date. */
export function findDates(text: string, published: Day | undefined): Mention[] {
  const stated = [...inFull(text), ...withoutYear(text, published)].flatMap(({ match, ...parts }) => {
    const day = dayOf(parts);
    return day === undefined ? [] : [mention('date', day, text, match.index!, match[0].length)];
  });
  const said = published === undefined ? [] : fromThatDay(text, published);
  return longest([...stated, ...said]).map((each) => ({ ...each, ...roleOf(text, each) }));
}

function inFull(text: string): Found[] {
  const found: Found[] = [];
  const all = (pattern: RegExp, read: (match: RegExpMatchArray) => Omit<Found, 'match'> | undefined): void => {
    for (const match of text.matchAll(pattern)) {
      const parts = read(match);
      if (parts) found.push({ match, ...parts });
    }
  };
  const number = (match: RegExpMatchArray, at: number): number => Number(match[at]);
  all(
    new RegExp(`(\\d{4}|${HAN}{4})\\s?年\\s?(\\d{1,2}|${HAN}{1,2})\\s?月\\s?(\\d{1,2}|${HAN}{1,3})\\s?日`, 'gu'),
    (match) => ({ year: hanNumber(match[1]!), month: hanNumber(match[2]!), day: hanNumber(match[3]!) }),
  );
  all(/(?<!\d)(20\d\d|19\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/gu, (match) => ({
    year: number(match, 1),
    month: number(match, 2),
    day: number(match, 3),
  }));
  all(/(?<!\d)(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)/gu, (match) => ({
    year: number(match, 3),
    month: number(match, 2),
    day: number(match, 1),
  }));
  all(/(?<!\d)(\d{1,2})\s(\p{L}{3,9})\.?,?\s((?:19|20)\d\d)(?!\d)/gu, (match) => {
    const month = MONTHS[match[2]!.toLowerCase().slice(0, 3)];
    return month === undefined ? undefined : { year: number(match, 3), month, day: number(match, 1) };
  });
  all(/(?<!\p{L})([A-Z][a-z]{2,8})\.?\s(\d{1,2}),?\s((?:19|20)\d\d)(?!\d)/gu, (match) => {
    const month = MONTHS[match[1]!.toLowerCase().slice(0, 3)];
    return month === undefined ? undefined : { year: number(match, 3), month, day: number(match, 2) };
  });
  return found;
}

const DAY_MS = 86_400_000;

/** 6月7日, 六月七日: the one nearest to publication. */
function withoutYear(text: string, published: Day | undefined): Found[] {
  const pattern = new RegExp(
    `(?<![年\\d]\\s?|${HAN})(\\d{1,2}|${HAN}{1,2})\\s?月\\s?(\\d{1,2}|${HAN}{1,3})\\s?日`,
    'gu',
  );
  return [...text.matchAll(pattern)].map((match) => {
    const [month, day] = [hanNumber(match[1]!), hanNumber(match[2]!)];
    return { match, month, day, year: published === undefined ? undefined : nearestYear({ month, day }, published) };
  });
}

function nearestYear(of: Pick<Found, 'month' | 'day'>, published: Day): number | undefined {
  const here = Date.parse(`${published}T00:00:00Z`);
  const near = Number(published.slice(0, 4));
  const away = (year: number): number => {
    const iso = dayOf({ ...of, year });
    return iso === undefined ? Infinity : Math.abs(Date.parse(`${iso}T00:00:00Z`) - here);
  };
  return [near - 1, near, near + 1].sort((a, b) => away(a) - away(b))[0];
}

const SAID: readonly (readonly [pattern: RegExp, days: number])[] = [
  [/今日|今天|本日|(?<!\p{L})(?:сегодня|сьогодні|today)(?!\p{L})/giu, 0],
  [/昨日|昨天|(?<!\p{L})(?:вчера|вчора|yesterday)(?!\p{L})/giu, -1],
  [/明日|明天|(?<!\p{L})(?:завтра|tomorrow)(?!\p{L})/giu, 1],
];

/** Calendar days only, as above. */
const COUNTED: readonly (readonly [pattern: RegExp, sign: number])[] = [
  [
    /(?<!\p{L})(?:через|в течение|протягом|упродовж)\s(\d{1,3})\s(?:календарн\p{L}{2,3}\s)?(?:дн|дней|дня|день|днів|дні)(?!\p{L})/giu,
    1,
  ],
  [/(?<!\p{L})(?:within|in)\s(\d{1,3})\s(?:calendar\s)?days?(?!\p{L})/giu, 1],
  [/(?<!\d)(\d{1,3})\s(?:дней|дня|день|днів|дні)\s(?:назад|тому)(?!\p{L})/giu, -1],
  [/(?<!\d)(\d{1,3})\sdays?\sago(?!\p{L})/giu, -1],
];

function fromThatDay(text: string, published: Day): Mention[] {
  const here = Date.parse(`${published}T00:00:00Z`);
  const at = (days: number): Day => new Date(here + days * DAY_MS).toISOString().slice(0, 10);
  const words = SAID.flatMap(([pattern, days]) =>
    [...text.matchAll(pattern)].map((match) => mention('date', at(days), text, match.index, match[0].length)),
  );
  // Calendar days only: what a working day is depends on a calendar nobody named.
  const counted = [...text.matchAll(/(?<!\d)(\d{1,3})\s?(?:天(内|前)|日内)/gu)].map((match) =>
    mention('date', at(Number(match[1]) * (match[2] === '前' ? -1 : 1)), text, match.index, match[0].length),
  );
  const inWords = COUNTED.flatMap(([pattern, sign]) =>
    [...text.matchAll(pattern)].map((match) =>
      mention('date', at(Number(match[1]) * sign), text, match.index, match[0].length),
    ),
  );
  // 本月15日: of the month of publication.
  const ofMonth = [...text.matchAll(/本月(\d{1,2})日/gu)].flatMap((match) => {
    const [year, month] = published.split('-').map(Number);
    const day = dayOf({ year: year!, month: month!, day: Number(match[1]) });
    return day === undefined ? [] : [mention('date', day, text, match.index, match[0].length)];
  });
  return [...words, ...counted, ...inWords, ...ofMonth];
}

const DEADLINE_BEFORE =
  /(?:截止(?:时间|日期|日)?(?:为|是)?|截至|(?:投标|报名|报价|递交|提交|开标)[^。；\n]{0,12}(?:时间|日期)|(?:срок|окончани\p{L}*|подач\p{L}*)[^.;\n]{0,30}(?<!\p{L})до|не позднее|не пізніше|(?:термін|строк|кінцев\p{L}*)[^.;\n]{0,30}(?<!\p{L})до|deadline|due(?: by)?|no later than|closing date|submitted by|until)\s*[:：]?\s*(?:the\s+)?$/iu;

/** A deadline only where the text says so. */
function roleOf(text: string, { start, end }: Mention): { role?: string } {
  const before = text.slice(Math.max(0, start - 50), start);
  const isDeadline =
    DEADLINE_BEFORE.test(before) ||
    /^\s*(?:\d{1,2}[:：时]\d{0,2}\s*分?)?(?:之前|以前|前|止)/u.test(text.slice(end, end + 12));
  return isDeadline ? { role: 'deadline' } : {};
}
