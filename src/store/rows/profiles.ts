/** Notices that name one thing: an organisation or person, an account, a good, a trade name. */
import type { Presence } from '../../model/index.js';
import type { Queryable } from '../database.js';

export interface NamingNotice {
  notice: string;
  title: string | null;
  language: string;
  account: string | null;
  accountId: string | null;
  published: string | null;
  firstSeen: string;
  lastSeen: string | null;
  presence: Presence;
  /** The words that name it, each form once; none where it only posted. */
  forms: string[];
  roles: string[];
}

/** Mentions by kind and id, notices by the name of their account; newest first, `most` at most. */
export async function namingNotices(
  db: Queryable,
  {
    kinds,
    ref,
    account = null,
    most,
  }: { kinds: readonly string[]; ref: string; account?: string | null; most: number },
): Promise<NamingNotice[]> {
  const rows = await db.query<Record<string, unknown>>(
    `with held as (
       select m.notice_id, array_agg(distinct m.body ->> 'text' order by m.body ->> 'text') as forms,
         array_remove(array_agg(distinct m.body ->> 'role'), null) as roles
       from mention m where m.kind = any($1::text[]) and m.ref = $2 group by 1),
     named as (
       select notice_id, forms, roles from held
       union all select n.id, '{}', '{poster}' from notice n
         where $3::text is not null and n.account_name = $3 and not exists (select 1 from held h where h.notice_id = n.id))
     select n.id, n.title, n.language, n.account_name, n.account_id, n.published, n.first_seen, n.last_seen, n.presence, d.forms, d.roles
     from named d join notice n on n.id = d.notice_id order by n.first_seen desc, n.id limit $4`,
    [kinds, ref, account, most],
  );
  return rows.map((row) => ({
    notice: row['id'] as string,
    title: row['title'] as string | null,
    language: row['language'] as string,
    account: row['account_name'] as string | null,
    accountId: row['account_id'] as string | null,
    published: row['published'] as string | null,
    firstSeen: row['first_seen'] as string,
    lastSeen: row['last_seen'] as string | null,
    presence: row['presence'] as Presence,
    forms: row['forms'] as string[],
    roles: row['roles'] as string[],
  }));
}

/** Names that accounts of these ids have carried, as their pages gave them; the newest first. */
export async function accountNames(db: Queryable, ids: readonly string[]): Promise<{ name: string; since: string; until: string }[]> {
  return db.query<{ name: string; since: string; until: string }>(
    `select e.reading #>> '{account,name}' as name, min(e.at) as since, max(e.at) as until from exhibit e join notice n on n.id = e.notice_id
     where n.account_id = any($1::text[]) and e.reading #>> '{account,name}' is not null group by 1 order by 3 desc, 1`,
    [ids],
  );
} // prettier-ignore

/** What stands around notices in a graph: organisations they name, copies, entries of lists. */
export interface Neighbour {
  notice: string;
  kind: 'organisation' | 'copy' | 'list';
  id: string;
  name: string;
}

export async function neighboursOf(db: Queryable, notices: readonly string[]): Promise<Neighbour[]> {
  return db.query<Neighbour & Record<string, unknown>>(
    `select distinct notice_id as notice, 'organisation' as kind, ref as id, body ->> 'text' as name from mention
       where notice_id = any($1::text[]) and kind = 'organisation'
     union select c.notice_id, 'copy', c.other_id, coalesce(o.account_name, o.title, o.id) from copy c join notice o on o.id = c.other_id
       where c.notice_id = any($1::text[])
     union select notice_id, 'list', (body ->> 'list') || ' ' || (body ->> 'entry'), body ->> 'name' from match where notice_id = any($1::text[])
     order by 1, 2, 3, 4`,
    [notices],
  );
}
