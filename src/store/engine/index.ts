import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, realpathSync } from 'node:fs';
import { type Socket, createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AsPostedError, type ErrorCode } from '../../model/index.js';
import { moduleArguments } from './binaries.js';

export interface EngineHandle {
  /** Folder of the server's Unix socket: `host` of a pg connection. */
  socketDir: string;
  /** Leaves; resolves when the server has stopped, or at once when others still use it. */
  release(): Promise<void>;
}

/** Longest Unix socket path is 107 bytes on Linux, 103 on macOS; PostgreSQL appends `/.s.PGSQL.5432`. */
const SOCKET_DIR_LIMIT = 85;
const WAIT_MS = 90_000;

/** Joins the store's embedded server, starting it if nobody runs it. One keeper process per store (see keeper.ts). */
export async function joinEngine(storeDir: string): Promise<EngineHandle> {
  const socketDir = socketDirFor(storeDir);
  const keeperSocket = join(socketDir, 'keeper');
  const deadline = Date.now() + WAIT_MS;
  let started = 0;
  for (;;) {
    const socket = await connect(keeperSocket);
    if (socket) {
      const answer = await firstLine(socket);
      if (answer) return accept(socket, answer, socketDir);
    }
    if (Date.now() > deadline) {
      throw new AsPostedError({
        code: 'ENGINE_FAILED',
        retry: 'later',
        message: `the database of ${storeDir} did not come up within ${WAIT_MS / 1000} s`,
        hint: 'Look whether another asposted process of this store hangs, then try again.',
      });
    }
    // A keeper that is stopping has closed its socket; a fresh one waits for nothing and is started at most every 2 s.
    if (Date.now() - started > 2_000) {
      started = Date.now();
      startKeeper(join(storeDir, 'pg'), socketDir, keeperSocket);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function socketDirFor(storeDir: string): string {
  mkdirSync(storeDir, { recursive: true });
  const real = realpathSync(storeDir);
  const inside = join(real, 'run');
  if (Buffer.byteLength(inside) <= SOCKET_DIR_LIMIT) {
    mkdirSync(inside, { recursive: true, mode: 0o700 });
    return inside;
  }
  const runtime = process.env['XDG_RUNTIME_DIR'] ?? tmpdir();
  const name = createHash('sha256').update(real).digest('hex').slice(0, 12);
  const outside = join(runtime, `asposted-${process.getuid?.() ?? 0}-${name}`);
  mkdirSync(outside, { recursive: true, mode: 0o700 });
  chmodSync(outside, 0o700); // fails when somebody else made it: a shared /tmp must not hand us their server
  return outside;
}

function startKeeper(dataDir: string, socketDir: string, keeperSocket: string): void {
  const module = import.meta.url.replace(/index\.(ts|js)$/, 'keeper.$1');
  const args = [...moduleArguments(module), dataDir, socketDir, keeperSocket];
  const child = spawn(process.execPath, args, { detached: true, stdio: 'ignore', env: keeperEnvironment() });
  child.unref();
}

/** The keeper inherits no settings and no secrets of the command that happened to start it. */
function keeperEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, XDG_RUNTIME_DIR } = process.env;
  return { PATH, HOME, TMPDIR, XDG_RUNTIME_DIR };
}

function connect(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      resolve(socket);
    });
    socket.once('error', () => {
      resolve(undefined);
    });
  });
}

function firstLine(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    socket.once('close', () => {
      resolve(undefined);
    });
    socket.on('error', () => {
      resolve(undefined);
    });
  });
}

function accept(socket: Socket, answer: string, socketDir: string): EngineHandle {
  const parsed = JSON.parse(answer) as { ready?: true; pid?: number; error?: string; code?: ErrorCode; hint?: string };
  if (parsed.error !== undefined) {
    socket.destroy();
    throw new AsPostedError({
      code: parsed.code ?? 'ENGINE_FAILED',
      message: parsed.error,
      ...(parsed.hint === undefined ? {} : { hint: parsed.hint }),
    });
  }
  socket.unref(); // holding the server must not keep a finished command alive
  return {
    socketDir,
    release: async () => {
      if (socket.destroyed) return;
      const last = await leave(socket);
      if (last && parsed.pid !== undefined) await gone(parsed.pid);
    },
  };
}

/** True when we were the last user, so the server has been stopped. */
function leave(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    let text = '';
    socket.ref();
    socket.on('data', (part: string) => (text += part));
    socket.once('close', () => {
      resolve(text.includes('stopped'));
    });
    socket.on('end', () => socket.end());
    socket.write('leave\n');
  });
}

/** A command that ends leaves no process behind: the keeper has a few milliseconds left to live after its last word. */
async function gone(pid: number): Promise<void> {
  for (let waited = 0; waited < 2_000; waited += 5) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
