/** Red flags computable from the text alone (facts/goods §17). Each shows the words that fired it. */
import type { Account, Flag, Mention } from '../model/index.js';
import type { Catalogue } from './catalogue.js';
import type { Given } from './lexicon.js';

interface FlagInput {
  given: Given;
  account?: Account;
  goods: readonly Mention[];
  tradeNames: readonly Mention[];
  places: readonly Mention[];
}

export function findFlags(input: FlagInput, catalogue: Catalogue): Flag[] {
  const goodsOrNames = input.goods.length + input.tradeNames.length > 0;
  if (!goodsOrNames) return []; // without goods these words are ordinary
  return [
    ...wordFlags(input, catalogue),
    ...tradeNameFlag(input),
    ...goBetween(input, catalogue),
    ...families(input, catalogue),
    ...transshipment(input, catalogue),
  ];
}

const wordsOf = (mentions: readonly Mention[]): Flag['words'] =>
  mentions.map(({ start, end, text }) => ({ start, end, text }));

function wordFlags({ given }: FlagInput, catalogue: Catalogue): Flag[] {
  return catalogue.flags.flatMap((rule) => {
    const { id, title, source, least = 1 } = rule;
    const own = given.hits.flag.filter(({ of }) => of === rule);
    // A word inside a longer one of the same flag is one word.
    const words = own
      .filter(
        ({ start, end }) =>
          !own.some((each) => each.start <= start && each.end >= end && each.end - each.start > end - start),
      )
      .map(({ start, end }) => ({ start, end, text: given.text.slice(start, end) }));
    return new Set(words.map(({ text }) => text.toLowerCase())).size >= least ? [{ id, title, source, words }] : [];
  });
}

function tradeNameFlag({ tradeNames }: FlagInput): Flag[] {
  return tradeNames.length === 0
    ? []
    : [
        {
          id: 'N-05',
          title: 'Trade name known for military or dual use',
          source: 'trade-names.yaml; each name with its own source',
          words: wordsOf(tradeNames),
        },
      ];
}

function goBetween({ given: { text }, account }: FlagInput, { organisations }: Catalogue): Flag[] {
  const poster = account?.name ?? '';
  const word = organisations.goBetweens.find((each) => poster.toLowerCase().includes(each.toLowerCase()));
  if (word === undefined) return [];
  const at = text.indexOf(poster);
  const words = at >= 0 ? [{ start: at, end: at + poster.length, text: poster }] : [];
  return [
    {
      id: 'N-06',
      title: 'The poster is a go-between',
      source: 'organisations.yaml',
      words,
      detail: `account: ${poster}`,
    },
  ];
}

function families({ goods }: FlagInput, catalogue: Catalogue): Flag[] {
  const core = new Set(catalogue.families.filter(({ priority }) => priority === 'core').map(({ id }) => id));
  const hits = goods.filter(({ id }) => core.has(id));
  const ids = [...new Set(hits.map(({ id }) => id))];
  return ids.length < 3
    ? []
    : [
        {
          id: 'N-08',
          title: 'Three or more counter-drone families in one notice',
          source: 'own rule',
          words: wordsOf(hits),
          detail: ids.join(', '),
        },
      ];
}

/** The poster's own country is no flag (facts/goods §17). */
function transshipment({ places }: FlagInput, catalogue: Catalogue): Flag[] {
  const named = places.filter(({ id }) => id !== 'cn' && catalogue.places.transshipment.includes(id));
  return named.length === 0
    ? []
    : [
        {
          id: 'TS-01',
          title: 'Names a known transshipment point',
          source: 'BIS, FIN-2022-Alert003, 2022-06-28',
          words: wordsOf(named),
          detail: [...new Set(named.map(({ id }) => id))].join(', '),
        },
      ];
}
