/** The documents of the public interface (DESIGN §4), read from made rows. Order is always total, so output never depends on the engine. */
import type {
  CaseRecord,
  Change,
  ClaimRecord,
  CopyRelation,
  ExhibitRecord,
  Flag,
  Mention,
  Presence,
  PresenceVerdict,
  Recognition,
  Removal,
  RuleFinding,
  StatementRecord,
} from '../../model/index.js';
import { idFromHash, type CaseId } from '../../model/index.js';
import type { Queryable } from '../database.js';
import { type ExhibitRow, type MatchRow, exhibitRow } from './notices.js';

export interface ListFilter {
  since?: string;
  source?: string;
  presence?: string;
  notice?: string;
  /** So many at most, and how many to leave out before them; without it all. */
  limit?: number;
  skip?: number;
}

export interface NoticeDocument {
  type: 'notice';
  id: string;
  url: string;
  source: string | null;
  account: { id: string | null; name: string | null } | null;
  title: string | null;
  language: string;
  documentKind: string | null;
  published: string | null;
  firstSeen: string;
  lastSeen: string | null;
  presence: Presence;
  removal?: Removal;
  movedTo?: string;
  revisions: number;
  nextCheck: string | null;
  exhibits: string[];
  copies: { notice: string; relation: string; sharedOfThis: number; sharedOfOther: number; presence: Presence }[];
  mentions: (Mention & { revision: number })[];
  matches: MatchRow[];
  flags: Flag[];
}

export interface HeadRow {
  id: string;
  url: string;
  key: string;
  source_id: string | null;
  account_id: string | null;
  account_name: string | null;
  title: string | null;
  language: string;
  document_kind: string | null;
  published: string | null;
  first_seen: string;
  last_seen: string | null;
  presence: Presence;
  removal: Removal | null;
  moved_to: string | null;
  confirm_after: string | null;
  reasons: PresenceVerdict['reasons'];
  revisions: number;
  next_check: string | null;
  last_check: string | null;
}

/** Over `notice n`, with the values of `selection`. */
export const SELECTION = `($1::text is null or n.first_seen >= $1 or n.last_check >= $1) and ($2::text is null or n.source_id = $2)
  and ($3::text is null or n.presence = $3) and ($4::text is null or n.id = $4)`;

/** After an order that is total, with the values of `pageOf`. */
const PAGE = 'limit $5 offset $6';

export function selection({ since, source, presence, notice }: ListFilter): (string | null)[] {
  return [since ?? null, source ?? null, presence ?? null, notice ?? null];
}

const pageOf = (filter: ListFilter): (string | number | null)[] => [
  ...selection(filter),
  filter.limit ?? null,
  filter.skip ?? 0,
];

export async function listNotices(db: Queryable, filter: ListFilter = {}): Promise<NoticeDocument[]> {
  const heads = await db.query<HeadRow & Record<string, unknown>>(
    `select n.*, s.next_check from notice n left join schedule s on s.id = n.id where ${SELECTION} order by n.first_seen, n.id ${PAGE}`,
    pageOf(filter),
  );
  const found: NoticeDocument[] = [];
  for (let at = 0; at < heads.length; at += BATCH)
    found.push(...(await noticeDocuments(db, heads.slice(at, at + BATCH))));
  return found;
}

/** Documents that are made together: what belongs to them is asked for once. */
const BATCH = 500;

/** All that fit, in the order of `listNotices`, a batch at a time: a store may hold more than memory does. */
export async function* eachNotice(
  db: Queryable,
  filter: Omit<ListFilter, 'limit' | 'skip'> = {},
): AsyncGenerator<NoticeDocument[]> {
  let [at, id] = ['', ''];
  for (;;) {
    const heads = await db.query<HeadRow & Record<string, unknown>>(
      `select n.*, s.next_check from notice n left join schedule s on s.id = n.id
       where ${SELECTION} and (n.first_seen, n.id) > ($5, $6) order by n.first_seen, n.id limit ${BATCH}`,
      [...selection(filter), at, id],
    );
    if (heads.length > 0) yield noticeDocuments(db, heads);
    if (heads.length < BATCH) return;
    ({ first_seen: at, id } = heads.at(-1)!);
  }
}

