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
  /** Of a picture: 16 lines of 16 bits, coarsely what it looks like; undefined where there is none to tell. */
  shape?: readonly number[] | undefined;
  /** Numbers of the lines by which it may be found. */
  lines?: readonly number[] | undefined;
}

/** A file in one notice. */
export interface HeldFile extends Omit<FileRow, 'shape' | 'lines'> {
  notice: NoticeId;
  /** As `PostingRow.postedBy`. */
  source: string;
  presence: Presence;
  /** SHA-256 of the picture it was found to be nearly the same as, and how many of 256 places differ. */
  like?: string;
  differs?: number;
}

export async function insertFiles(db: Queryable, exhibit: string, files: readonly FileRow[]): Promise<void> {
  const shortened = (text: string): string => text.slice(0, 2_000);
  await insertMany(
    db,
    'file (exhibit_id, ordinal, kind, url, name, sha256, length, media, width, height, shape)',
    ['text', 'int', 'text', 'text', 'text', 'text', 'bigint', 'text', 'bigint', 'bigint', 'bit(256)'],
    files.map((each, ordinal) => [
      exhibit,
      ordinal,
      each.kind,
      shortened(each.url),
      each.name === undefined ? null : shortened(each.name),
      each.sha256,
      each.length,
      shortened(each.media),
      each.width,
      each.height,
      each.shape?.map((line) => line.toString(2).padStart(16, '0')).join('') ?? null,
    ]),
  );
  const lines = files.flatMap(({ shape = [], lines: found = [] }, ordinal) =>
    found.map((place) => [(place << 16) | shape[place]!, exhibit, ordinal]),
  );
  await insertMany(db, 'shape_line (line, exhibit_id, ordinal)', ['int', 'text', 'int'], lines);
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

/**
 * Pictures of other notices that look nearly like one of a notice: at most 16 of 256 places differ, and not more than a quarter of
 * those where either gets brighter. A line that more than `most` pictures have finds none.
 */
export async function picturesLike(db: Queryable, notice: string, most: number): Promise<HeldFile[]> {
  const rows = await db.query<HeldFile & Record<string, unknown>>(
    `with own as (select distinct on (f.sha256) f.* from file f join exhibit e on e.id = f.exhibit_id
         where e.notice_id = $1 and f.shape is not null order by f.sha256, e.log_index, f.ordinal),
       line as (select distinct o.sha256, l.line from own o join shape_line l using (exhibit_id, ordinal)),
       telling as (select * from line where (select count(*) from (select 1 from shape_line s where s.line = line.line limit $2 + 1) x) <= $2),
       near as (select distinct t.sha256 as own, s.exhibit_id, s.ordinal from telling t join shape_line s on s.line = t.line)
     select distinct on (near.own, n.id) near.own as like, bit_count(own.shape # f.shape)::int as differs, ${HELD}
       join near on near.exhibit_id = f.exhibit_id and near.ordinal = f.ordinal join own on own.sha256 = near.own
     where n.id <> $1 and f.sha256 <> near.own
       and bit_count(own.shape # f.shape) <= least(16, bit_count(own.shape | f.shape) / 4)
     order by near.own, n.id, bit_count(own.shape # f.shape), e.log_index, f.ordinal`,
    [notice, most],
  );
  return rows.map(named);
}

const named = ({ name, ...row }: HeldFile & { name?: string | null | undefined }): HeldFile =>
  typeof name === 'string' ? { ...row, name } : row;
