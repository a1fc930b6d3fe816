/** Files that exhibits hold beside their pages, and which other notices hold the same bytes. */
import type { NoticeId, Presence } from '../../model/index.js';
import type { Queryable } from '../database.js';
import { insertMany } from './notices.js';

export interface FileRow {
  kind: 'attachment' | 'image';
  /** Where it was fetched from. */
  url: string;
  /** As the page calls it. */
  name?: string | undefined;
  /** Of its bytes, transfer and content encoding removed. */
  sha256: string;
  length: number;
  media: string;
  width: number | null;
  height: number | null;
}

/** A file in one notice. */
export interface HeldFile extends FileRow {
  notice: NoticeId;
  /** As `PostingRow.postedBy`. */
  source: string;
  presence: Presence;
}

export async function insertFiles(db: Queryable, exhibit: string, files: readonly FileRow[]): Promise<void> {
  const clean = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd').slice(0, 2_000);
  await insertMany(
    db,
    'file (exhibit_id, ordinal, kind, url, name, sha256, length, media, width, height)',
    ['text', 'int', 'text', 'text', 'text', 'text', 'bigint', 'text', 'bigint', 'bigint'],
    files.map((each, ordinal) => [
      exhibit,
      ordinal,
      each.kind,
      clean(each.url),
      each.name === undefined ? null : clean(each.name),
      each.sha256,
      each.length,
      clean(each.media),
      each.width,
      each.height,
    ]),
  );
}

const HELD = `f.kind, f.url, f.name, f.sha256, f.length, f.media, f.width, f.height, n.id as notice,
    coalesce(n.account_id, n.account_name, n.host) as source, n.presence
  from file f join exhibit e on e.id = f.exhibit_id join notice n on n.id = e.notice_id`;

/** Files of a notice, and the other notices that hold the same bytes; of a file that stands in more than `most` captures none. */
export async function filesHeldWith(
  db: Queryable,
  notice: string,
  most: number,
): Promise<{ own: HeldFile[]; others: HeldFile[] }> {
  const own = await db.query<HeldFile & Record<string, unknown>>(
    `select distinct on (f.sha256) ${HELD} where e.notice_id = $1 order by f.sha256, e.log_index, f.ordinal`,
    [notice],
  );
  const others = await db.query<HeldFile & Record<string, unknown>>(
    `select o.* from (select hash from unnest($2::text[]) as u(hash)
         where (select count(*) from (select 1 from file where sha256 = hash limit $3 + 1) x) <= $3) k
       cross join lateral (
         select distinct on (n.id) ${HELD} where f.sha256 = k.hash and n.id <> $1 order by n.id, e.log_index, f.ordinal) o
     order by o.sha256, o.notice`,
    [notice, own.map(({ sha256 }) => sha256), most],
  );
  return { own: own.map(named), others: others.map(named) };
}

const named = ({ name, ...row }: HeldFile & { name?: string | null | undefined }): HeldFile =>
  typeof name === 'string' ? { ...row, name } : row;