/** What stands in other tables of each, in one statement: asking several times is what a page of one notice costs most. */
const BELONGING = `select n.id as notice_id,
    array(select e.id from exhibit e where e.notice_id = n.id order by e.at, e.log_index) as exhibits,
    (select json_agg(json_build_array(m.revision, m.body) order by m.revision, m.ordinal) from mention m where m.notice_id = n.id) as mentions,
    (select json_agg(m.body order by m.ordinal) from match m where m.notice_id = n.id) as matches,
    (select json_agg(f.body order by f.ordinal) from flag f where f.notice_id = n.id) as flags,
    (select json_agg(json_build_array(c.body, o.presence) order by c.other_id) from copy c join notice o on o.id = c.other_id
      where c.notice_id = n.id) as copies
  from unnest($1::text[]) as n (id)`;

interface Belonging extends Record<string, unknown> {
  notice_id: string;
  exhibits: string[];
  mentions: [revision: number, body: Mention][] | null;
  matches: MatchRow[] | null;
  flags: Flag[] | null;
  copies: [body: CopyRelation, presence: Presence][] | null;
}

async function noticeDocuments(db: Queryable, heads: readonly HeadRow[]): Promise<NoticeDocument[]> {
  const ids = heads.map(({ id }) => id);
  const [rows, elsewhere] = [await db.query<Belonging>(BELONGING, [ids]), await postedElsewhere(db, ids)];
  const [belonging, flagged] = [byNotice(rows), byNotice(elsewhere.map((each) => ({ notice_id: each.notice, ...each })))];
  return heads.map((head) => {
    const [{ exhibits, mentions, matches, flags, copies }] = belonging.get(head.id) as [Belonging];
    return {
      ...documentHead(head),
      exhibits,
      copies: (copies ?? []).map(([{ other, relation, sharedOfThis, sharedOfOther }, presence]) => ({
        ...{ notice: other, relation, sharedOfThis, sharedOfOther, presence },
      })),
      mentions: (mentions ?? []).map(([revision, body]) => ({ ...body, revision })),
      matches: matches ?? [],
      flags: [...(flags ?? []), ...(flagged.get(head.id) ?? []).map(({ flag }) => flag)],
    };
  });
} // prettier-ignore

/** In the order they have. */
export function byNotice<Row extends { notice_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const held = found.get(row.notice_id);
    if (held) held.push(row);
    else found.set(row.notice_id, [row]);
  }
  return found;
}

function documentHead(head: HeadRow): Omit<NoticeDocument, 'exhibits' | 'copies' | 'mentions' | 'matches' | 'flags'> {
  return {
    type: 'notice',
    id: head.id,
    url: head.url,
    source: head.source_id,
    account:
      head.account_id === null && head.account_name === null ? null : { id: head.account_id, name: head.account_name },
    title: head.title,
    language: head.language,
    documentKind: head.document_kind,
    published: head.published,
    firstSeen: head.first_seen,
    lastSeen: head.last_seen,
    presence: head.presence,
    ...(head.removal ? { removal: head.removal } : {}),
    ...(head.moved_to === null ? {} : { movedTo: head.moved_to }),
    revisions: head.revisions,
    nextCheck: head.next_check,
  };
}

/**
 * N-13, the same text posted by another body, and N-02, a copy that stands while this one is gone (facts/goods §17). Asked when
 * somebody looks: copies come and go without the notice itself being made again.
 */
