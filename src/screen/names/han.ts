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
    .replace(/(?<=^(?:k|h|k|t|l|n|ch|sh|ts|j))uo$/, (uo) => (/^[kh]/.test(begun) ? uo : 'o'))
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
