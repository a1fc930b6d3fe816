import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AsPostedError, asError } from '../../model/index.js';
import { type Binaries, findBinaries } from './binaries.js';

const run = promisify(execFile);

/** Files Debian's and everyone's PostgreSQL refuses to run as; mapped to in a user namespace, or switched to. */
const NOBODY = 65534;

/**
 * How to start the server so that it (a) is not root and (b) dies with its parent. PostgreSQL refuses uid 0; inside a
 * user namespace that maps root to nobody it runs on files that root owns outside. `setpriv` must stand inside `unshare`,
 * because the death signal is cleared when a process enters a new namespace (facts/stack §2).
 */
function wrapper(dataDir: string): string[] {
  const pdeathsig = process.platform === 'linux' && hasCommand('setpriv') ? ['setpriv', '--pdeathsig=INT'] : [];
  if (process.getuid?.() !== 0) return pdeathsig.length > 0 ? [...pdeathsig, '--'] : [];
  const unshare = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
  if (hasCommand('unshare') && spawnSync(unshare[0]!, [...unshare.slice(1), 'true']).status === 0) {
    return [...unshare, ...pdeathsig, ...(pdeathsig.length > 0 ? ['--'] : [])];
  }
  if (pdeathsig.length === 0) {
    throw new AsPostedError({
      code: 'ENGINE_FAILED',
      message: 'PostgreSQL does not run as root, and neither unshare nor setpriv is there to start it as somebody else',
      hint: 'Run asposted as an ordinary user, install util-linux, or set ASPOSTED_DATABASE_URL.',
    });
  }
  for (const path of [dataDir, dirname(dataDir)]) if (existsSync(path)) chownSync(path, NOBODY, NOBODY);
  return ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--pdeathsig=INT', '--'];
}

function hasCommand(name: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, name)));
}

function binariesFor(dataDir: string): Binaries {
  const binaries = findBinaries();
  const versionFile = join(dataDir, 'PG_VERSION');
  if (!existsSync(versionFile)) return binaries;
  const wanted = readFileSync(versionFile, 'utf8').trim();
  const out = spawnSync(binaries.postgres, ['--version'], { encoding: 'utf8' });
  const have = /\(PostgreSQL\) (\d+)/.exec(out.stdout)?.[1];
  if (have === wanted) return binaries;
  throw new AsPostedError({
    code: 'STORE_NEWER',
    message: `the store's database was made by PostgreSQL ${wanted}, but the server found is ${have ?? 'unreadable'}`,
    hint: `Install PostgreSQL ${wanted}, or move ${dataDir} away and run \`asposted rebuild\`: the evidence is in the vault and the log.`,
  });
}

/** Makes the cluster if there is none. A half-made one (a crash in initdb) is under another name and is thrown away. */
async function ensureCluster(dataDir: string, binaries: Binaries, prefix: string[]): Promise<void> {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return;
  const making = `${dataDir}.making`;
  rmSync(making, { recursive: true, force: true });
  const locale =
    binaries.origin === 'npm' ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8'];
  const args = ['-D', making, '-U', 'asposted', '-A', 'trust', '--encoding=UTF8', '--no-instructions', ...locale];
  const [command, ...rest] = [...prefix, binaries.initdb, ...args];
  await run(command!, rest, { timeout: 120_000, env: serverEnvironment() });
  renameSync(making, dataDir);
}

