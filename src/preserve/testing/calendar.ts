/** An OpenTimestamps calendar for tests, behind HTTP, whose blocks are made here for a target anybody can meet. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { sha256Bytes, toHex, utf8 } from '../../verify/index.js';
import { BITCOIN, easyHeader, hex } from '../../verify/testing/ots.js';

/** The block it puts everything into. */
export const HEIGHT = 7;
const SIBLING = 'ab'.repeat(32);
export const PENDING = '83dfe30d2ef90c8e';

export interface Calendar {
  url: string;
  /** Requests as they came. */
  asked: string[];
  /** Whether the block is there. */
  ready: boolean;
  headers: Map<number, Uint8Array>;
  /** Set to have it answer so once. */
  next?: { status: number; bytes: Uint8Array };
}

/** A promise as it stands in a timestamp, hex. */
export const promise = (url: string): string => {
  const uri = toHex(utf8(url));
  const length = uri.length / 2;
  return `00 ${PENDING} ${(length + 1).toString(16).padStart(2, '0')} ${length.toString(16).padStart(2, '0')} ${uri}`;
};

/** As a calendar does: its time before the digest, a code of its own after it, a promise; later the way to a Merkle root. */
export async function calendar(t: TestContext): Promise<Calendar> {
  const it: Calendar = { url: '', asked: [], ready: false, headers: new Map() };
  const answer = (path: string, body: Uint8Array): { status: number; bytes: Uint8Array } => {
    if (path === '/digest')
      return { status: 200, bytes: hex(`f1 04 57cfa5c4 f0 08 6fb1ac8d4e4eb0e7 ${promise(it.url)}`) };
    const [, commitment] = /^\/timestamp\/([0-9a-f]+)$/.exec(path) ?? [];
    if (commitment === undefined || body.length > 0 || !it.ready) return { status: 404, bytes: utf8('Pending') };
    const root = sha256Bytes(sha256Bytes(sha256Bytes(hex(commitment)), hex(SIBLING)));
    it.headers.set(HEIGHT, easyHeader(root));
    return { status: 200, bytes: hex(`08 f0 20 ${SIBLING} 08 08 00 ${BITCOIN} 01 0${HEIGHT}`) };
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.once('end', () => {
      const body = Buffer.concat(parts);
      it.asked.push(`${request.method} ${request.url} ${body.length}`);
      const { next } = it;
      delete it.next;
      const { status, bytes } = next ?? answer(request.url ?? '', body);
      response.writeHead(status, { 'content-type': 'application/octet-stream' }).end(bytes);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  it.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return it;
}
