// Terms and text for bench/recognise.mjs, the same every time: facts/copies §20, "Rebuildable from own text".
// From the real notices in ../shared where they are; from made words with the frequencies of a language where not.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const CORPUS = [process.env.ASPOSTED_SHARED, join(root, '..', 'shared')]
  .map((base) => join(base ?? '', 'data', 'goods', 'corpus'))
  .find((folder) => existsSync(folder));
const CHINESE = ['zh_ggzy_notices.jsonl', 'zh_law_sentences.jsonl', 'zh_mofcom_official_documents.jsonl'];
const RUSSIAN = ['ru_eis_list.html', 'ru_eis_list_223.html', 'ru_eis_detail.html', 'ru_list_cardregion.html'];
const HAN = [0x4e00, 0x9fa5];
/** Lengths of the random Chinese terms, and how many of a hundred have each. */
const LENGTHS = [
  ...repeat(2, 7),
  ...repeat(3, 11),
  ...repeat(4, 20),
  ...repeat(5, 16),
  ...repeat(6, 16),
  ...repeat(7, 8),
].concat(repeat(8, 8), repeat(9, 7), repeat(10, 7));

function repeat(value, times) {
  return Array.from({ length: times }, () => value);
}

/** Numbers in [0, 1) from a seed (mulberry32). */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @returns {{ made: boolean, terms: string[], text: string }} as many terms, and a text of about as many UTF-16 units. */
export function makeInput({ terms: termCount, characters, seed = 1 }) {
  const random = seeded(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const between = (low, high) => low + Math.floor(random() * (high - low + 1));
  const word = (letters, length) => Array.from({ length }, () => pick(letters)).join('');
  const latin = Array.from({ length: 3_000 }, () => word('abcdefghiklmnoprstuvwy', between(3, 9)));
  const otherLatin = Array.from({ length: 3_000 }, () => word('abcdefghiklmnoprstuvwy', between(3, 9)));
  const { clauses, russian } = CORPUS ? realWords(CORPUS) : madeWords({ random, pick, between, word });

  // Real notices are more various than a small corpus: most clauses are put together of pieces of others.
  const piece = () => {
    const clause = pick(clauses);
    const start = between(0, clause.length - 2);
    return clause.slice(start, start + between(2, 4));
  };
  const clauseOf = () => (random() < 0.4 ? pick(clauses) : Array.from({ length: between(2, 5) }, piece).join(''));
  const parts = [];
  for (let length = 0; length < characters; length += parts.at(-1).length) {
    const kind = random();
    if (kind < 0.9) parts.push(Array.from({ length: between(3, 8) }, clauseOf).join('，') + '。');
    else
      parts.push(Array.from({ length: between(6, 20) }, () => pick(kind < 0.96 ? russian : latin)).join(' ') + '.\n');
  }

  const rare = [...new Set(russian)].filter((each) => each.length > 5);
  const long = clauses.filter((clause) => clause.length >= 8);
  const terms = new Set();
  const fill = (upTo, make) => {
    while (terms.size < upTo * termCount) terms.add(make().toWellFormed());
  };
  const words = (list) => Array.from({ length: between(1, 3) }, () => pick(list)).join(' ');
  const han = () => String.fromCharCode(between(...HAN));
  fill(0.15, () => {
    const clause = pick(long);
    const length = Math.min(between(8, 16), clause.length);
    const start = between(0, clause.length - length);
    return clause.slice(start, start + length);
  });
  fill(0.5, () => Array.from({ length: pick(LENGTHS) }, han).join(''));
  fill(0.75, () => words(rare));
  fill(1, () => words(otherLatin));
  // Half of a surrogate pair, cut by chance, has no bytes in UTF-8.
  return { made: !CORPUS, terms: [...terms], text: parts.join('').toWellFormed() };
}

/** Whole notices for recognise(), joined and cut to `length`: real ones where they are, and the demo's of the seed's kind. */
export async function makeNotices(length) {
  const { PROVINCIAL, YUNFU } = await import('../dist/demo/world/texts.js');
  const kinds = {
    'of the seed’s kind': [PROVINCIAL, YUNFU].map(({ title, paragraphs }) => [title, ...paragraphs].join('\n')),
  };
  if (CORPUS)
    kinds.real = readFileSync(join(CORPUS, CHINESE[0]), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
      .map(({ title, text }) => `${title}\n${text}`);
  const cut = (texts) =>
    texts.map((_, at) => {
      let notice = '';
      for (let next = at; notice.length < length; next++) notice += `${texts[next % texts.length]}\n`;
      return notice.slice(0, length);
    });
  return Object.fromEntries(Object.entries(kinds).map(([kind, texts]) => [kind, cut(texts)]));
}

function realWords(folder) {
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  const clauses = CHINESE.flatMap((name) => read(name).match(/\p{Script=Han}{4,40}/gu) ?? []);
  const russian = RUSSIAN.flatMap((name) => read(name).match(/[а-яё]{3,}/giu) ?? []).map((each) => each.toLowerCase());
  return { clauses: [...new Set(clauses)], russian };
}

/** Syllables and characters drawn so that a few are frequent and most are rare, as in any language. */
function madeWords({ random, pick, between, word }) {
  const han = Array.from({ length: 3_500 }, (_, at) => String.fromCharCode(HAN[0] + at * 5));
  const skewed = (list) => list[Math.floor(random() ** 3 * list.length)];
  const clauses = Array.from({ length: 20_000 }, () =>
    Array.from({ length: between(4, 20) }, () => skewed(han)).join(''),
  );
  const syllables = Array.from(
    { length: 400 },
    () => word('бвгдзклмнпрст', 1) + word('аеиоуы', 1) + pick(['', 'н', 'т', 'с']),
  );
  const russian = Array.from({ length: 6_000 }, () =>
    Array.from({ length: between(2, 5) }, () => skewed(syllables)).join(''),
  );
  return { clauses, russian };
}
