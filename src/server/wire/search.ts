/** Text search over the entries of lists: every word of the question must stand in the entry, in the folded forms of both. */
import { foldText } from '../../screen/index.js';
import type { WireEntity } from './entities.js';

export interface SearchQuestion {
  q: string;
  schema: string;
  countries: readonly string[];
  topics: readonly string[];
  datasets: readonly string[];
  limit: number;
  offset: number;
}

/** Which schemata are kinds of another. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  LegalEntity: ['Person', 'Company', 'Organization', 'PublicBody', 'LegalEntity'],
  Organization: ['Organization', 'Company', 'PublicBody'],
};

/** Longer is no question. */
const LONGEST = 2_000;
const NAMES: readonly string[] = ['name', 'alias', 'weakAlias', 'previousName'];

export function search(entities: readonly WireEntity[], question: SearchQuestion): object {
  const words = question.q
    .slice(0, LONGEST)
    .split(/\s+/u)
    .map(foldText)
    .filter((word) => word !== '');
  const ranked = entities
    .filter((entity) => isWanted(entity, question))
    .flatMap((entity) => {
      const rank = rankOf(entity, words);
      return rank === undefined ? [] : [{ entity, rank }];
    })
    .sort((a, b) => b.rank - a.rank || (a.entity.id < b.entity.id ? -1 : 1))
    .map(({ entity }) => entity);
  const { limit, offset } = question;
  return {
    limit,
    offset,
    total: { value: ranked.length, relation: 'eq' },
    results: ranked.slice(offset, offset + limit),
    facets: facetsOf(ranked),
  };
}

function isWanted({ schema, properties, datasets }: WireEntity, question: SearchQuestion): boolean {
  // Schemata come from the question: `constructor` is none, though every object has one.
  const below = Object.hasOwn(BELOW, question.schema) ? BELOW[question.schema]! : [question.schema];
  if (question.schema !== 'Thing' && !below.includes(schema)) return false;
  const any = (wanted: readonly string[], has: readonly string[]): boolean =>
    wanted.length === 0 || wanted.some((each) => has.includes(each));
  return (
    any(question.countries, properties['country'] ?? []) &&
    any(question.topics, properties['topics'] ?? []) &&
    any(question.datasets, datasets)
  );
}

/** Words in names weigh three times those elsewhere; undefined where a word stands nowhere. */
function rankOf({ properties }: WireEntity, words: readonly string[]): number | undefined {
  const names = foldText(NAMES.flatMap((each) => properties[each] ?? []).join('\n'));
  const rest = foldText(Object.values(properties).flat().join('\n'));
  let rank = 0;
  for (const word of words) {
    if (names.includes(word)) rank += 3;
    else if (rest.includes(word)) rank += 1;
    else return undefined;
  }
  return rank;
}

const LABELS = { countries: 'Countries', topics: 'Topics', datasets: 'Data sources' } as const;

function facetsOf(entities: readonly WireEntity[]): object {
  const of: Record<keyof typeof LABELS, (entity: WireEntity) => readonly string[]> = {
    countries: ({ properties }) => properties['country'] ?? [],
    topics: ({ properties }) => properties['topics'] ?? [],
    datasets: ({ datasets }) => datasets,
  };
  return Object.fromEntries(
    (Object.keys(LABELS) as (keyof typeof LABELS)[]).map((facet) => {
      const counts = new Map<string, number>();
      for (const entity of entities)
        for (const value of of[facet](entity)) counts.set(value, (counts.get(value) ?? 0) + 1);
      const values = [...counts].map(([name, count]) => ({ name, label: labelOf(facet, name), count }));
      return [
        facet,
        { label: LABELS[facet], values: values.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)) },
      ];
    }),
  );
}

const countries = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

const labelOf = (facet: string, name: string): string =>
  facet === 'countries' && /^[a-z]{2}$/.test(name) ? (countries.of(name.toUpperCase()) ?? name) : name;
