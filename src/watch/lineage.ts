/** The lineage of a notice of the store: who posted it first, who after, who still has it, what was changed on the way. */
import { type AlteredSide, type Lineage, type LineageEntry, type Posting, lineageOf } from '../compare/index.js';
import type { CopyRelation, NoticeId } from '../model/index.js';
import { type PostingRow, postingRows, relationsOf, textsOf } from '../store/index.js';
import { MOST_HOLDERS, furtherHolders } from './copies.js';
import type { Parts } from './parts.js';

export type NoticeLineageEntry = Omit<LineageEntry, 'source'> &
  Pick<PostingRow, 'url' | 'account' | 'postedBy' | 'title'>;

export interface NoticeLineage extends Omit<Lineage, 'entries'> {
  entries: NoticeLineageEntry[];
  coverage: Coverage;
}

/** Of a notice that was posted everywhere the entries are the nearest (`KEPT_PARTNERS`), and first poster and standing are of these. */
export interface Coverage {
  /** Notices compared, this one not counted. */
  partners: number;
  /** That share passages with what it says now, and are not among them. */
  further: number;
  /** There are more than were counted. */
  furtherIsLeast?: true;
}

/** What no page claims and no look of ours has shown stays unknown. */
export async function lineageOfNotice(parts: Parts, id: NoticeId): Promise<NoticeLineage> {
  const { database } = parts.store;
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
    coverage: await coverageOf(parts, id, relations),
    entries: lineage.entries.map(({ source: _, notice, ...entry }) => {
      const { url, account, postedBy, title } = rowOf.get(notice)!;
      return { notice, url, account, postedBy, title, ...entry };
    }),
  };
}

async function coverageOf(parts: Parts, id: NoticeId, relations: readonly CopyRelation[]): Promise<Coverage> {
  const known = relations.map(({ other }) => other);
  const further = await furtherHolders(parts, id, known);
  const isLeast = known.length + further.length >= MOST_HOLDERS;
  return { partners: known.length, further: further.length, ...(isLeast ? { furtherIsLeast: true as const } : {}) };
}

export const postingOf = ({ notice, postedBy, published, firstSeen, presence, removedAt }: PostingRow): Posting => ({
  notice,
  source: postedBy,
  ...(published === null ? {} : { published }),
  firstSeen: firstSeen,
  presence,
  ...(removedAt === null ? {} : { removedAt: removedAt }),
});
