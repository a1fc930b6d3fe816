/**
 * Names in Latin letters, an aid beside the original and never in its place (facts/experience §12). Chinese by `pinyin-pro`, whose
 * reading of some places is corrected here; Russian by BGN/PCGN, Ukrainian by the government's table of 27 January 2010.
 */
import { pinyin } from 'pinyin-pro';

/** Which tool, for the page to say. */
export const ROMANISED_BY =
  'pinyin-pro 3 for Chinese, BGN/PCGN for Russian, the Ukrainian government’s table of 2010 for Ukrainian';

/** Places whose characters are read otherwise than alone. */
const PLACES: Readonly<Record<string, string>> = {
  乐清: 'Yuèqīng',
  台州: 'Tāizhōu',
  洪洞: 'Hóngtóng',
  浚县: 'Xùn xiàn',
  尉犁: 'Yùlí',
};
const PLACE = new RegExp(`(${Object.keys(PLACES).join('|')})`, 'u');

/** Longer texts are no names. */
const LONGEST = 120;

export interface ReadAloudOptions {
  /** The first character is a family name and read as one. */
  isPerson?: boolean;
  /** Also where no letter says so. */
  isUkrainian?: boolean;
}

/** A text of any length with what is Chinese or Cyrillic in it in Latin letters; the rest stays. */
export function readAloud(text: string, { isPerson = false, isUkrainian = false }: ReadAloudOptions = {}): string {
  const latin = /\p{Script=Han}/u.test(text) ? chinese(text, isPerson) : text;
  return /\p{Script=Cyrillic}/u.test(latin) ? cyrillic(latin, isUkrainian || UKRAINIAN_ONLY.test(text)) : latin;
}

const UKRAINIAN_ONLY = /[іїєґ]/i;

/** A name; undefined where there is nothing to romanise. */
export function romanise(text: string, language: string, isPerson = false): { text: string; lang: string } | undefined {
  if (text.length > LONGEST) return undefined;
  if (/\p{Script=Han}/u.test(text)) return { text: readAloud(text, { isPerson }), lang: 'zh-Latn-pinyin' };
  if (!/\p{Script=Cyrillic}/u.test(text)) return undefined;
  const isUkrainian = language === 'uk' || UKRAINIAN_ONLY.test(text);
  return { text: readAloud(text, { isUkrainian }), lang: isUkrainian ? 'uk-Latn' : 'ru-Latn' };
}

function chinese(text: string, isPerson: boolean): string {
  const parts = text.split(PLACE).filter((part) => part !== '');
  const read = parts.map(
    (part) =>
      PLACES[part] ??
      pinyin(part, { toneType: 'symbol', nonZh: 'consecutive', ...(isPerson ? { surname: 'head' } : {}) }),
  );
  return read
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[\p{Po}\p{Pe}\p{Pf}])/gu, '')
    .trim();
}

const RUSSIAN: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'ë', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p',
  р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '”', ы: 'y', ь: '’', э: 'e', ю: 'yu', я: 'ya',
}; // prettier-ignore
const UKRAINIAN: Readonly<Record<string, string>> = {
  ...RUSSIAN, г: 'h', ґ: 'g', е: 'e', є: 'ie', и: 'y', і: 'i', ї: 'i', й: 'i', щ: 'shch', ь: '', ю: 'iu', я: 'ia', 'ʼ': '', '’': '',
}; // prettier-ignore
/** At the beginning of a word. */
const UKRAINIAN_FIRST: Readonly<Record<string, string>> = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' };

function cyrillic(text: string, isUkrainian: boolean): string {
  const table = isUkrainian ? UKRAINIAN : RUSSIAN;
  let [out, before] = ['', ''];
  for (const letter of text) {
    const small = letter.toLowerCase();
    const isFirst = !/[\p{Script=Cyrillic}’ʼ]/u.test(before);
    const isSoft = /[аеёиоуыэюяьъ]/.test(before) || isFirst;
    const latin =
      isUkrainian && isFirst && UKRAINIAN_FIRST[small] !== undefined
        ? UKRAINIAN_FIRST[small]
        : isUkrainian && before === 'з' && small === 'г'
          ? 'gh'
          : !isUkrainian && isSoft && (small === 'е' || small === 'ё')
            ? `y${table[small]!}`
            : (table[small] ?? letter);
    out += letter === small ? latin : latin.slice(0, 1).toUpperCase() + latin.slice(1);
    before = small;
  }
  return out;
}
