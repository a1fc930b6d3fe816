/** Pairs that say the same in Chinese and Russian and share nothing but what a translation must carry over; around it each has its own words and numbers. */
import type { Corpus } from './corpus.js';
import { type Random, between, pick } from './random.js';

export interface TranslatedPair {
  zh: string;
  ru: string;
}

const CONSONANTS = Array.from('bdgklmnprstv');
const VOWELS = Array.from('aeiou');

/** So many statements, of which each side leaves out some. */
export function translatedPair(
  corpus: Corpus,
  id: number,
  { facts, kept, random }: { facts: number; kept: number; random: Random },
): TranslatedPair {
  // prettier-ignore
  const [zh, ru]: [string[], string[]] = [[], []];
  for (let left = facts; left > 0; left--) {
    const [inZh, inRu] = pick(random, STATEMENTS)(random);
    if (random() < kept) zh.push(inZh);
    if (random() < kept) ru.push(inRu);
  }
  return {
    zh: `${corpus.notice(id, { language: 'zh', stream: 200 }).text}\n${zh.join('，')}。`,
    ru: `${corpus.notice(id, { language: 'ru', stream: 200 }).text}\n${ru.join(', ')}.`,
  };
}

const name = (random: Random): string => {
  let text = '';
  for (let left = 3; left > 0; left--) text += pick(random, CONSONANTS) + pick(random, VOWELS);
  return text[0]!.toUpperCase() + text.slice(1) + pick(random, CONSONANTS);
};

const HAN = '〇一二三四五六七八九';
const inHan = (number: number): string =>
  `${number >= 20 ? HAN[Math.floor(number / 10)]! : ''}十${number % 10 === 0 ? '' : HAN[number % 10]!}`;

const STATEMENTS: readonly ((random: Random) => [zh: string, ru: string])[] = [
  (random) => {
    const count = between(random, 11, 480);
    return [`采购约${count}台`, `закупить около ${count} шт.`];
  },
  (random) => {
    const days = between(random, 11, 98);
    return [`须于${inHan(days)}日内运抵`, `доставить в течение ${days} дней`];
  },
  (random) => {
    const band = `${between(random, 1, 39)}.${between(random, 1, 9)}`;
    return [`覆盖${band}吉赫频段`, `диапазон ${band.replace('.', ',')} ГГц`];
  },
  (random) => {
    const reach = between(random, 2, 60);
    return [`距离不少于${reach}公里`, `дальность не менее ${reach} км`];
  },
  (random) => {
    const [month, day] = [between(random, 1, 12), between(random, 1, 28)];
    return [`于${month}月${day}日前报名`, `заявки до ${day} ${MONTHS[month - 1]!}`];
  },
  (random) => {
    const model = `${name(random)} ${pick(random, ['Q', 'X', 'M'])}${between(random, 2, 99)}`;
    return [`参考型号为“${model}”`, `образец «${model}»`];
  },
  (random) => {
    const price = between(random, 12, 999);
    return [`预算${price}万元`, `бюджет ${price * 10} тыс. юаней`];
  },
];

const MONTHS = 'января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря'.split('|');