async function postedElsewhere(
  db: Queryable,
  notices: readonly string[] | null,
): Promise<{ notice: string; flag: Flag }[]> {
  const rows = await db.query<{
    notice_id: string;
    presence: Presence;
    others: string[];
    standing: string[] | null;
    first: CopyRelation;
  }>(
    `select c.notice_id, n.presence, array_agg(c.other_id order by c.other_id) as others,
       array_agg(c.other_id order by c.other_id) filter (where o.presence = 'standing') as standing,
       (array_agg(c.body order by c.other_id))[1] as first
     from copy c join notice n on n.id = c.notice_id join notice o on o.id = c.other_id
     where c.body ->> 'relation' <> 'shared-passage' and ($1::text[] is null or c.notice_id = any($1)) group by c.notice_id, n.presence`,
    [notices],
  );
  return rows.flatMap(({ notice_id, presence, others, standing, first }) => {
    const [passage] = first.passages;
    const words = passage ? [{ start: passage.thisStart, end: passage.thisEnd, text: first.firstWords.ofThis }] : [];
    const source = 'own rule, shared passages (facts/goods §17)';
    const of = (id: string, title: string, which: readonly string[]): { notice: string; flag: Flag } => ({
      notice: notice_id,
      flag: { id, title, source, added: id === 'N-13' ? '2026-11-24' : '2026-11-27', words, detail: which.join(', ') },
    });
    return [
      of('N-13', 'The same text was posted elsewhere too', others),
      ...(presence === 'removed' && standing !== null
        ? [of('N-02', 'Removed here, the same text still stands elsewhere', standing)]
        : []),
    ];
  });
}

/** One notice with everything `show` prints: reasons, revisions, rules, observations. Accepts a unique beginning of its id. */
export interface NoticeDetail extends NoticeDocument {
  key: string;
  why: PresenceVerdict['reasons'];
  confirmAfter: string | null;
  revisionList: { revision: number; exhibit: string; at: string; recognition: Recognition }[];
  rules: RuleFinding[];
  observations: { id: string; at: string; class: string; rule: string; logIndex: number; exhibit: string | null }[];
  exhibitList: {
    id: string;
    at: string;
    logIndex: number;
    status: number;
    warc: string;
    class: string;
    title: string | null;
  }[];
  changes: (Change & { revision: number; at: string })[];
  passages: CopyRelation[];
}

export async function showNotice(db: Queryable, id: string): Promise<NoticeDetail | undefined> {
  return (await noticeAndExhibits(db, id))?.notice;
}

/** The same, with its exhibits whole, which are read for it anyway. */
export async function noticeAndExhibits(
  db: Queryable,
  id: string,
): Promise<{ notice: NoticeDetail; exhibits: ExhibitRow[] } | undefined> {
  const [head] = await db.query<HeadRow & Record<string, unknown>>(
    'select n.*, s.next_check from notice n left join schedule s on s.id = n.id where n.id = $1',
    [id],
  );
  if (!head) return undefined;
  const [document] = (await noticeDocuments(db, [head])) as [NoticeDocument];
  const revisions = await db.query<{ revision: number; exhibit_id: string; at: string; recognition: Recognition }>(
    'select * from revision where notice_id = $1 order by revision',
    [id],
  );
  const observations = await db.query<{
    id: string;
    at: string;
    class: string;
    log_index: number;
    body: { exhibit?: string };
    verdict: { rule: string };
  }>('select id, at, class, log_index, body, verdict from observation where notice_id = $1 order by at, log_index', [
    id,
  ]);
  const exhibits = await exhibitsOf(db, id);
  const byHash = new Map(exhibits.map((each) => [each.hash, each.id]));
  const passages = await db.query<{ body: CopyRelation }>(
    'select body from copy where notice_id = $1 order by other_id',
    [id],
  );
  const notice: NoticeDetail = {
    ...document,
    key: head.key,
    why: head.reasons,
    confirmAfter: head.confirm_after,
    revisionList: revisions.map((each) => ({
      revision: each.revision,
      exhibit: each.exhibit_id,
      at: each.at,
      recognition: each.recognition,
    })),
    rules: revisions.at(-1)?.recognition.rules ?? [],
    observations: observations.map((each) => ({
      id: each.id,
      at: each.at,
      class: each.class,
      rule: each.verdict.rule,
      logIndex: each.log_index,
      exhibit:
        each.body.exhibit === undefined ? null : (byHash.get(each.body.exhibit) ?? idFromHash('E', each.body.exhibit)),
    })),
    exhibitList: exhibits.map((each) => ({
      id: each.id,
      at: each.at,
      logIndex: each.logIndex,
      status: each.record.status,
      warc: each.record.warc.sha256,
      // Bytes that were handed in are no look at the page, whatever they show.
      class: each.record.imported ? 'imported' : each.reading.verdict.class,
      title: each.reading.title ?? null,
    })),
    changes: await listChanges(db, { notice: id }),
    passages: passages.map(({ body }) => body),
  };
  return { notice, exhibits };
}

