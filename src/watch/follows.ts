/** How often one account posts what another has posted, over the whole store. */
import { type SourcePair, sourcePairs } from '../compare/index.js';
import { type ListFilter, type Queryable, copyPairs, postingRows } from '../store/index.js';
import { postingOf } from './lineage.js';

export interface FollowsRow extends SourcePair {
  type: 'follows';
  /** As the newest notice names the account; `a` and `b` are its id, else its name, else the host. */
  aName: string | null;
  bName: string | null;
}

/** Copies of the notices chosen; shares are of all notices of an account. */
export async function listFollows(db: Queryable, filter: ListFilter = {}): Promise<FollowsRow[]> {
  const [rows, relations] = await Promise.all([postingRows(db, null), copyPairs(db, filter)]);
  const names = new Map(rows.map(({ postedBy, account }) => [postedBy, account?.name ?? null]));
  return sourcePairs(rows.map(postingOf), relations).map((pair) => ({
    type: 'follows',
    aName: names.get(pair.a) ?? null,
    bName: names.get(pair.b) ?? null,
    ...pair,
  }));
}
