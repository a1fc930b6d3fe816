/** Notices by the tokens of what they say (`src/text/tokens` makes them). A token only admits a notice: whether it holds the words is read in its texts. */
import type { Presence } from '../../model/index.js';
import type { Queryable } from '../database.js';
import { type NoticeFilter, kindsOf } from './notice-pages.js';

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

/** The last of the page before. */
export interface SearchPlace {
  /** By which the page is ordered: RFC 3339, UTC with milliseconds. */
  at: string;
  id: string;
}

export interface AdmittedQuestion extends NoticeFilter {
  query: TokenQuery;
  /** RFC 3339, UTC with milliseconds. */
  since?: string | undefined;
  before?: SearchPlace | undefined;
  /** Newest first by when a notice was first seen, or by the newest thing known of it (rows/notice-pages.ts). */
  by?: 'firstSeen' | 'known';
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
 * What most notices have is looked for by walking back in time until the page is full; what few have is taken whole and sorted (facts/stack
 * §5). Left to itself the planner walks back in time also for words that hardly any notice has. Its statistics only choose the way, so an
 * estimate that is off costs time and changes no answer: a walk that found too little after so many notices is given up for the other way.
 */
const WALKED = 5_000;
/** Words that at least one notice in so many has are walked to; below that, looking into the newest hundredth is as cheap in a store of a million. */
const SPREAD = 60;

/** Notices whose tokens admit the query, newest first; `at`: when, by the order that was asked for. */
export async function admittedNotices(db: Queryable, question: AdmittedQuestion): Promise<(FoundNotice & { at: string })[]> {
  if (question.query.length === 0) return [];
  const text = queryText(question.query);
  if (await isOften(db, question)) {
    const found = await foundBy(db, text, { ...question, walk: WALKED });
    if (found.length === question.limit) return found;
  }
  const since = await hundredthBefore(db, question);
  if (since !== undefined) {
    const found = await foundBy(db, text, { ...question, from: since });
    if (found.length === question.limit) return found;
  }
  return foundBy(db, text, question);
} // prettier-ignore

/** Whether so many have it that the newest of them are near. */
async function isOften(db: Queryable, { query, limit }: AdmittedQuestion): Promise<boolean> {
  const { shares } = await statisticsOf(db);
  const any = (tokens: readonly string[], begins: boolean): number => {
    const found = begins ? [...shares].filter(([token]) => tokens.some((each) => token.startsWith(each))) : [];
    return sum(begins ? found.map(([, share]) => share) : tokens.map((token) => shares.get(token) ?? 0));
  };
  const all = (parts: TokenQuery[number]): number => Math.min(...parts.map(({ any: tokens, begins }) => any(tokens, begins)));
  return sum(query.map(all)) > Math.max(1 / SPREAD, limit / WALKED);
} // prettier-ignore

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

interface Statistics {
  /** Of the tokens that are in most notices. */
  shares: ReadonlyMap<string, number>;
  /** Times that cut the notices into hundredths, oldest first. */
  bounds: readonly string[];
}

const STATISTICS = new WeakMap<Queryable, { until: number; found: Promise<Statistics> }>();
const STATISTICS_MS = 60_000;
/** A longer page is hardly ever filled from a hundredth. */
const WINDOW_MOST = 100;

/** What the database knows of its rows without counting them; looked up now and then. Of a small or new store it knows nothing. */
function statisticsOf(db: Queryable): Promise<Statistics> {
  const held = STATISTICS.get(db);
  if (held && held.until > performance.now()) return held.found;
  const found = readStatistics(db);
  STATISTICS.set(db, { until: performance.now() + STATISTICS_MS, found });
  found.catch(() => STATISTICS.delete(db)); // whoever waits for it hears of the failure
  return found;
}

async function readStatistics(db: Queryable): Promise<Statistics> {
  const rows = await db.query<{ name: string; tokens: string[] | null; shares: number[] | null; bounds: string[] | null }>(
    `select attname as name, most_common_elems::text::text[] as tokens, most_common_elem_freqs::float8[] as shares, histogram_bounds::text::text[] as bounds
     from pg_stats where schemaname = current_schema() and tablename = 'search' and attname in ('tokens', 'first_seen')`,
  );
  const of = (wanted: string): (typeof rows)[number] | undefined => rows.find(({ name }) => name === wanted);
  const { tokens, shares } = of('tokens') ?? {};
  const bounds = of('first_seen')?.bounds ?? [];
  return { shares: new Map((tokens ?? []).map((token, at) => [token, shares![at]!])), bounds };
} // prettier-ignore

/**
 * Since when about a hundredth of the notices came that stand before the place. Words that are not rare fill a page from there, and reading
 * their other holders is what the search for them costs. Undefined where the order is another, or a filter would leave most of them out.
 */
async function hundredthBefore(db: Queryable, question: AdmittedQuestion): Promise<string | undefined> {
  if (!isPlain(question) || question.limit > WINDOW_MOST) return undefined;
  const { bounds } = await statisticsOf(db);
  const { before } = question;
  const end = before ? bounds.findIndex((bound) => bound >= before.at) : -1;
  return bounds[(end < 0 ? bounds.length : end) - 2];
}

const isPlain = ({ by = 'firstSeen', presence, worth, since }: AdmittedQuestion): boolean =>
  by === 'firstSeen' && presence === undefined && worth === undefined && since === undefined;

const HEAD = 'n.id, n.title, n.url, n.account_name, n.language, n.published, n.first_seen, n.presence';

/** Walking, the inner part gives notices in their order and ends after `walk` of them; otherwise all that hold it are sorted. */
async function foundBy(
  db: Queryable,
  text: string,
  { walk, from, ...question }: AdmittedQuestion & { walk?: number; from?: string },
): Promise<(FoundNotice & { at: string })[]> {
  const { presence, worth, since, before, by = 'firstSeen', limit } = question;
  const [at, id] = by === 'known' ? ['n.known_at', 'n.id collate "C"'] : ['n.first_seen', 'n.id'];
  const order = `order by ${at} desc, ${id}`;
  const beyond = `($5::text is null or (${at} <= $5 and (${at} < $5 or ${id} > $6)))`;
  const narrowed = `($2::text is null or n.presence = $2) and ($3::text is null or n.worth = $3)
     and ($4::text is null or n.first_seen >= $4 or n.last_check >= $4) and ${beyond}`;
  const kinds = by === 'known' ? kindsOf({ presence, worth }) : ['true'];
  const walked = kinds
    .map((kind) => `(select * from notice n where ${kind} and ${narrowed} ${order})`)
    .join(' union all ');
  const within = from === undefined ? '' : 'and first_seen >= $8 and ($5::text is null or first_seen <= $5)';
  const held = `with held as materialized (select notice_id as id, first_seen from search where tokens @@ $1::tsquery ${within})`;
  const sql =
    walk !== undefined
      ? `select ${HEAD}, ${at} as at from (select * from (${walked}) n ${order} limit ${walk}) n
         join search s on s.notice_id = n.id where s.tokens @@ $1::tsquery ${order} limit $7`
      : isPlain(question)
        ? // The time stands with the tokens: only the page is read of the notices themselves.
          `${held} select ${HEAD}, n.first_seen as at from (select * from held n where ${beyond} ${order} limit $7) s
           join notice n on n.id = s.id where $2::text is null and $3::text is null and $4::text is null ${order}`
        : `${held} select ${HEAD}, ${at} as at from held s join notice n on n.id = s.id where ${narrowed} ${order} limit $7`;
  const rows = await db.query<Record<string, string | null>>(sql, [
    ...[
      text,
      presence ?? null,
      worth ?? null,
      since ?? null,
      before?.at ?? null,
      before?.id ?? '',
      limit,
      ...(from === undefined ? [] : [from]),
    ],
  ]);
  return rows.map((row) => ({
    id: row['id']!,
    title: row['title']!,
    url: row['url']!,
    account: row['account_name']!,
    language: row['language']!,
    published: row['published']!,
    firstSeen: row['first_seen']!,
    presence: row['presence'] as Presence,
    at: row['at']!,
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
  if (notices.length === 0) return new Map();
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
  if (notices.length === 0) return [];
  return db.query<MentionedRow & Record<string, unknown>>(
    `select distinct notice_id as notice, kind, ref, body ->> 'text' as text from mention
     where notice_id = any($1::text[]) and kind = any($2::text[]) order by notice, kind, ref, text`,
    [notices, kinds],
  );
}
