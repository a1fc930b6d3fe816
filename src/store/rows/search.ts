/** Notices by what they say, until there is an index of words: looked through newest first, as far as a limit. */
import type { Presence } from '../../model/index.js';
import type { Queryable } from '../database.js';

export interface Wanted {
  /** Each must stand in the title or in a kept text; letters as typed, upper and lower case alike. */
  words: readonly string[];
  /** Or one of these was recognised in it: kind and id of a mention (`goods`, `drone_jammer`). */
  recognised: readonly { kind: string; ref: string }[];
  presence?: string | undefined;
  /** RFC 3339, UTC with milliseconds. */
  since?: string | undefined;
  /** Notices that are looked through. */
  among: number;
  limit: number;
}

export interface FoundNotice {
  id: string;
  title: string | null;
  url: string;
  account: string | null;
  published: string | null;
  firstSeen: string;
  presence: Presence;
}

/** Newest first; `more` when the limit left some out. */
export async function searchNotices(
  db: Queryable,
  { words, recognised, presence, since, among, limit }: Wanted,
): Promise<{ found: FoundNotice[]; more: boolean }> {
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  const rows = await db.query<Record<string, string | null>>(
    `with newest as (
       select n.* from notice n where ($1::text is null or n.presence = $1) and ($2::text is null or n.first_seen >= $2 or n.last_check >= $2)
       order by n.first_seen desc, n.id limit $3)
     select n.id, n.title, n.url, n.account_name, n.published, n.first_seen, n.presence from newest n
     where exists (
         select 1 from mention m where m.notice_id = n.id and (m.kind, m.ref) in (select * from unnest($4::text[], $5::text[])))
       or (cardinality($6::text[]) > 0 and (coalesce(n.title, '') ilike all ($6) or exists (
         select 1 from exhibit e where e.notice_id = n.id and (coalesce(n.title, '') || chr(10) || e.text) ilike all ($6))))
     order by n.first_seen desc, n.id limit $7`,
    [
      presence ?? null,
      since ?? null,
      among,
      recognised.map(({ kind }) => kind),
      recognised.map(({ ref }) => ref),
      patterns,
      limit + 1,
    ],
  );
  const found = rows.slice(0, limit).map((row) => ({
    id: row['id']!,
    title: row['title']!,
    url: row['url']!,
    account: row['account_name']!,
    published: row['published']!,
    firstSeen: row['first_seen']!,
    presence: row['presence'] as Presence,
  }));
  return { found, more: rows.length > limit };
}
