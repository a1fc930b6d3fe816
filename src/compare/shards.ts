/**
 * Passage indexes over parts of the documents that answer as one (facts/copies §12). Document n is held by shard n mod the number of
 * shards, where it is number n div that: a text lies with its fingerprints, an insert goes to one shard, and a question to all. As
 * each shard's answer is complete for its own documents, they are only put in order and cut.
 */
import {
  type Answer,
  type BoilerplateRange,
  type Found,
  type Inserted,
  type LookupOptions,
  type Sketched,
  mergeFound,
} from './passage-index/index.js';

/** One index, here or in another process or on another machine, with its own numbers of documents. */
export interface Shard {
  insert(of: { document: number; source: number; group: number; sketch: Sketched }): Promise<Inserted>;
  lookup(sketch: Sketched, options: LookupOptions): Promise<Answer>;
}

export interface Shards {
  /** In the order of documents at each shard; those of different shards need not wait for each other. It says what its own shard holds. */
  insert: Shard['insert'];
  /** Rejects when any shard does: without its answer the whole would look complete and not be. */
  lookup(sketch: Sketched, options?: LookupOptions): Promise<Answer>;
}

/** Sources and groups are numbers of the whole. The same shards in the same order each time. */
export function createShards(shards: readonly Shard[]): Shards {
  const count = shards.length;
  if (count === 0) throw new Error('there is no shard');
  const ofWhole = (shard: number, found: readonly Found[]): Found[] =>
    found.map((each) => ({
      ...each,
      document: each.document * count + shard,
      ...(each.via === undefined ? {} : { via: each.via * count + shard }),
    }));
  return {
    insert: async ({ document, ...of }) => {
      const at = document % count;
      const inserted = await shards[at]!.insert({ document: Math.floor(document / count), ...of });
      return { ...inserted, found: ofWhole(at, inserted.found) };
    },
    lookup: async (sketch, options = {}) => {
      const answers = await Promise.all(shards.map((shard) => shard.lookup(sketch, options)));
      const all = answers.map(({ found }, at) => ofWhole(at, found));
      const found = mergeFound(all, options.limit);
      return {
        found,
        more: answers.reduce((sum, { more }) => sum + more, 0) + all.flat().length - found.length,
        boilerplate: joined(answers.flatMap(({ boilerplate }) => boilerplate)),
      };
    },
  };
}

/** What overlaps is one formula, carried by at least as many sources as the shard knows that knows most of them. */
function joined(ranges: readonly BoilerplateRange[]): BoilerplateRange[] {
  const all: BoilerplateRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = all.at(-1);
    if (last && range.start < last.end) {
      last.end = Math.max(last.end, range.end);
      last.holders = Math.max(last.holders, range.holders);
    } else all.push({ ...range });
  }
  return all;
}
