/**
 * Plain SQL, applied in order, each in one transaction. Every table holds *made* data: dropping the whole schema and
 * running `asposted rebuild` gives the same rows (DESIGN §1). No sequences, triggers, or foreign keys across
 * distribution keys (DESIGN §7); the distribution key of each table is named beside it.
 *
 * Times are RFC 3339 text in UTC with milliseconds: fixed width, so text order (collation C) is time order, and what goes
 * in comes out byte for byte.
 */
export interface Migration {
  version: number;
  name: string;
  sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'first tables',
    sql: `
-- reference tables, small
create table source (
  id text primary key, key text not null, kind text not null, name text not null, state text not null,
  options jsonb not null, every_ms bigint not null, added_at text collate "C" not null, log_index bigint not null,
  last_run text collate "C", last_good text collate "C", last_problem text);
create table list_version (
  id text primary key, list text not null, published_at text collate "C" not null, content text not null,
  log_index bigint not null, at text collate "C" not null, body jsonb not null);
create index list_version_by_day on list_version (list, published_at);
create table policy (log_index bigint primary key, body jsonb not null);
create table case_file (id text primary key, key text not null, log_index bigint not null, body jsonb not null);
create table claim (id text primary key, case_id text not null, log_index bigint not null, body jsonb not null);
create table statement (id text primary key, case_id text not null, log_index bigint not null, body jsonb not null);

-- the log, indexed; by log_index
create table record (log_index bigint primary key, hash text not null, type text not null, at text collate "C" not null);
create index record_by_hash on record (hash);

-- by notice_id
create table notice (
  id text primary key, key text not null, source_id text, url text not null,
  title text, account_id text, account_name text, language text not null, published text,
  first_seen text collate "C" not null, last_seen text collate "C",
  presence text not null, removal jsonb, moved_to text, confirm_after text collate "C", reasons jsonb not null,
  revisions int not null, next_check text collate "C", last_check text collate "C", document_kind text, identity_provisional boolean not null);
create index notice_by_due on notice (next_check);
create index notice_by_presence on notice (presence);
create table address (
  url text primary key, notice_key text not null, notice_id text not null, provisional boolean not null, log_index bigint not null);
create index address_by_notice on address (notice_id);
create table exhibit (
  id text primary key, notice_id text not null, hash text not null, log_index bigint not null, at text collate "C" not null,
  body jsonb not null, reading jsonb not null, text text not null, text_hash text not null);
create index exhibit_by_notice on exhibit (notice_id, at, log_index);
create index exhibit_by_hash on exhibit (hash);
create index exhibit_by_original on exhibit ((reading #>> '{links,original,key}')) where reading #>> '{links,original,key}' is not null;
create table observation (
  id text primary key, notice_id text, source_id text, hash text not null, log_index bigint not null,
  at text collate "C" not null, class text not null, body jsonb not null, verdict jsonb not null);
create index observation_by_notice on observation (notice_id, at, log_index);
create index observation_by_source on observation (source_id, at, log_index) where notice_id is null;
create table revision (
  notice_id text not null, revision int not null, exhibit_id text not null, at text collate "C" not null, recognition jsonb not null,
  primary key (notice_id, revision));
create table mention (
  notice_id text not null, revision int not null, ordinal int not null, kind text not null, ref text not null, body jsonb not null,
  primary key (notice_id, revision, ordinal));
create index mention_by_ref on mention (kind, ref);
create table match (notice_id text not null, ordinal int not null, body jsonb not null, primary key (notice_id, ordinal));
create table flag (notice_id text not null, ordinal int not null, body jsonb not null, primary key (notice_id, ordinal));
create table change (
  notice_id text not null, revision int not null, ordinal int not null, at text collate "C" not null, body jsonb not null,
  primary key (notice_id, revision, ordinal));
create table copy (notice_id text not null, other_id text not null, body jsonb not null, primary key (notice_id, other_id));
create index copy_by_other on copy (other_id);
create table fingerprint (hash int not null, notice_id text not null, primary key (hash, notice_id));
create index fingerprint_by_notice on fingerprint (notice_id);
create table event (
  id text primary key, notice_id text, other_id text, type text not null, at text collate "C" not null, body jsonb not null);
create index event_by_time on event (at, id);
create index event_by_notice on event (notice_id);
create index event_by_other on event (other_id) where other_id is not null;
create table delivery (event_id text not null, channel text not null, log_index bigint not null, body jsonb not null, primary key (event_id, channel));
create table list_entry (
  list text not null, entry text not null, state_from text collate "C" not null, body jsonb not null, primary key (list, entry, state_from));
-- notices whose rows must be made again; survives a crash between indexing a record and making its rows
create table dirty (notice_id text primary key);
`,
  },
  {
    version: 2,
    name: 'the host of a notice, and since when it is missing',
    sql: `
alter table notice add column host text not null default '', add column missing_since text collate "C";
update notice set host = coalesce(substring(url from '^https?://([^/?#]+)'), '');
create index notice_by_host on notice (host, last_check);
-- made anew with what is now known of each
insert into dirty select id from notice on conflict do nothing;
`,
  },
  {
    version: 3,
    name: 'a schedule that several workers share',
    sql: `
-- by id; of notices, of sources, and of addresses that were named and not yet looked at
create table schedule (
  id text primary key, kind text not null, host text not null, url text not null, source_id text, rank int not null,
  next_check text collate "C" not null, burst_check text collate "C", why text not null);
-- what is due of a host, in the order in which it is looked at, and since when; sources are few, and asked for by themselves
create index schedule_by_host on schedule (host, rank, next_check, id) where kind <> 'source';
create index schedule_by_time on schedule (host, next_check, id) where kind <> 'source';
create index schedule_of_sources on schedule (host, next_check, id) where kind = 'source';
-- hosts that did not answer last, and until when they are left alone
create table host (name text primary key, failures int not null, paused_until text collate "C");
-- not made, and gone with the process: who is at work, by the clock of the database, at which host, and with what of it
create table turn (host text primary key, worker text, taken text[] not null default '{}');
create index turn_by_worker on turn (worker) where worker is not null;
create table worker (id text primary key, alive_until timestamptz not null);
drop index notice_by_due;
alter table notice drop column next_check, add column removed_at text collate "C";
-- in which order a look told several: what was asked for, then where that led
alter table address add column place int not null default 0;
create index notice_by_account on notice (account_id) where account_id is not null;
-- by host; sentences whose numbers count by themselves, and the notices on whose pages they do
create table counting (host text not null, shape text not null, notice_id text not null, primary key (host, shape, notice_id));
create index counting_by_notice on counting (notice_id);
-- planned anew: notices, and sources, which have no other way onto the schedule
insert into dirty select id from notice on conflict do nothing;
insert into dirty select id from source on conflict do nothing;
`,
  },
  {
    version: 4,
    name: 'since when a source owes an answer, what became of accounts, and which looks are whole',
    sql: `
alter table schedule add column whole boolean not null default true;
alter table source add column waiting_since text collate "C", add column failures int not null default 0;
update source s set waiting_since = coalesce(last_good, added_at), failures = (
  select count(*) from observation o where o.source_id = s.id and o.notice_id is null and o.at > coalesce(s.last_good, ''));
alter table source alter column waiting_since set not null;
-- by notice_id; removals with words about the account of the notice
create table account_removal (
  notice_id text not null, at text collate "C" not null, account_id text not null, until text collate "C", removal jsonb not null,
  primary key (notice_id, at));
create index account_removal_by_account on account_removal (account_id);
insert into dirty select id from notice where removed_at is not null on conflict do nothing;
`,
  },
  {
    version: 5,
    name: 'what was asked of the lists, and what they came to say since',
    sql: `
-- by notice_id; a list that changed concerns the notices whose questions find what changed of it
create table question (
  notice_id text not null, key text collate "C" not null, asked jsonb not null, cut boolean not null, primary key (notice_id, key));
create index question_by_key on question (key);
create index question_cut on question (notice_id) where cut;
-- by notice_id; versions of lists that made or ended a match of a notice that was held already
create table list_turn (
  notice_id text not null, list text not null, entry text not null, log_index bigint not null, turn text not null, body jsonb not null,
  primary key (notice_id, list, entry, log_index, turn));
create index list_turn_by_entry on list_turn (list, entry);
-- made anew, as only the making tells what was asked
insert into dirty select id from notice on conflict do nothing;
`,
  },
  {
    version: 6,
    name: 'decisions on matches',
    sql: `
-- by notice_id where there is one; the names that were typed in are few
create table decision (
  log_index bigint primary key, id text not null, notice_id text, name_key text not null, list text not null, entry text not null,
  body jsonb not null);
create index decision_by_notice on decision (notice_id) where notice_id is not null;
create index decision_by_name on decision (name_key) where notice_id is null;
`,
  },
  {
    version: 7,
    name: 'texts in the order in which they came, and what each shares with those before it',
    sql: `
drop table fingerprint;
-- by number; each live text of a notice once, numbered as the log has them: what the passage index holds
create table document (
  number int primary key, exhibit_id text not null, text_hash text not null, source bigint not null, own_first int not null);
create index document_by_exhibit on document (exhibit_id);
-- by document; found when it came in, in what was held by then
create table shared (document int not null, other int not null, body jsonb not null, primary key (document, other));
create index shared_by_other on shared (other);
-- only the log tells in which order texts came: all is made anew from it
insert into meta select 'remake', '7' where exists (select 1 from record);
`,
  },
  {
    version: 8,
    name: 'what joins notices to projects',
    sql: `
-- by notice_id; numbers, and names beside bodies, under a hash: names are longer than an index takes
create table project_key (
  notice_id text not null, key text not null, by text not null, value text not null, primary key (notice_id, key));
create index project_key_by_key on project_key (key);
insert into dirty select id from notice on conflict do nothing;
`,
  },
  {
    version: 9,
    name: 'files that exhibits hold beside their pages',
    sql: `
-- by exhibit; which notice it is of stands there alone, as a notice may be merged into another
create table file (
  exhibit_id text not null, ordinal int not null, kind text not null, url text not null, name text, sha256 text not null,
  length bigint not null, media text not null, width bigint, height bigint, primary key (exhibit_id, ordinal));
create index file_by_hash on file (sha256);
-- only their WARCs tell what they hold: all is made anew
insert into meta select 'remake', '9' where exists (select 1 from record) on conflict do nothing;
`,
  },
  {
    version: 10,
    name: 'what pictures look like',
    sql: `
alter table file add column shape bit(256);
-- by exhibit; lines of a shape by which pictures are found that are nearly the same: the place of a line, and its bits
create table shape_line (line int not null, exhibit_id text not null, ordinal int not null, primary key (line, exhibit_id, ordinal));
insert into meta select 'remake', '10' where exists (select 1 from record) on conflict do nothing;
`,
  },
  {
    version: 11,
    name: 'what findings are worth to people',
    sql: `
-- by notice_id
create table triage (log_index bigint primary key, id text not null, notice_id text not null, body jsonb not null);
create index triage_by_notice on triage (notice_id, log_index);
`,
  },
  {
    version: 12,
    name: 'what notices are found by',
    sql: `
-- by notice_id; tokens of all its texts, its account and what was recognised in it
create table search (notice_id text primary key, first_seen text collate "C" not null, tokens tsvector not null);
-- an unread list of what is still to be indexed makes every question slow (facts/stack §5): it stays small
create index search_by_token on search using gin (tokens) with (gin_pending_list_limit = 512);
create index search_by_time on search (first_seen desc, notice_id);
create index notice_by_account_name on notice (account_name) where account_name is not null;
insert into dirty select id from notice on conflict do nothing;
`,
  },
  {
    version: 13,
    name: 'looks in the order of the log',
    sql: `
-- whoever counts looks goes on from where the last count ended
create index observation_by_place on observation (log_index);
`,
  },
  {
    version: 14,
    name: 'notices in pages, newest first',
    sql: `
-- the newest thing known of a notice, and what it is worth to people while nothing more is known (rows/triage.ts)
alter table notice
  add column known_at text collate "C" not null generated always as (coalesce(removal ->> 'confirmed', first_seen)) stored,
  add column worth text not null default 'undecided';
update notice n set worth = t.body ->> 'verdict' from (select distinct on (notice_id) * from triage order by notice_id, log_index desc) t
  where t.notice_id = n.id and t.body ->> 'verdict' <> 'undone' and t.body ->> 'presence' = n.presence and (t.body ->> 'revisions')::int >= n.revisions;
drop index notice_by_presence;
create index notice_by_newest on notice (known_at desc, id collate "C");
-- each presence and worth in its own order: a filter of one of the two merges them
create index notice_by_filter on notice (presence, worth, known_at desc, id collate "C");
create index notice_by_first_seen on notice (first_seen, id);
create index notice_by_source on notice (source_id, first_seen, id) where source_id is not null;
create index mention_of_goods on mention (notice_id, revision, ordinal) where kind in ('goods', 'tradeName');
-- the statistics choose how a word is looked for (rows/search.ts), so they must reach down to the words that one notice in fifty has
alter table search alter column tokens set statistics 300;
-- kept with each notice that comes and goes, so that nobody has to count them
alter table source add column notices int not null default 0;
update source s set notices = (select count(*) from notice n where n.source_id = s.id);
`,
  },
];
