/** What the screen of copies is made of: all of it read, nothing decided here. */
import type { CopyRelation, NoticeId } from '../../model/index.js';
import { type FullNotice, type Parts, formulaeOf, fullNotice, furtherHolders, lineageOfNotice, translationsOfNotice } from '../../watch/index.js'; // prettier-ignore
import type { Formula, MayBeTranslation, NoticeLineage, TextRelation } from '../../watch/index.js';
import { type PostingRow, lastChecks, postingRows, textsOf } from '../../store/index.js';

export interface CopiesView {
  notice: FullNotice;
  /** From this notice's side, the most shared first; those of formulae alone last. */
  relations: readonly CopyRelation[];
  lineage: NoticeLineage;
  formulae: ReadonlyMap<string, readonly Formula[]>;
  /** Undefined: not looked for in so large a store. */
  translations: readonly MayBeTranslation[] | undefined;
  /** Hold passages too, and are not among the nearest whose texts are held side by side. */
  further: readonly TextRelation[];
  heads: ReadonlyMap<string, PostingRow>;
  /** What each says now. */
  texts: ReadonlyMap<string, string>;
  /** When each was last looked at; null for one that never was. */
  checked: ReadonlyMap<string, string | null>;
}

export async function copiesView(parts: Parts, id: NoticeId): Promise<CopiesView> {
  const { database } = parts.store;
  const notice = (await fullNotice(database, id))!;
  const relations = [...notice.passages].sort(nearestFirst);
  const partners = relations.map(({ other }) => other);
  const further = await furtherHolders(parts, id, partners);
  const known = [...partners, ...further.map(({ other }) => other)];
  const [lineage, formulae, translations] = await Promise.all([
    lineageOfNotice(parts, id),
    formulaeOf(parts, id),
    translationsOfNotice(parts, id, { exclude: known }),
  ]);
  const named = [
    ...new Set<string>([
      id,
      ...known,
      ...(translations ?? []).map(({ other }) => other),
      ...notice.sameFiles.map(({ other }) => other),
      ...(notice.project?.notices ?? []).map((each) => each.notice),
    ]),
  ];
  const [rows, texts, checked] = await Promise.all([
    postingRows(database, named),
    textsOf(database, [id, ...partners]),
    lastChecks(database, named),
  ]);
  return {
    ...{ notice, relations, lineage, formulae, translations, further, checked },
    heads: new Map(rows.map((row) => [row.notice as string, row])),
    texts: new Map(texts.map((each) => [each.notice as string, each.text])),
  };
}

function nearestFirst(a: CopyRelation, b: CopyRelation): number {
  const formula = Number(a.isFormulaOnly ?? false) - Number(b.isFormulaOnly ?? false);
  return formula || b.sharedOfThis - a.sharedOfThis || (a.other < b.other ? -1 : 1);
}

/** Whether it is one of two words: `copy` and `declared-repost` are copies, the third only shares passages. */
export const isCopy = ({ relation }: Pick<CopyRelation, 'relation'>): boolean => relation !== 'shared-passage';
