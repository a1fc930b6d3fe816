/** Red flags computable from the text alone (facts/goods §17). Each shows the words that fired it. */
import type { Flag, Mention, MentionKind } from '../model/index.js';
import type { Catalogue, FlagRule } from './catalogue.js';
import { collect } from './collect.js';
import { type FlagContext, type FlagInput, type Words, countryOf, wordsOf } from './flag-context.js';
import { COMPUTED } from './flags-computed.js';
import type { Given } from './lexicon.js';
import { anyStartingIn, longest } from './mentions.js';

export function findFlags(input: FlagInput, catalogue: Catalogue): Flag[] {
  const byKind = new Map<MentionKind, Mention[]>();
  for (const each of input.mentions) collect(byKind, each.kind, each);
  const of = (kind: MentionKind): readonly Mention[] => byKind.get(kind) ?? [];
  // Without goods these words are ordinary; a code that an entry names stands for goods.
  const byCode = input.rules.some(({ codes = [] }) => codes.length > 0);
  if (of('goods').length + of('tradeName').length === 0 && !byCode) return [];
  const words = wordsByFlag(input.given);
  const context: FlagContext = { ...input, catalogue, of, wordsOf: (flag) => words.get(flag) ?? [] };
  return catalogue.flags.flatMap((rule) => {
    if (rule.claims) return [];
    const compute = COMPUTED[rule.id];
    const fired = compute ? compute(context, rule) : byWords(context, rule);
    return fired ? [flagOf(rule, fired)] : [];
  });
}

const flagOf = ({ id, title, source, added }: FlagRule, { words, detail }: Pick<Flag, 'words' | 'detail'>): Flag => ({
  ...{ id, title, source, added, words },
  ...(detail === undefined ? {} : { detail }),
});

/** Its own words, its countries, or its codes. */
function byWords(context: FlagContext, rule: FlagRule): Pick<Flag, 'words' | 'detail'> | undefined {
  if (rule.families && !context.of('goods').some(({ id }) => rule.families!.includes(id))) return undefined;
  if (rule.hs6) return byCodes(context, rule);
  if (rule.countries) {
    const named = context.of('place').filter(({ id }) => rule.countries!.includes(countryOf(id)));
    return named.length === 0 ? undefined : { words: wordsOf(named) };
  }
  const { nearTradeName, least = 1 } = rule;
  const words = context
    .wordsOf(rule.id)
    .filter((each) => nearTradeName === undefined || isNear(each, context.of('tradeName'), nearTradeName));
  return new Set(words.map(({ text }) => text.toLowerCase())).size >= least && words.length > 0 ? { words } : undefined;
}

const isNear = ({ start, end }: Words[number], names: readonly Mention[], most: number): boolean =>
  anyStartingIn(
    names,
    start - most - LONGEST_NAME,
    end + most + 1,
    (name) => (name.end <= start ? start - name.end : name.start - end) <= most,
  );

const LONGEST_NAME = 80;

/** Where a destination is stated, that; else the countries named, which is said. The poster's own country is no destination. */
function byCodes(context: FlagContext, { hs6 = [], outside }: FlagRule): Pick<Flag, 'words' | 'detail'> | undefined {
  const codes = context.of('code').filter(({ id }) => id.startsWith('hs:') && hs6.includes(id.slice(3, 9)));
  if (codes.length === 0) return undefined;
  if (!outside) return { words: wordsOf(codes) };
  const places = context.of('place');
  const stated = places.filter(({ role }) => role === 'destination');
  const named = (stated.length > 0 ? stated : places).filter(
    ({ id, role }) => !outside.includes(countryOf(id)) && (role === 'destination' || countryOf(id) !== 'cn'),
  );
  if (named.length === 0) return undefined;
  const countries = [...new Set(named.map(({ id }) => countryOf(id)))].join(', ');
  const detail = stated.length > 0 ? `destination: ${countries}` : `no destination is stated; named: ${countries}`;
  return { words: wordsOf([...codes, ...named]), detail };
}

/** The words of every flag that stand in a text. A word inside a longer one of the same flag is one word. */
export function wordsByFlag({ text, hits }: Given): Map<string, Words> {
  const byFlag = new Map<string, { start: number; end: number }[]>();
  for (const { start, end, of } of hits.flag) collect(byFlag, of.id, { start, end });
  return new Map(
    [...byFlag].map(([id, spans]) => [
      id,
      longest(spans).map(({ start, end }) => ({ start, end, text: text.slice(start, end) })),
    ]),
  );
}
