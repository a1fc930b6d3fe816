/**
 * Chinese names cut by what is known (places, terms, legal forms), longest first; what is left is the brand, read aloud.
 * No dictionary of words is needed for that: list names follow place, brand, trade, form.
 */
import { pinyin } from 'pinyin-pro';
import { fold } from '../../text/index.js';
import { HAN_PLACES, HAN_PLACE_NAMES, HAN_PLACE_SUFFIX } from './places-data.js';
import { hanTerms } from './terms.js';
import { hanForms } from './words.js';

export type HanPiece =
  | { kind: 'place'; text: string; names: string[] }
  | { kind: 'term'; text: string; concepts: readonly string[] }
  | { kind: 'form' | 'brand'; text: string };

interface Known {
  kind: 'place' | 'term' | 'form';
  names?: string[];
  concepts?: readonly string[];
}

let known: Map<string, Known> | undefined;
const LONGEST = 8;

function table(): Map<string, Known> {
  if (known) return known;
  known = new Map();
  for (const place of [...HAN_PLACES, ...Object.keys(HAN_PLACE_NAMES)])
    known.set(place, { kind: 'place', names: HAN_PLACE_NAMES[place]?.split(' ') ?? [readAloud(place).join('')] });
  for (const [text, concepts] of hanTerms()) known.set(text, { kind: 'term', concepts });
  // A few legal forms are also terms (集团 = group): as a form they would say nothing at all.
  for (const form of hanForms()) if (!known.has(form)) known.set(form, { kind: 'form' });
  return known;
}

/** Simplified characters, as the shared folding makes them. */
export function simplified(text: string): string {
  return fold(text).text;
}

/** One character of these is a term inside a longer name only when it stands last or between known pieces. */
export function cutHan(run: string): HanPiece[] {
  const words = table();
  const pieces: HanPiece[] = [];
  let brand = '';
  const flush = (): void => {
    if (brand !== '') pieces.push({ kind: 'brand', text: brand });
    brand = '';
  };
  for (let at = 0; at < run.length;) {
    const found = longestAt(run, at, words);
    if (!found) {
      brand += run[at]!;
      at += 1;
      continue;
    }
    flush();
    at += found.text.length;
    if (found.kind === 'place') at += HAN_PLACE_SUFFIX.exec(run.slice(at))?.[0].length ?? 0;
    pieces.push(found);
  }
  flush();
  return pieces;
}

function longestAt(run: string, at: number, words: ReadonlyMap<string, Known>): HanPiece | undefined {
  for (let length = Math.min(LONGEST, run.length - at); length >= 1; length--) {
    const text = run.slice(at, at + length);
    const found = words.get(text);
    if (!found) continue;
    // A single character is a word only at the end, or a place name's short form would be torn out of a brand.
    if (length === 1 && (at + 1 < run.length || at === 0)) continue;
    if (found.kind === 'place') return { kind: 'place', text, names: found.names! };
    if (found.kind === 'term') return { kind: 'term', text, concepts: found.concepts! };
    return { kind: 'form', text };
  }
  return undefined;
}

/** Syllables, without tones, ü as `v`. */
export function readAloud(text: string, { surname = false }: { surname?: boolean } = {}): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', v: true, ...(surname ? { surname: 'head' as const } : {}) })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z]/g, ''))
    .filter((syllable) => syllable !== '');
}

