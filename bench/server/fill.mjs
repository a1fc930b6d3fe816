// Fills a store of bench/server: files of rows from two workers, COPY into tables without indexes, then the indexes as the migrations have them.
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { SOURCES, sha, sourceId } from './names.mjs';

const CHUNK = 4_000;
const TABLES = {
  notice: 'id, key, source_id, url, title, account_id, account_name, language, published, first_seen, last_seen, presence, removal, moved_to, confirm_after, reasons, revisions, last_check, document_kind, identity_provisional, host, missing_since, removed_at, worth',
  address: 'url, notice_key, notice_id, provisional, log_index, place',
  exhibit: 'id, notice_id, hash, log_index, at, body, reading, text, text_hash',
  observation: 'id, notice_id, source_id, hash, log_index, at, class, body, verdict',
  revision: 'notice_id, revision, exhibit_id, at, recognition',
  mention: 'notice_id, revision, ordinal, kind, ref, body',
  change: 'notice_id, revision, ordinal, at, body',
  flag: 'notice_id, ordinal, body',
  match: 'notice_id, ordinal, body',
  search: 'notice_id, first_seen, tokens',
  schedule: 'id, kind, host, url, source_id, rank, next_check, burst_check, why, whole',
  event: 'id, notice_id, other_id, type, at, body',
  triage: 'log_index, id, notice_id, body',
  copy: 'notice_id, other_id, body',
}; // prettier-ignore

/** `database` is that of an open store. Says what takes how long. */
export async function fill(database, { documents, seed, dir, told }) {
  const indexes = await dropIndexes(database);
  const began = performance.now();
  await sources(database);
  await rows(database, { documents, seed, dir: join(dir, 'copy'), told });
  const loaded = performance.now();
  told('indexes');
  await database.query("set maintenance_work_mem = '1GB'");
  for (const sql of indexes) await database.query(sql);
  await database.query('update source s set notices = n.count from (select source_id, count(*) as count from notice group by 1) n where n.source_id = s.id'); // prettier-ignore
  const indexed = performance.now();
  told('vacuum');
  await database.query('vacuum (analyze)');
  const seconds = (from, to) => Math.round((to - from) / 1_000);
  return { rowsSeconds: seconds(began, loaded), indexSeconds: seconds(loaded, indexed) };
}

/** All that no constraint needs. */
async function dropIndexes(database) {
  const found = await database.query(
    `select c.relname as name, pg_get_indexdef(i.indexrelid) as sql from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace = 'asposted'::regnamespace and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)`,
  );
  for (const { name } of found) await database.query(`drop index ${name}`);
  return found.map(({ sql }) => sql);
}

async function sources(database) {
  for (let at = 0; at < SOURCES; at++)
    await database.query(
      `insert into source (id, key, kind, name, state, options, every_ms, added_at, log_index, waiting_since, failures, last_run, last_good)
       values ($1, $2, 'website', $3, 'active', '{}', 21600000, '2023-10-01T00:00:00.000Z', $4, '2023-10-01T00:00:00.000Z', 0, '2026-10-30T00:00:00.000Z', '2026-10-30T00:00:00.000Z')`,
      [sourceId(at), sha(`source ${at}`), `Source ${at}`, at],
    );
}

async function rows(database, { documents, seed, dir, told }) {
  mkdirSync(dir, { recursive: true });
  let [next, done] = [0, 0];
  const workers = Array.from({ length: Math.max(1, Math.min(4, availableParallelism())) }, async () => {
    const worker = new Worker(new URL('worker.mjs', import.meta.url), { workerData: { seed, documents, dir } });
    const failed = new Promise((_, reject) => worker.once('error', reject));
    try {
      while (next < documents) {
        const from = next;
        next = Math.min(documents, from + CHUNK);
        const answer = new Promise((resolve) => worker.once('message', resolve));
        worker.postMessage({ from, to: next });
        const { files } = await Promise.race([answer, failed]);
        for (const [table, file] of files) {
          const columns = TABLES[table];
          await database.query(`copy ${table} (${columns}) from '${file}'`);
          rmSync(file);
        }
        done += files.length > 0 ? Math.min(CHUNK, documents - from) : 0;
        told(`${done} notices`);
      }
    } finally {
      await worker.terminate();
    }
  });
  await Promise.all(workers);
}
