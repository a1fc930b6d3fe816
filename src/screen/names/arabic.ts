/**
 * Arabic writes consonants; a Latin spelling adds vowels as it likes. Both sides are cut to the same consonants and compared
 * there (facts/screening §7.7). Letters that differ between Arabic, Persian and Urdu readings are near, not equal.
 */
const LETTERS: Record<string, string> = {
  ب: 'b', پ: 'b', ت: 't', ٹ: 't', ث: 't', ج: 'j', چ: 'c', ح: 'h', خ: 'x', د: 'd', ڈ: 'd', ذ: 'z', ر: 'r', ڑ: 'r', ز: 'z', ژ: 'j', س: 's', ش: 'c', ص: 's', ض: 'd',
  ط: 't', ظ: 'z', غ: 'k', ف: 'f', ق: 'k', ك: 'k', ک: 'k', گ: 'k', ل: 'l', م: 'm', ن: 'n', ں: 'n', ه: 'h', ہ: 'h', ھ: 'h', ۀ: 'h',
}; // prettier-ignore
const WAW = 'وؤ';
const YA = 'يیىئې';

export const ARABIC = /[؀-ۿݐ-ݿﭐ-﻿]/;

/** Consonants of one Arabic-script word; `و` and `ي` count only at its beginning, where they cannot be vowels. */
export function arabicBones(word: string): string {
  const plain = word.replace(/^ال(?=..)/, '').replace(/[ةه]$/, '');
  let bones = '';
  for (let at = 0; at < plain.length; at++) {
    const letter = plain[at]!;
    if (WAW.includes(letter)) bones += at === 0 && letter === 'و' ? 'w' : '';
    else if (YA.includes(letter)) bones += at === 0 ? 'y' : '';
    else bones += LETTERS[letter] ?? '';
  }
  return servant(single(bones));
}

/** The same consonants of a lower-case Latin word without accents. */
export function latinBones(word: string): string {
  const plain = word
    .replace(/kh/g, 'X')
    .replace(/sh|ch|sch/g, 'C')
    .replace(/gh|q/g, 'k')
    .replace(/th/g, 't')
    .replace(/dh|zh/g, (pair) => (pair === 'dh' ? 'd' : 'j'))
    .replace(/dj/g, 'j')
    .replace(/ph/g, 'f')
    .replace(/h$/, '');
  let bones = '';
  for (let at = 0; at < plain.length; at++) {
    const letter = plain[at]!;
    if ('aeiou'.includes(letter)) continue;
    if (letter === 'w' || letter === 'v') bones += at === 0 ? 'w' : '';
    else if (letter === 'y') bones += at === 0 ? 'y' : '';
    else if (letter === 'X') bones += 'x';
    else if (letter === 'C') bones += 'c';
    else if (letter === 'g' || letter === 'c') bones += 'k';
    else if (letter === 'x') bones += 'ks';
    else if (letter === 'p') bones += 'b';
    else if (letter >= 'a' && letter <= 'z') bones += letter;
  }
  return servant(single(bones));
}

/** `Abd al-Rahman`, `Abdul Rahman`, `Abdurrahman`: the article is spoken in many ways and says nothing. */
function servant(bones: string): string {
  return bones.replace(/^bdl(?=.)/, 'bd');
}

function single(bones: string): string {
  return bones.replace(/(.)\1+/g, '$1');
}

const NEAR = new Set([
  'dz',
  'zd',
  'st',
  'ts',
  'jk',
  'kj',
  'hx',
  'xh',
  'kx',
  'xk',
  'jz',
  'zj',
  'sz',
  'zs',
  'cs',
  'sc',
  'wb',
  'bw',
  'jc',
  'cj',
  'dt',
  'td',
]);

/** Edits between two bones, near letters at less than half. Bones are a handful of letters. */
export function boneDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const [x, y] = [a[i - 1]!, b[j - 1]!];
      const change = x === y ? 0 : NEAR.has(x + y) ? 0.4 : 1;
      // A breath is often not written: `h` costs half.
      const drop = x === 'h' || x === 'y' || x === 'w' ? 0.5 : 1;
      const add = y === 'h' || y === 'y' || y === 'w' ? 0.5 : 1;
      row.push(Math.min(previous[j]! + drop, row[j - 1]! + add, previous[j - 1]! + change));
    }
    previous = row;
  }
  return previous[b.length]!;
}
