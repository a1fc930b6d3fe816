/** English words of the catalogue for what was recognised, so that a reader need not know the language of a notice. An aid, never evidence. */
import type { Mention } from '../model/index.js';
import type { Catalogue } from '../recognise/index.js';

/** By kind and id of a mention, `goods drone_jammer`: what the catalogue calls it in English. */
export type Glosses = Readonly<Record<string, string>>;

export const glossKey = ({ kind, id }: Pick<Mention, 'kind' | 'id'>): string => `${kind} ${id}`;

/** Only what the mentions name. Codes and numbers have no gloss. */
export function glossesOf(
  mentions: readonly Pick<Mention, 'kind' | 'id'>[],
  { families, tradeNames, places }: Catalogue,
): Glosses {
  const english: Partial<Record<Mention['kind'], (id: string) => string | undefined>> = {
    goods: (id) => families.find((each) => each.id === id)?.names.en,
    tradeName: (id) => tradeNames.find((each) => each.id === id)?.name,
    place: (id) => (places.countries[id] ?? places.cities[id] ?? places.cities[id.split(':')[1] ?? ''])?.en[0],
  };
  const glosses: Record<string, string> = {};
  for (const { kind, id } of mentions) {
    const gloss = english[kind]?.(id);
    if (gloss !== undefined) glosses[glossKey({ kind, id })] = gloss;
  }
  return glosses;
}