export async function exhibitsOf(db: Queryable, notice: string): Promise<ExhibitRow[]> {
  const rows = await db.query<Record<string, unknown>>(
    'select * from exhibit where notice_id = $1 order by at, log_index',
    [notice],
  );
  return rows.map(exhibitRow);
}

export async function findExhibit(db: Queryable, id: string): Promise<ExhibitRow | undefined> {
  const [row] = await db.query<Record<string, unknown>>('select * from exhibit where id = $1', [id]);
  return row && exhibitRow(row);
}

export async function listChanges(
  db: Queryable,
  filter: ListFilter = {},
): Promise<(Change & { type: 'change'; notice: string; revision: number; at: string })[]> {
  const rows = await db.query<{ notice_id: string; revision: number; at: string; body: Change }>(
    `select c.notice_id, c.revision, c.at, c.body from change c join notice n on n.id = c.notice_id
     where ($1::text is null or c.at >= $1) and ($2::text is null or n.source_id = $2) and ($3::text is null or n.presence = $3) and ($4::text is null or n.id = $4)
     order by c.at, c.notice_id, c.revision, c.ordinal ${PAGE}`,
    pageOf(filter),
  );
  return rows.map(({ notice_id, revision, at, body }) => ({
    type: 'change',
    notice: notice_id,
    revision,
    at,
    ...body,
  }));
}

export async function listRemovals(db: Queryable, filter: ListFilter = {}): Promise<Record<string, unknown>[]> {
  const removed = await listNotices(db, { ...filter, presence: 'removed' });
  return removed.map(({ id, url, account, title, removal, copies }) => ({
    type: 'removal',
    notice: id,
    url,
    account,
    title,
    ...removal,
    copiesStanding: copies.filter(({ presence }) => presence === 'standing').map(({ notice }) => notice),
  }));
}

/** Rows of one made table joined with their notice's head, in a total order. */
async function listJoined(
  db: Queryable,
  table: 'match' | 'flag' | 'mention',
  type: string,
  filter: ListFilter,
): Promise<Record<string, unknown>[]> {
  const revision = table === 'mention' ? 't.revision, ' : '';
  const rows = await db.query<{
    notice_id: string;
    revision?: number;
    title: string | null;
    published: string | null;
    body: object;
  }>(
    `select t.notice_id, ${revision} n.title, n.published, t.body from ${table} t join notice n on n.id = t.notice_id
     where ${SELECTION} order by n.first_seen, n.id, ${revision} t.ordinal ${PAGE}`,
    pageOf(filter),
  );
  return rows.map(({ notice_id, revision: at, title, published, body }) => ({
    type,
    notice: notice_id,
    ...(at === undefined ? {} : { revision: at }),
    title,
    published,
    ...body,
  }));
}

export const listMentions = (db: Queryable, filter: ListFilter = {}): Promise<Record<string, unknown>[]> =>
  listJoined(db, 'mention', 'mention', filter);
