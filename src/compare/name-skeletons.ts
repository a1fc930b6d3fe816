/** Names by their consonants: what is left of a name that was written in another alphabet (facts/copies §17). */
import { pinyin } from 'pinyin-pro';

const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', ё: 'e', є: 'e', ж: 'zh', з: 'z', и: 'i', і: 'i', ї: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o',
  п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'u', я: 'a',
}; // prettier-ignore

const LONGEST = 4;
const SHORTEST = 3;

/** Undefined where fewer than three consonants are left: such would be shared by too many words. */
export function skeletonOfLatin(name: string): string | undefined {
  const consonants = name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/g, '')
    .replace(/kh/g, 'h')
    .replace(/ph/g, 'f')
    .replace(/ck/g, 'k')
    .replace(/[cq](?!h)/g, 'k')
    .replace(/w/g, 'v')
    .replace(/x/g, 'ks')
    .replace(/[aeiouy]/g, '')
    .replace(/(.)\1+/g, '$1');
  return consonants.length < SHORTEST ? undefined : consonants.slice(0, LONGEST);
}

/** The Ukrainian г is an h. */
export function skeletonOfCyrillic(name: string, ukrainian: boolean): string | undefined {
  const latin = Array.from(name.toLowerCase(), (letter) =>
    ukrainian && letter === 'г' ? 'h' : (CYRILLIC[letter] ?? ''),
  );
  return skeletonOfLatin(latin.join(''));
}

interface HanName {
  skeleton: string;
  text: string;
  start: number;
  end: number;
}

/** Short words between quotation marks, without the number of a model behind them. */
const QUOTED = /[“「『《"](\p{Script=Han}{2,5}?)(?:[〇一二三四五六七八九十\d-]{0,4}[号號型式])?[”」』》"]/gu;
/** The word for a province, city or county; its name is what stands before it up to something that is no Chinese character. */
const PLACE = /[省市县縣州]|自治[区區]/gu;
const BEFORE_PLACE = /(?:^|\P{Script=Han})(\p{Script=Han}{2,3})$/u;
const LONGEST_NAME = 6;

/** Each read aloud, once as pinyin and once as Russian writes Chinese; names handed in as mentions too. */
export function hanNames(text: string, mentions: readonly { text: string; start: number; end: number }[]): HanName[] {
  const spans = mentions.filter((each) => each.text.length <= LONGEST_NAME && /^\p{Script=Han}{2,}$/u.test(each.text));
  for (const { index, 1: name } of text.matchAll(QUOTED))
    spans.push({ text: name!, start: index + 1, end: index + 1 + name!.length });
  for (const { index } of text.matchAll(PLACE)) {
    const name = BEFORE_PLACE.exec(text.slice(Math.max(0, index - 4), index))?.[1];
    if (name !== undefined) spans.push({ text: name, start: index - name.length, end: index });
  }
  return spans.flatMap((span) => readAloud(span.text).map((skeleton) => ({ skeleton, ...span })));
}

/** The same provinces and cities stand in most notices. Bounded, as what stands there is not ours. */
const heard = new Map<string, readonly string[]>();
const MOST_HEARD = 10_000;

function readAloud(name: string): readonly string[] {
  const held = heard.get(name);
  if (held) return held;
  if (heard.size >= MOST_HEARD) heard.clear();
  const syllables = pinyin(name, { toneType: 'none', type: 'array' });
  const [latin, russian] = [syllables.join(''), syllables.map(palladius).join('')];
  const skeletons = [...new Set([skeletonOfLatin(latin), skeletonOfLatin(russian)])].filter(
    (each) => each !== undefined,
  );
  heard.set(name, skeletons);
  return skeletons;
}

/** Consonants of a syllable by the system of Palladius, transliterated as a Russian word is; vowels do not count. */
const INITIALS: readonly (readonly [pinyin: string, latin: string])[] = [
  ['zh', 'chzh'], ['ch', 'ch'], ['sh', 'sh'], ['z', 'tsz'], ['j', 'tsz'], ['c', 'ts'], ['q', 'ts'], ['x', 's'], ['r', 'zh'], ['h', 'kh'], ['w', 'v'], ['y', ''],
]; // prettier-ignore

function palladius(syllable: string): string {
  const initial = INITIALS.find(([each]) => syllable.startsWith(each));
  const rest = initial ? syllable.slice(initial[0].length) : syllable;
  // Wu is У, and -ng is н as -n is нь.
  const head = initial?.[0] === 'w' && rest === 'u' ? '' : (initial?.[1] ?? '');
  return head + rest.replace(/ng$/, 'n');
}
