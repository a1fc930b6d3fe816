/** Rows that index the seen records: one function a record type, called in log order. */
import type {
  CaseRecord,
  ClaimRecord,
  DeliveryRecord,
  ExhibitRecord,
  ListVersionRecord,
  NoticeId,
  ObservationRecord,
  PageVerdict,
  PolicyRecord,
  PolicySettings,
  Reading,
  SeenRecord,
  SourceRecord,
  StatementRecord,
} from '../../model/index.js';
import { idFromHash } from '../../model/index.js';
import type { Queryable } from '../database.js';

/** A seen record with its place in the log. */
export interface Indexed<R extends SeenRecord = SeenRecord> {
  index: number;
  hash: string;
  record: R;
}

export async function appliedSize(db: Queryable): Promise<number> {
  const [row] = await db.query<{ value: string }>("select value from meta where name = 'applied'");
  return Number(row?.value ?? 0);
}

export async function insertRecord(db: Queryable, { index, hash, record }: Indexed): Promise<void> {
  await db.query('insert into record (log_index, hash, type, at) values ($1, $2, $3, $4)', [
    index,
    hash,
    record.type,
    record.at,
  ]);
  await db.query("insert into meta values ('applied', $1) on conflict (name) do update set value = excluded.value", [
    String(index + 1),
  ]);
}

/** The newest record for a key rules; `added_at` stays that of the first. One that was at rest is waited for anew. */
export async function upsertSource(db: Queryable, { index, record }: Indexed<SourceRecord>): Promise<void> {
  await db.query(
    `insert into source (id, key, kind, name, state, options, every_ms, added_at, log_index, waiting_since, failures, notices)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, 0, (select count(*) from notice where source_id = $1))
     on conflict (id) do update set name = excluded.name, state = excluded.state, options = excluded.options,
       every_ms = excluded.every_ms, log_index = excluded.log_index,
       waiting_since = case when source.state = 'active' then source.waiting_since else excluded.waiting_since end,
       failures = case when source.state = 'active' then source.failures else 0 end`,
    [
      idFromHash('S', record.key),
      record.key,
      record.kind,
      record.name,
      record.state,
      JSON.stringify(record.options),
      record.everyMs,
      record.at,
      index,
    ],
  );
}

/** A source as it was right after it was asked, by the records up to then. */
export interface AskedSource {
  id: string;
  name: string;
  state: SourceRecord['state'];
  everyMs: number;
  lastGood: string | null;
  /** Since when a good answer is waited for: the last one, or when it was added or resumed. */
  waitingSince: string;
  /** So many asks since then, one after another, had none. */
  failures: number;
}

/** What a discovery run of a source concluded. */
export async function noteDiscovery(
  db: Queryable,
  sourceKey: string,
  record: ObservationRecord,
): Promise<AskedSource | undefined> {
  const good = record.concluded === 'live';
  const [source] = await db.query<AskedSource & Record<string, unknown>>(
    `update source set last_run = greatest(coalesce(last_run, $2), $2),
       last_good = case when $3 then greatest(coalesce(last_good, $2), $2) else last_good end,
       last_problem = case when $3 then null else $4 end,
       waiting_since = case when $3 then $2 else waiting_since end,
       failures = case when $3 then 0 else failures + 1 end
     where id = $1 returning id, name, state, every_ms as "everyMs", last_good as "lastGood",
       waiting_since as "waitingSince", failures`,
    [idFromHash('S', sourceKey), record.at, good, record.failure?.message ?? record.rule],
  );
  return source;
}

export interface ExhibitInsert extends Indexed<ExhibitRecord> {
  noticeId: NoticeId;
  reading: Reading;
  text: string;
  textHash: string;
}

