/**
 * Foreign names written in Chinese by their sound, and Chinese brands spelt as an English ear heard them: 史密斯 is Smith.
 * Both sides are written in one small alphabet of sounds and aligned; a vowel that only carries a consonant (the i of 斯) costs
 * next to nothing, a consonant of another kind costs a whole letter.
 */
import { BoundedMap } from '../bounded-map.js';

/** Latin letters as sounds: one character each, S = sh, C = ch, J = the sound of judge, N = ng. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'], [/tch|ch/g, 'C'], [/sch|sh/g, 'S'], [/tion|sion/g, 'Sn'], [/ck|cq/g, 'k'], [/wh/g, 'w'], [/^kn|^gn/g, 'n'], [/^wr/g, 'r'],
  [/th/g, 's'], [/igh/g, 'ai'], [/gh/g, 'g'], [/dge?|j/g, 'J'], [/ng(?![aeiou])/g, 'N'], [/n(?=[gk])/g, 'N'], [/qu/g, 'kw'], [/x/g, 'ks'], [/c(?=[eiy])/g, 's'], [/[cq]/g, 'k'],
  [/ee|ea|ie/g, 'i'], [/oo/g, 'u'], [/ou|ow/g, 'au'], [/ew/g, 'u'], [/ay|ey|ai|ei/g, 'ei'], [/y(?=[aeiou])/g, 'Y'], [/y/g, 'i'], [/(?<=[^aeiou])e$/g, ''], [/(.)\1+/g, '$1'],
]; // prettier-ignore

const PINYIN_INITIALS: readonly (readonly [RegExp, string])[] = [
  [/^zh/, 'J'], [/^ch/, 'C'], [/^sh/, 'S'], [/^j/, 'J'], [/^q/, 'C'], [/^x/, 'S'], [/^yu?/, 'Y'], [/^wu?/, 'w'], [/^z/, 'z'], [/^c/, 'c'],
]; // prettier-ignore

/** Syllables whose vowel is there because Chinese has no bare consonant. */
const CARRIER = /^(?:[zcs]h?i|ri|[tdkglsn]e|she|[bpfmkgdtlns]u|er|shu)$/;

/** A pinyin syllable in sounds; `'` marks a vowel that only carries its consonant. */
function syllableSounds(syllable: string): string {
  if (syllable === 'er') return "'er";
  const initial = PINYIN_INITIALS.find(([pattern]) => pattern.test(syllable));
  const begun = initial ? syllable.replace(initial[0], initial[1]) : syllable;
  const whole = begun === 'Y' ? 'Yi' : begun === 'w' ? 'wu' : begun;
  const heard = whole
    .replace(/ng$/, 'N')
    .replace(/v/g, 'u')
    .replace(/ian/, 'ien')
    .replace(/(?<=.)ao$/, 'au');
  return CARRIER.test(syllable) ? heard.replace(/([aeiou])$/, "'$1") : heard;
}

/** What a run of syllables sounds like. */
export function soundsOfSyllables(syllables: readonly string[]): string {
  return syllables.map(syllableSounds).join('');
}

const CACHE_MOST = 100_000;
const heardWords = new BoundedMap<string, string>(CACHE_MOST);

/** What a Latin word sounds like to an English ear. */
export function soundsOfWord(word: string): string {
  return heardWords.getOrMake(word, () => SPELLINGS.reduce((text, [pattern, to]) => text.replace(pattern, to), word));
}

