/** What every source kind must do on its bad days. A kind's own test calls this in one line. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { AsPostedError } from '../../model/index.js';
import { createFetcher } from '../../capture/index.js';
import { instantClock, rawServer, say, type Answer } from '../../capture/testing/servers.js';
import type { Discovery, SourceKind, SourceTools } from '../index.js';

export interface Conformance {
  /** Options that make the kind ask this address. */
  options(url: string): Record<string, string>;
  /** A whole answer, and how many addresses it names. */
  good: { body: string; type: string; addresses: number };
  path: string;
  /** What the second and later requests get, of a kind that asks until a page is empty. */
  later?: string;
  now?: string;
  secret?: string;
  /** Extra mappings, for kinds bound to one host. */
  host?: string;
}

export function conformanceSuite(kind: SourceKind, suite: Conformance): void {
  const ask = async (t: Parameters<typeof rawServer>[0], answer: Answer, signal?: AbortSignal): Promise<Discovery> => {
    const port = await rawServer(t, (socket, request) => {
      if (request.startsWith('GET /robots.txt')) say('HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n')(socket, request);
      else answer(socket, request);
    });
    const host = suite.host ?? `127.0.0.1:${port}`;
    const resolve = suite.host === undefined ? [] : [`${suite.host}:80:127.0.0.1:${port}`];
    const fetcher = createFetcher({
      clock: instantClock(),
      allow: ['127.0.0.0/8'],
      delayMs: 0,
      timeoutMs: 400,
      maxBytes: 200_000,
      resolve,
    });
    const tools: SourceTools = {
      fetcher,
      readFile: () => Promise.reject(new Error('no file')),
      now: () => new Date(suite.now ?? '2024-05-22T03:00:00Z'),
      secret: () => suite.secret,
    };
    return kind.make(suite.options(`http://${host}${suite.path}`), tools).discover(signal);
  };
  const http = (body: string | Uint8Array, type = suite.good.type, status = '200 OK'): Answer =>
    say(`HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`, body);
  const fails = async (work: Promise<unknown>): Promise<void> => {
    await assert.rejects(
      work,
      (error: unknown) => error instanceof AsPostedError && error.message.length > 20,
      'one clear error of our own',
    );
  };

  test(`${kind.kind}: describes itself`, () => {
    assert.match(kind.kind, /^[a-z][a-z-]*$/);
    assert.ok(kind.title.length > 3 && kind.description.length > 60);
    for (const { address, accepts } of kind.examples) assert.equal(kind.accepts(address) > 0, accepts, address);
    for (const [name, { help }] of Object.entries(kind.options)) assert.ok(help.endsWith('.'), name);
  });
  test(`${kind.kind}: a whole answer names its addresses, each a full address, none twice`, async (t) => {
    let asked = 0;
    const whole: Answer = (socket, request) => {
      http(asked++ === 0 ? suite.good.body : (suite.later ?? suite.good.body))(socket, request);
    };
    const { addresses } = await ask(t, whole);
    assert.equal(addresses.length, suite.good.addresses);
    assert.equal(new Set(addresses.map(({ url }) => url)).size, addresses.length);
    for (const { url } of addresses) assert.ok(URL.canParse(url), url);
  });
  test(`${kind.kind}: empty, cut, huge, slow and looping answers are errors, never a shorter list`, async (t) => {
    await fails(ask(t, http('')));
    await fails(ask(t, http(suite.good.body.slice(0, Math.floor(suite.good.body.length * 0.6)))));
    await fails(ask(t, say(`HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n`, suite.good.body)));
    await fails(ask(t, http('x'.repeat(300_000))));
    await fails(ask(t, () => undefined));
    await fails(
      ask(t, (socket, request) => {
        say(`HTTP/1.1 302 Found\r\nLocation: ${request.split(' ')[1]!}x\r\nContent-Length: 0\r\n\r\n`)(socket, request);
      }),
    );
  });
  test(`${kind.kind}: outages and refusals are errors`, async (t) => {
    await fails(ask(t, http('<html><body><h1>Технические работы</h1></body></html>', 'text/html')));
    for (const status of ['503 Busy', '403 No', '404 None']) await fails(ask(t, http('no', 'text/plain', status)));
  });
  test(`${kind.kind}: bytes in the wrong charset do not crash it`, async (t) => {
    const bytes = Buffer.from(suite.good.body);
    for (let at = 40; at < bytes.length; at += 97) bytes[at] = 0xff;
    await ask(t, http(bytes)).catch((error: unknown) => {
      assert.ok(error instanceof AsPostedError, String(error));
    });
  });
  test(`${kind.kind}: it stops when it is told to`, async (t) => {
    const stop = new AbortController();
    const asked = ask(
      t,
      () => {
        stop.abort();
      },
      stop.signal,
    );
    await assert.rejects(asked, { code: 'INTERRUPTED' });
  });
}
