import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { AsPostedError, type RecordLog, type SeenRecord, type Sha256, type Vault } from '../model/index.js';
import { loadOrCreateLogKey, openFolderVault, openRecordLog, writeOnce } from '../preserve/index.js';
import { utf8 } from '../verify/index.js';
import { type Database, connectDatabase } from './database.js';
import { type EngineHandle, joinEngine } from './engine/index.js';

/** Written at init; a store of a newer layout is refused before anything is touched. */
const FORMAT = 1;

export interface StoreOptions {
  dir: string;
  /** A server instead of the embedded one. */
  databaseUrl?: string;
  schema?: string;
  /** Log origin for a new store. */
  origin?: string;
  /** Make the store when there is none; otherwise NO_STORE. */
  create?: boolean;
}

export type StoreLog = Awaited<ReturnType<typeof openRecordLog>>;

export interface Store {
  dir: string;
  schema: string;
  database: Database;
  vault: Vault;
  log: StoreLog & RecordLog;
  /** A seen record out of the vault, checked against its hash. */
  readRecord(hash: Sha256): Promise<SeenRecord>;
  close(): Promise<void>;
}

export function storeExists(dir: string): boolean {
  return existsSync(join(dir, 'format'));
}

/** Whether a log was ever written here: from then on its key is never made anew. */
export const logHolds = (dir: string): boolean =>
  ['checkpoint', 'tile'].some((name) => existsSync(join(dir, 'log', name)));

/** Opens vault, log and database of a store folder. Several commands may have it open at once. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { dir, schema = 'asposted', create = false } = options;
  const origin = await layOut(dir, create, options.origin);
  const vault = await openFolderVault(join(dir, 'vault'));
  let engine: EngineHandle | undefined;
  let database: Database | undefined;
  try {
    if (options.databaseUrl === undefined || options.databaseUrl === '') engine = await joinEngine(dir);
    database = await connectDatabase({
      schema,
      ...(engine ? { socketDir: engine.socketDir } : { url: options.databaseUrl! }),
    });
    await checkOwner(database, origin);
    const signer = await loadOrCreateLogKey(join(dir, 'keys'), origin, { create: !logHolds(dir) });
    const lease = <T>(work: () => Promise<T>): Promise<T> => database!.withLock('log', work);
    const log = await openRecordLog({ dir: join(dir, 'log'), vault, signer, origin, lease });
    return assemble({ dir, schema, database, vault, log, engine });
  } catch (error) {
    await database?.close();
    await engine?.release();
    throw error;
  }
}

async function layOut(dir: string, create: boolean, wanted: string | undefined): Promise<string> {
  const formatFile = join(dir, 'format');
  if (!existsSync(formatFile)) {
    if (!create) {
      throw new AsPostedError({
        code: 'NO_STORE',
        message: `there is no store in ${dir}`,
        hint: 'Make one with `asposted init`, or name another folder with --store DIR or ASPOSTED_STORE.',
      });
    }
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const origin = wanted !== undefined && wanted !== '' ? wanted : `asposted.local/${randomBytes(6).toString('hex')}`;
    await writeOnce(join(dir, 'origin'), utf8(`${origin}\n`));
    await writeOnce(formatFile, utf8(`${FORMAT}\n`)); // last: its presence says that the rest is there
    // Another command may have named the store meanwhile: what is written rules.
    return readFileSync(join(dir, 'origin'), 'utf8').trim();
  }
  const format = Number(readFileSync(formatFile, 'utf8').trim());
  if (!Number.isInteger(format) || format > FORMAT) {
    throw new AsPostedError({
      code: 'STORE_NEWER',
      message: `the store in ${dir} has format ${format}; this As Posted knows ${FORMAT}`,
      hint: 'Upgrade asposted; nothing was changed.',
    });
  }
  return readFileSync(join(dir, 'origin'), 'utf8').trim();
}

/** A database holds rows made from one log; rows of two stores in one schema would be mixed up silently. */
export async function checkOwner(database: Database, origin: string): Promise<void> {
  await database.query("insert into meta values ('origin', $1) on conflict (name) do nothing", [origin]);
  const [row] = await database.query<{ value: string }>("select value from meta where name = 'origin'");
  if (row?.value !== origin) {
    throw new AsPostedError({
      code: 'BAD_SETTING',
      message: `the database already holds the store ${row?.value ?? '?'}, not ${origin}`,
      hint: 'Give this store a schema of its own with store.schema in asposted.yaml.',
    });
  }
}

interface Pieces {
  dir: string;
  schema: string;
  database: Database;
  vault: Vault;
  log: StoreLog;
  engine: EngineHandle | undefined;
}

export function assemble({ engine, ...pieces }: Pieces): Store {
  return {
    ...pieces,
    readRecord: async (hash) => {
      const bytes = await pieces.vault.get(hash);
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as SeenRecord;
    },
    close: async () => {
      await pieces.database.close();
      await engine?.release();
    },
  };
}
