/** How words sound, so far as their letters tell: consonants for finding, bounded edits for judging. */

/** Edits a word of this length may have and still be the same word mistyped (facts/screening §7.9, §13). */
export function editsAllowed(length: number): number {
  return length < 3 ? 0 : length < 7 ? 1 : length < 11 ? 2 : 3;
}

/** Optimal string alignment (a swap of neighbours is one edit) with a cut-off; `most + 1` when there are more. */
export function edits(a: string, b: string, most: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > most || a.length > 120 || b.length > 120) return most + 1;
  return (a.length <= BITS ? bitEdits(a, b, most) : undefined) ?? tableEdits(a, b, most);
}

const BITS = 31;
const AT = new Int32Array(128);

/**
 * A column of the table in one word of bits (Myers 1999; with swaps, Hyyrö 2003). Undefined for letters beyond ASCII, of
 * which the table of places knows nothing.
 */
function bitEdits(a: string, b: string, most: number): number | undefined {
  const [n, m] = [a.length, b.length];
  for (let i = 0; i < n; i++) if (a.charCodeAt(i) > 127) return undefined;
  for (let j = 0; j < m; j++) if (b.charCodeAt(j) > 127) return undefined;
  if (n === 0) return m > most ? most + 1 : m;
  for (let i = 0; i < n; i++) AT[a.charCodeAt(i)]! |= 1 << i;
  const last = 1 << (n - 1);
  let [up, down, zero, before, count] = [-1, 0, 0, 0, n];
  for (let j = 0; j < m && count - (m - j) <= most; j++) {
    const here = AT[b.charCodeAt(j)]!;
    const swap = ((~zero & here) << 1) & before;
    zero = ((((here & up) + up) | 0) ^ up) | here | down | swap;
    let more = down | ~(zero | up);
    const fewer = zero & up;
    if ((more & last) !== 0) count += 1;
    else if ((fewer & last) !== 0) count -= 1;
    more = (more << 1) | 1;
    up = (fewer << 1) | ~(zero | more);
    down = more & zero;
    before = here;
  }
  for (let i = 0; i < n; i++) AT[a.charCodeAt(i)] = 0;
  return count > most ? most + 1 : count;
}

const ROWS = [new Uint8Array(128), new Uint8Array(128), new Uint8Array(128)];

/** For letters of any script and long words. */
export function tableEdits(a: string, b: string, most: number): number {
  const [n, m] = [a.length, b.length];
  let [before, above, row] = ROWS as [Uint8Array, Uint8Array, Uint8Array];
  for (let j = 0; j <= m; j++) above[j] = j;
  for (let i = 1; i <= n; i++) {
    const x = a.charCodeAt(i - 1);
    row[0] = i;
    let least = i;
    for (let j = 1; j <= m; j++) {
      const y = b.charCodeAt(j - 1);
      let cost = above[j - 1]! + (x === y ? 0 : 1);
      if (above[j]! + 1 < cost) cost = above[j]! + 1;
      if (row[j - 1]! + 1 < cost) cost = row[j - 1]! + 1;
      if (i > 1 && j > 1 && x === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === y && before[j - 2]! + 1 < cost)
        cost = before[j - 2]! + 1;
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, above, row] = [above, row, before];
  }
  return Math.min(above[m]!, most + 1);
}

const CLASS: Record<string, string> = {
  b: 'b', p: 'p', v: 'v', w: 'v', f: 'f', g: 'h', h: 'h', d: 'd', t: 't', z: 'z', s: 's', c: 'c', j: 'j', k: 'k', q: 'k', l: 'l', m: 'm', n: 'n', r: 'r', x: 'h',
}; // prettier-ignore

/** An English or French word as a Russian would write it down: drive is драйв, operation операция. */
export function soundOf(word: string): string {
  return word
    .replace(/tions?$/, 'c')
    .replace(/sch/g, 'sh')
    .replace(/tch/g, 'ch')
    .replace(/ch/g, 'c')
    .replace(/sh/g, 's')
    .replace(/kh/g, 'h')
    .replace(/ck/g, 'k')
    .replace(/dge?(?![aou])|j/g, 'dzh')
    .replace(/ph/g, 'f')
    .replace(/x/g, 'ks')
    .replace(/ts|tz/g, 'c')
    .replace(/c(?=[aoulrkt]|$)/g, (letter, at: number) =>
      /ch|ts|tz|tion/.test(word.slice(Math.max(0, at - 1), at + 4)) ? letter : 'k',
    )
    .replace(/c(?=[eiy])/g, 's');
}

/** Consonants of a skeleton (transliterated, folded); a final -u after a vowel is the Belarusian and Ukrainian way to write -v. */
export function consonants(skeleton: string): string {
  // Belarusian writes дз for a soft д.
  const ended = skeleton
    .replace(/dz(?!h)/g, 'd')
    .replace(/(?<=[aeio])u$/, 'v')
    .replace(/(?<=[aeo])u(?=[bcdfghklmnprstz])/g, 'v');
  let out = ended[0] !== undefined && 'aeiouy'.includes(ended[0]) ? 'a' : '';
  for (const letter of ended) {
    const known = CLASS[letter];
    if (known !== undefined && !out.endsWith(known)) out += known;
    else if (/\d/.test(letter)) out += letter;
  }
  return out;
}

const SYLLABLES =
  /^(?:[ZCSBTKmfnlhryw]?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|a|o|e|i|u|er)){1,3}$/;

const PINYIN =
  /^(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|a|o|e|i|u|v)){2,4}$/;

/** Whether a word may be pinyin of two to four characters. */
export const isRunOfSyllables = (word: string): boolean => PINYIN.test(word);

/** Pinyin, Wade-Giles and their like folded to one; empty when the word is no run of such syllables. */
export function sinoKey(word: string): string {
  if (word.length > 14 || word.length < 2) return '';
  const key = word
    .replace(/tch|zh|ch|j|q/g, 'C')
    .replace(/ts|tz|z/g, 'Z')
    .replace(/hs|sh|x|s/g, 'S')
    .replace(/c/g, 'Z')
    .replace(/[pb]/g, 'B')
    .replace(/[td]/g, 'T')
    .replace(/[kg](?!$)/g, (letter, at: number) => (word[at - 1] === 'n' ? letter : 'K'))
    .replace(/(?<=[CSZ])ih/g, 'i')
    .replace(/[uv]ng/g, 'ong')
    .replace(/ien/g, 'ian')
    .replace(/ieh/g, 'ie')
    .replace(/(?<=[ZS])[uze]$/g, 'i');
  return SYLLABLES.test(key) ? key : '';
}

/** Chinese syllables and foreign brands share little more than the order of stops and hisses. */
export function roughSounds(word: string): string {
  const plain = word
    .replace(/qu|ck|c(?=[aoulr])/g, 'k')
    .replace(/sh|ch|zh|[jqxzsc]/g, 's')
    .replace(/ng|[nm]/g, 'n')
    .replace(/[bpfvw]/g, 'b')
    .replace(/[dt]/g, 'd')
    .replace(/[gkh]/g, 'k')
    .replace(/[aeiouyr]/g, '');
  const order = plain.replace(/(.)\1+/g, '$1');
  // One consonant says too little without the vowel before it.
  return order.length === 1 && /^[aeiouy]/.test(word) ? `a${order}` : order;
}
