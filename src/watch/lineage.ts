/** The lineage of a notice of the store: who posted it first, who after, who still has it, what was changed on the way. */
import { type AlteredSide, type Lineage, type LineageEntry, type Posting, lineageOf } from '../compare/index.js';
import type { NoticeId } from '../model/index.js';
import { type PostingRow, postingRows, relationsOf, textsOf } from '../store/index.js';
import type { Parts } from './parts.js';

export type NoticeLineageEntry = Omit<LineageEntry, 'source'> &
  Pick<PostingRow, 'url' | 'account' | 'postedBy' | 'title'>;

export interface NoticeLineage extends Omit<Lineage, 'entries'> {
  entries: NoticeLineageEntry[];
}

/** What no page claims and no look of ours has shown stays unknown. */
export async function lineageOfNotice(
  { store: { database } }: Pick<Parts, 'store'>,
  id: NoticeId,
): Promise<NoticeLineage> {
  const relations = await relationsOf(database, id);
  const family = [id, ...relations.map(({ other }) => other)];
  const [rows, texts] = await Promise.all([postingRows(database, family), textsOf(database, family)]);
  const sides = new Map(texts.map(({ notice, text, mentions }): [NoticeId, AlteredSide] => [notice, { text, ...(mentions && { mentions }) }])); // prettier-ignore
  const lineage = lineageOf(id, {
    postings: rows.map(postingOf),
    relations,
    sideOf: (notice) => sides.get(notice),
  });
  const rowOf = new Map(rows.map((row) => [row.notice, row]));
  return {
    ...lineage,
    entries: lineage.entries.map(({ source: _, notice, ...entry }) => {
      const { url, account, postedBy, title } = rowOf.get(notice)!;
      return { notice, url, account, postedBy, title, ...entry };
    }),
  };
}

export const postingOf = ({ notice, postedBy, published, firstSeen, presence, removedAt }: PostingRow): Posting => ({
  notice,
  source: postedBy,
  ...(published === null ? {} : { published }),
  firstSeen: firstSeen,
  presence,
  ...(removedAt === null ? {} : { removedAt: removedAt }),
});
