/** Notices by the tokens of what they say (`src/text/tokens` makes them). A token only admits a notice: whether it holds the words is read in its texts. */
import type { Presence } from '../../model/index.js';
import type { Queryable } from '../database.js';

export interface SearchRow {
  id: string;
  firstSeen: string;
  tokens: readonly string[];
}

/** Written only where something changed: an index of tokens is slow to write, and a notice is made anew at every look. */
export async function saveSearchRow(db: Queryable, { id, firstSeen, tokens }: SearchRow): Promise<void> {
  await db.query(
    `insert into search as held (notice_id, first_seen, tokens) values ($1, $2, array_to_tsvector($3::text[]))
     on conflict (notice_id) do update set first_seen = excluded.first_seen, tokens = excluded.tokens
     where (held.first_seen, held.tokens) is distinct from (excluded.first_seen, excluded.tokens)`,
    [id, firstSeen, tokens],
  );
}

/** What tokens are asked for: any of the alternatives, each of which is all of its parts, each of which is any of its tokens. */
export type TokenQuery = readonly (readonly { any: readonly string[]; begins: boolean }[])[];

function queryText(query: TokenQuery): string {
  const one = (token: string, begins: boolean): string =>
    `'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'${begins ? ':*' : ''}`;
  const all = (parts: TokenQuery[number]): string =>
    parts.map(({ any, begins }) => `(${any.map((token) => one(token, begins)).join('|')})`).join('&');
  return query.map((parts) => `(${all(parts)})`).join('|');
}

/** The newest of one page and the last of the page before. */
export interface SearchPlace {
  firstSeen: string;
  id: string;
}

export interface AdmittedQuestion {
  query: TokenQuery;
  presence?: string | undefined;
  /** RFC 3339, UTC with milliseconds. */
  since?: string | undefined;
  before?: SearchPlace | undefined;
  limit: number;
}

export interface FoundNotice {
  id: string;
  title: string | null;
  url: string;
  account: string | null;
  language: string;
  published: string | null;
  firstSeen: string;
  presence: Presence;
}

/**
 * Past so many the newest are looked for by walking back in time, below it all are taken and sorted (facts/stack §5): left to itself, the
 * planner walks back in time also for words that hardly any notice has.
 */
const MANY = 4_000;

/** Notices whose tokens admit the query, newest first. */
export async function admittedNotices(db: Queryable, question: AdmittedQuestion): Promise<FoundNotice[]> {
  const { query, presence = null, since = null, before, limit } = question;
  if (query.length === 0) return [];
  const text = queryText(query);
  const [count] = await db.query<{ many: number }>(
    'select count(*) as many from (select 1 from search where tokens @@ $1::tsquery limit $2) held',
    [text, MANY],
  );
  const isMany = (count?.many ?? 0) >= MANY;
  const columns =
    'n.id, n.title, n.url, n.account_name, n.language, n.published, s.first_seen, n.presence from search s join notice n on n.id = s.notice_id';
  const narrowed = `($2::text is null or n.presence = $2) and ($3::text is null or n.first_seen >= $3 or n.last_check >= $3)
     and ($4::text is null or s.first_seen < $4 or (s.first_seen = $4 and s.notice_id > $5))`;
  const values = [text, presence, since, before?.firstSeen ?? null, before?.id ?? '', limit];
  const rows = await db.query<Record<string, string | null>>(
    isMany
      ? `select ${columns} where s.tokens @@ $1::tsquery and ${narrowed} order by s.first_seen desc, s.notice_id limit $6`
      : `with held as materialized (select notice_id, first_seen from search where tokens @@ $1::tsquery)
         select ${columns.replace('from search s', 'from held s')} where ${narrowed} order by s.first_seen desc, s.notice_id limit $6`,
    values,
  );
  return rows.map((row) => ({
    id: row['id']!,
    title: row['title']!,
    url: row['url']!,
    account: row['account_name']!,
    language: row['language']!,
    published: row['published']!,
    firstSeen: row['first_seen']!,
    presence: row['presence'] as Presence,
  }));
}

export interface SearchedText {
  exhibit: string;
  at: string;
  title: string | null;
  text: string;
  account: string | null;
}

/** The different texts of each notice, newest first. */
export async function searchedTexts(db: Queryable, notices: readonly string[]): Promise<Map<string, SearchedText[]>> {
  const rows = await db.query<Record<string, string | null>>(
    `select * from (
       select distinct on (notice_id, md5(text), reading ->> 'title') notice_id, id, at, log_index, reading ->> 'title' as title, text, reading #>> '{account,name}' as account
       from exhibit where notice_id = any($1::text[]) and reading #>> '{verdict,class}' = 'live'
       order by notice_id, md5(text), reading ->> 'title', log_index) one
     order by notice_id, log_index desc`,
    [notices],
  );
  const found = new Map<string, SearchedText[]>();
  for (const row of rows) {
    const { notice_id: notice, id, at, title, text, account } = row;
    const held = found.get(notice!) ?? [];
    held.push({ exhibit: id!, at: at!, title: title!, text: text!, account: account! });
    found.set(notice!, held);
  }
  return found;
}

export interface MentionedRow {
  notice: string;
  kind: string;
  ref: string;
  text: string;
}

/** What was recognised in each, every form once. */
export async function mentionedIn(
  db: Queryable,
  { notices, kinds }: { notices: readonly string[]; kinds: readonly string[] },
): Promise<MentionedRow[]> {
  return db.query<MentionedRow & Record<string, unknown>>(
    `select distinct notice_id as notice, kind, ref, body ->> 'text' as text from mention
     where notice_id = any($1::text[]) and kind = any($2::text[]) order by notice, kind, ref, text`,
    [notices, kinds],
  );
}
