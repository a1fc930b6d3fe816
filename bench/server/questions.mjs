// What bench/server asks. `word`: what the peer is asked for the same; `rows`: the page of the list it is asked for.
import { below, makeRandom, pick } from '../../src/compare/testing/random.ts';
import { noticeId, seenAt } from './names.mjs';
import { PLANTED, makeTexts } from './texts.mjs';

const MANY = 400;

export function questions({ documents, seed }) {
  const random = makeRandom(seed, 900);
  const { wordOf } = makeTexts(seed);
  const some = (make) => Array.from({ length: MANY }, make);
  const search = (claim, words) => ({ claim: `search: ${claim}`, words, paths: words.map((word) => `/search?q=${encodeURIComponent(word)}`) });
  const forms = (language, least, most) => PLANTED[language].filter(([share]) => share >= least && share < most).flatMap(([, words]) => words);
  const pairs = () => pick(random, [...pool]);
  // Pairs as they stand in words of the pool: rare and common ones.
  const pool = new Set();
  for (let at = 0; at < 3_000; at++) {
    const word = wordOf('zh', at);
    for (let from = 0; from + 1 < word.length; from++) pool.add(word.slice(from, from + 2));
  }
  const place = () => `${new Date(seenAt(below(random, documents), documents)).toISOString()}~N-0`;
  const filter = () => `presence=${pick(random, ['', 'standing', 'removed', 'unreachable'])}&worth=${pick(random, ['', 'undecided', 'noise', 'matters'])}`;
  return [
    { claim: 'list: first page', paths: ['/'], list: true },
    { claim: 'list: filtered by presence and worth', paths: some(() => `/?${filter()}`), list: true },
    { claim: 'list: pages anywhere in it, filtered too', paths: some(() => `/?${filter()}&older=${encodeURIComponent(place())}&after=1000`), list: true },
    { claim: 'list: words', paths: some(() => `/?search=${encodeURIComponent(pick(random, [...PLANTED.zh, ...PLANTED.ru, ...PLANTED.en].flatMap(([, words]) => words)))}`) },
    { claim: 'notice: any', paths: some(() => `/notices/${noticeId(below(random, documents))}`), notice: true },
    search('two Chinese characters of any kind', some(pairs)),
    search('Chinese words of all shares', forms('zh', 0, 1)),
    search('inflected Russian words of all shares', forms('ru', 0, 1)),
    search('English words of all shares', forms('en', 0, 1)),
    search('words most notices of a language have', [...forms('zh', 0.4, 1), ...forms('ru', 0.4, 1), ...forms('en', 0.4, 1)]),
    search('words one notice in a thousand or fewer has', [...forms('zh', 0, 0.002), ...forms('ru', 0, 0.002), ...forms('en', 0, 0.002)]),
    search('several words', some(() => `${pick(random, forms('zh', 0, 1))} ${pairs()}`)),
  ];
} // prettier-ignore
