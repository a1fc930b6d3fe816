/**
 * Owns one embedded PostgreSQL for as long as somebody uses it. Each command holds one connection to the keeper's
 * socket; the kernel closes it even after kill -9, so the keeper always knows who is left. When the last one leaves it
 * stops the server and ends. If the keeper itself is killed, the server dies with it (the parent-death signal): no
 * orphan in either case, and the second command shares the first one's server.
 */
import { existsSync, rmSync } from 'node:fs';
import { type Server, type Socket, createConnection, createServer } from 'node:net';
import type { ChildProcess } from 'node:child_process';
import { causeChain } from '../../model/index.js';
import { startServer } from './cluster.js';

/** A keeper nobody reaches (it lost a race for the socket's name) ends by itself after this long. */
const UNUSED_MS = 5_000;

const [dataDir, socketDir, keeperSocket] = process.argv.slice(2);
if (!dataDir || !socketDir || !keeperSocket) throw new Error('usage: keeper DATA_DIR SOCKET_DIR KEEPER_SOCKET');

const users = new Set<Socket>();
let stopping = false;
let postgres: ChildProcess | undefined;
let outcome: Promise<string> | undefined;

function start(): Promise<string> {
  outcome ??= startServer(dataDir!, socketDir!).then(
    (server) => {
      postgres = server;
      server.once('exit', () => {
        if (!stopping) process.exit(1);
      });
      return JSON.stringify({ ready: true, pid: process.pid });
    },
    (error: unknown) => JSON.stringify({ error: causeChain(error).join(': '), ...(error as object) }),
  );
  return outcome;
}

async function stop(server: Server): Promise<void> {
  stopping = true;
  server.close();
  rmSync(keeperSocket!, { force: true });
  await outcome;
  if (postgres?.exitCode === null) {
    const ended = new Promise((resolve) => postgres!.once('exit', resolve));
    postgres.kill('SIGINT');
    await ended;
  }
  await Promise.all(
    [...leaving].map(
      (socket) =>
        new Promise((resolve) =>
          socket.end('stopped\n', () => {
            resolve(undefined);
          }),
        ),
    ),
  );
}

const leaving = new Set<Socket>();

function leave(server: Server, socket: Socket): void {
  if (!users.delete(socket)) return;
  if (users.size === 0 && !stopping) void stop(server).then(() => process.exit(0));
  else if (!stopping) socket.end('others\n');
}

async function listen(): Promise<void> {
  const server = createServer((socket) => {
    users.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => {
      leaving.add(socket);
      leave(server, socket);
    });
    socket.on('close', () => {
      leave(server, socket);
    });
    void start().then((answer) => socket.writable && socket.write(answer + '\n'));
  });
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    const probe = createConnection(keeperSocket!);
    probe.once('connect', () => process.exit(0)); // another keeper is at work; the command will reach that one
    probe.once('error', () => {
      if (existsSync(keeperSocket!)) rmSync(keeperSocket!, { force: true }); // left behind by a kill -9
      void listen();
    });
  });
  server.listen(keeperSocket, () => {
    setTimeout(() => {
      if (users.size === 0 && !stopping) void stop(server).then(() => process.exit(0));
    }, UNUSED_MS);
  });
}

process.on('SIGINT', () => undefined); // Ctrl-C is for the command; it leaves in order and the keeper follows
process.on('SIGTERM', () => undefined);
await listen();
