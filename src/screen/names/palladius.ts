/** Chinese names in Cyrillic, by the system of Palladius, back to pinyin: Чжан Сюэ is Zhang Xue, Ян is Yang and Янь is Yan. */
const INITIALS: readonly (readonly [string, string, string])[] = [
  // Cyrillic, pinyin, pinyin before и, ю, я, е.
  ['чж', 'zh', 'zh'], ['цз', 'z', 'j'], ['б', 'b', 'b'], ['п', 'p', 'p'], ['м', 'm', 'm'], ['ф', 'f', 'f'], ['д', 'd', 'd'], ['т', 't', 't'], ['н', 'n', 'n'], ['л', 'l', 'l'], ['г', 'g', 'g'],
  ['к', 'k', 'k'], ['х', 'h', 'h'], ['ц', 'c', 'q'], ['с', 's', 'x'], ['ч', 'ch', 'ch'], ['ш', 'sh', 'sh'], ['ж', 'r', 'r'], ['в', 'w', 'w'],
]; // prettier-ignore
const HARD =
  'уань uan,уан uang,уай uai,уа ua,уй ui,унь un,ун ong,уэ ue,у u,ань an,ан ang,ай ai,ао ao,а a,эй ei,энь en,эн eng,э e,о o,ы i,оу ou';
const SOFT = 'юань uan,юнь un,юн iong,юэ ue,юй u,ю iu,янь ian,ян iang,яо iao,я ia,инь in,ин ing,и i,е ie';
const ALONE: Record<string, string> = {
  и: 'yi', инь: 'yin', ин: 'ying', я: 'ya', ян: 'yang', янь: 'yan', яо: 'yao', е: 'ye', ю: 'you', юй: 'yu', юань: 'yuan', юнь: 'yun', юн: 'yong', юэ: 'yue', у: 'wu',
  ань: 'an', ан: 'ang', ай: 'ai', ао: 'ao', а: 'a', э: 'e', эр: 'er', оу: 'ou',
}; // prettier-ignore

let syllables: Map<string, string> | undefined;

function table(): Map<string, string> {
  if (syllables) return syllables;
  syllables = new Map(Object.entries(ALONE));
  const finals = (rows: string): [string, string][] => rows.split(',').map((row) => row.split(' ') as [string, string]);
  for (const [cyrillic, hard, soft] of INITIALS) {
    for (const [final, latin] of finals(HARD)) syllables.set(cyrillic + final, hard + latin);
    for (const [final, latin] of finals(SOFT)) syllables.set(cyrillic + final, soft + latin);
  }
  for (const [cyrillic, latin] of [
    ['во', 'wo'],
    ['вэй', 'wei'],
    ['чжи', 'zhi'],
    ['чи', 'chi'],
    ['ши', 'shi'],
    ['жи', 'ri'],
    ['го', 'guo'],
    ['до', 'duo'],
    ['ло', 'luo'],
    ['хуэй', 'hui'],
    ['хой', 'hui'],
    ['чжо', 'zhuo'],
    ['ню', 'niu'],
    ['нюй', 'nv'],
    ['люй', 'lv'],
  ] as const)
    // prettier-ignore
    syllables.set(cyrillic, latin);
  return syllables;
}

const LONGEST = 5;
const MOST_SYLLABLES = 3;
/** Sounds that only Chinese names have, or that another spelling would lose. */
const TELLING = /цз|чж|[аеиоуэюя]нь|[аиоуэюя]н(?![аеиоуэюян])|с[юя]|ц[юя]/;

/**
 * Pinyin of a Cyrillic word: as the system has it, and with the soft sign forgotten between syllables (Нанкин for Наньцзин).
 * Empty when the word is no run of such syllables, or reads no otherwise than letter by letter.
 */
export function fromPalladius(word: string): string[] {
  const strict = TELLING.test(word) ? read(word.replaceAll('ъ', ''), 0, MOST_SYLLABLES) : undefined;
  return strict === undefined ? [] : [...new Set([strict, strict.replace(/ng(?=[^aeiou])/g, 'n')])];
}

function read(word: string, at: number, most: number): string | undefined {
  if (at === word.length) return '';
  if (most === 0) return undefined;
  for (let length = Math.min(LONGEST, word.length - at); length >= 1; length--) {
    const syllable = table().get(word.slice(at, at + length));
    const rest = syllable === undefined ? undefined : read(word, at + length, most - 1);
    if (rest !== undefined) return syllable! + rest;
  }
  return undefined;
}
