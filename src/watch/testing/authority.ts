/** A time-stamp authority on this machine that counts how often it is asked: `openssl ts` behind HTTP. */
import { createHash } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TestTsa } from '../../verify/testing/tsa.js';

export interface TestAuthority {
  url: string;
  /** SHA-256 of its root certificate. */
  root: string;
  asked: number;
  /** Answers 503 as long as this is set. */
  down: boolean;
  close(): void;
}

export async function startAuthority(): Promise<TestAuthority> {
  const tsa = new TestTsa();
  const pem = tsa.read('root.pem').toString();
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const authority: TestAuthority = {
    url: '',
    root: createHash('sha256').update(der).digest('hex'),
    asked: 0,
    down: false,
    close: () => {
      server.close();
      server.closeAllConnections();
      tsa.remove();
    },
  };
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.once('end', () => {
      authority.asked += 1;
      if (authority.down) response.writeHead(503).end();
      else
        response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(tsa.reply(Buffer.concat(parts)));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  authority.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsr`;
  return authority;
}
