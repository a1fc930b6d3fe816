/** Units and currencies as they are written behind a number. Looked up, not matched: a pattern of all of them takes longer to make than to use. */
import { isWordUnit } from '../text/index.js';

/** What stands there, and where it ends. */
export interface At<Of> {
  of: Of;
  end: number;
}

interface Word<Of> {
  word: string;
  /** So many letters more at most: its cases. */
  more: number;
  of: Of;
}

/** Words as a line, in small letters; `*` stands for an ending of up to three letters. Where one begins like another, the longer is met. */
export class WordsBehind<Of> {
  private readonly byFirst = new Map<string, Word<Of>[]>();

  constructor(entries: readonly (readonly [words: string, of: Of])[]) {
    for (const [words, of] of entries)
      for (const each of words.split('|')) {
        const word = each.replace('*', '');
        const list = this.byFirst.get(word[0]!) ?? [];
        list.push({ word, more: each.endsWith('*') ? 3 : 0, of });
        this.byFirst.set(word[0]!, list);
      }
    for (const list of this.byFirst.values()) list.sort((a, b) => b.word.length - a.word.length);
  }

  /** The longest word at a place that no further letter follows. */
  at(text: string, at: number): At<Of> | undefined {
    const first = text[at]?.toLowerCase();
    for (const { word, more, of } of (first !== undefined && this.byFirst.get(first)) || []) {
      if (text.slice(at, at + word.length).toLowerCase() !== word) continue;
      let end = at + word.length;
      while (more > 0 && end - at - word.length < more && isLetter(text, end)) end += 1;
      if (!isWordUnit(word.charCodeAt(word.length - 1)) || !isLetter(text, end)) return { of, end };
    }
    return undefined;
  }
}

/** Below U+2E80: a Han character ends a unit of letters. */
const isLetter = (text: string, at: number): boolean => isWordUnit(text.charCodeAt(at)) && !/\d/.test(text[at]!);

export interface Unit {
  unit: string;
  factor: number;
  kind: 'range' | 'frequency' | 'quantity';
  /** Ordinary numbers (24 小时, 15 %): read only where the text says which parameter they are. */
  named?: true;
}

const range = (factor: number): Unit => ({ unit: 'km', factor, kind: 'range' });
const band = (factor: number): Unit => ({ unit: 'MHz', factor, kind: 'frequency' });
const quantity = (unit: string, factor = 1): Unit => ({ unit, factor, kind: 'quantity' });
const named = (unit: string): Unit => ({ unit, factor: 1, kind: 'quantity', named: true });

export const METRE = range(0.001);

export const UNITS = new WordsBehind<Unit>([
  ['公里|千米|km|км|kilometre|kilometres|kilometer|kilometers|километр*|кілометр*', range(1)],
  ['米|metre|metres|meter|meters|метр*|м|m', METRE],
  ['ghz|ггц|吉赫', band(1000)],
  ['mhz|мгц|兆赫', band(1)],
  ['khz|кгц|千赫', band(0.001)],
  ['毫弧度|mrad|мрад', quantity('mrad')],
  ['wh/kg|вт·ч/кг|瓦时/千克', named('Wh/kg')],
  ['千瓦|kw|квт', quantity('kW')],
  ['瓦|w|вт', quantity('W')],
  ['毫秒|мс|ms', named('ms')],
  ['毫焦|毫焦耳|мдж|mj', named('mJ')],
  ['毫米|мм|mm', named('mm')],
  ['纳米|нм|nm', named('nm')],
  ['мк|mk', named('mK')],
  ['千伏|кв|kv', named('kV')],
  ['公斤|千克|kg|кг|килограмм*|кілограм*', quantity('kg')],
  ['吨|тонн|тонна|тонны|тони|ton|tons|tonne|tonnes', quantity('kg', 1000)],
  ['升|литр*|літр*|litre|litres|liter|liters|л|l', named('L')],
  ['小时|个小时|час|часа|часов|година|години|годин|hour|hours|ч|h', named('h')],
  ['分钟|минут*|хвилин*|minute|minutes|мин|хв|min', named('min')],
  ['摄氏度|℃|°c|° c', named('C')],
  ['%|％|процент*|percent', named('%')],
  ['度|°|градус*|degree|degrees', named('deg')],
  ['信道|通道|个信道|个通道|канал*|channel|channels', named('channels')],
  // What 个 counts of time and people is no number of goods.
  ['个工作|个月|个自然|个日|个人|个星期|个季度|个方面|个年', named('none')],
  [
    '台|套|架|部|个|只|件|辆|枚|штук|штуки|шт.|шт|единиц|единицы|единица|одиниць|комплект*|pcs|pieces|units|sets',
    quantity('pieces'),
  ],
]);

const CURRENCIES: readonly (readonly [words: string, currency: string])[] = [
  ['美元|usd|долл|доллар*|долар*|us dollar|us dollars|dollar|dollars', 'USD'],
  ['欧元|eur|€|евро|євро|euro|euros', 'EUR'],
  ['港元|港币|hkd', 'HKD'],
  ['卢布|руб.|руб|рублей|рубля|рубль|рублів|₽|rub|ruble|rubles|rouble|roubles', 'RUB'],
  ['坚戈|тенге|kzt|₸', 'KZT'],
  ['格里夫纳|грн.|грн|гривен*|гривень|гривня|uah|₴', 'UAH'],
  ['元|人民币|rmb|cny|юан*|yuan', 'CNY'],
];
export const CURRENCIES_BEHIND = new WordsBehind(CURRENCIES);

export const FACTORS_BEHIND = new WordsBehind<number>([
  ['万|萬', 1e4],
  ['亿|億', 1e8],
  ['тыс.|тыс|тысяч*|тис.|тис|тисяч*|thousand', 1e3],
  ['млн.|млн|миллион*|мільйон*|million', 1e6],
  ['млрд.|млрд|миллиард*|мільярд*|billion', 1e9],
]);
