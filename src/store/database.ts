import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { AsPostedError } from '../model/index.js';
import { MIGRATIONS } from './migrations.js';

/** Statements with parameters; SQL text is always ours, values never are. */
export interface Queryable {
  query<Row extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface Database extends Queryable {
  /** One transaction; rolls back when `work` throws. */
  transaction<T>(work: (inside: Queryable) => Promise<T>): Promise<T>;
  /** Runs `work` while holding the named lock across all machines; waits for it. A killed process lets go of it at once. */
  withLock<T>(name: LockName, work: () => Promise<T>): Promise<T>;
  /** Holds the named lock until released, or gives undefined when somebody else has it. */
  tryLock(name: LockName): Promise<(() => Promise<void>) | undefined>;
  close(): Promise<void>;
}

/** `log`: the sequencer's lease · `derive`: who makes rows from the log · `tell`: who hands events to channels · `tend`: who asks witnesses and authorities · `people`: who changes accounts. */
export type LockName = 'log' | 'derive' | 'tell' | 'tend' | 'people';

/** Any number, constant: names the family of our advisory locks within a server that others share. */
const LOCK_FAMILY = 0x61737074;

export interface ConnectOptions {
  url?: string;
  socketDir?: string;
  /** Schema that holds every table, so that a shared server can carry several stores. */
  schema: string;
}

export async function connectDatabase({ url, socketDir, schema }: ConnectOptions): Promise<Database> {
  if (!/^[a-z_][a-z0-9_]{0,50}$/.test(schema)) {
    throw new AsPostedError({ code: 'BAD_SETTING', message: `store.schema is not a plain name: ${schema}` });
  }
  const pg = (await import('pg')).default;
  const pool = new pg.Pool({
    ...(url === undefined ? { host: socketDir, user: 'asposted', database: 'asposted' } : { connectionString: url }),
    max: 8,
    options: `-c search_path=${schema}`,
    application_name: 'asposted',
    types: {
      // int8 as number: log indexes and milliseconds stay far below 2^53.
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === 20 ? Number : (pg.types.getTypeParser as (o: number, f?: string) => unknown)(oid, format)) as never,
    },
  });
  pool.on('error', () => undefined); // an idle connection lost to a restart; the next query reports it
  pool.on('connect', (client) => {
    client.on('error', () => undefined); // a connection in use that breaks: its query rejects, and that is what we report
  });
  try {
    await migrate(pool, schema);
  } catch (thrown) {
    await pool.end();
    if (thrown instanceof AsPostedError) throw thrown;
    throw new AsPostedError({
      code: 'ENGINE_FAILED',
      retry: 'later',
      message: 'the database cannot be used',
      hint: 'Check that the server of ASPOSTED_DATABASE_URL runs, is PostgreSQL 15 or newer, and lets this user create a schema.',
      cause: thrown,
    });
  }
  return wrapPool(pool, schema);
}

/**
 * PostgreSQL's text holds every character but U+0000, which a hostile page or address may carry: it becomes U+FFFD on its way in, in what
 * is asked as in what is kept, so that they still meet. A lone surrogate becomes the same by its encoding. For jsonb see `storable`.
 */
function withoutNul(value: unknown): unknown {
  if (!hasNul(value)) return value;
  return Array.isArray(value) ? value.map(withoutNul) : String(value).replaceAll('\0', '\ufffd');
}

const hasNul = (value: unknown): boolean =>
  typeof value === 'string' ? value.includes('\0') : Array.isArray(value) && value.some(hasNul);

