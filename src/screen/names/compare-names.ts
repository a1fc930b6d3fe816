/** Two names held against each other without a list: the best of what each prints. */
import { alignNames, reasonsOf } from './align.js';
import { partsOf } from './parts.js';
import { alternativesOf } from './tokens.js';

/** `schema` as in FollowTheMoney; a LegalEntity may be a person. */
export function compareNames(query: string, candidate: string, schema: string): { score: number; why: string[] } {
  const kinds = schema === 'Person' ? [true] : schema === 'LegalEntity' ? [false, true] : [false];
  let best: { score: number; why: string[] } = { score: 0, why: [] };
  for (const person of kinds) {
    for (const mine of alternativesOf(query)) {
      for (const theirs of alternativesOf(candidate)) {
        const aligned = alignNames(partsOf(mine, { person }), partsOf(theirs, { person }));
        if (aligned.score > best.score) best = { score: aligned.score, why: reasonsOf(aligned) };
      }
    }
  }
  return best;
}
