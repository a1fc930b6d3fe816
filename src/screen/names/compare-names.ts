/** Two names held against each other without a list: the best of what each prints. */
import { type Aligned, alignNames } from './align.js';
import { partsOf } from './parts.js';
import { alternativesOf } from './tokens.js';

/** `schema` as in FollowTheMoney; a LegalEntity may be a person. */
export function compareNames(query: string, candidate: string, schema: string): Aligned {
  const kinds = schema === 'Person' ? [true] : schema === 'LegalEntity' ? [false, true] : [false];
  let best: Aligned = { score: 0, why: [] };
  for (const person of kinds) {
    for (const mine of alternativesOf(query)) {
      for (const theirs of alternativesOf(candidate)) {
        const aligned = alignNames(partsOf(mine, { person }), partsOf(theirs, { person }));
        if (aligned.score > best.score) best = aligned;
      }
    }
  }
  return best;
}