export async function insertExhibit(db: Queryable, each: ExhibitInsert): Promise<void> {
  const { text: _, ...reading } = each.reading;
  await db.query(
    `insert into exhibit (id, notice_id, hash, log_index, at, body, reading, text, text_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing`,
    [
      idFromHash('E', each.hash),
      each.noticeId,
      each.hash,
      each.index,
      each.record.at,
      storable(each.record),
      storable(reading),
      each.text,
      each.textHash,
    ],
  );
}

/** Of a page that its check judged otherwise than its bytes alone would. */
export async function setExhibitVerdict(db: Queryable, hash: string, verdict: PageVerdict): Promise<void> {
  await db.query(`update exhibit set reading = jsonb_set(reading, '{verdict}', $2::jsonb) where hash = $1`, [
    hash,
    storable(verdict),
  ]);
}

export interface ObservationInsert extends Indexed<ObservationRecord> {
  noticeId: NoticeId | null;
  verdict: PageVerdict;
}

export async function insertObservation(db: Queryable, each: ObservationInsert): Promise<void> {
  const { source } = each.record;
  await db.query(
    `insert into observation (id, notice_id, source_id, hash, log_index, at, class, body, verdict)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing`,
    [
      idFromHash('O', each.hash),
      each.noticeId,
      source ? idFromHash('S', source) : null,
      each.hash,
      each.index,
      each.record.at,
      each.verdict.class,
      storable(each.record),
      storable(each.verdict),
    ],
  );
}

export async function insertListVersion(
  db: Queryable,
  { index, hash, record }: Indexed<ListVersionRecord>,
): Promise<void> {
  await db.query(
    'insert into list_version (id, list, published_at, content, log_index, at, body) values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing',
    [idFromHash('L', hash), record.list, record.publishedAt, record.content, index, record.at, storable(record)],
  );
}

export async function insertCase(db: Queryable, { index, record }: Indexed<CaseRecord>): Promise<void> {
  await db.query(
    'insert into case_file (id, key, log_index, body) values ($1, $2, $3, $4) on conflict (id) do update set body = excluded.body',
    [idFromHash('K', record.key), record.key, index, storable(record)],
  );
}

export async function insertClaim(db: Queryable, { index, hash, record }: Indexed<ClaimRecord>): Promise<void> {
  await db.query(
    'insert into claim (id, case_id, log_index, body) values ($1, $2, $3, $4) on conflict (id) do nothing',
    [idFromHash('C', hash), idFromHash('K', record.case), index, storable(record)],
  );
}

export async function insertStatement(db: Queryable, { index, hash, record }: Indexed<StatementRecord>): Promise<void> {
  await db.query(
    'insert into statement (id, case_id, log_index, body) values ($1, $2, $3, $4) on conflict (id) do nothing',
    [idFromHash('C', hash), idFromHash('K', record.case), index, storable(record)],
  );
}

export async function insertDelivery(db: Queryable, { index, record }: Indexed<DeliveryRecord>): Promise<void> {
  await db.query(
    'insert into delivery (event_id, channel, log_index, body) values ($1, $2, $3, $4) on conflict (event_id, channel) do nothing',
    [record.event, record.channel, index, storable(record)],
  );
}

/** Everything made depends on the thresholds: a change makes every notice due. */
export async function insertPolicy(db: Queryable, { index, record }: Indexed<PolicyRecord>): Promise<void> {
  await db.query('insert into policy values ($1, $2) on conflict (log_index) do nothing', [
    index,
    storable(record.settings),
  ]);
  await db.query('insert into dirty select id from notice on conflict do nothing');
}

/** The newest thresholds on record. */
export async function currentPolicy(db: Queryable): Promise<PolicySettings | undefined> {
  const [row] = await db.query<{ body: PolicySettings }>('select body from policy order by log_index desc limit 1');
  return row?.body;
}

/** PostgreSQL's jsonb refuses U+0000 and lone surrogates, both of which a hostile page can put into a title. */
export function storable(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'string' ? each.toWellFormed().replaceAll('\0', '\ufffd') : each,
  );
}
