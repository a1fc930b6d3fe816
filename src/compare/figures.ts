/** Numbers with their units, and dates, in Chinese, Russian, Ukrainian and English, in one form for all. Written for comparing, not for showing: what is unsure is left out. */

/** A number: `value` without separators and with a point; `measure` in one unit of its kind. */
export interface Figure {
  value: string;
  measure?: string;
  text: string;
  start: number;
  end: number;
}

/** A date: `2023-05-22` and `--05-22`, as the other side may not give the year. */
export interface DateFigure {
  values: string[];
  text: string;
  start: number;
  end: number;
}

const D = '[0-9０-９]';
const HAN_DIGITS = '〇一二三四五六七八九';
const HAN_DAY = '[〇零一二三四五六七八九十]';

const MONTHS: readonly RegExp[] = [
  /^(?:январ[ья]|січ(?:ень|ня)|jan(?:uary)?)$/u,
  /^(?:феврал[ья]|лют(?:ий|ого)|feb(?:ruary)?)$/u,
  /^(?:марта?|берез(?:ень|ня)|mar(?:ch)?)$/u,
  /^(?:апрел[ья]|квіт(?:ень|ня)|apr(?:il)?)$/u,
  /^(?:ма[йя]|трав(?:ень|ня)|may)$/u,
  /^(?:июн[ья]|черв(?:ень|ня)|june?)$/u,
  /^(?:июл[ья]|лип(?:ень|ня)|july?)$/u,
  /^(?:августа?|серп(?:ень|ня)|aug(?:ust)?)$/u,
  /^(?:сентябр[ья]|верес(?:ень|ня)|sept?(?:ember)?)$/u,
  /^(?:октябр[ья]|жовт(?:ень|ня)|oct(?:ober)?)$/u,
  /^(?:ноябр[ья]|листопада?|nov(?:ember)?)$/u,
  /^(?:декабр[ья]|груд(?:ень|ня)|dec(?:ember)?)$/u,
];

const monthOf = (word: string): number => MONTHS.findIndex((each) => each.test(word.toLowerCase())) + 1;
const han = (text: string): number => Number(readHan(text) ?? text.normalize('NFKC'));

