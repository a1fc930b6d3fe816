/** One query of a client into what the screener is asked, and its answer into scored entities. */
import { z } from '@hono/zod-openapi';
import type { Day, Match, ScreeningQuery } from '../../model/index.js';
import { countryCode } from '../../screen/index.js';
import { type Dataset, entityOn } from './datasets.js';
import { ASKED_BY, type WireEntity } from './entities.js';
import { WireError } from './errors.js';

const Value = z.union([z.string(), z.number(), z.boolean()]);
export const Example = z.object({
  id: z.string().nullish(),
  schema: z.string(),
  properties: z.record(z.string(), z.union([Value, z.array(Value), z.null()])).default({}),
});
export type Example = z.infer<typeof Example>;

/** Of the model of FollowTheMoney what may be matched, and what kind it is to us. */
const SCHEMATA: Readonly<Record<string, ScreeningQuery['schema'] | 'any'>> = {
  ...{ Person: 'Person', Company: 'Company', Organization: 'LegalEntity', PublicBody: 'LegalEntity' },
  ...{ LegalEntity: 'LegalEntity', Vessel: 'any', Airplane: 'any', Thing: 'any', Security: 'any', CryptoWallet: 'any' },
  ...{ Address: 'any', BankAccount: 'any', Position: 'any', UserAccount: 'any' },
};
export const matchable = (schema: string): boolean => Object.hasOwn(SCHEMATA, schema);

const NAMES = ['name', 'alias', 'previousName'];
const COUNTRIES = ['country', 'jurisdiction', 'mainCountry', 'nationality', 'citizenship', 'birthCountry', 'flag'];
/** Longer is no name; what is beyond is not compared (facts/screening §13). */
const LONGEST = 2_000;
const MOST_NAMES = 50;

/** Values as strings; country names as codes; nothing of what is not known. */
export function cleaned({ properties }: Example): Record<string, string[]> {
  const clean: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(properties)) {
    const values = [value ?? []].flat().map((each) => String(each).trim().slice(0, LONGEST));
    const kept = values.filter((each) => each !== '').slice(0, MOST_NAMES);
    if (kept.length > 0) clean[name] = COUNTRIES.includes(name) ? kept.map((each) => codeOf(each)) : kept;
  }
  return clean;
}

const codeOf = (country: string): string =>
  /^[a-z]{2}$/i.test(country) ? country.toLowerCase() : (countryCode(country) ?? country);

export function questionOf(schema: string, properties: Record<string, string[]>): ScreeningQuery {
  const kind = SCHEMATA[schema];
  if (kind === undefined) throw new WireError(400, `Non-matchable schema: ${schema}`);
  const [name = '', ...aliases] = NAMES.flatMap((each) => properties[each] ?? []);
  const given = [properties['firstName'], properties['fatherName'], properties['lastName']].flatMap(
    (each) => each?.[0] ?? [],
  );
  const identifiers = Object.entries(ASKED_BY).flatMap(([property, type]) =>
    (properties[property] ?? []).map((value) => ({ type, value })),
  );
  const countries = COUNTRIES.flatMap((each) => properties[each] ?? []).filter((each) => /^[a-z]{2}$/.test(each));
  return {
    name: name === '' ? given.join(' ') : name,
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(identifiers.length === 0 ? {} : { identifiers }),
    ...(countries.length === 0 ? {} : { countries: [...new Set(countries)] }),
    ...(kind === 'any' ? {} : { schema: kind }),
  };
}

export interface ScoredEntity extends WireEntity {
  score: number;
  match: boolean;
  /** Ours: what "listed on that day" rests on. */
  basis: Match['basis'];
  listed_on?: string;
  explanations: Record<
    string,
    { score: number; detail: string | null; query: string | null; candidate: string | null }
  >;
}

export interface Answer {
  results: ScoredEntity[];
  /** Entries that are not listed under the name, but in whose listing it stands. */
  mentions: ScoredEntity[];
  lists: { list: string; version: string; publishedAt: string; note?: string }[];
}

export interface Asked {
  dataset: Dataset;
  on: Day;
  threshold: number;
  limit: number;
}

export function answer(query: ScreeningQuery, { dataset, on, threshold, limit }: Asked): Answer {
  const { matches, lists } = dataset.listed.screener.screen(query, on, dataset.lists);
  const scored = matches.flatMap((match) => {
    const entity = entityOn(dataset.listed, match, on);
    return entity ? [{ match, entity: scoredEntity(match, entity, { threshold, asked: query.name }) }] : [];
  });
  const of = (kind: Match['class']): ScoredEntity[] =>
    scored
      .filter(({ match }) => match.class === kind)
      .map(({ entity }) => entity)
      .slice(0, limit);
  return { results: of('listed'), mentions: of('named-in-listing'), lists };
}

/** The field's clients sort by one number: the better of the two, which stand apart beside it. */
function scoredEntity(
  { class: kind, nameEvidence, ofacScore, corroboration, matchedName, why, basis, listedOn }: Match,
  entity: WireEntity,
  { threshold, asked }: { threshold: number; asked: string },
): ScoredEntity {
  const score = Math.max(nameEvidence, corroboration);
  return {
    ...entity,
    score,
    match: kind === 'listed' && score >= threshold,
    basis,
    ...(listedOn === undefined ? {} : { listed_on: listedOn }),
    explanations: {
      name_evidence: { score: nameEvidence, detail: why.join('; '), query: asked, candidate: matchedName },
      corroboration: { score: corroboration, detail: null, query: null, candidate: null },
      ...(ofacScore === undefined
        ? {}
        : { ofac_score: { score: ofacScore / 100, detail: null, query: asked, candidate: matchedName } }),
    },
  };
}