/** Nothing of the user's environment reaches the server: PG* variables would change what it does. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
}

/** Sensible for a store that shares a machine with other work (facts/stack §2); every write is durable when acknowledged. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  shared_buffers: '256MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '1GB',
  wal_compression: 'on',
  synchronous_commit: 'on',
  max_connections: '100',
  logging_collector: 'off',
  log_min_messages: 'warning',
  timezone: 'UTC',
};

/** Starts the server on a Unix socket in `socketDir` and resolves when it answers. The caller stops it with SIGINT (fast shutdown). */
export async function startServer(dataDir: string, socketDir: string): Promise<ChildProcess> {
  try {
    mkdirSync(dirname(dataDir), { recursive: true });
    mkdirSync(socketDir, { recursive: true });
    chmodSync(socketDir, 0o700);
    const binaries = binariesFor(dataDir);
    const prefix = wrapper(dataDir);
    await ensureCluster(dataDir, binaries, prefix);
    return await startWhenFree({ binaries, prefix, dataDir, socketDir });
  } catch (thrown) {
    throw asError(thrown, {
      code: 'ENGINE_FAILED',
      message: `the embedded PostgreSQL in ${dataDir} did not start: ${(thrown as Error).message.split('\n')[0]!}`,
      hint: 'The evidence in vault and log is untouched. Set ASPOSTED_DATABASE_URL to use another server, or move the pg folder away and run `asposted rebuild`.',
    });
  }
}

interface Start {
  binaries: Binaries;
  prefix: readonly string[];
  dataDir: string;
  socketDir: string;
}

/** How long a server that lost its keeper may take to end before we say so. */
const PREDECESSOR_MS = 30_000;

/** After kill -9 of the keeper its server is still shutting down, or a zombie nobody reaped: it is waited for, not complained about. */
async function startWhenFree({ binaries, prefix, dataDir, socketDir }: Start): Promise<ChildProcess> {
  const settings = { ...SETTINGS, unix_socket_directories: socketDir };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command, ...rest] = [...prefix, binaries.postgres, '-D', dataDir, ...options];
  const deadline = Date.now() + PREDECESSOR_MS;
  for (;;) {
    clearPredecessor(dataDir);
    const server = spawn(command!, rest, { stdio: ['ignore', 'ignore', 'pipe'], env: serverEnvironment() });
    try {
      await ready(server, socketDir);
      return server;
    } catch (error) {
      const held = /lock file "[^"]+" already exists|pre-existing shared memory block/.test((error as Error).message);
      if (!held || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/**
 * What `postmaster.pid` says of the server before us. One that is dead but not reaped holds nothing; one that lives lost
 * its keeper (we are the only keeper now) and is asked to end, for systems without a parent-death signal.
 */
function clearPredecessor(dataDir: string): void {
  const lock = join(dataDir, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const [pidText, folder] = readFileSync(lock, 'utf8').split('\n');
  const pid = Number(pidText);
  if (!Number.isSafeInteger(pid) || pid <= 1 || folder !== dataDir) return;
  if (isZombie(pid)) {
    rmSync(lock, { force: true });
    return;
  }
  try {
    if (isPostgres(pid)) process.kill(pid, 'SIGINT');
  } catch {
    // gone meanwhile: PostgreSQL itself clears a lock whose process is no more
  }
}

function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** `pid (name) state …`: the name may hold blanks and brackets. */
function isZombie(pid: number): boolean {
  return /^\d+ \(.*\) Z/s.test(procFile(pid, 'stat'));
}

/** A pid is reused by others; only a process whose command names a postgres is signalled. */
function isPostgres(pid: number): boolean {
  return procFile(pid, 'cmdline').split('\0')[0]?.endsWith('postgres') ?? false;
}

async function ready(server: ChildProcess, socketDir: string): Promise<void> {
  let complaint = '';
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  const state: { ended?: string } = {};
  server.once('exit', (code, signal) => (state.ended = `it ended with ${code ?? signal ?? 'no code'}`));
  server.once('error', (error) => (state.ended = error.message));
  const { Client } = (await import('pg')).default;
  for (let waited = 0; waited < 60_000; waited += 25) {
    if (state.ended) throw new Error(`${state.ended}: ${complaint.trim()}`);
    const client = new Client({ host: socketDir, user: 'asposted', database: 'postgres' });
    try {
      await client.connect();
      const found = await client.query("select 1 from pg_database where datname = 'asposted'");
      if (found.rowCount === 0) await client.query('create database asposted');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25)); // starting up; the loop above reports a server that ended
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new Error(`it did not answer within 60 s: ${complaint.trim()}`);
}
