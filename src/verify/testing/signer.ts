/** A signing server and a time-stamp authority for one test run, both on the certificates of one `TestTsa`. */
import { sign } from 'node:crypto';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256Bytes, sha256Hex, splitPem, timestampRequest, utf8 } from '../index.js';
import { TestTsa } from './tsa.js';

export interface Asked {
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

type Signed = Record<string, unknown>;

export interface Answer {
  status?: number;
  type?: string;
  headers?: Record<string, string>;
  body: string | Uint8Array;
}

export class TestSigner {
  readonly tsa = new TestTsa();
  readonly asked: Asked[] = [];
  /** The token it wants; it answers 403 to any other. */
  token = 'secret-of-the-newsroom';
  /** Which certificates sign and are sent: leaf first. */
  chain = ['leaf', 'sub', 'root'];
  /** Changes what would be answered, once. */
  next: ((right: Signed) => Answer) | undefined;
  base = '';
  private server: Server | undefined;

  /** SHA-256 fingerprint of the one root. */
  get root(): string {
    return sha256Hex(splitPem(this.tsa.pem('root'))![0]!);
  }

  async start(): Promise<this> {
    this.tsa.issue({ name: 'sub', as: 'sub' });
    this.tsa.issue({ name: 'leaf', as: 'server', by: 'sub' });
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.once('end', () => {
        const {
          status = 200,
          type = 'application/json',
          headers = {},
          body,
        } = this.answer(request, Buffer.concat(parts));
        response.writeHead(status, { 'content-type': type, ...headers }).end(body);
      });
    });
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
    this.base = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  private answer({ url = '', headers }: IncomingMessage, body: Buffer): Answer {
    if (url === '/tsr') return { type: 'application/timestamp-reply', body: this.tsa.reply(body) };
    this.asked.push({ url, headers, body: body.toString() });
    if (headers.authorization !== `bearer ${this.token}`) return { status: 403, body: '{"detail":"bad token"}' };
    const right = this.signed(JSON.parse(body.toString()) as { hash: string; created: string });
    const { next } = this;
    this.next = undefined;
    return next ? next(right) : { body: JSON.stringify(right) };
  }

  /** Shaped as the answers of authsign 0.3 (facts/evidence §8.3), `software` its own. */
  signed({ hash, created }: { hash: string; created: string }): Signed {
    const signature = sign('sha256', utf8(hash), this.tsa.read(`${this.chain[0]!}.key`).toString()).toString('base64');
    const stamp = this.tsa.reply(timestampRequest(sha256Bytes(utf8(signature))));
    return {
      ...{ hash, created, software: 'authsigner 0.3.0', signature, domain: 'notices.example.org' },
      ...{ domainCert: this.tsa.pem(...this.chain), timeSignature: stamp.toString('base64') },
      ...{ timestampCert: this.tsa.pem('tsa', 'root'), version: '0.1.0' },
    };
  }

  stop(): void {
    this.server?.close();
    this.server?.closeAllConnections();
    this.tsa.remove();
  }
}
