/** Texts as the passage index numbers them, and what each shares with those that were held when it came. */
import type { CopyRelation, NoticeId } from '../../model/index.js';
import type { Queryable } from '../database.js';
import { insertMany } from './notices.js';
import { storable } from './seen.js';

export interface DocumentRow {
  /** In the order of the log, without gaps. */
  number: number;
  exhibitId: string;
  /** SHA-256 of the text. */
  textHash: string;
  /** Of the account, or of the host where none is named. */
  source: number;
  /** The first document of the same notice. */
  first: number;
}

type CopyKind = CopyRelation['relation'];

/** What was found when the later of two came in; `this` is the later one. */
export interface SharedRow {
  other: number;
  body: SharedBody;
}

export interface SharedBody {
  relation: CopyKind;
  relationOfOther: CopyKind;
  /** Shares of letters and digits, formulae among them. */
  sharedOfThis: number;
  sharedOfOther: number;
  /** Triples of place in this text, place in the other, length, in folded units. */
  runs: number[];
  /** Formulae among it, in this text's folded units, and how many otherwise different sources carry each. */
  formulae?: { start: number; end: number; sources: number }[];
  /** Nothing else is shared. */
  isFormulaOnly?: true;
}

export async function documentCount(db: Queryable): Promise<number> {
  const [row] = await db.query<{ count: number }>('select coalesce(max(number) + 1, 0) as count from document');
  return row!.count;
}

/** With their texts, in order. */
export async function documentsFrom(
  db: Queryable,
  from: number,
  limit: number,
): Promise<(DocumentRow & { text: string })[]> {
  const rows = await db.query<DocumentRow & { text: string } & Record<string, unknown>>(
    `select d.number, d.exhibit_id as "exhibitId", d.text_hash as "textHash", d.source::float8 as source,
       d.own_first as first, e.text
     from document d join exhibit e on e.id = d.exhibit_id where d.number >= $1 order by d.number limit $2`,
    [from, limit],
  );
  return rows;
}

/** The same without their texts. */
export async function documentHeads(db: Queryable, from: number, limit: number): Promise<DocumentRow[]> {
  return db.query<DocumentRow & Record<string, unknown>>(
    `select number, exhibit_id as "exhibitId", text_hash as "textHash", source::float8 as source, own_first as first
     from document where number >= $1 order by number limit $2`,
    [from, limit],
  );
}

/** Documents of a notice, in order. */
export async function documentsOf(
  db: Queryable,
  notice: NoticeId,
): Promise<Pick<DocumentRow, 'number' | 'textHash'>[]> {
  return db.query<Pick<DocumentRow, 'number' | 'textHash'> & Record<string, unknown>>(
    `select d.number, d.text_hash as "textHash" from document d join exhibit e on e.id = d.exhibit_id
     where e.notice_id = $1 order by d.number`,
    [notice],
  );
}

/** The notices that documents are of now. */
export async function noticesOfDocuments(
  db: Queryable,
  numbers: readonly number[],
): Promise<Map<number, { notice: NoticeId; exhibit: string; textHash: string }>> {
  if (numbers.length === 0) return new Map();
  const rows = await db.query<{ number: number; notice: NoticeId; exhibit: string; textHash: string }>(
    `select d.number, e.notice_id as notice, e.id as exhibit, d.text_hash as "textHash"
     from document d join exhibit e on e.id = d.exhibit_id where d.number = any($1::int[])`,
    [numbers],
  );
  return new Map(rows.map(({ number, ...row }) => [number, row]));
}

export async function insertDocument(db: Queryable, row: DocumentRow, shared: readonly SharedRow[]): Promise<void> {
  await db.query('insert into document values ($1, $2, $3, $4, $5)', [
    row.number,
    row.exhibitId,
    row.textHash,
    row.source,
    row.first,
  ]);
  await insertMany(
    db,
    'shared (document, other, body)',
    ['int', 'int', 'jsonb'],
    shared.map(({ other, body }) => [row.number, other, storable(body)]),
  );
}

/** All that shares something with a document, earlier or later; `isLater` when it is the later of the two. */
export async function sharedWith(
  db: Queryable,
  document: number,
): Promise<{ other: number; isLater: boolean; body: SharedBody }[]> {
  const rows = await db.query<{ document: number; other: number; body: SharedBody }>(
    'select * from shared where document = $1 or other = $1 order by document, other',
    [document],
  );
  return rows.map((row) =>
    row.document === document
      ? { other: row.other, isLater: true, body: row.body }
      : { other: row.document, isLater: false, body: row.body },
  );
}

/** Whether what was made was made by tables that told less. */
export async function mustRemake(db: Queryable): Promise<boolean> {
  return (await db.query("select 1 from meta where name = 'remake'")).length > 0;
}