/** Sounds that are taken for one another, dearest last. */
const NEAR: readonly (readonly [string, number])[] = [
  ['lr', 0.2], ['nN', 0.15], ['wv', 0.15], ['bp', 0.3], ['dt', 0.25], ['gk', 0.3], ['kh', 0.35], ['gh', 0.4], ['fv', 0.25], ['fw', 0.5], ['bv', 0.3], ['pf', 0.4], ['bw', 0.45], ['hf', 0.4],
  ['sS', 0.25], ['sc', 0.2], ['sz', 0.2], ['zc', 0.3], ['zJ', 0.3], ['JC', 0.3], ['CS', 0.3], ['Cc', 0.35], ['JS', 0.4], ['Jg', 0.35], ['Jd', 0.5], ['Ct', 0.55], ['st', 0.6], ['mn', 0.45], ['mN', 0.5],
  ['Yi', 0.1], ['wu', 0.1], ['wo', 0.2], ['Ye', 0.25], ['YJ', 0.4], ['hw', 0.5], ['zd', 0.5], ['Jr', 0.5], ['nl', 0.6], ['kC', 0.5], ['hS', 0.5], ['zt', 0.6], ['Sk', 0.7], ['hk', 0.35],
  ['ei', 0.12], ['ou', 0.12], ['ao', 0.2], ['ae', 0.2], ['eo', 0.25], ['ai', 0.3], ['au', 0.25], ['iu', 0.3], ['eu', 0.3], ['io', 0.35],
]; // prettier-ignore
const SWAP = new Map(NEAR.flatMap(([[a, b], cost]) => [[`${a}${b}`, cost] as const, [`${b}${a}`, cost] as const]));
const VOWEL = /[aeiou]/;

interface Sounds {
  letters: string;
  /** What it costs to leave the letter out. */
  costs: number[];
  weight: number;
}

/** The weight of a sound is what it costs to leave it out where it cannot be left out. */
function weigh(text: string, isChinese: boolean): Sounds {
  let letters = '';
  const costs: number[] = [];
  let weight = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "'") continue;
    const letter = text[at]!;
    letters += letter;
    const isVowel = VOWEL.test(letter);
    const before = text[at - 1];
    const isCarrier = before === "'";
    const afterVowel = before !== undefined && VOWEL.test(before);
    weight += isCarrier ? 0.05 : isVowel ? 0.35 : 1;
    if (isCarrier) costs.push(0.05);
    else if (isChinese && letter === 'r' && text[at - 2] === "'") costs.push(0.5);
    else if (isVowel) costs.push(0.25);
    else if (isChinese) costs.push(letter === 'n' || letter === 'N' ? 0.4 : letter === 'Y' || letter === 'w' ? 0.4 : 1);
    else {
      const closes = afterVowel && (at + 1 >= text.length || !VOWEL.test(text[at + 1]!));
      costs.push(/[rl]/.test(letter) && closes ? 0.3 : closes && /[tdkgsn]/.test(letter) ? 0.6 : 1);
    }
  }
  return { letters, costs, weight };
}

const weighed = new BoundedMap<string, Sounds>(CACHE_MOST);
function weighedOf(text: string, isChinese: boolean): Sounds {
  return weighed.getOrMake(isChinese ? `+${text}` : text, () => weigh(text, isChinese));
}

const MOST_SOUNDS = 24;
const ROWS = [new Float64Array(MOST_SOUNDS + 1), new Float64Array(MOST_SOUNDS + 1)] as const;

/** 0..1: how much of two words agrees by ear. `han` and `word` as the functions above make them. */
export function likeBySound(han: string, word: string): number {
  const [a, b] = [weighedOf(han, true), weighedOf(word, false)];
  const [n, m] = [a.letters.length, b.letters.length];
  if (n === 0 || m === 0 || n > MOST_SOUNDS || m > MOST_SOUNDS) return 0;
  let [above, row] = [ROWS[0], ROWS[1]];
  above[0] = 0;
  for (let j = 1; j <= m; j++) above[j] = above[j - 1]! + b.costs[j - 1]!;
  for (let i = 1; i <= n; i++) {
    row[0] = above[0]! + a.costs[i - 1]!;
    for (let j = 1; j <= m; j++) {
      const [x, y] = [a.letters[i - 1]!, b.letters[j - 1]!];
      // The sound a word begins with is the one that is heard best.
      const swap =
        (x === y ? 0 : (SWAP.get(x + y) ?? (VOWEL.test(x) && VOWEL.test(y) ? 0.35 : 1.2))) *
        (i === 1 && j === 1 ? 1.5 : 1);
      row[j] = Math.min(above[j - 1]! + swap, above[j]! + a.costs[i - 1]!, row[j - 1]! + b.costs[j - 1]!);
    }
    [above, row] = [row, above];
  }
  return Math.max(0, 1 - above[m]! / Math.max(a.weight, b.weight));
}
