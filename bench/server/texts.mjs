// Notices for bench/server: four languages, words of nobody from the pools of the copies corpus (src/compare/testing/pools.ts), and
// among them real words planted in known shares of the notices, inflected where the language does. Each is a pure function of the
// seed and its number. A tenth are copies of earlier ones with an ending of their own; one in twenty got another line later.
import { makePool } from '../../src/compare/testing/pools.ts';
import { below, between, makeRandom, pick } from '../../src/compare/testing/random.ts';

export const SHARES = [['zh', 0.7], ['ru', 0.15], ['en', 0.1], ['uk', 0.05]]; // prettier-ignore

/** Of each language: the share of its notices that carry the word, and its forms as texts have them. */
export const PLANTED = {
  zh: [[0.6, ['采购']], [0.4, ['公告']], [0.15, ['设备']], [0.05, ['无人机']], [0.03, ['雷达']], [0.012, ['干扰器', '干扰']], [0.003, ['抑制']], [0.001, ['探测']], [0.000_2, ['频段']], [0.000_03, ['侦测']]],
  ru: [[0.6, ['закупка', 'закупки', 'закупку', 'закупок']], [0.4, ['поставка', 'поставки', 'поставку', 'поставкой']], [0.15, ['оборудование', 'оборудования', 'оборудованием']], [0.03, ['беспилотник', 'беспилотника', 'беспилотников']], [0.012, ['глушитель', 'глушителя', 'глушителей']], [0.003, ['подавитель', 'подавителя', 'подавителей']], [0.001, ['антенна', 'антенны', 'антенн']], [0.000_2, ['перехватчик', 'перехватчика', 'перехватчиков']]],
  en: [[0.6, ['procurement']], [0.4, ['supply', 'supplies', 'supplied']], [0.15, ['equipment']], [0.03, ['drone', 'drones']], [0.012, ['jammer', 'jammers']], [0.003, ['detector', 'detectors']], [0.001, ['antenna', 'antennas']], [0.000_2, ['interceptor', 'interceptors']]],
  uk: [[0.6, ['закупівля', 'закупівлі', 'закупівлю']], [0.4, ['постачання', 'постачанням']], [0.03, ['безпілотник', 'безпілотника', 'безпілотників']], [0.003, ['глушник', 'глушника', 'глушників']]],
}; // prettier-ignore

const CARRIERS = {
  zh: (word) => `本项目需要${word}，详见附件。`,
  ru: (word) => `Требуется ${word} согласно приложению. `,
  en: (word) => `The annex asks for ${word} as described. `,
  uk: (word) => `Потрібна ${word} згідно з додатком. `,
};
const TITLES = { zh: (a, b) => `关于${a}${b}的通知`, ru: (a, b) => `Извещение: ${a} ${b}`, en: (a, b) => `Notice of ${a} ${b}`, uk: (a, b) => `Оголошення: ${a} ${b}` }; // prettier-ignore
const BODIES = {
  zh: (a) => `${a}省行业协会`,
  ru: (a) => `ООО «${a}»`,
  en: (a) => `${a} Trading Ltd`,
  uk: (a) => `ТОВ «${a}»`,
};
/** Units of a text: about 1.5 KB of UTF-8 in each. */
const LENGTHS = { zh: 450, ru: 750, en: 1_300, uk: 750 };

/** Letters of the Russian pool in others of their own, so that its statistics serve two more languages. */
const LATIN = new Map(
  [...'абвгдежзийклмнопрстуфхцчшщъыьэюя'].map((letter, at) => [letter, [...'abvgdezziiklmnoprstufhccssaieeiua'][at]]),
);
const latin = (text) => text.replace(/\p{L}/gu, (letter) => LATIN.get(letter.toLowerCase()) ?? letter);
const ukrainian = (text) => text.replace(/ы/g, 'и').replace(/[эъ]/g, 'є').replace(/и/g, 'і');
const SPOKEN = { zh: (text) => text, ru: (text) => text, en: latin, uk: ukrainian };

export const COPIES = 0.1;
const EDITED = 0.05;
export const ACCOUNTS = 2_000;

/** What a notice is made of: the pieces of its text, of which `named` (from `start` on) holds what is recognised, and the rest are sentences of the pools. */
export function makeTexts(seed) {
  const [zh, ru] = [makePool('zh', seed, SIZES), makePool('ru', seed, SIZES)];
  const poolOf = { zh, ru, en: ru, uk: ru };
  const wordOf = (language, at) => SPOKEN[language](poolOf[language].word(at));
  const gap = (language) => (language === 'zh' ? '。' : '. ');
  // A sentence or title comes often; those who read it (rows.mjs) keep what they made of it.
  const sentenceOf = (language, random) => SPOKEN[language](poolOf[language].sentence(random)) + gap(language);
  const extra = (language, random) => `\n${CARRIERS[language](wordOf(language, below(random, 5_000)))}`;
  const languageOf = (random) => {
    let rest = random();
    return SHARES.find(([, share]) => (rest -= share) < 0)?.[0] ?? 'zh';
  };
  const own = (id) => {
    const random = makeRandom(seed, 501, id);
    const language = languageOf(random);
    const named = PLANTED[language].filter(([share]) => random() < share).map(([, forms]) => CARRIERS[language](pick(random, forms)));
    named.push(ENDINGS[language](`2024-0${between(random, 1, 3)}-1${between(random, 0, 1)}`, `138001380${between(random, 10, 14)}`));
    const sentences = [];
    const most = LENGTHS[language] * (0.5 + random());
    for (let length = 0; length < most; length += sentences.at(-1).length) sentences.push(sentenceOf(language, random));
    const number = below(random, 3_000);
    const title = TITLES[language](wordOf(language, number), wordOf(language, (number * 7) % 4_999));
    return { language, title, named: named.join(''), sentences, before: below(random, sentences.length), account: below(random, ACCOUNTS) };
  };
  const notice = (id) => {
    const random = makeRandom(seed, 502, id);
    const copyOf = id > 10 && random() < COPIES ? below(random, id) : undefined;
    const made = own(copyOf ?? id);
    const { language, named, sentences, before } = made;
    const body = [...sentences.slice(0, before), named, ...sentences.slice(before)].join('');
    const ending = copyOf === undefined ? '' : extra(language, random);
    const account = copyOf === undefined ? made.account : below(random, ACCOUNTS);
    const later = random() < EDITED ? extra(language, random) : undefined;
    return {
      ...made, account, accountName: BODIES[language](wordOf(language, account)), copyOf, shared: body.length,
      text: body + ending, later, start: sentences.slice(0, before).join('').length, pieces: [...sentences.slice(0, before), named, ...sentences.slice(before), ending],
    };
  };
  return { notice, wordOf };
} // prettier-ignore

const SIZES = { sentences: { zh: 100_000, ru: 40_000 }, words: { zh: 40_000, ru: 30_000 }, statutes: 10 };
const ENDINGS = {
  zh: (date, phone) => `报名截止${date}，联系电话${phone}。`,
  ru: (date, phone) => `Приём заявок до ${date}, тел. ${phone}. `,
  en: (date, phone) => `Offers are taken until ${date}, phone ${phone}. `,
  uk: (date, phone) => `Пропозиції до ${date}, тел. ${phone}. `,
};