/** Which groups hold year, month, day. Each begins with what is rare in a text. */
const DATES: readonly { pattern: RegExp; year: number; month: number; day: number }[] = [
  { pattern: /(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g, year: 1, month: 2, day: 3 },
  { pattern: /(?<!\d)(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)/g, year: 3, month: 2, day: 1 },
  {
    pattern: /(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([A-Za-zА-Яа-яІіЇїЄєҐґ]{3,9})\.?(?:,?\s+((?:19|20)\d\d))?(?![\dA-Za-zА-Яа-яІіЇїЄєҐґ])/g,
    year: 3, month: 2, day: 1,
  },
  {
    pattern: /(?<![A-Za-z])((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+((?:19|20)\d\d))?(?![\dA-Za-z])/g,
    year: 3, month: 1, day: 2,
  },
]; // prettier-ignore

/** Around each 月, as so many characters stand in a Chinese text that could begin a date. */
const BEFORE_MONTH = new RegExp(`(?:(${D}{4}|${HAN_DAY}{4})\\s?年\\s?)?(${D}{1,2}|${HAN_DAY}{1,2})\\s?$`, 'u');
const AFTER_MONTH = new RegExp(`^\\s?(${D}{1,2}|${HAN_DAY}{1,3})\\s?[日号號]`, 'u');
const REACH = 12;

interface Parts {
  year: string | undefined;
  month: string;
  day: string;
  start: number;
  end: number;
}

/** In order; of two that overlap the one that begins first. */
export function readDates(text: string): DateFigure[] {
  const found: DateFigure[] = [];
  const all = [...chineseDates(text), ...otherDates(text)].sort((a, b) => a.start - b.start || b.end - a.end);
  for (const { year, month, day, start, end } of all) {
    const [months, days] = [/^[A-Za-zА-яІіЇїЄє]/.test(month) ? monthOf(month) : han(month), han(day)];
    if (!(months >= 1 && months <= 12 && days >= 1 && days <= 31) || start < (found.at(-1)?.end ?? 0)) continue;
    const plain = `-${String(months).padStart(2, '0')}-${String(days).padStart(2, '0')}`;
    const values = [...(year === undefined ? [] : [`${han(year)}${plain}`]), `-${plain}`];
    found.push({ values, text: text.slice(start, end), start, end });
  }
  return found;
}

function chineseDates(text: string): Parts[] {
  const found: Parts[] = [];
  for (let at = text.indexOf('月'); at >= 0; at = text.indexOf('月', at + 1)) {
    const before = BEFORE_MONTH.exec(text.slice(Math.max(0, at - REACH), at));
    const after = before && AFTER_MONTH.exec(text.slice(at + 1, at + REACH));
    if (!before || !after) continue;
    const [start, end] = [at - before[0].length, at + 1 + after[0].length];
    found.push({ year: before[1], month: before[2]!, day: after[1]!, start, end });
  }
  return found;
}

function otherDates(text: string): Parts[] {
  return DATES.flatMap(({ pattern, year, month, day }) =>
    Array.from(text.matchAll(pattern), (match) => ({
      year: match[year],
      month: match[month]!,
      day: match[day]!,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}

// --- numbers -----------------------------------------------------------------------------------------------------------

const NUMBER = new RegExp(
  `${D}{1,3}(?:[ \\u00a0\\u2009\\u202f,，’']${D}{3})+(?!${D})(?:[.,．]${D}+)?|${D}+(?:[.,．]${D}+)*|[〇零一二两兩三四五六七八九十百千万萬亿億]{2,}`,
  'gu',
);

const TIMES: readonly (readonly [word: RegExp, zeros: number])[] = [
  [/\s?[万萬](?![一])/uy, 4],
  [/\s?[亿億]/uy, 8],
  [/\s?(?:тыс\.?|тысяч\p{L}?|тис\.?|тисяч\p{L}?|thousand)(?!\p{L})/uy, 3],
  [/\s?(?:млн\.?|миллион\p{L}{0,3}|мільйон\p{L}{0,3}|million)(?!\p{L})/uy, 6],
  [/\s?(?:млрд\.?|миллиард\p{L}{0,3}|мільярд\p{L}{0,3}|billion)(?!\p{L})/uy, 9],
];

const word = (words: string): RegExp =>
  new RegExp(`\\s?-?(?:${words})(?![\\p{Script=Latin}\\p{Script=Cyrillic}²³/])`, 'uy');
const UNITS: readonly (readonly [word: RegExp, unit: string, factor: number])[] = [
  [word('公里|千米|km|км|kilomet(?:re|er)s?|километр\\p{L}{0,3}|кілометр\\p{L}{0,3}'), 'm', 1000],
  [word('毫米|mm|мм'), 'm', 0.001],
  [word('厘米|cm|см'), 'm', 0.01],
  [word('米|m|м|met(?:re|er)s?|метр\\p{L}{0,3}'), 'm', 1],
  [word('吉赫|GHz|ГГц'), 'MHz', 1000],
  [word('兆赫|MHz|МГц'), 'MHz', 1],
  [word('千赫|kHz|кГц'), 'MHz', 0.001],
  [word('千瓦|kW|кВт'), 'W', 1000],
  [word('瓦|W|Вт'), 'W', 1],
  [word('公斤|千克|kg|кг|килограмм\\p{L}{0,3}|кілограм\\p{L}{0,3}'), 'kg', 1],
  [word('吨|噸|t|т|tonn?e?s?|тонн\\p{L}?'), 'kg', 1000],
]; // prettier-ignore

/** Numbers that are no part of what is `taken`, which comes in order. */
export function readNumbers(text: string, taken: readonly { start: number; end: number }[]): Figure[] {
  const found: Figure[] = [];
  let at = 0;
  for (const match of text.matchAll(NUMBER)) {
    const start = match.index;
    while (at < taken.length && taken[at]!.end <= start) at += 1;
    if (at < taken.length && taken[at]!.start < start + match[0].length) continue;
    // The 7 of Q7 and of v1.7 belongs to a name.
    if (/[A-Za-z_]/.test(text[start - 1] ?? '')) continue;
    const bare = bareNumber(match[0]);
    if (bare !== undefined) found.push(figureAt(text, { start, end: start + match[0].length, bare }));
  }
  return found;
}

function bareNumber(written: string): string | undefined {
  if (/^[0-9]+$/.test(written)) return written;
  // 二三 is "two or three".
  if (/^\p{Script=Han}|^〇/u.test(written))
    return /^[一二三四五六七八九]{2}$/u.test(written) ? undefined : readHan(written);
  const plain = written.normalize('NFKC');
  const grouped = /^\d{1,3}(?:[ ,’']\d{3})+(?:[.,]\d+)?$/.test(plain);
  const joined = grouped ? plain.replace(/[ ,’'](?=\d{3}(?!\d))/g, '') : plain;
  const point = joined.replace(',', '.');
  return /^\d+(?:\.\d+)?$/.test(point) ? point : undefined;
}

/** What a word for a multiple or a unit begins with: most numbers have none behind them. */
const BEGINS = /^[\s-]?[万萬亿億公千毫厘米吉兆瓦吨噸тмкгвсtmbkgcw]/iu;

function figureAt(text: string, { start, end, bare }: { start: number; end: number; bare: string }): Figure {
  if (!BEGINS.test(text.slice(end, end + 2)))
    return { value: shifted(bare, 0), text: text.slice(start, end), start, end };
  const times = TIMES.map(([each, zeros]) => ({ end: endOf(each, text, end), zeros })).find((each) => each.end > end);
  const value = shifted(bare, times?.zeros ?? 0);
  const to = times?.end ?? end;
  for (const [unit, name, factor] of UNITS) {
    const stop = endOf(unit, text, to);
    if (stop <= to) continue;
    const measure = `${Number((Number(value) * factor).toPrecision(9))} ${name}`;
    return { value, measure, text: text.slice(start, stop), start, end: stop };
  }
  return { value, text: text.slice(start, to), start, end: to };
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The point moved to the right; no zeros behind it. As text: numbers of registers are longer than a double. */
function shifted(bare: string, zeros: number): string {
  if (zeros === 0 && !bare.includes('.')) return bare;
  const [whole, rest = ''] = bare.split('.');
  const moved = rest.padEnd(zeros, '0');
  const decimals = moved.slice(zeros).replace(/0+$/, '');
  return `${whole!}${moved.slice(0, zeros)}${decimals === '' ? '' : `.${decimals}`}`.replace(
    /^0+(?=\d{2})/,
    zeros > 0 ? '' : '$&',
  );
}

const HAN_UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };
const HAN_GROUPS: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 };

/** 四十五, 一百零三, 三万五千, and 二〇二四 by its digits. Undefined for what is no number: 千万 as a word, 万一. */
export function readHan(written: string): string | undefined {
  const text = written
    .replace(/零/gu, '〇')
    .replace(/[两兩]/gu, '二')
    .replace(/萬/gu, '万')
    .replace(/億/gu, '亿');
  if (/^[〇一二三四五六七八九]+$/u.test(text)) return Array.from(text, (each) => HAN_DIGITS.indexOf(each)).join('');
  if (!/^[〇一二三四五六七八九十]/u.test(text) || !/^[〇一二三四五六七八九十百千万亿]+$/u.test(text)) return undefined;
  let [total, section, digit] = [0, 0, 0];
  for (const letter of text) {
    const at = HAN_DIGITS.indexOf(letter);
    if (at >= 0) digit = at;
    else if (HAN_UNITS[letter] !== undefined) {
      section += (digit === 0 ? 1 : digit) * HAN_UNITS[letter];
      digit = 0;
    } else {
      total += (section + digit) * HAN_GROUPS[letter]!;
      [section, digit] = [0, 0];
    }
  }
  return String(total + section + digit);
}
