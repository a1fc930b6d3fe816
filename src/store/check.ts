/** A store opened for `fsck`: what cannot be opened is left out and said, nothing is made and nothing is taken for granted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AsPostedError, asError, type Vault } from '../model/index.js';
import {
  type KeyInspection,
  inspectKeys,
  loadOrCreateLogKey,
  openFolderVault,
  openRecordLog,
} from '../preserve/index.js';
import { type Database, connectDatabase } from './database.js';
import { type EngineHandle, joinEngine } from './engine/index.js';
import { type Store, type StoreLog, type StoreOptions, assemble, checkOwner, logHolds, storeExists } from './open.js';

export interface StoreUnderCheck {
  dir: string;
  origin: string;
  vault: Vault;
  keys: KeyInspection;
  /** Undefined when it cannot be used: `databaseProblem` says why. */
  database: Database | undefined;
  databaseProblem: AsPostedError | undefined;
  /** Runs work while nobody appends. */
  lease: <T>(work: () => Promise<T>) => Promise<T>;
  /** The store as commands use it. Throws what is wrong with key, log or database. */
  whole(): Promise<Store>;
  /** The same vault and log with empty tables beside its own; `drop` throws them away. */
  scratch(): Promise<{ store: Store; drop: () => Promise<void> }>;
  close(): Promise<void>;
}

/** Throws NO_STORE, STORE_FAILED. */
export async function openForCheck({ dir, schema = 'asposted', databaseUrl }: StoreOptions): Promise<StoreUnderCheck> {
  const origin = originOf(dir);
  const vault = await openFolderVault(join(dir, 'vault'));
  const keys = await inspectKeys(join(dir, 'keys'), origin, logHolds(dir));
  let engine: EngineHandle | undefined;
  let database: Database | undefined;
  let databaseProblem: AsPostedError | undefined;
  const connect = (name: string): Promise<Database> =>
    connectDatabase({ schema: name, ...(engine ? { socketDir: engine.socketDir } : { url: databaseUrl! }) });
  try {
    if (databaseUrl === undefined || databaseUrl === '') engine = await joinEngine(dir);
    database = await connect(schema);
    await checkOwner(database, origin);
  } catch (thrown) {
    databaseProblem = asError(thrown, { code: 'ENGINE_FAILED', message: 'the database cannot be used' });
    await database?.close();
    database = undefined;
  }
  const lease = <T>(work: () => Promise<T>): Promise<T> => (database ? database.withLock('log', work) : work());
  const openLog = async (): Promise<StoreLog> => {
    if (!keys.signer) throw new AsPostedError({ code: 'STORE_FAILED', message: 'the log has no key that can be read' });
    const signer = await loadOrCreateLogKey(join(dir, 'keys'), origin, { create: false });
    return openRecordLog({ dir: join(dir, 'log'), vault, signer, origin, lease });
  };
  const storeOn = async (made: Database, name: string): Promise<Store> =>
    assemble({ dir, schema: name, database: made, vault, log: await openLog(), engine: undefined });
  return {
    ...{ dir, origin, vault, keys, database, databaseProblem, lease },
    whole: async () => {
      if (!database) throw databaseProblem!;
      return storeOn(database, schema);
    },
    scratch: async () => {
      const name = `${schema.slice(0, 40)}_fsck`;
      await dropSchema(database!, name); // one that a killed run left behind
      const made = await connect(name);
      await checkOwner(made, origin);
      const drop = async (): Promise<void> => {
        await made.close();
        await dropSchema(database!, name);
      };
      return { store: await storeOn(made, name), drop };
    },
    close: async () => {
      await database?.close();
      await engine?.release();
    },
  };
}

/** The name is made from one that was checked when the database was opened. */
async function dropSchema(database: Database, name: string): Promise<void> {
  await database.query(`drop schema if exists ${name} cascade`);
}

function originOf(dir: string): string {
  if (!storeExists(dir))
    throw new AsPostedError({
      code: 'NO_STORE',
      message: `there is no store in ${dir}`,
      hint: 'Make one with `asposted init`, or name another folder with --store DIR or ASPOSTED_STORE.',
    });
  try {
    return readFileSync(join(dir, 'origin'), 'utf8').trim();
  } catch (cause) {
    const hint = 'It holds the name of the log, one line: the first line of log/checkpoint.';
    throw new AsPostedError({ code: 'STORE_FAILED', message: `the file origin of ${dir} cannot be read`, hint, cause });
  }
}