function wrapPool(pool: Pool, schema: string): Database {
  const on = (client: Pool | PoolClient): Queryable => ({
    query: async <Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []) => {
      try {
        return (await client.query<Row>(sql, values.map(withoutNul))).rows;
      } catch (cause) {
        throw databaseError(cause);
      }
    },
  });
  const connect = (): Promise<PoolClient> =>
    pool.connect().catch((cause: unknown) => {
      throw databaseError(cause);
    });
  return {
    ...on(pool),
    transaction: async (work) => {
      const client = await connect();
      const inside = on(client);
      try {
        await inside.query('begin');
        const result = await work(inside);
        await inside.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => undefined); // the connection may be gone; the first error matters
        throw error;
      } finally {
        client.release();
      }
    },
    withLock: async (name, work) => {
      const client = await connect();
      try {
        await on(client).query('select pg_advisory_lock($1, hashtext($2))', [LOCK_FAMILY, `${schema}:${name}`]);
        return await work();
      } finally {
        await unlock(client, schema, name);
      }
    },
    tryLock: async (name) => {
      const client = await connect();
      const sql = 'select pg_try_advisory_lock($1, hashtext($2)) as got';
      const [row] = await on(client).query<{ got: boolean }>(sql, [LOCK_FAMILY, `${schema}:${name}`]);
      if (row?.got) return () => unlock(client, schema, name);
      client.release();
      return undefined;
    },
    close: () => pool.end(),
  };
}

/** SQLSTATE classes and system codes of a connection that is gone (PostgreSQL manual, appendix A). */
const GONE = /^(?:08|57P0)|^(?:ECONNRESET|ECONNREFUSED|EPIPE|ENOENT|ETIMEDOUT)$/;

function databaseError(cause: unknown): AsPostedError {
  const { code = '', message } = cause as { code?: string; message: string };
  if (GONE.test(code) || /Connection terminated|not queryable/.test(message)) {
    return new AsPostedError({
      code: 'ENGINE_FAILED',
      retry: 'later',
      message: 'the database went away',
      hint: 'Run the command again: what was acknowledged is in vault and log, and the rows are brought up from there.',
      cause,
    });
  }
  return new AsPostedError({ code: 'STORE_FAILED', message: 'the database refused a statement', cause });
}

/** Ends the session when unlocking fails: the server then frees the lock itself. */
async function unlock(client: PoolClient, schema: string, name: string): Promise<void> {
  try {
    await client.query('select pg_advisory_unlock($1, hashtext($2))', [LOCK_FAMILY, `${schema}:${name}`]);
    client.release();
  } catch (error) {
    client.release(error as Error);
  }
}

async function migrate(pool: Pool, schema: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1, hashtext($2))', [LOCK_FAMILY, `${schema}:migrate`]);
    await client.query(`create schema if not exists ${schema}`);
    await client.query('create table if not exists meta (name text primary key, value text not null)');
    const { rows } = await client.query<{ value: string }>("select value from meta where name = 'version'");
    const have = Number(rows[0]?.value ?? 0);
    const newest = MIGRATIONS.at(-1)!.version;
    if (have > newest) {
      throw new AsPostedError({
        code: 'STORE_NEWER',
        message: `the database was written by a newer As Posted (tables ${have}, this one knows ${newest})`,
        hint: 'Upgrade asposted; nothing was changed.',
      });
    }
    for (const migration of MIGRATIONS.filter(({ version }) => version > have)) {
      await client.query('begin');
      await client.query(migration.sql);
      await client.query(
        "insert into meta values ('version', $1) on conflict (name) do update set value = excluded.value",
        [String(migration.version)],
      );
      await client.query('commit');
    }
  } finally {
    client.release(true); // closing the session frees the lock whatever happened
  }
}

/** Drops every made table and lays them empty again, whose rows they are kept: one transaction, so that a crash leaves either. */
export async function resetDatabase(database: Database, schema: string): Promise<void> {
  await database.transaction(async (inside) => {
    const [owner] = await inside.query<{ value: string }>("select value from meta where name = 'origin'");
    await inside.query(`drop schema ${schema} cascade`);
    await inside.query(`create schema ${schema}`);
    await inside.query('create table meta (name text primary key, value text not null)');
    for (const migration of MIGRATIONS) await inside.query(migration.sql);
    await inside.query("insert into meta values ('version', $1)", [String(MIGRATIONS.at(-1)!.version)]);
    if (owner) await inside.query("insert into meta values ('origin', $1)", [owner.value]);
  });
}
