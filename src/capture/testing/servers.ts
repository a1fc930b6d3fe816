/** Small servers for tests: raw ones that say exactly what a test wants, and a TLS one under a throw-away CA. */
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TestContext } from 'node:test';
import type { Clock } from '../../model/index.js';

export type Answer = (socket: Socket, request: string) => void;

async function listen(t: TestContext, server: Server, sockets: Set<Socket>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function onRequest(sockets: Set<Socket>, answer: Answer): (socket: Socket) => void {
  return (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      const length = Number(/^content-length: (\d+)/im.exec(text)?.[1] ?? 0);
      if (end >= 0 && text.length === end + 4 + length) answer(socket, text);
    });
  };
}

export async function rawServer(t: TestContext, answer: Answer): Promise<number> {
  const sockets = new Set<Socket>();
  return listen(t, createServer(onRequest(sockets, answer)), sockets);
}

export async function tlsServer(
  t: TestContext,
  { key, cert }: { key: string; cert: string },
  answer: Answer,
): Promise<number> {
  const sockets = new Set<Socket>();
  return listen(t, createTlsServer({ key, cert, ALPNProtocols: ['http/1.1'] }, onRequest(sockets, answer)), sockets);
}

export const say =
  (...parts: readonly (string | Uint8Array)[]): Answer =>
  (socket) => {
    for (const part of parts) socket.write(part);
    socket.end();
  };

/** A clock that does not wait: what it was asked to sleep is added to its time. */
export function instantClock(
  start = Date.parse('2024-05-22T03:00:00Z'),
): Clock & { slept: number[]; advance(ms: number): void } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(now),
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
}