export const listMatches = (db: Queryable, filter: ListFilter = {}): Promise<Record<string, unknown>[]> =>
  listJoined(db, 'match', 'match', filter);
/** Stored flags of each notice, then those that rest on other notices. All of them, whatever the page that was asked for. */
export async function listFlags(db: Queryable, { limit: _, skip: __, ...filter }: ListFilter = {}): Promise<Record<string, unknown>[]> {
  const stored = byNotice(
    (await listJoined(db, 'flag', 'flag', filter)).map((flag) => ({ notice_id: flag['notice'] as string, flag })),
  );
  const heads = await db.query<{ id: string; published: string | null }>(
    `select n.id, n.published from notice n where ${SELECTION} order by n.first_seen, n.id`,
    selection(filter),
  );
  const ids = heads.map(({ id }) => id);
  const elsewhere = byNotice((await postedElsewhere(db, ids)).map(({ notice, flag }) => ({ notice_id: notice, flag })));
  return heads.flatMap(({ id, published }) => [
    ...(stored.get(id) ?? []).map(({ flag }) => flag),
    ...(elsewhere.get(id) ?? []).map(({ flag }) => ({ type: 'flag', notice: id, published, ...flag })),
  ]);
} // prettier-ignore

export async function listCopies(db: Queryable, filter: ListFilter = {}): Promise<Record<string, unknown>[]> {
  const rows = await db.query<{
    body: CopyRelation;
    presence: Presence;
    other_presence: Presence;
    first_seen: string;
    other_first: string;
  }>(
    `select c.body, n.presence, n.first_seen, o.presence as other_presence, o.first_seen as other_first
     from copy c join notice n on n.id = c.notice_id join notice o on o.id = c.other_id where ${SELECTION} order by n.first_seen, n.id, c.other_id ${PAGE}`,
    pageOf(filter),
  );
  return rows.map(({ body, presence, other_presence, first_seen, other_first }) => ({
    type: 'copy',
    ...body,
    presence,
    otherPresence: other_presence,
    firstSeen: first_seen,
    otherFirstSeen: other_first,
  }));
}

export async function listEvents(
  db: Queryable,
  filter: ListFilter = {},
): Promise<{ type: 'event'; id: string; event: string; at: string; body: Record<string, unknown> }[]> {
  const rows = await db.query<{ id: string; type: string; at: string; body: Record<string, unknown> }>(
    `select e.id, e.type, e.at, e.body from event e where ($1::text is null or e.at >= $1) and ($2::text is null or e.notice_id = $2 or e.body -> 'notices' ? $2) order by e.at, e.id limit $3 offset $4`,
    [filter.since ?? null, filter.notice ?? null, filter.limit ?? null, filter.skip ?? 0],
  );
  return rows.map(({ id, type, at, body }) => ({ type: 'event', id, event: type, at, body }));
}

export interface SourceDocument {
  type: 'source';
  id: string;
  key: string;
  kind: string;
  name: string;
  state: 'active' | 'paused' | 'removed';
  options: Record<string, unknown>;
  everyMs: number;
  addedAt: string;
  lastRun: string | null;
  lastGood: string | null;
  lastProblem: string | null;
  notices: number;
}

export const listSources = (db: Queryable): Promise<SourceDocument[]> => sources(db, null);

export async function sourceById(db: Queryable, id: string): Promise<SourceDocument | undefined> {
  return (await sources(db, id))[0];
}

