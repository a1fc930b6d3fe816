/** Countries and cities, with the role the text gives them. */
import type { Mention } from '../model/index.js';
import type { Given } from './lexicon.js';
import { longest, mention } from './mentions.js';
import { type Roles, roleAt } from './roles.js';

const DESTINATION: ReadonlySet<string> = new Set(['destination']);

export function findPlaces({ text, hits }: Given, roles: Roles): Mention[] {
  const none = new Set(hits.word.filter(({ of }) => of.use === 'no-place').flatMap(positions));
  const places = longest(hits.place).filter(({ start }) => !none.has(start));
  return places.map(({ start, end, of }) => ({
    ...mention('place', of.id, text, start, end - start),
    ...roleAt(roles, start, DESTINATION),
  }));
}

const positions = ({ start, end }: { start: number; end: number }): number[] =>
  Array.from({ length: end - start }, (_, at) => start + at);