const MEANINGS = new Map(
  (
    '星 star|龙 dragon long|凤 phoenix|金 gold golden|天 sky heaven|海 sea ocean hai|山 mountain hill|阳光 sunshine sun sunny|太阳 sun solar|月 moon|长城 greatwall wall|红 red|蓝 blue|绿 green|白 white|黑 black|' +
    '永 forever ever|信 trust credit|诚 sincere honest|和 peace harmony|新 new|大 great big grand|小 small little|高 high top|芯 chip core|中 china middle sino|华 china sino hua|亚 asia|欧 euro europe|美 america beauty|' +
    '东方 orient oriental east|光 light bright photon|电 electric power|力 power force|马 horse|虎 tiger|鹰 eagle hawk|狮 lion|熊 bear|鹏 roc peng|鸿 hong swan|飞 fly flying|云 cloud|雷 thunder|火 fire|水 water|风 wind|木 wood|石 stone|' +
    '王 king|皇 emperor royal|国 nation|民 people|通 general link|通用 general|环球 global world|全 all global|联 united link|合 united|创 create|未来 future|明 bright|智 smart wisdom|慧 wise wisdom|达 reach|盛 prosper|兴 prosper|富 rich|福 fortune lucky|' +
    '友 friend|爱 love|优 best excellent|精 fine|巨 giant|超 super|极 ultra polar|一 one first|三 three|五 five|七 seven|九 nine|万 ten thousand|百 hundred|千 thousand|双 double twin|太平洋 pacific|北方 north northern|南方 south southern|西方 west|' +
    '先锋 pioneer|先进 advanced|卓越 excellence|诺亚 noah|梦 dream|虹 rainbow|桥 bridge|路 road|舟 boat ark|帆 sail|航 sail aviation|宇 universe|宇宙 universe cosmos|地球 earth|世纪 century|时代 era times|人民 people'
  )
    .split('|')
    .map((row) => row.split(' '))
    .map(([character, ...words]) => [character!, words] as const),
);

/** English for the characters of a brand: some firms translate it instead of reading it aloud. */
export function meaningsOf(brand: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < brand.length; at++)
    for (const length of [3, 2, 1]) found.push(...(MEANINGS.get(brand.slice(at, at + length)) ?? []));
  return found;
}

const WADE_INITIALS: [RegExp, string][] = [
  [/^zhi$/, 'chih'], [/^chi$/, 'chih'], [/^shi$/, 'shih'], [/^ri$/, 'jih'], [/^zi$/, 'tzu'], [/^ci$/, 'tzu'], [/^si$/, 'szu'],
  [/^zh/, 'ch'], [/^z/, 'ts'], [/^c(?!h)/, 'ts'], [/^j/, 'ch'], [/^q/, 'ch'], [/^x/, 'hs'], [/^r/, 'j'],
  [/^b/, 'p'], [/^d/, 't'], [/^g/, 'k'],
]; // prettier-ignore

/** The older spelling in use in Taiwan and in many passports, without its apostrophes. */
export function wadeGiles(syllable: string): string {
  const initial = WADE_INITIALS.find(([pattern]) => pattern.test(syllable));
  const begun = initial ? syllable.replace(initial[0], initial[1]) : syllable;
  return begun
    .replace(/ong$/, 'ung')
    .replace(/ian$/, 'ien')
    .replace(/ie$/, 'ieh')
    .replace(/(?<=^y)an$/, 'en')
    .replace(/(?<=^(?:t|l|n|ch|ts|s|j))uo$/, 'o')
    .replace(/^ye$/, 'yeh')
    .replace(/^you$/, 'yu')
    .replace(/(?<=.)v(?=e|an|n|$)/, 'u')
    .replace(/^e$/, 'o')
    .replace(/(?<=^[kh])e$/, 'o');
}

/** Surnames as they are written in Hong Kong, Macau and abroad. */
const SOUTHERN: Record<string, string> = {
  陈: 'chan', 李: 'lee', 黄: 'wong', 王: 'wong', 张: 'cheung', 林: 'lam', 郑: 'cheng', 何: 'ho', 梁: 'leung', 吴: 'ng', 刘: 'lau', 周: 'chow', 邓: 'tang', 罗: 'law',
  曾: 'tsang', 蔡: 'choi', 许: 'hui', 谢: 'tse', 叶: 'yip', 杨: 'yeung', 郭: 'kwok', 马: 'ma', 徐: 'tsui', 冯: 'fung', 卢: 'lo', 萧: 'siu', 苏: 'so', 余: 'yu', 潘: 'poon',
  朱: 'chu', 谭: 'tam', 关: 'kwan', 林郑: 'lam', 钟: 'chung', 吕: 'lui', 廖: 'liu', 胡: 'wu', 温: 'wan', 莫: 'mok', 江: 'kong', 高: 'ko', 赵: 'chiu', 赖: 'lai', 简: 'kan', 金: 'kim', 朴: 'park',
}; // prettier-ignore

export function southernSurname(character: string): string | undefined {
  return SOUTHERN[character];
}