async function sources(db: Queryable, id: string | null): Promise<SourceDocument[]> {
  const rows = await db.query<Record<string, unknown>>(
    `select s.* from source s
     where $1::text is null or s.id = $1 order by s.added_at, s.id`,
    [id],
  );
  return rows.map((row) => ({
    type: 'source',
    id: row['id'] as string,
    key: row['key'] as string,
    kind: row['kind'] as string,
    name: row['name'] as string,
    state: row['state'] as SourceDocument['state'],
    options: row['options'] as Record<string, unknown>,
    everyMs: row['every_ms'] as number,
    addedAt: row['added_at'] as string,
    lastRun: row['last_run'] as string | null,
    lastGood: row['last_good'] as string | null,
    lastProblem: row['last_problem'] as string | null,
    notices: row['notices'] as number,
  }));
}

export interface ClaimDocument extends Omit<ClaimRecord, 'type' | 'case'> {
  type: 'claim';
  id: string;
  case: CaseId;
  logIndex: number;
}

export async function listClaims(db: Queryable, ofCase?: string): Promise<ClaimDocument[]> {
  const rows = await db.query<{ id: string; case_id: CaseId; log_index: number; body: ClaimRecord }>(
    'select * from claim where $1::text is null or case_id = $1 order by log_index',
    [ofCase ?? null],
  );
  return rows.map(({ id, case_id, log_index, body }) => ({
    ...body,
    type: 'claim',
    id,
    case: case_id,
    logIndex: log_index,
  }));
}

export interface CaseDocument extends Omit<CaseRecord, 'type'> {
  type: 'case';
  id: CaseId;
  logIndex: number;
  /** Those that were added by themselves. */
  exhibits: string[];
  claims: ClaimDocument[];
  statements: (Omit<StatementRecord, 'type' | 'case'> & { id: string; logIndex: number })[];
}

export async function listCases(db: Queryable): Promise<CaseDocument[]> {
  const rows = await db.query<{ id: CaseId; log_index: number; body: CaseRecord }>(
    'select * from case_file order by log_index',
  );
  return Promise.all(rows.map((row) => caseDocument(db, row)));
}

export async function showCase(db: Queryable, id: string): Promise<CaseDocument | undefined> {
  const [row] = await db.query<{ id: CaseId; log_index: number; body: CaseRecord }>(
    'select * from case_file where id = $1',
    [id],
  );
  return row && caseDocument(db, row);
}

async function caseDocument(
  db: Queryable,
  row: { id: CaseId; log_index: number; body: CaseRecord },
): Promise<CaseDocument> {
  const statements = await db.query<{ id: string; log_index: number; body: StatementRecord }>(
    'select * from statement where case_id = $1 order by log_index',
    [row.id],
  );
  const added = statements.flatMap(({ body: { kind, about } }) => (kind === 'added' ? (about ?? []) : []));
  return {
    ...row.body,
    notices: [...new Set([...row.body.notices, ...added.filter((each) => each.startsWith('N-'))])],
    exhibits: [...new Set(added.filter((each) => each.startsWith('E-')))],
    type: 'case',
    id: row.id,
    logIndex: row.log_index,
    claims: await listClaims(db, row.id),
    statements: statements.map(({ id, log_index, body: { type: _, case: __, ...body } }) => ({
      ...body,
      id,
      logIndex: log_index,
    })),
  };
}

/** Full ids that start with what somebody typed; more than one means it is ambiguous. */
export async function resolveId(db: Queryable, id: string): Promise<string[]> {
  const tables: Record<string, string> = {
    N: 'notice',
    E: 'exhibit',
    S: 'source',
    O: 'observation',
    K: 'case_file',
    L: 'list_version',
  };
  const like = `${id}%`;
  if (id.startsWith('C-')) {
    const rows = await db.query<{ id: string }>(
      'select id from claim where id like $1 union select id from statement where id like $1 union select id from decision where id like $1 union select id from triage where id like $1 order by id',
      [like],
    );
    return rows.map((row) => row.id);
  }
  const table = tables[id[0]!];
  if (table === undefined) return [];
  return (await db.query<{ id: string }>(`select id from ${table} where id like $1 order by id limit 5`, [like])).map(
    (row) => row.id,
  );
}

export type { ExhibitRecord };
