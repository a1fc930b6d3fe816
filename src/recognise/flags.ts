/** Red flags computable from the text alone (facts/goods §17). Each shows the words that fired it. */
import type { Flag, Mention, MentionKind } from '../model/index.js';
import type { Catalogue, FlagRule, MatchWay, TextLanguage } from './catalogue.js';
import { type FlagContext, type FlagInput, type Words, countryOf, wordsOf } from './flag-context.js';
import { COMPUTED } from './flags-computed.js';
import { type FoldedText, TermFinder } from './terms.js';

export function findFlags(input: FlagInput, catalogue: Catalogue): Flag[] {
  const of = (kind: MentionKind): readonly Mention[] => input.mentions.filter((each) => each.kind === kind);
  // Without goods these words are ordinary; a code that an entry names stands for goods.
  const byCode = input.rules.some(({ codes = [] }) => codes.length > 0);
  if (of('goods').length + of('tradeName').length === 0 && !byCode) return [];
  const words = wordsByFlag(input.given, catalogue);
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
  names.some((name) => (name.end <= start ? start - name.end : name.start - end) <= most);

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

const WAYS: Readonly<Record<TextLanguage, MatchWay>> = { zh: 'phrase', ru: 'lemma', uk: 'lemma', en: 'word' };

const finders = new WeakMap<Catalogue, TermFinder<FlagRule>>();

function finderOf(catalogue: Catalogue): TermFinder<FlagRule> {
  const known = finders.get(catalogue);
  if (known) return known;
  const made = new TermFinder(
    catalogue.flags.flatMap((of) =>
      (Object.entries(of.terms) as [TextLanguage, NonNullable<FlagRule['terms'][TextLanguage]>][]).flatMap(
        ([language, terms]) =>
          terms.map((each) => {
            const { term, match } = typeof each === 'string' ? { term: each, match: WAYS[language] } : each;
            return { term, match, language, of };
          }),
      ),
    ),
  );
  finders.set(catalogue, made);
  return made;
}

/** The words of every flag that stand in a text. A word inside a longer one of the same flag is one word. */
export function wordsByFlag(given: FoldedText, catalogue: Catalogue): Map<string, Words> {
  const hits = finderOf(catalogue).find(given);
  const found = new Map<string, Words>();
  for (const { entry, start, end } of hits.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const own = found.get(entry.of.id) ?? [];
    if (!own.some((each) => each.start <= start && each.end >= end))
      found.set(entry.of.id, [...own, { start, end, text: given.text.slice(start, end) }]);
  }
  return found;
}
